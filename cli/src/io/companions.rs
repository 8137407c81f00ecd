//! Files beside a source that complete it: the lists of persons and organisations of a corpus. They are looked for in
//! the folder of the source and one folder up.

use std::path::{Path, PathBuf};

use rapporteur::Result;
use rapporteur::definition::InputSettings;
use rapporteur::model::Session;
use rapporteur::pipeline::{self, Input, Opened};
use rapporteur::read::{self, Companion};

use crate::io::files::paths;
use crate::io::input;

/// The sessions of a source, read with the files beside it.
///
/// # Errors
/// As [`pipeline::open`], and when a file beside it is there and cannot be read.
pub(crate) fn open(input: &Input, settings: &InputSettings) -> Result<Vec<Session>> {
    pipeline::open_with(input, &read_beside(&input.path, settings.follow_links)?, settings)
}

/// The sessions of a file of a folder, read with the files beside it.
///
/// # Errors
/// As [`pipeline::open_found`], and when a file beside it is there and cannot be read.
pub(crate) fn open_found(input: &Input, settings: &InputSettings) -> Result<Opened> {
    pipeline::open_found_with(input, &read_beside(&input.path, settings.follow_links)?, settings)
}

/// The files beside a source, with their bytes.
///
/// # Errors
/// When one is there and cannot be read.
pub(crate) fn read_beside(source: &str, follow_links: bool) -> Result<Vec<Companion>> {
    let paths = paths_beside(source, follow_links).into_iter();
    paths.map(|path| input::read_file(&path).map(|Input { path, bytes }| Companion { path, bytes })).collect()
}

/// The paths of the files beside a source that are there.
pub(crate) fn paths_beside(source: &str, follow_links: bool) -> Vec<String> {
    let wanted = read::companion_names(source);
    if wanted.is_empty() {
        return Vec::new();
    }
    let folder = paths::path(source).parent().map(Path::to_path_buf).unwrap_or_default();
    let folders = [Some(folder.clone()), above(&folder)];
    let mut found: Vec<String> = Vec::new();
    for names in wanted {
        let places = names.iter().flat_map(|name| folders.iter().flatten().map(move |folder| (folder, name)));
        let there = places
            .map(|(folder, name)| (folder, folder.join(name)))
            .find(|(folder, path)| path.is_file() && (follow_links || !input::leads_out(path, folder)));
        let path = there.map(|(_, path)| paths::text(&path));
        found.extend(path.filter(|path| path != source && !found.contains(path)));
    }
    found
}

/// The folder above one; none above the root.
fn above(folder: &Path) -> Option<PathBuf> {
    match folder.file_name() {
        Some(_) => folder.parent().map(Path::to_path_buf),
        None if folder.has_root() => None,
        None => Some(folder.join("..")),
    }
}
