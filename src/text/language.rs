//! What is known about each language: abbreviations, stop words, fillers, clause openers.
//!
//! A language is a folder of word lists and a row of `LANGUAGES`. In the lists `#` opens a comment
//! and `[name]` a section; words stand between white space, phrases on a line of their own.

use std::borrow::Cow;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::{ByLanguage, Language};

/// The word lists of a language as they are written.
pub(super) struct Files {
    pub(super) code: &'static str,
    abbreviations: &'static str,
    stop_words: &'static str,
    fillers: &'static str,
    repeats: &'static str,
    clauses: &'static str,
    noise: &'static str,
}

/// The lists in the folder of a language.
macro_rules! files {
    ($code:literal) => {
        Files {
            code: $code,
            abbreviations: include_str!(concat!("../language/data/", $code, "/abbreviations.txt")),
            stop_words: include_str!(concat!("../language/data/", $code, "/stop_words.txt")),
            fillers: include_str!(concat!("../language/data/", $code, "/fillers.txt")),
            repeats: include_str!(concat!("../language/data/", $code, "/repeats.txt")),
            clauses: include_str!(concat!("../language/data/", $code, "/clauses.txt")),
            noise: include_str!(concat!("../language/data/", $code, "/noise.txt")),
        }
    };
}

/// The languages with data; any other language gets empty lists.
pub(super) const LANGUAGES: &[Files] = &[
    files!("en"),
    files!("fr"),
    files!("es"),
    files!("de"),
    files!("it"),
    files!("pt"),
    files!("ru"),
    files!("ar"),
    files!("zh"),
];

/// English noise markers hold in all languages, beside their own: programs write [Applause] whatever
/// is spoken.
const NOISE: &str = include_str!("../language/data/en/noise.txt");

/// How an abbreviation behaves before a capital letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Abbreviation {
    /// Never ends a sentence (Dr.).
    Never,
    /// Ends a sentence unless a number follows (No.).
    BeforeNumber,
    /// Ends a sentence where the next word often opens one (Inc.).
    May,
    /// Ends a sentence where any capital follows (Ph.D.).
    Final,
    /// Ends a sentence unless it stands between two numbers (ft.).
    Unit,
    /// Ends a sentence where a capital follows, unless the sentence opened with a time (a.m.).
    Time,
}

/// What kind of stop word a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StopWord {
    /// No content of its own.
    Plain,
    /// Turns a statement round (not, never).
    Negation,
    /// Says how binding a statement is (must, may).
    Modal,
}

/// The data of one language.
#[derive(Debug, Default)]
pub struct LanguageData {
    abbreviations: FxHashMap<&'static str, Abbreviation>,
    exclaiming: FxHashSet<&'static str>,
    ordinals: FxHashSet<&'static str>,
    elisions: FxHashSet<&'static str>,
    first_person: FxHashSet<&'static str>,
    separated: FxHashSet<char>,
    proclitics: FxHashSet<&'static str>,
    /// What takes the place of a character where words are compared; nothing where it is dropped.
    folding: FxHashMap<char, Option<char>>,
    stop_words: FxHashMap<Cow<'static, str>, StopWord>,
    fillers: FxHashSet<&'static str>,
    set_off: Vec<Vec<&'static str>>,
    opening: Vec<Vec<&'static str>>,
    filler_openers: FxHashSet<&'static str>,
    subjects: FxHashSet<&'static str>,
    repeats: FxHashSet<&'static str>,
    short: FxHashSet<&'static str>,
    strong: Vec<Vec<&'static str>>,
    weak: Vec<Vec<&'static str>>,
    openers: FxHashSet<&'static str>,
    prepositions: FxHashSet<&'static str>,
    sounds: FxHashSet<&'static str>,
    reactions: FxHashSet<&'static str>,
    of_somebody: FxHashSet<&'static str>,
    around_sounds: FxHashSet<&'static str>,
}

