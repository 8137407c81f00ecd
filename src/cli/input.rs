//! From the paths on the command line to sources with their bytes.

use std::io::Read;
use std::path::Path;

use rapporteur::pipeline::{self, Input, InputSettings, Opened};
use rapporteur::{Error, Result, read};

/// A file or standard input.
#[derive(Debug, Clone)]
pub(super) struct Source {
    /// Path of the file; `-` for standard input.
    pub(super) path: String,
    /// The folder that the user named, where it was not the file itself.
    pub(super) folder: Option<String>,
    /// What it holds, where it can be read only once.
    held: Option<Input>,
}

impl Source {
    /// Reads the source and the sessions in it. A file that the user named has to be a transcript;
    /// one that was found in a folder may be something else.
    pub(super) fn open(&self, settings: &InputSettings) -> Result<(Input, Opened)> {
        if self.is_folder_within() {
            let nothing = Input { path: self.path.clone(), bytes: Vec::new() };
            return Ok((nothing, Opened::Other("it is a folder".to_owned())));
        }
        let input = match &self.held {
            Some(input) => input.clone(),
            None => read(&self.path)?,
        };
        let opened = match self.folder {
            Some(_) => pipeline::open_found(&input, settings),
            None => pipeline::open(&input, settings).map(Opened::Sessions),
        };
        opened.map(|opened| (input, opened)).map_err(|error| error.in_file(&self.path))
    }

    /// Keeps what standard input holds, so that the source can be opened again.
    pub(super) fn hold(&mut self) -> Result<()> {
        if self.path == "-" {
            self.held = Some(read(&self.path)?);
        }
        Ok(())
    }

    fn is_folder_within(&self) -> bool {
        self.folder.is_some() && Path::new(&self.path).is_dir()
    }

    /// What a user is told of a file that is no transcript.
    pub(super) fn left_out(&self, why: &str) -> String {
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

/// An error for each folder that no transcript was found in; `is_transcript` is asked by the place of
/// a source in the list.
pub(super) fn without_transcript(sources: &[Source], is_transcript: impl Fn(usize) -> bool) -> Vec<Error> {
    let mut folders: Vec<(&str, bool)> = Vec::new();
    for (at, source) in sources.iter().enumerate() {
        let Some(folder) = source.folder.as_deref() else { continue };
        match folders.iter_mut().find(|(known, _)| *known == folder) {
            Some((_, any)) => *any |= is_transcript(at),
            None => folders.push((folder, is_transcript(at))),
        }
    }
    let empty = folders.into_iter().filter(|(_, any)| !any);
    let error = |(folder, _): (&str, bool)| {
        Error::usage("no file of this folder seems to be a transcript")
            .in_file(folder)
            .remedy("name the files, or their format with --input-format")
    };
    empty.map(error).collect()
}

/// The paths of the sources that the arguments name.
pub(super) fn expand(inputs: &[String]) -> Result<Vec<String>> {
    let files = sources(inputs)?.into_iter().filter(|source| !source.is_folder_within());
    Ok(files.map(|source| source.path).collect())
}

/// The sources that the arguments name: a folder stands for its files.
///
/// Files of a folder come in the order of their names, without hidden ones; folders within come as
/// sources that are left out, so that this is said.
pub(super) fn sources(inputs: &[String]) -> Result<Vec<Source>> {
    if inputs.iter().filter(|input| *input == "-").count() > 1 {
        return Err(Error::usage("standard input can be read once only").remedy("give `-` one time"));
    }
    let mut sources = Vec::with_capacity(inputs.len());
    for input in inputs {
        if input != "-" && Path::new(input).is_dir() {
            let found = files_of(input)?.into_iter();
            sources.extend(found.map(|path| Source { path, folder: Some(input.clone()), held: None }));
        } else {
            sources.push(Source { path: input.clone(), folder: None, held: None });
        }
    }
    Ok(sources)
}

/// The files that a definition's paths lead to, each once, in the order of their names: a folder
/// stands for its files, a glob for the files that match. A path that leads to nothing stays, so that
/// whoever reads it says so.
///
/// # Errors
/// When a glob cannot be read, and for standard input, which cannot be read again.
pub(super) fn gather(paths: &[String]) -> Result<Vec<String>> {
    let options = glob::MatchOptions { require_literal_leading_dot: true, ..glob::MatchOptions::new() };
    let mut files = Vec::new();
    for path in paths {
        if path == "-" {
            let error = Error::usage("standard input cannot be an input of a definition");
            return Err(error.remedy("name files, folders or globs; `rapporteur worker` reads a stream"));
        }
        if Path::new(path).is_dir() {
            files.extend(listed(path)?);
        } else if Path::new(path).exists() || !path.contains(['*', '?', '[']) {
            files.push(path.clone());
        } else {
            let matches = glob::glob_with(path, options).map_err(|error| {
                Error::usage(format!("“{path}” is no glob: {error}")).remedy("write [ as [[]")
            })?;
            let found = matches.filter_map(std::result::Result::ok).filter(|found| found.is_file());
            files.extend(found.map(|found| found.to_string_lossy().into_owned()));
        }
    }
    files.sort();
    files.dedup();
    Ok(files)
}

fn files_of(folder: &str) -> Result<Vec<String>> {
    let files = entries(folder, |_| true)?;
    if files.iter().all(|path| Path::new(path).is_dir()) {
        return Err(Error::usage("there is no file in this folder").in_file(folder));
    }
    Ok(files)
}

/// The files of a folder that are not hidden, in the order of their names.
fn listed(folder: &str) -> Result<Vec<String>> {
    entries(folder, Path::is_file)
}

/// The entries of a folder that are not hidden and that `takes` takes, in the order of their names.
fn entries(folder: &str, takes: impl Fn(&Path) -> bool) -> Result<Vec<String>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|error| Error::io(folder, &error))? {
        let entry = entry.map_err(|error| Error::io(folder, &error))?;
        let path = entry.path();
        if takes(&path) && !entry.file_name().to_string_lossy().starts_with('.') {
            files.push(path.to_string_lossy().into_owned());
        }
    }
    files.sort();
    Ok(files)
}

/// Reads a source; `-` is standard input.
///
/// A file that is too large is refused before it is read, a stream as soon as it turns out to be.
pub(super) fn read(path: &str) -> Result<Input> {
    let bytes = if path == "-" { limited(std::io::stdin().lock()) } else { contents(path) };
    let bytes = bytes.map_err(|error| {
        let failed = Error::io(path, &error);
        match error.kind() {
            std::io::ErrorKind::NotFound => failed.remedy("check the path"),
            std::io::ErrorKind::PermissionDenied => failed.remedy("check who may read it"),
            _ => failed,
        }
    })?;
    match bytes {
        Some(bytes) => Ok(Input { path: path.to_owned(), bytes }),
        None => Err(read::too_large().in_file(path)),
    }
}

/// What a file holds; nothing where that is more than a reader takes.
fn contents(path: &str) -> std::io::Result<Option<Vec<u8>>> {
    let file = std::fs::File::open(path)?;
    let metadata = file.metadata()?;
    if metadata.is_file() && metadata.len() > read::MAX_SOURCE_BYTES { Ok(None) } else { limited(file) }
}

/// What a stream holds; nothing where that is more than a reader takes.
fn limited(stream: impl Read) -> std::io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    stream.take(read::MAX_SOURCE_BYTES + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= read::MAX_SOURCE_BYTES).then_some(bytes))
}
