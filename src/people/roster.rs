//! Rosters: read from CSV or JSON, written back, and held against the labels of a session.

mod csv;
mod found;
mod json;
mod matching;
mod organisations_found;

pub use found::of_speakers;
pub(super) use matching::Index;
pub use organisations_found::organisations;

use rustc_hash::{FxHashMap, FxHashSet};

use super::labels::names::folded;
use crate::error::nearest;
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Role, Roster, RosterEntry, RosterOrganisation};

/// The columns of a roster in CSV and the keys of an entry in JSON, in the order they are written.
pub const COLUMNS: [&str; 6] = ["speaker", "aliases", "stakeholder", "group", "role", "because"];

/// Other names that people give these columns, and the right one.
const SYNONYMS: &[(&str, &str)] = &[
    ("name", "speaker"),
    ("person", "speaker"),
    ("label", "speaker"),
    ("alias", "aliases"),
    ("abbreviation", "aliases"),
    ("initials", "aliases"),
    ("organisation", "stakeholder"),
    ("organization", "stakeholder"),
    ("affiliation", "stakeholder"),
    ("delegation", "stakeholder"),
    ("country", "stakeholder"),
    ("sector", "group"),
    ("type", "group"),
    ("category", "group"),
    ("function", "role"),
];

/// The role of rows that are organisations, and how else it is written.
const ORGANISATION: &str = "organisation";
const ORGANIZATION: &str = "organization";

const ROLES: [Role; 5] = [Role::Speaker, Role::Moderator, Role::Chair, Role::Interpreter, Role::Audience];

/// Reads a roster: a JSON array of entries (or an object with the array under `entries`), or a table
/// with a header row, separated by commas, semicolons or tabs. In a table, aliases are separated by
/// `;`; a column or key `because` is for people and is not read. A row with the role `organisation` is no voice:
/// its speaker is the name of an organisation, its aliases are that organisation's other names. UTF-8, with or
/// without its mark.
///
/// # Errors
/// When it is neither, when a column, key or role is unknown, when an entry has no name, or when a
/// name or alias belongs to two entries. The message names the line.
pub fn parse(bytes: &[u8]) -> Result<Roster> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = bytes.iter().take(error.valid_up_to()).filter(|&&b| b == b'\n').count() + 1;
        broken("it is not UTF-8")
            .at_line(line as u64)
            .remedy("save it as UTF-8 (spreadsheets call it “CSV UTF-8”)")
    })?;
    let entries =
        if text.trim_start().starts_with(['[', '{']) { json::read(text)? } else { csv::read(text)? };
    check_names(&entries, Row::voice_names)?;
    check_names(&entries, Row::organisation_names)?;
    let mut roster = Roster::default();
    for (_, row) in entries {
        match row {
            Row::Voice(entry) => roster.entries.push(entry),
            Row::Organisation(organisation) => roster.organisations.push(organisation),
        }
    }
    Ok(roster)
}

/// A row of a roster.
enum Row {
    Voice(RosterEntry),
    Organisation(RosterOrganisation),
}

impl Row {
    /// The names by which a voice is found, the one to be used first; none of an organisation.
    fn voice_names(&self) -> Vec<&String> {
        match self {
            Row::Voice(entry) => std::iter::once(&entry.speaker).chain(&entry.aliases).collect(),
            Row::Organisation(_) => Vec::new(),
        }
    }

    /// The names by which an organisation is found, the one to be used first; none of a voice.
    fn organisation_names(&self) -> Vec<&String> {
        match self {
            Row::Voice(_) => Vec::new(),
            Row::Organisation(entry) => std::iter::once(&entry.name).chain(&entry.aliases).collect(),
        }
    }
}

/// A roster that was found; each entry with why it is as it is, for whoever corrects it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FoundRoster {
    /// The voices.
    pub entries: Vec<(RosterEntry, String)>,
    /// The organisations they speak for.
    pub organisations: Vec<(RosterOrganisation, String)>,
}

/// A roster as a table.
pub fn to_csv(roster: &FoundRoster) -> Result<String> {
    csv::write(&rows(roster))
}

/// A roster as JSON.
pub fn to_json(roster: &FoundRoster) -> Result<String> {
    json::write(&rows(roster))
}

/// A row as it is written.
struct WrittenRow<'r> {
    name: &'r str,
    aliases: &'r [String],
    stakeholder: &'r str,
    group: &'r str,
    role: &'static str,
    because: &'r str,
}

