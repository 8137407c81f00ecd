//! Where a result goes: the one place that decides whether a file may be written.
//!
//! A file that the command reads is never written over. A file that is there is replaced where this
//! program wrote it ([`rapporteur::write::origin`]), and any other only with `--force`. An extension of
//! a format that the command does not write is refused.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use rapporteur::write::origin::origin;
use rapporteur::write::terminal::shown;
use rapporteur::{Error, Result};

use crate::io::files::temporary::TemporaryFile;
use crate::io::files::{paths, reads};
use crate::io::output;

/// The file that a command is told to write.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct Target {
    /// Write to FILE, whole or not at all, instead of standard output (`-`)
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Replace FILE even where this program did not write it; never a file that is read
    #[arg(long)]
    pub(crate) force: bool,
}

impl Target {
    /// The destination, of these extensions.
    ///
    /// # Errors
    /// When the file has another one.
    pub(crate) fn destination(&self, extensions: &[&str]) -> Result<Destination> {
        Destination::new(self.output.as_deref(), extensions, self.force)
    }
}

/// Where a result goes.
#[derive(Debug)]
pub(crate) struct Destination {
    /// None for standard output.
    file: Option<PathBuf>,
    force: bool,
    /// Whether people go on to work on such a file, so that nothing of ours is replaced either.
    is_worked_on: bool,
}

impl Destination {
    /// A destination of one of these extensions, or of none.
    ///
    /// # Errors
    /// When the file has another one.
    pub(crate) fn new(file: Option<&Path>, extensions: &[&str], force: bool) -> Result<Destination> {
        let file = file.filter(|path| *path != Path::new("-"));
        if let Some(path) = file {
            check_extension(path, extensions)?;
        }
        Ok(Destination { file: file.map(Path::to_owned), force, is_worked_on: false })
    }

    /// The same, of a file that people go on to work on.
    pub(crate) fn worked_on(self) -> Destination {
        Destination { is_worked_on: true, ..self }
    }

    /// The file; none for standard output.
    pub(crate) fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// Whether the file may be written, before any work is done for it; all files that are read must
    /// be noted by now.
    ///
    /// # Errors
    /// When it is read, or is somebody's own, or its folder is not there.
    pub(crate) fn check(&self) -> Result<()> {
        let Some(path) = &self.file else { return Ok(()) };
        check_read(path)?;
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        if folder.is_some_and(|folder| !folder.is_dir()) {
            return Err(Error::usage("its folder is not there")
                .in_file(&paths::text(path))
                .remedy("check that the folder exists"));
        }
        match std::fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => Err(Error::usage("this is a folder, and a file is needed")
                .in_file(&paths::text(path))
                .remedy("name a file in it")),
            // A device or a pipe holds nothing that could be lost.
            Ok(metadata) if !metadata.is_file() || metadata.len() == 0 => Ok(()),
            Ok(_) => {
                let is_ours = || std::fs::read(path).is_ok_and(|bytes| origin(&bytes).is_some());
                may_replace(path, self.force, !self.is_worked_on && is_ours())
            }
            // A link that leads nowhere is somebody's too.
            Err(_) if path.symlink_metadata().is_ok() => may_replace(path, self.force, false),
            Err(_) => Ok(()),
        }
    }

    /// Writes the result: all of it, or nothing.
    ///
    /// # Errors
    /// As [`Destination::check`], and when the file cannot be written.
    pub(crate) fn write(&self, text: &str) -> Result<()> {
        if self.file.is_some() { self.write_styled(text) } else { output::emit(text) }
    }

    /// The same, of bytes that are no text.
    ///
    /// # Errors
    /// As [`Destination::write`].
    pub(crate) fn write_bytes(&self, bytes: &[u8]) -> Result<()> {
        let Some(path) = &self.file else { return output::emit_bytes(bytes) };
        self.check()?;
        replace_bytes(path, bytes)
    }

    /// The same, of text for a reader, in which nothing may command a terminal.
    ///
    /// # Errors
    /// As [`Destination::write`].
    pub(crate) fn write_text(&self, text: &str) -> Result<()> {
        self.write_styled(&shown(text))
    }

    /// The same, of text that may hold escape codes of our own.
    ///
    /// # Errors
    /// As [`Destination::write`].
    pub(crate) fn write_styled(&self, text: &str) -> Result<()> {
        let Some(path) = &self.file else { return output::emit_styled(text) };
        self.check()?;
        replace(path, text)
    }
}

/// Replaces a file of which it is known that it may be: all of it, or nothing.
///
/// # Errors
/// When it cannot be written.
pub(crate) fn replace(path: &Path, text: &str) -> Result<()> {
    replace_bytes(path, text.as_bytes())
}

fn replace_bytes(path: &Path, bytes: &[u8]) -> Result<()> {
    write_whole(path, bytes).map_err(|error| {
        Error::io(&paths::text(path), &error)
            .remedy("nothing was written; check that the folder exists and may be written to")
    })
}

/// Refuses a file that the command reads, however it is spelled.
///
/// # Errors
/// When it is one.
fn check_read(path: &Path) -> Result<()> {
    let Some(name) = reads::at(path) else { return Ok(()) };
    let written = paths::text(path);
    let what = if name == written {
        "this file is read and cannot be written to".to_owned()
    } else {
        format!("this is {name}, which is read and cannot be written to")
    };
    Err(Error::usage(what).in_file(&written).remedy("write to another file"))
}

/// Whether a folder may be replaced: not where it holds a file that the command reads.
///
/// # Errors
/// When it does.
pub(crate) fn writes_over(folder: &Path) -> Result<()> {
    let Some(name) = reads::within(folder) else { return Ok(()) };
    let error = Error::usage(format!("this folder holds {name}, which is read"));
    Err(error.in_file(&paths::text(folder)).remedy("write to a folder of its own"))
}

/// Whether a file that is there may be replaced.
///
/// # Errors
/// When it is not ours and nobody said that it may.
pub(crate) fn may_replace(path: &Path, force: bool, is_ours: bool) -> Result<()> {
    if force || is_ours {
        return Ok(());
    }
    Err(Error::usage("this file exists and is not replaced, as it seems to be somebody's own")
        .in_file(&paths::text(path))
        .remedy("name another file, or add --force to replace it"))
}

fn check_extension(path: &Path, extensions: &[&str]) -> Result<()> {
    let Some(extension) = path.extension().map(|extension| extension.to_string_lossy()) else {
        return Ok(());
    };
    if extensions.iter().any(|known| known.eq_ignore_ascii_case(&extension)) {
        return Ok(());
    }
    let known: Vec<String> = extensions.iter().map(|known| format!(".{known}")).collect();
    Err(Error::usage(format!("this command writes no .{extension}"))
        .in_file(&paths::text(path))
        .remedy(format!("it writes {}", known.join(", "))))
}

/// Writes a file beside its target first, then in its place.
fn write_whole(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    // A link is followed, so that what it leads to is replaced.
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    if target.exists() && !target.is_file() {
        // A device or a pipe has no place to put a file in.
        let mut stream = std::fs::OpenOptions::new().write(true).open(&target)?;
        return stream.write_all(bytes);
    }
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = TemporaryFile::new(folder)?;
    file.write(bytes)?;
    file.persist(&target)
}
