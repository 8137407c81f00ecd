//! `schedule`: runs a definition whenever its cron expression is due.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::archive::{self, Archive, StartedBy};
use crate::schedule::{Due, Schedule, Step, Watch};
use chrono::{DateTime, Utc};
use clap::{Args, ValueEnum};
use rapporteur::definition::Definition;
use rapporteur::definition::ScheduleSettings;
use rapporteur::{Error, ErrorKind, Result};

use super::run::outcome;
use crate::args::Common;
use crate::commands::{Outcome, pipelines, pretty};
use crate::io::clock::{now, stamp};
use crate::io::output;
use crate::io::stop::Stop;
use crate::run::execute::{Finished, Order, archive_of, execute, not_started, note_not_started};
use crate::schedule::{emit, hook};

const EXAMPLES: &str = "\
Examples:
  rapporteur schedule weekly-report --next 5
  rapporteur schedule position-brief inbox/
  rapporteur schedule position-brief --once
  rapporteur schedule my-brief.json --emit systemd -o units/

Times that were missed are made up for by one run. Two runs are never at work on one archive. What
cannot be done is tried again after 1, 2, 4 … up to 60 minutes.";

/// Longest sleep at a stretch, so that a clock that is set is noticed.
const LONGEST_SLEEP: Duration = Duration::from_secs(30);

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

