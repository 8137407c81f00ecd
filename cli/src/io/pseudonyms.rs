//! The file with the key to the codes that stand for voices: a secret, and the name of each code. Who has it can tell
//! who is who; nobody else can.

use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use rapporteur::model::{Pseudonyms, Roster};
use rapporteur::{Error, Result};
use serde::{Deserialize, Serialize};

use crate::io::files::{paths, reads};
use crate::io::output::pretty;

/// The name of the format.
const SCHEMA: &str = "rapporteur/pseudonyms/1";

/// Bytes of a secret.
const SECRET: usize = 32;

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Key {
    schema: String,
    /// In hexadecimal.
    secret: String,
    /// The name of each code.
    voices: BTreeMap<String, String>,
}

/// The codes that are in use, and the files of their keys.
static IN_USE: Mutex<Vec<(String, Pseudonyms)>> = Mutex::new(Vec::new());

/// The codes by the key in a file, for voices as the roster has them; a file that is not there is made.
///
/// # Errors
/// When it cannot be read, is no key, or cannot be made.
pub(crate) fn load(path: &str, roster: Roster) -> Result<Pseudonyms> {
    let key = match read(path)? {
        Some(key) => key,
        None => {
            let mut secret = [0; SECRET];
            getrandom::fill(&mut secret).map_err(|error| {
                Error::usage(format!("the system gives no random bytes: {error}")).in_file(path)
            })?;
            let secret = secret.iter().map(|byte| format!("{byte:02x}")).collect();
            let key = Key { schema: SCHEMA.to_owned(), secret, voices: BTreeMap::new() };
            write(path, &key)?;
            key
        }
    };
    reads::note(path);
    let codes = Pseudonyms::new(secret(&key.secret).ok_or_else(|| broken(path))?, roster);
    IN_USE.lock().unwrap_or_else(PoisonError::into_inner).push((path.to_owned(), codes.clone()));
    Ok(codes)
}

/// The key in a file; nothing where there is no file.
fn read(path: &str) -> Result<Option<Key>> {
    match std::fs::read_to_string(paths::path(path)) {
        Ok(text) => {
            let key: Key = serde_json::from_str(&text).map_err(|_| broken(path))?;
            if key.schema == SCHEMA { Ok(Some(key)) } else { Err(broken(path)) }
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) if error.kind() == std::io::ErrorKind::InvalidData => Err(broken(path)),
        Err(error) => Err(Error::io(path, &error)),
    }
}

fn broken(path: &str) -> Error {
    Error::usage("this is no key to pseudonyms")
        .in_file(path)
        .remedy("name the file that --pseudonymize made, or one that is not there yet")
}

fn secret(text: &str) -> Option<[u8; SECRET]> {
    let digits = text.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).ok());
    let bytes: Option<Vec<u8>> = digits.map(|pair| u8::from_str_radix(pair?, 16).ok()).collect();
    bytes?.try_into().ok()
}

/// Writes the names of the codes that were given into their files.
///
/// # Errors
/// When a file cannot be written.
pub(crate) fn write_names() -> Result<()> {
    let in_use = IN_USE.lock().unwrap_or_else(PoisonError::into_inner).clone();
    for (path, codes) in in_use {
        let Some(mut key) = read(&path)? else { continue };
        let n_known = key.voices.len();
        // A code keeps the name that it was given first.
        codes.given().into_iter().for_each(|(code, name)| {
            key.voices.entry(code).or_insert(name);
        });
        if key.voices.len() > n_known {
            write(&path, &key)?;
        }
    }
    Ok(())
}

/// Writes a key whole or not at all, for its owner alone.
fn write(path: &str, key: &Key) -> Result<()> {
    let (place, text) = (paths::path(path), pretty(key)?);
    let failed = |error: std::io::Error| Error::io(path, &error);
    let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    let beside = folder.join(format!(".{name}.{}", std::process::id()));
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let put = || -> std::io::Result<()> {
        let mut file = options.open(&beside)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        std::fs::rename(&beside, &place)
    };
    put().map_err(|error| {
        let _ = std::fs::remove_file(&beside);
        failed(error)
    })
}
