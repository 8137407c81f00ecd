//! The tables of `compare` over all archived sessions whose inputs are there.

use std::path::Path;

use rapporteur::archive::{Archive, Output};
use rapporteur::model::Roster;
use rapporteur::pipeline::definition::{Definition, TableSettings, Target};
use rapporteur::{Error, Result};

use crate::cli::compare::{Comparison, Folder, encoding, exports, tables};
use crate::cli::{batch, input, output};

use super::files::{Staging, path_text};
use super::plan::digest;
use super::shared::Shared;

/// The folder that tables are written beside, and the name of theirs in it.
pub(super) fn place(settings: &TableSettings) -> Target {
    Target::literal(&settings.folder)
}

/// Writes the tables that the definition asks for. They are made from the inputs again, for what they
/// say of a session depends on all others; the archive says which inputs there are.
///
/// # Errors
/// When the archive cannot be read. Tables that cannot be written are a failure in the result.
pub(super) fn write(
    definition: &Definition,
    roster: &Roster,
    archive: &Archive,
    staging: &mut Staging,
    quiet: bool,
) -> Result<(Vec<Shared>, Vec<Error>)> {
    let Some(settings) = definition.outputs.as_ref().and_then(|outputs| outputs.tables.as_ref()) else {
        return Ok((Vec::new(), Vec::new()));
    };
    let (there, gone): (Vec<String>, Vec<String>) =
        archive.sources()?.into_iter().partition(|path| Path::new(path).is_file());
    if !gone.is_empty() && !quiet {
        output::warn(&format!(
            "{}: without {}, which the archive has and which are no longer there",
            settings.folder,
            counted(gone.len())
        ));
    }
    if there.is_empty() {
        return Ok((Vec::new(), Vec::new()));
    }
    let bar = batch::progress(2 * there.len(), quiet);
    let folder = match folder(settings, staging) {
        Ok(folder) => folder,
        Err(error) => return Ok((Vec::new(), vec![error])),
    };
    let comparison = Comparison {
        definition: &of_reports(definition),
        roster: roster.clone(),
        tables: tables(&settings.only),
        exports: exports(&settings.export),
        encoding: encoding(settings.excel),
    };
    let compared = match comparison.write(&input::sources(&there)?, folder, &bar) {
        Ok(compared) => compared,
        Err(error) => return Ok((Vec::new(), vec![error.in_file(&settings.folder)])),
    };
    let mut failures = compared.failures;
    let mut files = Vec::new();
    for file in compared.files {
        match kept(settings, &file) {
            Ok(output) => files.push(Shared { output, written: true }),
            Err(error) => failures.push(error),
        }
    }
    Ok((files, failures))
}

fn folder(settings: &TableSettings, staging: &mut Staging) -> Result<Folder> {
    let place = place(settings);
    let (root, beside) = staging.beside(&place.folder)?;
    Folder::within(&beside, &root.join(&place.below)).map_err(|error| Error::io(&settings.folder, &error))
}

/// The definition without what decides nothing in the tables.
fn of_reports(definition: &Definition) -> Definition {
    let mut definition = definition.clone();
    definition.input.paths.clear();
    Definition { outputs: None, archive: None, schedule: None, ..definition }
}

/// A file as the archive has it.
fn kept(settings: &TableSettings, file: &Path) -> Result<Output> {
    let (bytes, sha256) = digest(&file.to_string_lossy())?;
    let below = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(Output { path: path_text(&Target { folder: settings.folder.clone(), below }), bytes, sha256 })
}

fn counted(number: usize) -> String {
    if number == 1 { "1 input".to_owned() } else { format!("{number} inputs") }
}
