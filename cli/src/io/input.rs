//! From the paths on the command line to sources with their bytes.

use std::fs::File;
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use rapporteur::corpus::{self, Source as _};
use rapporteur::definition::InputSettings;
use rapporteur::pipeline::{self, Input, Opened};
use rapporteur::{Error, Result};
use rayon::prelude::*;

use crate::io::companions::{CompanionCache, paths_beside};
use crate::io::divided::PartOfFile;
use crate::io::files::{globs, paths, reads};
use crate::io::messages::Messages;
use crate::io::{limits, output};

/// A file or standard input.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    /// Path of the file, as text; `-` for standard input.
    pub(crate) path: String,
    /// The folder that the user named, where it was not the file itself.
    pub(crate) folder: Option<String>,
    /// Whether it is a link that leads out of the folder and that is not followed.
    is_outward: bool,
    /// The part of the file that it is, where that is read part by part.
    part: Option<PartOfFile>,
    /// What it holds, where it can be read only once.
    held: Option<Input>,
    /// The files beside it and the other sources of the command.
    cache: Arc<CompanionCache>,
}

impl Source {
    /// Keeps what standard input holds, so that the source can be opened again.
    pub(crate) fn hold(&mut self) -> Result<()> {
        if self.path == "-" {
            self.held = Some(read(&self.path)?);
        }
        Ok(())
    }

    /// A part of the file.
    pub(crate) fn part(&self, part: PartOfFile) -> Self {
        Source { part: Some(part), ..self.clone() }
    }

    /// Whether its bytes are those of the file at its path.
    pub(crate) fn is_read_as_it_is(&self) -> bool {
        self.path != "-" && self.held.is_none() && !self.is_outward
    }

    /// Reads the sessions of a part of the file.
    fn open_part(&self, part: &PartOfFile, settings: &InputSettings) -> Result<(Input, Opened)> {
        let input = taken(&self.path, part.bytes(&self.path).map(Some))?;
        let Some(place) = part.file.parts.get(part.number) else {
            return Ok((input, Opened::Sessions(Vec::new())));
        };
        let sessions = pipeline::open_part(&part.file, place, &input, settings)?;
        limits::check_words(&sessions)?;
        Ok((input, Opened::Sessions(sessions)))
    }

    fn is_folder_within(&self) -> bool {
        self.folder.is_some() && paths::path(&self.path).is_dir()
    }
}

impl corpus::Source for Source {
    fn path(&self) -> &str {
        &self.path
    }

    /// Reads the source and the sessions in it. A file that the user named has to be a transcript;
    /// one that was found in a folder may be something else.
    fn open(&self, settings: &InputSettings) -> Result<(Input, Opened)> {
        let nothing = || Input { path: self.path.clone(), bytes: Vec::new() };
        if self.is_outward {
            return Ok((nothing(), Opened::Other("it is a link out of the folder".to_owned())));
        }
        if self.is_folder_within() {
            return Ok((nothing(), Opened::Other("it is a folder".to_owned())));
        }
        if let Some(part) = &self.part {
            return self.open_part(part, settings).map_err(|error| error.in_file(&self.path));
        }
        let input = match &self.held {
            Some(input) => input.clone(),
            None => read(&self.path)?,
        };
        let opened = match self.folder {
            Some(_) => self.cache.open_found(&input, settings),
            None => self.cache.open(&input, settings).map(Opened::Sessions),
        };
        let checked = opened.and_then(|opened| match &opened {
            Opened::Sessions(sessions) => limits::check_words(sessions).map(|()| opened),
            Opened::Other(_) => Ok(opened),
        });
        checked.map(|opened| (input, opened)).map_err(|error| error.in_file(&self.path))
    }

    // Standard input cannot be read again.
    fn is_repeatable(&self) -> bool {
        self.path != "-"
    }

    fn continues(&self) -> bool {
        self.part.as_ref().is_some_and(|part| part.number > 0)
    }

