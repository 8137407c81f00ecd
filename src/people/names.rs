//! Names as they are compared: without case, accents, width, invisible characters, titles and what stands in
//! brackets.

use std::borrow::Cow;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::language::SharedList;
use crate::model::{Span, is_invisible};

static TITLES: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| SharedList::Names.read().words("titles").collect());
static OFFICES: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| SharedList::Names.read().words("offices").collect());

/// Lower case without accents and invisible characters, letters of usual width, single spaces, straight
/// apostrophes: what two spellings of one label have in common.
pub(super) fn folded(label: &str) -> String {
    #[cfg(test)]
    tally::count();
    let spaced = label.split_whitespace().collect::<Vec<_>>().join(" ");
    if spaced.is_ascii() {
        return spaced.to_ascii_lowercase().replace('`', "'");
    }
    // An accent that stands for an apostrophe would fall apart into a space and a mark.
    let spaced = spaced.chars().map(|c| if c == '´' { '\'' } else { c });
    let letters =
        spaced.nfkd().filter(|&c| !is_combining_mark(c) && !is_invisible(c)).flat_map(char::to_lowercase);
    letters
        .map(|c| match c {
            '’' | '‘' | 'ʼ' | '`' => '\'',
            '“' | '”' | '„' => '"',
            '‑' | '–' | '—' => '-',
            c => c,
        })
        .collect()
}

/// A word of a text: its place, and itself folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word<'t> {
    /// Place in the text, without a possessive ending.
    pub(super) span: Span,
    /// As compared; most words of a text are so already.
    pub(super) folded: Cow<'t, str>,
    /// Whether it begins with a capital, a digit, or a letter of a script without case, as names do.
    pub(super) is_capital: bool,
    /// Whether all its letters are capitals.
    pub(super) is_upper: bool,
}

/// The words of a text: letters and digits, with hyphens, apostrophes and full stops inside.
pub(super) fn words_of(text: &str) -> Vec<Word<'_>> {
    #[cfg(test)]
    tally::count();
    // About six bytes a word, so that the list rarely grows.
    let mut words = Vec::with_capacity(text.len() / 6);
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let inside = c.is_alphanumeric()
            || is_combining_mark(c)
            || is_invisible(c) && start.is_some()
            || (matches!(c, '-' | '‑' | '\'' | '’') && start.is_some());
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                let word = text
                    .get(from..at)
                    .unwrap_or("")
                    .trim_end_matches(|c| is_invisible(c) || matches!(c, '\'' | '’' | '-' | '‑'));
                let word = word.strip_suffix("'s").or(word.strip_suffix("’s")).unwrap_or(word);
                if !word.is_empty() {
                    let is_capital = word.starts_with(|c: char| !c.is_lowercase());
                    let is_upper = is_capital && !word.contains(char::is_lowercase);
                    let span = Span::new(from, from + word.len());
                    words.push(Word { span, folded: folded_word(word), is_capital, is_upper });
                }
                start = None;
            }
            _ => {}
        }
    }
    words
}

/// A word folded; itself where it is so already.
fn folded_word(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) {
        Cow::Borrowed(word)
    } else {
        Cow::Owned(folded(word))
    }
}

/// The folded words of a text.
pub(super) fn folded_words(text: &str) -> Vec<String> {
    words_of(text).into_iter().map(|word| word.folded.into_owned()).collect()
}

/// Whether a folded word is a title.
pub(super) fn is_title(word: &str) -> bool {
    TITLES.contains(word.trim_end_matches('.'))
}

/// Whether a folded word makes a label an office, a function or a number.
pub(super) fn is_office(word: &str) -> bool {
    OFFICES.contains(word)
}

/// A nickname in quotation marks: `Rosalind "Roz" Mbeki`.
pub(super) fn nickname(label: &str) -> Option<&str> {
    let (_, rest) = label.split_once(['"', '“', '„'])?;
    let (name, _) = rest.split_once(['"', '”', '“'])?;
    Some(name.trim()).filter(|name| !name.is_empty())
}

