//! The files that a command reads, known by what they are and not by how they are spelled: a link, a
//! hard link, `./`, `..` or another case lead to the same file.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What a file is, whatever it is called.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Identity {
    /// The file system, and the number of the file in it.
    #[cfg(unix)]
    Node(u64, u64),
    /// The one path without links.
    #[cfg(not(unix))]
    Place(PathBuf),
}

/// The files that are read.
#[derive(Debug)]
struct Reads {
    /// How the user calls each.
    names: BTreeMap<Identity, String>,
    /// How the user calls the file at each path without links.
    places: BTreeMap<PathBuf, String>,
}

static READS: Mutex<Reads> = Mutex::new(Reads { names: BTreeMap::new(), places: BTreeMap::new() });

fn reads() -> MutexGuard<'static, Reads> {
    READS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Notes that the command reads this file; `-`, folders and what is not there are none.
pub(crate) fn note(text: &str) {
    let path = crate::io::files::paths::path(text);
    if text == "-" {
        return;
    }
    if let (Ok(metadata), Ok(place)) = (std::fs::metadata(&path), path.canonicalize())
        && !metadata.is_dir()
    {
        let mut reads = reads();
        reads.names.entry(identity(&metadata, &place)).or_insert_with(|| text.to_owned());
        reads.places.entry(place).or_insert_with(|| text.to_owned());
    }
}

/// The file that is read and that this path leads to.
pub(crate) fn at(path: &Path) -> Option<String> {
    let (metadata, place) = (std::fs::metadata(path).ok()?, path.canonicalize().ok()?);
    reads().names.get(&identity(&metadata, &place)).cloned()
}

/// A file that is read and that is in this folder, at any depth.
pub(crate) fn within(folder: &Path) -> Option<String> {
    let folder = folder.canonicalize().ok()?;
    reads().places.iter().find(|(place, _)| place.starts_with(&folder)).map(|(_, name)| name.clone())
}

#[cfg(unix)]
fn identity(metadata: &Metadata, _place: &Path) -> Identity {
    use std::os::unix::fs::MetadataExt;
    Identity::Node(metadata.dev(), metadata.ino())
}

#[cfg(not(unix))]
fn identity(_metadata: &Metadata, place: &Path) -> Identity {
    Identity::Place(place.to_owned())
}