pub(crate) fn run(arguments: &Arguments, common: &Common) -> Result<Outcome> {
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
    output::emit_text(&text)?;
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

/// How an attempt to serve a time went.
enum Attempt {
    /// The run came to its end.
    Served(Box<Finished>),
    /// It was told to stop.
    Stopped,
    /// It could not be started, or broke, which was told: the time is not served.
    Failed(Option<Error>),
}

impl Keeper<'_> {
    /// Runs once if a time has come since the last run, or if there was none.
    fn once(&self) -> Result<Outcome> {
        let time = now();
        let watch = self.watch(time)?;
        let due = match watch.step(self.schedule, time) {
            Step::Run(due) => due,
            Step::Wait(_) if watch.is_new() => Due { at: time, missed: 0 },
            Step::Wait(next) => {
                let next = next.map_or_else(|| "never".to_owned(), stamp);
                self.note(&format!("{}: not due before {next}", self.definition.name));
                return Ok(Outcome::Done);
            }
        };
        match self.attempt(due)? {
            Attempt::Served(finished) => {
                self.tell_next(self.schedule.next(due.at.max(time)));
                Ok(outcome(finished.outcome))
            }
            Attempt::Stopped => Ok(Outcome::Stopped),
            Attempt::Failed(error) => error.map_or(Ok(Outcome::SomeFailed), Err),
        }
    }

    /// Runs whenever it is due, until told to stop.
    fn keep(&self) -> Result<Outcome> {
        let mut watch = self.watch(now())?;
        let mut told = None;
        loop {
            let time = now();
            if watch.is_ahead(time) {
                watch = self.watch(time)?;
            }
            let wait = match watch.step(self.schedule, time) {
                Step::Run(due) => match self.attempt(due)? {
                    Attempt::Served(_) => {
                        watch.serve(due.at);
                        Duration::ZERO
                    }
                    Attempt::Stopped => return Ok(Outcome::Stopped),
                    Attempt::Failed(error) => {
                        let wait = watch.fail();
                        error.iter().for_each(output::complain);
                        let minutes = wait.as_secs() / 60;
                        self.note(&format!("{}: tried again in {minutes} min", self.definition.name));
                        wait
                    }
                },
                Step::Wait(next) => {
                    if told != Some(next) {
                        self.tell_next(next);
                        told = Some(next);
                    }
                    let left = next.and_then(|next| (next - now()).to_std().ok());
                    left.unwrap_or(Duration::ZERO).clamp(Duration::from_millis(10), LONGEST_SLEEP)
                }
            };
            if self.stop.wait(wait) {
                return Ok(Outcome::Done);
            }
        }
    }

    /// What the archive knows of the times that have come. Times that were served and are yet to come
    /// are not believed: a clock was wrong then.
    fn watch(&self, time: DateTime<Utc>) -> Result<Watch> {
        let path = archive_of(self.definition)?;
        if !Path::new(path).exists() {
            return Ok(Watch::new(None, None, time));
        }
        let archive = Archive::open(path)?;
        let latest = stamp(Watch::latest(time));
        let parsed = |text: Option<String>| text.and_then(|text| text.parse().ok());
        let (served, unfinished) = (parsed(archive.served(&latest)?), parsed(archive.unfinished(&latest)?));
        if let Some(ahead) = archive.last_served()?.filter(|last| *last > latest) {
            output::warn(&format!(
                "{path}: according to the archive {ahead} was served, which is yet to come: the clock was \
                 wrong then, or is now; that time is not believed"
            ));
        }
        Ok(Watch::new(served, unfinished, time))
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

    /// Runs for a time that has come, and tells how it went.
    fn attempt(&self, due: Due) -> Result<Attempt> {
        if due.missed > 0 {
            let times =
                if due.missed == 1 { "time was".to_owned() } else { format!("{} times were", due.missed) };
            self.note(&format!("{}: {times} missed before, this run makes up for it", self.definition.name));
        }
        let (order, was_told) = (self.order(due), self.was_told(due));
        let mut finished = match execute(&order, self.stop) {
            Ok(finished) => finished,
            Err(error) => {
                self.tell_not_started(&order, &error, was_told)?;
                return Ok(Attempt::Failed(Some(error)));
            }
        };
        finished.tell(self.definition, self.common);
        match finished.outcome {
            // It goes on when it is started again, and says then how it went.
            archive::Outcome::Stopped => return Ok(Attempt::Stopped),
            archive::Outcome::Done => self.succeed(&mut finished)?,
            _ if was_told => {}
            _ => drop(self.hook(&self.settings.on_failure, &pretty(&finished.manifest)?)),
        }
        Ok(match finished.error {
            _ if self.stop.is_told() => Attempt::Stopped,
            Some(_) => Attempt::Failed(None),
            None => Attempt::Served(Box::new(finished)),
        })
    }

    /// Starts the command for a run that did everything; where that has to succeed and does not, the run
    /// has failed after all.
    fn succeed(&self, finished: &mut Finished) -> Result<()> {
        let result = self.hook(&self.settings.on_success, &pretty(&finished.manifest)?);
        let Err(message) = result else { return Ok(()) };
        if !self.settings.hooks_must_succeed || self.stop.is_told() {
            return Ok(());
        }
        finished.fail(self.definition, message)?;
        drop(self.hook(&self.settings.on_failure, &pretty(&finished.manifest)?));
        Ok(())
    }

    /// Starts a command with a manifest; what went wrong is said, and given.
    fn hook(&self, command: &[String], manifest: &str) -> std::result::Result<(), String> {
        let limit = Duration::from_secs(self.settings.hook_seconds.get().into());
        hook::start(command, manifest, limit, self.stop).inspect_err(|message| output::warn(message))
    }

    /// Whether the failure of this time was told already, by this process or another.
    fn was_told(&self, due: Due) -> bool {
        let path = archive_of(self.definition).ok().filter(|path| Path::new(path).exists());
        path.and_then(|path| Archive::open(path).ok()?.has_broken(&stamp(due.at)).ok()).unwrap_or(false)
    }

    /// Tells of a run that could not be started, unless another is at work: nothing failed then.
    fn tell_not_started(&self, order: &Order<'_>, error: &Error, was_told: bool) -> Result<()> {
        let is_held = matches!(error.kind(), ErrorKind::Locked(_));
        if !is_held && !was_told {
            let manifest = pretty(&not_started(order, error)?)?;
            // Where it cannot be noted either, each try tells.
            let _ = note_not_started(order, &manifest);
            drop(self.hook(&self.settings.on_failure, &manifest));
        }
        Ok(())
    }

    /// Says when it runs next.
    fn tell_next(&self, next: Option<DateTime<Utc>>) {
        let when = next.map_or_else(
            || "never".to_owned(),
            |next| format!("{} ({})", self.schedule.local(next).format("%a %Y-%m-%d %H:%M %Z"), stamp(next)),
        );
        self.note(&format!("{}: next due {when}", self.definition.name));
    }

    fn note(&self, message: &str) {
        if !self.common.quiet {
            output::note(message);
        }
    }
}
