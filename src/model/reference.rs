//! References: who speaks of whom.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::sentence::SentenceId;
use super::span::Span;
use super::speaker::SpeakerId;

/// What a speaker says of another's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ReferenceKind {
    /// Says the same, or joins them.
    Agree,
    /// Says otherwise.
    Disagree,
    /// Speaks of the other without saying either.
    Mention,
}

impl ReferenceKind {
    /// The name used in reports and tables.
    pub fn name(self) -> &'static str {
        match self {
            ReferenceKind::Agree => "agree",
            ReferenceKind::Disagree => "disagree",
            ReferenceKind::Mention => "mention",
        }
    }
}

impl fmt::Display for ReferenceKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A sentence in which one speaker speaks of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reference {
    /// Who speaks.
    pub from: SpeakerId,
    /// Who is spoken of; never `from`.
    pub to: SpeakerId,
    /// What is said of it.
    pub kind: ReferenceKind,
    /// The sentence that says it.
    pub sentence: SentenceId,
    /// The words that say it, a span of the sentence's turn.
    pub cue: Span,
}

/// A speaker named in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mention {
    /// Who is named.
    pub speaker: SpeakerId,
    /// Where, in the text.
    pub span: Span,
}

/// How two stakeholders stand to each other on an issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Relation {
    /// One says that it agrees with the other.
    Agree,
    /// One says that it disagrees with the other.
    Differ,
    /// Neither speaks of the other; both are for the issue, or both against it or worried.
    Same,
    /// Neither speaks of the other; one is for the issue and the other is not.
    Opposite,
}

impl Relation {
    /// The name used in reports and tables.
    pub fn name(self) -> &'static str {
        match self {
            Relation::Agree => "agree",
            Relation::Differ => "differ",
            Relation::Same => "same",
            Relation::Opposite => "opposite",
        }
    }
}

impl fmt::Display for Relation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
