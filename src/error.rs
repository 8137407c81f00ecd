//! Errors: what went wrong, where, and what to do about it.

mod nearest;

pub use nearest::nearest;

use std::fmt;

/// What went wrong. New kinds may be added.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The input is in none of the formats.
    #[error("the format was not recognised: {0}")]
    UnknownFormat(String),
    /// The input was recognised and is broken beyond use.
    #[error("this is no readable {format}: {reason}")]
    Malformed {
        /// The input format.
        format: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// Nobody says anything in the input.
    #[error("no turns were found: {0}")]
    NoTurns(String),
    /// A file could not be read or written.
    #[error("{0}")]
    Io(String),
    /// A flag, a definition or a name does not fit.
    #[error("{0}")]
    Usage(String),
    /// Another process holds what is needed.
    #[error("{0}")]
    Locked(String),
    /// A rule of the program itself was broken; a bug.
    #[error("{0}")]
    Internal(String),
}

/// An error with its place and a remedy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error(Box<Inner>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Inner {
    kind: ErrorKind,
    file: String,
    line: u64,
    remedy: String,
}

/// The result of anything that can fail.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// An error without a place or remedy yet.
    pub fn new(kind: ErrorKind) -> Self {
        Error(Box::new(Inner { kind, file: String::new(), line: 0, remedy: String::new() }))
    }

    /// A file that could not be read or written.
    pub fn io(path: &str, error: &std::io::Error) -> Self {
        Error::new(ErrorKind::Io(error.to_string())).in_file(path)
    }

    /// A flag, a definition or a name that does not fit.
    pub fn usage(message: impl Into<String>) -> Self {
        Error::new(ErrorKind::Usage(message.into()))
    }

    /// Names the file, unless one is named already.
    pub fn in_file(mut self, path: &str) -> Self {
        if self.0.file.is_empty() {
            self.0.file = path.to_owned();
        }
        self
    }

    /// Names the line, from 1.
    pub fn at_line(mut self, line: u64) -> Self {
        self.0.line = line;
        self
    }

    /// Says what to do about it.
    pub fn remedy(mut self, remedy: impl Into<String>) -> Self {
        self.0.remedy = remedy.into();
        self
    }

    /// What went wrong.
    pub fn kind(&self) -> &ErrorKind {
        &self.0.kind
    }

    /// Whether nothing was started, as the caller has to change something first, or to wait.
    pub fn is_usage(&self) -> bool {
        matches!(self.kind(), ErrorKind::Usage(_) | ErrorKind::Locked(_))
    }

    /// The file it concerns; empty when there is none.
    pub fn file(&self) -> &str {
        &self.0.file
    }

    /// The line it concerns, from 1; 0 when there is none.
    pub fn line(&self) -> u64 {
        self.0.line
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.0.file.is_empty() {
            write!(f, "{}", self.0.file)?;
            if self.0.line > 0 {
                write!(f, ":{}", self.0.line)?;
            }
            write!(f, ": ")?;
        } else if self.0.line > 0 {
            write!(f, "line {}: ", self.0.line)?;
        }
        write!(f, "{}", self.0.kind)?;
        if !self.0.remedy.is_empty() {
            write!(f, "; {}", self.0.remedy)?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0.kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_says_where_what_and_what_to_do() {
        let error = Error::new(ErrorKind::NoTurns("no line begins with a name".into()))
            .in_file("minutes.txt")
            .at_line(3)
            .remedy("name the format with --input-format");
        assert_eq!(
            error.to_string(),
            "minutes.txt:3: no turns were found: no line begins with a name; name the format with --input-format"
        );
    }
}
