//! Keeping what was made: files first, then the archive, one input after the other in their order.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::archive::{Archive, Failure, Output, ProcessedInput, SessionEntry};
use rapporteur::definition::Definition;
use rapporteur::model::Roster;
use rapporteur::{Error, ErrorKind, Result};

use crate::io::companions::CompanionCache;
use crate::io::progress::Bar;
use crate::io::stop::Stop;

use crate::run::account::{Account, Mark};
use crate::run::execute::RunContext;
use crate::run::files::{RenderedFile, Staging, path_text, remove_stale};
use crate::run::order::in_order;
use crate::run::plan::{DueState, PlannedInput};
use crate::run::shared::{self, Completion, SharedContext, SharedUpdate};
use crate::run::tables;
use crate::run::work::{InputResult, Job, Session, failure, work_all};

/// Sessions that were made within this time are kept in one transaction.
const TOGETHER: Duration = Duration::from_secs(1);

/// What a run needs to keep what it makes, and what it has kept.
pub(crate) struct ActiveRun<'a> {
    pub(crate) context: &'a RunContext<'a>,
    pub(crate) stop: &'a Stop,
    pub(crate) job: Job,
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

/// An input and how it stands to the archive of each run; none of those that do not take it.
struct DueInput<'p> {
    path: &'p str,
    of_runs: Vec<Option<&'p PlannedInput>>,
}

/// How far a run had come when its archive was last committed: how many of the inputs that are due in any run, and its
/// account.
#[derive(Clone, Copy)]
struct Committed {
    n_inputs: usize,
    mark: Mark,
}

/// How the work on all that is due ended.
pub(crate) enum End {
    /// With the last input.
    Done,
    /// Before it, for the program was told to.
    Stopped,
    /// By an error in one of the runs.
    Broken {
        /// The run.
        run: usize,
        /// What broke it.
        error: Error,
    },
}

/// Works on all that is due in any of some runs over the same inputs: each input is read once for all.
pub(crate) fn work_through(runs: &mut [ActiveRun<'_>], planned: &[Vec<PlannedInput>], stop: &Stop) -> End {
    for (run, planned) in runs.iter_mut().zip(planned) {
        planned.iter().filter(|planned| !planned.standing.is_due()).for_each(|passed| run.pass_over(passed));
    }
    let due = due_inputs(planned);
    let shows = runs.first().is_some_and(|run| run.context.messages.shows_progress());
    let bar = Bar::new(due.len(), 1, !shows);
    let mut committed: Vec<Committed> = runs.iter().map(|run| run.at(0)).collect();
    let broken = keep_in_order(runs, &due, &bar, stop, &mut committed);
    bar.finish();
    for ((at, run), committed) in runs.iter_mut().enumerate().zip(&committed) {
        let left =
            due.iter().skip(committed.n_inputs).filter_map(|due| due.of_runs.get(at).copied().flatten());
        left.for_each(|planned| run.account.pass_over(planned));
    }
    let is_all = committed.iter().all(|committed| committed.n_inputs == due.len());
    match broken {
        Some((run, error)) => End::Broken { run, error },
        None if !is_all && stop.is_told() => End::Stopped,
        None => End::Done,
    }
}

/// What is due in any run, in the order in which the runs have it.
fn due_inputs(planned: &[Vec<PlannedInput>]) -> Vec<DueInput<'_>> {
    let mut due: Vec<DueInput<'_>> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for (run, inputs) in planned.iter().enumerate() {
        for input in inputs.iter().filter(|input| input.standing.is_due()) {
            let place = *places.entry(&input.path).or_insert_with(|| {
                due.push(DueInput { path: &input.path, of_runs: vec![None; planned.len()] });
                due.len() - 1
            });
            due[place].of_runs[run] = Some(input);
        }
    }
    due
}

/// Keeps what is due in the order of the inputs, and notes what is committed; the run that broke and the error, where
/// one did.
fn keep_in_order(
    runs: &mut [ActiveRun<'_>],
    due: &[DueInput<'_>],
    bar: &Bar,
    stop: &Stop,
    committed: &mut [Committed],
) -> Option<(usize, Error)> {
    let jobs: Vec<Job> = runs.iter().map(|run| run.job.clone()).collect();
    let wanted: Vec<(String, Vec<bool>)> = due
        .iter()
        .map(|due| (due.path.to_owned(), due.of_runs.iter().map(Option::is_some).collect()))
        .collect();
    let cache = CompanionCache::default();
    let made = move |index: usize| {
        let (path, of_runs) = wanted.get(index)?;
        let jobs = jobs.iter().zip(of_runs).filter(|(_, wanted)| **wanted);
        Some(work_all(path, &jobs.map(|(job, _)| job).collect::<Vec<_>>(), &cache))
    };
    let mut at_work = 0;
    let mut result = each(runs, &mut at_work, |_, run| run.archive.begin());
    if result.is_ok() {
        let (mut n_kept, mut since) = (0, Instant::now());
        let keep = |index: usize, worked: Option<Vec<InputResult>>| {
            let of_runs = due.get(index).map_or(&[][..], |due| &due.of_runs);
            let mut worked = worked.into_iter().flatten();
            each(runs, &mut at_work, |at, run| match of_runs.get(at).copied().flatten() {
                Some(planned) => worked.next().map_or(Ok(()), |worked| run.keep(planned, worked, bar)),
                None => Ok(()),
            })?;
            n_kept += 1;
            rapporteur::corpus::Progress::advance(bar, 1);
            if since.elapsed() >= TOGETHER {
                commit(runs, &mut at_work, n_kept, committed)?;
                each(runs, &mut at_work, |_, run| run.archive.begin())?;
                since = Instant::now();
            }
            let ends = runs.iter().any(|run| run.context.fail_fast && run.account.counts.failed > 0);
            Ok(if ends { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
        };
        result = in_order(due.len(), made, || stop.is_told(), keep);
        result = result.and_then(|()| commit(runs, &mut at_work, n_kept, committed));
    }
    let error = result.err()?;
    for (run, committed) in runs.iter_mut().zip(committed) {
        run.archive.roll_back();
        run.account.back_to(&committed.mark);
    }
    Some((at_work, error))
}

/// Does something in each run; `at_work` is the run that is at work, which is the one that an error is of.
fn each<'a>(
    runs: &mut [ActiveRun<'a>],
    at_work: &mut usize,
    mut act: impl FnMut(usize, &mut ActiveRun<'a>) -> Result<()>,
) -> Result<()> {
    runs.iter_mut().enumerate().try_for_each(|(at, run)| {
        *at_work = at;
        act(at, run)
    })
}

/// Commits each archive, and notes how far it has come.
fn commit(
    runs: &mut [ActiveRun<'_>],
    at_work: &mut usize,
    n_inputs: usize,
    committed: &mut [Committed],
) -> Result<()> {
    each(runs, at_work, |at, run| {
        run.archive.commit()?;
        committed[at] = run.at(n_inputs);
        Ok(())
    })
}

impl ActiveRun<'_> {
    /// How far it has come.
    fn at(&self, n_inputs: usize) -> Committed {
        Committed { n_inputs, mark: self.account.mark() }
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
            if is_read { self.job.compiled.fingerprint(&worked.content_sha256) } else { String::new() };
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
                let (compiled, archive) = (&self.job.compiled, self.archive);
                let mut context = SharedContext { compiled, archive, staging, messages, stop };
                archive.begin()?;
                let updated = shared::update(&self.job.kinds, &mut context, &mut made)
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