/// The voices, then the organisations.
fn rows(roster: &FoundRoster) -> Vec<WrittenRow<'_>> {
    let voices = roster.entries.iter().map(|(entry, because)| WrittenRow {
        name: &entry.speaker,
        aliases: &entry.aliases,
        stakeholder: &entry.stakeholder,
        group: &entry.group,
        role: entry.role.map_or("", Role::name),
        because,
    });
    let organisations = roster.organisations.iter().map(|(organisation, because)| WrittenRow {
        name: &organisation.name,
        aliases: &organisation.aliases,
        stakeholder: "",
        group: &organisation.group,
        role: ORGANISATION,
        because,
    });
    voices.chain(organisations).collect()
}

/// The entries whose speaker is none of `names`: nobody in any session was matched with them.
pub fn unmatched<'r>(roster: &'r Roster, names: &[&str]) -> Vec<&'r RosterEntry> {
    let names: FxHashSet<&str> = names.iter().copied().collect();
    roster.entries.iter().filter(|entry| !names.contains(entry.speaker.as_str())).collect()
}

fn broken(reason: impl Into<String>) -> Error {
    Error::new(ErrorKind::Malformed { format: "roster", reason: reason.into() })
}

/// The column or key that a title names.
fn column(title: &str) -> std::result::Result<&'static str, Error> {
    let wanted = folded(title);
    if let Some(known) = COLUMNS.iter().find(|known| **known == wanted) {
        return Ok(known);
    }
    let synonym = SYNONYMS.iter().find(|(other, _)| *other == wanted).map(|(_, known)| *known);
    let similar = || nearest(&wanted, COLUMNS.iter().copied());
    let message = format!("unknown column {title:?}");
    Err(match synonym.or_else(similar) {
        Some(known) => broken(message).remedy(format!("do you mean {known:?}?")),
        None => broken(message).remedy(format!("the columns are {}", COLUMNS.join(", "))),
    })
}

fn role(text: &str) -> std::result::Result<Option<Role>, Error> {
    let wanted = folded(text);
    if wanted.is_empty() {
        return Ok(None);
    }
    if let Some(&role) = ROLES.iter().find(|role| role.name() == wanted) {
        return Ok(Some(role));
    }
    let names: Vec<&str> = ROLES.iter().map(|role| role.name()).chain([ORGANISATION]).collect();
    let remedy = match nearest(&wanted, names.iter().copied()) {
        Some(role) => format!("do you mean {role:?}?"),
        None => format!("the roles are {}", names.join(", ")),
    };
    Err(broken(format!("unknown role {text:?}")).remedy(remedy))
}

/// A row from its texts, in the order of [`COLUMNS`] without the last; blanks are trimmed.
fn entry(speaker: &str, aliases: Vec<&str>, stakeholder: &str, group: &str, role_name: &str) -> Result<Row> {
    if speaker.trim().is_empty() {
        return Err(broken("an entry has no speaker").remedy("give it a name, or remove it"));
    }
    let mut kept: Vec<String> = Vec::new();
    let mut known = FxHashSet::default();
    for alias in aliases.into_iter().map(str::trim).filter(|alias| !alias.is_empty()) {
        if alias != speaker.trim() && known.insert(alias) {
            kept.push(alias.to_owned());
        }
    }
    let (name, group) = (speaker.trim().to_owned(), group.trim().to_owned());
    if [ORGANISATION, ORGANIZATION].contains(&folded(role_name).as_str()) {
        if !stakeholder.trim().is_empty() {
            return Err(broken(format!("the organisation {name:?} has a stakeholder"))
                .remedy("leave it empty; other names of an organisation are its aliases"));
        }
        return Ok(Row::Organisation(RosterOrganisation { name, aliases: kept, group }));
    }
    Ok(Row::Voice(RosterEntry {
        speaker: name,
        aliases: kept,
        stakeholder: stakeholder.trim().to_owned(),
        group,
        role: role(role_name)?,
    }))
}

/// Each name and alias must lead to one row.
fn check_names(entries: &[(u64, Row)], names: fn(&Row) -> Vec<&String>) -> Result<()> {
    let mut owners: FxHashMap<String, (usize, u64)> = FxHashMap::default();
    for (index, (line, entry)) in entries.iter().enumerate() {
        let own = names(entry);
        let first_name = |row: &Row| names(row).first().map_or_else(String::new, |name| (*name).clone());
        for name in own.iter().copied() {
            let Some((owner, first)) = owners.insert(folded(name), (index, *line)) else { continue };
            if owner == index {
                continue;
            }
            let (other, here) =
                (entries.get(owner).map_or_else(String::new, |(_, e)| first_name(e)), first_name(entry));
            let what = if folded(&other) == folded(&here) {
                format!("{other:?} is listed twice, first in line {first}")
            } else {
                format!("{name:?} is {other:?} in line {first} and {here:?} here")
            };
            let remedy = "each name and alias belongs to one entry";
            return Err(broken(what).at_line(*line).remedy(remedy));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
