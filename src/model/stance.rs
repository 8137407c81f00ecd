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
    /// All stances, in the order in which they are shown.
    pub const ALL: [Stance; 4] = [Stance::Support, Stance::Oppose, Stance::Concern, Stance::Mixed];

    /// The name used in reports and tables.
    pub fn name(self) -> &'static str {
        match self {
            Stance::Support => "support",
            Stance::Oppose => "oppose",
            Stance::Concern => "concern",
            Stance::Mixed => "mixed",
        }
    }

    /// The name of a stance; empty where there is none, as in reports and tables.
    pub fn name_or_empty(stance: Option<Stance>) -> &'static str {
        stance.map_or("", Stance::name)
    }

    /// The stance of a name; none for an empty one and for one that is no stance's.
    pub fn from_name(name: &str) -> Option<Stance> {
        Stance::ALL.into_iter().find(|stance| stance.name() == name)
    }
}

/// A stance in JSON: its name, or an empty text where there is none.
pub mod or_empty {
    use serde::de::{Deserialize, Deserializer, Error, Unexpected};
    use serde::ser::Serializer;

    use super::Stance;

    /// Writes the name, or an empty text.
    pub fn serialize<S: Serializer>(stance: &Option<Stance>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(Stance::name_or_empty(*stance))
    }

    /// Reads a name or an empty text; any other text is an error.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Stance>, D::Error> {
        let name = String::deserialize(deserializer)?;
        let unknown = || D::Error::invalid_value(Unexpected::Str(&name), &"a stance or an empty text");
        if name.is_empty() { Ok(None) } else { Stance::from_name(&name).map(Some).ok_or_else(unknown) }
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Ground {
    /// The speaker says it of itself: “we oppose”, “my concern is”.
    Attitude,
    /// The speaker judges something: “unacceptable”, “an excellent proposal”.
    Evaluation,
    /// An answer to what was said before: “Yeah.”, “No, …”. It says nothing of an issue by itself.
    Answer,
}

/// A stance that a sentence states itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stated {
    /// The stance; never [`Stance::Mixed`], which only several sentences can be.
    pub stance: Stance,
    /// What kind of words state it.
    pub ground: Ground,
    /// The words that state it, negation included: a span of the sentence's turn.
    pub cue: Span,
}
