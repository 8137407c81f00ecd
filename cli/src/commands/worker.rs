//! `worker`: one session a line in, one report or the rows of a table out, for cluster engines.

mod counted;
mod emitted;
mod failure;
mod rows;

use std::io::{BufReader, Write};

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser};
use rapporteur::compare::CorpusFacts;
use rapporteur::corpus::{CompiledDefinition, SharedPlan};
use rapporteur::model::Session;
use rapporteur::write::tables::{Rows, TABLES, Table};
use rapporteur::{Error, Result, read};
use rayon::prelude::*;

use crate::commands::{Outcome, pipelines};
use crate::io::files::{paths, temporary};
use crate::io::named::read_named;
use crate::io::{input, output};
use crate::tables::tables;
use counted::Counted;
use emitted::{Emitted, Made};
pub(crate) use emitted::{FactsLine, PartLine, facts_line, survey_line};
pub(crate) use failure::Failure;

const EXAMPLES: &str = "\
Examples:
  rapporteur worker < sessions.jsonl > reports.jsonl
  rapporteur worker weekly-report < sessions.jsonl > reports.jsonl
  rapporteur worker my-brief.json < turns.jsonl > reports.jsonl
  rapporteur worker my-brief.json --emit positions < sessions.jsonl > positions.jsonl
  rapporteur worker my-brief.json --emit facts < sessions.jsonl > facts.jsonl
  rapporteur worker my-brief.json --emit parts --plan plan.json < sessions.jsonl > parts.jsonl

A line is a session, {\"id\", \"title\", \"date\", \"turns\": [{\"speaker\", \"text\", \"start\", \"end\"}]}, or a turn
with the \"session\" it belongs to. Memory does not grow with the stream. What comes of the sessions is in their
order; in the place of one that fails there is {\"error\": {\"line\", \"session\", \"kind\", \"message\"}}.
docs/scale.md says how facts, a plan and parts make a comparison of many machines.

Exit codes: 0 all done; 1 some lines failed, and each has its error; 2 bad usage, nothing started.";

/// Sessions of each thread that are held in memory at the same time.
const OF_EACH_THREAD: usize = 4;

/// Read one session a line from standard input and write one report a line, or rows of tables
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Definition that says what is summarized and compared, and how: a name or a file
    #[arg(default_value = "position-brief")]
    definition: String,
    /// What to write: a report a session; the rows of a table, each an object on a line; what sessions tell of each
    /// other (`facts`); all rows and counts of a session on a line (`parts`)
    #[arg(long, value_name = "WHAT", default_value = "report", value_parser = emitted_names())]
    emit: String,
    /// Plan of the comparison that the sessions belong to, as `cluster plan` makes it [default: each session is
    /// understood from itself]
    #[arg(long, value_name = "FILE", value_parser = paths::parser())]
    plan: Option<String>,
    /// With `--emit parts`: only these tables, separated by commas [default: all that go by session]
    #[arg(long, value_name = "TABLES", value_delimiter = ',', value_parser = table_names())]
    tables: Vec<String>,
}

/// The tables that go by session.
fn of_session() -> impl Iterator<Item = &'static Table> {
    TABLES.iter().filter(|table| matches!(table.rows, Rows::Session(_)))
}

fn possible(table: &Table) -> PossibleValue {
    PossibleValue::new(table.name).help(table.about)
}

/// `none` is for those who need the tables on all sessions only.
fn table_names() -> PossibleValuesParser {
    let none = PossibleValue::new("none").help("No rows: counts for the tables on all sessions");
    PossibleValuesParser::new(of_session().map(possible).chain([none]))
}

fn emitted_names() -> PossibleValuesParser {
    let others = [
        PossibleValue::new("report").help("A report of rapporteur/summary/1"),
        PossibleValue::new("facts").help("What the sessions tell of people and issues, for `cluster plan`"),
        PossibleValue::new("parts").help("Rows and counts of each session, for `cluster tables`"),
    ];
    PossibleValuesParser::new(others.into_iter().chain(of_session().map(possible)))
}

