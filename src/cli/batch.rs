//! One or many sources through the same process: in parallel, in order, one failure at a time.

use std::path::Path;

use indicatif::{ProgressBar, ProgressStyle};
use rapporteur::model::{Report, Session};
use rapporteur::pipeline::{self, Input, InputSettings};
use rapporteur::write::Format;
use rapporteur::{Error, ErrorKind, Result};
use rayon::prelude::*;

use super::args::Common;
use super::{Outcome, input, output};

/// Warnings of one session that are shown before the rest is only counted.
const SHOWN_WARNINGS: usize = 3;

/// What came of all sources.
pub(super) struct Batch {
    /// The reports in the order of the sources.
    pub(super) reports: Vec<Report>,
    /// What failed, in the same order.
    pub(super) failures: Vec<Error>,
    /// Whether more than one session was asked for.
    several: bool,
}

/// Reads every source and makes a report of each of its sessions.
///
/// `prepare` looks at a source once and gives what makes the reports of its sessions.
pub(super) fn reports<P>(
    inputs: &[String],
    settings: &InputSettings,
    common: &Common,
    prepare: impl Fn(&Input) -> P + Sync,
) -> Result<Batch>
where
    P: Fn(&Session) -> Result<Report> + Sync,
{
    let paths = input::expand(inputs)?;
    let bar = progress(paths.len(), common.quiet);
    let results: Vec<Vec<Result<Report>>> = paths
        .par_iter()
        .map(|path| {
            let results = sessions(path, settings, &prepare);
            bar.inc(1);
            results
        })
        .collect();
    bar.finish_and_clear();
    // A folder may hold any number of sessions, whatever it holds today.
    let several = paths != inputs || results.iter().map(Vec::len).sum::<usize>() > 1;
    let mut batch = Batch { reports: Vec::new(), failures: Vec::new(), several };
    for result in results.into_iter().flatten() {
        match result {
            Ok(report) => batch.reports.push(report),
            Err(error) => batch.failures.push(error),
        }
    }
    Ok(batch)
}

fn sessions<P>(path: &str, settings: &InputSettings, prepare: &impl Fn(&Input) -> P) -> Vec<Result<Report>>
where
    P: Fn(&Session) -> Result<Report> + Sync,
{
    let opened = input::read(path).and_then(|input| Ok((prepare(&input), pipeline::open(&input, settings)?)));
    match opened {
        Ok((process, sessions)) => {
            sessions.par_iter().map(|session| process(session).map_err(|e| e.in_file(path))).collect()
        }
        Err(error) => vec![Err(error.in_file(path))],
    }
}

/// A bar on a terminal where there is something to wait for, else nothing.
pub(super) fn progress(n_inputs: usize, quiet: bool) -> ProgressBar {
    if quiet || n_inputs < 2 {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} {eta}");
    ProgressBar::new(n_inputs as u64).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

impl Batch {
    /// Writes the reports and says what was worked around and what failed.
    ///
    /// Nothing is written where every session failed.
    pub(super) fn finish(self, format: &Format, file: Option<&Path>, common: &Common) -> Result<Outcome> {
        let layout = output::layout(common.color, file, self.several);
        if !self.reports.is_empty() {
            let text = (format.write)(&self.reports, layout)?;
            output::emit(&text, file)?;
        }
        // The text of `inspect` and JSON hold the warnings themselves.
        if !common.quiet && format.name != "json" {
            self.reports.iter().filter(|report| report.summaries.is_some()).for_each(warn);
        }
        self.failures.iter().for_each(output::complain);
        let is_usage = |error: &Error| matches!(error.kind(), ErrorKind::Usage(_));
        Ok(match self.failures.as_slice() {
            [] => Outcome::Done,
            failures if self.reports.is_empty() && failures.iter().all(is_usage) => Outcome::BadUsage,
            _ => Outcome::SomeFailed,
        })
    }
}

fn warn(report: &Report) {
    let path = &report.session.source.path;
    for warning in report.warnings.iter().take(SHOWN_WARNINGS) {
        let line = if warning.line > 0 { format!(":{}", warning.line) } else { String::new() };
        output::warn(&format!("{path}{line}: {}", warning.message));
    }
    let rest = report.warnings.len().saturating_sub(SHOWN_WARNINGS);
    if rest > 0 {
        output::warn(&format!("{path}: {rest} more; `rapporteur inspect` shows all"));
    }
}
