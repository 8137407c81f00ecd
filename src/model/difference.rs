//! What changed between two sessions or two dates: the data of `diff`.

use serde::Serialize;

use super::Language;
use super::stance::Stance;

/// What happened to a position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    /// The stakeholder stands elsewhere on the issue.
    Stance,
    /// It is held after, and was not before.
    New,
    /// It was held before, and is not after.
    Dropped,
    /// It is held before and after.
    Repeated,
}

impl Change {
    /// All changes, the most telling first.
    pub const ALL: [Change; 4] = [Change::Stance, Change::New, Change::Dropped, Change::Repeated];

    /// The name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Change::Stance => "stance",
            Change::New => "new",
            Change::Dropped => "dropped",
            Change::Repeated => "repeated",
        }
    }
}

/// One of two sides: the quotation and where it stands.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Side {
    /// Identifier of the session.
    pub session: String,
    /// Its date, or empty.
    pub date: String,
    /// Where the stakeholder stands on the issue on this side; empty in JSON when it states none.
    #[serde(serialize_with = "super::stance::or_empty::serialize")]
    pub stance: Option<Stance>,
    /// Index of the turn, from 0.
    pub turn: u64,
    /// Number of the sentence in its turn, from 0.
    pub sentence: u64,
    /// The quotation, verbatim.
    pub text: String,
    /// Who said it.
    pub speaker: String,
    /// The stance that the quotation itself states; empty in JSON when none.
    #[serde(serialize_with = "super::stance::or_empty::serialize")]
    pub quoted_stance: Option<Stance>,
    /// Code of the session's language; empty where it is unknown.
    pub language: String,
    /// Path of the source.
    pub path: String,
    /// Line of the source, from 1.
    pub line: u64,
}

/// A difference, or what is the same.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Difference {
    /// What happened.
    pub change: Change,
    /// Whose position it is.
    pub stakeholder: String,
    /// On which issue; empty when none.
    pub issue: String,
    /// Before; absent for what is new.
    pub before: Option<Side>,
    /// After; absent for what was dropped.
    pub after: Option<Side>,
}

/// What changed between two sides.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PositionChanges {
    /// The differences, most changed first.
    pub differences: Vec<Difference>,
    /// Issues that only the earlier side has and that were not compared, with how many positions each has there.
    pub only_before: Vec<(String, u64)>,
    /// The same of the later side.
    pub only_after: Vec<(String, u64)>,
}

/// What a page says of two sides.
#[derive(Debug, Clone, PartialEq)]
pub struct Changes {
    /// Name and version of the program.
    pub tool: String,
    /// The earlier side: a session or a date, as the user named it.
    pub before: String,
    /// The later side.
    pub after: String,
    /// The language of the page's own words; that of most quotations where none is chosen.
    pub language: Option<Language>,
    /// What changed.
    pub found: PositionChanges,
}