/// The data of a language; of an unknown language, data without stop words, fillers or abbreviations.
pub fn data(language: Language) -> &'static LanguageData {
    static KNOWN: ByLanguage<LanguageData, { LANGUAGES.len() }> = ByLanguage::empty();
    static NEUTRAL: LazyLock<LanguageData> = LazyLock::new(LanguageData::neutral);
    KNOWN.get(language, LANGUAGES, |files| files.code, LanguageData::new).unwrap_or(&NEUTRAL)
}

impl LanguageData {
    /// How `word` behaves as an abbreviation (lower case, without its last full stop).
    pub fn abbreviation(&self, word: &str) -> Option<Abbreviation> {
        self.abbreviations.get(word).copied()
    }

    /// Whether `word` (lower case) is a name written with an exclamation mark.
    pub fn is_exclaiming(&self, word: &str) -> bool {
        self.exclaiming.contains(word)
    }

    /// Whether a number with a full stop before `word` (normalised) is an ordinal (12. Juni).
    pub fn follows_ordinal(&self, word: &str) -> bool {
        self.ordinals.contains(word)
    }

    /// Whether `word` is a pronoun that is always written with a capital (I).
    pub fn is_first_person(&self, word: &str) -> bool {
        self.first_person.contains(word)
    }

    /// Whether correct spelling sets `mark` apart from the word before it, as French does.
    pub fn sets_apart(&self, mark: char) -> bool {
        self.separated.contains(&mark)
    }

