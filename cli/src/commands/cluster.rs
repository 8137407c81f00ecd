//! `cluster`: puts together what workers have made on many machines.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use rapporteur::compare::{CorpusFacts, Survey};
use rapporteur::corpus::{CompiledDefinition, SharedPlan};
use rapporteur::definition::Definition;
use rapporteur::model::Roster;
use rapporteur::write::tables::{Encoding, Rows, Table};
use rapporteur::{Error, Result};
use serde::de::DeserializeOwned;

use crate::args::CommonArguments;
use crate::commands::worker::{FactsLine, PartLine, facts_line, survey_line};
use crate::commands::{Outcome, pipelines};
use crate::io::files::{Destination, paths, reads};
use crate::io::named::read_named;
use crate::io::{input, output};
use crate::tables::{Comparison, Folder, SessionRows, tables};

const EXAMPLES: &str = "\
Examples:
  rapporteur cluster plan brief.json *.facts -o plan.json             on one
  rapporteur worker brief.json --emit parts --plan plan.json < 1.jsonl > 1.parts
  rapporteur cluster tables brief.json --plan plan.json *.parts -o tables/
  rapporteur cluster merge *.facts | rapporteur cluster plan brief.json - -o plan.json

The tables are those that `compare` writes of the same sessions. All take the same definition.

Exit codes: 0 all done; 1 some sessions failed, the rest is done; 2 bad usage, nothing written.

A worker tells the facts of its share before: rapporteur worker brief.json --emit facts < 1.jsonl > 1.facts";

/// Put together a comparison of which many machines have made parts
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Merge what workers have told with `--emit facts`; in any order and any grouping it is the same
    Merge {
        /// Files that `worker --emit facts` or `cluster merge` has written; `-` for standard input
        #[arg(required = true, value_parser = paths::parser())]
        facts: Vec<String>,
    },
    /// Decide what is the same for all sessions: people, issues, identifiers
    Plan {
        /// Definition, as the workers have it
        definition: String,
        /// Files that `worker --emit facts` or `cluster merge` has written; `-` for standard input
        #[arg(required = true, value_parser = paths::parser())]
        facts: Vec<String>,
        /// File for the plan; `-` is standard output
        #[arg(long, short, value_name = "FILE")]
        output: PathBuf,
        /// Replace FILE even where this program did not write it; never a file that is read
        #[arg(long)]
        force: bool,
    },
    /// Write the tables of `compare` from what workers have made with `--emit parts`
    Tables {
        /// Definition, as the workers have it
        definition: String,
        /// Files that `worker --emit parts` has written, each in the order of the keys of the sessions; `-` for
        /// standard input
        #[arg(required = true, value_parser = paths::parser())]
        parts: Vec<String>,
        /// The plan that the workers had
        #[arg(long, value_name = "FILE", value_parser = paths::parser())]
        plan: String,
        /// Folder for the tables, written whole or not at all
        #[arg(long, short, value_name = "DIR")]
        output: PathBuf,
        /// Replace files in DIR even where this program did not write them; never a file that is read
        #[arg(long)]
        force: bool,
        /// Only these tables, separated by commas [default: all]
        #[arg(long, value_name = "TABLES", value_delimiter = ',', value_parser = crate::commands::compare::table_names())]
        tables: Vec<String>,
    },
}

pub(crate) fn run(arguments: &Arguments, common: &CommonArguments) -> Result<Outcome> {
    match &arguments.action {
        Action::Merge { facts } => merge(facts),
        Action::Plan { definition, facts, output, force } => {
            plan(definition, facts, (output.as_path(), *force), common)
        }
        Action::Tables { definition, parts, plan, output, force, tables: names } => {
            let made = MadeParts { parts, plan, tables: tables(names) };
            made.write(definition, (output.as_path(), *force), common)
        }
    }
}

/// The definition as `compare` would have it, compiled with its roster.
fn compiled(name: &str) -> Result<(CompiledDefinition, Definition, Roster)> {
    let mut definition = pipelines::load(name)?;
    let roster = read_named(&mut definition)?;
    let compiled = CompiledDefinition::new(&definition, roster.clone())?;
    let mut input = definition.input;
    input.paths.clear();
    input.issues = None;
    let compare = Some(definition.compare.unwrap_or_default());
    Ok((compiled, Definition { input, compare, ..Definition::default() }, roster))
}

/// What several files of facts tell.
#[derive(Default)]
struct AllFacts {
    surveys: Vec<Survey>,
    facts: CorpusFacts,
    failures: Vec<Error>,
}

impl AllFacts {
    fn read(files: &[String]) -> Result<Self> {
        let mut all = AllFacts::default();
        for file in files {
            for_each_line(file, |line: FactsLine| {
                all.surveys.extend(line.survey);
                line.facts.into_iter().for_each(|facts| all.facts.merge(facts));
                all.failures.extend(line.error.map(|error| Error::usage(error.message)));
                Ok(())
            })?;
        }
        Ok(all)
    }

    fn outcome(&self) -> Outcome {
        self.failures.iter().for_each(output::complain);
        if self.failures.is_empty() { Outcome::Done } else { Outcome::SomeFailed }
    }
}

