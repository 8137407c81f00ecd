//! Cue phrases: reads the lists of a language and finds the phrases in a sentence's words.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::model::{Cue, CueKind, Language};

/// The cue phrases of a language; none for a language without lists.
pub fn cues(language: Language) -> &'static CueTable {
    static TABLES: LazyLock<Vec<(&str, CueTable)>> =
        LazyLock::new(|| LISTS.iter().map(|(code, lists)| (*code, CueTable::parse(lists))).collect());
    static NONE: LazyLock<CueTable> = LazyLock::new(CueTable::default);
    TABLES.iter().find(|(code, _)| *code == language.code()).map_or(&NONE, |(_, table)| table)
}

/// The lists of each language.
const LISTS: &[(&str, &[&str])] = &[(
    "en",
    &[
        include_str!("data/en/cues.txt"),
        include_str!("data/en/procedure.txt"),
        include_str!("data/en/leaning.txt"),
    ],
)];

/// One word of a phrase: itself, or the beginning of a word (`support*` in the data).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pattern {
    Exact(&'static str),
    Prefix(&'static str),
}

impl Pattern {
    fn matches(self, word: &str) -> bool {
        match self {
            Pattern::Exact(exact) => exact == word,
            Pattern::Prefix(prefix) => word.starts_with(prefix),
        }
    }
}

#[derive(Debug, Clone)]
struct Entry {
    cue: Cue,
    rest: Vec<Pattern>,
}

/// The cue phrases of a language, by first word.
#[derive(Debug, Clone, Default)]
pub struct CueTable {
    by_first: FxHashMap<&'static str, Vec<Entry>>,
}

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
    pub fn parse(lists: &[&'static str]) -> Self {
        let mut table = CueTable::default();
        for list in lists {
            let mut kind = None;
            for line in list.lines() {
                if let Some(section) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                    kind = kind_of(section);
                } else if let (Some(kind), Some(entry)) = (kind, line.split_once('\t')) {
                    table.add(kind, entry);
                }
            }
        }
        for entries in table.by_first.values_mut() {
            entries.sort_by(|a, b| b.rest.len().cmp(&a.rest.len()).then(a.cue.phrase.cmp(b.cue.phrase)));
        }
        table
    }

    fn add(&mut self, kind: CueKind, (strength, phrase): (&'static str, &'static str)) {
        let (Ok(strength), Some(first)) = (strength.parse(), phrase.split(' ').next()) else { return };
        let rest = phrase.split(' ').skip(1).map(|word| match word.strip_suffix('*') {
            Some(prefix) => Pattern::Prefix(prefix),
            None => Pattern::Exact(word),
        });
        let entry = Entry { cue: Cue { kind, phrase, strength }, rest: rest.collect() };
        self.by_first.entry(first).or_default().push(entry);
    }

    /// The phrases in the normalised `words` of a sentence: for each kind the longest at a place,
    /// without overlaps within a kind. Leaning phrases count only where the sentence opens.
    pub fn find(&self, words: &[&str]) -> Vec<Found> {
        let mut found: Vec<Found> = Vec::new();
        for (first, word) in words.iter().enumerate() {
            let Some(entries) = self.by_first.get(word) else { continue };
            for entry in entries {
                let kind = entry.cue.kind;
                let rest = &words[first + 1..];
                let fits = rest.len() >= entry.rest.len()
                    && entry.rest.iter().zip(rest).all(|(pattern, word)| pattern.matches(word));
                let taken = found.iter().rev().any(|f| f.cue.kind == kind && f.first + f.words > first);
                if fits && !taken && (kind != CueKind::Leaning || first == 0 || opens_after(&found, first)) {
                    found.push(Found { cue: entry.cue, first, words: 1 + entry.rest.len() });
                }
            }
        }
        found
    }

    /// Number of phrases.
    pub fn len(&self) -> usize {
        self.by_first.values().map(Vec::len).sum()
    }

    /// Whether there is no phrase.
    pub fn is_empty(&self) -> bool {
        self.by_first.is_empty()
    }
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

    fn phrases(table: &CueTable, text: &str) -> Vec<&'static str> {
        let words: Vec<&str> = text.split(' ').collect();
        table.find(&words).iter().map(|f| f.cue.phrase).collect()
    }

    #[test]
    fn the_longest_phrase_at_a_place_wins_and_prefixes_match() {
        let table = CueTable::parse(&["[position]\n1.0\tcannot\n1.0\tcannot support*\n0.5\tcall for"]);
        assert_eq!(
            phrases(&table, "we cannot supporting this call for calm"),
            ["cannot support*", "call for"]
        );
        assert_eq!(phrases(&table, "we cannot stay"), ["cannot"]);
    }

    #[test]
    fn leaning_phrases_count_only_where_the_sentence_opens() {
        let table = CueTable::parse(&["[leaning]\n1.0\tit\n0.5\tand"]);
        assert_eq!(phrases(&table, "and it works"), ["and", "it"]);
        assert_eq!(phrases(&table, "take it and go"), Vec::<&str>::new());
    }

    #[test]
    fn every_line_of_the_lists_is_a_cue() {
        for (code, lists) in LISTS {
            let lines = lists.iter().flat_map(|l| l.lines());
            let entries = lines.filter(|l| !l.is_empty() && !l.starts_with(['#', '['])).count();
            assert!(entries > 100, "{code}");
            assert_eq!(CueTable::parse(lists).len(), entries, "{code}");
        }
    }
}