    fn folder(&self) -> Option<&str> {
        self.folder.as_deref()
    }

    /// What a user is told of a file that is no transcript.
    fn left_out(&self, why: &str) -> String {
        if self.is_outward {
            return format!(
                "{}: left out, as it is a link that leads out of its folder; --follow-links reads it",
                self.path
            );
        }
        if self.is_folder_within() {
            return format!(
                "{}: left out, as folders within a folder are; name it to read its files",
                self.path
            );
        }
        format!(
            "{}: left out, as it seems to be no transcript: {why}; name the file to read it all the same",
            self.path
        )
    }
}

/// The paths of the sources that the arguments name.
pub(crate) fn expand(inputs: &[String], follow_links: bool) -> Result<Vec<String>> {
    let (files, others): (Vec<Source>, Vec<Source>) =
        sources(inputs, follow_links)?.into_iter().partition(|s| !s.is_folder_within() && !s.is_outward);
    others.iter().filter(|source| source.is_outward).for_each(|source| output::warn(&source.left_out("")));
    Ok(files.into_iter().map(|source| source.path).collect())
}

/// The sources that the arguments name: a folder stands for its files.
///
/// Files of a folder come in the order of their names, without hidden ones; folders within, and links
/// that lead out of it, come as sources that are left out, so that this is said.
pub(crate) fn sources(inputs: &[String], follow_links: bool) -> Result<Vec<Source>> {
    if inputs.iter().filter(|input| *input == "-").count() > 1 {
        return Err(Error::usage("standard input can be read once only").remedy("give `-` one time"));
    }
    let mut sources = Vec::with_capacity(inputs.len());
    let cache = Arc::new(CompanionCache::default());
    for input in inputs {
        if input != "-" && paths::path(input).is_dir() {
            let found = files_of(input)?.into_iter();
            sources.extend(found.map(|path| found_in(path, input, follow_links, &cache)));
        } else {
            sources.push(Source {
                path: input.clone(),
                folder: None,
                is_outward: false,
                part: None,
                held: None,
                cache: Arc::clone(&cache),
            });
        }
    }
    sources.iter().for_each(|source| note(&source.path, follow_links));
    Ok(sources)
}

fn found_in(path: String, folder: &str, follow_links: bool, cache: &Arc<CompanionCache>) -> Source {
    let is_outward = !follow_links && leads_out(&paths::path(&path), &paths::path(folder));
    Source {
        path,
        folder: Some(folder.to_owned()),
        is_outward,
        part: None,
        held: None,
        cache: Arc::clone(cache),
    }
}

/// Whether a path is a link that leads out of a folder.
pub(crate) fn leads_out(path: &Path, folder: &Path) -> bool {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let is_link = path.symlink_metadata().is_ok_and(|metadata| metadata.is_symlink());
    let (Ok(target), Ok(folder)) = (path.canonicalize(), folder.canonicalize()) else { return false };
    is_link && !target.starts_with(folder)
}

/// A file that a definition's paths lead to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Gathered {
    /// Its path, as text, in the one spelling that an archive knows it by.
    pub(crate) path: String,
    /// Whether it was found in a folder or by a glob, and not named.
    pub(crate) is_found: bool,
}