    /// The word (normalised) without a word that has lost its vowel before it (l'accord).
    pub fn without_elision<'a>(&self, word: &'a str) -> &'a str {
        match word.split_once('\'') {
            Some((elided, rest)) if !rest.is_empty() && self.elisions.contains(elided) => rest,
            _ => word,
        }
    }

    /// The word (normalised) without what is written together with it and is a word of its own: an
    /// elided article (l'accord), a conjunction (والاتفاق).
    pub fn bare<'a>(&self, word: &'a str) -> &'a str {
        let mut letters = word.char_indices();
        let first = letters.next().filter(|_| !self.proclitics.is_empty());
        match (first, letters.next()) {
            (Some(_), Some((second, _))) if self.proclitics.contains(&word[..second]) => &word[second..],
            _ => self.without_elision(word),
        }
    }

    /// The word (normalised) without differences of spelling that writers do not keep to (ё and е).
    pub fn folded<'a>(&self, word: &'a str) -> Cow<'a, str> {
        if self.folding.is_empty() || !word.contains(|c| self.folding.contains_key(&c)) {
            return Cow::Borrowed(word);
        }
        Cow::Owned(word.chars().filter_map(|c| self.folding.get(&c).copied().unwrap_or(Some(c))).collect())
    }

    /// What kind of stop word `word` is (normalised), if it is one.
    pub fn stop_word(&self, word: &str) -> Option<StopWord> {
        let word = self.folded(word);
        let known = |word: &str| self.stop_words.get(word);
        known(&word).or_else(|| known(self.bare(&word))).copied()
    }

    /// Whether `word` (normalised) carries no content: plain stop words, negations, modal verbs.
    pub fn is_stop_word(&self, word: &str) -> bool {
        self.stop_word(word).is_some()
    }

    /// Whether `word` (normalised) negates.
    pub fn is_negation(&self, word: &str) -> bool {
        self.stop_word(word) == Some(StopWord::Negation)
    }

    /// Whether `word` (normalised) only fills a pause, wherever it stands.
    pub fn is_filler(&self, word: &str) -> bool {
        self.fillers.contains(word)
    }

    /// Phrases that fill a pause where commas, pauses or dashes set them off; longest first.
    pub fn set_off_fillers(&self) -> &[Vec<&'static str>] {
        &self.set_off
    }

    /// Phrases that fill a pause where they open a sentence; longest first.
    pub fn opening_fillers(&self) -> &[Vec<&'static str>] {
        &self.opening
    }

    /// Whether one of those phrases begins with `word` (normalised).
    pub fn opens_filler(&self, word: &str) -> bool {
        self.filler_openers.contains(word)
    }

    /// Whether `word` (normalised) opens a clause of its own after a comma.
    pub fn is_subject(&self, word: &str) -> bool {
        self.subjects.contains(word)
    }

    /// Whether `word` (normalised) may be said twice while its speaker looks for the next one.
    pub fn is_repeated(&self, word: &str) -> bool {
        self.repeats.contains(word)
    }

    /// Whether a letter or two (`word`) may be the beginning of a word, being no word itself.
    pub fn has_fragment(&self, word: &str) -> bool {
        !self.short.is_empty() && !self.short.contains(word)
    }

    /// Phrases that open a clause; longest first.
    pub fn strong_clause_openers(&self) -> &[Vec<&'static str>] {
        &self.strong
    }

    /// Phrases that may open a clause; longest first.
    pub fn weak_clause_openers(&self) -> &[Vec<&'static str>] {
        &self.weak
    }

    /// Whether `word` (normalised) opens sentences more often than it follows an abbreviation in one.
    pub fn is_opener(&self, word: &str) -> bool {
        self.openers.contains(word)
    }

    /// Whether a sentence that opens with `word` (normalised) may name a time before its subject.
    pub fn is_preposition(&self, word: &str) -> bool {
        self.prepositions.contains(word)
    }

    /// Whether `word` (normalised) names a sound or says that something could not be heard.
    pub fn is_sound(&self, word: &str) -> bool {
        self.sounds.contains(word)
    }

    /// Whether `word` (normalised) may stand beside a sound in a noise marker.
    pub fn is_beside_sound(&self, word: &str) -> bool {
        self.around_sounds.contains(word)
    }

    /// Whether `word` (normalised) names a reaction of listeners.
    pub fn is_reaction(&self, word: &str) -> bool {
        self.reactions.contains(word)
    }

    /// Whether `word` (normalised) stands between a reaction and those whose it is.
    pub fn is_of_somebody(&self, word: &str) -> bool {
        self.of_somebody.contains(word)
    }

    fn neutral() -> Self {
        LanguageData {
            reactions: words_in(NOISE, "reactions").collect(),
            of_somebody: words_in(NOISE, "of somebody").collect(),
            sounds: words_in(NOISE, "sounds").collect(),
            around_sounds: words_in(NOISE, "around").collect(),
            ..LanguageData::default()
        }
    }

    fn new(files: &Files) -> Self {
        let abbreviations = [
            ("never", Abbreviation::Never),
            ("number", Abbreviation::BeforeNumber),
            ("may", Abbreviation::May),
            ("final", Abbreviation::Final),
            ("unit", Abbreviation::Unit),
            ("time", Abbreviation::Time),
        ];
        let stop_words =
            [("plain", StopWord::Plain), ("negation", StopWord::Negation), ("modal", StopWord::Modal)];
        let data = LanguageData {
            folding: words_in(files.stop_words, "folding")
                .filter_map(|pair| Some((pair.chars().next()?, pair.chars().nth(1))))
                .collect(),
            ..LanguageData::default()
        };
        let stop_words = classes(files.stop_words, &stop_words).into_iter();
        let stop_words = stop_words.map(|(word, class)| (data.folded(word), class)).collect();
        LanguageData {
            abbreviations: classes(files.abbreviations, &abbreviations),
            exclaiming: words_in(files.abbreviations, "exclaiming").collect(),
            ordinals: words_in(files.abbreviations, "ordinals").collect(),
            elisions: words_in(files.stop_words, "elisions").collect(),
            first_person: words_in(files.clauses, "first person").collect(),
            separated: words_in(files.abbreviations, "separated").flat_map(str::chars).collect(),
            proclitics: words_in(files.stop_words, "proclitics").collect(),
            stop_words,
            fillers: words_in(files.fillers, "always").collect(),
            set_off: phrases_in(files.fillers, "set-off"),
            opening: phrases_in(files.fillers, "opening"),
            filler_openers: lines_in(files.fillers, "set-off")
                .chain(lines_in(files.fillers, "opening"))
                .filter_map(|phrase| phrase.split_whitespace().next())
                .collect(),
            subjects: words_in(files.clauses, "subjects").collect(),
            repeats: words_in(files.repeats, "repeats").collect(),
            short: words_in(files.repeats, "short").collect(),
            strong: phrases_in(files.clauses, "strong"),
            weak: phrases_in(files.clauses, "weak"),
            openers: words_in(files.clauses, "openers").collect(),
            prepositions: words_in(files.clauses, "prepositions").collect(),
            folding: data.folding,
            reactions: both(NOISE, files.noise, "reactions"),
            of_somebody: both(NOISE, files.noise, "of somebody"),
            sounds: both(NOISE, files.noise, "sounds"),
            around_sounds: both(NOISE, files.noise, "around"),
        }
    }
}

