//! `compare`: the tables of who stands where, over one or many sessions.

mod folder;
mod workbook;
mod writing;

use std::num::NonZeroU32;
use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser};
use rapporteur::model::Session;
use rapporteur::pipeline::CompareSettings;
use rapporteur::pipeline::compare::{Plan, Shared, Survey};
use rapporteur::write::exports::{EXPORTS, Export};
use rapporteur::write::tables::{Encoding, TABLES, Table};
use rapporteur::{Error, ErrorKind, Result};

use super::args::{Common, Compared, Listed, Reading, at_least_one};
use super::sources::{self, Source, Surveyed, notes};
use super::{Outcome, batch, input, output};
use writing::{Writing, Written};

const EXAMPLES: &str = "\
Examples:
  rapporteur compare panel.txt -o tables/
  rapporteur compare sessions/ --issues issues.json -o tables/
  rapporteur compare sessions/ --roster roster.csv --by group --excel -o tables/
  rapporteur compare minutes.md --tables stances,positions --words 30 -o tables/
  rapporteur compare sessions/ --export polis,talk-to-the-city -o tables/
  rapporteur verify tables/positions.csv --source panel.txt

Stances are stated by a sentence or empty, never guessed; likeness of vocabulary is not agreement.
Exit codes: 0 all done; 1 some sessions failed, the rest are in the tables; 2 bad usage, nothing started.";

/// Write tables that compare stakeholders: who speaks, what on, where each stands, in which words
///
/// The tables are CSV files in the folder DIR: sessions, speakers, every sentence, positions, stances,
/// references and more; every cell leads back to quotations.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Transcripts; a folder stands for its files, `-` for standard input
    #[arg(required = true)]
    input: Vec<String>,
    /// Folder for the tables; written whole or not at all
    #[arg(long, short, value_name = "DIR", help_heading = "Output")]
    output: PathBuf,
    /// Only these tables, separated by commas [default: all]
    #[arg(long, value_name = "TABLES", value_delimiter = ',', value_parser = table_names(), help_heading = "Output")]
    tables: Vec<String>,
    /// Files for other tools too, separated by commas; what is inferred in them is said in exports.md
    #[arg(long, value_name = "TOOLS", value_delimiter = ',', value_parser = export_names(), help_heading = "Output")]
    export: Vec<String>,
    /// For Excel: CSV files with a byte order mark, and a workbook with all tables
    #[arg(long, help_heading = "Output")]
    excel: bool,
    #[command(flatten)]
    compared: Compared,
    /// At most N stakeholders in the matrices and the table of terms: the most talkative
    #[arg(long, value_name = "N", default_value = "200", value_parser = at_least_one, allow_negative_numbers = true)]
    max_stakeholders: NonZeroU32,
    /// At most N terms of each stakeholder in the table of terms: the most distinctive
    #[arg(long, value_name = "N", default_value = "100", value_parser = at_least_one, allow_negative_numbers = true)]
    max_terms: NonZeroU32,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    listed: Listed,
}

fn table_names() -> PossibleValuesParser {
    PossibleValuesParser::new(TABLES.iter().map(|table| PossibleValue::new(table.name).help(table.about)))
}

fn export_names() -> PossibleValuesParser {
    PossibleValuesParser::new(EXPORTS.iter().map(|export| PossibleValue::new(export.name).help(export.about)))
}

impl Arguments {
    fn settings(&self) -> Result<CompareSettings> {
        Ok(CompareSettings {
            max_stakeholders: self.max_stakeholders.get() as usize,
            max_terms: self.max_terms.get() as usize,
            ..self.compared.settings()?
        })
    }

    fn exports(&self) -> Vec<&'static Export> {
        let is_wanted = |export: &&Export| self.export.iter().any(|name| name == export.name);
        EXPORTS.iter().filter(is_wanted).collect()
    }

    fn tables(&self) -> Vec<&'static Table> {
        let is_wanted =
            |table: &&Table| self.tables.is_empty() || self.tables.iter().any(|name| name == table.name);
        TABLES.iter().filter(is_wanted).collect()
    }
}

pub(super) fn run(arguments: &Arguments, common: &Common) -> Result<Outcome> {
    let settings = arguments.settings()?;
    let mut reading = arguments.reading.settings();
    let roster = arguments.listed.roster(&mut reading)?;
    let inputs = input::sources(&arguments.input)?;
    let bar = batch::progress(2 * inputs.len(), common.quiet);
    let tells = |session: &Session| Shared::of(session, &roster, &settings);
    let Surveyed { sources, shared, mut failures, left_out } =
        sources::survey(&inputs, &reading, tells, &bar);
    let surveys: Vec<Survey> = sources.iter().flat_map(|source| source.surveys.iter().cloned()).collect();
    let plan = Plan::new(settings, roster, shared, &surveys);
    let encoding = if arguments.excel { Encoding::Utf8WithMark } else { Encoding::Utf8 };
    let mut writing =
        Writing::new(&arguments.output, arguments.tables(), arguments.exports(), encoding, &plan)?;
    failures.extend(writing.sessions(&sources, &reading, &bar)?);
    bar.finish_and_clear();
    let say = |note: &str| {
        if !common.quiet {
            output::warn(note);
        }
    };
    if !common.quiet {
        sources.iter().for_each(Source::warn);
        writing.warnings.iter().for_each(|(path, warnings)| batch::warn(path, warnings));
    }
    left_out.iter().for_each(|note| say(note));
    notes(&surveys, &plan).iter().for_each(|note| say(note));
    failures.iter().for_each(output::complain);
    if writing.n_sessions == 0 {
        let is_usage = |error: &Error| matches!(error.kind(), ErrorKind::Usage(_));
        return Ok(if failures.iter().all(is_usage) { Outcome::BadUsage } else { Outcome::SomeFailed });
    }
    let written = writing.finish()?;
    written.notes(&plan).iter().for_each(|note| say(note));
    Ok(if failures.is_empty() { Outcome::Done } else { Outcome::SomeFailed })
}

impl Written {
    /// What the reader of the tables should know of them.
    fn notes(&self, plan: &Plan) -> Vec<String> {
        let mut notes = Vec::new();
        let n_compared = self.overall.stakeholders.iter().filter(|totals| totals.counts.is_compared).count();
        let limit = plan.settings.max_stakeholders;
        if n_compared > limit {
            notes.push(format!(
                "the matrices and the table of terms hold the {limit} most talkative of {n_compared} \
                 stakeholders; --max-stakeholders sets how many"
            ));
        }
        if self.n_cut > 0 {
            let (n_cut, file) = (self.n_cut, workbook::FILE);
            notes.push(format!(
                "{file}: {n_cut} texts are too long for a cell and end with …; the CSV has all"
            ));
        }
        if !self.unmatched.is_empty() {
            notes.push(format!("no session has these speakers of the roster: {}", self.unmatched.join(", ")));
        }
        notes
    }
}
