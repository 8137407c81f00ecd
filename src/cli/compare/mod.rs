//! `compare`: the tables of who stands where, over one or many sessions.

mod folder;
mod placing;
mod workbook;
mod writing;

use std::num::NonZeroU32;
use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser};
use indicatif::ProgressBar;
use rapporteur::model::{Roster, Session, Warning};
use rapporteur::pipeline::compare::{Plan, Shared, Survey};
use rapporteur::pipeline::{CompareSettings, Definition};
use rapporteur::write::exports::{EXPORTS, Export};
use rapporteur::write::tables::{Encoding, TABLES, Table};
use rapporteur::{Error, ErrorKind, Result};

use super::args::{Common, Compared, Listed, Reading, at_least_one};
use super::files::paths;
use super::sources::{self, Source, Surveyed, notes};
use super::{Outcome, batch, input, output};
pub(super) use folder::Folder;
pub(super) use placing::{SUMS, resume};
use writing::{Writing, Written};

const EXAMPLES: &str = "\
Examples:
  rapporteur compare panel.txt -o tables/
  rapporteur compare sessions/ --issues issues.json -o tables/
  rapporteur compare sessions/ --roster roster.csv --by group --excel -o tables/
  rapporteur compare minutes.md --tables stances,positions --words 30 -o tables/
  rapporteur compare sessions/ --export polis,talk-to-the-city -o tables/
  rapporteur verify tables/positions.csv --source panel.txt

A stance is stated by a sentence or inferred from several, as its basis says; likeness of vocabulary is not agreement.
Exit codes: 0 all done; 1 some sessions failed, the rest are in the tables; 2 bad usage, nothing started.";

/// Write tables that compare stakeholders: who speaks, what on, where each stands, in which words
///
/// The tables are CSV files in the folder DIR: sessions, speakers, every sentence, positions, stances,
/// references and more; every cell leads back to quotations.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Transcripts; a folder stands for its files, `-` for standard input
    #[arg(required = true, value_parser = paths::parser())]
    input: Vec<String>,
    /// Folder for the tables; written whole or not at all
    #[arg(long, short, value_name = "DIR", help_heading = "Output")]
    output: PathBuf,
    /// Replace files in DIR even where this program did not write them; never a file that is read
    #[arg(long, help_heading = "Output")]
    force: bool,
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
}

pub(super) fn run(arguments: &Arguments, common: &Common) -> Result<Outcome> {
    let mut reading = arguments.reading.settings();
    let roster = arguments.listed.roster(&mut reading)?;
    let definition =
        Definition { input: reading, compare: Some(arguments.settings()?), ..Definition::default() };
    let comparison = Comparison {
        definition: &definition,
        roster,
        tables: tables(&arguments.tables),
        exports: exports(&arguments.export),
        encoding: encoding(arguments.excel),
    };
    let inputs = input::sources(&arguments.input, definition.input.follow_links)?;
    let bar = batch::progress(2 * inputs.len(), common.quiet);
    let folder = Folder::new(&arguments.output, &comparison.names(), arguments.force)?;
    let compared = comparison.write(&inputs, folder, &bar)?;
    if !common.quiet {
        compared.warnings.iter().for_each(|(path, warnings)| batch::warn(path, warnings));
        compared.notes.iter().for_each(|note| output::warn(note));
    }
    compared.failures.iter().for_each(output::complain);
    let is_usage = |error: &Error| matches!(error.kind(), ErrorKind::Usage(_));
    Ok(match compared.failures.as_slice() {
        [] => Outcome::Done,
        failures if compared.files.is_empty() && failures.iter().all(is_usage) => Outcome::BadUsage,
        _ => Outcome::SomeFailed,
    })
}

/// The tables of these names, in their order; all where none is named.
pub(super) fn tables(names: &[String]) -> Vec<&'static Table> {
    let is_wanted = |table: &&Table| names.is_empty() || names.iter().any(|name| name == table.name);
    TABLES.iter().filter(is_wanted).collect()
}

/// The files for other tools of these names, in their order.
pub(super) fn exports(names: &[String]) -> Vec<&'static Export> {
    EXPORTS.iter().filter(|export| names.iter().any(|name| name == export.name)).collect()
}

/// How tables for Excel, or for other programs, are encoded.
pub(super) fn encoding(excel: bool) -> Encoding {
    if excel { Encoding::Utf8WithMark } else { Encoding::Utf8 }
}

/// What is compared, and which files are made of that.
pub(super) struct Comparison<'a> {
    /// How sources are read, and who and what is compared.
    pub(super) definition: &'a Definition,
    pub(super) roster: Roster,
    pub(super) tables: Vec<&'static Table>,
    pub(super) exports: Vec<&'static Export>,
    pub(super) encoding: Encoding,
}

/// What came of a comparison.
pub(super) struct Tabulated {
    /// The files that were written; none where there was no session to compare.
    pub(super) files: Vec<PathBuf>,
    /// What failed, source by source.
    pub(super) failures: Vec<Error>,
    /// What was worked around, by the path of the source.
    warnings: Vec<(String, Vec<Warning>)>,
    /// What the reader of the tables should know.
    pub(super) notes: Vec<String>,
}

impl Comparison<'_> {
    /// The names of files that will be there in any case.
    fn names(&self) -> Vec<String> {
        let tables = self.tables.iter().map(|table| writing::file_of(table));
        tables.chain([writing::PACKAGE.to_owned(), placing::SUMS.to_owned()]).collect()
    }

    /// Reads the sources, in two passes, and writes the files into a folder: all of them, or none.
    ///
    /// # Errors
    /// When they cannot be written.
    pub(super) fn write(
        self,
        inputs: &[input::Source],
        folder: Folder,
        bar: &ProgressBar,
    ) -> Result<Tabulated> {
        let reading = &self.definition.input;
        let settings = self.definition.compare.clone().unwrap_or_default();
        let tells = |session: &Session| Shared::of(session, &self.roster, &settings);
        let Surveyed { sources, shared, mut failures, left_out: mut said } =
            sources::survey(inputs, reading, tells, bar);
        let surveys: Vec<Survey> = sources.iter().flat_map(|s| s.surveys.iter().cloned()).collect();
        let plan = Plan::new(settings, self.roster, shared, &surveys);
        let mut writing = Writing::new(folder, self.tables, self.exports, self.encoding, &plan)?;
        failures.extend(writing.sessions(&sources, reading, bar)?);
        bar.finish_and_clear();
        let mut warnings: Vec<(String, Vec<Warning>)> = sources.iter().map(Source::warnings).collect();
        warnings.append(&mut writing.warnings);
        said.extend(notes(&surveys, &plan));
        let mut files = Vec::new();
        if writing.n_sessions > 0 {
            let written = writing.finish(self.definition)?;
            said.extend(written.notes(&plan));
            let removed = &written.placed.removed;
            if !removed.is_empty() {
                said.push(format!("removed, as of an earlier comparison: {}", removed.join(", ")));
            }
            files = written.placed.files;
        }
        Ok(Tabulated { files, failures, warnings, notes: said })
    }
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
