//! Stances: where somebody stands, and the words that state it.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::span::Span;

/// Where a sentence, or a stakeholder on an issue, stands. That none is stated is `None` where this
/// type is used, and an empty cell in tables: a stance is never guessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stance {
    /// For it.
    Support,
    /// Against it.
    Oppose,
    /// Worried about it, without being against it.
    Concern,
    /// Of several sentences: some for it, some not.
    Mixed,
}

impl Stance {
    /// The name used in reports and tables.
    pub fn name(self) -> &'static str {
        match self {
            Stance::Support => "support",
            Stance::Oppose => "oppose",
            Stance::Concern => "concern",
            Stance::Mixed => "mixed",
        }
    }
}

impl fmt::Display for Stance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// What the stance of a stakeholder on an issue rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// A sentence on the issue states it with its own cue.
    Stated,
    /// It is what the sentences on the issue add up to.
    Inferred,
}

impl Basis {
    /// The name used in reports and tables.
    pub fn name(self) -> &'static str {
        match self {
            Basis::Stated => "stated",
            Basis::Inferred => "inferred",
        }
    }
}

impl fmt::Display for Basis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// What kind of words state a stance, the most explicit first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ground {
    /// The speaker says it of itself: “we oppose”, “my concern is”.
    Attitude,
    /// The speaker judges something: “unacceptable”, “an excellent proposal”.
    Evaluation,
    /// An answer to what was said before: “Yeah.”, “No, …”. It says nothing of an issue by itself.
    Answer,
}

/// A stance that a sentence states itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stated {
    /// The stance; never [`Stance::Mixed`], which only several sentences can be.
    pub stance: Stance,
    /// What kind of words state it.
    pub ground: Ground,
    /// The words that state it, negation included: a span of the sentence's turn.
    pub cue: Span,
}
