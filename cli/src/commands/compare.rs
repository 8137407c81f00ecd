//! `compare`: the tables of who stands where, over one or many sessions.

use std::num::NonZeroU32;
use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser};
use rapporteur::definition::{CompareSettings, Definition};
use rapporteur::write::exports::EXPORTS;
use rapporteur::write::tables::{TABLES, Table};
use rapporteur::{Error, Result};

use crate::args::{
    BackgroundArguments, CommonArguments, ComparisonArguments, ReadingArguments, RosterArguments,
    at_least_one,
};
use crate::commands::Outcome;
use crate::io::divided::divided;
use crate::io::files::paths;
use crate::io::files::temporary::TemporaryFolder;
use crate::io::progress::Bar;
use crate::io::{input, output};
use crate::tables::{Comparison, Folder, encoding, exports, file_of, tables};

const EXAMPLES: &str = "\
Examples:
  rapporteur compare panel.txt -o tables/
  rapporteur compare sessions/ --issues issues.json -o tables/
  rapporteur compare sessions/ --roster roster.csv --by group --excel -o tables/
  rapporteur compare minutes.md --tables stances,positions --words 30 -o tables/
  rapporteur compare sessions/ --tables stances -o - | head
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
pub(crate) struct Arguments {
    /// Transcripts; a folder stands for its files, `-` for standard input
    #[arg(required = true, value_parser = paths::parser())]
    input: Vec<String>,
    /// Folder for the tables, written whole or not at all; `-` writes the one table that --tables names to
    /// standard output
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
    compared: ComparisonArguments,
    /// At most N stakeholders in the matrices and the table of terms: the most talkative
    #[arg(long, value_name = "N", default_value = "200", value_parser = at_least_one, allow_negative_numbers = true)]
    max_stakeholders: NonZeroU32,
    /// At most N terms of each stakeholder in the table of terms: the most distinctive
    #[arg(long, value_name = "N", default_value = "100", value_parser = at_least_one, allow_negative_numbers = true)]
    max_terms: NonZeroU32,
    #[command(flatten)]
    reading: ReadingArguments,
    #[command(flatten)]
    listed: RosterArguments,
    #[command(flatten)]
    weighed: BackgroundArguments,
}

pub(crate) fn table_names() -> PossibleValuesParser {
    PossibleValuesParser::new(TABLES.iter().map(|table| PossibleValue::new(table.name).help(table.about)))
}

fn export_names() -> PossibleValuesParser {
    PossibleValuesParser::new(EXPORTS.iter().map(|export| PossibleValue::new(export.name).help(export.about)))
}

impl Arguments {
    /// Where the tables are made first that go to standard output, and the one that goes there; nothing where
    /// they go to a folder.
    fn piped(&self) -> Result<Option<(TemporaryFolder, &'static Table)>> {
        if self.output != Path::new("-") {
            return Ok(None);
        }
        let (&[table], true) = (tables(&self.tables).as_slice(), self.export.is_empty() && !self.excel)
        else {
            return Err(Error::usage("standard output takes one table").remedy(
                "name it with --tables, without --export and --excel, or name a folder with --output",
            ));
        };
        let place = std::env::temp_dir();
        let failed = |error: std::io::Error| Error::io(&paths::text(&place), &error);
        Ok(Some((TemporaryFolder::new(&place).map_err(failed)?, table)))
    }

    fn settings(&self) -> Result<CompareSettings> {
        Ok(CompareSettings {
            max_stakeholders: self.max_stakeholders.get() as usize,
            max_terms: self.max_terms.get() as usize,
            ..self.compared.settings()?
        })
    }
}

pub(crate) fn run(arguments: &Arguments, common: &CommonArguments) -> Result<Outcome> {
    let mut reading = arguments.reading.settings();
    arguments.weighed.note(&mut reading);
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
    let inputs = divided(inputs, &definition.input)?;
    let bar = Bar::new(inputs.len(), 2, common.quiet);
    let piped = arguments.piped()?;
    let target =
        piped.as_ref().map_or_else(|| arguments.output.clone(), |(folder, _)| folder.path().join("tables"));
    let folder = Folder::new(&target, &comparison.names(), arguments.force)?;
    let compared = comparison.write(&inputs, folder, &bar)?;
    if let Some((_, table)) = piped.filter(|_| !compared.files.is_empty()) {
        let path = target.join(file_of(table));
        let text = std::fs::read_to_string(&path).map_err(|error| Error::io(&paths::text(&path), &error))?;
        output::emit(&text)?;
    }
    if !common.quiet {
        compared.warnings.iter().for_each(|(path, warnings)| output::warn_of(path, warnings));
        compared.notes.iter().for_each(|note| output::warn(note));
    }
    compared.failures.iter().for_each(output::complain);

    Ok(match compared.failures.as_slice() {
        [] => Outcome::Done,
        failures if compared.files.is_empty() && failures.iter().all(Error::is_usage) => Outcome::BadUsage,
        _ => Outcome::SomeFailed,
    })
}
