//! The lists of the stage against the words of a session: what each distinct word is to them is found once.

use crate::model::{Language, Tokens};
use crate::text::{Resolved, Unit};

use super::classes::ResolvedClasses;
use super::lexicon::{Lexicon, NAME, lexicon, references_of};
use super::meanings::Meaning;

/// Properties of a word to the lexicon, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Traits(u8);

impl Traits {
    /// Says how or when something is done, and may stand inside a phrase.
    pub(super) const ADVERB: Traits = Traits(1);
    /// Ends as a word for something being done: abolishing.
    pub(super) const GERUND: Traits = Traits(1 << 1);
    /// Ends as a word for something done: proposed.
    pub(super) const PARTICIPLE: Traits = Traits(1 << 2);
    /// Stands for the name of a speaker.
    pub(super) const NAME: Traits = Traits(1 << 3);
    /// The ending that says whose something is: Kestria*'s*.
    pub(super) const POSSESSIVE: Traits = Traits(1 << 4);
    /// Begins with a digit: the 4 of “paragraph 4”.
    pub(super) const NUMBER: Traits = Traits(1 << 5);

    pub(super) fn has(self, other: Traits) -> bool {
        self.0 & other.0 != 0
    }

    fn of_word(word: &str, lexicon: &Lexicon) -> Self {
        let ends = |endings: &[String]| endings.iter().any(|ending| word.ends_with(ending.as_str()));
        let properties = [
            (Traits::ADVERB, lexicon.insertions.is_adverb(word)),
            (Traits::GERUND, ends(&lexicon.gerund_endings)),
            (Traits::PARTICIPLE, ends(&lexicon.participle_endings)),
            (Traits::NAME, word == NAME),
            (Traits::POSSESSIVE, word == "'s"),
            (Traits::NUMBER, word.starts_with(char::is_numeric)),
        ];
        let bits = properties.iter().filter(|(_, holds)| *holds).map(|(bit, _)| bit.0);
        Traits(bits.sum())
    }
}

/// The lists of one language against the words of a session.
#[derive(Debug)]
pub(super) struct LanguageLists {
    language: Language,
    pub(super) phrases: Resolved<'static, Meaning>,
    /// By form of a word.
    traits: Vec<Traits>,
    /// What is put in place of a name.
    pub(super) name: Unit,
    /// Whether the language has cues of stances, not of references alone.
    pub(super) has_cues: bool,
    pub(super) classes: Option<ResolvedClasses>,
}

impl LanguageLists {
    fn new(language: Language, tokens: &Tokens) -> Option<Self> {
        let known = references_of(language)?;
        let mut phrases = Resolved::new(&known.phrases, &tokens.words);
        let name = phrases.add_word(NAME);
        let traits = phrases.forms(&tokens.words).map(|word| Traits::of_word(word, known)).collect();
        let has_cues = lexicon(language).is_some();
        let classes = ResolvedClasses::new(language, &tokens.words);
        Some(LanguageLists { language, phrases, traits, name, has_cues, classes })
    }

    /// The properties of a unit; a mark has none.
    pub(super) fn traits(&self, unit: &Unit) -> Traits {
        let of_word = self.traits.get(unit.form()).filter(|_| !unit.is_mark());
        of_word.copied().unwrap_or_default()
    }
}

/// The lists of the stage for each language of a session, against the words of its token table.
#[derive(Debug)]
pub struct StanceLists(Vec<LanguageLists>);

impl StanceLists {
    /// Compares each distinct word of a token table with the lists of its languages.
    pub fn new(tokens: &Tokens) -> Self {
        let mut languages = tokens.languages.clone();
        languages.sort_unstable();
        languages.dedup();
        StanceLists(
            languages.into_iter().filter_map(|language| LanguageLists::new(language, tokens)).collect(),
        )
    }

    pub(super) fn of(&self, language: Language) -> Option<&LanguageLists> {
        self.0.iter().find(|lists| lists.language == language)
    }
}
