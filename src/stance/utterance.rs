//! A sentence as the stage takes it, and the words, marks and phrases that it finds in it.

use std::ops::Range;

use crate::model::{SentenceId, Span, Tokens};
use crate::text::{Over, Unit, UnitMatch};

use super::lists::{LanguageLists, StanceLists, Traits};
use super::meanings::{Meaning, Naming, OnMotion, Scope, Siding};

/// A name by which a speaker may call itself in the third person: its words, in lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnName(Vec<Box<str>>);

impl OwnName {
    /// The words of a name that was read as a line; none where it has no word.
    pub fn of(name: &Tokens) -> Option<Self> {
        let is_word = |token: &&crate::model::Token| token.kind == crate::model::TokenKind::Word;
        let words = name.all.iter().filter(is_word).map(|token| name.words.text(token.word).into());
        Some(OwnName(words.collect())).filter(|name: &OwnName| !name.0.is_empty())
    }
}

/// A sentence, and what is known of how it was said.
#[derive(Debug, Clone)]
pub struct Utterance<'a> {
    /// The token table that holds it.
    pub tokens: &'a Tokens,
    /// The lists of the stage against the words of that table.
    pub lists: &'a StanceLists,
    /// The turn that it is in.
    pub turn: usize,
    /// Its tokens.
    pub range: Range<usize>,
    /// How the speaker may call itself in the third person: its name and its stakeholder.
    pub own: &'a [OwnName],
    /// Whether it opens a turn that is not the first: only there it can be an answer.
    pub answers: bool,
}

impl<'a> Utterance<'a> {
    /// A sentence of a table, of which nothing more is known.
    pub fn new(tokens: &'a Tokens, lists: &'a StanceLists, turn: usize, id: SentenceId) -> Self {
        let range = tokens.of_sentence(id);
        Utterance { tokens, lists, turn, range, own: &[], answers: false }
    }

    /// The whole of a text that was read as a line.
    pub fn of_line(tokens: &'a Tokens, lists: &'a StanceLists) -> Self {
        Utterance::new(tokens, lists, 0, SentenceId(0))
    }

    /// The lists of its language.
    pub(super) fn language_lists(&self) -> Option<&'a LanguageLists> {
        self.lists.of(self.tokens.languages.get(self.turn).copied()?)
    }
}

/// The words of a sentence with contractions written out, the marks that divide clauses or quote, and the
/// phrases of the lists among them.
#[derive(Debug, Clone)]
pub(super) struct SentenceUnits {
    units: Vec<Unit>,
    spans: Vec<Span>,
    traits: Vec<Traits>,
    pub(super) matches: Vec<UnitMatch<Meaning>>,
    /// The first and the last unit of each own name of the speaker.
    pub(super) own_names: Vec<(usize, usize)>,
}

/// A unit with its place in the text of its turn; that of a name may be longer than its token.
pub(super) type PlacedUnit = (Unit, Span);

impl SentenceUnits {
    /// The units of an utterance; none in a language without lists.
    pub(super) fn new(utterance: &Utterance) -> Option<Self> {
        let lists = utterance.language_lists()?;
        let tokens = utterance.tokens;
        let mut units = Vec::new();
        lists.phrases.units(tokens, utterance.range.clone(), Over::Spoken, &mut units);
        let spans = units.iter().map(|unit| tokens.all[unit.token as usize].span).collect();
        Some(Self::find(units, spans, utterance, lists))
    }

    /// Those of an utterance some words of which were replaced.
    pub(super) fn replaced(placed: Vec<PlacedUnit>, utterance: &Utterance, lists: &LanguageLists) -> Self {
        let (units, spans) = placed.into_iter().unzip();
        Self::find(units, spans, utterance, lists)
    }

    fn find(units: Vec<Unit>, spans: Vec<Span>, utterance: &Utterance, lists: &LanguageLists) -> Self {
        let traits = units.iter().map(|unit| lists.traits(unit)).collect();
        let mut matches = Vec::new();
        lists.phrases.find_in(&units, &mut matches);
        let own_names = own_names(&units, utterance, lists);
        SentenceUnits { units, spans, traits, matches, own_names }
    }

