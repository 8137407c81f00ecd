//! Files that several sessions share, made from the reports in the archive.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::archive::{Archive, IndexedSession, Output};
use rapporteur::corpus::CompiledDefinition;
use rapporteur::definition::Target;
use rapporteur::write::Layout;
use rapporteur::{Error, Result};

use crate::io::messages::Messages;
use crate::io::stop::Stop;

use crate::run::files::{RenderedFile, Staging, path_text, remove_stale};
use crate::run::pages;
use crate::run::plan::is_there;
use crate::run::work::{OutputKind, Writer, values};

/// What shared files are made of and where they go.
pub(crate) struct SharedContext<'a> {
    pub(crate) compiled: &'a Arc<CompiledDefinition>,
    pub(crate) archive: &'a Archive,
    pub(crate) staging: &'a mut Staging,
    pub(crate) messages: &'a dyn Messages,
    pub(crate) stop: &'a Stop,
}

/// Work on shared files that came to its end, or was stopped before.
pub(crate) enum Completion<T> {
    Done(T),
    Stopped,
}

impl<T> Completion<T> {
    pub(crate) fn is_stopped(&self) -> bool {
        matches!(self, Completion::Stopped)
    }
}

/// SharedFile files that are up to date, and what failed.
#[derive(Default)]
pub(crate) struct SharedUpdate {
    pub(crate) files: Vec<SharedFile>,
    pub(crate) failures: Vec<Error>,
}

/// A shared file, and whether it had to be written.
pub(crate) struct SharedFile {
    pub(crate) output: Output,
    pub(crate) written: bool,
}

/// The shared files as they are, where no session came after them and all are there.
///
/// # Errors
/// When the archive cannot be read.
pub(crate) fn as_they_are(archive: &Archive) -> Result<Option<Vec<SharedFile>>> {
    let before = archive.shared_outputs()?;
    let is_current = !archive.are_shared_outputs_due()? && before.iter().all(is_there);
    Ok(is_current.then(|| before.into_iter().map(|output| SharedFile { output, written: false }).collect()))
}

/// Brings every shared file up to date, beside tables that are so already.
///
/// # Errors
/// When the archive cannot be used. A file that cannot be written is a failure in the update.
pub(crate) fn update(
    kinds: &[OutputKind],
    context: &mut SharedContext<'_>,
    update: &mut SharedUpdate,
) -> Result<Completion<()>> {
    let archive = context.archive;
    let before = archive.shared_outputs()?;
    for table in &update.files {
        archive.put_shared_output(&table.output)?;
    }
    let kinds: Vec<&OutputKind> = kinds.iter().filter(|kind| !kind.template.is_of_session()).collect();
    let sessions = if kinds.is_empty() { Vec::new() } else { archive.index()? };
    for kind in kinds {
        for (target, sessions) in by_target(kind, &sessions) {
            match one(kind, target, &sessions, context, &before) {
                Ok(Completion::Done(file)) => update.files.extend(file),
                Ok(Completion::Stopped) => return Ok(Completion::Stopped),
                Err(error) => update.failures.push(error),
            }
        }
    }
    let now: Vec<Output> = update.files.iter().map(|file| file.output.clone()).collect();
    if update.failures.is_empty() {
        remove_stale(&before, &now);
        for gone in before.iter().filter(|output| !now.iter().any(|o| o.path == output.path)) {
            archive.drop_shared_output(&gone.path)?;
        }
        archive.set_shared_outputs_due(false)?;
    }
    Ok(Completion::Done(()))
}

fn by_target<'s>(
    kind: &OutputKind,
    sessions: &'s [IndexedSession],
) -> BTreeMap<Target, Vec<&'s IndexedSession>> {
    let mut targets: BTreeMap<Target, Vec<&IndexedSession>> = BTreeMap::new();
    for session in sessions {
        let IndexedSession { path, number, id, title, date, sha256, .. } = session;
        let target = kind.template.expand(&values(path, *number, id, title, date, sha256));
        targets.entry(target).or_default().push(session);
    }
    targets
}

/// Brings one shared file up to date; none where nothing is left to make it of.
fn one(
    kind: &OutputKind,
    target: Target,
    sessions: &[&IndexedSession],
    context: &mut SharedContext<'_>,
    before: &[Output],
) -> Result<Completion<Option<SharedFile>>> {
    let (path, archive) = (path_text(&target), context.archive);
    if let Some(input) = archive.owner_of(&path)?.filter(|input| !input.is_empty()) {
        let message = format!("the file for several sessions is also the file for {input}");
        return Err(Error::usage(message).in_file(&path).remedy("give it another path in the definition"));
    }
    let (text, digest) = match kind.writer {
        Writer::Reports(write) => {
            let mut reports = Vec::with_capacity(sessions.len());
            for session in sessions {
                if context.stop.is_told() {
                    return Ok(Completion::Stopped);
                }
                reports.push(archive.report(session)?);
            }
            let layout = Layout { several: true, ..Layout::PLAIN };
            match context.stop.unless_told(move || write(&reports, layout))? {
                Some(text) => (text?, None),
                None => return Ok(Completion::Stopped),
            }
        }
        Writer::Page(write) => {
            let there = before.iter().find(|output| output.path == path && is_there(output));
            match pages::of(&path, sessions, there.is_some(), write, context)? {
                Completion::Done(Some((text, digest))) => (text, Some(digest)),
                Completion::Done(None) => {
                    let kept = there.map(|output| SharedFile { output: output.clone(), written: false });
                    return Ok(Completion::Done(kept));
                }
                Completion::Stopped => return Ok(Completion::Stopped),
            }
        }
    };
    let file = RenderedFile::new(target, text.into_bytes());
    let output = file.output();
    let written = !(before.contains(&output) && is_there(&output));
    if written {
        context.staging.write(std::slice::from_ref(&file))?;
        archive.put_shared_output(&output)?;
    }
    if let Some(digest) = digest {
        archive.set_made_of(&path, &digest)?;
    }
    Ok(Completion::Done(Some(SharedFile { output, written })))
}
