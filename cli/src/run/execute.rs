//! A run from its lock to its manifest.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use crate::archive::{self, Archive, Holder, InputState, Lock, Outcome, Output, RunRecord, StartedBy};
use chrono::{DateTime, Utc};
use rapporteur::TOOL;
use rapporteur::definition::{Definition, Target};
use rapporteur::model::Manifest;
use rapporteur::{Error, ErrorKind, Result};

use crate::io::clock::{now, stamp};
use crate::io::companions::paths_beside;
use crate::io::files::{paths, replace};
use crate::io::input;
use crate::io::messages::Messages;
use crate::io::output::pretty;
use crate::io::pseudonyms;
use crate::io::stop::Stop;

use crate::run::account::{Account, Heading};
use crate::run::files::{RenderedFile, Staging};
use crate::run::keep::{ActiveRun, End, work_through};
use crate::run::plan::{PlannedInput, plan};
use crate::run::tables;
use crate::run::work::{Job, OutputKind, kinds};
use crate::run::{LoadedDefinition, inputs};

/// What is to be run, how, and who is told of it.
#[derive(Clone)]
pub struct RunContext<'a> {
    /// What is made of which inputs.
    pub definition: &'a Definition,
    /// Whether the run ends at the first input of which something fails.
    pub fail_fast: bool,
    /// Whether inputs that failed before and are the same are tried again.
    pub retry_failed: bool,
    /// What the archive notes as the reason for the run.
    pub started_by: StartedBy,
    /// The due time that the run serves, of a scheduled run.
    pub due: Option<DateTime<Utc>>,
    /// Who is told how it goes.
    pub messages: Arc<dyn Messages>,
}

/// A run that is over.
#[derive(Debug)]
pub struct FinishedRun {
    /// How it ended.
    pub outcome: Outcome,
    /// The account of the run, input by input.
    pub manifest: Manifest,
    /// What broke it, where something did.
    pub error: Option<Error>,
}

