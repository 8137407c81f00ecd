//! Paths as text, for reports and messages, and back to the file.
//!
//! On Unix a file name is any bytes. Bytes that are no UTF-8 are written `\xHH`, and so is the backslash
//! of a name that holds `\xHH` itself: two paths never have the same text, and each text leads back to
//! its file. Every other path is its own text.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::builder::{OsStringValueParser, TypedValueParser};

/// An argument that is a path, as text.
pub(crate) fn parser() -> impl TypedValueParser<Value = String> {
    OsStringValueParser::new().map(|argument: OsString| text(Path::new(&argument)))
}

/// The text of a path.
#[cfg(unix)]
pub(crate) fn text(path: &Path) -> String {
    use std::os::unix::ffi::OsStrExt;
    let bytes = path.as_os_str().as_bytes();
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        let valid = chunk.valid();
        for (at, character) in valid.char_indices() {
            match character {
                '\\' if escape_at(valid, at).is_some() => text.push_str("\\x5C"),
                _ => text.push(character),
            }
        }
        chunk.invalid().iter().for_each(|byte| text.push_str(&format!("\\x{byte:02X}")));
    }
    text
}

/// The path that a text stands for. A name that nobody has escaped is taken as it is where only that
/// leads to a file.
#[cfg(unix)]
pub(crate) fn path(text: &str) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    let mut bytes = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(&byte) = text.as_bytes().get(at) {
        let escaped = if byte == b'\\' { escape_at(text, at) } else { None };
        bytes.push(escaped.unwrap_or(byte));
        at += if escaped.is_some() { ESCAPE } else { 1 };
    }
    let (path, literal) = (PathBuf::from(OsString::from_vec(bytes)), PathBuf::from(text));
    if path != literal && path.symlink_metadata().is_err() && literal.symlink_metadata().is_ok() {
        return literal;
    }
    path
}

/// Bytes of `\xHH`.
#[cfg(unix)]
const ESCAPE: usize = 4;

/// The byte that `\xHH` at this place stands for.
#[cfg(unix)]
fn escape_at(text: &str, at: usize) -> Option<u8> {
    let digits = text.get(at..at + ESCAPE)?.strip_prefix("\\x")?;
    // `from_str_radix` would take a sign.
    let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hex.then(|| u8::from_str_radix(digits, 16).ok()).flatten()
}

/// The text of a path.
#[cfg(not(unix))]
pub(crate) fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// The path that a text stands for.
#[cfg(not(unix))]
pub(crate) fn path(text: &str) -> PathBuf {
    PathBuf::from(text)
}

#[cfg(all(test, unix))]
mod tests {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    use super::*;

    #[test]
    fn every_name_leads_back_to_its_file_and_no_two_have_the_same_text() {
        let names: [(&[u8], &str); 8] = [
            (b"panel.txt", "panel.txt"),
            ("sitzung-größe.txt".as_bytes(), "sitzung-größe.txt"),
            (b"caf\xe9.txt", "caf\\xE9.txt"),
            (b"caf\\xE9.txt", "caf\\x5CxE9.txt"),
            (b"caf\\x5CxE9.txt", "caf\\x5Cx5CxE9.txt"),
            (b"\xff\xfe", "\\xFF\\xFE"),
            (b"a\\b", "a\\b"),
            (b"\\x+1\xc3", "\\x+1\\xC3"),
        ];
        for (name, expected) in names {
            let original = Path::new(OsStr::from_bytes(name));
            assert_eq!(text(original), expected);
            assert_eq!(path(expected), original, "{expected}");
        }
    }
}