/// The files that a definition's paths lead to, each once, in the order of their names: a folder
/// stands for its files, a glob for what matches. A path that leads to nothing, and what is there and
/// is no file, stays, so that reading it fails with a message; folders in a folder are left out, and links
/// that lead out of it, which is said.
///
/// # Errors
/// When a glob cannot be read, and for standard input, which cannot be read again.
pub(crate) fn gather(paths: &[String], follow_links: bool) -> Result<Vec<Gathered>> {
    let mut files: Vec<(String, bool)> = Vec::new();
    let cache = Arc::new(CompanionCache::default());
    for text in paths {
        if text == "-" {
            let error = Error::usage("standard input cannot be an input of a definition");
            return Err(error.remedy("name files, folders or globs; `rapporteur worker` reads a stream"));
        }
        let path = paths::path(text);
        let (found, folder) = if path.is_dir() {
            (entries(text, |path| !path.is_dir())?, text.clone())
        } else if path.exists() || !text.contains(['*', '?', '[']) {
            files.push((text.clone(), false));
            continue;
        } else {
            (matches(text)?, root_of_glob(text))
        };
        for found in found.into_iter().map(|path| found_in(path, &folder, follow_links, &cache)) {
            if found.is_outward {
                output::warn(&found.left_out(""));
            } else {
                files.push((found.path, true));
            }
        }
    }
    let here = std::env::current_dir().unwrap_or_default();
    let mut files: Vec<Gathered> =
        files.into_iter().map(|(path, is_found)| Gathered { path: plain(&path, &here), is_found }).collect();
    files.sort();
    // What is named, too, counts as named.
    files.dedup_by(|later, first| later.path == first.path);
    files.iter().for_each(|file| note(&file.path, follow_links));
    Ok(files)
}

/// Notes that a source is read, and what stands beside it.
pub(crate) fn note(source: &str, follow_links: bool) {
    reads::note(source);
    paths_beside(source, follow_links).iter().for_each(|path| reads::note(path));
}

/// The folder below which a glob looks.
fn root_of_glob(pattern: &str) -> String {
    let fixed = pattern.find(['*', '?', '[']).map_or(pattern, |at| &pattern[..at]);
    let folder = fixed.rfind('/').map_or("", |at| &fixed[..=at]);
    if folder.is_empty() { ".".to_owned() } else { folder.to_owned() }
}

/// The paths without what was found and is no transcript, which is said; `is_known` is asked first, for
/// it costs less than to read a file.
pub(crate) fn without_others(
    files: Vec<Gathered>,
    settings: &InputSettings,
    is_known: impl Fn(&str) -> bool + Sync,
    messages: &dyn Messages,
) -> Vec<String> {
    let looked_at: Vec<(String, Option<String>)> = files
        .into_par_iter()
        .map(|Gathered { path, is_found }| {
            if !is_found || is_known(&path) {
                return (path, None);
            }
            // What cannot be read, or is broken, fails when its turn comes and says why.
            let opened = read_file(&path).and_then(|input| pipeline::open_found(&input, settings));
            let why = match opened {
                Ok(Opened::Other(why)) => Some(why),
                _ => None,
            };
            (path, why)
        })
        .collect();
    let mut paths = Vec::new();
    for (path, why) in looked_at {
        match why {
            None => paths.push(path),
            Some(why) => messages.warning(&format!(
                "{path}: left out, as it seems to be no transcript: {why}; name the file to read it all the same"
            )),
        }
    }
    paths
}

/// A path in the one spelling that an archive knows it by: seen from this folder where it is below,
/// without `.` and empty parts.
fn plain(path: &str, here: &Path) -> String {
    let path = Path::new(path);
    let below = path.strip_prefix(here).unwrap_or(path);
    let parts = below.components().filter(|part| *part != Component::CurDir);
    parts.collect::<PathBuf>().to_string_lossy().into_owned()
}

/// What matches a glob. A folder is taken where the glob asks for an extension, to be complained of.
fn matches(pattern: &str) -> Result<Vec<String>> {
    let found = globs::matches(pattern)
        .map_err(|error| Error::usage(format!("“{pattern}” is no glob: {error}")).remedy("write [ as [[]"))?;
    let wants_extension = pattern.rsplit('/').next().is_some_and(|last| last.contains('.'));
    let found = found.iter().filter(|path| wants_extension || !path.is_dir());
    Ok(found.map(|path| paths::text(path)).collect())
}

