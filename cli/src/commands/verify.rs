//! `verify`: reports and tables against their sources.

mod cells;
mod comparison;
mod matching;
mod reports;
mod sheet;
mod sources;
mod tables;

use clap::Args;
use rapporteur::verify::Mismatch;
use rapporteur::write::terminal::shown_on_a_line;
use rapporteur::{Error, ErrorKind, Result};
use serde::Serialize;

use crate::args::{ReadingArguments, TextOrJson};
use crate::commands::{Outcome, pretty};
use crate::io::files::paths;
use crate::io::files::placing::SUMS;
use crate::io::{input, limits, output};
use crate::tables::METADATA;
use sources::Sources;

const EXAMPLES: &str = "\
Examples:
  rapporteur verify brief.json
  rapporteur verify brief.jsonl --format json
  rapporteur verify tables/                      all tables of a comparison
  rapporteur verify positions.csv --source panel.txt
  rapporteur summarize panel.txt --format json | rapporteur verify -

The last line says what was checked and what could not be.
Exit codes: 0 everything that could be checked is as the source has it; 1 a file or a source could not be
read, or with --strict something could not be checked; 3 a mismatch was found.";

/// Check everything that reports and tables say against the sources
///
/// A report or a comparison is made anew with the settings that it records, and every field and cell is
/// compared; quotations, labels, places and times are held to the source in any case. A source is looked
/// for at its path as seen from the current folder, from the folder of the report and from those above,
/// and beside the report. Tables may have been saved by a spreadsheet.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// JSON reports (one, or one a line) and tables; a folder stands for its files, `-` for standard input
    #[arg(required = true, value_parser = paths::parser())]
    file: Vec<String>,
    /// Check against this source instead of the one a report names; may be repeated
    #[arg(long, value_name = "FILE", value_parser = paths::parser())]
    source: Vec<String>,
    /// The roster that was used, where it is not at the path that is recorded, or where none is
    #[arg(long, value_name = "FILE", help_heading = "Reading", value_parser = paths::parser())]
    roster: Option<String>,
    /// Format of the output
    #[arg(long, default_value = "text", help_heading = "Output")]
    format: TextOrJson,
    #[command(flatten)]
    reading: ReadingArguments,
}

/// A mismatch and the file it is in.
#[derive(Debug, Serialize)]
struct Row<'a> {
    file: &'a str,
    #[serde(flatten)]
    mismatch: Mismatch,
}

/// Something that could not be checked, and why.
#[derive(Debug, Serialize)]
struct UncheckedClaim {
    file: String,
    what: String,
    why: String,
}

/// What came of all files.
#[derive(Debug, Default, Serialize)]
struct Findings<'a> {
    schema: &'static str,
    files: usize,
    reports: usize,
    quotations: usize,
    /// Rows of tables that quote nothing.
    rows: usize,
    mismatches: Vec<Row<'a>>,
    unchecked: Vec<UncheckedClaim>,
    failed: Vec<String>,
}

impl<'a> Findings<'a> {
    fn add(&mut self, file: &'a str, mismatches: Vec<Mismatch>) {
        self.mismatches.extend(mismatches.into_iter().map(|mismatch| Row { file, mismatch }));
    }

    fn unchecked(&mut self, file: &str, what: &str, why: &str) {
        self.unchecked.push(UncheckedClaim {
            file: file.to_owned(),
            what: what.to_owned(),
            why: why.to_owned(),
        });
    }
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    let files = input::expand(&arguments.file, arguments.reading.follow_links)?;
    let mut job = Job {
        sources: Sources::new(&arguments.source, arguments.reading.settings())?,
        roster: arguments.roster.as_deref(),
        made: tables::RemadeTables::default(),
    };
    let mut findings = Findings { schema: "rapporteur/verify/1", ..Findings::default() };
    for file in &files {
        let _timed = limits::begin(file);
        if let Err(error) = job.check(file, &mut findings) {
            let error = error.in_file(file);
            output::complain(&error);
            findings.failed.push(error.to_string());
        }
        findings.files += 1;
    }
    match arguments.format {
        TextOrJson::Json => output::emit(&pretty(&findings)?)?,
        TextOrJson::Text => output::emit_text(&lines(&findings))?,
    }
    let is_partial = arguments.reading.is_strict() && !findings.unchecked.is_empty();
    Ok(match (findings.mismatches.is_empty(), findings.failed.is_empty() && !is_partial) {
        (false, _) => Outcome::Mismatch,
        (true, false) => Outcome::SomeFailed,
        (true, true) => Outcome::Done,
    })
}

