//! Large files of JSON lines as sources part by part, so that memory does not grow with the file.

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;

use rapporteur::definition::InputSettings;
use rapporteur::read::{DividedFile, MAX_SOURCE_BYTES};
use rapporteur::{Error, Result};

use super::files::paths;
use super::input::{Source, regular_file};
use super::limits;

/// Bytes from which on a file is read part by part. A smaller one takes less memory than what is made of it.
const LARGE: u64 = 8 << 20;

/// A part of a file.
#[derive(Debug, Clone)]
pub(crate) struct PartOfFile {
    pub(crate) file: Arc<DividedFile>,
    pub(crate) number: usize,
}

impl PartOfFile {
    /// Its bytes.
    pub(crate) fn bytes(&self, path: &str) -> std::io::Result<Vec<u8>> {
        let Some(part) = self.file.parts.get(self.number) else { return Ok(Vec::new()) };
        let mut file = regular_file(path)?;
        file.seek(SeekFrom::Start(part.start))?;
        let mut bytes = Vec::with_capacity(usize::try_from(part.length).unwrap_or(0));
        file.take(part.length).read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

/// The sources, of which large files of JSON lines are divided where their lines stand for themselves.
///
/// # Errors
/// When such a file cannot be read.
pub(crate) fn divided(sources: Vec<Source>, settings: &InputSettings) -> Result<Vec<Source>> {
    let mut all = Vec::with_capacity(sources.len());
    for source in sources {
        match parts(&source, settings)?.map(Arc::new) {
            Some(file) => {
                let part = |number| source.part(PartOfFile { file: Arc::clone(&file), number });
                all.extend((0..file.parts.len()).map(part));
            }
            None => all.push(source),
        }
    }
    Ok(all)
}

fn parts(source: &Source, settings: &InputSettings) -> Result<Option<DividedFile>> {
    let path = paths::path(&source.path);
    if !is_candidate(source, &path, settings) {
        return Ok(None);
    }
    let file = File::open(&path)
        .and_then(|file| DividedFile::of(BufReader::with_capacity(1 << 20, file), &source.path));
    file.map_err(|error| Error::io(&source.path, &error))
}

/// Whether a source is a large file that may be one of JSON lines.
fn is_candidate(source: &Source, path: &Path, settings: &InputSettings) -> bool {
    let is_lines = match settings.format.as_deref() {
        Some(format) => format == "jsonl",
        None => path.extension().is_some_and(|extension| extension == "jsonl" || extension == "ndjson"),
    };
    // A limit that the user has set holds for the whole file.
    let is_allowed = |length: u64| length <= limits::bytes() || limits::bytes() == MAX_SOURCE_BYTES;
    let is_large = |file: std::fs::Metadata| file.is_file() && file.len() >= LARGE && is_allowed(file.len());
    is_lines && source.is_read_as_it_is() && std::fs::metadata(path).is_ok_and(is_large)
}
