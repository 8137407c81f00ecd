//! Output files: written whole or not at all, below their folder and nowhere else.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use crate::archive::{Output, real_path};
use rapporteur::definition::Target;
use rapporteur::{Error, Result, read};

use crate::io::files::paths;

/// How often a folder is tried to be removed: a second in all, within which a stopped run ends.
const REMOVALS: usize = 50;

/// The time between two tries.
const BETWEEN_REMOVALS: Duration = Duration::from_millis(20);

/// A file that is to be written.
#[derive(Debug)]
pub(crate) struct RenderedFile {
    pub(crate) target: Target,
    pub(crate) content: Vec<u8>,
    pub(crate) sha256: String,
}

impl RenderedFile {
    pub(crate) fn new(target: Target, content: Vec<u8>) -> Self {
        let sha256 = read::sha256(&content);
        RenderedFile { target, content, sha256 }
    }

    /// What the archive keeps of it.
    pub(crate) fn output(&self) -> Output {
        Output {
            path: path_text(&self.target),
            bytes: self.content.len() as u64,
            sha256: self.sha256.clone(),
        }
    }
}

/// The path of a target as archives and manifests have it.
pub(crate) fn path_text(target: &Target) -> String {
    target.path().to_string_lossy().into_owned()
}

/// Where files are written before they are put in their place: a folder of its own in each output
/// folder, so that what a killed run leaves behind is found and removed.
#[derive(Debug)]
pub(crate) struct Staging {
    name: String,
    roots: BTreeMap<String, PathBuf>,
    /// The real path of every folder below a root that was looked at.
    checked: BTreeMap<PathBuf, PathBuf>,
    reserved: BTreeSet<PathBuf>,
    written: u64,
}

impl Staging {
    /// The staging folders of an archive's runs; those of a run that was killed are removed.
    pub(crate) fn new(archive: &str, folders: &[String]) -> Staging {
        let place = real_path(Path::new(archive));
        let hash = read::sha256(place.to_string_lossy().as_bytes());
        let name = format!(".rapporteur-{}", hash.chars().take(12).collect::<String>());
        for folder in folders {
            // Mostly there is none.
            let _ = fs::remove_dir_all(Path::new(folder).join(&name));
        }
        Staging {
            name,
            roots: BTreeMap::new(),
            checked: BTreeMap::new(),
            reserved: BTreeSet::new(),
            written: 0,
        }
    }