/// The words of a label without what stands in brackets and quotation marks, and without titles;
/// all of them where nothing else is left.
pub(super) fn core_name(label: &str) -> Vec<String> {
    let outside = without_asides(label);
    let outside = if outside.trim().is_empty() { label } else { &outside };
    let words = folded_words(outside);
    let core: Vec<String> = words.iter().filter(|w| !is_title(w)).cloned().collect();
    // `Professor D` is told from `Grad D` by its title only.
    let is_letter = |w: &String| w.chars().count() < 2;
    if core.iter().all(is_letter) { words } else { core }
}

/// What parts a name from an organisation in labels of video calls.
pub(super) const BARS: [&str; 3] = [" || ", " | ", " @ "];

/// A label without `(…)`, `[…]`, nicknames in quotation marks and what follows a bar.
fn without_asides(label: &str) -> String {
    let bar = BARS.iter().filter_map(|bar| label.find(bar)).min();
    let label = bar.and_then(|at| label.get(..at)).unwrap_or(label);
    let (mut bare, mut depth, mut quoted) = (String::new(), 0usize, false);
    for c in label.chars() {
        match c {
            '(' | '[' | '（' => depth += 1,
            ')' | ']' | '）' => depth = depth.saturating_sub(1),
            '"' | '“' | '”' | '„' => quoted = !quoted,
            _ if depth == 0 && !quoted => bare.push(c),
            _ => {}
        }
    }
    bare
}

/// Whether a label is somebody's full name, so that the same name in another session is taken for
/// the same person: at least two words, one of them no initial, without a number or an office.
pub(super) fn is_full_name(label: &str) -> bool {
    let core = core_name(label);
    let long = |w: &String| w.chars().filter(|c| c.is_alphabetic()).count() > 1;
    let plain = |w: &String| !w.contains(|c: char| c.is_numeric()) && !OFFICES.contains(w.as_str());
    (2..=6).contains(&core.len()) && core.last().is_some_and(long) && core.iter().all(plain)
}

/// Whether a label looks like the initials of a name: two to five capitals and nothing else.
pub(super) fn is_initials(label: &str) -> bool {
    let capitals = label.chars().all(|c| c.is_uppercase());
    capitals && (2..=5).contains(&label.chars().count())
}

/// How often a thread has normalised a name or divided a text into words: what work on people costs.
#[cfg(test)]
pub(super) mod tally {
    use std::cell::Cell;

    thread_local!(static COUNT: Cell<u64> = const { Cell::new(0) });

    pub(in super::super) fn count() {
        COUNT.with(|count| count.set(count.get() + 1));
    }

    pub(in super::super) fn during(work: impl FnOnce()) -> u64 {
        let before = COUNT.with(Cell::get);
        work();
        COUNT.with(Cell::get) - before
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_compared_without_titles_accents_brackets_and_nicknames() {
        for (label, core) in [
            ("Hon. Ada Okoro (Riverside, Lib.)", "ada okoro"),
            ("Siobhán O’Maolain", "siobhan o'maolain"),
            ("Rosalind \"Roz\" Mbeki", "rosalind mbeki"),
            ("Dr Weiß", "weiß"),
            ("The Chair", "chair"),
            ("Mr.", "mr"),
            ("(inaudible)", "inaudible"),
        ] {
            assert_eq!(core_name(label).join(" "), core, "{label}");
        }
    }

    #[test]
    fn a_full_name_is_told_from_offices_numbers_and_single_names() {
        for label in ["Ada Okoro", "Mr. Bo Lund (Kestria)", "J. R. Tamblyn-Oyelaran", "Piet van 't Hoff"] {
            assert!(is_full_name(label), "{label}");
        }
        for label in
            ["Ms. Lee", "Grad A", "The Chair", "Speaker 1", "Project Manager", "Ada", "SPEAKER_01", "", "AO"]
        {
            assert!(!is_full_name(label), "{label}");
        }
    }
}
