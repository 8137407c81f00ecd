//! The log of runs.

use rusqlite::{OptionalExtension, params};

use rapporteur::error::Result;

use crate::archive::Archive;

/// What started a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StartedBy {
    /// Somebody, or something, that called `run`.
    Command,
    /// A schedule.
    Schedule,
}

impl StartedBy {
    /// The name in the table.
    pub fn name(self) -> &'static str {
        match self {
            StartedBy::Command => "command",
            StartedBy::Schedule => "schedule",
        }
    }
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It goes on.
    Running,
    /// All is done.
    Done,
    /// Some sessions failed, the rest are done.
    SomeFailed,
    /// It was told to stop; what was done is kept.
    Stopped,
    /// It could not go on, for want of room or rights.
    Broken,
    /// It was killed; the next run found that.
    Killed,
}

impl Outcome {
    /// The name in the table and in manifests.
    pub fn name(self) -> &'static str {
        match self {
            Outcome::Running => "running",
            Outcome::Done => "done",
            Outcome::SomeFailed => "some failed",
            Outcome::Stopped => "stopped",
            Outcome::Broken => "broken",
            Outcome::Killed => "killed",
        }
    }
}

/// How a run went.
#[derive(Debug, Clone, Copy)]
pub struct RunRecord<'a> {
    /// When it ended, in UTC.
    pub finished: &'a str,
    /// How.
    pub outcome: Outcome,
    /// Inputs that it was given.
    pub inputs: u64,
    /// Inputs that were done.
    pub done: u64,
    /// Inputs that had not changed.
    pub unchanged: u64,
    /// Inputs of which something failed.
    pub failed: u64,
    /// The manifest, as JSON.
    pub manifest: &'a str,
}

impl Archive {
    /// Notes that a run begins, and that those before that never ended were killed; the run's number.
    ///
    /// # Errors
    /// When the archive cannot be written.
    pub fn start_run(
        &self,
        definition: &str,
        tool: &str,
        started_by: StartedBy,
        due: Option<&str>,
        started: &str,
    ) -> Result<i64> {
        let killed = "UPDATE runs SET outcome = ?1 WHERE outcome = ?2";
        self.wrap(self.connection.execute(killed, params![Outcome::Killed.name(), Outcome::Running.name()]))?;
        let sql = "INSERT INTO runs (definition, tool, started_by, due, started, outcome) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        let values = params![definition, tool, started_by.name(), due, started, Outcome::Running.name()];
        self.wrap(self.connection.execute(sql, values))?;
        Ok(self.connection.last_insert_rowid())
    }

    /// Notes how a run went.
    ///
    /// # Errors
    /// When the archive cannot be written.
    pub fn finish_run(&self, run: i64, record: &RunRecord<'_>) -> Result<()> {
        let sql = "UPDATE runs SET finished = ?2, outcome = ?3, inputs = ?4, done = ?5, unchanged = ?6, \
                   failed = ?7, manifest = ?8 WHERE id = ?1";
        let count = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
        let values = params![
            run,
            record.finished,
            record.outcome.name(),
            count(record.inputs),
            count(record.done),
            count(record.unchanged),
            count(record.failed),
            record.manifest,
        ];
        self.wrap(self.connection.execute(sql, values)).map(|_| ())
    }

    /// Notes that a run which is over has failed after all; `manifest` says why.
    ///
    /// # Errors
    /// When the archive cannot be written.
    pub fn fail_run(&self, run: i64, manifest: &str) -> Result<()> {
        let sql = "UPDATE runs SET outcome = ?2, manifest = ?3 WHERE id = ?1";
        let values = params![run, Outcome::SomeFailed.name(), manifest];
        self.wrap(self.connection.execute(sql, values)).map(|_| ())
    }

    /// The latest due time, up to `latest`, that a scheduled run has served: one that came to its end.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn served(&self, latest: &str) -> Result<Option<String>> {
        let sql = "SELECT max(due) FROM runs WHERE due <= ?3 AND outcome IN (?1, ?2)";
        self.time(sql, latest)
    }

    /// The due time of the scheduled run that came to its end last.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn last_served(&self) -> Result<Option<String>> {
        let sql = "SELECT due FROM runs WHERE due <> ?3 AND outcome IN (?1, ?2) ORDER BY id DESC LIMIT 1";
        self.time(sql, "")
    }

    /// The earliest due time, up to `latest`, of a scheduled run that did not come to its end.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn unfinished(&self, latest: &str) -> Result<Option<String>> {
        let sql = "SELECT min(due) FROM runs WHERE due <= ?3 AND outcome NOT IN (?1, ?2)";
        self.time(sql, latest)
    }

    /// Whether a run for this due time could not be done before.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn has_broken(&self, due: &str) -> Result<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM runs WHERE due = ?1 AND outcome = ?2)";
        self.wrap(self.connection.query_row(sql, [due, Outcome::Broken.name()], |row| row.get(0)))
    }

    /// A due time among the runs, of which two outcomes are an end.
    fn time(&self, sql: &str, limit: &str) -> Result<Option<String>> {
        let values = params![Outcome::Done.name(), Outcome::SomeFailed.name(), limit];
        let found = self.connection.query_row(sql, values, |row| row.get::<_, Option<String>>(0)).optional();
        Ok(self.wrap(found)?.flatten())
    }
}
