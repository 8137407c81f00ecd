//! A run from its lock to its manifest: sessions are made in parallel and kept one after the other.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use indicatif::ProgressBar;
use rapporteur::archive::{
    Archive, Failure, Holder, InputState, Lock, Outcome, Output, Processed, RunRecord, SessionEntry,
    StartedBy,
};
use rapporteur::model::Manifest;
use rapporteur::pipeline::TOOL;
use rapporteur::pipeline::definition::{Definition, Target};
use rapporteur::pipeline::run::Recipe;
use rapporteur::{Error, Result};
use rayon::prelude::*;

use crate::cli::args::read_roster;
use crate::cli::clock::{now, stamp};
use crate::cli::{batch, input, output};

use super::account::{Account, Heading};
use super::files::{Rendered, Staging, remove_stale};
use super::plan::{Planned, Standing, plan};
use super::shared;
use super::work::{Kind, Session, Worked, failure, kinds, work};

/// Sessions that were made within this time are kept in one transaction.
const TOGETHER: Duration = Duration::from_secs(1);

/// What is to be run, and how.
#[derive(Debug)]
pub(crate) struct Order<'a> {
    pub(crate) definition: &'a Definition,
    pub(crate) fail_fast: bool,
    pub(crate) retry_failed: bool,
    pub(crate) started_by: StartedBy,
    pub(crate) due: Option<DateTime<Utc>>,
    pub(crate) quiet: bool,
}

/// A run that is over.
#[derive(Debug)]
pub(crate) struct Finished {
    pub(crate) outcome: Outcome,
    pub(crate) manifest: Manifest,
}

/// The archive of a definition.
pub(crate) fn archive_of(definition: &Definition) -> Result<&str> {
    definition.archive.as_ref().map(|archive| archive.path.as_str()).ok_or_else(|| {
        Error::usage(format!("the definition “{}” names no archive", definition.name))
            .remedy("add \"archive\": {\"path\": \"out/archive.sqlite\"}: a run keeps there what it has done")
    })
}

/// Who takes a lock here and now.
fn holder(definition: &Definition, started: DateTime<Utc>) -> Holder {
    Holder {
        pid: std::process::id(),
        host: gethostname::gethostname().to_string_lossy().into_owned(),
        since: stamp(started),
        definition: definition.name.clone(),
    }
}

/// Runs a definition, unless somebody else holds its archive.
///
/// # Errors
/// When nothing could be started, and when the archive can be written no more; what was kept until
/// then stays, and the next run goes on from there.
pub(crate) fn execute(order: &Order<'_>, stop: &AtomicBool) -> Result<Finished> {
    let (definition, started) = (order.definition, now());
    let mut settled = definition.clone();
    let roster = read_roster(&mut settled.input)?;
    let recipe = Recipe::new(&settled, roster)?;
    let kinds = kinds(definition)?;
    let manifest = definition.outputs.as_ref().and_then(|o| o.manifest.as_deref()).map(manifest_target);
    let path = archive_of(definition)?;
    let paths = input::gather(&definition.input.paths)?;
    let lock = Lock::take(path, &holder(definition, started))?;
    if let Some(before) = lock.left_behind().filter(|_| !order.quiet) {
        output::note(&format!(
            "process {} on {} ended in the middle of a run that began at {}: this run goes on from there",
            before.pid, before.host, before.since
        ));
    }
    let archive = Archive::create(path)?;
    archive.claim(&definition.name)?;
    let due = order.due.map(stamp);
    let run = archive.start_run(&definition.name, TOOL, order.started_by, due.as_deref(), &stamp(started))?;
    let states = archive.inputs()?;
    let vanished = vanished(&states, &paths);
    let planned = plan(paths, &recipe, states, order.retry_failed);
    let kinds_folders: Vec<String> = kinds
        .iter()
        .map(|kind| kind.template.folder().to_owned())
        .chain(manifest.iter().map(|m| m.folder.clone()))
        .collect();
    let mut keeper = Keeper {
        order,
        recipe: &recipe,
        archive: &archive,
        staging: Staging::new(path, kinds_folders.iter().map(String::as_str)),
        account: Account::default(),
        run,
        paths: planned.iter().map(|planned| planned.path.clone()).collect(),
        vanished,
        keeps_reports: kinds.iter().any(|kind| !kind.template.is_of_session()),
        n_files_failed: 0,
    };
    let heading =
        Heading { definition: &settled, started_by: order.started_by.name(), due: order.due, started };
    let result = keeper.all(&planned, &kinds, stop);
    let result = result.and_then(|stopped| {
        if !stopped {
            keeper.share(&kinds)?;
        }
        Ok(stopped)
    });
    let finished = now();
    let outcome = match &result {
        Ok(true) => Outcome::Stopped,
        Ok(false) if keeper.account.counts.failed > 0 || keeper.n_files_failed > 0 => Outcome::SomeFailed,
        Ok(false) => Outcome::Done,
        Err(_) => Outcome::Broken,
    };
    let Keeper { account, mut staging, .. } = keeper;
    let counts = account.counts;
    let made = account.manifest(&heading, run, finished, outcome)?;
    let text = crate::cli::pretty(&made)?;
    let record = RunRecord {
        finished: &stamp(finished),
        outcome,
        inputs: counts.inputs,
        done: counts.done,
        unchanged: counts.unchanged,
        failed: counts.failed,
        manifest: &text,
    };
    let recorded = archive.finish_run(run, &record);
    // What broke the run is told first; that the log could not be written either is no news then.
    result?;
    recorded?;
    if let Some(target) = manifest {
        staging.write(&[Rendered::new(target, text.into_bytes())])?;
    }
    Ok(Finished { outcome, manifest: made })
}

