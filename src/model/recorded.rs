//! Outcomes as those who kept a record set them down.

use serde::{Deserialize, Serialize};

/// What the record says was decided or came next, under a heading such as “Conclusion” or after a key such as
/// “RESOLUTION”. Nobody says it: its words count as headers, and no speaker is quoted with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordedOutcome {
    /// The heading of the subject that it is on; empty where none stands above it.
    pub item: String,
    /// The heading or the key that it stands under.
    pub heading: String,
    /// Line of the source on which it begins, from 1.
    pub line: u32,
    /// Exactly as in the source, without the mark of a list.
    pub text: String,
    /// The text without markup; empty if no different.
    #[serde(default)]
    pub display: String,
}

impl RecordedOutcome {
    /// What a reader sees: the display where there is one, else the text.
    pub fn shown(&self) -> &str {
        if self.display.is_empty() { &self.text } else { &self.display }
    }
}
