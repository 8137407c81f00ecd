//! Cue phrases: reads the lists of a language and finds the phrases in a sentence's words.

use std::borrow::Cow;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::language::{ByLanguage, LanguageData, List, Row, Sections, data};
use crate::model::{Cue, CueKind, Language, is_ideograph};

/// The cue phrases of a language; none for a language without lists.
pub fn cues(language: Language) -> &'static CueTable {
    static NONE: LazyLock<CueTable> = LazyLock::new(CueTable::default);
    static TABLES: ByLanguage<CueTable> = ByLanguage::new();
    let table = |row: &'static Row| {
        let lists = LISTS.iter().filter_map(|list| row.list(*list));
        CueTable::parse(&lists.collect::<Vec<_>>(), data(language))
    };
    TABLES.get(language, table).unwrap_or(&NONE)
}

/// The lists with cue phrases.
const LISTS: [List; 3] = [List::Cues, List::Procedure, List::Leaning];

/// One word of a phrase: itself, or the beginning of a word (`support*` in the data).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Pattern {
    /// The whole word.
    Exact(Cow<'static, str>),
    /// What the word begins with.
    Prefix(Cow<'static, str>),
}

impl Pattern {
    pub(super) fn new(word: &'static str, data: &LanguageData) -> Self {
        match word.strip_suffix('*') {
            Some(prefix) => Pattern::Prefix(data.folded(prefix)),
            None => Pattern::Exact(data.folded(word)),
        }
    }

    fn matches(&self, word: &str) -> bool {
        match self {
            Pattern::Exact(exact) => exact == word,
            Pattern::Prefix(prefix) => word.starts_with(prefix.as_ref()),
        }
    }
}

/// A word of a sentence as cues are compared with it.
#[derive(Debug, Clone)]
pub struct Word<'a> {
    /// Normalised and folded.
    whole: Cow<'a, str>,
    /// The same without what is only written together with it.
    bare: Cow<'a, str>,
}

impl Word<'_> {
    /// The forms that are looked up: one, or two where something is written together with the word.
    pub(super) fn forms(&self) -> impl Iterator<Item = &str> {
        let bare = (self.whole != self.bare).then_some(self.bare.as_ref());
        std::iter::once(self.whole.as_ref()).chain(bare)
    }

    /// Whether a pattern fits the word.
    pub(super) fn fits(&self, pattern: &Pattern) -> bool {
        pattern.matches(&self.whole) || pattern.matches(&self.bare)
    }
}

/// The units that cues are made of, from normalised words, and the number of the word each is in:
/// words, or the characters of words that a dictionary divides, since it may divide a phrase otherwise.
pub(super) fn units<'a>(words: &[&'a str], language: Language) -> Vec<(Word<'a>, usize)> {
    let data = data(language);
    let mut units = Vec::with_capacity(words.len());
    for (number, &word) in words.iter().enumerate() {
        for part in parts(word) {
            units.push((Word { whole: data.folded(part), bare: folded_bare(part, data) }, number));
        }
    }
    units
}

fn folded_bare<'a>(word: &'a str, data: &LanguageData) -> Cow<'a, str> {
    data.folded(data.bare(word))
}

/// The ideographs of a word one by one; any other word whole.
pub(super) fn parts(word: &str) -> impl Iterator<Item = &str> {
    let divided = word.contains(is_ideograph);
    let whole = (!divided).then_some(word).into_iter();
    whole.chain(word.split("").filter(move |part| divided && !part.is_empty()))
}

#[derive(Debug, Clone)]
struct Entry {
    cue: Cue,
    first: Pattern,
    rest: Vec<Pattern>,
}

/// The cue phrases of a language.
#[derive(Debug, Clone, Default)]
pub struct CueTable {
    /// By first word.
    by_first: FxHashMap<Cow<'static, str>, Vec<Entry>>,
    /// By the first [`START`] letters, where a phrase begins with the beginning of a word.
    by_start: FxHashMap<String, Vec<Entry>>,
}

