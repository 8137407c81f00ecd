//! The tables of `compare` over all archived sessions whose inputs are there.

use std::path::Path;

use crate::archive::{Archive, Output};
use rapporteur::definition::{Definition, TableSettings, Target};
use rapporteur::model::Roster;
use rapporteur::{Error, Result};

use crate::io::checksums::digest;
use crate::io::files::paths;
use crate::io::input;
use crate::io::messages::Messages;
use crate::io::progress::Bar;
use crate::io::stop::{Gate, Stop};
use crate::tables::{Comparison, Folder, encoding, exports, tables};

use crate::run::files::{Staging, path_text};
use crate::run::shared::{Completion, SharedFile, SharedUpdate};

/// The folder that tables are written beside, and the name of theirs in it.
pub(crate) fn place(settings: &TableSettings) -> Target {
    Target::literal(&settings.folder)
}

/// Writes the tables that the definition asks for. They are made from the inputs again, for what they
/// say of a session depends on all others; the archive says which inputs there are.
///
/// # Errors
/// When the archive cannot be read. Tables that cannot be written are a failure in the result.
pub(crate) fn write(
    definition: &Definition,
    roster: &Roster,
    archive: &Archive,
    staging: &mut Staging,
    messages: &dyn Messages,
    stop: &Stop,
) -> Result<Completion<SharedUpdate>> {
    let Some(settings) = definition.outputs.as_ref().and_then(|outputs| outputs.tables.as_ref()) else {
        return Ok(Completion::Done(SharedUpdate::default()));
    };
    let (there, gone): (Vec<String>, Vec<String>) =
        archive.sources()?.into_iter().partition(|path| paths::path(path).is_file());
    if !gone.is_empty() {
        messages.warning(&format!(
            "{}: without {}, which the archive has and which are no longer there",
            settings.folder,
            counted(gone.len())
        ));
    }
    if there.is_empty() {
        return Ok(Completion::Done(SharedUpdate::default()));
    }
    let bar = Bar::new(there.len(), 2, !messages.shows_progress());
    let gate = Gate::default();
    let failed = |error| Ok(Completion::Done(SharedUpdate { files: Vec::new(), failures: vec![error] }));
    let folder = match folder(settings, staging) {
        Ok(folder) => folder.behind(&gate),
        Err(error) => return failed(error),
    };
    let (reports, roster, wanted) = (of_reports(definition), roster.clone(), settings.clone());
    let compared = stop.unless_told(move || {
        let comparison = Comparison {
            definition: &reports,
            roster,
            tables: tables(&wanted.only),
            exports: exports(&wanted.export),
            encoding: encoding(wanted.excel),
        };
        comparison.write(&input::sources(&there, true)?, folder, &bar)
    })?;
    let compared = match compared {
        Some(Ok(compared)) => compared,
        Some(Err(error)) => return failed(error.in_file(&settings.folder)),
        None => {
            // What is being put in place is there whole; nothing more comes after that.
            gate.close();
            return Ok(Completion::Stopped);
        }
    };
    let mut update = SharedUpdate { files: Vec::new(), failures: compared.failures };
    for file in compared.files {
        match kept(settings, &file) {
            Ok(output) => update.files.push(SharedFile { output, written: true }),
            Err(error) => update.failures.push(error),
        }
    }
    Ok(Completion::Done(update))
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
