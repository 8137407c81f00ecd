//! The sources behind reports and tables, each read once.

use std::collections::BTreeMap;
use std::path::Path;

use rapporteur::model::{Report, Session};
use rapporteur::pipeline::{self, InputSettings};
use rapporteur::write::csv::unguard;
use rapporteur::{Error, ErrorKind, Result};

use crate::cli::input;

/// Sessions by the path of their source.
pub(super) struct Sources {
    settings: InputSettings,
    named: Vec<Session>,
    opened: BTreeMap<String, Vec<Session>>,
}

impl Sources {
    /// Reads the sources that the user named.
    pub(super) fn new(paths: &[String], settings: InputSettings) -> Result<Self> {
        let mut named = Vec::new();
        for path in paths {
            named.extend(input::read(path).and_then(|input| pipeline::open(&input, &settings))?);
        }
        Ok(Sources { settings, named, opened: BTreeMap::new() })
    }

    /// The session that a report in `file` is about.
    pub(super) fn of_report(&mut self, report: &Report, file: &str) -> Result<&Session> {
        if !self.named.is_empty() {
            let sha256 = &report.session.source.sha256;
            let sessions = find(&self.named, &report.session.id)?;
            let same = sessions.iter().find(|session| session.source.sha256 == *sha256);
            return same.or(sessions.first()).copied().ok_or_else(|| no_session(&report.session.id));
        }
        let source = &report.session.source;
        let path = locate(&source.path, file)?;
        if !self.opened.contains_key(&path) {
            let settings = InputSettings {
                format: self.settings.format.clone().or_else(|| Some(source.format.clone())),
                language: self.settings.language.or_else(|| report.session.language.parse().ok()),
                ..self.settings.clone()
            };
            let sessions = input::read(&path).and_then(|input| pipeline::open(&input, &settings))?;
            self.opened.insert(path.clone(), sessions);
        }
        let sessions = self.opened.get(&path).map_or(&[][..], Vec::as_slice);
        let found = find(sessions, &report.session.id).map_err(|error| error.in_file(&path))?;
        found.first().copied().ok_or_else(|| no_session(&report.session.id))
    }

    /// The sessions of that identifier in the sources that the user named, else in the source that
    /// `sessions.csv` beside the table names.
    pub(super) fn of_table(&mut self, id: &str, file: &str) -> Result<Vec<&Session>> {
        if !self.named.is_empty() {
            return find(&self.named, id);
        }
        let Some((source, format)) = listed(id, file)? else {
            let error =
                Error::usage("neither the positions table nor a sessions.csv beside it names the source");
            return Err(error.remedy("name it with --source FILE"));
        };
        let path = locate(&source, file)?;
        if !self.opened.contains_key(&path) {
            let format = self.settings.format.clone().or(Some(format));
            let settings = InputSettings { format, ..self.settings.clone() };
            let sessions = input::read(&path).and_then(|input| pipeline::open(&input, &settings))?;
            self.opened.insert(path.clone(), sessions);
        }
        let sessions = self.opened.get(&path).map_or(&[][..], Vec::as_slice);
        // A comparison may have given the session another identifier, to tell it from others.
        Ok(find(sessions, id).unwrap_or_else(|_| sessions.iter().collect()))
    }
}

/// The source and the format of a session, as `sessions.csv` beside a table says.
fn listed(id: &str, file: &str) -> Result<Option<(String, String)>> {
    let path = Path::new(file).with_file_name("sessions.csv");
    if !path.is_file() {
        return Ok(None);
    }
    let place = path.to_string_lossy().into_owned();
    let failed = |error: csv::Error| {
        let reason = error.to_string();
        Error::new(ErrorKind::Malformed { format: "table", reason }).in_file(&place)
    };
    let bytes = input::read(&place)?.bytes;
    let mut reader = csv::Reader::from_reader(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes));
    let header = reader.headers().map_err(failed)?.clone();
    let column = |name: &str| header.iter().position(|column| column == name);
    let (Some(session), Some(source), Some(format)) = (column("session"), column("source"), column("format"))
    else {
        return Ok(None);
    };
    for record in reader.records() {
        let record = record.map_err(failed)?;
        let cell = |at: usize| unguard(record.get(at).unwrap_or("")).to_owned();
        if cell(session) == id {
            return Ok(Some((cell(source), cell(format))));
        }
    }
    Ok(None)
}

/// The sessions of that identifier, at least one; a source with a single session needs none, as
/// files get renamed.
fn find<'s>(sessions: &'s [Session], id: &str) -> Result<Vec<&'s Session>> {
    if let [only] = sessions {
        return Ok(vec![only]);
    }
    let found: Vec<&Session> = sessions.iter().filter(|session| session.id == id).collect();
    if found.is_empty() { Err(no_session(id)) } else { Ok(found) }
}

fn no_session(id: &str) -> Error {
    Error::usage(format!("the source holds no session {id:?}"))
        .remedy("name the right one with --source FILE")
}

/// Where the source of a report in `file` is: where the report says, or beside the report.
fn locate(path: &str, file: &str) -> Result<String> {
    let beside = Path::new(file).parent().unwrap_or(Path::new(""));
    let name = Path::new(path).file_name().unwrap_or_default();
    let places = [Path::new(path).to_owned(), beside.join(path), beside.join(name)];
    let found = places.iter().find(|place| place.is_file());
    found.map(|place| place.to_string_lossy().into_owned()).ok_or_else(|| {
        let what = if path == "-" {
            "the report was made from standard input".to_owned()
        } else {
            format!("its source {path} is not there")
        };
        Error::usage(what).remedy("name the source with --source FILE")
    })
}
