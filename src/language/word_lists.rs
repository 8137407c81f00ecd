//! The words of each language that sentences are told by: abbreviations, stop words, fillers, clause openers.

use std::borrow::Cow;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::Language;

use super::by_language::ByLanguage;
use super::lists::List;
use super::sections::Sections;
use super::table::{Row, english};

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
    static KNOWN: ByLanguage<LanguageData> = ByLanguage::new();
    static NEUTRAL: LazyLock<LanguageData> = LazyLock::new(LanguageData::neutral);
    KNOWN.get(language, LanguageData::new).unwrap_or(&NEUTRAL)
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
        let mut data = LanguageData::default();
        // Programs write [Applause] whatever is spoken.
        data.read_noise(&english(List::Noise));
        data
    }

    fn new(row: &'static Row) -> Self {
        let read = |list| Sections::parse(row.list(list).unwrap_or(""));
        let mut data = LanguageData::neutral();
        data.read_noise(&read(List::Noise));
        data.read_abbreviations(&read(List::Abbreviations));
        data.read_stop_words(&read(List::StopWords));
        data.read_fillers(&read(List::Fillers));
        data.read_clauses(&read(List::Clauses));
        let repeats = read(List::Repeats);
        data.repeats = repeats.words("repeats").collect();
        data.short = repeats.words("short").collect();
        data
    }

    fn read_noise(&mut self, noise: &Sections<'static>) {
        self.reactions.extend(noise.words("reactions"));
        self.of_somebody.extend(noise.words("of somebody"));
        self.sounds.extend(noise.words("sounds"));
        self.around_sounds.extend(noise.words("around"));
    }

    fn read_abbreviations(&mut self, sections: &Sections<'static>) {
        let classes = [
            ("never", Abbreviation::Never),
            ("number", Abbreviation::BeforeNumber),
            ("may", Abbreviation::May),
            ("final", Abbreviation::Final),
            ("unit", Abbreviation::Unit),
            ("time", Abbreviation::Time),
        ];
        self.abbreviations = by_class(sections, &classes).collect();
        self.exclaiming = sections.words("exclaiming").collect();
        self.ordinals = sections.words("ordinals").collect();
        self.separated = sections.words("separated").flat_map(str::chars).collect();
    }

    fn read_stop_words(&mut self, sections: &Sections<'static>) {
        let classes =
            [("plain", StopWord::Plain), ("negation", StopWord::Negation), ("modal", StopWord::Modal)];
        self.elisions = sections.words("elisions").collect();
        self.proclitics = sections.words("proclitics").collect();
        let pairs = sections.words("folding");
        self.folding = pairs.filter_map(|pair| Some((pair.chars().next()?, pair.chars().nth(1)))).collect();
        self.stop_words =
            by_class(sections, &classes).map(|(word, class)| (self.folded(word), class)).collect();
    }

    fn read_fillers(&mut self, sections: &Sections<'static>) {
        self.fillers = sections.words("always").collect();
        self.set_off = phrases_in(sections, "set-off");
        self.opening = phrases_in(sections, "opening");
        let phrases = self.set_off.iter().chain(&self.opening);
        self.filler_openers = phrases.filter_map(|phrase| phrase.first().copied()).collect();
    }

    fn read_clauses(&mut self, sections: &Sections<'static>) {
        self.first_person = sections.words("first person").collect();
        self.subjects = sections.words("subjects").collect();
        self.strong = phrases_in(sections, "strong");
        self.weak = phrases_in(sections, "weak");
        self.openers = sections.words("openers").collect();
        self.prepositions = sections.words("prepositions").collect();
    }
}

/// The phrases of a section, longest first.
fn phrases_in(sections: &Sections<'static>, section: &str) -> Vec<Vec<&'static str>> {
    let mut phrases: Vec<Vec<&str>> = sections.lines(section).map(|line| line.words().collect()).collect();
    phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
    phrases
}

/// Words with the class of their section. Of a word in two sections the later class counts when they are
/// collected.
fn by_class<'s, C: Copy>(
    sections: &'s Sections<'static>,
    classes: &'s [(&'static str, C)],
) -> impl Iterator<Item = (&'static str, C)> + 's {
    classes.iter().flat_map(|&(section, class)| sections.words(section).map(move |word| (word, class)))
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
}
