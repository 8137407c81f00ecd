//! `compare`: the tables of who stands where, over one or many sessions.

mod folder;
mod sources;

use std::num::NonZeroU32;
use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Args, ValueEnum};
use rapporteur::model::{Issue, Scope};
use rapporteur::pipeline::CompareSettings;
use rapporteur::pipeline::compare::Plan;
use rapporteur::write::tables::{self, TABLES, Table};
use rapporteur::{Error, ErrorKind, Result};
use rayon::prelude::*;

use super::args::{Common, Included, Listed, Reading, at_least_one};
use super::{Outcome, batch, input, output};
use folder::Folder;
use sources::Source;

const EXAMPLES: &str = "\
Examples:
  rapporteur compare panel.txt -o tables/
  rapporteur compare sessions/ --issues issues.json -o tables/
  rapporteur compare minutes.md --by group --tables stances,positions -o tables/";

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
    /// Issues to compare on: a JSON file with labels, terms or texts
    #[arg(long, value_name = "FILE")]
    issues: Option<PathBuf>,
    /// What a row of the tables on stakeholders is
    #[arg(long, default_value = "stakeholder")]
    by: By,
    /// Roles to compare besides plain speakers, separated by commas
    #[arg(long, value_name = "ROLES", value_delimiter = ',')]
    include: Vec<Included>,
    /// At most N words of quotations of a stakeholder on an issue in a session
    #[arg(long, value_name = "N", default_value = "60", value_parser = at_least_one, allow_negative_numbers = true)]
    words: NonZeroU32,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    listed: Listed,
}

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum By {
    /// Each voice
    Speaker,
    /// Each organisation or delegation
    Stakeholder,
    /// Each kind of stakeholder
    Group,
}

fn table_names() -> PossibleValuesParser {
    PossibleValuesParser::new(TABLES.iter().map(|table| PossibleValue::new(table.name).help(table.about)))
}

impl Arguments {
    fn settings(&self) -> Result<CompareSettings> {
        Ok(CompareSettings {
            by: match self.by {
                By::Speaker => Scope::Speaker,
                By::Stakeholder => Scope::Stakeholder,
                By::Group => Scope::Group,
            },
            words: self.words,
            include: self.include.iter().map(|&role| role.into()).collect(),
            issues: self.issues()?,
            ..CompareSettings::default()
        })
    }

    fn issues(&self) -> Result<Vec<Issue>> {
        let Some(path) = &self.issues else { return Ok(Vec::new()) };
        #[derive(serde::Deserialize)]
        struct List {
            issues: Vec<Issue>,
        }
        let path = path.to_string_lossy();
        let list: List = serde_json::from_slice(&input::read(&path)?.bytes)
            .map_err(|error| Error::usage(error.to_string()).in_file(&path).at_line(error.line() as u64))?;
        Ok(list.issues)
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
    let tables = arguments.tables();
    let paths = input::expand(&arguments.input)?;
    let bar = batch::progress(2 * paths.len(), common.quiet);
    let (sources, mut failures) = sources::survey(&paths, &reading, &bar);
    let surveys: Vec<_> = sources.iter().flat_map(|source| source.surveys.iter().cloned()).collect();
    let plan = Plan::new(settings, roster, &surveys)?;
    let mut folder = Folder::new(&arguments.output)?;
    for table in &tables {
        folder.append(table.name, &tables::header(table)?)?;
    }
    let mut first = 0;
    for some in sources.chunks(sources::TOGETHER) {
        let firsts: Vec<usize> = some
            .iter()
            .scan(first, |at, source| {
                *at += source.surveys.len();
                Some(*at - source.surveys.len())
            })
            .collect();
        let parts: Vec<Result<Vec<String>>> = some
            .par_iter()
            .zip(&firsts)
            .map(|(source, &first)| {
                let made = rendered(source, first, &plan, &tables, arguments);
                bar.inc(1);
                made
            })
            .collect();
        for part in parts {
            match part {
                Ok(texts) => {
                    for (table, text) in tables.iter().zip(texts) {
                        folder.append(table.name, &text)?;
                    }
                }
                Err(error) => failures.push(error),
            }
        }
        first += some.iter().map(|source| source.surveys.len()).sum::<usize>();
    }
    bar.finish_and_clear();
    failures.iter().for_each(output::complain);
    if failures.len() == paths.len() {
        let is_usage = |error: &Error| matches!(error.kind(), ErrorKind::Usage(_));
        return Ok(if failures.iter().all(is_usage) { Outcome::BadUsage } else { Outcome::SomeFailed });
    }
    folder.finish()?;
    Ok(if failures.is_empty() { Outcome::Done } else { Outcome::SomeFailed })
}

/// The rows that a source adds to each table.
fn rendered(
    source: &Source,
    first: usize,
    plan: &Plan,
    tables: &[&Table],
    arguments: &Arguments,
) -> Result<Vec<String>> {
    let sessions = source.open(&arguments.reading.settings())?;
    let mut texts = vec![String::new(); tables.len()];
    for (session, id) in sessions.iter().zip(plan.ids.iter().skip(first)) {
        let part = rapporteur::pipeline::compare::session(session, id, plan)
            .map_err(|error| error.in_file(&source.path))?;
        for (table, text) in tables.iter().zip(&mut texts) {
            let tables::Rows::Session(rows) = table.rows;
            text.push_str(&tables::csv(&rows(&part))?);
        }
    }
    Ok(texts)
}
