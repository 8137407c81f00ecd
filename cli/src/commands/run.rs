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
use crate::run::{LoadedDefinition, Messages, RunContext, archive_of, execute_all, inputs, plan, work};

const EXAMPLES: &str = "\
Examples:
  rapporteur run position-brief inbox/*.vtt
  rapporteur run weekly-report sessions/ --dry-run
  rapporteur run weekly-report --with position-brief sessions/
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
    /// Another definition to run over the same inputs, which are read once for all; may be repeated
    #[arg(long, value_name = "DEFINITION")]
    with: Vec<String>,
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
    let definitions = definitions(arguments)?;
    if arguments.dry_run {
        return dry_run(&definitions, arguments.retry_failed);
    }
    let messages: Arc<dyn Messages> = Arc::new(Terminal { quiet: common.quiet });
    let context = |definition| RunContext {
        definition,
        fail_fast: arguments.fail_fast,
        retry_failed: arguments.retry_failed,
        started_by: StartedBy::Command,
        due: None,
        messages: Arc::clone(&messages),
    };
    let contexts: Vec<RunContext<'_>> = definitions.iter().map(context).collect();
    let finished = execute_all(&contexts, &Stop::listen()?)?;
    definitions.iter().zip(&finished).for_each(|(definition, run)| run.report(definition, messages.as_ref()));
    let outcomes: Vec<archive::Outcome> = finished.iter().map(|run| run.outcome).collect();
    Ok(outcome(worst(&outcomes)))
}

/// The definition and those that run with it, all over the same inputs.
fn definitions(arguments: &Arguments) -> Result<Vec<Definition>> {
    let mut first = pipelines::load(&arguments.definition)?;
    if !arguments.input.is_empty() {
        first.input.paths.clone_from(&arguments.input);
    }
    let paths = first.input.paths.clone();
    let mut definitions = vec![first];
    for name in &arguments.with {
        let mut definition = pipelines::load(name)?;
        definition.input.paths.clone_from(&paths);
        definitions.push(definition);
    }
    Ok(definitions)
}

/// The outcome of several runs: that of the one that went least well.
fn worst(outcomes: &[archive::Outcome]) -> archive::Outcome {
    let is_any = |wanted: archive::Outcome| outcomes.contains(&wanted);
    let order = [archive::Outcome::Broken, archive::Outcome::SomeFailed, archive::Outcome::Stopped];
    order.into_iter().find(|&wanted| is_any(wanted)).unwrap_or(archive::Outcome::Done)
}

/// What the exit code says of a run.
pub(crate) fn outcome(outcome: archive::Outcome) -> Outcome {
    match outcome {
        archive::Outcome::Done => Outcome::Done,
        archive::Outcome::Stopped => Outcome::Stopped,
        _ => Outcome::SomeFailed,
    }
}

fn dry_run(definitions: &[Definition], retry_failed: bool) -> Result<Outcome> {
    let mut text = String::new();
    for definition in definitions {
        if definitions.len() > 1 {
            text.push_str(&format!("{}\n", definition.name));
        }
        text.push_str(&due_of(definition, retry_failed)?);
    }
    output::emit_text(&text)?;
    Ok(Outcome::Done)
}

/// What there is to do for a definition, an input a line.
fn due_of(definition: &Definition, retry_failed: bool) -> Result<String> {
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
    Ok(text)
}
