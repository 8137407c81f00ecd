//! The ledger: where every word of the input went.

use serde::{Deserialize, Serialize};

/// Words by class. The classes are those of the rule of conservation: they add up to the input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Classes {
    /// In sentences that are quoted at least once.
    pub selected: u64,
    /// In sentences that could be quoted and are not.
    pub unselected: u64,
    /// In courtesy and procedure.
    pub procedural: u64,
    /// In noise markers.
    pub noise: u64,
    /// Titles, notes, tables, published reports.
    pub headers: u64,
    /// Speaker labels.
    pub labels: u64,
    /// Text that no speaker could be found for.
    pub unattributed: u64,
}

impl Classes {
    /// The sum over all classes.
    pub fn total(&self) -> u64 {
        self.pairs().iter().map(|&(_, words)| words).sum()
    }

    /// Each class with its name, in fixed order.
    pub fn pairs(&self) -> [(&'static str, u64); 7] {
        [
            ("selected", self.selected),
            ("unselected", self.unselected),
            ("procedural", self.procedural),
            ("noise", self.noise),
            ("headers", self.headers),
            ("labels", self.labels),
            ("unattributed", self.unattributed),
        ]
    }

    /// Adds another account to this one.
    pub fn add(&mut self, other: &Classes) {
        self.selected += other.selected;
        self.unselected += other.unselected;
        self.procedural += other.procedural;
        self.noise += other.noise;
        self.headers += other.headers;
        self.labels += other.labels;
        self.unattributed += other.unattributed;
    }
}

/// The account of one speaker's words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpeakerLedger {
    /// The speaker's name.
    pub speaker: String,
    /// Its words by class.
    #[serde(flatten)]
    pub classes: Classes,
}

/// The account of a session: every input word is in exactly one class.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Ledger {
    /// Words of the source.
    pub input: u64,
    /// All of them by class.
    pub all: Classes,
    /// The words of each speaker by class, in order of first appearance.
    pub speakers: Vec<SpeakerLedger>,
}
