//! Summarization methods: each gives every candidate sentence a score made of named features.

pub mod answer;
mod centroid;
mod distinctive;
mod ensemble;
pub mod features;
mod kernel;
mod lead;
pub mod learned;
mod lexrank;
mod luhn;
pub mod overview;
pub mod place;
pub mod position;
mod score;
pub mod selection;
mod terms;
mod textrank;
mod wording;

use crate::model::{
    Analysis, Keyness, People, Policy, Scope, SentenceId, Session, SpeakerId, TermId, Weighting,
};

pub use score::{Feature, Score, Scores};

/// What a method may look at.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The session.
    pub session: &'a Session,
    /// Its voices.
    pub people: &'a People,
    /// Its sentences, terms and cues.
    pub analysis: &'a Analysis,
    /// The weights of the terms and the vectors of the sentences.
    pub weighting: &'a Weighting,
    /// Keyness of the terms of the candidates against the rest of the session.
    pub keyness: &'a Keyness,
    /// The terms of the session's title and headings, each once.
    pub heading_terms: &'a [TermId],
    /// What the whole session is about.
    pub whole: &'a position::Whole,
    /// The sentences to score, in reading order.
    pub candidates: &'a [SentenceId],
}

impl<'a> Context<'a> {
    /// The speaker of a sentence.
    pub fn speaker(&self, id: SentenceId) -> SpeakerId {
        let turn = self.analysis.sentence(id).turn as usize;
        self.people.id(self.session.turns[turn].label)
    }

    /// The text of a sentence.
    pub fn text(&self, id: SentenceId) -> &'a str {
        let sentence = self.analysis.sentence(id);
        sentence.span.of(self.session.turn_text(sentence.turn as usize))
    }
}

/// A summarization method.
#[derive(Debug, Clone, Copy)]
pub struct Method {
    /// The name on the command line.
    pub name: &'static str,
    /// What it prefers, in a line.
    pub about: &'static str,
    /// Where it is described.
    pub source: &'static str,
    /// Most sentences of a voice where the method compares each with each; none where its cost is
    /// proportional to them.
    pub most_sentences: Option<usize>,
    /// Scores the candidates: one score each, in their order.
    pub rank: fn(&Context<'_>) -> Scores,
    /// How to select from the scores.
    pub policy: fn() -> Policy,
}

/// All methods: first the default for voices, then the default for whole sessions.
pub const METHODS: &[Method] = &[
    position::METHOD,
    overview::METHOD,
    ensemble::METHOD,
    distinctive::METHOD,
    centroid::METHOD,
    lexrank::METHOD,
    textrank::METHOD,
    luhn::METHOD,
    lead::METHOD,
];

/// Most sentences of a voice that the graph methods take: they compare each with each, and where all are
/// alike the graph has 36 million edges, some 600 MB.
const MOST_COMPARED: usize = 6_000;

/// The method for a summary of at most `words` words when none is named.
pub fn default_method(scope: Scope, words: u32) -> &'static Method {
    match scope {
        Scope::Session if words > LONG => &ensemble::METHOD,
        Scope::Session => &overview::METHOD,
        _ => &position::METHOD,
    }
}

/// Words up to which an overview is short: the trained one learned from references of 100 words.
/// From here on there is room for a sentence of each side (docs/quality.md).
const LONG: u32 = 200;

/// The method of a name.
pub fn method(name: &str) -> Option<&'static Method> {
    METHODS.iter().find(|m| m.name == name)
}
