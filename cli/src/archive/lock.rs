//! One run at a time: a lock on the archive that names its holder.
//!
//! The operating system holds the lock on a file beside the archive and lets go of it when the holder
//! ends, however it ends. What a killed holder leaves behind is a file without a lock, which the next
//! run takes over.
//!
//! An archive has one lock, however it is called: the file stands beside the archive itself, not beside
//! a link to it, and where the system allows it the archive is locked too, so that another name of the
//! same file (a hard link) meets the lock.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use rapporteur::error::{Error, ErrorKind, Result};

/// Who holds a lock, for those who meet it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// Number of the process.
    pub pid: u32,
    /// Name of the machine.
    pub host: String,
    /// When it took the lock, in UTC.
    pub since: String,
    /// What it runs.
    pub definition: String,
}

/// A held lock; it is let go when this is dropped.
#[derive(Debug)]
pub struct Lock {
    file: File,
    path: PathBuf,
    left_behind: Option<Holder>,
    /// The archive itself, where it is there; open until SQLite has closed it.
    _archive: Option<File>,
}

/// Links that lead to links are followed so often, as Linux does.
const LINKS: usize = 40;

/// The one path of a file that is there, or is yet to be made: absolute, without links.
pub fn real_path(path: &Path) -> PathBuf {
    let mut at = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    for _ in 0..LINKS {
        match std::fs::read_link(&at) {
            Ok(target) => at = at.parent().map_or_else(|| target.clone(), |folder| folder.join(&target)),
            Err(_) => break,
        }
    }
    let folder = at.parent().and_then(|folder| folder.canonicalize().ok());
    match (folder, at.file_name()) {
        (Some(folder), Some(name)) => folder.join(name),
        _ => at,
    }
}

/// Where the lock of an archive is.
fn path_of(archive: &str) -> PathBuf {
    let mut path = real_path(Path::new(archive)).into_os_string();
    path.push(".lock");
    PathBuf::from(path)
}

/// Locks the archive itself against its other names. SQLite's own locks are of another kind on Unix;
/// elsewhere they are not, and this one would keep SQLite out.
fn lock_itself(archive: &str) -> std::result::Result<Option<File>, TryLockError> {
    if cfg!(not(unix)) {
        return Ok(None);
    }
    match File::open(archive) {
        Ok(file) => file.try_lock().map(|()| Some(file)),
        // What cannot be opened cannot be another name of something that is in use.
        Err(_) => Ok(None),
    }
}

impl Lock {
    /// Takes the lock of an archive, or names who holds it.
    ///
    /// # Errors
    /// When another process holds it, and when the file cannot be made.
    pub fn take(archive: &str, holder: &Holder) -> Result<Lock> {
        if let Some(folder) = Path::new(archive).parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(|error| {
                Error::io(&folder.to_string_lossy(), &error).remedy("check who may write to its folder")
            })?;
        }
        let path = path_of(archive);
        let failed = |error: std::io::Error| {
            Error::io(&path.to_string_lossy(), &error).remedy("check who may write to its folder")
        };
        loop {
            let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
            let mut file = file.map_err(failed)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(held(archive, read(&path).as_ref())),
                Err(TryLockError::Error(error)) => return Err(failed(error)),
            }
            let itself = match lock_itself(archive) {
                Ok(itself) => itself,
                Err(TryLockError::WouldBlock) => {
                    // This lock was free and says nothing of who holds the other.
                    let _ = std::fs::remove_file(&path);
                    return Err(held(archive, None));
                }
                // There are file systems without such locks.
                Err(TryLockError::Error(_)) => None,
            };
            let left_behind = read(&path);
            let text = serde_json::to_string(holder).unwrap_or_default();
            file.set_len(0).and_then(|()| file.write_all(text.as_bytes())).map_err(failed)?;
            // Its holder before may have removed the file after we opened it; then we hold
            // nothing that others can see.
            if read(&path).as_ref() == Some(holder) {
                return Ok(Lock { file, path, left_behind, _archive: itself });
            }
        }
    }

    /// The file that holds it.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The holder before, where it ended without letting go.
    pub fn left_behind(&self) -> Option<&Holder> {
        self.left_behind.as_ref()
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // The file is removed before the lock is let go, so that nobody's file is removed but ours.
        let _ = std::fs::remove_file(&self.path);
        let _ = self.file.unlock();
    }
}

fn read(path: &Path) -> Option<Holder> {
    serde_json::from_slice(&std::fs::read(path).ok()?).ok()
}

fn held(archive: &str, holder: Option<&Holder>) -> Error {
    let who = holder.map_or_else(
        || "another process".to_owned(),
        |h| format!("process {} on {}, which runs {} since {}", h.pid, h.host, h.definition, h.since),
    );
    Error::new(ErrorKind::Locked(format!("the archive is held by {who}")))
        .in_file(archive)
        .remedy("wait until it has ended, or stop it; nothing was started")
}
