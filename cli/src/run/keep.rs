//! Keeping what was made: files first, then the archive, one input after the other in their order.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::archive::{Archive, Failure, Output, ProcessedInput, SessionEntry};
use rapporteur::corpus::CompiledDefinition;
use rapporteur::definition::Definition;
use rapporteur::model::Roster;
use rapporteur::{Error, ErrorKind, Result};

use crate::io::companions::CompanionCache;
use crate::io::progress::Bar;
use crate::io::stop::Stop;

use crate::run::account::Account;
use crate::run::execute::RunContext;
use crate::run::files::{RenderedFile, Staging, path_text, remove_stale};
use crate::run::order::in_order;
use crate::run::plan::{DueState, PlannedInput};
use crate::run::shared::{self, Completion, SharedContext, SharedUpdate};
use crate::run::tables;
use crate::run::work::{InputResult, OutputKind, Session, failure, work};

/// Sessions that were made within this time are kept in one transaction.
const TOGETHER: Duration = Duration::from_secs(1);

/// What a run needs to keep what it makes, and what it has kept.
pub(crate) struct ActiveRun<'a> {
    pub(crate) context: &'a RunContext<'a>,
    pub(crate) stop: &'a Stop,
    pub(crate) compiled: Arc<CompiledDefinition>,
    pub(crate) kinds: Arc<[OutputKind]>,
    pub(crate) archive: &'a Archive,
    pub(crate) staging: Staging,
    pub(crate) account: Account,
    pub(crate) run: i64,
    /// The paths of all inputs.
    pub(crate) paths: BTreeSet<String>,
    /// Inputs of earlier runs that are gone, by the content they had: one of them may have been moved.
    pub(crate) vanished: BTreeMap<String, (String, Vec<Output>)>,
    pub(crate) keeps_reports: bool,
}

