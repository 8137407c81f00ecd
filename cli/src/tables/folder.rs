//! The folder that tables or pages go to: written beside its place first, then put there.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use rapporteur::write::exports::{ExportFile, Part};
use rapporteur::{Error, Result};

use crate::io::files::paths;
use crate::io::files::placing;
use crate::io::files::temporary::{self, TemporaryFolder};
use crate::io::stop::Gate;

/// A folder of files that are written to as rows come in. It vanishes unless it is finished.
pub(crate) struct Folder {
    target: PathBuf,
    beside: TemporaryFolder,
    /// Whether foreign files may be replaced; none where that was decided before.
    force: Option<bool>,
    files: BTreeMap<String, BufWriter<File>>,
    /// The file of each heap.
    heaps: BTreeMap<String, String>,
    /// What the files pass on the way to their place.
    gate: Gate,
}

/// Files that are in their place.
pub(crate) struct PlacedFiles {
    pub(crate) files: Vec<PathBuf>,
    /// Files of an earlier comparison that were removed.
    pub(crate) removed: Vec<String>,
}

impl Folder {
    /// A folder beside `target`, which may exist already, for files of these names and others; all
    /// files that are read must be noted by now.
    ///
    /// # Errors
    /// When `target` is no folder, or holds files that may not be replaced, or pages where tables are to
    /// go and the other way round, or the place beside it cannot be written to.
    pub(crate) fn new(target: &Path, names: &[String], force: bool) -> Result<Self> {
        let name = paths::text(target);
        if target.exists() && !target.is_dir() {
            return Err(Error::usage("this is a file, and a folder is needed").in_file(&name));
        }
        placing::check(target, names, force)?;
        check_kind(target, names)?;
        let failed = |error: std::io::Error| {
            Error::io(&name, &error).remedy("nothing was written; check that its folder may be written to")
        };
        let target = target.canonicalize().or_else(|_| std::path::absolute(target)).map_err(failed)?;
        let parent = target.parent().unwrap_or(&target);
        std::fs::create_dir_all(parent).map_err(failed)?;
        // A killed comparison may have left something in either.
        temporary::clear(&target);
        let beside = match TemporaryFolder::new(parent) {
            Ok(beside) if !target.exists() || beside.reaches(&target) => Ok(beside),
            // The folder is a file system of its own, or the one around it may not be written to.
            _ if target.exists() => TemporaryFolder::new(&target),
            failed => failed,
        };
        let beside = beside.map_err(failed)?;
        let (files, heaps, gate) = (BTreeMap::new(), BTreeMap::new(), Gate::default());
        Ok(Folder { target, beside, force: Some(force), files, heaps, gate })
    }

    /// A file of its own, whole.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(crate) fn add(&mut self, name: &str, text: &str) -> Result<()> {
        let path = self.beside.path().join(name);
        let written = File::create(&path).and_then(|mut file| {
            file.write_all(text.as_bytes())?;
            file.sync_all()
        });
        written.map_err(|error| Error::io(&path.to_string_lossy(), &error))
    }

    /// The same, written in a folder of the same file system first, where it is decided already what
    /// may be replaced.
    ///
    /// # Errors
    /// When that cannot be written to.
    pub(crate) fn within(parent: &Path, target: &Path) -> std::io::Result<Self> {
        let beside = TemporaryFolder::new(parent)?;
        let (files, heaps, gate) = (BTreeMap::new(), BTreeMap::new(), Gate::default());
        Ok(Folder { target: target.to_owned(), beside, force: None, files, heaps, gate })
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
    pub(crate) fn append(&mut self, name: &str, text: &str) -> Result<()> {
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
    pub(crate) fn assemble(&mut self, file: &ExportFile) -> Result<()> {
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
    pub(crate) fn add_to_heap(&mut self, heap: &str, lines: &str) -> Result<()> {
        let number = self.heaps.len();
        let name = self.heaps.entry(heap.to_owned()).or_insert_with(|| format!(".heap-{number}")).clone();
        self.append(&name, lines)
    }

    /// Where the files are until they are put in their place; all that was added is in them.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub(crate) fn path(&mut self) -> Result<&Path> {
        for (name, writer) in &mut self.files {
            writer.flush().map_err(|error| Error::io(name, &error))?;
        }
        Ok(self.beside.path())
    }

    /// Puts all files in their place, those that others have written here too.
    ///
    /// # Errors
    /// When a file cannot be written or moved, and where one is in the way that may not be replaced;
    /// nothing has changed then.
    pub(crate) fn finish(mut self) -> Result<PlacedFiles> {
        let name = paths::text(&self.target);
        let failed = |error: std::io::Error| {
            Error::io(&name, &error).remedy("nothing was written; check who may write there, and the room")
        };
        for (_, writer) in std::mem::take(&mut self.files) {
            writer.into_inner().map_err(|error| failed(error.into_error()))?.sync_all().map_err(failed)?;
        }
        let folder = self.beside.path();
        for heap in self.heaps.values() {
            std::fs::remove_file(folder.join(heap)).map_err(failed)?;
        }
        let mut names = Vec::new();
        for entry in std::fs::read_dir(folder).map_err(failed)? {
            names.push(entry.map_err(failed)?.file_name().to_string_lossy().into_owned());
        }
        names.sort();
        let mut removed = Vec::new();
        if let Some(force) = self.force {
            let sums = placing::list(folder, &names).map_err(failed)?;
            let mut file = File::create(folder.join(placing::SUMS)).map_err(failed)?;
            file.write_all(sums.as_bytes()).and_then(|()| file.sync_all()).map_err(failed)?;
            names.push(placing::SUMS.to_owned());
            placing::check(&self.target, &names, force)?;
            removed = placing::stale(&self.target, &names);
        } else {
            std::fs::create_dir_all(&self.target).map_err(failed)?;
        }
        let place = || placing::place(&self.beside, &self.target, &names, &removed).map_err(failed);
        self.gate.pass(place)?;
        let files = names.iter().map(|name| self.target.join(name)).collect();
        Ok(PlacedFiles { files, removed })
    }
}

/// Whether a folder holds no pages of ours where tables are to go, and no tables where pages are: as files of
/// an earlier run they would be removed.
fn check_kind(target: &Path, names: &[String]) -> Result<()> {
    let is_page = |name: &str| name.ends_with(".html");
    let is_for_pages = names.iter().any(|name| is_page(name));
    let earlier = placing::stale(target, names);
    let Some(other) = earlier.iter().find(|name| is_page(name) != is_for_pages) else { return Ok(()) };
    Err(Error::usage(format!("this folder holds other results, among them {other}"))
        .in_file(&paths::text(target))
        .remedy("write to a folder of its own"))
}
