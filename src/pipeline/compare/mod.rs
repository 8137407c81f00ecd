//! Comparison of stakeholders over many sessions, in two passes: what all sessions must know of each
//! other, then one session after the other.
//!
//! Between the passes only surveys are kept, so that memory grows with names and words, not with the
//! sessions.

mod findings;
mod session;

pub use session::session;

use std::collections::BTreeSet;

use crate::error::Result;
use crate::model::{Issue, Roster, Session};
use crate::people::{Directory, Known};

use super::definition::CompareSettings;

/// What the first pass keeps of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survey {
    date: String,
    id: String,
    sha256: String,
    path: String,
    directory: Directory,
}

impl Survey {
    /// Looks at a session.
    pub fn new(session: &Session) -> Self {
        Survey {
            date: session.date.clone(),
            id: session.id.clone(),
            sha256: session.source.sha256.clone(),
            path: session.source.path.clone(),
            directory: Directory::of(std::slice::from_ref(session)),
        }
    }

    /// Sources are compared in the order of the keys of their first sessions: by date, identifier,
    /// content, and path where all else is the same.
    pub fn key(&self) -> (&str, &str, &str, &str) {
        (&self.date, &self.id, &self.sha256, &self.path)
    }
}

/// What every session of a comparison is told.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Who and what is compared.
    pub settings: CompareSettings,
    /// The issues, in the order of the tables.
    pub issues: Vec<Issue>,
    /// The identifier of each session, in the order of the surveys; no two are the same.
    pub ids: Vec<String>,
    /// What is known of people: the roster, and what the sessions together tell.
    pub known: Known,
}

impl Plan {
    /// Decides what is the same for all sessions, from the surveys in the order of the tables.
    ///
    /// # Errors
    /// None yet.
    pub fn new(settings: CompareSettings, roster: Roster, surveys: &[Survey]) -> Result<Self> {
        let issues = settings.issues.clone();
        let mut directory = Directory::default();
        surveys.iter().for_each(|survey| directory.merge(survey.directory.clone()));
        Ok(Plan { settings, issues, ids: unique_ids(surveys), known: Known { roster, directory } })
    }
}

/// The identifiers, with `-2`, `-3` and so on after those that were had before.
fn unique_ids(surveys: &[Survey]) -> Vec<String> {
    let mut taken: BTreeSet<String> = surveys.iter().map(|survey| survey.id.clone()).collect();
    let mut used = BTreeSet::new();
    let mut ids = Vec::with_capacity(surveys.len());
    for survey in surveys {
        let mut id = survey.id.clone();
        let mut number = 2;
        while !used.insert(id.clone()) {
            id = format!("{}-{number}", survey.id);
            number += 1;
            // A number that is an identifier of its own stays with its owner.
            while taken.contains(&id) && !used.contains(&id) {
                id = format!("{}-{number}", survey.id);
                number += 1;
            }
        }
        taken.insert(id.clone());
        ids.push(id);
    }
    ids
}
