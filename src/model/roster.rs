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

/// An organisation as the roster has it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RosterOrganisation {
    /// The name to be used for it.
    pub name: String,
    /// Its other names: spellings, abbreviations, what it was called before.
    pub aliases: Vec<String>,
    /// The group of those who speak for it and have none of their own; empty where the roster says nothing.
    pub group: String,
}

/// A list of voices and organisations; it holds over anything found in a session.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Roster {
    /// The voices, in the order of the list.
    pub entries: Vec<RosterEntry>,
    /// The organisations, in the order of the list.
    #[serde(default)]
    pub organisations: Vec<RosterOrganisation>,
}
