//! When a definition is due, and what is started afterwards.

mod cron;
pub(crate) mod emit;
pub(crate) mod hook;
mod scheduler;
mod systemd;
mod watch;

pub use cron::{Due, Schedule, Step};
pub use scheduler::Scheduler;
pub use watch::{CLOCK_TOLERANCE, Watch};

use rapporteur::Result;
use rapporteur::definition::{Definition, parse_with};

/// Reads a definition file and checks its schedule too.
///
/// # Errors
/// As [`rapporteur::definition::parse`], and for a cron expression that cannot be read or is never due, and
/// for an unknown time zone.
pub fn parse_definition(text: &str, file: &str) -> Result<Definition> {
    parse_with(text, file, |definition| {
        let (key, error) = Schedule::new(definition.schedule.as_ref()?).err()?;
        Some((format!("/schedule/{key}"), error))
    })
}

#[cfg(test)]
mod tests;
