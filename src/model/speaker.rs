//! Voices of a session: speakers after their labels are merged, with role and stakeholder.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::session::LabelId;

/// Index of a speaker in [`People::speakers`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SpeakerId(pub u32);

/// What a voice does in the session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Takes part with views of its own.
    #[default]
    Speaker,
    /// Leads a discussion: opens, asks, hands over the floor, closes.
    Moderator,
    /// Presides over a formal session.
    Chair,
    /// Renders what others say.
    Interpreter,
    /// Asks from the floor.
    Audience,
}

impl Role {
    /// The name used in reports and tables.
    pub fn name(self) -> &'static str {
        match self {
            Role::Speaker => "speaker",
            Role::Moderator => "moderator",
            Role::Chair => "chair",
            Role::Interpreter => "interpreter",
            Role::Audience => "audience",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// One voice, after its labels are merged.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Speaker {
    /// The roster's name, else the fullest label in the source.
    pub name: String,
    /// All its labels in the source, in order of first appearance.
    pub labels: Vec<LabelId>,
    /// Who it speaks for, empty when nothing better than the speaker itself is known.
    pub stakeholder: String,
    /// Kind of stakeholder, empty when unknown.
    pub group: String,
    /// What it does in the session.
    pub role: Role,
    /// Why it has that role, in words for a reader; empty for plain speakers.
    pub role_because: Vec<String>,
}

impl Speaker {
    /// Who it speaks for: the stakeholder, or the speaker itself when none is known.
    pub fn stands_for(&self) -> &str {
        if self.stakeholder.is_empty() { &self.name } else { &self.stakeholder }
    }
}

/// The speakers of a session, and which speaker each label belongs to.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct People {
    /// In order of first appearance.
    pub speakers: Vec<Speaker>,
    /// The speaker of each label of the session.
    pub of_label: Vec<SpeakerId>,
}

impl People {
    /// The speaker of a label of the same session.
    pub fn speaker(&self, label: LabelId) -> &Speaker {
        &self.speakers[self.id(label).0 as usize]
    }

    /// The speaker's index for a label of the same session.
    pub fn id(&self, label: LabelId) -> SpeakerId {
        self.of_label[label.0 as usize]
    }
}
