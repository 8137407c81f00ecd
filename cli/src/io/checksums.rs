//! Checksums of files, and of sources together with the files beside them.

use std::collections::BTreeMap;
use std::io::Read;
use std::sync::{Mutex, PoisonError};

use rapporteur::read::{self, Companion};
use rapporteur::{Error, Result};
use sha2::{Digest, Sha256};

use crate::io::companions::paths_beside;
use crate::io::input;

/// The checksums of files that complete many sources, each read once.
#[derive(Debug, Default)]
pub(crate) struct Checksums(Mutex<BTreeMap<String, String>>);

impl Checksums {
    /// The checksum of a source, which has one itself, together with the files beside it.
    pub(crate) fn with_companions(&self, source: &str, sha256: &str, follow_links: bool) -> String {
        let paths = paths_beside(source, follow_links);
        let sums: Vec<String> = paths.iter().map(|path| self.of_file(path)).collect();
        joined(sha256, &sums)
    }

    /// The checksum of a file; where it cannot be read, its source fails when its turn comes and says why.
    fn of_file(&self, path: &str) -> String {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(path).cloned();
        known.unwrap_or_else(|| {
            let sum = digest(path).map(|(_, sum)| sum).unwrap_or_default();
            self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), sum.clone());
            sum
        })
    }
}

/// The checksum of a source together with files beside it that were read.
pub(crate) fn with_companions(sha256: &str, companions: &[Companion]) -> String {
    let sums: Vec<String> = companions.iter().map(|companion| companion.file().sha256).collect();
    joined(sha256, &sums)
}

/// One checksum of several: that of the source where it stands alone.
fn joined(sha256: &str, others: &[String]) -> String {
    match others {
        [] => sha256.to_owned(),
        _ => read::sha256(format!("{sha256} {}", others.join(" ")).as_bytes()),
    }
}

/// Size and SHA-256 of a file.
pub(crate) fn digest(path: &str) -> Result<(u64, String)> {
    let failed = |error| Error::io(path, &error);
    let mut file = input::regular_file(path).map_err(failed)?;
    let (mut hash, mut bytes) = (Sha256::new(), 0);
    let mut buffer = vec![0; 1 << 16];
    loop {
        let read = file.read(&mut buffer).map_err(failed)?;
        if read == 0 {
            return Ok((bytes, hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()));
        }
        hash.update(buffer.get(..read).unwrap_or_default());
        bytes += read as u64;
    }
}
