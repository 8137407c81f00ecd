//! Warnings taken for failures.

use crate::error::{Error, ErrorKind};
use crate::model::Warning;

/// The failure that a warning is where nothing may be worked around.
pub(crate) fn strict(warning: &Warning, path: &str) -> Error {
    let reason = format!("{} (a warning, and --strict is on)", warning.message);
    let kind = ErrorKind::Malformed { format: "session", reason };
    let remedy = "mend the source, or read it without --strict";
    Error::new(kind).in_file(path).at_line(warning.line.into()).remedy(remedy)
}
