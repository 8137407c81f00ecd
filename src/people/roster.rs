//! Rosters: read from CSV or JSON, written back, and held against the labels of a session.

mod csv;
mod found;
mod json;
mod matching;

pub use found::of_speakers;
pub(super) use matching::Index;

use rustc_hash::{FxHashMap, FxHashSet};

use super::labels::names::folded;
use crate::error::nearest;
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Role, Roster, RosterEntry};

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

const ROLES: [Role; 5] = [Role::Speaker, Role::Moderator, Role::Chair, Role::Interpreter, Role::Audience];

/// Reads a roster: a JSON array of entries (or an object with the array under `entries`), or a table
/// with a header row, separated by commas, semicolons or tabs. In a table, aliases are separated by
/// `;`; a column or key `because` is for people and is not read. UTF-8, with or without its mark.
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
    check_names(&entries)?;
    Ok(Roster { entries: entries.into_iter().map(|(_, entry)| entry).collect() })
}

/// A roster as a table; each entry with why it is as it is, for whoever corrects it.
pub fn to_csv(entries: &[(RosterEntry, String)]) -> Result<String> {
    csv::write(entries)
}

/// A roster as JSON; each entry with why it is as it is, for whoever corrects it.
pub fn to_json(entries: &[(RosterEntry, String)]) -> Result<String> {
    json::write(entries)
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
    let names = ROLES.map(Role::name);
    let remedy = match nearest(&wanted, names) {
        Some(role) => format!("do you mean {role:?}?"),
        None => format!("the roles are {}", names.join(", ")),
    };
    Err(broken(format!("unknown role {text:?}")).remedy(remedy))
}

/// An entry from its texts, in the order of [`COLUMNS`] without the last; blanks are trimmed.
fn entry(
    speaker: &str,
    aliases: Vec<&str>,
    stakeholder: &str,
    group: &str,
    role_name: &str,
) -> Result<RosterEntry> {
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
    Ok(RosterEntry {
        speaker: speaker.trim().to_owned(),
        aliases: kept,
        stakeholder: stakeholder.trim().to_owned(),
        group: group.trim().to_owned(),
        role: role(role_name)?,
    })
}

/// Each name and alias must lead to one entry.
fn check_names(entries: &[(u64, RosterEntry)]) -> Result<()> {
    let mut owners: FxHashMap<String, (usize, u64)> = FxHashMap::default();
    for (index, (line, entry)) in entries.iter().enumerate() {
        for name in std::iter::once(&entry.speaker).chain(&entry.aliases) {
            let Some((owner, first)) = owners.insert(folded(name), (index, *line)) else { continue };
            if owner == index {
                continue;
            }
            let other = entries.get(owner).map_or("", |(_, e)| e.speaker.as_str());
            let what = if folded(other) == folded(&entry.speaker) {
                format!("{other:?} is listed twice, first in line {first}")
            } else {
                format!("{name:?} is {other:?} in line {first} and {:?} here", entry.speaker)
            };
            let remedy = "each name and alias belongs to one entry";
            return Err(broken(what).at_line(*line).remedy(remedy));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