/// The lines of a section, without comments and empty lines.
fn lines_in<'a>(list: &'a str, section: &'a str) -> impl Iterator<Item = &'a str> {
    let mut inside = false;
    list.lines().map(|line| line.split('#').next().unwrap_or("").trim()).filter(move |line| {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            inside = name == section;
            return false;
        }
        inside && !line.is_empty()
    })
}

fn words_in(list: &'static str, section: &'static str) -> impl Iterator<Item = &'static str> {
    lines_in(list, section).flat_map(str::split_whitespace)
}

/// The words of a section of two lists.
fn both(one: &'static str, other: &'static str, section: &'static str) -> FxHashSet<&'static str> {
    words_in(one, section).chain(words_in(other, section)).collect()
}

fn phrases_in(list: &'static str, section: &'static str) -> Vec<Vec<&'static str>> {
    let mut phrases: Vec<Vec<&str>> =
        lines_in(list, section).map(|line| line.split_whitespace().collect()).collect();
    phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
    phrases
}

/// Words by the class of their section; a word in two sections belongs to the later one.
fn classes<C: Copy>(list: &'static str, sections: &[(&'static str, C)]) -> FxHashMap<&'static str, C> {
    let mut all = FxHashMap::default();
    for &(section, class) in sections {
        all.extend(words_in(list, section).map(|word| (word, class)));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_tells_negations_and_modal_verbs_from_other_stop_words() {
        let english = data(Language::ENGLISH);
        assert_eq!(english.stop_word("the"), Some(StopWord::Plain));
        assert_eq!(english.stop_word("cannot"), Some(StopWord::Negation));
        assert_eq!(english.stop_word("must"), Some(StopWord::Modal));
        assert_eq!(english.stop_word("against"), None);
    }

    #[test]
    fn an_unknown_language_has_no_stop_words_and_still_knows_noise() {
        let unknown = data(Language::UNKNOWN);
        assert!(!unknown.is_stop_word("the"));
        assert!(unknown.is_sound("applause"));
    }

    #[test]
    fn every_list_of_every_language_has_entries_in_lower_case() {
        for files in LANGUAGES {
            let lists = [
                (files.abbreviations, "never"),
                (files.stop_words, "plain"),
                (files.stop_words, "negation"),
                (files.fillers, "always"),
                (files.repeats, "repeats"),
                (files.repeats, "short"),
                (files.clauses, "strong"),
                (files.clauses, "openers"),
            ];
            for (list, section) in lists {
                let words: Vec<&str> = words_in(list, section).collect();
                assert!(!words.is_empty(), "{}: [{section}] is empty", files.code);
                assert!(words.iter().all(|w| w.to_lowercase() == **w), "{}: [{section}]", files.code);
            }
        }
    }
}
