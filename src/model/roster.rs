//! Rosters: what a person has written down about the voices of a session.

use serde::{Deserialize, Serialize};

use super::speaker::Role;

/// A voice as the roster has it. An empty field says nothing: what the session says then holds.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RosterEntry {
    /// The name to be used for it.
    pub speaker: String,
    /// Other labels and names of the same voice.
    pub aliases: Vec<String>,
    /// Who it speaks for.
    pub stakeholder: String,
    /// Kind of stakeholder.
    pub group: String,
    /// What it does in the session.
    pub role: Option<Role>,
}

/// A list of voices; it holds over anything found in a session.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Roster {
    /// In the order of the list.
    pub entries: Vec<RosterEntry>,
}
