//! The folder that the tables go to: written beside its place first, then put there.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use rapporteur::write::exports::{ExportFile, Part};
use rapporteur::{Error, Result};
use tempfile::TempDir;

use crate::cli::stop::Gate;

/// A folder of files that are written to as rows come in. It vanishes unless it is finished.
pub(crate) struct Folder {
    target: PathBuf,
    beside: TempDir,
    files: BTreeMap<String, BufWriter<File>>,
    /// The file of each heap.
    heaps: BTreeMap<String, String>,
    /// What the files pass on the way to their place.
    gate: Gate,
}

impl Folder {
    /// A folder beside `target`, which may exist already.
    ///
    /// # Errors
    /// When `target` is no folder, or the place beside it cannot be written to.
    pub(super) fn new(target: &Path) -> Result<Self> {
        let name = target.to_string_lossy();
        if target.exists() && !target.is_dir() {
            return Err(Error::usage("this is a file, and the tables need a folder").in_file(&name));
        }
        let parent = match target.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
            _ => PathBuf::from("."),
        };
        let failed = |error: std::io::Error| {
            Error::io(&name, &error).remedy("nothing was written; check that its folder may be written to")
        };
        std::fs::create_dir_all(&parent).map_err(failed)?;
        Folder::within(&parent, target).map_err(failed)
    }

    /// The same, written in a folder of the same file system first.
    ///
    /// # Errors
    /// When that cannot be written to.
    pub(crate) fn within(parent: &Path, target: &Path) -> std::io::Result<Self> {
        let beside = tempfile::Builder::new().prefix(".rapporteur-").tempdir_in(parent)?;
        let (files, heaps) = (BTreeMap::new(), BTreeMap::new());
        Ok(Folder { target: target.to_owned(), beside, files, heaps, gate: Gate::default() })
    }

    /// The same, whose files pass a gate on the way to their place.
    pub(crate) fn behind(mut self, gate: &Gate) -> Self {
        self.gate = gate.clone();
        self
    }

    /// Adds text to the file `name`.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(super) fn append(&mut self, name: &str, text: &str) -> Result<()> {
        let path = self.beside.path().join(name);
        let writer = match self.files.entry(name.to_owned()) {
            std::collections::btree_map::Entry::Occupied(known) => known.into_mut(),
            std::collections::btree_map::Entry::Vacant(new) => {
                let file = File::create(&path).map_err(|error| Error::io(&path.to_string_lossy(), &error))?;
                new.insert(BufWriter::new(file))
            }
        };
        writer.write_all(text.as_bytes()).map_err(|error| Error::io(&path.to_string_lossy(), &error))
    }

    /// Puts a file together from heaps of lines that were added under their names.
    ///
    /// # Errors
    /// When a file cannot be read or written.
    pub(super) fn assemble(&mut self, file: &ExportFile) -> Result<()> {
        self.path()?;
        let mut n_items = 0;
        for part in &file.parts {
            match part {
                Part::Text(text) => self.append(file.name, text)?,
                Part::Heap(heap) => self.each_line(heap, |folder, line| folder.append(file.name, line))?,
                Part::Items(heap, item) => {
                    let mut first = true;
                    self.each_line(heap, |folder, line| {
                        n_items += 1;
                        let comma = if std::mem::take(&mut first) { "" } else { "," };
                        folder.append(file.name, &format!("{comma}{}", item(line.trim_end(), n_items)))
                    })?;
                }
            }
        }
        Ok(())
    }

    /// The lines of a heap, each with its ending; none where nothing was added to it.
    fn each_line(&mut self, heap: &str, mut line: impl FnMut(&mut Self, &str) -> Result<()>) -> Result<()> {
        let Some(place) = self.heaps.get(heap).map(|name| self.beside.path().join(name)) else {
            return Ok(());
        };
        let failed = |error: std::io::Error| Error::io(heap, &error);
        let mut reader = BufReader::new(File::open(place).map_err(failed)?);
        let mut text = String::new();
        while reader.read_line(&mut text).map_err(failed)? > 0 {
            line(self, &text)?;
            text.clear();
        }
        Ok(())
    }

    /// Adds lines to a heap, which is no file of the result.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(super) fn add_to_heap(&mut self, heap: &str, lines: &str) -> Result<()> {
        let number = self.heaps.len();
        let name = self.heaps.entry(heap.to_owned()).or_insert_with(|| format!(".heap-{number}")).clone();
        self.append(&name, lines)
    }

    /// Where the files are until they are put in their place; all that was added is in them.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub(super) fn path(&mut self) -> Result<&Path> {
        for (name, writer) in &mut self.files {
            writer.flush().map_err(|error| Error::io(name, &error))?;
        }
        Ok(self.beside.path())
    }

    /// Puts all files in their place, those that others have written here too; where they are then.
    ///
    /// # Errors
    /// When a file cannot be written or moved.
    pub(super) fn finish(mut self) -> Result<Vec<PathBuf>> {
        let failed = |error: std::io::Error| Error::io(&self.target.to_string_lossy(), &error);
        for (_, writer) in std::mem::take(&mut self.files) {
            writer.into_inner().map_err(|error| failed(error.into_error()))?.sync_all().map_err(failed)?;
        }
        for heap in self.heaps.values() {
            std::fs::remove_file(self.beside.path().join(heap)).map_err(failed)?;
        }
        let place = || {
            std::fs::create_dir_all(&self.target).map_err(failed)?;
            let mut files = Vec::new();
            for entry in std::fs::read_dir(self.beside.path()).map_err(failed)? {
                let entry = entry.map_err(failed)?;
                let place = self.target.join(entry.file_name());
                std::fs::rename(entry.path(), &place).map_err(failed)?;
                files.push(place);
            }
            files.sort();
            Ok(files)
        };
        self.gate.pass(place)
    }
}
