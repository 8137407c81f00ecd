//! One or many sources through the same process: in parallel, in order, one failure at a time.

use std::fmt::Write;

use indicatif::{ProgressBar, ProgressState, ProgressStyle};
use rapporteur::definition::InputSettings;
use rapporteur::model::{Report, Roster, Session, Warning};
use rapporteur::people::{Directory, Known};
use rapporteur::pipeline::{Input, Opened};
use rapporteur::write::Format;
use rapporteur::{Error, Result};
use rayon::prelude::*;

use crate::args::Common;
use crate::io::files::Destination;
use crate::io::input::{self, Source};
use crate::io::output::Outcome;
use crate::io::{limits, output};

/// Warnings of one session that are shown before the rest is only counted.
const SHOWN_WARNINGS: usize = 3;

/// What came of all sources.
pub(crate) struct Batch {
    /// The reports in the order of the sources.
    pub(crate) reports: Vec<Report>,
    /// What failed, in the same order.
    pub(crate) failures: Vec<Error>,
    /// What was left out of folders, for the user.
    left_out: Vec<String>,
    /// Speakers of the roster that no session was matched with.
    unmatched: Vec<String>,
    /// Whether more than one session was asked for.
    several: bool,
}

/// Reads every source and makes a report of each of its sessions.
///
/// `prepare` looks at a source once and gives what makes the reports of its sessions. Where there
/// are several sources, a first pass collects what they tell of the people in them. Nothing is read
/// where a destination may not be written.
pub(crate) fn reports<P>(
    inputs: &[String],
    settings: &InputSettings,
    roster: Roster,
    destinations: &[&Destination],
    common: &Common,
    prepare: impl Fn(&Input) -> P + Sync,
) -> Result<Batch>
where
    P: Fn(&Session, &Known) -> Result<Report> + Sync,
{
    let mut sources = input::sources(inputs, settings.follow_links)?;
    destinations.iter().try_for_each(|destination| destination.check())?;
    let alone = sources.len() == 1;
    if !alone {
        sources.iter_mut().try_for_each(Source::hold)?;
    }
    let known = if !alone {
        rapporteur::prepare::known(roster, &sources, |source| {
            let _timed = limits::begin(&source.path);
            match source.open(settings) {
                Ok((_, Opened::Sessions(sessions))) => Directory::of(&sessions),
                _ => Directory::default(),
            }
        })
    } else {
        Known { roster, ..Known::default() }
    };
    let tells = known.directory != Directory::default();
    let together = (!alone && tells).then_some(sources.len() as u64);
    let bar = progress(sources.len(), common.quiet);
    let results: Vec<Vec<Done>> = sources
        .par_iter()
        .map(|source| {
            let results = sessions(source, settings, &known, (alone, together), &prepare);
            bar.inc(1);
            results
        })
        .collect();
    bar.finish_and_clear();
    // A folder may hold any number of sessions, whatever it holds today.
    let from_folder = sources.iter().any(|source| source.folder.is_some());
    let several = from_folder || results.iter().map(Vec::len).sum::<usize>() > 1;
    let mut batch = Batch {
        reports: Vec::new(),
        failures: Vec::new(),
        left_out: Vec::new(),
        unmatched: Vec::new(),
        several,
    };
    let is_transcript =
        |at: usize| !results.get(at).is_some_and(|done| matches!(done.as_slice(), [Done::LeftOut(_)]));
    let empty = input::without_transcript(&sources, is_transcript);
    for done in results.into_iter().flatten() {
        match done {
            Done::Reported(report) => batch.reports.push(*report),
            Done::Failed(error) => batch.failures.push(error),
            Done::LeftOut(message) => batch.left_out.push(message),
        }
    }
    batch.failures.extend(empty);
    let unmatched = rapporteur::prepare::unmatched(&known.roster, &batch.reports);
    batch.unmatched = unmatched.into_iter().map(str::to_owned).collect();
    Ok(batch)
}