    /// Number of units.
    pub(super) fn len(&self) -> usize {
        self.units.len()
    }

    /// The units with their places.
    pub(super) fn placed(&self) -> impl Iterator<Item = PlacedUnit> {
        self.units.iter().copied().zip(self.spans.iter().copied())
    }

    /// Where a unit stands.
    pub(super) fn span(&self, at: usize) -> Span {
        self.spans[at]
    }

    /// From the beginning of one unit to the end of another.
    pub(super) fn span_of(&self, first: usize, last: usize) -> Span {
        Span::new(self.spans[first].start(), self.spans[last].end())
    }

    /// The sign of a mark; 0 of a word, and beyond the sentence.
    pub(super) fn mark(&self, at: usize) -> u8 {
        self.units.get(at).map_or(0, |unit| unit.mark)
    }

    /// Whether a unit of the sentence is a mark.
    pub(super) fn is_mark(&self, at: usize) -> bool {
        self.mark(at) != 0
    }

    /// Whether a unit is a quotation mark.
    pub(super) fn is_quote(&self, at: usize) -> bool {
        self.mark(at) == b'"'
    }

    /// Whether a unit is a mark that is no quotation mark.
    pub(super) fn divides(&self, at: usize) -> bool {
        self.is_mark(at) && !self.is_quote(at)
    }

    /// Whether the sentence ends at a unit, or a clause does with a mark.
    pub(super) fn is_end(&self, at: usize) -> bool {
        at >= self.len() || self.is_mark(at)
    }

    /// Whether a unit is a word with a property.
    pub(super) fn has(&self, at: usize, property: Traits) -> bool {
        self.traits.get(at).is_some_and(|traits| traits.has(property))
    }

    /// Number of words.
    pub(super) fn n_words(&self) -> usize {
        self.units.iter().filter(|unit| !unit.is_mark()).count()
    }

    /// The scope words.
    pub(super) fn scopes(&self) -> impl Iterator<Item = UnitMatch<Scope>> {
        self.of_kind(|meaning| if let Meaning::Scope(scope) = meaning { Some(scope) } else { None })
    }

    /// The phrases that name speakers.
    pub(super) fn namings(&self) -> impl Iterator<Item = UnitMatch<Naming>> {
        self.of_kind(|meaning| if let Meaning::Naming(naming) = meaning { Some(naming) } else { None })
    }

    /// The phrases on motions.
    pub(super) fn on_motions(&self) -> impl Iterator<Item = UnitMatch<OnMotion>> {
        self.of_kind(|meaning| if let Meaning::OnMotion(said) = meaning { Some(said) } else { None })
    }

    /// The phrases on sides of a motion.
    pub(super) fn sidings(&self) -> impl Iterator<Item = UnitMatch<Siding>> {
        self.of_kind(|meaning| if let Meaning::Siding(siding) = meaning { Some(siding) } else { None })
    }

    /// The matches of one kind, each with what it means.
    pub(super) fn of_kind<M>(
        &self,
        meaning: impl Fn(Meaning) -> Option<M>,
    ) -> impl Iterator<Item = UnitMatch<M>> {
        self.matches.iter().filter_map(move |found| {
            let meaning = meaning(found.meaning)?;
            Some(UnitMatch { first: found.first, last: found.last, meaning })
        })
    }
}

/// The places of the speaker's own names: “the European Union supports …”, said by its delegate.
fn own_names(units: &[Unit], utterance: &Utterance, lists: &LanguageLists) -> Vec<(usize, usize)> {
    let words = &utterance.tokens.words;
    let mut found = Vec::new();
    for OwnName(name) in utterance.own {
        let fits = |unit: &Unit, word: &str| !unit.is_mark() && lists.phrases.text(unit, words) == word;
        let names = |stretch: &[Unit]| stretch.iter().zip(name).all(|(unit, word)| fits(unit, word));
        let places = units.windows(name.len()).enumerate().filter(|(_, stretch)| names(stretch));
        found.extend(places.map(|(first, _)| (first, first + name.len() - 1)));
    }
    found
}
