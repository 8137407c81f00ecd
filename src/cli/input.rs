//! From the paths on the command line to sources with their bytes.

use std::io::Read;
use std::path::Path;

use rapporteur::pipeline::Input;
use rapporteur::{Error, Result};

/// The sources that the arguments name: a folder stands for its files.
///
/// Files of a folder come in the order of their names; hidden files and folders within are left out.
pub(super) fn expand(inputs: &[String]) -> Result<Vec<String>> {
    if inputs.iter().filter(|input| *input == "-").count() > 1 {
        return Err(Error::usage("standard input can be read once only").remedy("give `-` one time"));
    }
    let mut paths = Vec::with_capacity(inputs.len());
    for input in inputs {
        if input != "-" && Path::new(input).is_dir() {
            paths.extend(files_of(input)?);
        } else {
            paths.push(input.clone());
        }
    }
    Ok(paths)
}

fn files_of(folder: &str) -> Result<Vec<String>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|error| Error::io(folder, &error))? {
        let entry = entry.map_err(|error| Error::io(folder, &error))?;
        let path = entry.path();
        if path.is_file() && !entry.file_name().to_string_lossy().starts_with('.') {
            files.push(path.to_string_lossy().into_owned());
        }
    }
    if files.is_empty() {
        return Err(Error::usage("there is no file in this folder").in_file(folder));
    }
    files.sort();
    Ok(files)
}

/// Bytes of a source that are read at most: one more than a reader takes, so that it can refuse.
const MOST: u64 = (1 << 31) + 1;

/// Reads a source; `-` is standard input.
pub(super) fn read(path: &str) -> Result<Input> {
    let mut bytes = Vec::new();
    let bytes = if path == "-" {
        std::io::stdin().lock().take(MOST).read_to_end(&mut bytes).map(|_| bytes)
    } else {
        std::fs::File::open(path).and_then(|file| file.take(MOST).read_to_end(&mut bytes)).map(|_| bytes)
    };
    let bytes = bytes.map_err(|error| {
        let failed = Error::io(path, &error);
        match error.kind() {
            std::io::ErrorKind::NotFound => failed.remedy("check the path"),
            std::io::ErrorKind::PermissionDenied => failed.remedy("check who may read it"),
            _ => failed,
        }
    })?;
    Ok(Input { path: path.to_owned(), bytes })
}
