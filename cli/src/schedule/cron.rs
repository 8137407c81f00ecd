//! When a definition is due: cron expressions with time zone and daylight saving.
//!
//! Nothing here reads a clock: the caller says what time it is, so a year passes in a test in
//! milliseconds. An expression is understood as Vixie cron does: a fixed time that the change to
//! summer time skips is due right after the gap, one that occurs twice in autumn is due once, the
//! first time; with wildcards or steps, the hour that is skipped is skipped and the hour that occurs
//! twice is served twice.

use std::str::FromStr;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::{TZ_VARIANTS, Tz};
use croner::Cron;
use croner::parser::{CronParser, Seconds, Year};

use rapporteur::error::{Error, Result};

use rapporteur::definition::ScheduleSettings;
use rapporteur::error::nearest;

/// How far back missed times are looked for: more than a year, so that none of a yearly schedule is.
const LONGEST_LOOK_BACK: TimeDelta = TimeDelta::days(400);

/// What a scheduler does next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Runs now, for this time.
    Run(Due),
    /// Waits until then; without an end where there is no such time.
    Wait(Option<DateTime<Utc>>),
}

/// A checked schedule.
#[derive(Debug, Clone)]
pub struct Schedule {
    pub(super) cron: Cron,
    pub(super) zone: Tz,
}

/// A time that has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// The latest time that has come.
    pub at: DateTime<Utc>,
    /// How many times before it went by without a run; all are made up for by one run.
    pub missed: usize,
}

impl Schedule {
    /// Checks the settings.
    ///
    /// # Errors
    /// With the key of the settings that is wrong: an expression that cannot be read or is never
    /// due, an unknown time zone.
    pub fn new(settings: &ScheduleSettings) -> std::result::Result<Schedule, (&'static str, Error)> {
        let zone = zone(&settings.timezone).map_err(|error| ("timezone", error))?;
        let bad = |error: croner::errors::CronError| {
            Error::usage(format!("“{}” is no cron expression: {error}", settings.cron)).remedy(
                "five fields are needed: minute hour day-of-month month day-of-week, as in 0 7 * * MON",
            )
        };
        let parser = CronParser::builder().seconds(Seconds::Disallowed).year(Year::Disallowed).build();
        let cron = parser.parse(&settings.cron).map_err(|error| ("cron", bad(error)))?;
        let schedule = Schedule { cron, zone };
        if schedule.next(DateTime::UNIX_EPOCH).is_none() {
            let error = Error::usage(format!("“{}” is never due", settings.cron));
            return Err(("cron", error.remedy("check the day of the month and the month")));
        }
        Ok(schedule)
    }

    /// The first due time after `time`; none if the expression is not due for years.
    pub fn next(&self, time: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let found = self.cron.find_next_occurrence(&time.with_timezone(&self.zone), false).ok()?;
        Some(found.with_timezone(&Utc)).filter(|next| *next > time)
    }

    /// What has come due after `served` and up to `now`, taken together.
    pub fn due(&self, served: DateTime<Utc>, now: DateTime<Utc>) -> Option<Due> {
        let earliest = now.checked_sub_signed(LONGEST_LOOK_BACK).unwrap_or(served);
        let mut due: Option<Due> = None;
        let mut at = self.next(served.max(earliest))?;
        while at <= now {
            due = Some(Due { at, missed: due.map_or(0, |before| before.missed + 1) });
            match self.next(at) {
                Some(next) => at = next,
                None => break,
            }
        }
        due
    }

    /// What to do at `now`, when the times up to `served` are served: one run for all that have come
    /// due since, else wait.
    pub fn step(&self, served: DateTime<Utc>, now: DateTime<Utc>) -> Step {
        match self.due(served, now) {
            Some(due) => Step::Run(due),
            None => Step::Wait(self.next(served.max(now))),
        }
    }

    /// A time as the schedule's zone has it.
    pub fn local(&self, time: DateTime<Utc>) -> DateTime<Tz> {
        time.with_timezone(&self.zone)
    }
}

fn zone(name: &str) -> Result<Tz> {
    Tz::from_str(name).map_err(|_| {
        let error = Error::usage(format!("there is no time zone “{name}”"));
        match nearest(name, TZ_VARIANTS.iter().map(|zone| zone.name())) {
            Some(zone) => error.remedy(format!("do you mean “{zone}”?")),
            None => error.remedy("use an IANA name such as Europe/Zurich or UTC"),
        }
    })
}
