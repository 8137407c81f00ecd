//! What the sessions of a comparison are told of each other, and what they add up to.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Limits, Totals};
use crate::issues::Gathered;
use crate::model::{Issue, OnIssue, Overall, Roster, Session, SessionCounts};
use crate::people::{Directory, KnownPeople};

use crate::definition::CompareSettings;
use crate::prepare::{Kept, Prepared, ReadSession};

/// What the first pass keeps of a session. They are in the order of their keys.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Survey {
    date: String,
    id: String,
    sha256: String,
    path: String,
}

impl Survey {
    /// Looks at a session.
    pub fn new(session: &Session) -> Self {
        Survey {
            date: session.date.clone(),
            id: session.id.clone(),
            sha256: session.source.sha256.clone(),
            path: session.source.path.clone(),
        }
    }

    /// The session's own identifier.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The date of the session.
    pub fn date(&self) -> &str {
        &self.date
    }

    /// The path of its source.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// SHA-256 of its source.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// Sources are compared in the order of the keys of their first sessions: by date, identifier,
    /// content, and path where all else is the same.
    pub fn key(&self) -> (&str, &str, &str, &str) {
        (&self.date, &self.id, &self.sha256, &self.path)
    }

    /// The same, to be kept.
    pub fn owned_key(&self) -> [String; 4] {
        [&self.date, &self.id, &self.sha256, &self.path].map(String::clone)
    }
}

/// What the sessions of a comparison together tell: people, and what could be issues. Merging gives the
/// same in any order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorpusFacts {
    directory: Directory,
    gathered: Gathered,
}

impl CorpusFacts {
    /// What a session tells, and what was made of it to find that out, from which
    /// [`Kept::prepare`] goes on. Issues are looked for where the settings list none.
    pub fn of(session: &Session, roster: &Roster, settings: &CompareSettings) -> (Self, Kept) {
        Self::of_read(session, ReadSession::of(session), roster, settings)
    }

    /// As [`Self::of`], of a session that was read.
    pub fn of_read(
        session: &Session,
        read: ReadSession,
        roster: &Roster,
        settings: &CompareSettings,
    ) -> (Self, Kept) {
        let mut directory = Directory::default();
        directory.add_with(session, &read.text, &read.phrases);
        if !settings.issues.is_empty() {
            return (CorpusFacts { directory, gathered: Gathered::default() }, Kept::read(read));
        }
        let known = KnownPeople { roster: roster.clone(), directory };
        let prepared = Prepared::of_read(session, read, &known);
        let gathered = prepared.gathered();
        (CorpusFacts { directory: known.directory, gathered }, prepared.keep())
    }

    /// Adds what other sessions tell.
    pub fn merge(&mut self, other: CorpusFacts) {
        self.directory.merge(other.directory);
        self.gathered.merge(other.gathered);
    }
}

/// What every session of a comparison is told.
#[derive(Debug, Clone)]
pub struct ComparisonPlan {
    /// Who and what is compared.
    pub settings: CompareSettings,
    /// The issues, in the order of the tables.
    pub issues: Vec<Issue>,
    /// The identifier of each session, in the order of the surveys; no two are the same.
    pub ids: Vec<String>,
    /// Whether there are several sessions: a voice that has no name of its own is then another in each.
    pub is_of_several: bool,
    /// What is known of people: the roster, and what the sessions together tell.
    pub known: KnownPeople,
}

impl ComparisonPlan {
    /// Decides what is the same for all sessions; the surveys come in the order of the tables.
    pub fn new(settings: CompareSettings, roster: Roster, shared: CorpusFacts, surveys: &[Survey]) -> Self {
        let found = || shared.gathered.issues();
        let issues = if settings.issues.is_empty() { found() } else { settings.issues.clone() };
        let known = KnownPeople { roster, directory: shared.directory };
        let is_of_several = surveys.len() > 1;
        ComparisonPlan { settings, issues, ids: unique_ids(surveys), is_of_several, known }
    }
}

/// What the sessions of a comparison add up to.
#[derive(Debug, Clone, Default)]
pub struct CorpusTotals(Totals);

impl CorpusTotals {
    /// Adds a session; sessions are added in the order of the tables.
    pub fn add(&mut self, session: &SessionCounts) {
        self.0.add(session);
    }

    /// The speakers of the roster that no session was matched with.
    pub fn unmatched<'p>(&self, plan: &'p ComparisonPlan) -> Vec<&'p str> {
        let names = self.0.speakers();
        let unmatched = crate::people::roster::unmatched(&plan.known.roster, &names);
        unmatched.into_iter().map(|entry| entry.speaker.as_str()).collect()
    }

    /// What the tables on all sessions say.
    pub fn overall(self, plan: &ComparisonPlan) -> Overall {
        let limits = Limits { stakeholders: plan.settings.max_stakeholders, terms: plan.settings.max_terms };
        let stance = |on: &OnIssue| super::findings::overall(on, plan.settings.stances);
        super::overall(self.0, &plan.issues, limits, stance)
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
