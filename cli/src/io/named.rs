//! The files that flags and definitions name beside the inputs: a roster, a list of issues.

use rapporteur::definition::{Definition, InputSettings};
use rapporteur::model::{Issue, Roster};
use rapporteur::{Error, Result, pipeline};

use crate::io::{input, pseudonyms};

/// The issues of a list in a file.
pub(crate) fn read_issues(path: &str) -> Result<Vec<Issue>> {
    let input = input::read(path).map_err(as_usage)?;
    pipeline::issues(&input).map_err(as_usage)
}

/// Reads what a definition names in other files: its roster, and its list of issues, which is put into
/// the sections that have none of their own.
pub(crate) fn read_named(definition: &mut Definition) -> Result<Roster> {
    if let Some(path) = &definition.input.issues {
        let issues = read_issues(path)?;
        let compare = definition.compare.get_or_insert_default();
        for section in [&mut compare.issues, &mut definition.summary.issues] {
            if section.is_empty() {
                section.clone_from(&issues);
            }
        }
    }
    read_roster(&mut definition.input)
}

/// The roster that the settings name, empty where they name none; its checksum is noted in them, and so are
/// the codes that stand for voices. The vocabulary that they name is read too.
pub(crate) fn read_roster(settings: &mut InputSettings) -> Result<Roster> {
    read_background(settings)?;
    let roster = match settings.roster.clone() {
        None => Roster::default(),
        Some(path) => {
            let bytes = input::read(&path).map_err(as_usage)?.bytes;
            rapporteur::prepare::roster_of(&path, &bytes, settings).map_err(as_usage)?
        }
    };
    read_codes(settings, roster)
}

/// Reads the vocabulary that the settings name, where they name one; its checksum is noted in them.
pub(crate) fn read_background(settings: &mut InputSettings) -> Result<()> {
    let Some(path) = settings.background.clone() else { return Ok(()) };
    let bytes = input::read(&path).map_err(as_usage)?.bytes;
    rapporteur::prepare::read_background(&path, &bytes, settings).map_err(as_usage)
}

/// Reads the key to the codes that stand for voices, where the settings name one. The voices of the roster are then
/// known to the codes alone, and its organisations are given back.
pub(crate) fn read_codes(settings: &mut InputSettings, roster: Roster) -> Result<Roster> {
    let Some(path) = settings.pseudonyms.as_deref() else { return Ok(roster) };
    let organisations = Roster { organisations: roster.organisations.clone(), ..Roster::default() };
    settings.codes = Some(pseudonyms::load(path, roster)?);
    Ok(organisations)
}

/// A file that the command line names and that cannot be used is bad usage: nothing was started.
fn as_usage(error: Error) -> Error {
    Error::usage(error.to_string())
}