impl ActiveRun<'_> {
    /// Works on all that is due; whether the run was stopped before the end.
    pub(crate) fn all(&mut self, planned: &[PlannedInput]) -> Result<bool> {
        planned.iter().filter(|planned| !planned.standing.is_due()).for_each(|passed| self.pass_over(passed));
        let due: Vec<&PlannedInput> = planned.iter().filter(|planned| planned.standing.is_due()).collect();
        let bar = Bar::new(due.len(), 1, !self.context.messages.shows_progress());
        let result = self.in_order(&due, &bar);
        bar.finish();
        let n_kept = match &result {
            Ok(n_kept) | Err((n_kept, _)) => *n_kept,
        };
        due.iter().skip(n_kept).for_each(|left| self.account.pass_over(left));
        result.map(|n_kept| n_kept < due.len() && self.stop.is_told()).map_err(|(_, error)| error)
    }

    fn pass_over(&mut self, passed: &PlannedInput) {
        self.account.pass_over(passed);
        if passed.standing == DueState::FailedBefore {
            for failure in &passed.failures {
                let why = "failed before and is the same; --retry-failed tries again";
                self.context.messages.failure(&format!("{} ({why})", failure.message));
            }
        }
    }

    /// Keeps what is due in the order of the inputs; how many are kept, with the error that ended it.
    fn in_order(&mut self, due: &[&PlannedInput], bar: &Bar) -> std::result::Result<usize, (usize, Error)> {
        let (mut n_kept, mut committed) = (0, (0, self.account.mark()));
        let (stop, archive) = (self.stop, self.archive);
        let (compiled, kinds) = (Arc::clone(&self.compiled), Arc::clone(&self.kinds));
        let paths: Vec<String> = due.iter().map(|planned| planned.path.clone()).collect();
        let cache = CompanionCache::default();
        let made = move |index: usize| paths.get(index).map(|path| work(path, &compiled, &kinds, &cache));
        let mut since = Instant::now();
        let mut keep = |index: usize, worked: Option<InputResult>| {
            if let Some((planned, worked)) = due.get(index).zip(worked) {
                self.keep(planned, worked, bar)?;
            }
            n_kept += 1;
            rapporteur::corpus::Progress::advance(bar, 1);
            if since.elapsed() >= TOGETHER {
                archive.commit()?;
                committed = (n_kept, self.account.mark());
                archive.begin()?;
                since = Instant::now();
            }
            let ends = self.context.fail_fast && self.account.counts.failed > 0;
            Ok(if ends { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
        };
        let result = archive.begin().and_then(|()| in_order(due.len(), made, || stop.is_told(), &mut keep));
        match result.and_then(|()| archive.commit()) {
            Ok(()) => Ok(n_kept),
            Err(error) => {
                archive.roll_back();
                let (n_kept, mark) = committed;
                self.account.back_to(&mark);
                Err((n_kept, error))
            }
        }
    }

    /// Keeps what came of one input.
    fn keep(&mut self, planned: &PlannedInput, mut worked: InputResult, bar: &Bar) -> Result<()> {
        let path = &planned.path;
        let mut before = planned.outputs.clone();
        if let Some((old, outputs)) = self.vanished.remove(&worked.sha256) {
            self.archive.forget(&old)?;
            before.extend(outputs);
        }
        let kept = self.write_all(path, &mut worked)?;
        let outputs: Vec<Output> =
            kept.iter().flat_map(|session| session.files.iter().map(RenderedFile::output)).collect();
        self.put(path, &worked, &kept, &outputs)?;
        if kept.is_empty() {
            self.account.add_outputs(&planned.outputs, path, false);
        } else {
            remove_stale(&before, &outputs);
            self.account.add_outputs(&outputs, path, true);
        }
        kept.iter().for_each(|session| self.account.add_session(path, session));
        self.account.add(planned, &worked);
        let messages = &self.context.messages;
        bar.suspend(|| worked.failures.iter().for_each(|failure| messages.failure(&failure.message)));
        Ok(())
    }

    /// Writes the files of all sessions of an input; the sessions that could be written. What could
    /// not is added to the failures.
    fn write_all(&mut self, path: &str, worked: &mut InputResult) -> Result<Vec<Session>> {
        let (mut kept, mut taken) = (Vec::new(), BTreeSet::new());
        for session in std::mem::take(&mut worked.sessions) {
            match self.write(path, &session, &mut taken)? {
                Ok(()) => kept.push(session),
                Err(error) => {
                    let id = &session.made.report.session.id;
                    worked.failures.push(Failure { passing: true, ..failure(id, error) });
                }
            }
        }
        Ok(kept)
    }

    fn put(&self, path: &str, worked: &InputResult, kept: &[Session], outputs: &[Output]) -> Result<()> {
        let sessions: Vec<SessionEntry<'_>> = kept
            .iter()
            .map(|session| SessionEntry {
                number: session.number,
                part: &session.made.part,
                report: self.keeps_reports.then_some(&session.made.report),
            })
            .collect();
        let is_read = !worked.sha256.is_empty();
        let fingerprint =
            if is_read { self.compiled.fingerprint(&worked.content_sha256) } else { String::new() };
        self.archive.put(
            self.run,
            &ProcessedInput {
                path,
                bytes: worked.bytes,
                sha256: &worked.sha256,
                fingerprint: &fingerprint,
                sessions: &sessions,
                failures: &worked.failures,
                outputs,
            },
        )
    }

    /// Writes the files of a session, unless one of them is another session's.
    fn write(
        &mut self,
        path: &str,
        session: &Session,
        taken: &mut BTreeSet<String>,
    ) -> Result<std::result::Result<(), Error>> {
        for file in &session.files {
            let name = path_text(&file.target);
            let owner = self.archive.owner_of(&name)?.filter(|owner| self.is_rival(owner, path));
            let owner = if taken.insert(name.to_lowercase()) { owner } else { Some(path.to_owned()) };
            if let Some(owner) = owner {
                let whose = if owner.is_empty() { "several sessions".to_owned() } else { owner };
                let id = &session.made.report.session.id;
                let message = format!("{name}, the file of session “{id}”, is that of {whose} already");
                let remedy = "tell them apart in the definition's path, with {file}, {number} or {hash}";
                return Ok(Err(Error::usage(message).in_file(path).remedy(remedy)));
            }
        }
        // A line about an input names the input first.
        let of_input = |error: Error| Error::new(ErrorKind::Io(error.to_string())).in_file(path);
        Ok(self.staging.write(&session.files).map_err(of_input))
    }

    /// Whether a file of this owner must be left to it: it is still there, and another.
    fn is_rival(&self, owner: &str, path: &str) -> bool {
        owner != path && (owner.is_empty() || self.paths.contains(owner) || Path::new(owner).exists())
    }

    /// Brings the files of several sessions up to date; whether the run was stopped before they were.
    pub(crate) fn share(&mut self, definition: &Definition, roster: &Roster) -> Result<bool> {
        if let Some(files) = shared::as_they_are(self.archive)? {
            files.into_iter().for_each(|file| self.account.add_outputs(&[file.output], "", file.written));
            return Ok(false);
        }
        let (messages, stop, staging) = (self.context.messages.as_ref(), self.stop, &mut self.staging);
        let tables = tables::write(definition, roster, self.archive, staging, messages, stop)?;
        let mut made = SharedUpdate::default();
        let is_stopped = match tables {
            Completion::Stopped => true,
            Completion::Done(tables) => {
                made = tables;
                let (compiled, archive) = (&self.compiled, self.archive);
                let mut context = SharedContext { compiled, archive, staging, messages, stop };
                archive.begin()?;
                let updated = shared::update(&self.kinds, &mut context, &mut made)
                    .and_then(|progress| archive.commit().map(|()| progress));
                updated.inspect_err(|_| archive.roll_back())?.is_stopped()
            }
        };
        made.failures.iter().for_each(|error| self.account.fail(error));
        for file in made.files {
            self.account.add_outputs(&[file.output], "", file.written);
        }
        Ok(is_stopped)
    }
}
