//! What a definition makes of a session, and the digest that tells whether it was made before.

use sha2::{Digest, Sha256};

use crate::error::{Error, ErrorKind, Result};
use crate::model::{Report, Session, SessionPart};

use super::compare::{self, Plan, Survey};
use super::definition::{Definition, OutputSettings};

/// A definition reduced to what decides the result, so that a new schedule, say, changes no report.
#[derive(Debug, Clone)]
pub struct Recipe {
    definition: Definition,
    digest: Sha256,
}

/// What comes of a session.
#[derive(Debug, Clone)]
pub struct Made {
    /// The report, for files to read.
    pub report: Report,
    /// What a comparison takes from it, for the archive.
    pub part: SessionPart,
}

impl Recipe {
    /// The recipe of a definition.
    ///
    /// # Errors
    /// When the definition cannot be written as JSON, which is a bug.
    pub fn new(definition: &Definition) -> Result<Recipe> {
        let mut definition = definition.clone();
        definition.about.clear();
        definition.input.paths.clear();
        definition.archive = None;
        definition.schedule = None;
        let files = definition.outputs.take().map(|outputs| outputs.files).unwrap_or_default();
        let with_files =
            Definition { outputs: Some(OutputSettings { files, manifest: None }), ..definition.clone() };
        let text = serde_json::to_vec(&with_files)
            .map_err(|error| Error::new(ErrorKind::Internal(error.to_string())))?;
        let mut digest = Sha256::new();
        for part in [super::TOOL.as_bytes(), &text] {
            digest.update((part.len() as u64).to_le_bytes());
            digest.update(part);
        }
        Ok(Recipe { definition, digest })
    }

    /// The definition as reports have it.
    pub fn definition(&self) -> &Definition {
        &self.definition
    }

    /// A digest of everything that decides the result for an input with this SHA-256: the content,
    /// the definition and the version of the program.
    pub fn fingerprint(&self, sha256: &str) -> String {
        let mut digest = self.digest.clone();
        digest.update(sha256.as_bytes());
        digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Makes the report of a session and what the archive keeps of it.
    ///
    /// # Errors
    /// When the definition names a speaker who is not in the session.
    pub fn make(&self, session: &Session) -> Result<Made> {
        let report = super::summarize(session, &self.definition)?;
        let settings = self.definition.compare.clone().unwrap_or_default();
        let plan = Plan::new(settings, &[Survey::new(session)])?;
        let part = compare::session(session, &session.id, &plan)?;
        Ok(Made { report, part })
    }
}
