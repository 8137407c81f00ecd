//! A comparison made anew: the tables that the same settings make of the same sources now.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use rapporteur::TOOL;
use rapporteur::compare::Survey;
use rapporteur::corpus::{self, Comparison};
use rapporteur::definition::{CompareSettings, Definition, InputSettings, SummarySettings};
use rapporteur::model::{Cell, ColumnKind, Overall, Report, Roster, Scope, Session, SessionPart};
use rapporteur::people::{Directory, KnownPeople};
use rapporteur::pipeline;
use rapporteur::write::csv::row;
use rapporteur::write::tables::{self, POSITION_COLUMNS, TABLES};
use rapporteur::{Error, ErrorKind, Result};
use rayon::prelude::*;
use serde_json::Value;

use crate::commands::verify::sheet::Sheet;
use crate::commands::verify::sources::{NamedSource, OpenedSource, Sources};
use crate::io::files::paths;
use crate::io::input;

/// The description of the tables of a comparison.
pub(crate) const DESCRIPTION: &str = "datapackage.json";

/// A table as it should be.
#[derive(Debug, Clone)]
pub(crate) struct ExpectedTable {
    pub(crate) columns: Vec<(String, ColumnKind)>,
    pub(crate) rows: Vec<Vec<String>>,
}

/// Tables as they should be, by name.
pub(crate) type Tables = BTreeMap<&'static str, ExpectedTable>;

/// How a folder of tables was made.
pub(crate) struct RecordedComparison {
    pub(crate) definition: Definition,
    /// Path and SHA-256 of each source, in the order of the sessions.
    sources: Vec<(String, String)>,
}

/// What the description beside a table records; nothing where there is none.
///
/// # Errors
/// When it cannot be read, and when another version has made the tables.
pub(crate) fn recorded(file: &str) -> Result<Option<RecordedComparison>> {
    let path = paths::path(file).with_file_name(DESCRIPTION);
    if file == "-" || !path.is_file() {
        return Ok(None);
    }
    let path = paths::text(&path);
    let failed = |reason: String| {
        Error::new(ErrorKind::Malformed { format: "description of tables", reason }).in_file(&path)
    };
    let description: Value =
        serde_json::from_slice(&input::read(&path)?.bytes).map_err(|error| failed(error.to_string()))?;
    let tool = description.pointer("/rapporteur/tool").and_then(Value::as_str).unwrap_or("another program");
    if tool != TOOL {
        return Err(failed(format!("the tables were made by {tool}, and this is {TOOL}")));
    }
    let definition = description.pointer("/rapporteur/definition").cloned().unwrap_or_default();
    let definition = serde_json::from_value(definition).map_err(|error| failed(error.to_string()))?;
    let sources = listed(file)?.into_iter().map(|listed| (listed.path, listed.sha256)).collect();
    Ok(Some(RecordedComparison { definition, sources }))
}

/// A session of `sessions.csv`.
pub(crate) struct ListedSession {
    pub(crate) id: String,
    pub(crate) path: String,
    pub(crate) format: String,
    pub(crate) sha256: String,
}

/// The sessions that `sessions.csv` beside a table lists; none where there is no such table.
///
/// # Errors
/// When it cannot be read.
pub(crate) fn listed(file: &str) -> Result<Vec<ListedSession>> {
    let path = paths::path(file).with_file_name("sessions.csv");
    if !path.is_file() {
        return Ok(Vec::new());
    }
    let place = paths::text(&path);
    let sheet = Sheet::read(&input::read(&place)?.bytes).map_err(|error| error.in_file(&place))?;
    let columns = ["session", "source", "format", "sha256"].map(|name| sheet.column(name));
    let [id, path, format, sha256] = columns;
    let row = |row: &crate::commands::verify::sheet::Row| ListedSession {
        id: row.cell(id).to_owned(),
        path: row.cell(path).to_owned(),
        format: row.cell(format).to_owned(),
        sha256: row.cell(sha256).to_owned(),
    };
    Ok(sheet.rows.iter().map(row).filter(|listed| !listed.path.is_empty()).collect())
}

impl RecordedComparison {
    /// The tables, from the sources that are recorded, else from those that the user named.
    ///
    /// # Errors
    /// When a source cannot be opened.
    pub(crate) fn remake(&self, sources: &mut Sources, roster: Roster, file: &str) -> Result<Tables> {
        let mut opened = Vec::new();
        let mut told = BTreeSet::new();
        for (path, sha256) in &self.sources {
            if told.insert((path, sha256)) {
                opened.push(sources.open(NamedSource { path, sha256, by: file }, &self.definition.input)?);
            }
        }
        if opened.is_empty() {
            opened = sources.all_named(&self.definition.input)?;
        }
        compared(&opened, self.definition.compare.clone().unwrap_or_default(), roster)
    }
}

