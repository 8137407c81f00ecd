//! Who each voice speaks for: from the roster, the session's own list, or the lists of other sessions.

use super::labels::attendees_by_label;
use super::names::folded;
use super::roles::without_office;
use super::roster::Index;
use super::{Directory, Known};
use crate::model::{Alias, Because, People, Session, Speaker};

/// Gives each speaker its stakeholder and group with the strongest reason there is; what the roster
/// says of role, stakeholder and group holds over all else.
pub(super) fn assign(session: &Session, known: &Known, people: &mut People) {
    let attendees = attendees_by_label(&session.attendees);
    let roster = Index::new(&known.roster);
    for speaker in &mut people.speakers {
        let names = speaker.labels.iter().map(|&l| session.label(l)).chain([speaker.name.as_str()]);
        let attendee = names.filter_map(|name| attendees.get(&folded(name)).copied().flatten()).next();
        if let Some(attendee) = attendee {
            let line = (attendee.line > 0).then_some(u64::from(attendee.line));
            let organisation = without_office(&attendee.stakeholder).0;
            give(speaker, organisation, Because { line, ..Because::new("the source lists it so") });
            speaker.group.clone_from(&attendee.group);
        }
        from_elsewhere(speaker, &known.directory, &session.date);
        let entry = roster.find(&speaker.name).and_then(|number| roster.entry(number));
        let Some(entry) = entry else { continue };
        if !entry.stakeholder.is_empty() {
            speaker.stakeholder.clear();
            give(speaker, &entry.stakeholder, Because::new("the roster says so"));
        }
        if !entry.group.is_empty() {
            speaker.group.clone_from(&entry.group);
        }
        if let Some(role) = entry.role {
            speaker.role = role;
            speaker.role_because = vec!["the roster says so".to_owned()];
        }
        for alias in &entry.aliases {
            if !speaker.aliases.iter().any(|known| folded(&known.name) == folded(alias)) {
                let because = Because::new("the roster lists it");
                speaker.aliases.push(Alias { name: alias.clone(), is_label: false, because });
            }
        }
    }
}

fn from_elsewhere(speaker: &mut Speaker, directory: &Directory, date: &str) {
    let Some(entry) = directory.entry(&speaker.name, date) else { return };
    if let Some((organisation, because)) = entry.organisation {
        give(speaker, &organisation, because);
    }
    if speaker.group.is_empty() {
        speaker.group = entry.group;
    }
}

/// Gives a stakeholder to a speaker that has none yet.
fn give(speaker: &mut Speaker, stakeholder: &str, because: Because) {
    if speaker.stakeholder.is_empty() && !stakeholder.trim().is_empty() {
        speaker.stakeholder = stakeholder.trim().to_owned();
        speaker.stakeholder_because = Some(because);
    }
}
