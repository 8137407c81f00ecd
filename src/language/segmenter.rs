//! Words of scripts that are written without spaces, by a dictionary.

#[cfg(feature = "chinese")]
use std::sync::LazyLock;

#[cfg(feature = "chinese")]
use icu_segmenter::options::WordBreakInvariantOptions;
#[cfg(feature = "chinese")]
use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed};

use crate::model::Span;

/// The dictionaries of ICU4X, which are part of the program.
#[cfg(feature = "chinese")]
static SEGMENTER: LazyLock<WordSegmenterBorrowed<'static>> =
    LazyLock::new(|| WordSegmenter::new_dictionary(WordBreakInvariantOptions::default()));

/// Adds the words of a run without white space that stands at byte `offset` of its text.
#[cfg(feature = "chinese")]
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

/// Without the dictionaries every ideograph is a word, as Unicode has it.
#[cfg(not(feature = "chinese"))]
pub(super) fn push_words(run: &str, offset: usize, found: &mut Vec<Span>) {
    use unicode_segmentation::UnicodeSegmentation;
    let words = run.unicode_word_indices();
    found.extend(words.map(|(at, word)| Span::new(offset + at, offset + at + word.len())));
}
