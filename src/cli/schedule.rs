//! `schedule`: runs a definition whenever its cron expression is due.

mod emit;

use std::io::Write;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use chrono::{DateTime, Utc};
use clap::{Args, ValueEnum};
use rapporteur::archive::{self, Archive, StartedBy};
use rapporteur::pipeline::Definition;
use rapporteur::pipeline::definition::ScheduleSettings;
use rapporteur::pipeline::schedule::{Due, Schedule, Step};
use rapporteur::{Error, ErrorKind, Result};

use super::args::Common;
use super::clock::{now, stamp};
use super::run::execute::{Finished, Order, archive_of, execute, not_started};
use super::run::outcome;
use super::stop::Stop;
use super::{Outcome, output, pipelines, pretty};

const EXAMPLES: &str = "\
Examples:
  rapporteur schedule weekly-report --next 5
  rapporteur schedule position-brief inbox/
  rapporteur schedule position-brief --once
  rapporteur schedule my-brief.json --emit systemd -o units/

Times that were missed are made up for by one run. Two runs are never at work on one archive.";

/// Longest sleep at a stretch, so that a clock that is set is noticed.
const LONGEST_SLEEP: Duration = Duration::from_secs(30);

/// How long a run that could not be done waits to be tried again.
const RETRY: Duration = Duration::from_secs(60);

/// Run a pipeline definition whenever it is due
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
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
    emit: Option<Scheduler>,
    /// Write the units into the folder DIR instead of standard output
    #[arg(long, short, value_name = "DIR", requires = "emit")]
    output: Option<PathBuf>,
}

/// A scheduler that units can be made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Scheduler {
    /// A service and a timer
    Systemd,
}

pub(super) fn run(arguments: &Arguments, common: &Common) -> Result<Outcome> {
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
    if arguments.emit == Some(Scheduler::Systemd) {
        let calendar = schedule.systemd_calendar()?;
        let units = emit::units(&definition, &arguments.definition, &arguments.input, &calendar)?;
        return emit::write(&units, arguments.output.as_deref());
    }
    let stop = Stop::listen()?;
    let keeper =
        Keeper { definition: &definition, settings: &settings, schedule: &schedule, stop: &stop, common };
    if arguments.once { keeper.once() } else { keeper.keep() }
}

fn next(schedule: &Schedule, number: usize) -> Result<Outcome> {
    let mut at = now();
    let mut text = String::new();
    for _ in 0..number {
        let Some(next) = schedule.next(at) else { break };
        text.push_str(&format!("{}  {}\n", schedule.local(next).format("%a %Y-%m-%d %H:%M %Z"), stamp(next)));
        at = next;
    }
    output::emit(&text, None)?;
    Ok(Outcome::Done)
}

/// Keeps a definition to its schedule.
struct Keeper<'a> {
    definition: &'a Definition,
    settings: &'a ScheduleSettings,
    schedule: &'a Schedule,
    stop: &'a Stop,
    common: &'a Common,
}

impl Keeper<'_> {
    /// Runs once if a time has come since the last run, or if there was none.
    fn once(&self) -> Result<Outcome> {
        let time = now();
        let due = match self.served()? {
            None => Due { at: time, missed: 0 },
            Some(served) => match self.schedule.step(served, time) {
                Step::Run(due) => due,
                Step::Wait(next) => {
                    let next = next.map_or_else(|| "never".to_owned(), stamp);
                    self.note(&format!("{}: not due before {next}", self.definition.name));
                    return Ok(Outcome::Done);
                }
            },
        };
        let order = self.order(due);
        match self.run(&order, due) {
            Ok(finished) => Ok(outcome(finished.outcome)),
            Err(error) => {
                self.tell_not_started(&order, &error)?;
                Err(error)
            }
        }
    }

    /// Runs whenever it is due, until told to stop.
    fn keep(&self) -> Result<Outcome> {
        let mut served = self.served()?.unwrap_or_else(now);
        let mut told: Option<DateTime<Utc>> = None;
        loop {
            let wait = match self.schedule.step(served, now()) {
                Step::Run(due) => {
                    let order = self.order(due);
                    match self.run(&order, due) {
                        Ok(finished) if finished.outcome == archive::Outcome::Stopped => {
                            return Ok(Outcome::Stopped);
                        }
                        Ok(finished) if finished.error.is_some() => RETRY,
                        Ok(_) => {
                            served = due.at;
                            Duration::ZERO
                        }
                        Err(error) => {
                            output::complain(&error);
                            if told.replace(due.at) != Some(due.at) {
                                self.tell_not_started(&order, &error)?;
                            }
                            RETRY
                        }
                    }
                }
                Step::Wait(next) => {
                    let left = next.and_then(|next| (next - now()).to_std().ok());
                    left.unwrap_or(Duration::ZERO).clamp(Duration::from_millis(10), LONGEST_SLEEP)
                }
            };
            if self.stop.wait(wait) {
                return Ok(Outcome::Done);
            }
        }
    }

    /// The latest time that was served, according to the archive.
    fn served(&self) -> Result<Option<DateTime<Utc>>> {
        let path = archive_of(self.definition)?;
        if !Path::new(path).exists() {
            return Ok(None);
        }
        let served = Archive::open(path)?.served()?;
        Ok(served.and_then(|text| text.parse().ok()))
    }

    fn order(&self, due: Due) -> Order<'_> {
        Order {
            definition: self.definition,
            fail_fast: false,
            retry_failed: false,
            started_by: StartedBy::Schedule,
            due: Some(due.at),
            quiet: self.common.quiet,
        }
    }

    fn run(&self, order: &Order<'_>, due: Due) -> Result<Finished> {
        if due.missed > 0 {
            let times =
                if due.missed == 1 { "time was".to_owned() } else { format!("{} times were", due.missed) };
            self.note(&format!("{}: {times} missed before, this run makes up for it", self.definition.name));
        }
        let finished = execute(order, self.stop)?;
        finished.tell(self.definition, self.common);
        let command = match finished.outcome {
            archive::Outcome::Done => &self.settings.on_success,
            // It goes on when it is started again, and says then how it went.
            archive::Outcome::Stopped => return Ok(finished),
            _ => &self.settings.on_failure,
        };
        tell(command, &pretty(&finished.manifest)?);
        Ok(finished)
    }

    /// Tells of a run that could not be started, unless another is at work: nothing failed then.
    fn tell_not_started(&self, order: &Order<'_>, error: &Error) -> Result<()> {
        let is_held = matches!(error.kind(), ErrorKind::Usage(text) if text.starts_with(archive::HELD));
        if !is_held {
            tell(&self.settings.on_failure, &pretty(&not_started(order, error)?)?);
        }
        Ok(())
    }

    fn note(&self, message: &str) {
        if !self.common.quiet {
            output::note(message);
        }
    }
}

/// Starts a command with the manifest on its standard input, and waits for it.
fn tell(command: &[String], manifest: &str) {
    let Some((program, arguments)) = command.split_first() else { return };
    let started = Command::new(program).args(arguments).stdin(Stdio::piped()).spawn();
    let ended = started.and_then(|mut child| {
        if let Some(mut input) = child.stdin.take() {
            // A command that does not read the manifest has done nothing wrong.
            let _ = input.write_all(manifest.as_bytes());
        }
        child.wait()
    });
    match ended {
        Ok(status) if status.success() => {}
        Ok(status) => output::warn(&format!("the command {program} failed: {status}")),
        Err(error) => output::warn(&format!("the command {program} could not be started: {error}")),
    }
}
