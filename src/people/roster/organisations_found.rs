//! The organisations of what was found in sessions, with the spellings that they have there.

use std::collections::{BTreeMap, BTreeSet};

use super::super::labels::names::folded;
use super::super::organisations::key;
use crate::model::{RosterOrganisation, SpeakerInfo};

/// What the sessions say of one organisation.
struct Found {
    name: String,
    /// Spellings with the first session that has each.
    spellings: Vec<(String, String)>,
}

/// A row for each organisation that voices of the sessions, given as identifier and speakers, speak for, and why it
/// is as it is.
///
/// Read again, the rows change nothing: an organisation is left out where a row of it would also take in another
/// one, and a spelling where it leads to several.
pub fn organisations<'a>(
    sessions: impl Iterator<Item = (&'a str, &'a [SpeakerInfo])>,
) -> Vec<(RosterOrganisation, String)> {
    let mut at: BTreeMap<String, usize> = BTreeMap::new();
    let mut all: Vec<Found> = Vec::new();
    for (session, speakers) in sessions {
        for speaker in speakers.iter().filter(|speaker| speaker.stakeholder_because.is_some()) {
            let index = *at.entry(speaker.stakeholder.clone()).or_insert(all.len());
            if index == all.len() {
                all.push(Found { name: speaker.stakeholder.clone(), spellings: Vec::new() });
            }
            if let Some(found) = all.get_mut(index) {
                found.add(session, &speaker.stakeholder_spelling);
            }
        }
    }
    let mut owners: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (index, found) in all.iter().enumerate() {
        for name in found.spellings.iter().map(|(name, _)| name).chain([&found.name]) {
            owners.entry(key(name)).or_default().insert(index);
        }
    }
    let is_own = |name: &str| owners.get(&key(name)).is_none_or(|owners| owners.len() == 1);
    all.iter().filter(|found| is_own(&found.name)).map(|found| found.row(is_own)).collect()
}

impl Found {
    fn add(&mut self, session: &str, spelling: &str) {
        let is_known = self.spellings.iter().any(|(known, _)| folded(known) == folded(spelling));
        // A semicolon would part it in a table.
        let is_new = folded(spelling) != folded(&self.name) && !is_known;
        if is_new && !spelling.trim().is_empty() && !spelling.contains(';') {
            self.spellings.push((spelling.trim().to_owned(), session.to_owned()));
        }
    }

    fn row(&self, is_own: impl Fn(&str) -> bool) -> (RosterOrganisation, String) {
        let kept = || self.spellings.iter().filter(|(spelling, _)| is_own(spelling));
        let reasons: Vec<String> =
            kept().map(|(spelling, session)| format!("spelt “{spelling}” in {session}")).collect();
        let aliases = kept().map(|(spelling, _)| spelling.clone()).collect();
        let name = self.name.trim().to_owned();
        (RosterOrganisation { name, aliases, group: String::new() }, reasons.join("; "))
    }
}
