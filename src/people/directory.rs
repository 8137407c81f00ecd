//! What several sessions together tell of the people in them: whose initials are whose, and who
//! speaks for whom.
//!
//! A directory is collected in a pass over all sessions before any of them is resolved, and is the
//! same in whatever order they come. It grows with the people that the sessions list, not with
//! what they say.

use std::collections::{BTreeMap, BTreeSet};

use super::names::{core_name, folded, is_full_name};
use super::roles::without_office;
use crate::model::{Because, Session};

/// People of several sessions, by name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Directory {
    people: BTreeMap<Vec<String>, Person>,
    /// The names that each short label, such as initials, stands for.
    by_label: BTreeMap<String, BTreeMap<Vec<String>, Seen>>,
}

/// Somebody as the sessions list them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Person {
    /// The spellings of the name.
    names: BTreeSet<String>,
    /// The organisations, each with where it is given; the date of a session sorts first.
    organisations: BTreeMap<String, BTreeSet<Seen>>,
    /// The kinds of stakeholder that are given.
    groups: BTreeSet<String>,
}

/// Where something is given: date and identifier of a session, and the line of its source.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
struct Seen {
    date: String,
    session: String,
    line: u32,
}

/// What the directory knows of somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// The fullest spelling of the name.
    pub(super) name: String,
    /// The organisation, and the session that gives it.
    pub(super) organisation: Option<(String, Because)>,
    /// Kind of stakeholder, empty where none or more than one is given.
    pub(super) group: String,
}

impl Directory {
    /// What some sessions tell of the people in them.
    pub fn of(sessions: &[Session]) -> Self {
        let mut directory = Directory::default();
        sessions.iter().for_each(|session| directory.add(session));
        directory
    }

    /// Adds the people that a session lists.
    pub fn add(&mut self, session: &Session) {
        for attendee in session.attendees.iter().filter(|attendee| is_full_name(&attendee.name)) {
            let key = core_name(&attendee.name);
            let seen = Seen { date: session.date.clone(), session: session.id.clone(), line: attendee.line };
            let person = self.people.entry(key.clone()).or_default();
            person.names.insert(attendee.name.clone());
            let organisation = without_office(&attendee.stakeholder).0.trim();
            if !organisation.is_empty() {
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
            known.names.extend(person.names);
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

    /// The only person that a short label stands for in all sessions, as the name is written, and
    /// the session that says so.
    pub(super) fn named_by(&self, label: &str) -> Option<(String, Because)> {
        let names = self.by_label.get(&folded(label))?;
        let mut names = names.iter();
        let ((key, seen), None) = (names.next()?, names.next()) else { return None };
        let name = self.people.get(key)?.fullest()?;
        Some((name, seen.because("the list of attendees of another session gives both")))
    }

    /// What the sessions say of a name; of several organisations the one given nearest to `date`,
    /// and none where that cannot be told.
    pub(super) fn entry(&self, name: &str, date: &str) -> Option<Entry> {
        if !is_full_name(name) {
            return None;
        }
        let person = self.people.get(&core_name(name))?;
        let organisation = person.organisation(date).map(|(organisation, seen)| {
            (organisation.to_owned(), seen.because("the list of attendees of another session says so"))
        });
        let mut groups = person.groups.iter();
        let group = match (groups.next(), groups.next()) {
            (Some(group), None) => group.clone(),
            _ => String::new(),
        };
        Some(Entry { name: person.fullest()?, organisation, group })
    }
}

impl Person {
    fn fullest(&self) -> Option<String> {
        self.names.iter().max_by_key(|name| name.chars().count()).cloned()
    }

    fn organisation(&self, date: &str) -> Option<(&str, &Seen)> {
        let all =
            self.organisations.iter().flat_map(|(name, seen)| seen.iter().map(move |s| (name.as_str(), s)));
        if self.organisations.len() < 2 {
            return all.min_by_key(|(_, seen)| (days_between(&seen.date, date), *seen));
        }
        let dated = all.filter_map(|(name, seen)| Some((days_between(&seen.date, date)?, name, seen)));
        let nearest = dated.clone().map(|(days, ..)| days).min()?;
        let mut found = dated.filter(|(days, ..)| *days == nearest).map(|(_, name, seen)| (name, seen));
        let first = found.next()?;
        found.all(|(name, _)| name == first.0).then_some(first)
    }
}

impl Seen {
    fn because(&self, reason: &str) -> Because {
        let line = (self.line > 0).then_some(u64::from(self.line));
        Because { session: self.session.clone(), line, ..Because::new(reason) }
    }
}

/// Days between two dates `YYYY-MM-DD`; none where one is no date.
fn days_between(a: &str, b: &str) -> Option<u64> {
    let date = |text: &str| chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
    Some(date(a)?.signed_duration_since(date(b)?).num_days().unsigned_abs())
}
