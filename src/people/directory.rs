//! What several sessions together tell of the people in them: whose initials are whose, and who
//! speaks for whom.
//!
//! A directory is collected in a pass over all sessions before any of them is resolved, and is the
//! same in whatever order they come. It grows with the people that the sessions list, not with
//! what they say.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::affiliations::{Strength, choose};
use super::labels::merge::merge;
use super::labels::names::{core_name, folded, is_full_name};
use super::labels::roles::without_office;
use super::organisations::{Organisation, is_unknown};
use super::phrases::Phrases;
use super::{KnownPeople, stakeholders};
use crate::model::exact::{pairs, pairs_by_name};
use crate::model::{Because, ReasonKind, Session, Text};

/// People of several sessions, by name.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Directory {
    #[serde(with = "pairs")]
    people: BTreeMap<Vec<String>, Person>,
    /// The names that each short label, such as initials, stands for.
    #[serde(with = "pairs_by_name")]
    by_label: BTreeMap<String, BTreeMap<Vec<String>, Seen>>,
}

/// Somebody as the sessions list them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
struct Person {
    /// The spellings of the name, each with how often it is given.
    names: BTreeMap<String, u32>,
    /// The short labels that lists give the name.
    labels: BTreeSet<String>,
    /// The organisations, each with where it is given; the date of a session sorts first.
    organisations: BTreeMap<String, BTreeSet<Seen>>,
    /// The kinds of stakeholder that are given.
    groups: BTreeSet<String>,
}

/// Where something is given: the date of a session, and the words or the line in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
struct Seen {
    date: String,
    because: Because,
}

/// What the directory knows of somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// The organisation, and the session that gives it.
    pub(super) organisation: Option<(String, Because)>,
    /// Kind of stakeholder, empty where none or more than one is given.
    pub(super) group: String,
}

impl Directory {
    /// What some sessions tell of the people in them.
    pub fn of(sessions: &[Session]) -> Self {
        let mut directory = Directory::default();
        sessions.iter().for_each(|session| directory.add(session, &crate::text::read(session)));
        directory
    }

    /// Adds the people that a session lists, and those of its speakers whose stakeholder it tells.
    /// `text` is the session read.
    pub fn add(&mut self, session: &Session, text: &Text) {
        self.add_with(session, text, &Phrases::find(&text.tokens));
    }

    /// As [`Self::add`], with the phrases of the session that were found before.
    pub fn add_with(&mut self, session: &Session, text: &Text, phrases: &Phrases) {
        self.add_listed(session);
        self.add_told(session, text, phrases);
    }

    fn add_told(&mut self, session: &Session, text: &Text, phrases: &Phrases) {
        let mut people = merge(session, &KnownPeople::default());
        let found = stakeholders::of_session(session, text, phrases, &mut people);
        for (speaker, findings) in people.speakers.iter().zip(&found) {
            let (Some(chosen), _) = choose(findings) else { continue };
            if chosen.strength == Strength::Listed || !is_full_name(&speaker.name) {
                continue;
            }
            let person = self.people.entry(core_name(&speaker.name)).or_default();
            *person.names.entry(speaker.name.clone()).or_default() += 1;
            let reason = format!("{}: {}", ReasonKind::OtherSession.beginning(), chosen.because.reason);
            let because = Because { reason, session: session.id.clone(), ..chosen.because.clone() };
            let seen = Seen { date: session.date.clone(), because };
            person.organisations.entry(chosen.organisation.name.clone()).or_default().insert(seen);
        }
    }

    fn add_listed(&mut self, session: &Session) {
        for attendee in session.attendees.iter().filter(|attendee| is_full_name(&attendee.name)) {
            let key = core_name(&attendee.name);
            let line = (attendee.line > 0).then_some(u64::from(attendee.line));
            let because =
                Because { session: session.id.clone(), line, ..Because::new(of_other_list("says so")) };
            let seen = Seen { date: session.date.clone(), because };
            let person = self.people.entry(key.clone()).or_default();
            *person.names.entry(attendee.name.clone()).or_default() += 1;
            person.labels.extend(attendee.aliases.iter().filter(|a| !a.trim().is_empty()).map(|a| folded(a)));
            let organisation = without_office(&attendee.stakeholder).0.trim();
            if !is_unknown(organisation) {
                person.organisations.entry(organisation.to_owned()).or_default().insert(seen.clone());
            }
            if !attendee.group.is_empty() {
                person.groups.insert(attendee.group.clone());
            }
            for alias in attendee.aliases.iter().filter(|alias| !alias.trim().is_empty()) {
                let known = self.by_label.entry(folded(alias)).or_default().entry(key.clone());
                let first = known.or_insert_with(|| seen.clone());
                *first = first.clone().min(seen.clone());
            }
        }
    }