    /// Keeps files that are no outputs from being written over, whatever an output is called.
    pub(crate) fn reserve<'p>(&mut self, paths: impl IntoIterator<Item = &'p str>) {
        self.reserved.extend(paths.into_iter().filter_map(|text| paths::path(text).canonicalize().ok()));
    }

    /// An output folder, and the folder in it in which to write what belongs there.
    pub(crate) fn beside(&mut self, folder: &str) -> Result<(PathBuf, PathBuf)> {
        let root = self.root(folder).map_err(|(path, error)| failed(&path, &error))?;
        let beside = root.join(&self.name);
        Ok((root, beside))
    }

    /// Writes files so that all of them are there in the end, or none.
    pub(crate) fn write(&mut self, files: &[RenderedFile]) -> Result<()> {
        let mut staged = Vec::with_capacity(files.len());
        for file in files {
            staged.push(self.stage(file).map_err(|(path, error)| failed(&path, &error))?);
        }
        for (number, (from, to)) in staged.iter().enumerate() {
            if let Err(error) = fs::rename(from, to) {
                for (_, written) in staged.iter().take(number) {
                    let _ = fs::remove_file(written);
                }
                return Err(failed(to, &error));
            }
        }
        Ok(())
    }

    /// Writes one file beside its place; gives where it is and where it belongs.
    fn stage(
        &mut self,
        file: &RenderedFile,
    ) -> std::result::Result<(PathBuf, PathBuf), (PathBuf, io::Error)> {
        let root = self.root(&file.target.folder)?;
        let to = self.place(&root, &file.target)?;
        self.written += 1;
        let from = root.join(&self.name).join(self.written.to_string());
        let write = || {
            let mut staged = OpenOptions::new().write(true).create_new(true).open(&from)?;
            staged.write_all(&file.content)?;
            staged.sync_all()
        };
        write().map_err(|error| {
            let _ = fs::remove_file(&from);
            (to.clone(), error)
        })?;
        Ok((from, to))
    }

    /// The output folder, made where it is missing, with its staging folder.
    fn root(&mut self, folder: &str) -> std::result::Result<PathBuf, (PathBuf, io::Error)> {
        if let Some(root) = self.roots.get(folder) {
            return Ok(root.clone());
        }
        let wanted = PathBuf::from(folder);
        let made = fs::create_dir_all(&wanted).and_then(|()| wanted.canonicalize());
        let root = made.map_err(|error| (wanted.clone(), error))?;
        fs::create_dir_all(root.join(&self.name)).map_err(|error| (wanted, error))?;
        self.roots.insert(folder.to_owned(), root.clone());
        Ok(root)
    }

    /// The place of a target, with the folders on the way; a link that leads out of the output
    /// folder is refused, and so is a file that is needed for something else.
    fn place(&mut self, root: &Path, target: &Target) -> std::result::Result<PathBuf, (PathBuf, io::Error)> {
        let to = root.join(&target.below);
        let (Some(parent), Some(name)) = (to.parent(), to.file_name()) else { return Ok(to) };
        let folder = match self.checked.get(parent) {
            Some(real) => real.clone(),
            None => {
                let real = folder_below(root, parent)?;
                self.checked.insert(parent.to_owned(), real.clone());
                real
            }
        };
        let to = folder.join(name);
        if self.reserved.contains(&to) {
            let error = io::Error::other("this file is read by the run, or holds its archive");
            return Err((to, error));
        }
        Ok(to)
    }
}

/// Makes the folders on the way from a root to a folder below it; its real path.
fn folder_below(root: &Path, folder: &Path) -> std::result::Result<PathBuf, (PathBuf, io::Error)> {
    let (mut at, mut real) = (root.to_owned(), root.to_owned());
    for part in folder.strip_prefix(root).unwrap_or(Path::new("")) {
        at.push(part);
        let made = fs::create_dir(&at).or_else(|e| if at.is_dir() { Ok(()) } else { Err(e) });
        real = made.and_then(|()| at.canonicalize()).map_err(|error| (at.clone(), error))?;
        if !real.starts_with(root) {
            let error = io::Error::other("a link leads out of the output folder");
            return Err((at, error));
        }
    }
    Ok(real)
}

impl Drop for Staging {
    fn drop(&mut self) {
        for root in self.roots.values() {
            remove_folder(&root.join(&self.name));
        }
    }
}

/// Removes a folder that an abandoned thread may still be writing into: a file that
/// appears meanwhile is removed at the next try, and none can appear once the folder is gone.
fn remove_folder(folder: &Path) {
    for _ in 0..REMOVALS {
        match fs::remove_dir_all(folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => thread::sleep(BETWEEN_REMOVALS),
            _ => return,
        }
    }
}

fn failed(path: &Path, error: &io::Error) -> Error {
    let failed = Error::io(&path.to_string_lossy(), error);
    match error.kind() {
        io::ErrorKind::Other => {
            failed.remedy("nothing of this session was written; give it another path in the definition")
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            failed.remedy("nothing of this session was written; make room and run again")
        }
        _ => failed.remedy("nothing of this session was written; check who may write there"),
    }
}

/// Removes files that an earlier run wrote and this one does not, unless somebody has changed them.
pub(crate) fn remove_stale(before: &[Output], now: &[Output]) {
    let is_kept = |path: &str| now.iter().any(|output| output.path == path);
    for output in before.iter().filter(|output| !is_kept(&output.path)) {
        if crate::io::checksums::digest(&output.path).is_ok_and(|(_, sha256)| sha256 == output.sha256) {
            // A file that cannot be removed harms nobody.
            let _ = fs::remove_file(&output.path);
        }
    }
}
