//! What there is to do: every input with its digest, held against the archive.

use std::collections::BTreeMap;

use crate::archive::{Failure, InputState, Output, Status};
use rapporteur::corpus::CompiledDefinition;
use rayon::prelude::*;

use crate::io::checksums::{Checksums, digest};
use crate::io::input;

/// How an input stands to the archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum DueState {
    /// It was not there before.
    New,
    /// It, or what is made of it, is another by now.
    Changed,
    /// Its outputs are gone or of another size.
    Lacking,
    /// It is done.
    Unchanged,
    /// It failed before and is the same.
    FailedBefore,
    /// It failed before and is tried again.
    Again,
}

impl DueState {
    /// What is said of it to a reader.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            DueState::New => "new",
            DueState::Changed => "changed",
            DueState::Lacking => "outputs missing",
            DueState::Unchanged => "unchanged",
            DueState::FailedBefore => "failed before",
            DueState::Again => "to be tried again",
        }
    }

    /// Whether there is something to do.
    pub(crate) fn is_due(&self) -> bool {
        !matches!(self, DueState::Unchanged | DueState::FailedBefore)
    }
}

/// An input and what is known of it before it is worked on.
#[derive(Debug)]
pub(crate) struct PlannedInput {
    pub(crate) path: String,
    pub(crate) bytes: Option<u64>,
    pub(crate) sha256: String,
    pub(crate) standing: DueState,
    /// What the archive has of it.
    pub(crate) failures: Vec<Failure>,
    pub(crate) outputs: Vec<Output>,
}

/// Holds every input against the archive, in parallel.
pub(crate) fn plan(
    paths: Vec<String>,
    compiled: &CompiledDefinition,
    mut states: BTreeMap<String, InputState>,
    retry_failed: bool,
) -> Vec<PlannedInput> {
    let known: Vec<_> = paths.into_iter().map(|path| (states.remove(&path), path)).collect();
    let checksums = Checksums::default();
    let one = |(state, path)| planned(path, state, compiled, &checksums, retry_failed);
    known.into_par_iter().map(one).collect()
}

fn planned(
    path: String,
    state: Option<InputState>,
    compiled: &CompiledDefinition,
    checksums: &Checksums,
    retry_failed: bool,
) -> PlannedInput {
    // An input that cannot be read, or is more than a reader takes, fails when its turn comes and says why.
    let digest = if input::is_too_large(&path) { None } else { digest(&path).ok() };
    let (bytes, sha256) = digest.map_or((None, String::new()), |(bytes, sha)| (Some(bytes), sha));
    let Some(state) = state else {
        let standing = DueState::New;
        return PlannedInput { path, bytes, sha256, standing, failures: Vec::new(), outputs: Vec::new() };
    };
    let follow_links = compiled.definition().input.follow_links;
    let is_same = bytes.is_some()
        && state.fingerprint
            == compiled.fingerprint(&checksums.with_companions(&path, &sha256, follow_links));
    let standing = match (is_same, state.status) {
        (false, _) => DueState::Changed,
        (true, Status::Failed) if retry_failed || state.failures.iter().any(|f| f.passing) => DueState::Again,
        (true, Status::Failed) => DueState::FailedBefore,
        (true, Status::Done) if !state.outputs.iter().all(is_there) => DueState::Lacking,
        (true, Status::Done) => DueState::Unchanged,
    };
    PlannedInput { path, bytes, sha256, standing, failures: state.failures, outputs: state.outputs }
}

/// Whether a file is still there in its size. Reading it all would cost as much as making it.
pub(crate) fn is_there(output: &Output) -> bool {
    std::fs::metadata(&output.path).is_ok_and(|file| file.is_file() && file.len() == output.bytes)
}