    /// Adds all that another directory holds.
    pub fn merge(&mut self, other: Directory) {
        for (key, person) in other.people {
            let known = self.people.entry(key).or_default();
            for (name, count) in person.names {
                *known.names.entry(name).or_default() += count;
            }
            known.labels.extend(person.labels);
            known.groups.extend(person.groups);
            for (organisation, seen) in person.organisations {
                known.organisations.entry(organisation).or_default().extend(seen);
            }
        }
        for (label, names) in other.by_label {
            let known = self.by_label.entry(label).or_default();
            for (key, seen) in names {
                let first = known.entry(key).or_insert_with(|| seen.clone());
                *first = seen.min(first.clone());
            }
        }
    }

    /// The only person that a short label stands for in all sessions, by the name that is given most
    /// often, and a session that says so. Spellings of a name are one person.
    pub(super) fn named_by(&self, label: &str) -> Option<(String, Because)> {
        let names = self.by_label.get(&folded(label))?;
        let (first, _) = names.first_key_value()?;
        if !names.keys().all(|name| are_spellings(name, first)) {
            return None;
        }
        let seen = names.values().min()?;
        let because = Because { reason: of_other_list("gives both"), ..seen.because.clone() };
        Some((self.usual_name(names.keys()), because))
    }

    /// What the sessions say of a name; of several organisations the one given nearest to `date`,
    /// and none where that cannot be told.
    pub(super) fn entry(&self, name: &str, date: &str) -> Option<Entry> {
        if !is_full_name(name) {
            return None;
        }
        let keys = self.spellings(&core_name(name));
        let people: Vec<&Person> = keys.iter().filter_map(|key| self.people.get(key)).collect();
        let mut organisations: BTreeMap<&str, BTreeSet<&Seen>> = BTreeMap::new();
        for (organisation, seen) in people.iter().flat_map(|person| &person.organisations) {
            organisations.entry(organisation).or_default().extend(seen);
        }
        let organisation = nearest(&organisations, date);
        let organisation = organisation.map(|(name, seen)| (name.to_owned(), seen.because.clone()));
        let groups: BTreeSet<&String> = people.iter().flat_map(|person| &person.groups).collect();
        let group = if groups.len() == 1 { groups.first().map(|g| (*g).clone()) } else { None };
        (!people.is_empty()).then(|| Entry { organisation, group: group.unwrap_or_default() })
    }

    /// The name that is given most often for the person whom a list calls `name` and `label`.
    pub(super) fn usual(&self, name: &str, label: &str) -> Option<String> {
        let (usual, _) = self.named_by(label)?;
        are_spellings(&core_name(&usual), &core_name(name)).then_some(usual)
    }

    /// A name and those that share a short label with it and are spellings of it.
    fn spellings(&self, key: &[String]) -> BTreeSet<Vec<String>> {
        let labels = self.people.get(key).map(|person| &person.labels).into_iter().flatten();
        let names = labels.filter_map(|label| self.by_label.get(label)).flat_map(|names| names.keys());
        let mut all: BTreeSet<Vec<String>> = names.filter(|name| are_spellings(name, key)).cloned().collect();
        all.insert(key.to_vec());
        all
    }

    fn usual_name<'n>(&self, keys: impl Iterator<Item = &'n Vec<String>>) -> String {
        let names = keys.filter_map(|key| self.people.get(key)).flat_map(|person| &person.names);
        let usual =
            names.max_by(|a, b| (a.1, a.0.chars().count(), b.0).cmp(&(b.1, b.0.chars().count(), a.0)));
        usual.map_or(String::new(), |(name, _)| name.clone())
    }
}

/// Whether two names that lists give the same initials are one: the same surname and first letter
/// (`Dan Okoro`, `Daniel B. Okoro`), or two letters' difference in all.
fn are_spellings(a: &[String], b: &[String]) -> bool {
    let initial = |name: &[String]| name.first().and_then(|word| word.chars().next());
    let same_surname = a.last() == b.last();
    initial(a) == initial(b) && (same_surname || strsim::osa_distance(&a.join(" "), &b.join(" ")) <= 2)
}

/// The organisation that is given nearest to a date; `None` where two different ones are.
fn nearest<'d>(
    organisations: &BTreeMap<&'d str, BTreeSet<&'d Seen>>,
    date: &str,
) -> Option<(&'d str, &'d Seen)> {
    let all = organisations.iter().flat_map(|(&name, seen)| seen.iter().map(move |&seen| (name, seen)));
    let days = |seen: &Seen| days_between(&seen.date, date);
    let dated = all.clone().filter_map(|(_, seen)| days(seen)).min();
    let found: Vec<(&str, &Seen)> = all.filter(|(_, seen)| dated.is_none() || days(seen) == dated).collect();
    let &(first, seen) = found.first()?;
    let chosen = Organisation::of_label(first);
    found.iter().all(|(name, _)| Organisation::of_label(name).may_be(&chosen)).then_some((first, seen))
}

/// Days between two dates `YYYY-MM-DD`; none where one is no date.
fn days_between(a: &str, b: &str) -> Option<u64> {
    let date = |text: &str| chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
    Some(date(a)?.signed_duration_since(date(b)?).num_days().unsigned_abs())
}

/// The reason that another session's list of attendees gives.
fn of_other_list(verb: &str) -> String {
    format!("{} {verb}", ReasonKind::OtherList.beginning())
}