fn manifest_target(path: &str) -> Target {
    let (folder, below) = path.rsplit_once('/').unwrap_or((".", path));
    let folder = if folder.is_empty() { "/" } else { folder };
    Target { folder: folder.to_owned(), below: below.to_owned() }
}

/// Inputs of earlier runs that are gone, by the content they had: one of them may have been moved.
fn vanished(
    states: &BTreeMap<String, InputState>,
    paths: &[String],
) -> BTreeMap<String, (String, Vec<Output>)> {
    let paths: BTreeSet<&String> = paths.iter().collect();
    let gone = states.iter().filter(|(path, state)| {
        !paths.contains(path) && !state.sha256.is_empty() && !Path::new(path).exists()
    });
    gone.map(|(path, state)| (state.sha256.clone(), (path.clone(), state.outputs.clone()))).collect()
}

/// Keeps what was made: files first, then the archive, one input after the other in their order.
struct Keeper<'a> {
    order: &'a Order<'a>,
    recipe: &'a Recipe,
    archive: &'a Archive,
    staging: Staging,
    account: Account,
    run: i64,
    paths: BTreeSet<String>,
    vanished: BTreeMap<String, (String, Vec<Output>)>,
    keeps_reports: bool,
    n_files_failed: u64,
}

impl Keeper<'_> {
    /// Works on all that is due; whether the run was stopped before the end.
    fn all(&mut self, planned: &[Planned], kinds: &[Kind], stop: &AtomicBool) -> Result<bool> {
        let due: Vec<&Planned> = planned.iter().filter(|planned| planned.standing.is_due()).collect();
        for passed in planned.iter().filter(|planned| !planned.standing.is_due()) {
            self.account.pass_over(passed);
            if passed.standing == Standing::FailedBefore {
                for failure in &passed.failures {
                    let why = "failed before and is the same; --retry-failed tries again";
                    output::complain_of(&format!("{} ({why})", failure.message));
                }
            }
        }
        let bar = batch::progress(due.len(), self.order.quiet);
        let (ended, recipe) = (AtomicBool::new(false), self.recipe);
        let is_over = || ended.load(Ordering::SeqCst) || stop.load(Ordering::SeqCst);
        let (sender, receiver) = sync_channel(rayon::current_num_threads());
        let result = std::thread::scope(|scope| {
            let (due, is_over) = (&due, &is_over);
            scope.spawn(move || make(due, recipe, kinds, sender, is_over));
            let result = self.in_order(due, receiver, &bar, &ended, stop);
            ended.store(true, Ordering::SeqCst);
            result
        });
        bar.finish_and_clear();
        result
    }

    /// Takes what was made as it comes and keeps it in the order of the inputs.
    fn in_order(
        &mut self,
        due: &[&Planned],
        made: Receiver<(usize, Worked)>,
        bar: &ProgressBar,
        ended: &AtomicBool,
        stop: &AtomicBool,
    ) -> Result<bool> {
        let (mut early, mut next) = (BTreeMap::new(), 0);
        let mut since = Instant::now();
        self.archive.begin()?;
        for (index, worked) in made {
            early.insert(index, worked);
            while let Some(worked) = early.remove(&next) {
                if ended.load(Ordering::SeqCst) || stop.load(Ordering::SeqCst) {
                    break;
                }
                if let Some(planned) = due.get(next) {
                    self.keep(planned, worked, bar)?;
                }
                next += 1;
                bar.inc(1);
                if self.order.fail_fast && self.account.counts.failed > 0 {
                    ended.store(true, Ordering::SeqCst);
                }
                if since.elapsed() >= TOGETHER {
                    self.archive.commit()?;
                    self.archive.begin()?;
                    since = Instant::now();
                }
            }
        }
        self.archive.commit()?;
        due.iter().skip(next).for_each(|left| self.account.pass_over(left));
        Ok(next < due.len() && stop.load(Ordering::SeqCst))
    }

    /// Keeps what came of one input.
    fn keep(&mut self, planned: &Planned, mut worked: Worked, bar: &ProgressBar) -> Result<()> {
        let path = &planned.path;
        let mut before = planned.outputs.clone();
        if let Some((old, outputs)) = self.vanished.remove(&worked.sha256) {
            self.archive.forget(&old)?;
            before.extend(outputs);
        }
        let (mut kept, mut outputs, mut taken) = (Vec::new(), Vec::new(), BTreeSet::new());
        for session in std::mem::take(&mut worked.sessions) {
            match self.write(path, &session, &mut taken)? {
                Ok(()) => {
                    outputs.extend(session.files.iter().map(Rendered::output));
                    kept.push(session);
                }
                Err(error) => {
                    let id = &session.made.report.session.id;
                    worked.failures.push(Failure { passing: true, ..failure(id, error) });
                }
            }
        }
        let entries: Vec<SessionEntry<'_>> = kept
            .iter()
            .map(|session| SessionEntry {
                number: session.number,
                part: &session.made.part,
                report: self.keeps_reports.then_some(&session.made.report),
            })
            .collect();
        let is_read = !worked.sha256.is_empty();
        let fingerprint = if is_read { self.recipe.fingerprint(&worked.sha256) } else { String::new() };
        self.archive.put(
            self.run,
            &Processed {
                path,
                bytes: worked.bytes,
                sha256: &worked.sha256,
                fingerprint: &fingerprint,
                sessions: &entries,
                failures: &worked.failures,
                outputs: &outputs,
            },
        )?;
        if kept.is_empty() {
            self.account.add_outputs(&planned.outputs, path, false);
        } else {
            remove_stale(&before, &outputs);
            self.account.add_outputs(&outputs, path, true);
        }
        kept.iter().for_each(|session| self.account.add_session(path, session));
        self.account.add(planned, &worked);
        bar.suspend(|| worked.failures.iter().for_each(|failure| output::complain_of(&failure.message)));
        Ok(())
    }

    /// Writes the files of a session, unless one of them is another session's.
    fn write(
        &mut self,
        path: &str,
        session: &Session,
        taken: &mut BTreeSet<String>,
    ) -> Result<std::result::Result<(), Error>> {
        for file in &session.files {
            let name = super::files::path_text(&file.target);
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
        Ok(self.staging.write(&session.files))
    }

    /// Whether a file of this owner must be left to it: it is still there, and another.
    fn is_rival(&self, owner: &str, path: &str) -> bool {
        owner != path && (owner.is_empty() || self.paths.contains(owner) || Path::new(owner).exists())
    }

    /// Brings the files of several sessions up to date.
    fn share(&mut self, kinds: &[Kind]) -> Result<()> {
        self.archive.begin()?;
        let is_changed = self.account.counts.sessions > 0;
        let (files, failures) = shared::update(kinds, self.archive, &mut self.staging, is_changed)?;
        self.archive.commit()?;
        for file in files {
            self.account.add_outputs(&[file.output], "", file.written);
        }
        self.n_files_failed += failures.len() as u64;
        failures.iter().for_each(output::complain);
        Ok(())
    }
}

/// Works on the inputs in parallel, in about their order, until the run is over.
fn make(
    due: &[&Planned],
    recipe: &Recipe,
    kinds: &[Kind],
    sender: SyncSender<(usize, Worked)>,
    is_over: &(impl Fn() -> bool + Sync),
) {
    due.iter().enumerate().par_bridge().for_each_with(sender, |sender, (index, planned)| {
        if !is_over() {
            // Nobody receives after a failure of the archive, and nothing more is wanted then.
            let _ = sender.send((index, work(&planned.path, recipe, kinds)));
        }
    });
}
