//! Voices of a session: speakers after their labels are merged, with role and stakeholder.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::session::LabelId;
use super::warning::Warning;

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

/// Why something is taken to be so: the reason, and the words that show it where words do.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Because {
    /// The reason, in words for a reader.
    pub reason: String,
    /// The session in which the words stand, where it is another one; else empty.
    #[serde(default)]
    pub session: String,
    /// Index of the turn in which the words stand, from 0; none where they are not speech.
    #[serde(default)]
    pub turn: Option<u64>,
    /// First byte of the words in the turn's text.
    #[serde(default)]
    pub start: Option<u64>,
    /// One past their last byte in the turn's text.
    #[serde(default)]
    pub end: Option<u64>,
    /// Line of the source, from 1, where there is one.
    #[serde(default)]
    pub line: Option<u64>,
    /// The words, exactly as in the turn or label; empty where the reason says all.
    #[serde(default)]
    pub text: String,
}

impl Because {
    /// A reason without words to quote.
    pub fn new(reason: impl Into<String>) -> Self {
        Because { reason: reason.into(), ..Because::default() }
    }
}

/// Another name of a speaker, and why it is taken for one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alias {
    /// The name as the source writes it.
    pub name: String,
    /// Whether it stands over turns of the source (a label), or only in what people say.
    pub is_label: bool,
    /// Why it is the same voice.
    pub because: Because,
}

/// One voice, after its labels are merged.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Speaker {
    /// The roster's name, else the fullest label in the source.
    pub name: String,
    /// All its labels in the source, in order of first appearance.
    pub labels: Vec<LabelId>,
    /// Its other names: the labels that are not `name`, then how others call it.
    pub aliases: Vec<Alias>,
    /// Whether the name tells the same voice in other sessions too: an entry of the roster or a full
    /// name, and no office, number, first name or surname alone.
    pub everywhere: bool,
    /// Who it speaks for, empty when nothing better than the speaker itself is known.
    pub stakeholder: String,
    /// What the source calls that, where the usual name or that of a roster took its place; else empty.
    pub stakeholder_spelling: String,
    /// Why it is taken to speak for it; none where `stakeholder` is empty.
    pub stakeholder_because: Option<Because>,
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
    /// What is contradictory in what the session and the roster say of them.
    pub warnings: Vec<Warning>,
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
