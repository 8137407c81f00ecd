//! JSON reports: held to their source, then made anew with the same settings and compared field by field.

use std::rc::Rc;

use rapporteur::TOOL;
use rapporteur::definition::InputSettings;
use rapporteur::model::report::SCHEMA;
use rapporteur::model::{Report, Roster, Session};
use rapporteur::people::{Directory, KnownPeople};
use rapporteur::pipeline;
use rapporteur::verify::Mismatch;
use rapporteur::{Error, ErrorKind, Result, read};
use serde_json::Value;

use crate::commands::inspect;
use crate::commands::verify::Findings;
use crate::commands::verify::sources::{NamedSource, OpenedSource, Sources, places};
use crate::io::files::paths;
use crate::io::input;

/// What only making a report anew can tell.
const REMADE: &str = "names, roles, stakeholders, stances, issues, shares, scores and choices";

/// Checks every report of a file.
///
/// # Errors
/// When one cannot be read; those before it are checked.
pub(crate) fn check<'a>(
    file: &'a str,
    content: &[u8],
    sources: &mut Sources,
    roster: Option<&str>,
    findings: &mut Findings<'a>,
) -> Result<()> {
    let mut stated: Vec<(Value, Report)> = Vec::new();
    let mut broken = None;
    for value in serde_json::Deserializer::from_slice(content).into_iter::<Value>() {
        match value.map_err(|error| no_report(&error)).and_then(report_of) {
            Ok(report) => stated.push(report),
            Err(error) => {
                broken = Some(error);
                break;
            }
        }
    }
    let mut job = Job { file, roster, sources, directory: Directory::default(), n_sources: 0 };
    (job.directory, job.n_sources) = job.together(&stated);
    for (value, report) in &stated {
        if let Err(error) = job.one(value, report, findings) {
            broken.get_or_insert(error);
        }
    }
    broken.map_or(Ok(()), Err)
}

fn report_of(value: Value) -> Result<(Value, Report)> {
    let report: Report = serde_json::from_value(value.clone()).map_err(|error| no_report(&error))?;
    if report.schema != SCHEMA {
        let reason = format!("its schema is {:?}, not {SCHEMA:?}", report.schema);
        return Err(Error::new(ErrorKind::Malformed { format: "report", reason }));
    }
    Ok((value, report))
}

fn no_report(error: &serde_json::Error) -> Error {
    Error::new(ErrorKind::Malformed { format: "report", reason: error.to_string() })
        .at_line(error.line() as u64)
        .remedy("give what `rapporteur summarize --format json` has written")
}

/// The reports of a file, and what they are checked with.
struct Job<'a, 's> {
    file: &'a str,
    /// The roster that the user named.
    roster: Option<&'s str>,
    sources: &'s mut Sources,
    /// What the sources of all reports of the file together tell of people.
    directory: Directory,
    /// How many sources those are.
    n_sources: usize,
}