fn files_of(folder: &str) -> Result<Vec<String>> {
    let files = entries(folder, |_| true)?;
    if files.iter().all(|path| paths::path(path).is_dir()) {
        return Err(Error::usage("there is no file in this folder").in_file(folder));
    }
    Ok(files)
}

/// The entries of a folder that are not hidden and that `takes` takes, in the order of their names.
fn entries(folder: &str, takes: impl Fn(&Path) -> bool) -> Result<Vec<String>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(paths::path(folder)).map_err(|error| Error::io(folder, &error))? {
        let entry = entry.map_err(|error| Error::io(folder, &error))?;
        let path = entry.path();
        if takes(&path) && !entry.file_name().to_string_lossy().starts_with('.') {
            files.push(paths::text(&path));
        }
    }
    files.sort();
    Ok(files)
}

/// Reads a source; `-` is standard input.
///
/// A file that is too large is refused before it is read, a stream as soon as it turns out to be.
pub(crate) fn read(path: &str) -> Result<Input> {
    if path == "-" { taken(path, limited(std::io::stdin().lock())) } else { read_file(path) }
}

/// Reads a source that is read again in other runs: nothing but a file.
pub(crate) fn read_file(path: &str) -> Result<Input> {
    reads::note(path);
    taken(path, contents(regular_file(path)))
}

/// Opens a file. What is no file is not opened: a pipe that nobody writes into would never give
/// anything, a device never end.
pub(crate) fn regular_file(path: &str) -> std::io::Result<File> {
    let path = paths::path(path);
    let metadata = std::fs::metadata(&path)?;
    match (metadata.is_file(), metadata.is_dir()) {
        (true, _) => File::open(path),
        (_, true) => Err(std::io::Error::other("this is a folder, and a file is needed")),
        _ => Err(std::io::Error::other("this is a pipe, a socket or a device, and a file is needed")),
    }
}

/// Whether a file is refused for its size, which is known without reading it.
pub(crate) fn is_too_large(path: &str) -> bool {
    std::fs::metadata(paths::path(path)).is_ok_and(|file| file.is_file() && file.len() > limits::bytes())
}

fn taken(path: &str, bytes: std::io::Result<Option<Vec<u8>>>) -> Result<Input> {
    let bytes = bytes.map_err(|error| {
        let failed = Error::io(path, &error);
        match error.kind() {
            std::io::ErrorKind::NotFound => failed.remedy("check the path"),
            std::io::ErrorKind::PermissionDenied => failed.remedy("check who may read it"),
            std::io::ErrorKind::Other => {
                failed.remedy("take it out of the inputs; what a pipe gives can be read as `-`")
            }
            _ => failed,
        }
    })?;
    match bytes {
        Some(bytes) => Ok(Input { path: path.to_owned(), bytes }),
        None => Err(limits::too_large().in_file(path)),
    }
}

/// What a file holds; nothing where that is more than a reader takes.
fn contents(file: std::io::Result<File>) -> std::io::Result<Option<Vec<u8>>> {
    let file = file?;
    let metadata = file.metadata()?;
    if metadata.is_file() && metadata.len() > limits::bytes() { Ok(None) } else { limited(file) }
}

/// What a stream holds; nothing where that is more than a reader takes.
fn limited(stream: impl Read) -> std::io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    stream.take(limits::bytes() + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= limits::bytes()).then_some(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_has_one_spelling() {
        let cases = [
            ("inbox/a.txt", "inbox/a.txt"),
            ("./inbox//a.txt", "inbox/a.txt"),
            ("/srv/sessions/inbox/./a.txt", "inbox/a.txt"),
            ("/srv/other/a.txt", "/srv/other/a.txt"),
            ("../a.txt", "../a.txt"),
            ("inbox/../a.txt", "inbox/../a.txt"),
        ];
        for (path, expected) in cases {
            assert_eq!(plain(path, Path::new("/srv/sessions")), expected, "{path}");
        }
    }
}
