//! The roster of what was found in sessions, for a person to correct.

use std::collections::{BTreeMap, BTreeSet};

use super::super::labels::names::folded;
use crate::model::{Because, Role, RosterEntry, SpeakerInfo};

/// What the sessions say of one name.
#[derive(Debug, Default)]
struct Found {
    name: String,
    aliases: Vec<String>,
    stakeholders: Values,
    groups: Values,
    roles: Vec<Role>,
    because: Vec<String>,
}

/// Different values in order, each with the first session that has it.
type Values = Vec<(String, String)>;

/// An entry for each name in the sessions, given as identifier and speakers, and why it is as it is.
///
/// A value is given where all sessions that have one agree, an alias where it leads to one name only.
pub fn of_speakers<'a>(
    sessions: impl Iterator<Item = (&'a str, &'a [SpeakerInfo])>,
) -> Vec<(RosterEntry, String)> {
    let mut at: BTreeMap<String, usize> = BTreeMap::new();
    let mut all: Vec<Found> = Vec::new();
    for (session, speakers) in sessions {
        for speaker in speakers.iter().filter(|speaker| !speaker.name.trim().is_empty()) {
            let index = *at.entry(folded(&speaker.name)).or_insert(all.len());
            if index == all.len() {
                all.push(Found { name: speaker.name.clone(), ..Found::default() });
            }
            if let Some(found) = all.get_mut(index) {
                found.add(session, speaker);
            }
        }
    }
    let shared = shared_names(&all);
    all.into_iter().map(|found| found.entry(&shared)).collect()
}

/// Names and aliases that lead to more than one entry.
fn shared_names(all: &[Found]) -> BTreeSet<String> {
    let mut owners: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (index, found) in all.iter().enumerate() {
        for name in found.aliases.iter().chain([&found.name]) {
            owners.entry(folded(name)).or_default().insert(index);
        }
    }
    owners.into_iter().filter(|(_, owners)| owners.len() > 1).map(|(name, _)| name).collect()
}

impl Found {
    fn add(&mut self, session: &str, speaker: &SpeakerInfo) {
        let heard = speaker.alias_because.iter().map(|info| &info.alias);
        for alias in speaker.aliases.iter().chain(heard) {
            // A semicolon would part it in a table.
            if alias.trim() == alias
                && !alias.contains(';')
                && !alias.is_empty()
                && !self.aliases.contains(alias)
            {
                self.aliases.push(alias.clone());
            }
        }
        let own = if speaker.stakeholder_because.is_some() { speaker.stakeholder.as_str() } else { "" };
        add_value(&mut self.stakeholders, own, session);
        add_value(&mut self.groups, &speaker.group, session);
        if !self.roles.contains(&speaker.role) {
            self.roles.push(speaker.role);
        }
        if let Some(because) = speaker.stakeholder_because.as_ref() {
            self.say(&format!("{}: {}", speaker.stakeholder, shown(because)));
        }
        for info in &speaker.alias_because {
            self.say(&format!("{}: {}", info.alias, shown(&info.because)));
        }
        if !speaker.role_because.is_empty() {
            self.say(&format!("{}: {}", speaker.role, speaker.role_because.join(", ")));
        }
    }

    fn say(&mut self, reason: &str) {
        if !self.because.iter().any(|known| known == reason) {
            self.because.push(reason.to_owned());
        }
    }

    fn entry(mut self, shared: &BTreeSet<String>) -> (RosterEntry, String) {
        for values in [&self.stakeholders, &self.groups] {
            if values.len() > 1 {
                let list: Vec<String> =
                    values.iter().map(|(value, session)| format!("{value} in {session}")).collect();
                self.because.push(format!("different from session to session: {}", list.join(", ")));
            }
        }
        let own = folded(&self.name);
        let aliases =
            self.aliases.iter().filter(|alias| folded(alias) != own && !shared.contains(&folded(alias)));
        let mut aliases: Vec<String> = aliases.cloned().collect();
        let mut seen = BTreeSet::new();
        aliases.retain(|alias| seen.insert(folded(alias)));
        let entry = RosterEntry {
            speaker: self.name.trim().to_owned(),
            aliases,
            stakeholder: only(&self.stakeholders),
            group: only(&self.groups),
            role: if let [role] = self.roles.as_slice() { Some(*role) } else { None },
        };
        (entry, self.because.join("; "))
    }
}

fn add_value(values: &mut Values, value: &str, session: &str) {
    if !value.is_empty() && !values.iter().any(|(known, _)| known == value) {
        values.push((value.to_owned(), session.to_owned()));
    }
}

fn only(values: &Values) -> String {
    if let [(value, _)] = values.as_slice() { value.trim().to_owned() } else { String::new() }
}

/// A reason with its words and place, in one line.
fn shown(because: &Because) -> String {
    let line = because.line.map_or(String::new(), |line| format!(", line {line}"));
    let text = because.text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = if text.is_empty() { text } else { format!(" (“{text}”)") };
    format!("{}{line}{text}", because.reason)
}
