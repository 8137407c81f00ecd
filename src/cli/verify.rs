//! `verify`: reports and tables against their sources.

mod sources;
mod table;

use clap::Args;
use rapporteur::model::Report;
use rapporteur::model::report::SCHEMA;
use rapporteur::verify::Mismatch;
use rapporteur::{Error, ErrorKind, Result, pipeline};
use serde::Serialize;

use super::args::{Reading, TextOrJson};
use super::{Outcome, input, output, pretty};
use sources::Sources;

const EXAMPLES: &str = "\
Examples:
  rapporteur verify brief.json
  rapporteur verify brief.jsonl --format json
  rapporteur verify positions.csv --source panel.txt
  rapporteur summarize panel.txt --format json | rapporteur verify -

Exit codes: 0 everything is as the source has it; 1 a file or a source could not be read; 3 a mismatch
was found.";

/// Check every quotation, speaker and place in reports and positions tables against the sources
///
/// The source of a JSON report is the path in the report, taken from the current folder or from the
/// folder of the report; that of a positions table is looked up in sessions.csv beside it, else it needs --source.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// JSON reports (one, or one a line) and positions tables; a folder stands for its files, `-` for
    /// standard input
    #[arg(required = true)]
    file: Vec<String>,
    /// Check against this source instead of the one a report names; may be repeated
    #[arg(long, value_name = "FILE")]
    source: Vec<String>,
    /// Format of the output
    #[arg(long, default_value = "text", help_heading = "Output")]
    format: TextOrJson,
    #[command(flatten)]
    reading: Reading,
}

/// A mismatch and the file it is in.
#[derive(Debug, Serialize)]
struct Row<'a> {
    file: &'a str,
    #[serde(flatten)]
    mismatch: Mismatch,
}

/// What came of all files.
#[derive(Debug, Default, Serialize)]
struct Findings<'a> {
    schema: &'static str,
    files: usize,
    reports: usize,
    quotations: usize,
    mismatches: Vec<Row<'a>>,
    failed: Vec<String>,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome> {
    let files = input::expand(&arguments.file)?;
    let mut sources = Sources::new(&arguments.source, arguments.reading.settings())?;
    let mut findings = Findings { schema: "rapporteur/verify/1", ..Findings::default() };
    for file in &files {
        if let Err(error) = check(file, &mut sources, &mut findings) {
            let error = error.in_file(file);
            output::complain(&error);
            findings.failed.push(error.to_string());
        }
        findings.files += 1;
    }
    let text = match arguments.format {
        TextOrJson::Json => pretty(&findings)?,
        TextOrJson::Text => lines(&findings),
    };
    output::emit(&text, None)?;
    Ok(match (findings.mismatches.is_empty(), findings.failed.is_empty()) {
        (false, _) => Outcome::Mismatch,
        (true, false) => Outcome::SomeFailed,
        (true, true) => Outcome::Done,
    })
}

fn check<'a>(file: &'a str, sources: &mut Sources, findings: &mut Findings<'a>) -> Result<()> {
    let bytes = input::read(file)?.bytes;
    let content = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    if content.trim_ascii_start().starts_with(b"{") {
        check_reports(file, content, sources, findings)
    } else {
        check_table(file, content, sources, findings)
    }
}

fn check_reports<'a>(
    file: &'a str,
    content: &[u8],
    sources: &mut Sources,
    findings: &mut Findings<'a>,
) -> Result<()> {
    for report in serde_json::Deserializer::from_slice(content).into_iter::<Report>() {
        let report = report.map_err(|error| no_report(&error))?;
        if report.schema != SCHEMA {
            let reason = format!("its schema is {:?}, not {SCHEMA:?}", report.schema);
            return Err(Error::new(ErrorKind::Malformed { format: "report", reason }));
        }
        let session = sources.of_report(&report, file)?;
        let mismatches = pipeline::verify_report(&report, session);
        findings.reports += 1;
        findings.quotations += report.summaries.iter().flatten().map(|s| s.evidence.len()).sum::<usize>();
        findings.mismatches.extend(mismatches.into_iter().map(|mismatch| Row { file, mismatch }));
    }
    Ok(())
}

fn no_report(error: &serde_json::Error) -> Error {
    Error::new(ErrorKind::Malformed { format: "report", reason: error.to_string() })
        .at_line(error.line() as u64)
        .remedy("give what `rapporteur summarize --format json` has written")
}

fn check_table<'a>(
    file: &'a str,
    content: &[u8],
    sources: &mut Sources,
    findings: &mut Findings<'a>,
) -> Result<()> {
    let claims = table::read(content)?;
    // The rows of a session stand together; its source is taken apart once.
    for rows in claims.chunk_by(|a, b| a.session == b.session) {
        let Some(first) = rows.first() else { continue };
        let sessions = sources.of_table(&first.session, file)?;
        let mismatches = pipeline::verify_claims(rows, &sessions);
        findings.mismatches.extend(mismatches.into_iter().map(|mismatch| Row { file, mismatch }));
        findings.quotations += rows.len();
    }
    findings.reports += 1;
    Ok(())
}

/// A line for each mismatch, and the count.
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
        let (what, expected, found) = (mismatch.what, &mismatch.expected, &mismatch.found);
        out.push_str(&format!("{}: {what}: expected {expected:?}, found {found:?}\n", place.join(", ")));
    }
    let n_mismatches = findings.mismatches.len();
    out.push_str(&format!(
        "checked {} quotations in {} reports and tables: {}\n",
        findings.quotations,
        findings.reports,
        match n_mismatches {
            0 => "no mismatch".to_owned(),
            1 => "1 mismatch".to_owned(),
            n => format!("{n} mismatches"),
        }
    ));
    out
}
