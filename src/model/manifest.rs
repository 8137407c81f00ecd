//! The account of a run: `rapporteur/manifest/1`, what `run` and `schedule` leave behind.

use serde::{Deserialize, Serialize};

use super::settings::Definition;
use super::warning::WarningCode;

use super::ledger::Classes;

/// Name and version of the manifest's schema.
pub const MANIFEST_SCHEMA: &str = "rapporteur/manifest/1";

/// What a run read and wrote, and how it went.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// [`MANIFEST_SCHEMA`].
    pub schema: String,
    /// Name and version of the program.
    pub tool: String,
    /// The definition in force, complete.
    #[serde(serialize_with = "super::settings::serialize_sorted")]
    pub definition: Definition,
    /// Number of the run in its archive; none where it could not be started.
    pub run: Option<i64>,
    /// What started it: `command` or `schedule`.
    pub started_by: String,
    /// The time it was due, of a schedule, in UTC.
    pub due: Option<String>,
    /// When it began, in UTC.
    pub started: String,
    /// When it ended, in UTC.
    pub finished: String,
    /// How long it took.
    pub seconds: f64,
    /// `done`, `some failed`, `stopped`, `broken` or `not started`.
    pub outcome: String,
    /// The inputs in figures.
    pub counts: Counts,
    /// Every input, in the order of their paths.
    pub inputs: Vec<InputAccount>,
    /// Every file that there is by now, in the order of their paths.
    pub outputs: Vec<OutputAccount>,
    /// Words of the sessions done in this run, all and by class.
    pub ledger: LedgerTotals,
    /// What was met and worked around in this run.
    pub warnings: Vec<WarningAccount>,
    /// What failed and is of no one input: what broke the run, files of several sessions.
    pub errors: Vec<String>,
}

impl Manifest {
    /// The same without the inputs and files that an earlier run has done, which the counts tell of:
    /// what the log of runs keeps, so that it does not grow by the whole folder with every run.
    pub fn of_changes(&self) -> Manifest {
        let mut changes = self.clone();
        changes.inputs.retain(|input| input.status != InputStatus::Unchanged);
        changes.outputs.retain(|output| output.written);
        changes
    }
}

/// Inputs by how they fared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Counts {
    /// All that the run was given.
    pub inputs: u64,
    /// Done in this run.
    pub done: u64,
    /// The same as in an earlier run, whose results are still there.
    pub unchanged: u64,
    /// Something in them failed, in this run or in an earlier one.
    pub failed: u64,
    /// Not begun, because the run was told to stop.
    pub left: u64,
    /// Sessions done in this run.
    pub sessions: u64,
}

/// An input of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InputAccount {
    /// Its path.
    pub path: String,
    /// Its size in bytes, where it could be read.
    pub bytes: Option<u64>,
    /// SHA-256 of its content, in hexadecimal; empty where it could not be read.
    pub sha256: String,
    /// What became of it.
    pub status: InputStatus,
    /// How long it took, where it was worked on.
    pub seconds: Option<f64>,
    /// What failed: what, where, and what to do.
    pub errors: Vec<String>,
}

/// What a run did with an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum InputStatus {
    /// Worked on, without a failure.
    Done,
    /// The same as when an earlier run did it.
    Unchanged,
    /// Worked on and failed, now or before.
    Failed,
    /// Not looked at.
    Left,
}

/// A file that a run wrote, or found as an earlier run had written it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct OutputAccount {
    /// Its path.
    pub path: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// SHA-256 of its content, in hexadecimal.
    pub sha256: String,
    /// The input it was made from; empty where it was made from several.
    pub input: String,
    /// Whether this run wrote it.
    pub written: bool,
}

/// Words of many sessions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct LedgerTotals {
    /// All words of the sources.
    pub input: u64,
    /// The same, by class.
    pub all: Classes,
}

/// A warning, and where it arose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WarningAccount {
    /// The input.
    pub input: String,
    /// The session's identifier.
    pub session: String,
    /// The kind of trouble.
    pub code: WarningCode,
    /// Line of the source, from 1; 0 where it concerns the whole.
    pub line: u32,
    /// What was found and what was done about it.
    pub message: String,
}