/// The tables that a comparison of sources gives.
fn compared(opened: &[Rc<OpenedSource>], settings: CompareSettings, roster: Roster) -> Result<Tables> {
    let mut opened: Vec<&OpenedSource> = opened.iter().map(Rc::as_ref).collect();
    let key = |source: &&OpenedSource| source.sessions.first().map(|s| Survey::new(s).owned_key());
    opened.sort_by_cached_key(key);
    let sessions: Vec<&Session> = opened.iter().flat_map(|source| &source.sessions).collect();
    let Comparison { sessions: parts, overall, .. } = corpus::compare(&sessions, settings, roster)?;
    Ok(TABLES.iter().map(|table| (table.name, expected(table, &parts, &overall))).collect())
}

fn expected(table: &tables::Table, parts: &[SessionPart], overall: &Overall) -> ExpectedTable {
    let of_sessions = parts.iter().flat_map(|part| tables::rows_of_session(table, part));
    let rows = of_sessions.chain(tables::rows_overall(table, overall));
    ExpectedTable {
        columns: tables::described(table, overall),
        rows: rows.map(|row| row.into_iter().map(plain).collect()).collect(),
    }
}

/// A cell as text, without a guard.
fn plain(cell: Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => text,
        Cell::Integer(count) => count.to_string(),
        Cell::Number(value) => value.to_string(),
        Cell::Boolean(value) => value.to_string(),
    }
}

/// Tables that the settings by default make of the sources that the user named: of a brief of each scope,
/// and of a comparison by each. Whichever fits a table tells how that was made.
///
/// # Errors
/// When a source cannot be opened.
pub(crate) fn by_default(sources: &mut Sources, roster: &Roster, file: &str) -> Result<Vec<Tables>> {
    let opened = of_brief(sources, file)?;
    let mut all = Vec::new();
    for by in [Scope::Speaker, Scope::Stakeholder, Scope::Group, Scope::Session] {
        all.push(BTreeMap::from([("positions", brief(&opened, by, roster)?)]));
    }
    for by in [Scope::Stakeholder, Scope::Speaker, Scope::Group] {
        let settings = CompareSettings { by, ..CompareSettings::default() };
        all.push(compared(&opened, settings, roster.clone())?);
    }
    Ok(all)
}

/// The sources of a table without a description.
fn of_brief(sources: &mut Sources, file: &str) -> Result<Vec<Rc<OpenedSource>>> {
    if sources.are_named() {
        return sources.all_named(&InputSettings::default());
    }
    let mut opened = Vec::new();
    for listed in listed(file)? {
        let settings = InputSettings { format: Some(listed.format), ..InputSettings::default() };
        let named = NamedSource { path: &listed.path, sha256: &listed.sha256, by: file };
        opened.push(sources.open(named, &settings)?);
    }
    Ok(opened)
}

/// The table of `summarize --format csv`.
fn brief(opened: &[Rc<OpenedSource>], by: Scope, roster: &Roster) -> Result<ExpectedTable> {
    let definition =
        Definition { summary: SummarySettings { by, ..SummarySettings::default() }, ..Definition::default() };
    let sessions: Vec<&Session> = opened.iter().flat_map(|source| &source.sessions).collect();
    let mut directory = Directory::default();
    if sessions.len() > 1 {
        opened.iter().for_each(|source| directory.merge(Directory::of(&source.sessions)));
    }
    let known = KnownPeople { roster: roster.clone(), directory };
    let reports: Vec<Result<Report>> =
        sessions.par_iter().map(|session| pipeline::summarize(session, &known, &definition)).collect();
    let mut rows = Vec::new();
    for report in reports {
        let report = report?;
        let evidence = report.summaries.iter().flatten().flat_map(|summary| &summary.evidence);
        rows.extend(
            evidence.map(|evidence| row(&report, evidence).into_iter().map(plain).collect::<Vec<_>>()),
        );
    }
    let n_columns = rows.first().map_or(0, Vec::len);
    let columns = POSITION_COLUMNS.iter().take(n_columns).map(|column| (column.name.to_owned(), column.kind));
    Ok(ExpectedTable { columns: columns.collect(), rows })
}
