//! Temporary files and folders beside what is to be written. They vanish however the program ends: when
//! it is done, by a signal, and those of a killed one when the next one writes to the same folder.
//!
//! What is in use is locked, so that what a killed process has left is told from what another process
//! is writing. A lock ends with its process.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::channel;
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};
use std::thread::{park, sleep, spawn};
use std::time::Duration;

use tempfile::NamedTempFile;

/// What the names of temporary files and folders begin with.
const PREFIX: &str = ".rapporteur-tmp-";

/// What the name of a file ends with that is the lock of a folder.
const LOCK: &str = ".lock";

/// What the name of a temporary folder ends with.
const FOLDER: &str = ".d";

/// How long the end of the program waits for files that are just being put in their place; a rename
/// takes no longer.
const PATIENCE: Duration = Duration::from_millis(500);

/// How long the end of the program waits for its message to be taken.
const HEARING: Duration = Duration::from_millis(100);

/// Temporary files and folders that are there. Whoever holds it makes one, puts one in its place, or
/// writes a whole line of many: the program does not end in between.
static TEMPORARY: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// Whether the program is ending.
static ENDING: AtomicBool = AtomicBool::new(false);

/// A step that is done whole or not at all when the program is told to stop.
pub(crate) struct Step(MutexGuard<'static, BTreeSet<PathBuf>>);

/// Begins such a step.
pub(crate) fn step() -> Step {
    Step(TEMPORARY.lock().unwrap_or_else(PoisonError::into_inner))
}

/// Removes all temporary files, says why, and ends the program.
pub(crate) fn end(code: i32, message: &str) -> ! {
    if ENDING.swap(true, Ordering::SeqCst) {
        loop {
            park();
        }
    }
    let held = hold();
    for path in held.iter().flat_map(|paths| paths.iter()) {
        remove(path);
    }
    // Standard error may be a pipe that nobody empties.
    let (told, hears) = channel();
    let message = message.to_owned();
    spawn(move || {
        let _ = writeln!(anstream::stderr(), "{message}");
        told.send(())
    });
    let _ = hears.recv_timeout(HEARING);
    std::process::exit(code)
}

/// The temporary files, when no step is being done, or soon.
fn hold() -> Option<MutexGuard<'static, BTreeSet<PathBuf>>> {
    let pause = Duration::from_millis(5);
    for _ in 0..PATIENCE.as_millis() / pause.as_millis() {
        match TEMPORARY.try_lock() {
            Ok(held) => return Some(held),
            Err(TryLockError::Poisoned(held)) => return Some(held.into_inner()),
            Err(TryLockError::WouldBlock) => sleep(pause),
        }
    }
    None
}

/// Removes a temporary file or folder; others may still be writing into the folder.
fn remove(path: &Path) {
    for _ in 0..10 {
        let removed = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
        if removed.is_ok() || path.symlink_metadata().is_err() {
            return;
        }
    }
}

/// A file beside the one that it becomes.
pub(crate) struct TemporaryFile(NamedTempFile);

impl TemporaryFile {
    /// An empty file in a folder, out of which dead ones are cleared first.
    ///
    /// # Errors
    /// When the folder cannot be written to.
    pub(crate) fn new(folder: &Path) -> io::Result<Self> {
        clear(folder);
        TemporaryFile::named(folder, "")
    }

