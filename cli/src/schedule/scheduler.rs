//! Keeps a definition to its schedule: runs it whenever a time has come, and again where that failed.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use rapporteur::definition::{Definition, ScheduleSettings};
use rapporteur::{Error, ErrorKind, Result};

use crate::archive::{Archive, Outcome, StartedBy};
use crate::io::clock::{now, stamp};
use crate::io::messages::Messages;
use crate::io::output::pretty;
use crate::io::stop::Stop;
use crate::run::{FinishedRun, RunContext, archive_of, execute, not_started, note_not_started};
use crate::schedule::{Due, Schedule, Step, Watch, hook};

/// Longest sleep at a stretch, so that a clock that is set is noticed.
const LONGEST_SLEEP: Duration = Duration::from_secs(30);

/// Keeps a definition to its schedule.
pub struct Scheduler<'a> {
    /// What is run.
    pub definition: &'a Definition,
    /// Its schedule as the definition has it.
    pub settings: &'a ScheduleSettings,
    /// The same, checked.
    pub schedule: &'a Schedule,
    /// What ends it.
    pub stop: &'a Stop,
    /// Who is told how it goes.
    pub messages: Arc<dyn Messages>,
}

/// How an attempt to serve a time went.
enum Attempt {
    /// The run came to its end.
    Served(Box<FinishedRun>),
    /// It was told to stop.
    Stopped,
    /// It could not be started, or broke, which was told: the time is not served.
    Failed(Option<Error>),
}

impl Scheduler<'_> {
    /// Runs once if a time has come since the last run, or if there was none.
    ///
    /// # Errors
    /// When the run could not be started.
    pub fn run_once(&self) -> Result<Outcome> {
        let time = now();
        let watch = self.watch(time)?;
        let due = match watch.step(self.schedule, time) {
            Step::Run(due) => due,
            Step::Wait(_) if watch.is_new() => Due { at: time, missed: 0 },
            Step::Wait(next) => {
                let next = next.map_or_else(|| "never".to_owned(), stamp);
                self.messages.note(&format!("{}: not due before {next}", self.definition.name));
                return Ok(Outcome::Done);
            }
        };
        match self.attempt(due)? {
            Attempt::Served(finished) => {
                self.tell_next(self.schedule.next(due.at.max(time)));
                Ok(finished.outcome)
            }
            Attempt::Stopped => Ok(Outcome::Stopped),
            Attempt::Failed(error) => error.map_or(Ok(Outcome::SomeFailed), Err),
        }
    }

    /// Runs whenever it is due, until told to stop.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn run(&self) -> Result<Outcome> {
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
                        error.iter().for_each(|error| self.messages.failure(&error.to_string()));
                        let minutes = wait.as_secs() / 60;
                        self.messages
                            .note(&format!("{}: tried again in {minutes} min", self.definition.name));
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
            self.messages.warning(&format!(
                "{path}: according to the archive {ahead} was served, which is yet to come: the clock was \
                 wrong then, or is now; that time is not believed"
            ));
        }
        Ok(Watch::new(served, unfinished, time))
    }

    fn context(&self, due: Due) -> RunContext<'_> {
        RunContext {
            definition: self.definition,
            fail_fast: false,
            retry_failed: false,
            started_by: StartedBy::Schedule,
            due: Some(due.at),
            messages: Arc::clone(&self.messages),
        }
    }

    /// Runs for a time that has come, and tells how it went.
    fn attempt(&self, due: Due) -> Result<Attempt> {
        if due.missed > 0 {
            let times =
                if due.missed == 1 { "time was".to_owned() } else { format!("{} times were", due.missed) };
            self.messages
                .note(&format!("{}: {times} missed before, this run makes up for it", self.definition.name));
        }
        let (context, was_told) = (self.context(due), self.was_told(due));
        let mut finished = match execute(&context, self.stop) {
            Ok(finished) => finished,
            Err(error) => {
                self.tell_not_started(&context, &error, was_told)?;
                return Ok(Attempt::Failed(Some(error)));
            }
        };
        finished.report(self.definition, self.messages.as_ref());
        match finished.outcome {
            // It goes on when it is started again, and says then how it went.
            Outcome::Stopped => return Ok(Attempt::Stopped),
            Outcome::Done => self.succeed(&mut finished)?,
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
    fn succeed(&self, finished: &mut FinishedRun) -> Result<()> {
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
        hook::start(command, manifest, limit, self.stop).inspect_err(|message| self.messages.warning(message))
    }

    /// Whether the failure of this time was told already, by this process or another.
    fn was_told(&self, due: Due) -> bool {
        let path = archive_of(self.definition).ok().filter(|path| Path::new(path).exists());
        path.and_then(|path| Archive::open(path).ok()?.has_broken(&stamp(due.at)).ok()).unwrap_or(false)
    }

    /// Tells of a run that could not be started, unless another is at work: nothing failed then.
    fn tell_not_started(&self, context: &RunContext<'_>, error: &Error, was_told: bool) -> Result<()> {
        let is_held = matches!(error.kind(), ErrorKind::Locked(_));
        if !is_held && !was_told {
            let manifest = pretty(&not_started(context, error)?)?;
            // Where it cannot be noted either, each try tells.
            let _ = note_not_started(context, &manifest);
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
        self.messages.note(&format!("{}: next due {when}", self.definition.name));
    }
}
