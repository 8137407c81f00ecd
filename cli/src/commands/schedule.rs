//! `schedule`: runs a definition whenever its cron expression is due.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args, ValueEnum};
use rapporteur::{Error, Result};

use crate::archive::Outcome as RunOutcome;
use crate::args::CommonArguments;
use crate::commands::{Outcome, pipelines};
use crate::io::clock::{now, stamp};
use crate::io::messages::Terminal;
use crate::io::output;
use crate::io::stop::Stop;
use crate::run::archive_of;
use crate::schedule::{Schedule, Scheduler, emit};

const EXAMPLES: &str = "\
Examples:
  rapporteur schedule weekly-report --next 5
  rapporteur schedule position-brief inbox/
  rapporteur schedule position-brief --once
  rapporteur schedule my-brief.json --emit systemd -o units/

Times that were missed are made up for by one run. Two runs are never at work on one archive. What
cannot be done is tried again after 1, 2, 4 … up to 60 minutes.";

/// Run a pipeline definition whenever it is due
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Name of a definition that comes with the program, or a file
    definition: String,
    /// Transcripts, folders or globs, instead of those that the definition names
    input: Vec<String>,
    /// Only print the next N times it is due
    #[arg(long, value_name = "N", conflicts_with_all = ["once", "emit"])]
    next: Option<NonZeroUsize>,
    /// Run it now if it is due, and end: for cron and systemd
    #[arg(long, conflicts_with = "emit")]
    once: bool,
    /// Print what another scheduler needs to run it
    #[arg(long, value_name = "SCHEDULER")]
    emit: Option<UnitFormat>,
    /// Write the units into the folder DIR instead of standard output
    #[arg(long, short, value_name = "DIR", requires = "emit")]
    output: Option<PathBuf>,
}

/// A scheduler that units can be written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum UnitFormat {
    /// A service and a timer
    Systemd,
}

pub(crate) fn run(arguments: &Arguments, common: &CommonArguments) -> Result<Outcome> {
    let mut definition = pipelines::load(&arguments.definition)?;
    if !arguments.input.is_empty() {
        definition.input.paths.clone_from(&arguments.input);
    }
    let settings = definition.schedule.clone().ok_or_else(|| {
        Error::usage(format!("the definition “{}” has no schedule", definition.name))
            .remedy("add \"schedule\": {\"cron\": \"0 7 * * MON\", \"timezone\": \"Europe/Zurich\"}")
    })?;
    let schedule = Schedule::new(&settings).map_err(|(_, error)| error)?;
    if let Some(number) = arguments.next {
        return next(&schedule, number.get());
    }
    archive_of(&definition)?;
    if arguments.emit == Some(UnitFormat::Systemd) {
        let calendar = schedule.systemd_calendar()?;
        let units = emit::units(&definition, &arguments.definition, &arguments.input, &calendar)?;
        return emit::write(&units, arguments.output.as_deref());
    }
    let stop = Stop::listen()?;
    let scheduler = Scheduler {
        definition: &definition,
        settings: &settings,
        schedule: &schedule,
        stop: &stop,
        messages: Arc::new(Terminal { quiet: common.quiet }),
    };
    let outcome = if arguments.once { scheduler.run_once()? } else { scheduler.run()? };
    Ok(match outcome {
        RunOutcome::Done => Outcome::Done,
        RunOutcome::Stopped => Outcome::Stopped,
        _ => Outcome::SomeFailed,
    })
}

fn next(schedule: &Schedule, number: usize) -> Result<Outcome> {
    let mut at = now();
    let mut text = String::new();
    for _ in 0..number {
        let Some(next) = schedule.next(at) else { break };
        text.push_str(&format!("{}  {}\n", schedule.local(next).format("%a %Y-%m-%d %H:%M %Z"), stamp(next)));
        at = next;
    }
    output::emit_text(&text)?;
    Ok(Outcome::Done)
}
