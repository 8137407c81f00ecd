//! Words of scripts that are written without spaces, by a dictionary.

use std::sync::LazyLock;

use icu_segmenter::options::WordBreakInvariantOptions;
use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed};

use crate::model::Span;

/// The dictionaries of ICU4X, which are part of the program.
static SEGMENTER: LazyLock<WordSegmenterBorrowed<'static>> =
    LazyLock::new(|| WordSegmenter::new_dictionary(WordBreakInvariantOptions::default()));

/// Adds the words of a run without white space that stands at byte `offset` of its text.
pub(super) fn push_words(run: &str, offset: usize, found: &mut Vec<Span>) {
    let mut breaks = SEGMENTER.segment_str(run);
    let mut start = breaks.next().unwrap_or(0);
    for end in breaks {
        if run.get(start..end).is_some_and(|word| word.contains(char::is_alphanumeric)) {
            found.push(Span::new(offset + start, offset + end));
        }
        start = end;
    }
}
