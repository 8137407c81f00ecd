//! `run`: a definition over many sessions, again and again, without doing anything twice.

use std::path::Path;
use std::sync::Arc;

use crate::archive::{self, Archive, StartedBy};
use clap::Args;
use rapporteur::Result;
use rapporteur::definition::Definition;

use crate::args::CommonArguments;
use crate::commands::{Outcome, pipelines};
use crate::io::files::paths;
use crate::io::messages::Terminal;
use crate::io::stop::Stop;
use crate::io::{input, output};
use crate::run::{LoadedDefinition, RunContext, archive_of, execute, inputs, plan, work};

const EXAMPLES: &str = "\
Examples:
  rapporteur run position-brief inbox/*.vtt
  rapporteur run weekly-report sessions/ --dry-run
  rapporteur run my-brief.json --retry-failed

A second run does only what is new or has changed. A run that was killed or stopped goes on where it
ended when it is started again.";

/// Run a pipeline definition over many sessions: incremental, resumable, one failure at a time
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Name of a definition that comes with the program (see `rapporteur pipelines list`), or a file
    definition: String,
    /// Transcripts, folders or globs, instead of those that the definition names
    #[arg(value_parser = paths::parser())]
    input: Vec<String>,
    /// Only say what there is to do
    #[arg(long)]
    dry_run: bool,
    /// Stop at the first input of which something fails
    #[arg(long)]
    fail_fast: bool,
    /// Try again what failed before, even though it is the same
    #[arg(long)]
    retry_failed: bool,
}

pub(crate) fn run(arguments: &Arguments, common: &CommonArguments) -> Result<Outcome> {
    let mut definition = pipelines::load(&arguments.definition)?;
    if !arguments.input.is_empty() {
        definition.input.paths.clone_from(&arguments.input);
    }
    if arguments.dry_run {
        return dry_run(&definition, arguments.retry_failed);
    }
    let context = RunContext {
        definition: &definition,
        fail_fast: arguments.fail_fast,
        retry_failed: arguments.retry_failed,
        started_by: StartedBy::Command,
        due: None,
        messages: Arc::new(Terminal { quiet: common.quiet }),
    };
    let stop = Stop::listen()?;
    let finished = execute(&context, &stop)?;
    finished.report(&definition, context.messages.as_ref());
    Ok(outcome(finished.outcome))
}

/// What the exit code says of a run.
pub(crate) fn outcome(outcome: archive::Outcome) -> Outcome {
    match outcome {
        archive::Outcome::Done => Outcome::Done,
        archive::Outcome::Stopped => Outcome::Stopped,
        _ => Outcome::SomeFailed,
    }
}

fn dry_run(definition: &Definition, retry_failed: bool) -> Result<Outcome> {
    let LoadedDefinition { definition, compiled, .. } = LoadedDefinition::new(definition)?;
    work::kinds(&definition)?;
    let path = archive_of(&definition)?;
    let states = if Path::new(path).exists() { Archive::open(path)?.inputs()? } else { Default::default() };
    let settings = &definition.input;
    let gathered = input::gather(&settings.paths, settings.follow_links)?;
    let planned = plan::plan(
        inputs(gathered, settings, &states, &Terminal { quiet: false }),
        &compiled,
        states,
        retry_failed,
    );
    let width = planned.iter().map(|planned| planned.standing.name().len()).max().unwrap_or(0);
    let mut text: String = planned
        .iter()
        .map(|planned| format!("{:width$}  {}\n", planned.standing.name(), planned.path))
        .collect();
    let due = planned.iter().filter(|planned| planned.standing.is_due()).count();
    text.push_str(&format!("{due} of {} inputs would be done\n", planned.len()));
    output::emit_text(&text)?;
    Ok(Outcome::Done)
}
