//! Issues: subjects on which positions are compared.

use serde::{Deserialize, Serialize};

/// Index of an issue in the list of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IssueId(pub u32);

/// An issue: given by the user, named by the source, or discovered.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Issue {
    /// What readers call it; unique in a list.
    pub label: String,
    /// Words and phrases that belong to it, as readers write them.
    #[serde(default)]
    pub terms: Vec<String>,
    /// A text that describes it, such as a motion or an agenda item; may be empty.
    #[serde(default)]
    pub text: String,
}

/// The main issue of a sentence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Assignment {
    /// The issue.
    pub issue: IssueId,
    /// How well the sentence fits it, above 0.
    pub score: f64,
}
