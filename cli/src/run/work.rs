//! The work on one input: read, make, render; no file is written here.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use crate::archive::Failure;
use rapporteur::corpus::{CompiledDefinition, SessionOutput};
use rapporteur::definition::Definition;
use rapporteur::definition::InputSettings;
use rapporteur::definition::{Content, OutputFile, Template, Values};
use rapporteur::model::{Page, Report, Warning};
use rapporteur::pipeline;
use rapporteur::write::{self, Layout};
use rapporteur::{Error, ErrorKind, Result, read};
use rayon::prelude::*;

use crate::io::checksums::with_companions;
use crate::io::companions::CompanionCache;
use crate::io::{input, limits};

use crate::run::files::RenderedFile;

/// A kind of output file, ready to be used.
#[derive(Debug)]
pub(crate) struct OutputKind {
    pub(crate) template: Template,
    pub(crate) writer: Writer,
}

/// How such a file is written.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Writer {
    /// The reports of its sessions.
    Reports(fn(&[Report], Layout) -> Result<String>),
    /// One page of its sessions.
    Page(fn(&Page) -> Result<String>),
}

/// The kinds of output files of a definition.
pub(crate) fn kinds(definition: &Definition) -> Result<Vec<OutputKind>> {
    let files = definition.outputs.iter().flat_map(|outputs| &outputs.files);
    files
        .map(|file| {
            let writer =
                writer(file).ok_or_else(|| Error::usage(format!("“{}” has no format", file.path)))?;
            Ok(OutputKind { template: Template::parse(&file.path)?, writer })
        })
        .collect()
}

fn writer(file: &OutputFile) -> Option<Writer> {
    let named = file.format.as_deref().and_then(write::format);
    let format = named.or_else(|| write::format_of_path(&file.path))?;
    match file.content {
        Content::Summary => Some(Writer::Reports(format.write)),
        Content::Page => {
            let mut known = write::page::FORMATS.iter();
            known.find(|known| known.name == format.name).map(|known| Writer::Page(known.write))
        }
    }
}

/// A session that was made, with the files of its own.
#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) number: usize,
    pub(crate) made: SessionOutput,
    pub(crate) files: Vec<RenderedFile>,
}

/// What came of an input before anything is written.
#[derive(Debug)]
pub(crate) struct InputResult {
    pub(crate) bytes: Option<u64>,
    pub(crate) sha256: String,
    /// Of the input together with the files beside it.
    pub(crate) content_sha256: String,
    pub(crate) sessions: Vec<Session>,
    pub(crate) failures: Vec<Failure>,
    pub(crate) seconds: f64,
}

/// What a definition makes of an input.
#[derive(Debug, Clone)]
pub(crate) struct Job {
    pub(crate) compiled: Arc<CompiledDefinition>,
    pub(crate) kinds: Arc<[OutputKind]>,
}

/// Works on an input for each of some definitions; those with the same settings of input share one reading. What
/// fails is part of the results.
pub(crate) fn work_all(path: &str, jobs: &[&Job], cache: &CompanionCache) -> Vec<InputResult> {
    let mut readings = Readings { path, cache, known: Vec::new() };
    jobs.iter().map(|job| work(job, &mut readings)).collect()
}

fn work(job: &Job, readings: &mut Readings<'_>) -> InputResult {
    let (started, path) = (Instant::now(), readings.path);
    let mut worked = InputResult {
        bytes: None,
        sha256: String::new(),
        content_sha256: String::new(),
        sessions: Vec::new(),
        failures: Vec::new(),
        seconds: 0.0,
    };
    // A fault of the program in one session must not end the rest.
    let made = catch_unwind(AssertUnwindSafe(|| sessions(job, readings, &mut worked)));
    match made.unwrap_or_else(|_| Err(fault())) {
        Ok(made) => {
            for (id, session) in made {
                match session {
                    Ok(session) => worked.sessions.push(session),
                    Err(error) => worked.failures.push(failure(&id, error.in_file(path))),
                }
            }
        }
        Err(error) => worked.failures.push(failure("", error.in_file(path))),
    }
    worked.seconds = started.elapsed().as_secs_f64();
    worked
}

/// An input as it was read.
struct Reading {
    settings: InputSettings,
    bytes: u64,
    sha256: String,
    content_sha256: String,
    sessions: Vec<ReadSession>,
}

type ReadSession = rapporteur::model::Session;

/// The readings of one input by different settings.
struct Readings<'a> {
    path: &'a str,
    cache: &'a CompanionCache,
    known: Vec<Reading>,
}

