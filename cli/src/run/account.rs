//! The account of a run: what becomes its manifest.

use crate::archive::Output;
use chrono::{DateTime, Utc};
use rapporteur::TOOL;
use rapporteur::definition::Definition;
use rapporteur::model::{
    Counts, InputAccount, InputStatus, LedgerTotals, MANIFEST_SCHEMA, Manifest, OutputAccount, WarningAccount,
};
use rapporteur::{Error, Result};

use crate::io::clock::stamp;

use crate::run::execute::RunContext;
use crate::run::plan::{DueState, PlannedInput};
use crate::run::work::{InputResult, Session, warnings};

/// What a run was asked for.
pub(crate) struct Heading<'a> {
    /// With what was read from other files.
    pub(crate) definition: &'a Definition,
    pub(crate) context: &'a RunContext<'a>,
    pub(crate) started: DateTime<Utc>,
}

/// What is known of a run so far.
#[derive(Debug, Default)]
pub(crate) struct Account {
    pub(crate) counts: Counts,
    inputs: Vec<InputAccount>,
    outputs: Vec<OutputAccount>,
    ledger: LedgerTotals,
    warnings: Vec<WarningAccount>,
    errors: Vec<String>,
}

/// How far an account had come.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mark {
    counts: Counts,
    inputs: usize,
    outputs: usize,
    ledger: LedgerTotals,
    warnings: usize,
}

impl Account {
    /// How far it has come, to be brought back to.
    pub(crate) fn mark(&self) -> Mark {
        Mark {
            counts: self.counts,
            inputs: self.inputs.len(),
            outputs: self.outputs.len(),
            ledger: self.ledger,
            warnings: self.warnings.len(),
        }
    }

    /// Forgets what came after a mark, for the archive has not kept it.
    pub(crate) fn back_to(&mut self, mark: &Mark) {
        (self.counts, self.ledger) = (mark.counts, mark.ledger);
        self.inputs.truncate(mark.inputs);
        self.outputs.truncate(mark.outputs);
        self.warnings.truncate(mark.warnings);
    }

    /// What failed and is of no one input.
    pub(crate) fn fail(&mut self, error: &Error) {
        self.errors.push(error.to_string());
    }

    /// Whether anything failed.
    pub(crate) fn has_failures(&self) -> bool {
        self.counts.failed > 0 || !self.errors.is_empty()
    }

    /// An input that is left as it is.
    pub(crate) fn pass_over(&mut self, planned: &PlannedInput) {
        let status = match planned.standing {
            DueState::Unchanged => {
                self.counts.unchanged += 1;
                InputStatus::Unchanged
            }
            DueState::FailedBefore => {
                self.counts.failed += 1;
                InputStatus::Failed
            }
            _ => {
                self.counts.left += 1;
                InputStatus::Left
            }
        };
        self.counts.inputs += 1;
        self.inputs.push(InputAccount {
            path: planned.path.clone(),
            bytes: planned.bytes,
            sha256: planned.sha256.clone(),
            status,
            seconds: None,
            errors: planned.failures.iter().map(|failure| failure.message.clone()).collect(),
        });
        self.add_outputs(&planned.outputs, &planned.path, false);
    }

    /// An input that nobody came to look at.
    pub(crate) fn leave(&mut self, path: String) {
        self.counts.inputs += 1;
        self.counts.left += 1;
        self.inputs.push(InputAccount {
            path,
            bytes: None,
            sha256: String::new(),
            status: InputStatus::Left,
            seconds: None,
            errors: Vec::new(),
        });
    }

    /// An input that was worked on.
    pub(crate) fn add(&mut self, planned: &PlannedInput, worked: &InputResult) {
        self.counts.inputs += 1;
        let status = if worked.failures.is_empty() {
            self.counts.done += 1;
            InputStatus::Done
        } else {
            self.counts.failed += 1;
            InputStatus::Failed
        };
        self.inputs.push(InputAccount {
            path: planned.path.clone(),
            bytes: worked.bytes,
            sha256: worked.sha256.clone(),
            status,
            seconds: Some((worked.seconds * 1e3).round() / 1e3),
            errors: worked.failures.iter().map(|failure| failure.message.clone()).collect(),
        });
    }

    /// A session that was made and kept.
    pub(crate) fn add_session(&mut self, path: &str, session: &Session) {
        let report = &session.made.report;
        self.counts.sessions += 1;
        self.ledger.input += report.ledger.input;
        self.ledger.all.add(&report.ledger.all);
        self.warnings.extend(warnings(session).iter().map(|warning| WarningAccount {
            input: path.to_owned(),
            session: report.session.id.clone(),
            code: warning.code,
            line: warning.line,
            message: warning.message.clone(),
        }));
    }

    /// Files of an input, or of several where its path is empty.
    pub(crate) fn add_outputs(&mut self, outputs: &[Output], input: &str, written: bool) {
        self.outputs.extend(outputs.iter().map(|output| OutputAccount {
            path: output.path.clone(),
            bytes: output.bytes,
            sha256: output.sha256.clone(),
            input: input.to_owned(),
            written,
        }));
    }

    /// The manifest of a run that is over; `run` is its number, where it could be started.
    pub(crate) fn manifest(
        mut self,
        heading: &Heading<'_>,
        run: Option<i64>,
        finished: DateTime<Utc>,
        outcome: &str,
    ) -> Result<Manifest> {
        self.inputs.sort_by(|a, b| a.path.cmp(&b.path));
        self.outputs.sort();
        let elapsed = (finished - heading.started).num_milliseconds().max(0);
        Ok(Manifest {
            schema: MANIFEST_SCHEMA.to_owned(),
            tool: TOOL.to_owned(),
            definition: heading.definition.clone(),
            run,
            started_by: heading.context.started_by.name().to_owned(),
            due: heading.context.due.map(stamp),
            started: stamp(heading.started),
            finished: stamp(finished),
            seconds: elapsed as f64 / 1e3,
            outcome: outcome.to_owned(),
            counts: self.counts,
            inputs: self.inputs,
            outputs: self.outputs,
            ledger: self.ledger,
            warnings: self.warnings,
            errors: self.errors,
        })
    }
}
