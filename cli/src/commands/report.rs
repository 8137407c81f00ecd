//! `report`: a page that people look at, in HTML or Markdown.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use rapporteur::compare::CorpusTotals;
use rapporteur::corpus::Corpus;
use rapporteur::page;
use rapporteur::prepare::Prepared;
use rapporteur::{Error, Result, write};

use crate::args::{
    BackgroundArguments, CommonArguments, ComparisonArguments, ReadingArguments, RosterArguments,
};
use crate::commands::Outcome;
use crate::io::files::{Destination, paths};
use crate::io::progress::Bar;
use crate::io::{input, output};

const EXAMPLES: &str = "\
Examples:
  rapporteur report panel.txt -o report.html
  rapporteur report panel.txt --roster roster.csv --issues issues.json -o report.html
  rapporteur report panel.txt -o brief.docx
  rapporteur report panel.txt --format markdown -o - | less
  rapporteur report sessions/ --by group -o positions-over-time.html

The page is one file: no network, no tracking; it opens from disk and prints. Every quotation leads to
its place in the transcript. Exit codes: 0 all done; 1 some sessions failed, the rest are on the page;
2 bad usage, nothing written.";

/// Write one self-contained page: who put what forward, in which words, and the whole transcript
///
/// The page begins with the contested issues and who is for, concerned and against, what all share and what
/// was decided; then come the issues in quotations side by side, a card for each stakeholder, agreements and
/// differences, questions, charts, and the transcript that all of it leads to.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Transcripts; a folder stands for its files, `-` for standard input
    #[arg(required = true, value_parser = paths::parser())]
    input: Vec<String>,
    /// File for the page, written whole or not at all; `-` for standard output
    #[arg(long, short, value_name = "FILE", help_heading = "Output")]
    output: PathBuf,
    /// Replace FILE even where this program did not write it; never a file that is read
    #[arg(long, help_heading = "Output")]
    force: bool,
    /// Format of the page [default: by the extension of FILE, else html]
    #[arg(long, value_name = "FORMAT", help_heading = "Output")]
    format: Option<Format>,
    #[command(flatten)]
    compared: ComparisonArguments,
    #[command(flatten)]
    reading: ReadingArguments,
    #[command(flatten)]
    listed: RosterArguments,
    #[command(flatten)]
    weighed: BackgroundArguments,
}

/// The formats of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One file for any browser
    Html,
    /// The same content for wikis and pull requests
    Markdown,
    /// A Word document of the answer in brief, the issues and the stakeholders
    #[cfg(feature = "docx")]
    Docx,
}

/// Extensions of pages.
const EXTENSIONS: &[&str] = &[
    "html",
    "htm",
    "md",
    "markdown",
    #[cfg(feature = "docx")]
    "docx",
];

impl Arguments {
    fn format(&self) -> Format {
        let by_extension = || write::format_of_path(&self.output.to_string_lossy()).map(|format| format.name);
        #[cfg(feature = "docx")]
        if self.format.is_none() && self.output.extension().is_some_and(|it| it.eq_ignore_ascii_case("docx"))
        {
            return Format::Docx;
        }
        let is_markdown = || by_extension() == Some(write::markdown::FORMAT.name);
        self.format.unwrap_or_else(|| if is_markdown() { Format::Markdown } else { Format::Html })
    }
}

pub(crate) fn run(arguments: &Arguments, common: &CommonArguments) -> Result<Outcome> {
    let destination = Destination::new(Some(&arguments.output), EXTENSIONS, arguments.force)?;
    let settings = arguments.compared.settings()?;
    let mut reading = arguments.reading.settings();
    arguments.weighed.note(&mut reading);
    let roster = arguments.listed.roster(&mut reading)?;
    let inputs = input::sources(&arguments.input, reading.follow_links)?;
    destination.check()?;
    let bar = Bar::new(inputs.len(), 2, common.quiet);
    let mut corpus = Corpus::survey(&inputs, &reading, settings, roster, &bar);
    let plan = &corpus.plan;
    let mut sessions = Vec::new();
    let work = |prepared: &Prepared<'_>, id: &str| page::session(prepared, id, plan);
    let failed = corpus.sessions(&bar, work, |_, session| {
        sessions.push(session);
        Ok(())
    })?;
    bar.finish();
    let failures: Vec<Error> = std::mem::take(&mut corpus.failures).into_iter().chain(failed).collect();
    failures.iter().for_each(output::complain);
    if sessions.is_empty() {
        return Ok(if failures.iter().all(Error::is_usage) {
            Outcome::BadUsage
        } else {
            Outcome::SomeFailed
        });
    }
    let mut tally = CorpusTotals::default();
    sessions.iter().for_each(|session| tally.add(&session.part.counts));
    let mut notes = std::mem::take(&mut corpus.left_out);
    let plan = &corpus.plan;
    notes.extend(corpus.notes());
    notes.extend(failures.iter().map(|error| format!("left out, as it failed: {error}")));
    let unmatched = tally.unmatched(plan);
    if !unmatched.is_empty() {
        notes.push(format!("no session has these speakers of the roster: {}", unmatched.join(", ")));
    }
    if !common.quiet {
        corpus.warnings().for_each(|(path, warnings)| output::warn_of(path, warnings));
        notes.iter().take(notes.len() - failures.len()).for_each(|note| output::warn(note));
    }
    let page = page::page(sessions, plan, tally, notes)?;
    match arguments.format() {
        Format::Html => destination.write(&write::page::html(&page)?)?,
        Format::Markdown => destination.write(&write::page::markdown(&page))?,
        #[cfg(feature = "docx")]
        Format::Docx => destination.write_bytes(&write::page::docx(&page)?)?,
    }
    Ok(if failures.is_empty() { Outcome::Done } else { Outcome::SomeFailed })
}