impl Readings<'_> {
    /// The sessions of the input as the settings have it read; what it was is told as far as it is known.
    fn of(&mut self, settings: &InputSettings, worked: &mut InputResult) -> Result<&[ReadSession]> {
        let at = match self.known.iter().position(|reading| reading.settings == *settings) {
            Some(at) => at,
            None => {
                let reading = self.read(settings, worked)?;
                self.known.push(reading);
                self.known.len() - 1
            }
        };
        let reading = &self.known[at];
        worked.bytes = Some(reading.bytes);
        worked.sha256.clone_from(&reading.sha256);
        worked.content_sha256.clone_from(&reading.content_sha256);
        Ok(&reading.sessions)
    }

    fn read(&self, settings: &InputSettings, worked: &mut InputResult) -> Result<Reading> {
        let input = input::read_file(self.path)?;
        let (bytes, sha256) = (input.bytes.len() as u64, read::sha256(&input.bytes));
        worked.bytes = Some(bytes);
        worked.sha256.clone_from(&sha256);
        worked.content_sha256.clone_from(&sha256);
        let companions = self.cache.beside(self.path, settings.follow_links)?;
        let content_sha256 = with_companions(&sha256, &companions);
        worked.content_sha256.clone_from(&content_sha256);
        let sessions = pipeline::open_with(&input, &companions, settings)?;
        limits::check_words(&sessions)?;
        Ok(Reading { settings: settings.clone(), bytes, sha256, content_sha256, sessions })
    }
}

fn fault() -> Error {
    let error = Error::new(ErrorKind::Internal("the program failed on this input".to_owned()));
    error.remedy("this is a bug: please report it with the message above; the other inputs are not concerned")
}

type Results = Vec<(String, Result<Session>)>;

fn sessions(job: &Job, readings: &mut Readings<'_>, worked: &mut InputResult) -> Result<Results> {
    let path = readings.path;
    let sessions = readings.of(&job.compiled.definition().input, worked)?;
    let made = job.compiled.make(sessions).into_par_iter().enumerate().map(|(index, made)| {
        let made = made?;
        let files = rendered(path, index + 1, &made, &job.kinds)?;
        Ok(Session { number: index + 1, made, files })
    });
    let made: Vec<Result<Session>> = made.collect();
    Ok(sessions.iter().map(|session| session.id.clone()).zip(made).collect())
}

fn rendered(
    path: &str,
    number: usize,
    made: &SessionOutput,
    kinds: &[OutputKind],
) -> Result<Vec<RenderedFile>> {
    let own = kinds.iter().filter(|kind| kind.template.is_of_session());
    own.map(|kind| {
        let info = &made.report.session;
        let values = values(path, number, &info.id, &info.title, &info.date, &info.source.sha256);
        let text = match kind.writer {
            Writer::Reports(write) => write(std::slice::from_ref(&made.report), Layout::PLAIN)?,
            Writer::Page(write) => made.page.as_ref().map_or_else(|| Err(no_page()), write)?,
        };
        Ok(RenderedFile::new(kind.template.expand(&values), text.into_bytes()))
    })
    .collect()
}

fn no_page() -> Error {
    Error::new(ErrorKind::Internal("no page was made of this session".to_owned()))
}

/// What a session gives the placeholders of a path.
pub(crate) fn values<'a>(
    path: &'a str,
    number: usize,
    id: &'a str,
    title: &'a str,
    date: &'a str,
    hash: &'a str,
) -> Values<'a> {
    let file = Path::new(path).file_stem().and_then(|stem| stem.to_str()).unwrap_or("");
    Values { id, title, date, file, number, hash }
}

/// A failure as the archive has it.
pub(crate) fn failure(session: &str, error: Error) -> Failure {
    let passing = matches!(error.kind(), ErrorKind::Io(_));
    Failure { session: session.to_owned(), message: error.to_string(), passing }
}

/// The warnings of a session.
pub(crate) fn warnings(session: &Session) -> &[Warning] {
    &session.made.report.warnings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_input_is_read_once_for_all_with_the_same_settings() {
        let folder = tempfile::TempDir::new().unwrap();
        let file = folder.path().join("levy.txt");
        std::fs::write(&file, "Ana Reyes: We cannot accept the levy.\nBo Lund: We support the levy.\n")
            .unwrap();
        let (path, cache) = (file.display().to_string(), CompanionCache::default());
        let mut readings = Readings { path: &path, cache: &cache, known: Vec::new() };
        let settings = InputSettings::default();
        let mut worked = work_all(&path, &[], &cache);
        assert!(worked.is_empty());
        let definition = rapporteur::definition::Definition::default();
        let compiled =
            Arc::new(CompiledDefinition::new(&definition, rapporteur::model::Roster::default()).unwrap());
        let job = Job { compiled, kinds: Arc::from(Vec::new()) };
        worked.push(work(&job, &mut readings));
        // What is read already needs no file any more; other settings do.
        std::fs::remove_file(&file).unwrap();
        worked.push(work(&job, &mut readings));
        assert_eq!(worked[0].sha256, worked[1].sha256);
        assert!(worked.iter().all(|worked| worked.failures.is_empty() && worked.sessions.len() == 1));
        let other = InputSettings { format: Some("plain".to_owned()), ..settings };
        assert!(readings.of(&other, &mut worked[1]).is_err());
    }
}