/// What came of a session, or of a source without one.
enum Done {
    Reported(Box<Report>),
    Failed(Error),
    /// What stands beside the transcripts of a folder, for the user.
    LeftOut(String),
}

fn sessions<P>(
    source: &Source,
    settings: &InputSettings,
    known: &Known,
    (alone, together): (bool, Option<u64>),
    prepare: &impl Fn(&Input) -> P,
) -> Vec<Done>
where
    P: Fn(&Session, &Known) -> Result<Report> + Sync,
{
    let _timed = limits::begin(&source.path);
    let (input, sessions) = match source.open(settings) {
        Ok((input, Opened::Sessions(sessions))) => (input, sessions),
        Ok((_, Opened::Other(why))) => return vec![Done::LeftOut(source.left_out(&why))],
        Err(error) => return vec![Done::Failed(error)],
    };
    let process = prepare(&input);
    drop(input);
    let report = |session: &Session, known: &Known| match process(session, known) {
        Ok(mut report) => {
            report.read_together = together;
            Done::Reported(Box::new(report))
        }
        Err(error) => Done::Failed(error.in_file(&source.path)),
    };
    if alone && sessions.len() > 1 {
        let known = Known { roster: known.roster.clone(), directory: Directory::of(&sessions) };
        return sessions.par_iter().map(|session| report(session, &known)).collect();
    }
    sessions.par_iter().map(|session| report(session, known)).collect()
}

/// A bar on a terminal where there is something to wait for, else nothing.
pub(crate) fn progress(n_inputs: usize, quiet: bool) -> ProgressBar {
    if quiet || n_inputs < 2 {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len}, {rate}, {eta} left")
        .unwrap_or_else(|_| ProgressStyle::default_bar())
        .with_key("rate", |state: &ProgressState, to: &mut dyn Write| {
            // A bar that cannot be written to shows nothing, and that is all.
            let _ = write!(to, "{:.1} a second", state.per_sec());
        });
    ProgressBar::new(n_inputs as u64).with_style(style)
}

impl Batch {
    /// Writes the reports and says what was worked around and what failed.
    ///
    /// Nothing is written where every session failed.
    pub(crate) fn finish(
        self,
        format: &Format,
        destination: &Destination,
        common: &Common,
    ) -> Result<Outcome> {
        let layout = output::layout(common.color, destination.file(), self.several);
        if !self.reports.is_empty() {
            let text = (format.write)(&self.reports, layout)?;
            match layout.styled {
                true => destination.write_styled(&text)?,
                false => destination.write(&text)?,
            }
        }
        // The text of `inspect` and JSON hold the warnings themselves.
        if !common.quiet && format.name != "json" {
            let summarized = self.reports.iter().filter(|report| report.summaries.is_some());
            summarized.for_each(|report| warn(&report.session.source.path, &report.warnings));
        }
        if !common.quiet {
            self.left_out.iter().for_each(|message| output::warn(message));
        }
        if !common.quiet && !self.unmatched.is_empty() {
            let names = self.unmatched.join(", ");
            output::warn(&format!("no session has these speakers of the roster: {names}"));
        }
        self.failures.iter().for_each(output::complain);
        Ok(match self.failures.as_slice() {
            [] => Outcome::Done,
            failures if self.reports.is_empty() && failures.iter().all(Error::is_usage) => Outcome::BadUsage,
            _ => Outcome::SomeFailed,
        })
    }
}

/// Says what was worked around in a source.
pub(crate) fn warn(path: &str, warnings: &[Warning]) {
    for warning in warnings.iter().take(SHOWN_WARNINGS) {
        let line = if warning.line > 0 { format!(":{}", warning.line) } else { String::new() };
        output::warn(&format!("{path}{line}: {}", warning.message));
    }
    let rest = warnings.len().saturating_sub(SHOWN_WARNINGS);
    if rest > 0 {
        output::warn(&format!("{path}: {rest} more; `rapporteur inspect` shows all"));
    }
}