impl FinishedRun {
    /// Tells how it went: what failed, and the run in a line.
    pub fn report(&self, definition: &Definition, messages: &dyn Messages) {
        self.manifest.errors.iter().for_each(|error| messages.failure(error));
        messages.note(&summary(definition, &self.manifest));
    }

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

/// A run in a line.
fn summary(definition: &Definition, manifest: &Manifest) -> String {
    let counts = &manifest.counts;
    let mut parts = vec![format!("{} done", counts.done)];
    for (count, what) in
        [(counts.unchanged, "unchanged"), (counts.failed, "failed"), (counts.left, "left to do")]
    {
        if count > 0 {
            parts.push(format!("{count} {what}"));
        }
    }
    let inputs = if counts.inputs == 1 { "1 input".to_owned() } else { format!("{} inputs", counts.inputs) };
    let rate = if manifest.seconds > 0.0 && counts.done > 0 {
        format!(", {:.1} a second", counts.done as f64 / manifest.seconds)
    } else {
        String::new()
    };
    let account = definition.outputs.as_ref().and_then(|outputs| outputs.manifest.as_deref());
    let account = account.map_or_else(String::new, |path| format!("; account in {path}"));
    format!("{}: {inputs}: {} in {:.1} s{rate}{account}", definition.name, parts.join(", "), manifest.seconds)
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
pub fn execute(context: &RunContext<'_>, stop: &Stop) -> Result<FinishedRun> {
    let finished = execute_all(std::slice::from_ref(context), stop)?.pop();
    finished.ok_or_else(|| Error::new(ErrorKind::Internal("a run came to no end".to_owned())))
}

/// Runs several definitions, each with its archive, over the inputs of the first: each input is read once for all
/// whose settings of input are the same.
///
/// # Errors
/// As [`execute`], and when two definitions name the same archive.
pub fn execute_all(contexts: &[RunContext<'_>], stop: &Stop) -> Result<Vec<FinishedRun>> {
    let Some(first) = contexts.first() else { return Ok(Vec::new()) };
    let mut archives = BTreeSet::new();
    for context in contexts {
        let path = archive_of(context.definition)?;
        if !archives.insert(path) {
            let message = format!("two of the definitions name the archive {path}");
            return Err(Error::usage(message).remedy("give each definition an archive of its own"));
        }
    }
    let input = &first.definition.input;
    let gathered = input::gather(&input.paths, input.follow_links)?;
    let opened: Vec<OpenedRun<'_>> = contexts.iter().map(OpenedRun::new).collect::<Result<_>>()?;
    let (mut active, mut planned) = (Vec::new(), Vec::new());
    for opened in &opened {
        let (run, due) = opened.start(&gathered, stop)?;
        active.push(run);
        planned.push(due);
    }
    let all: Option<Vec<Vec<PlannedInput>>> = planned.into_iter().collect();
    let mut end = match &all {
        Some(planned) => work_through(&mut active, planned, stop),
        None => {
            for run in &mut active {
                let paths: Vec<String> = run.paths.iter().cloned().collect();
                paths.into_iter().for_each(|path| run.account.leave(path));
            }
            End::Stopped
        }
    };
    let mut finished = Vec::with_capacity(active.len());
    for (at, (mut run, opened)) in active.into_iter().zip(&opened).enumerate() {
        let result = match &mut end {
            End::Done => run.share(&opened.loaded.definition, &opened.loaded.roster),
            End::Stopped => Ok(true),
            End::Broken { run, error } if *run == at => Err(error.clone()),
            End::Broken { error, .. } => Err(Error::new(ErrorKind::Io(error.to_string()))),
        };
        let result = result.map(|is_stopped| if is_stopped { Outcome::Stopped } else { Outcome::Done });
        let heading = Heading {
            definition: &opened.loaded.definition,
            context: opened.context,
            started: opened.started,
        };
        finished.push(close(run, &heading, result, opened.manifest())?);
    }
    pseudonyms::write_names()?;
    Ok(finished)
}

/// A run that has its archive.
struct OpenedRun<'a> {
    context: &'a RunContext<'a>,
    started: DateTime<Utc>,
    loaded: LoadedDefinition,
    job: Job,
    lock: Lock,
    archive: Archive,
}

impl<'a> OpenedRun<'a> {
    fn new(context: &'a RunContext<'a>) -> Result<Self> {
        let (definition, started) = (context.definition, now());
        let loaded = LoadedDefinition::new(definition)?;
        let job = Job { compiled: Arc::new(loaded.compiled.clone()), kinds: Arc::from(kinds(definition)?) };
        let path = archive_of(definition)?;
        let lock = Lock::take(path, &holder(definition, started))?;
        if let Some(before) = lock.left_behind() {
            context.messages.note(&format!(
                "process {} on {} ended in the middle of a run that began at {}: this run goes on from there",
                before.pid, before.host, before.since
            ));
        }
        let archive = sound(path, context.messages.as_ref())?;
        archive.claim(&definition.name)?;
        Ok(OpenedRun { context, started, loaded, job, lock, archive })
    }

    /// Where the account of the run is written.
    fn manifest(&self) -> Option<Target> {
        let outputs = self.context.definition.outputs.as_ref();
        outputs.and_then(|outputs| outputs.manifest.as_deref()).map(Target::literal)
    }

    /// Notes the run in its archive and plans it; no plan where the program was told to stop before there was one.
    fn start(
        &'a self,
        gathered: &[input::Gathered],
        stop: &'a Stop,
    ) -> Result<(ActiveRun<'a>, Option<Vec<PlannedInput>>)> {
        let (context, definition, archive) = (self.context, self.context.definition, &self.archive);
        let due = context.due.map(stamp);
        let started = stamp(self.started);
        let run = archive.start_run(&definition.name, TOOL, context.started_by, due.as_deref(), &started)?;
        let states = archive.inputs()?;
        let (all, settings, known) = (gathered.to_vec(), definition.input.clone(), states.clone());
        let messages = Arc::clone(&context.messages);
        let told = stop.unless_told(move || inputs(all, &settings, &known, messages.as_ref()))?;
        let paths = told.unwrap_or_else(|| gathered.iter().map(|file| file.path.clone()).collect());
        let vanished = vanished(&states, &paths);
        let (all, held, retry_failed) = (paths.clone(), Arc::clone(&self.job.compiled), context.retry_failed);
        let planned = stop.unless_told(move || plan(all, &held, states, retry_failed))?;
        let mut active = ActiveRun {
            context,
            stop,
            job: self.job.clone(),
            archive,
            staging: self.staging(&paths)?,
            account: Account::default(),
            run,
            paths: paths.into_iter().collect(),
            vanished,
            keeps_reports: self.job.kinds.iter().any(|kind| !kind.template.is_of_session()),
        };
        active.staging.reserve([&*self.lock.path().to_string_lossy()]);
        Ok((active, planned))
    }

    /// Where outputs are written, which is never what the run reads.
    fn staging(&self, paths: &[String]) -> Result<Staging> {
        let (definition, path) = (self.context.definition, archive_of(self.context.definition)?);
        let mut staging = Staging::new(path, &folders(definition, &self.job.kinds));
        staging.reserve([path].into_iter().chain(self.loaded.definition.input.roster.as_deref()));
        staging.reserve(paths.iter().map(String::as_str));
        let beside = paths.iter().flat_map(|path| paths_beside(path, definition.input.follow_links));
        let beside: BTreeSet<String> = beside.collect();
        staging.reserve(beside.iter().map(String::as_str));
        Ok(staging)
    }
}

/// Opens an archive; a damaged one is mended first.
fn sound(path: &str, messages: &dyn Messages) -> Result<Archive> {
    let error = match Archive::create(path).and_then(|archive| archive.check().map(|()| archive)) {
        Err(error) if archive::is_damage(&error) => error,
        opened => return opened,
    };
    let Some(mended) = Archive::mend(path)? else { return Err(error) };
    messages.warning(&format!(
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
    active: ActiveRun<'_>,
    heading: &Heading<'_>,
    result: Result<Outcome>,
    file: Option<Target>,
) -> Result<FinishedRun> {
    let ActiveRun { mut account, mut staging, archive, run, .. } = active;
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
        Some(target) => staging.write(&[RenderedFile::new(target, pretty(&manifest)?.into_bytes())]),
    };
    // What broke the run is told first; that its account could not be written either is no news then.
    if let (None, Err(failed)) = (&error, recorded.and(written)) {
        outcome = Outcome::Broken;
        manifest.outcome = outcome.name().to_owned();
        manifest.errors.push(failed.to_string());
        error = Some(failed);
    }
    Ok(FinishedRun { outcome, manifest, error })
}

/// The manifest of a run that could not be started, for those who wait for one.
///
/// # Errors
/// When it cannot be made, which is a bug.
pub(crate) fn not_started(context: &RunContext<'_>, error: &Error) -> Result<Manifest> {
    let mut account = Account::default();
    account.fail(error);
    let heading = Heading { definition: context.definition, context, started: now() };
    account.manifest(&heading, None, now(), "not started")
}

/// Notes in the archive that a run could not be started, so that its failure is told once.
///
/// # Errors
/// When the archive cannot be used.
pub(crate) fn note_not_started(context: &RunContext<'_>, manifest: &str) -> Result<()> {
    let (definition, started) = (context.definition, now());
    let path = archive_of(definition)?;
    let _lock = Lock::take(path, &holder(definition, started))?;
    let archive = Archive::create(path)?;
    archive.claim(&definition.name)?;
    let (due, at) = (context.due.map(stamp), stamp(started));
    let run = archive.start_run(&definition.name, TOOL, context.started_by, due.as_deref(), &at)?;
    let outcome = Outcome::Broken;
    let record = RunRecord { finished: &at, outcome, inputs: 0, done: 0, unchanged: 0, failed: 0, manifest };
    archive.finish_run(run, &record)
}

/// The output folders of a run.
fn folders(definition: &Definition, kinds: &[OutputKind]) -> Vec<String> {
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
