//! `run`: a definition over many sessions, again and again, without doing anything twice.

use std::path::Path;

use crate::archive::{self, Archive, StartedBy};
use clap::Args;
use rapporteur::Result;
use rapporteur::definition::Definition;
use rapporteur::model::Manifest;

use crate::args::Common;
use crate::commands::{Outcome, pipelines};
use crate::io::files::paths;
use crate::io::stop::Stop;
use crate::io::{input, output};
use crate::run::execute::{Finished, Order, archive_of, execute};
use crate::run::{Settled, inputs, plan, work};

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

pub(crate) fn run(arguments: &Arguments, common: &Common) -> Result<Outcome> {
    let mut definition = pipelines::load(&arguments.definition)?;
    if !arguments.input.is_empty() {
        definition.input.paths.clone_from(&arguments.input);
    }
    if arguments.dry_run {
        return dry_run(&definition, arguments.retry_failed);
    }
    let order = Order {
        definition: &definition,
        fail_fast: arguments.fail_fast,
        retry_failed: arguments.retry_failed,
        started_by: StartedBy::Command,
        due: None,
        quiet: common.quiet,
    };
    let stop = Stop::listen()?;
    let finished = execute(&order, &stop)?;
    finished.tell(&definition, common);
    Ok(outcome(finished.outcome))
}

impl Finished {
    /// Says how it went.
    pub(crate) fn tell(&self, definition: &Definition, common: &Common) {
        self.manifest.errors.iter().for_each(|error| output::complain_of(error));
        if !common.quiet {
            output::note(&summary(definition, &self.manifest));
        }
    }
}

/// What the exit code says of a run.
pub(crate) fn outcome(outcome: archive::Outcome) -> Outcome {
    match outcome {
        archive::Outcome::Done => Outcome::Done,
        archive::Outcome::Stopped => Outcome::Stopped,
        _ => Outcome::SomeFailed,
    }
}

/// A run in a line.
fn summary(definition: &Definition, manifest: &Manifest) -> String {
    let counts = &manifest.counts;
    let mut parts = vec![format!("{} done", counts.done)];
    for (count, what) in
        [(counts.unchanged, "unchanged"), (counts.failed, "failed"), (counts.left, "left to do")]
    {
        if count > 0 {
            parts.push(format!("{count} {what}"));
        }
    }
    let inputs = if counts.inputs == 1 { "1 input".to_owned() } else { format!("{} inputs", counts.inputs) };
    let rate = if manifest.seconds > 0.0 && counts.done > 0 {
        format!(", {:.1} a second", counts.done as f64 / manifest.seconds)
    } else {
        String::new()
    };
    let account = definition.outputs.as_ref().and_then(|outputs| outputs.manifest.as_deref());
    let account = account.map_or_else(String::new, |path| format!("; account in {path}"));
    format!("{}: {inputs}: {} in {:.1} s{rate}{account}", definition.name, parts.join(", "), manifest.seconds)
}

fn dry_run(definition: &Definition, retry_failed: bool) -> Result<Outcome> {
    let Settled { definition, recipe, .. } = Settled::new(definition)?;
    work::kinds(&definition)?;
    let path = archive_of(&definition)?;
    let states = if Path::new(path).exists() { Archive::open(path)?.inputs()? } else { Default::default() };
    let settings = &definition.input;
    let gathered = input::gather(&settings.paths, settings.follow_links)?;
    let planned = plan::plan(inputs(gathered, settings, &states, false), &recipe, states, retry_failed);
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
