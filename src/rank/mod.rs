//! Summarization methods: each gives every candidate sentence a score made of named features.

pub mod answer;
mod centroid;
mod distinctive;
mod ensemble;
pub mod features;
mod lead;
pub mod learned;
mod lexrank;
mod luhn;
pub mod overview;
pub mod place;
pub mod position;
mod textrank;
mod wording;

use features::text;

use crate::model::{
    Analysis, Keyness, People, Policy, Reason, Scope, SentenceId, Session, SpeakerId, TermId, Vocabulary,
    Weighting,
};

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

impl Context<'_> {
    /// The speaker of a sentence.
    pub fn speaker(&self, id: SentenceId) -> SpeakerId {
        let turn = self.analysis.sentence(id).turn as usize;
        self.people.id(self.session.turns[turn].label)
    }
}

/// What a part of a score is due to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Feature {
    /// A term of the sentence.
    Term(TermId),
    /// A cue phrase of the sentence: the kind and the phrase.
    Cue(&'static str, &'static str),
    /// A property of the sentence.
    Property(&'static str),
}

/// The parts of a sentence's score, which add up to it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Score {
    /// In a fixed order.
    pub parts: Vec<(Feature, f64)>,
}

impl Score {
    /// A score that is due to one property alone.
    pub fn single(name: &'static str, value: f64) -> Self {
        Score { parts: vec![(Feature::Property(name), value)] }
    }

    /// Adds a part, unless it is nothing.
    pub fn add(&mut self, feature: Feature, value: f64) {
        if value != 0.0 {
            self.parts.push((feature, value));
        }
    }

    /// The score: the sum of its parts in order.
    pub fn total(&self) -> f64 {
        self.parts.iter().map(|&(_, value)| value).sum()
    }

    /// The parts by name, rounded to six decimals, the weightiest first.
    pub fn reasons(&self, vocabulary: &Vocabulary) -> Vec<Reason> {
        let name = |feature| match feature {
            Feature::Term(term) => format!("term:{}", vocabulary.form(term)),
            Feature::Cue(kind, phrase) => format!("{kind}:{phrase}"),
            Feature::Property(name) => name.to_owned(),
        };
        let mut reasons: Vec<Reason> = self
            .parts
            .iter()
            .map(|&(feature, value)| Reason { feature: name(feature), value: rounded(value) })
            .collect();
        reasons.retain(|r| r.value != 0.0);
        reasons
            .sort_by(|a, b| b.value.abs().total_cmp(&a.value.abs()).then_with(|| a.feature.cmp(&b.feature)));
        reasons
    }
}

/// To six decimals, as reports show scores.
pub fn rounded(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
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
    pub rank: fn(&Context<'_>) -> Vec<Score>,
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
const LONG: u32 = 200;

/// The method of a name.
pub fn method(name: &str) -> Option<&'static Method> {
    METHODS.iter().find(|m| m.name == name)
}