impl<'a> Job<'a, '_> {
    fn one(&mut self, value: &Value, report: &Report, findings: &mut Findings<'a>) -> Result<()> {
        let settings = report.definition.input.clone();
        let opened = self.open(report, &settings)?;
        findings.reports += 1;
        findings.quotations += report.summaries.iter().flatten().map(|s| s.evidence.len()).sum::<usize>();
        let Some(session) = session_of(report, &opened.sessions) else {
            let ids: Vec<&str> = opened.sessions.iter().map(|session| session.id.as_str()).collect();
            findings
                .add(self.file, vec![mismatch(report, "session.id", &ids.join(", "), &report.session.id)]);
            return Ok(());
        };
        let mut found = pipeline::verify_report(report, session);
        match self.remade(value, report, session, &opened, &found) {
            Ok(more) => found.extend(more),
            Err(reason) => findings.unchecked(self.file, REMADE, &reason),
        }
        findings.add(self.file, found);
        Ok(())
    }

    /// The source of a report.
    fn open(&mut self, report: &Report, settings: &InputSettings) -> Result<Rc<OpenedSource>> {
        let source = &report.session.source;
        self.sources.open(NamedSource { path: &source.path, sha256: &source.sha256, by: self.file }, settings)
    }

    /// What differs from the report made anew; why it cannot be made.
    fn remade(
        &self,
        value: &Value,
        report: &Report,
        session: &Session,
        opened: &OpenedSource,
        found: &[Mismatch],
    ) -> std::result::Result<Vec<Mismatch>, String> {
        if report.tool != TOOL {
            return Err(format!("it was made by {}, and this is {TOOL}", report.tool));
        }
        if opened.sha256 != report.session.source.sha256 {
            return Err("the source is another than the one it was made from".to_owned());
        }
        let mut differing = Vec::new();
        let roster = match self.roster_of(report, &report.definition.input, &mut differing)? {
            Some(roster) => roster,
            None => return Ok(differing),
        };
        let together = KnownPeople { roster: roster.clone(), directory: self.directory.clone() };
        let own =
            if opened.sessions.len() > 1 { Directory::of(&opened.sessions) } else { Directory::default() };
        let mut known = vec![KnownPeople { roster, directory: own }];
        if report.read_together.is_some() || self.directory != Directory::default() {
            known.push(together);
        }
        let mut fewest: Option<Vec<Mismatch>> = None;
        for known in &known {
            let mut made = pipeline::remake(report, session, known).map_err(|error| error.to_string())?;
            made.read_together = report.read_together;
            if report.summaries.is_none() {
                made.detected = inspect::detected(&opened.input, &report.definition);
            }
            let made = serde_json::to_value(&made).map_err(|error| error.to_string())?;
            let more = pipeline::verify_remade(value, &made, found);
            if fewest.as_ref().is_none_or(|fewest| more.len() < fewest.len()) {
                fewest = Some(more);
            }
        }
        let differing = fewest.unwrap_or_default();
        match report.read_together {
            Some(n) if !differing.is_empty() && (self.n_sources as u64) < n => Err(format!(
                "its people were read together with those of other sources, {n} in all; name them all with --source"
            )),
            _ => Ok(differing),
        }
    }

    /// The roster that a report was made with; none where it is another by now, which is a mismatch.
    fn roster_of(
        &self,
        report: &Report,
        settings: &InputSettings,
        differing: &mut Vec<Mismatch>,
    ) -> std::result::Result<Option<Roster>, String> {
        let Some((path, bytes)) = roster_bytes(settings, self.roster, self.file)? else {
            return Ok(Some(Roster::default()));
        };
        let sha256 = read::sha256(&bytes);
        if let Some(stated) = settings.roster_sha256.as_ref().filter(|stated| **stated != sha256) {
            differing.push(mismatch(report, "roster", &format!("SHA-256 {sha256}"), stated));
            return Ok(None);
        }
        let roster = rapporteur::prepare::roster_of(&path, &bytes, &mut InputSettings::default());
        roster.map(Some).map_err(|error| error.to_string())
    }

    /// What the sources of the reports, and those that the user named, together tell of people. What
    /// cannot be opened is told of when its report is checked.
    fn together(&mut self, stated: &[(Value, Report)]) -> (Directory, usize) {
        if stated.iter().all(|(_, report)| report.read_together.is_none()) {
            return (Directory::default(), 0);
        }
        let mut opened: Vec<Rc<OpenedSource>> = stated
            .iter()
            .filter_map(|(_, report)| self.open(report, &report.definition.input).ok())
            .collect();
        opened.extend(self.sources.all_named(&InputSettings::default()).unwrap_or_default());
        let mut directory = Directory::default();
        let mut told = std::collections::BTreeSet::new();
        for source in opened {
            if told.insert(source.sha256.clone()) {
                directory.merge(Directory::of(&source.sessions));
            }
        }
        (directory, told.len())
    }
}

/// The session that a report is about; a source with a single one needs no identifier, as files get
/// renamed.
fn session_of<'s>(report: &Report, sessions: &'s [Session]) -> Option<&'s Session> {
    match sessions {
        [only] => Some(only),
        several => several.iter().find(|session| session.id == report.session.id),
    }
}

fn mismatch(report: &Report, what: &str, expected: &str, found: &str) -> Mismatch {
    Mismatch {
        session: report.session.id.clone(),
        summary: String::new(),
        rank: 0,
        what: what.to_owned(),
        expected: expected.to_owned(),
        found: found.to_owned(),
    }
}

/// Path and bytes of the roster that settings name, or the user; nothing where neither does.
fn roster_bytes(
    settings: &InputSettings,
    named: Option<&str>,
    file: &str,
) -> std::result::Result<Option<(String, Vec<u8>)>, String> {
    let Some(stated) = settings.roster.as_deref() else { return Ok(None) };
    let path = match named {
        Some(path) => Some(path.into()),
        None => places(stated, file).into_iter().find(|place| place.is_file()),
    };
    let Some(path) = path else {
        return Err(format!("its roster {stated} is not there; name it with --roster FILE"));
    };
    let path = paths::text(&path);
    let bytes = input::read(&path).map_err(|error| error.to_string())?.bytes;
    Ok(Some((path, bytes)))
}

/// The roster that settings name, or the user.
///
/// # Errors
/// When it is not there, cannot be read, or is another than the settings say.
pub(crate) fn read_roster(
    settings: &InputSettings,
    named: Option<&str>,
    file: &str,
) -> std::result::Result<Roster, String> {
    let Some((path, bytes)) = roster_bytes(settings, named, file)? else { return Ok(Roster::default()) };
    let has_codes = settings.pseudonyms.is_some();
    let mut settings =
        InputSettings { roster_sha256: settings.roster_sha256.clone(), ..InputSettings::default() };
    let roster =
        rapporteur::prepare::roster_of(&path, &bytes, &mut settings).map_err(|error| error.to_string())?;
    // Where codes stand for the voices, the roster has been read by their names already.
    let entries = if has_codes { Vec::new() } else { roster.entries };
    Ok(Roster { entries, ..roster })
}
