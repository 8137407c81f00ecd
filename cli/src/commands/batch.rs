//! One or many sources through the same process, and what the user is told of them.

use rapporteur::corpus::{self, Reports};
use rapporteur::definition::{Definition, InputSettings};
use rapporteur::model::{Report, Roster};
use rapporteur::pipeline::Input;
use rapporteur::prepare::Prepared;
use rapporteur::write::Format;
use rapporteur::{Error, Result};

use crate::args::{CommonArguments, QuotingArguments};
use crate::io::files::Destination;
use crate::io::input::{self, Source};
use crate::io::output::{self, Outcome};
use crate::io::progress::Bar;

/// Reads every source and makes a report of each of its sessions, as [`corpus::reports`] does. Nothing is
/// read where a destination may not be written.
pub(crate) fn reports<P>(
    inputs: &[String],
    settings: &InputSettings,
    roster: Roster,
    destinations: &[&Destination],
    common: &CommonArguments,
    prepare: impl Fn(&Input) -> P + Sync,
) -> Result<Reports>
where
    P: Fn(&Prepared<'_>) -> Result<Report> + Send + Sync,
{
    let mut sources = input::sources(inputs, settings.follow_links)?;
    destinations.iter().try_for_each(|destination| destination.check())?;
    if sources.len() > 1 {
        sources.iter_mut().try_for_each(Source::hold)?;
    }
    let bar = Bar::new(sources.len(), 1, common.quiet);
    let reports = corpus::reports(&sources, settings, roster, &bar, prepare);
    bar.finish();
    Ok(reports)
}

/// Makes a report with quotations of each session, writes the reports and says what the user should know.
pub(crate) fn quote(
    inputs: &[String],
    arguments: &QuotingArguments,
    mut definition: Definition,
    common: &CommonArguments,
    report: impl Fn(&Prepared<'_>, &Definition) -> Result<Report> + Sync,
) -> Result<Outcome> {
    let destination = arguments.writing.destination()?;
    let roster = arguments.listed.roster(&mut definition.input)?;
    let (definition, report) = (&definition, &report);
    let batch = reports(inputs, &definition.input, roster, &[&destination], common, |_| {
        move |prepared: &Prepared<'_>| report(prepared, definition)
    })?;
    finish(batch, arguments.writing.format(), &destination, common)
}

/// Writes the reports and says what was worked around and what failed.
///
/// Nothing is written where every session failed.
pub(crate) fn finish(
    all: Reports,
    format: &Format,
    destination: &Destination,
    common: &CommonArguments,
) -> Result<Outcome> {
    let layout = output::layout(common.color, destination.file(), all.several);
    if !all.reports.is_empty() {
        let text = (format.write)(&all.reports, layout)?;
        match layout.styled {
            true => destination.write_styled(&text)?,
            false => destination.write(&text)?,
        }
    }
    // The text of `inspect` and JSON hold the warnings themselves.
    if !common.quiet && format.name != "json" {
        let summarized = all.reports.iter().filter(|report| report.summaries.is_some());
        summarized.for_each(|report| output::warn_of(&report.session.source.path, &report.warnings));
    }
    if !common.quiet {
        all.left_out.iter().for_each(|message| output::warn(message));
    }
    if !common.quiet && !all.unmatched.is_empty() {
        let names = all.unmatched.join(", ");
        output::warn(&format!("no session has these speakers of the roster: {names}"));
    }
    all.failures.iter().for_each(output::complain);
    Ok(match all.failures.as_slice() {
        [] => Outcome::Done,
        failures if all.reports.is_empty() && failures.iter().all(Error::is_usage) => Outcome::BadUsage,
        _ => Outcome::SomeFailed,
    })
}
