//! The vocabulary that says how common words are beside a session.

use std::sync::Arc;

use crate::definition::InputSettings;
use crate::error::{Error, Result};
use crate::stats::parse_vocabulary;

/// Reads the vocabulary in `bytes` into the settings, with its path and checksum.
///
/// # Errors
/// When it is no readable vocabulary, or not the one whose checksum the settings name.
pub fn read_background(path: &str, bytes: &[u8], settings: &mut InputSettings) -> Result<()> {
    let found = parse_vocabulary(bytes).map_err(|error| error.in_file(path))?;
    let sha256 = crate::read::sha256(bytes);
    if settings.background_sha256.as_ref().is_some_and(|expected| *expected != sha256) {
        let error = Error::usage("the vocabulary is not the one that the definition was made with");
        return Err(error.in_file(path).remedy("remove background_sha256 to accept it as it is now"));
    }
    settings.background = Some(path.to_owned());
    settings.background_sha256 = Some(sha256);
    settings.term_statistics = Some(Arc::new(found));
    Ok(())
}
