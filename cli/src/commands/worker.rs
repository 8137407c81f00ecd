//! `worker`: one session a line in, one report a line out, for cluster engines.

use std::io::{BufReader, Write};

use clap::Args;
use rapporteur::corpus::CompiledDefinition;
use rapporteur::model::Session;
use rapporteur::write::json;
use rapporteur::{Error, Result, read};
use rayon::prelude::*;

use crate::commands::{Outcome, pipelines};
use crate::io::files::temporary;
use crate::io::named::read_named;
use crate::io::output;

const EXAMPLES: &str = "\
Examples:
  rapporteur worker < sessions.jsonl > reports.jsonl
  rapporteur worker weekly-report < sessions.jsonl > reports.jsonl
  rapporteur worker my-brief.json < turns.jsonl > reports.jsonl

A line is a session, {\"id\", \"title\", \"date\", \"turns\": [{\"speaker\", \"text\", \"start\", \"end\"}]}, or a turn
with the \"session\" it belongs to. Memory does not grow with the stream. Reports come in the order of
the sessions; a session that fails has none, and its reason is on standard error.";

/// Sessions of each thread that are held in memory at the same time.
const OF_EACH_THREAD: usize = 4;

/// Read one session a line from standard input and write one report a line
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Definition that says what is summarized and how: a name or a file
    #[arg(default_value = "position-brief")]
    definition: String,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    let mut definition = pipelines::load(&arguments.definition)?;
    let roster = read_named(&mut definition)?;
    let compiled = CompiledDefinition::new(&definition, roster)?;
    let mut sessions = read::sessions_in_lines(BufReader::new(std::io::stdin()), "-");
    let together = OF_EACH_THREAD * rayon::current_num_threads();
    let mut out = std::io::stdout().lock();
    let mut outcome = Outcome::Done;
    loop {
        let some: Vec<Result<Session>> = sessions.by_ref().take(together).collect();
        if some.is_empty() {
            return Ok(outcome);
        }
        let lines: Vec<Result<String>> =
            some.into_par_iter().map(|session| line(session, &compiled)).collect();
        // A line is written whole, or not at all.
        let step = temporary::step();
        for line in lines {
            match line {
                Ok(line) => match writeln!(out, "{line}") {
                    Ok(()) => {}
                    // Who reads no further has what it wanted.
                    Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => return Ok(outcome),
                    Err(error) => return Err(Error::io("standard output", &error)),
                },
                Err(error) => {
                    output::complain(&error);
                    outcome = Outcome::SomeFailed;
                }
            }
        }
        out.flush().map_err(|error| Error::io("standard output", &error))?;
        drop(step);
    }
}

fn line(session: Result<Session>, compiled: &CompiledDefinition) -> Result<String> {
    let session = session?;
    let id = session.id.clone();
    compiled.report(session).and_then(|report| json::line(&report)).map_err(|error| error.in_file(&id))
}