/// Least number of letters of a beginning of a word that a phrase begins with.
const START: usize = 3;

/// A cue and the words it covers, as a range of word numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Found {
    /// The cue.
    pub cue: Cue,
    /// Number of its first word.
    pub first: usize,
    /// Number of words it covers.
    pub words: usize,
}

impl CueTable {
    /// Reads lists of `strength<TAB>phrase` lines under `[section]` lines; `#` begins a comment.
    ///
    /// Lines that do not have that form are left out; a test keeps the shipped lists free of them.
    pub fn parse(lists: &[&'static str], data: &LanguageData) -> Self {
        let mut table = CueTable::default();
        for list in lists {
            for (section, lines) in Sections::parse(list).iter() {
                let Some(kind) = kind_of(section) else { continue };
                lines
                    .iter()
                    .filter_map(|line| line.weighted())
                    .for_each(|entry| table.add(kind, entry, data));
            }
        }
        table
            .by_first
            .values_mut()
            .chain(table.by_start.values_mut())
            .for_each(|entries| entries.sort_by(longest));
        table
    }

    fn add(&mut self, kind: CueKind, (strength, phrase): (f64, &'static str), data: &LanguageData) {
        let mut patterns = phrase.split(' ').flat_map(parts).map(|word| Pattern::new(word, data));
        let Some(first) = patterns.next() else { return };
        let entry = Entry { cue: Cue { kind, phrase, strength }, first, rest: patterns.collect() };
        match &entry.first {
            Pattern::Exact(word) => self.by_first.entry(word.clone()).or_default().push(entry),
            Pattern::Prefix(prefix) => {
                if let Some(start) = start_of(prefix) {
                    self.by_start.entry(start.to_owned()).or_default().push(entry);
                }
            }
        }
    }

    /// The phrases in the units of a sentence: for each kind the longest at a place, without overlaps
    /// within a kind. Leaning phrases count only where the sentence opens.
    pub fn find(&self, units: &[(Word<'_>, usize)]) -> Vec<Found> {
        let mut found: Vec<Found> = Vec::new();
        let mut entries = Vec::new();
        for first in 0..units.len() {
            self.entries_at(&units[first].0, &mut entries);
            for entry in &entries {
                let kind = entry.cue.kind;
                let rest = &units[first + 1..];
                let fits = rest.len() >= entry.rest.len() && entry.rest.iter().zip(rest).all(is_there);
                let taken = found.iter().rev().any(|f| f.cue.kind == kind && f.first + f.words > first);
                if fits && !taken && (kind != CueKind::Leaning || first == 0 || opens_after(&found, first)) {
                    found.push(Found { cue: entry.cue, first, words: 1 + entry.rest.len() });
                }
            }
        }
        found.iter_mut().for_each(|found| found.count_in_words(units));
        found
    }

    /// The entries that may begin with a word, longest first.
    fn entries_at<'t>(&'t self, word: &Word<'_>, entries: &mut Vec<&'t Entry>) {
        entries.clear();
        let forms = [&word.whole, &word.bare];
        let n_forms = if word.whole == word.bare { 1 } else { 2 };
        for form in &forms[..n_forms] {
            entries.extend(self.by_first.get(form.as_ref()).into_iter().flatten());
            if !self.by_start.is_empty() {
                let started = start_of(form).and_then(|start| self.by_start.get(start));
                entries.extend(started.into_iter().flatten().filter(|entry| entry.first.matches(form)));
            }
        }
        if n_forms > 1 || !self.by_start.is_empty() {
            entries.sort_by(|a, b| longest(a, b));
        }
    }

    /// Number of phrases.
    pub fn len(&self) -> usize {
        self.by_first.values().chain(self.by_start.values()).map(Vec::len).sum()
    }

    /// Whether there is no phrase.
    pub fn is_empty(&self) -> bool {
        self.by_first.is_empty() && self.by_start.is_empty()
    }
}

impl Found {
    /// From numbers of units to numbers of words.
    fn count_in_words(&mut self, units: &[(Word<'_>, usize)]) {
        let word = |unit: usize| units.get(unit).map_or(0, |(_, word)| *word);
        let last = word(self.first + self.words - 1);
        self.first = word(self.first);
        self.words = last + 1 - self.first;
    }
}

/// Whether a pattern fits the unit at its place.
fn is_there((pattern, (word, _)): (&Pattern, &(Word<'_>, usize))) -> bool {
    word.fits(pattern)
}

fn longest(a: &Entry, b: &Entry) -> std::cmp::Ordering {
    b.rest.len().cmp(&a.rest.len()).then(a.cue.phrase.cmp(b.cue.phrase))
}

/// The first [`START`] letters of a word that has as many.
fn start_of(word: &str) -> Option<&str> {
    let (at, last) = word.char_indices().nth(START - 1)?;
    word.get(..at + last.len_utf8())
}

/// Whether everything before word `first` is leaning phrases: "And so it …".
fn opens_after(found: &[Found], first: usize) -> bool {
    let leaning = found.iter().filter(|f| f.cue.kind == CueKind::Leaning);
    first < 3 && leaning.map(|f| f.words).sum::<usize>() == first
}

fn kind_of(section: &str) -> Option<CueKind> {
    match section {
        "position" => Some(CueKind::Position),
        "conclusion" => Some(CueKind::Conclusion),
        "decision" => Some(CueKind::Decision),
        "procedure" => Some(CueKind::Procedure),
        "leaning" => Some(CueKind::Leaning),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::LANGUAGES;

    fn phrases(code: &str, list: &'static str, text: &str) -> Vec<&'static str> {
        let language = code.parse().unwrap();
        let table = CueTable::parse(&[list], data(language));
        let words: Vec<&str> = text.split(' ').collect();
        table.find(&units(&words, language)).iter().map(|f| f.cue.phrase).collect()
    }

    #[test]
    fn the_longest_phrase_at_a_place_wins_and_prefixes_match() {
        let list = "[position]\n1.0\tcannot\n1.0\tcannot support*\n0.5\tcall for\n1.0\toppos*";
        assert_eq!(
            phrases("en", list, "we cannot supporting this call for calm"),
            ["cannot support*", "call for"]
        );
        assert_eq!(phrases("en", list, "we cannot opposing"), ["cannot", "oppos*"]);
    }

    #[test]
    fn leaning_phrases_count_only_where_the_sentence_opens() {
        let list = "[leaning]\n1.0\tit\n0.5\tand";
        assert_eq!(phrases("en", list, "and it works"), ["and", "it"]);
        assert_eq!(phrases("en", list, "take it and go"), Vec::<&str>::new());
    }

    #[test]
    fn what_is_written_together_with_a_word_does_not_hide_its_cue() {
        assert_eq!(phrases("fr", "[position]\n1.0\til faut", "parce qu'il faut agir"), ["il faut"]);
        assert_eq!(phrases("ar", "[position]\n1.0\tنؤيد", "ونؤيد الاقتراح"), ["نؤيد"]);
        assert_eq!(phrases("ar", "[position]\n1.0\tإننا نؤكد", "اننا نُؤكد"), ["إننا نؤكد"]);
        assert_eq!(phrases("ru", "[position]\n1.0\tподдерж*", "мы поддерживаем"), ["поддерж*"]);
        assert_eq!(phrases("zh", "[position]\n1.0\t不能接受", "我们 不能 接受 方案"), ["不能接受"]);
    }

    #[test]
    fn every_line_of_the_lists_is_a_cue() {
        for row in LANGUAGES {
            let lists: Vec<&str> = LISTS.iter().filter_map(|list| row.list(*list)).collect();
            let lines = lists.iter().flat_map(|l| l.lines());
            let entries = lines.filter(|l| !l.is_empty() && !l.starts_with(['#', '['])).count();
            assert!(entries > 100, "{}", row.code);
            assert_eq!(CueTable::parse(&lists, data(row.language())).len(), entries, "{}", row.code);
        }
    }
}