impl Arguments {
    fn emitted(&self) -> Result<Emitted> {
        if !self.tables.is_empty() && self.emit != "parts" {
            return Err(Error::usage("--tables is for --emit parts"));
        }
        if self.plan.is_some() && matches!(self.emit.as_str(), "report" | "facts") {
            return Err(Error::usage(format!("--emit {} takes no plan", self.emit)));
        }
        Ok(match self.emit.as_str() {
            "report" => Emitted::Report,
            "facts" => Emitted::Facts,
            "parts" => {
                let wanted = tables(&self.tables).into_iter();
                Emitted::Parts(wanted.filter(|table| matches!(table.rows, Rows::Session(_))).collect())
            }
            name => Emitted::Rows(tables(&[name.to_owned()])),
        })
    }

    /// The plan that is named.
    fn plan(&self, compiled: &CompiledDefinition) -> Result<Option<SharedPlan>> {
        let Some(path) = &self.plan else { return Ok(None) };
        let failed = |error: Error| Error::usage(error.to_string());
        let json = input::read_file(path).map_err(failed)?.bytes;
        compiled.read_plan(&json).map(Some).map_err(|error| error.in_file(path))
    }
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    let emitted = arguments.emitted()?;
    let mut definition = pipelines::load(&arguments.definition)?;
    let roster = read_named(&mut definition)?;
    let compiled = CompiledDefinition::new(&definition, roster)?;
    let plan = arguments.plan(&compiled)?;
    let make = |(line, session): (u64, Session)| {
        let id = session.id.clone();
        let made = emitted.make(session, &compiled, plan.as_ref());
        made.map_err(|error| Failure::of_session(error, line, &id))
    };
    let (input, lines) = Counted::new(BufReader::new(std::io::stdin()));
    // A session is placed while its line is the last that was read.
    let placed = |session: Result<Session>| match session {
        Ok(session) => Ok((lines.number(), session)),
        Err(error) => Err(Failure::of_line(error, lines.number())),
    };
    let mut sessions = read::sessions_in_lines(input, "-").map(placed);
    let together = OF_EACH_THREAD * rayon::current_num_threads();
    let mut out = Out(std::io::stdout().lock());
    let (mut facts, mut outcome) = (CorpusFacts::default(), Outcome::Done);
    loop {
        let some: Vec<OrFailure<(u64, Session)>> = sessions.by_ref().take(together).collect();
        if some.is_empty() {
            break;
        }
        let made: Vec<OrFailure<Made>> = some.into_par_iter().map(|session| session.and_then(make)).collect();
        // A line is written whole, or not at all.
        let step = temporary::step();
        for made in made {
            let lines = match made {
                Ok(Made::Lines(lines)) => lines,
                Ok(Made::Facts(line, told)) => {
                    facts.merge(*told);
                    vec![line]
                }
                Err(failure) => {
                    output::complain(failure.error());
                    outcome = Outcome::SomeFailed;
                    vec![failure.line()?]
                }
            };
            if !out.put(&lines)? {
                return Ok(outcome);
            }
        }
        out.flush()?;
        drop(step);
    }
    if matches!(emitted, Emitted::Facts) {
        out.put(&[facts_line(&facts)?])?;
        out.flush()?;
    }
    Ok(outcome)
}

/// What came of a session, or why nothing did.
type OrFailure<T> = std::result::Result<T, Failure>;

/// Standard output, line by line.
struct Out<'a>(std::io::StdoutLock<'a>);

impl Out<'_> {
    /// Writes lines; whether anybody reads on.
    fn put(&mut self, lines: &[String]) -> Result<bool> {
        for line in lines {
            match writeln!(self.0, "{line}") {
                Ok(()) => {}
                // Who reads no further has what it wanted.
                Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => return Ok(false),
                Err(error) => return Err(Error::io("standard output", &error)),
            }
        }
        Ok(true)
    }

    fn flush(&mut self) -> Result<()> {
        match self.0.flush() {
            Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
                Err(Error::io("standard output", &error))
            }
            _ => Ok(()),
        }
    }
}
