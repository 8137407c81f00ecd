//! What stands in the place of a session that failed.

use rapporteur::{Error, ErrorKind, Result, write};
use serde::{Deserialize, Serialize};

/// A session that failed, and why.
#[derive(Debug)]
pub(crate) struct Failure {
    error: Error,
    line: u64,
    session: String,
}

/// The same as an object on a line: what is not known is 0 or empty.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct FailureLine {
    pub(crate) error: FailureFields,
}

/// Which line failed, and why.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct FailureFields {
    /// Number of the last line that was read for it, from 1.
    pub(crate) line: u64,
    /// Identifier of the session.
    pub(crate) session: String,
    /// What kind of error it is.
    pub(crate) kind: String,
    /// What a person is told.
    pub(crate) message: String,
}

impl Failure {
    /// A line that could not be read; `line` is its number where the error does not say it.
    pub(super) fn of_line(error: Error, line: u64) -> Self {
        let line = if error.line() > 0 { error.line() } else { line };
        let error = if error.line() > 0 { error } else { error.at_line(line) };
        Failure { error, line, session: String::new() }
    }

    /// A session that was read and failed afterwards.
    pub(super) fn of_session(error: Error, line: u64, session: &str) -> Self {
        Failure { error: error.in_file(session), line, session: session.to_owned() }
    }

    /// What failed.
    pub(super) fn error(&self) -> &Error {
        &self.error
    }

    /// The object that stands in the session's place.
    pub(super) fn line(&self) -> Result<String> {
        let kind = match self.error.kind() {
            ErrorKind::UnknownFormat(_) => "unknown_format",
            ErrorKind::Malformed { .. } => "malformed",
            ErrorKind::NoTurns(_) => "no_turns",
            ErrorKind::Io(_) => "io",
            ErrorKind::Usage(_) => "usage",
            ErrorKind::Locked(_) => "locked",
            ErrorKind::Internal(_) => "internal",
            _ => "other",
        };
        let fields = FailureFields {
            line: self.line,
            session: self.session.clone(),
            kind: kind.to_owned(),
            message: self.error.to_string(),
        };
        write::json::compact(&FailureLine { error: fields }).map_err(broken)
    }
}

/// What cannot be written as JSON is a bug.
pub(super) fn broken(error: serde_json::Error) -> Error {
    Error::new(ErrorKind::Internal(error.to_string()))
}
