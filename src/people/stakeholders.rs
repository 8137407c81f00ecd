//! Who each voice speaks for: the strongest of the roster, the source's own list, labels, what
//! speakers say of themselves, introductions, and other sessions.

use rustc_hash::FxHashSet;

use super::affiliations::{Finding, Strength, choose, find};
use super::labels::merge::attendees_by_label;
use super::labels::names::folded;
use super::labels::roles::without_office;
use super::organisations::{Organisation, UsualNames, is_unknown};
use super::phrases::Phrases;
use super::roster::Index;
use super::{Directory, KnownPeople};
use crate::model::{
    Alias, Because, People, ReasonKind, RosterEntry, Session, Speaker, SpeakerId, Text, Warning, WarningCode,
};

/// Gives each speaker its stakeholder and group with the strongest reason there is, and warns where
/// reasons contradict each other; what the roster says of role, stakeholder and group holds over all.
pub(super) fn assign(
    session: &Session,
    text: &Text,
    phrases: &Phrases,
    known: &KnownPeople,
    people: &mut People,
) {
    let found = of_session(session, text, phrases, people);
    let (roster, usual) = (Index::new(&known.roster), UsualNames::new(&known.roster));
    let mut warnings = Vec::new();
    for (index, speaker) in people.speakers.iter_mut().enumerate() {
        let mut findings = found.get(index).cloned().unwrap_or_default();
        let elsewhere = entry_elsewhere(speaker, SpeakerId(index as u32), &known.directory, &session.date);
        if findings.is_empty() {
            findings.extend(elsewhere);
        }
        let entry = roster.find(&speaker.name).and_then(|number| roster.entry(number));
        if entry.is_none_or(|entry| entry.stakeholder.is_empty()) {
            let (chosen, against) = choose(&findings);
            if let Some(chosen) = chosen {
                speaker.stakeholder.clone_from(&chosen.organisation.name);
                speaker.stakeholder_because = Some(chosen.because.clone());
                if speaker.group.is_empty() {
                    speaker.group = group_of(&findings, chosen);
                }
            }
            warnings.extend(contradiction(speaker, chosen, &against));
        }
        if let Some(entry) = entry {
            apply(entry, speaker);
        }
        if speaker.stakeholder_because.is_some() {
            let usual_name = usual.of(&speaker.stakeholder);
            if usual_name != speaker.stakeholder {
                speaker.stakeholder_spelling = std::mem::replace(&mut speaker.stakeholder, usual_name);
            }
            if speaker.group.is_empty() {
                speaker.group = usual.group_of(&speaker.stakeholder).to_owned();
            }
        }
    }
    people.warnings.extend(warnings);
}

/// What the session itself says, by speaker.
pub(super) fn of_session(
    session: &Session,
    text: &Text,
    phrases: &Phrases,
    people: &mut People,
) -> Vec<Vec<Finding>> {
    let attendees = attendees_by_label(&session.attendees);
    let mut found: Vec<Vec<Finding>> = vec![Vec::new(); people.speakers.len()];
    for (index, speaker) in people.speakers.iter_mut().enumerate() {
        let names = speaker.labels.iter().map(|&l| session.label(l)).chain([speaker.name.as_str()]);
        let attendee = names.filter_map(|name| attendees.get(&folded(name)).copied().flatten()).next();
        let Some(attendee) = attendee else { continue };
        let line = (attendee.line > 0).then_some(u64::from(attendee.line));
        let organisation = without_office(&attendee.stakeholder).0.trim();
        if let (Some(list), false) = (found.get_mut(index), is_unknown(organisation)) {
            list.push(Finding {
                speaker: SpeakerId(index as u32),
                organisation: Organisation::of_label(organisation),
                strength: Strength::Listed,
                on_behalf: false,
                because: Because { line, ..Because::new(ReasonKind::Listed.beginning()) },
            });
        }
        speaker.group.clone_from(&attendee.group);
    }
    for finding in find(session, text, phrases, people) {
        if let Some(list) = found.get_mut(finding.speaker.0 as usize) {
            list.push(finding);
        }
    }
    found
}

fn entry_elsewhere(
    speaker: &mut Speaker,
    id: SpeakerId,
    directory: &Directory,
    date: &str,
) -> Option<Finding> {
    let entry = directory.entry(&speaker.name, date)?;
    if speaker.group.is_empty() {
        speaker.group = entry.group;
    }
    let (organisation, because) = entry.organisation?;
    let organisation = Organisation::of_label(&organisation);
    Some(Finding { speaker: id, organisation, strength: Strength::Elsewhere, on_behalf: false, because })
}

/// The group that a speaker says it speaks on behalf of, beside the stakeholder that its label or the
/// source names.
fn group_of(findings: &[Finding], chosen: &Finding) -> String {
    let mut groups = findings.iter().filter(|f| {
        f.on_behalf && f.strength < chosen.strength && !f.organisation.may_be(&chosen.organisation)
    });
    groups.next().map(|f| f.organisation.name.clone()).unwrap_or_default()
}

/// What is said where reasons contradict each other.
fn contradiction(speaker: &Speaker, chosen: Option<&Finding>, against: &[&Finding]) -> Option<Warning> {
    let other = against.first()?;
    let line = other.because.line.and_then(|line| u32::try_from(line).ok()).unwrap_or(0);
    let taken = match chosen {
        Some(chosen) => format!("“{}” is kept ({})", chosen.organisation.name, chosen.because.reason),
        None => "neither is taken".to_owned(),
    };
    let message = format!(
        "{} may also speak for “{}” ({}); {taken}, a roster can say which",
        speaker.name, other.organisation.name, other.because.reason
    );
    Some(Warning { code: WarningCode::StakeholderUnclear, line, message })
}

/// What the roster says holds over all else.
fn apply(entry: &RosterEntry, speaker: &mut Speaker) {
    if !entry.stakeholder.is_empty() {
        speaker.stakeholder.clone_from(&entry.stakeholder);
        speaker.stakeholder_because = Some(Because::new(ReasonKind::Roster.beginning()));
    }
    if !entry.group.is_empty() {
        speaker.group.clone_from(&entry.group);
    }
    if let Some(role) = entry.role {
        speaker.role = role;
        speaker.role_because = vec![ReasonKind::Roster.beginning().to_owned()];
    }
    let mut known: FxHashSet<String> = speaker.aliases.iter().map(|alias| folded(&alias.name)).collect();
    for alias in &entry.aliases {
        if known.insert(folded(alias)) {
            let because = Because::new(ReasonKind::RosterName.beginning());
            speaker.aliases.push(Alias { name: alias.clone(), is_label: false, because });
        }
    }
}