/// Does something with each line of a file, in memory bounded by the longest.
fn for_each_line<T: DeserializeOwned>(file: &str, mut take: impl FnMut(T) -> Result<()>) -> Result<()> {
    let failed = |error: std::io::Error| Error::io(file, &error);
    let mut reader: Box<dyn BufRead> = match file {
        "-" => Box::new(BufReader::new(std::io::stdin())),
        _ => Box::new(BufReader::new(input::regular_file(file).map_err(failed)?)),
    };
    reads::note(file);
    let (mut text, mut number) = (String::new(), 0);
    while reader.read_line(&mut text).map_err(failed)? > 0 {
        number += 1;
        if !text.trim().is_empty() {
            let line = serde_json::from_str(&text).map_err(|error| {
                let what = "this is no line of facts or parts that `rapporteur worker` has written";
                Error::usage(format!("{what}: {error}")).in_file(file).at_line(number)
            })?;
            take(line).map_err(|error| error.in_file(file).at_line(number))?;
        }
        text.clear();
    }
    Ok(())
}

fn merge(files: &[String]) -> Result<Outcome> {
    let all = AllFacts::read(files)?;
    let mut text = String::new();
    for survey in &all.surveys {
        text.push_str(&survey_line(survey)?);
        text.push('\n');
    }
    text.push_str(&facts_line(&all.facts)?);
    text.push('\n');
    output::emit_bytes(text.as_bytes())?;
    Ok(all.outcome())
}

fn plan(name: &str, files: &[String], target: (&Path, bool), common: &CommonArguments) -> Result<Outcome> {
    let (compiled, _, _) = compiled(name)?;
    let all = AllFacts::read(files)?;
    let (output, force) = target;
    let destination = Destination::new(Some(output), &["json"], force)?;
    destination.check()?;
    let outcome = all.outcome();
    let (plan, notes) = compiled.shared_plan(all.surveys, all.facts)?;
    destination.write(&format!("{}\n", plan.to_json()?))?;
    if !common.quiet {
        notes.iter().for_each(|note| output::warn(note));
    }
    Ok(outcome)
}

/// Parts of a comparison, and what is to be made of them.
struct MadeParts<'a> {
    parts: &'a [String],
    plan: &'a str,
    tables: Vec<&'static Table>,
}

impl MadeParts<'_> {
    fn write(self, name: &str, target: (&Path, bool), common: &CommonArguments) -> Result<Outcome> {
        let (compiled, definition, roster) = compiled(name)?;
        let json = input::read_file(self.plan).map_err(|error| Error::usage(error.to_string()))?.bytes;
        let shared = compiled.read_plan(&json).map_err(|error| error.in_file(self.plan))?;
        self.parts.iter().filter(|file| *file != "-").for_each(|file| reads::note(file));
        let comparison = Comparison {
            definition: &definition,
            roster,
            tables: self.tables.clone(),
            exports: Vec::new(),
            encoding: Encoding::Utf8,
        };
        let folder = Folder::new(target.0, &comparison.names(), target.1)?;
        let written = comparison.put_together(&shared.plan, folder, |take| self.each(&shared, take))?;
        if !common.quiet {
            written.warnings.iter().for_each(|(path, warnings)| output::warn_of(path, warnings));
            written.notes.iter().for_each(|note| output::warn(note));
        }
        written.failures.iter().for_each(output::complain);
        Ok(if written.failures.is_empty() { Outcome::Done } else { Outcome::SomeFailed })
    }

    /// Hands over every session, each once and in order; gives what workers could not read.
    ///
    /// # Errors
    /// When a session of the plan is missing, there twice or out of order.
    fn each(
        &self,
        shared: &SharedPlan,
        take: &mut dyn FnMut(&str, SessionRows) -> Result<()>,
    ) -> Result<Vec<Error>> {
        let (mut failures, mut n_sessions, mut last) = (Vec::new(), 0, None);
        for file in self.parts {
            for_each_line(file, |part: PartLine| {
                failures.extend(part.error.as_ref().map(|error| Error::usage(error.message.clone())));
                let Some(survey) = part.survey.clone() else { return Ok(()) };
                check_order(last.as_ref(), &survey)?;
                n_sessions += 1;
                take(survey.path(), self.rows(part)?)?;
                last = Some(survey);
                Ok(())
            })?;
        }
        if n_sessions != shared.n_sessions {
            let message = format!("the parts hold {n_sessions} sessions, the plan {}", shared.n_sessions);
            return Err(Error::usage(message).remedy("give the parts of all sessions of the plan"));
        }
        Ok(failures)
    }

    fn rows(&self, part: PartLine) -> Result<SessionRows> {
        let text = |table: &&Table| match table.rows {
            Rows::Session(_) => part.csv(table),
            Rows::Overall(_) | Rows::Wide(_) => Ok(String::new()),
        };
        let texts = self.tables.iter().map(text).collect::<Result<_>>()?;
        Ok(SessionRows { texts, additions: Vec::new(), counts: part.counts, warnings: part.warnings })
    }
}

/// Whether a session comes after the one before it.
fn check_order(last: Option<&Survey>, next: &Survey) -> Result<()> {
    let (what, remedy) = match last.map(|last| last.cmp(next)) {
        None | Some(std::cmp::Ordering::Less) => return Ok(()),
        Some(std::cmp::Ordering::Equal) => ("is there twice", "give each part once"),
        Some(std::cmp::Ordering::Greater) => {
            ("is out of order", "sort the parts by date, identifier, SHA-256 and path of the sessions")
        }
    };
    Err(Error::usage(format!("the session {:?} of {:?} {what}", next.id(), next.date())).remedy(remedy))
}