/// What files are checked with.
struct Job<'s> {
    sources: Sources,
    roster: Option<&'s str>,
    made: tables::RemadeTables,
}

impl Job<'_> {
    fn check<'a>(&mut self, file: &'a str, findings: &mut Findings<'a>) -> Result<()> {
        let bytes = input::read(file)?.bytes;
        let content = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
        if is_beside_tables(file) {
            findings.unchecked(file, "the whole file", "it is no table, but stands beside tables");
            return Ok(());
        }
        if content.trim_ascii().is_empty() {
            return Err(Error::new(ErrorKind::Malformed {
                format: "report",
                reason: "it is empty".to_owned(),
            }));
        }
        if content.trim_ascii_start().starts_with(b"{") {
            reports::check(file, content, &mut self.sources, self.roster, findings)
        } else {
            tables::check(file, &bytes, &mut self.sources, self.roster, &mut self.made, findings)
        }
    }
}

/// Whether a file of the folder of a comparison is none of its tables: their description, the workbook, files
/// for other tools.
fn is_beside_tables(file: &str) -> bool {
    let path = &paths::path(file);
    let is_table = || {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        rapporteur::write::tables::table(&stem).is_some() && path.extension().is_some_and(|e| e == "csv")
    };
    path.with_file_name(comparison::DESCRIPTION).is_file() && !is_table() && is_of_comparison(path)
}

/// Whether `compare` writes a file of that name beside its tables.
fn is_of_comparison(path: &std::path::Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let extension = path.extension().unwrap_or_default().to_string_lossy();
    name == comparison::DESCRIPTION
        || name == SUMS
        || name == METADATA
        || matches!(&*extension, "xlsx" | "md" | "zip")
        || name.contains("comments")
}

/// A line for each mismatch, a line for what was not checked in a file, and a line that says what was.
fn lines(findings: &Findings<'_>) -> String {
    let mut out = String::new();
    for Row { file, mismatch } in &findings.mismatches {
        let mut place = vec![(*file).to_owned()];
        place.extend(
            [&mismatch.session, &mismatch.summary].into_iter().filter(|part| !part.is_empty()).cloned(),
        );
        if mismatch.rank > 0 {
            place.push(format!("quotation {}", mismatch.rank));
        }
        let (what, expected, found) = (&mismatch.what, &mismatch.expected, &mismatch.found);
        let line = format!("{}: {what}: expected {expected:?}, found {found:?}", place.join(", "));
        out.push_str(&shown_on_a_line(&line));
        out.push('\n');
    }
    for UncheckedClaim { file, what, why } in &findings.unchecked {
        out.push_str(&shown_on_a_line(&format!("{file}: not checked: {what}: {why}")));
        out.push('\n');
    }
    out.push_str(&summary(findings));
    out
}

/// The last line.
fn summary(findings: &Findings<'_>) -> String {
    let rows = match findings.rows {
        0 => String::new(),
        n => format!(" and {n} rows without quotations"),
    };
    let result = match findings.mismatches.len() {
        // What could not be read may hold any.
        0 if findings.failed.is_empty() && findings.unchecked.is_empty() => {
            "no mismatch, nothing left unchecked".to_owned()
        }
        0 if findings.failed.is_empty() => "no mismatch in what was checked".to_owned(),
        0 => "nothing else was found".to_owned(),
        1 => "1 mismatch".to_owned(),
        n => format!("{n} mismatches"),
    };
    let mut line = format!(
        "checked {} quotations{rows} in {} reports and tables",
        findings.quotations, findings.reports
    );
    if !findings.failed.is_empty() {
        line.push_str(&format!(
            "; {} of {} files could not be checked to the end",
            findings.failed.len(),
            findings.files
        ));
    }
    line.push_str(&format!(": {result}"));
    if !findings.unchecked.is_empty() {
        let mut left: Vec<&str> =
            findings.unchecked.iter().map(|unchecked| unchecked.what.as_str()).collect();
        left.sort_unstable();
        left.dedup();
        line.push_str(&format!("; not checked: {}", left.join("; ")));
    }
    shown_on_a_line(&line).into_owned() + "\n"
}