    fn named(folder: &Path, suffix: &str) -> io::Result<Self> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(PREFIX).suffix(suffix);
        #[cfg(unix)]
        let permissions = std::os::unix::fs::PermissionsExt::from_mode(0o666);
        #[cfg(unix)]
        builder.permissions(permissions);
        let mut step = step();
        loop {
            let file = builder.tempfile_in(folder)?;
            // A file system without locks has nothing to clear either.
            let _ = file.as_file().lock();
            // Before it was locked, another process may have taken it for a dead one's.
            if file.path().exists() {
                step.0.insert(file.path().to_owned());
                return Ok(TemporaryFile(file));
            }
        }
    }

    /// Writes all of the file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(crate) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.write_all(bytes)?;
        self.0.as_file().sync_all()
    }

    /// Puts the file in the place of another, whose permissions it takes over.
    ///
    /// # Errors
    /// When it cannot be put there; what was there stays then.
    pub(crate) fn persist(self, place: &Path) -> io::Result<()> {
        if let Ok(metadata) = fs::metadata(place) {
            self.0.as_file().set_permissions(metadata.permissions())?;
        }
        let mut step = step();
        fs::rename(self.0.path(), place)?;
        step.0.remove(self.0.path());
        sync(place.parent());
        Ok(())
    }
}

impl Drop for TemporaryFile {
    fn drop(&mut self) {
        let mut step = step();
        if step.0.remove(self.0.path()) {
            remove(self.0.path());
        }
    }
}

/// A folder beside the one that it becomes.
pub(crate) struct TemporaryFolder {
    path: PathBuf,
    /// A locked file beside it, as long as the folder is there.
    lock: TemporaryFile,
}

impl TemporaryFolder {
    /// An empty folder in another, out of which dead ones are cleared first.
    ///
    /// # Errors
    /// When the other cannot be written to.
    pub(crate) fn new(parent: &Path) -> io::Result<Self> {
        clear(parent);
        let lock = TemporaryFile::named(parent, LOCK)?;
        let path = folder_of(lock.0.path());
        let mut step = step();
        fs::create_dir(&path)?;
        step.0.insert(path.clone());
        drop(step);
        Ok(TemporaryFolder { path, lock })
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Whether files can be moved from here into a folder: not into another file system.
    pub(crate) fn reaches(&self, folder: &Path) -> bool {
        let _step = step();
        let there = folder.join(self.lock.0.path().file_name().unwrap_or(OsStr::new(PREFIX)));
        let linked = fs::hard_link(self.lock.0.path(), &there).is_ok();
        if linked && there != self.lock.0.path() {
            let _ = fs::remove_file(&there);
        }
        linked
    }
}

impl Drop for TemporaryFolder {
    fn drop(&mut self) {
        let mut step = step();
        remove(&self.path);
        step.0.remove(&self.path);
    }
}

/// The folder that a lock is of.
fn folder_of(lock: &Path) -> PathBuf {
    let name = lock.file_name().unwrap_or_default().to_string_lossy().into_owned();
    lock.with_file_name(format!("{}{FOLDER}", name.trim_end_matches(LOCK)))
}

/// Removes what killed processes have left in a folder, and finishes what they had begun to put in its
/// place.
pub(crate) fn clear(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.filter_map(Result::ok) {
        let name = entry.file_name();
        let Some(name) = name.to_str().filter(|name| name.starts_with(PREFIX)) else { continue };
        let path = entry.path();
        if name.ends_with(FOLDER) {
            // Its lock is made before it and removed after it.
            let lock = folder.join(format!("{}{LOCK}", name.trim_end_matches(FOLDER)));
            if lock.symlink_metadata().is_err() {
                let _ = crate::tables::resume(&path);
                remove(&path);
            }
        } else if let Some(_locked) = of_dead(&path) {
            let of_lock = folder_of(&path);
            if name.ends_with(LOCK) && of_lock.is_dir() {
                let _ = crate::tables::resume(&of_lock);
                remove(&of_lock);
            }
            remove(&path);
        }
    }
}

/// The file, locked, where no process holds its lock.
fn of_dead(path: &Path) -> Option<File> {
    let is_file = path.symlink_metadata().is_ok_and(|metadata| metadata.is_file());
    let file = File::open(path).ok().filter(|_| is_file)?;
    file.try_lock().is_ok().then_some(file)
}

/// Writes to the disk what a folder holds: a rename lasts only then.
pub(crate) fn sync(folder: Option<&Path>) {
    let folder = folder.filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // Not every system can; the rename is done all the same.
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}
