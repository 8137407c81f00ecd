//! A run from its lock to its manifest.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use crate::archive::{self, Archive, Holder, InputState, Lock, Outcome, Output, RunRecord, StartedBy};
use chrono::{DateTime, Utc};
use rapporteur::TOOL;
use rapporteur::definition::{Definition, Target};
use rapporteur::model::Manifest;
use rapporteur::{Error, Result};

use crate::io::clock::{now, stamp};
use crate::io::files::{paths, replace};
use crate::io::output::pretty;
use crate::io::stop::Stop;
use crate::io::{input, output};

use crate::run::account::{Account, Heading};
use crate::run::files::{Rendered, Staging};
use crate::run::keep::Keeper;
use crate::run::plan::plan;
use crate::run::tables;
use crate::run::work::{Kind, kinds};
use crate::run::{Settled, inputs};

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
    /// What broke it, where something did.
    pub(crate) error: Option<Error>,
}

impl Finished {
    /// Makes a run fail that went well, for what was to be done after it failed.
    ///
    /// # Errors
    /// When its account cannot be written again.
    pub(crate) fn fail(&mut self, definition: &Definition, message: String) -> Result<()> {
        self.outcome = Outcome::SomeFailed;
        self.manifest.outcome = self.outcome.name().to_owned();
        self.manifest.errors.push(message);
        if let Some(run) = self.manifest.run {
            let archive = Archive::create(archive_of(definition)?)?;
            archive.fail_run(run, &pretty(&self.manifest.of_changes())?)?;
        }
        match definition.outputs.as_ref().and_then(|outputs| outputs.manifest.as_deref()) {
            Some(file) => replace(Path::new(file), &pretty(&self.manifest)?),
            None => Ok(()),
        }
    }
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
/// When nothing could be started. What breaks a run later is told by the result; what was kept until
/// then stays, and the next run goes on from there.
pub(crate) fn execute(order: &Order<'_>, stop: &Stop) -> Result<Finished> {
    let (definition, started) = (order.definition, now());
    let Settled { definition: settled, roster, recipe } = Settled::new(definition)?;
    let (recipe, kinds) = (Arc::new(recipe), Arc::from(kinds(definition)?));
    let path = archive_of(definition)?;
    let gathered = input::gather(&definition.input.paths, definition.input.follow_links)?;
    let lock = Lock::take(path, &holder(definition, started))?;
    if let Some(before) = lock.left_behind().filter(|_| !order.quiet) {
        output::note(&format!(
            "process {} on {} ended in the middle of a run that began at {}: this run goes on from there",
            before.pid, before.host, before.since
        ));
    }
    let archive = sound(path)?;
    archive.claim(&definition.name)?;
    let due = order.due.map(stamp);
    let run = archive.start_run(&definition.name, TOOL, order.started_by, due.as_deref(), &stamp(started))?;
    let states = archive.inputs()?;
    let (all, settings, known, quiet) =
        (gathered.clone(), definition.input.clone(), states.clone(), order.quiet);
    let told = stop.unless_told(move || inputs(all, &settings, &known, quiet))?;
    let paths = told.unwrap_or_else(|| gathered.into_iter().map(|file| file.path).collect());
    let vanished = vanished(&states, &paths);
    let (all, held, retry_failed) = (paths.clone(), Arc::clone(&recipe), order.retry_failed);
    let planned = stop.unless_told(move || plan(all, &held, states, retry_failed))?;
    let manifest = definition.outputs.as_ref().and_then(|o| o.manifest.as_deref()).map(Target::literal);
    let mut keeper = Keeper {
        order,
        stop,
        recipe,
        kinds: Arc::clone(&kinds),
        archive: &archive,
        staging: Staging::new(path, &folders(definition, &kinds)),
        account: Account::default(),
        run,
        paths: paths.iter().cloned().collect(),
        vanished,
        keeps_reports: kinds.iter().any(|kind| !kind.template.is_of_session()),
    };
    keeper
        .staging
        .reserve([path, &lock.path().to_string_lossy()].into_iter().chain(settled.input.roster.as_deref()));
    keeper.staging.reserve(paths.iter().map(String::as_str));
    let result = match planned {
        Some(planned) => keeper.all(&planned).and_then(|is_stopped| match is_stopped {
            true => Ok(true),
            false => keeper.share(&settled, &roster),
        }),
        None => {
            paths.into_iter().for_each(|path| keeper.account.leave(path));
            Ok(true)
        }
    };
    let result = result.map(|is_stopped| if is_stopped { Outcome::Stopped } else { Outcome::Done });
    let heading = Heading { definition: &settled, order, started };
    close(keeper, &heading, result, manifest)
}

/// Opens an archive; a damaged one is mended first.
fn sound(path: &str) -> Result<Archive> {
    let error = match Archive::create(path).and_then(|archive| archive.check().map(|()| archive)) {
        Err(error) if archive::is_damage(&error) => error,
        opened => return opened,
    };
    let Some(mended) = Archive::mend(path)? else { return Err(error) };
    output::warn(&format!(
        "{path}: the archive was damaged and is made anew from what could be read: {} rows of {} sessions; {} \
         pages or rows were lost. The damaged file is {} now. All inputs that are there are read again",
        mended.n_rows,
        mended.n_sessions,
        mended.n_lost,
        mended.damaged.display()
    ));
    Archive::create(path)
}

/// Writes the account of a run into the archive and into its file.
fn close(
    keeper: Keeper<'_>,
    heading: &Heading<'_>,
    result: Result<Outcome>,
    file: Option<Target>,
) -> Result<Finished> {
    let Keeper { mut account, mut staging, archive, run, .. } = keeper;
    let (mut outcome, mut error) = match result {
        Ok(Outcome::Done) if account.has_failures() => (Outcome::SomeFailed, None),
        Ok(outcome) => (outcome, None),
        Err(error) => {
            account.fail(&error);
            (Outcome::Broken, Some(error))
        }
    };
    let (counts, finished) = (account.counts, now());
    let mut manifest = account.manifest(heading, Some(run), finished, outcome.name())?;
    let record = RunRecord {
        finished: &stamp(finished),
        outcome,
        inputs: counts.inputs,
        done: counts.done,
        unchanged: counts.unchanged,
        failed: counts.failed,
        manifest: &pretty(&manifest.of_changes())?,
    };
    let recorded = archive.finish_run(run, &record);
    let written = match file {
        None => Ok(()),
        Some(target) => staging.write(&[Rendered::new(target, pretty(&manifest)?.into_bytes())]),
    };
    // What broke the run is told first; that its account could not be written either is no news then.
    if let (None, Err(failed)) = (&error, recorded.and(written)) {
        outcome = Outcome::Broken;
        manifest.outcome = outcome.name().to_owned();
        manifest.errors.push(failed.to_string());
        error = Some(failed);
    }
    Ok(Finished { outcome, manifest, error })
}

/// The manifest of a run that could not be started, for those who wait for one.
///
/// # Errors
/// When it cannot be made, which is a bug.
pub(crate) fn not_started(order: &Order<'_>, error: &Error) -> Result<Manifest> {
    let mut account = Account::default();
    account.fail(error);
    let heading = Heading { definition: order.definition, order, started: now() };
    account.manifest(&heading, None, now(), "not started")
}

/// Notes in the archive that a run could not be started, so that its failure is told once.
///
/// # Errors
/// When the archive cannot be used.
pub(crate) fn note_not_started(order: &Order<'_>, manifest: &str) -> Result<()> {
    let (definition, started) = (order.definition, now());
    let path = archive_of(definition)?;
    let _lock = Lock::take(path, &holder(definition, started))?;
    let archive = Archive::create(path)?;
    archive.claim(&definition.name)?;
    let (due, at) = (order.due.map(stamp), stamp(started));
    let run = archive.start_run(&definition.name, TOOL, order.started_by, due.as_deref(), &at)?;
    let outcome = Outcome::Broken;
    let record = RunRecord { finished: &at, outcome, inputs: 0, done: 0, unchanged: 0, failed: 0, manifest };
    archive.finish_run(run, &record)
}

/// The output folders of a run.
fn folders(definition: &Definition, kinds: &[Kind]) -> Vec<String> {
    let outputs = definition.outputs.as_ref();
    let manifest = outputs.and_then(|outputs| outputs.manifest.as_deref()).map(Target::literal);
    let tables = outputs.and_then(|outputs| outputs.tables.as_ref()).map(tables::place);
    let of_kinds = kinds.iter().map(|kind| kind.template.folder().to_owned());
    of_kinds.chain(manifest.into_iter().chain(tables).map(|target| target.folder)).collect()
}

/// Inputs of earlier runs that are gone, by the content they had: one of them may have been moved.
fn vanished(
    states: &BTreeMap<String, InputState>,
    paths: &[String],
) -> BTreeMap<String, (String, Vec<Output>)> {
    let paths: BTreeSet<&String> = paths.iter().collect();
    let gone = states.iter().filter(|(path, state)| {
        !paths.contains(path) && !state.sha256.is_empty() && !paths::path(path).exists()
    });
    gone.map(|(path, state)| (state.sha256.clone(), (path.clone(), state.outputs.clone()))).collect()
}
