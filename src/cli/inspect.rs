//! `inspect`: how a source was understood.

use std::path::PathBuf;

use clap::Args;
use rapporteur::model::report::Detected;
use rapporteur::pipeline::{self, Definition, Input};
use rapporteur::{Result, read};

use super::args::{Common, Listed, Reading, TextOrJson};
use super::{Outcome, batch, output};

const EXAMPLES: &str = "\
Examples:
  rapporteur inspect panel.txt
  rapporteur inspect sessions/ --format json -o sessions.jsonl
  rapporteur inspect notes.txt --input-format plain --strict
  rapporteur inspect sessions/ --write-roster people.csv -o found.txt
  rapporteur inspect sessions/ --roster people.csv";

/// Show how a source was understood: format, speakers and their roles, where the words went
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Transcripts; a folder stands for its files, `-` for standard input
    #[arg(required = true)]
    input: Vec<String>,
    /// Format of the output
    #[arg(long, default_value = "text", help_heading = "Output")]
    format: TextOrJson,
    /// Write to FILE, whole or not at all, instead of standard output
    #[arg(long, short, value_name = "FILE", help_heading = "Output")]
    output: Option<PathBuf>,
    /// Write who was found, and why, to FILE (CSV, or JSON by its extension), to correct it and read
    /// it with --roster
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    write_roster: Option<PathBuf>,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    listed: Listed,
}

pub(super) fn run(arguments: &Arguments, common: &Common) -> Result<Outcome> {
    let mut definition = Definition { input: arguments.reading.settings(), ..Definition::default() };
    let roster = arguments.listed.roster(&mut definition.input)?;
    let batch = batch::reports(&arguments.input, &definition.input, roster, common, |input| {
        let detected = detected(input, &definition);
        let definition = &definition;
        move |session: &_, known: &_| {
            let mut report = pipeline::inspect(session, known, definition)?;
            report.detected.clone_from(&detected);
            Ok(report)
        }
    })?;
    if let Some(path) = arguments.write_roster.as_deref().filter(|_| !batch.reports.is_empty()) {
        let text = pipeline::roster_found(&batch.reports, &path.to_string_lossy())?;
        output::emit(&text, Some(path))?;
    }
    batch.finish(arguments.format.format(), arguments.output.as_deref(), common)
}

/// What the source looks like, surest first; nothing where the format was named.
pub(super) fn detected(input: &Input, definition: &Definition) -> Vec<Detected> {
    if definition.input.format.is_some() {
        return Vec::new();
    }
    let guesses = read::detect(&input.bytes, &input.path).into_iter();
    guesses
        .map(|guess| Detected {
            format: guess.format.name.to_owned(),
            confidence: guess.confidence,
            reason: guess.reason,
        })
        .collect()
}
