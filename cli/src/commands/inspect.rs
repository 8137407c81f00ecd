//! `inspect`: how a source was understood.

use std::path::PathBuf;

use clap::Args;
use rapporteur::definition::Definition;
use rapporteur::model::report::Detected;
use rapporteur::pipeline::Input;
use rapporteur::{Error, Result, read, summary};

use crate::args::{CommonArguments, ReadingArguments, RosterArguments, TextOrJson};
use crate::commands::Outcome;
use crate::commands::batch;
use crate::io::files::{Destination, Target, paths};
use crate::io::{configuration, output};

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
pub(crate) struct Arguments {
    /// Transcripts; a folder stands for its files, `-` for standard input
    #[arg(required = true, value_parser = paths::parser())]
    input: Vec<String>,
    /// Format of the output [default: by the extension of FILE, else text]
    #[arg(long, help_heading = "Output")]
    format: Option<TextOrJson>,
    #[command(flatten)]
    target: Target,
    /// Write who was found, and why, to FILE (CSV, or JSON by its extension), to correct it and read
    /// it with --roster; a file that is there is only replaced with --force
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    write_roster: Option<PathBuf>,
    #[command(flatten)]
    reading: ReadingArguments,
    #[command(flatten)]
    listed: RosterArguments,
}

pub(crate) fn run(arguments: &Arguments, common: &CommonArguments) -> Result<Outcome> {
    let mut definition = Definition { input: arguments.reading.settings(), ..Definition::default() };
    let destination = arguments.target.destination(&TextOrJson::extensions())?;
    let found = arguments.roster_destination()?;
    let roster = arguments.listed.roster(&mut definition.input)?;
    if let Some(settings) = configuration::get().shown().filter(|_| !common.quiet) {
        output::note(&settings);
    }
    let destinations = [&destination, &found];
    let batch =
        batch::reports(&arguments.input, &definition.input, roster, &destinations, common, |input| {
            let detected = detected(input, &definition);
            let definition = &definition;
            move |prepared: &_| {
                let mut report = summary::inspect(prepared, definition)?;
                report.detected.clone_from(&detected);
                Ok(report)
            }
        })?;
    if let Some(path) = arguments.write_roster.as_deref().filter(|_| !batch.reports.is_empty()) {
        found.write(&rapporteur::prepare::roster_found(&batch.reports, &path.to_string_lossy())?)?;
    }
    batch::finish(batch, TextOrJson::of(arguments.format, &arguments.target).format(), &destination, common)
}

impl Arguments {
    /// Where the roster goes that was found.
    fn roster_destination(&self) -> Result<Destination> {
        if self.write_roster.is_some() && self.write_roster == self.target.output {
            return Err(Error::usage("the roster and the report go to the same file")
                .remedy("name two files with --write-roster and --output"));
        }
        let destination = Destination::new(self.write_roster.as_deref(), &ROSTERS, self.target.force)?;
        Ok(destination.worked_on())
    }
}

/// Extensions of rosters.
const ROSTERS: [&str; 2] = ["csv", "json"];

/// What the source looks like, surest first; nothing where the format was named.
pub(crate) fn detected(input: &Input, definition: &Definition) -> Vec<Detected> {
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
