//! Files beside a source that complete it: the lists of persons and organisations of a corpus. They are looked for in
//! the folder of the source and one folder up, by their names and where the header of a document includes them.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rapporteur::Result;
use rapporteur::definition::InputSettings;
use rapporteur::model::Session;
use rapporteur::pipeline::{self, Input, Opened};
use rapporteur::read::{self, Companion};

use crate::io::files::paths;
use crate::io::input;

/// Most bytes of files beside sources that are kept for the sources to come: all lists of the largest corpora of
/// ParlaMint are some 20 MB.
const MAX_KEPT: usize = 64 << 20;

/// Most files beside one source: a corpus has a root and a handful of lists.
const MAX_FILES: usize = 16;

/// Bytes of a document in which the end of its header is looked for, more as long as it is not found.
const HEADER_LENGTHS: [usize; 3] = [1 << 16, 1 << 20, 1 << 22];

/// The files beside the sources of one command, each read and parsed once as long as it is kept.
#[derive(Debug, Default)]
pub(crate) struct CompanionCache(Mutex<BTreeMap<String, Companion>>);

impl CompanionCache {
    /// The sessions of a source, read with the files beside it.
    ///
    /// # Errors
    /// As [`pipeline::open`], and when a file beside it is there and cannot be read.
    pub(crate) fn open(&self, input: &Input, settings: &InputSettings) -> Result<Vec<Session>> {
        pipeline::open_with(input, &self.beside(&input.path, settings.follow_links)?, settings)
    }

    /// The sessions of a file of a folder, read with the files beside it.
    ///
    /// # Errors
    /// As [`pipeline::open_found`], and when a file beside it is there and cannot be read.
    pub(crate) fn open_found(&self, input: &Input, settings: &InputSettings) -> Result<Opened> {
        pipeline::open_found_with(input, &self.beside(&input.path, settings.follow_links)?, settings)
    }

    /// The files beside a source, with their bytes.
    ///
    /// # Errors
    /// When one is there and cannot be read.
    pub(crate) fn beside(&self, source: &str, follow_links: bool) -> Result<Vec<Companion>> {
        paths_beside(source, follow_links).into_iter().map(|path| self.file(path)).collect()
    }

    fn file(&self, path: String) -> Result<Companion> {
        let kept = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = kept().get(&path) {
            return Ok(known.clone());
        }
        let Input { path, bytes } = input::read_file(&path)?;
        let mut kept = kept();
        let n_kept: usize = kept.values().map(|companion| companion.bytes().len()).sum();
        if n_kept + bytes.len() > MAX_KEPT {
            kept.clear();
        }
        // Of two threads that read it at one time, the first one's is shared.
        Ok(kept.entry(path.clone()).or_insert_with(|| Companion::new(path, bytes)).clone())
    }
}

/// The paths of the files beside a source that are there.
pub(crate) fn paths_beside(source: &str, follow_links: bool) -> Vec<String> {
    let folder = paths::path(source).parent().map(Path::to_path_buf).unwrap_or_default();
    let mut documents = vec![source.to_owned()];
    documents.extend(named_beside(source, &folder, follow_links));
    let corpus = above(&folder).unwrap_or(folder);
    let mut at = 0;
    while let Some(document) = documents.get(at).filter(|_| documents.len() <= MAX_FILES) {
        let is_open = |path: &PathBuf| path.is_file() && (follow_links || is_within(path, &corpus));
        let included: Vec<String> =
            included_in(document).into_iter().filter(is_open).map(|path| paths::text(&path)).collect();
        for path in included {
            if !documents.contains(&path) {
                documents.push(path);
            }
        }
        at += 1;
    }
    documents.split_off(1)
}

/// The files that have the names of lists of the source's corpus.
fn named_beside(source: &str, folder: &Path, follow_links: bool) -> Vec<String> {
    let folders = [Some(folder.to_path_buf()), above(folder)];
    let mut found: Vec<String> = Vec::new();
    for names in read::companion_names(source) {
        let places = names.iter().flat_map(|name| folders.iter().flatten().map(move |folder| (folder, name)));
        let there = places
            .map(|(folder, name)| (folder, folder.join(name)))
            .find(|(folder, path)| path.is_file() && (follow_links || !input::leads_out(path, folder)));
        let path = there.map(|(_, path)| paths::text(&path));
        found.extend(path.filter(|path| path != source && !found.contains(path)));
    }
    found
}

/// Where the files would be that the header of a document includes.
fn included_in(document: &str) -> Vec<PathBuf> {
    let path = paths::path(document);
    let is_xml = path
        .extension()
        .is_some_and(|extension| ["xml", "tei"].iter().any(|known| extension.eq_ignore_ascii_case(known)));
    let Some(head) = is_xml.then(|| header(document)).flatten() else { return Vec::new() };
    let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
    let place = |included: String| match included.strip_prefix("../") {
        Some(below) => above(&folder).map(|above| above.join(below)),
        None => Some(folder.join(included)),
    };
    read::included_paths(&head).into_iter().filter_map(place).collect()
}

/// The beginning of a document with all of its header; none where it has no header.
fn header(document: &str) -> Option<Vec<u8>> {
    const NAME: &[u8] = b"teiHeader";
    let mut file = input::regular_file(document).ok()?;
    let mut head = Vec::new();
    for length in HEADER_LENGTHS {
        let missing = length.saturating_sub(head.len());
        file.by_ref().take(missing as u64).read_to_end(&mut head).ok()?;
        match head.windows(NAME.len()).filter(|window| *window == NAME).count() {
            0 => return None,
            1 => {}
            _ => break,
        }
    }
    Some(head)
}

/// Whether a file is in a folder or below it, wherever links lead.
fn is_within(path: &Path, folder: &Path) -> bool {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    matches!((path.canonicalize(), folder.canonicalize()), (Ok(path), Ok(folder)) if path.starts_with(&folder))
}

/// The folder above one; none above the root.
fn above(folder: &Path) -> Option<PathBuf> {
    match folder.file_name() {
        Some(_) => folder.parent().map(Path::to_path_buf),
        None if folder.has_root() => None,
        None => Some(folder.join("..")),
    }
}
