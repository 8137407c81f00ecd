//! Parts of documents that are ZIP archives. The size of what is unpacked is limited, whatever the archive declares.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::error::{Error, ErrorKind, Result};

/// Most bytes of unpacked text.
const MAX_UNPACKED: u64 = 1 << 27;

/// A document that is broken beyond use.
pub(super) fn malformed(format: &'static str, reason: impl std::fmt::Display, remedy: &str) -> Error {
    Error::new(ErrorKind::Malformed { format, reason: reason.to_string() }).remedy(remedy)
}

/// The XML of a part of a document, never more than [`MAX_UNPACKED`].
pub(super) fn unpack(bytes: &[u8], part: &str, format: &'static str) -> Result<String> {
    let incomplete = "check that the file is complete, or save it again";
    let mut zip =
        ZipArchive::new(Cursor::new(bytes)).map_err(|error| malformed(format, error, incomplete))?;
    let entry = zip.by_name(part).map_err(|error| {
        let remedy = format!("save the document as {} without a password", format.to_uppercase());
        malformed(format, format!("{part}: {error}"), &remedy)
    })?;
    let mut unpacked = Vec::new();
    entry
        .take(MAX_UNPACKED + 1)
        .read_to_end(&mut unpacked)
        .map_err(|error| malformed(format, error, incomplete))?;
    if unpacked.len() as u64 > MAX_UNPACKED {
        let reason = format!("its text is larger than {} MiB when unpacked", MAX_UNPACKED >> 20);
        return Err(malformed(format, reason, "split the document"));
    }
    String::from_utf8(unpacked).map_err(|error| malformed(format, error, "save the document again"))
}
