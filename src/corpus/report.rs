//! A report of each session of many sources.

use std::convert::Infallible;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use crate::definition::InputSettings;
use crate::error::{Error, Result};
use crate::model::{Report, Roster, Session, Text};
use crate::people::{Directory, Known};
use crate::pipeline::{Input, Opened};
use crate::prepare::{self, Prepared};
use crate::text;

use super::in_order;
use super::source::{Progress, Source};
use super::survey::without_session;

/// What came of all sources.
#[derive(Debug, Default)]
pub struct Reports {
    /// The reports in the order of the sources.
    pub reports: Vec<Report>,
    /// What failed, in the same order.
    pub failures: Vec<Error>,
    /// What was left out of folders, for the user.
    pub left_out: Vec<String>,
    /// Speakers of the roster that no session was matched with.
    pub unmatched: Vec<String>,
    /// Whether more than one session was asked for: a folder may hold any number.
    pub several: bool,
}

/// What came of a session, or of a source without one.
enum Outcome {
    Reported(Box<Report>),
    Failed(Error),
    LeftOut(String),
}

/// A source that was opened: what makes the reports of its sessions, and the sessions, each read.
type Read<P> = (P, Vec<(Session, Text)>);

/// Bytes of sources that are kept, read, between the passes; the others are opened and read twice. What is
/// read takes some five times the memory of its source.
const KEPT_BYTES: u64 = 16 << 20;

/// Opens every source and makes a report of each of its sessions.
///
/// `prepare` looks at the bytes of a source once and gives what makes the reports of its sessions. Where
/// there are several sources, a first pass collects what they tell of the people in them.
pub fn reports<S: Source, P>(
    sources: &[S],
    settings: &InputSettings,
    roster: Roster,
    progress: &impl Progress,
    prepare: impl Fn(&Input) -> P + Sync,
) -> Reports
where
    P: Fn(&Prepared<'_>) -> Result<Report> + Send + Sync,
{
    let is_alone = sources.len() == 1;
    let open = |source: &S| opened(source, settings, &prepare);
    let mut known = Known { roster, ..Known::default() };
    let kept = if is_alone { Vec::new() } else { first_pass(sources, open, progress, &mut known) };
    let tells = known.directory != Directory::default();
    let read_together = (!is_alone && tells).then_some(sources.len() as u64);
    let mut all = Reports { several: sources.iter().any(|s| s.folder().is_some()), ..Reports::default() };
    let (mut has_session, mut n_outcomes) = (Vec::with_capacity(sources.len()), 0);
    let jobs: Vec<(usize, &S)> = sources.iter().enumerate().collect();
    let work = |&(at, source): &(usize, &S)| {
        let _work = progress.begin(source.path());
        let kept = kept.get(at).and_then(|kept| kept.lock().unwrap_or_else(PoisonError::into_inner).take());
        match kept.unwrap_or_else(|| open(source)) {
            Ok(read) => of_source(source, read, &known, is_alone, read_together),
            Err(outcome) => vec![outcome],
        }
    };
    let take = |_: &(usize, &S), outcomes: Vec<Outcome>| {
        n_outcomes += outcomes.len();
        has_session.push(!matches!(outcomes.as_slice(), [Outcome::LeftOut(_)]));
        for outcome in outcomes {
            match outcome {
                Outcome::Reported(report) => all.reports.push(*report),
                Outcome::Failed(error) => all.failures.push(error),
                Outcome::LeftOut(message) => all.left_out.push(message),
            }
        }
        progress.advance(1);
        Ok::<(), Infallible>(())
    };
    // Nothing in `take` fails.
    let Ok(()) = in_order(&jobs, work, take);
    all.several |= n_outcomes > 1;
    all.failures.extend(without_session(sources, |at| has_session.get(at) == Some(&true)));
    let unmatched = prepare::unmatched(&known.roster, &all.reports);
    all.unmatched = unmatched.into_iter().map(str::to_owned).collect();
    all
}

/// What the first pass keeps of a source for the second, which takes it.
type Kept<P> = Mutex<Option<std::result::Result<Read<P>, Outcome>>>;

/// Collects what all sources tell of people, and keeps what was read of the first of them.
fn first_pass<S: Source, P: Send + Sync>(
    sources: &[S],
    open: impl Fn(&S) -> std::result::Result<Read<P>, Outcome> + Sync,
    progress: &impl Progress,
    known: &mut Known,
) -> Vec<Kept<P>> {
    let (mut kept, mut kept_bytes) = (Vec::with_capacity(sources.len()), 0);
    let work = |source: &S| {
        let _work = progress.begin(source.path());
        let read = open(source);
        let mut directory = Directory::default();
        let sessions = read.as_ref().map_or(&[][..], |(_, sessions)| sessions);
        sessions.iter().for_each(|(session, text)| directory.add(session, text));
        (read, directory)
    };
    let take = |source: &S, (read, told): (std::result::Result<Read<P>, Outcome>, Directory)| {
        known.directory.merge(told);
        let first = read.as_ref().ok().and_then(|(_, sessions)| sessions.first());
        kept_bytes += first.map_or(0, |(session, _)| session.source.bytes);
        let keeps = kept_bytes <= KEPT_BYTES || !source.is_repeatable();
        kept.push(Mutex::new(Some(read).filter(|_| keeps)));
        Ok::<(), Infallible>(())
    };
    // Nothing in `take` fails.
    let Ok(()) = in_order(sources, work, take);
    kept
}

/// A source with its sessions read, or what came of it instead.
fn opened<S: Source, P>(
    source: &S,
    settings: &InputSettings,
    prepare: &impl Fn(&Input) -> P,
) -> std::result::Result<Read<P>, Outcome> {
    match source.open(settings) {
        Ok((input, Opened::Sessions(sessions))) => {
            let process = prepare(&input);
            drop(input);
            let read = |session: Session| {
                let text = text::read(&session);
                (session, text)
            };
            Ok((process, sessions.into_par_iter().map(read).collect()))
        }
        Ok((_, Opened::Other(why))) => Err(Outcome::LeftOut(source.left_out(&why))),
        Err(error) => Err(Outcome::Failed(error)),
    }
}

/// What comes of the sessions of one source.
fn of_source<S: Source, P>(
    source: &S,
    (process, sessions): Read<P>,
    known: &Known,
    is_alone: bool,
    read_together: Option<u64>,
) -> Vec<Outcome>
where
    P: Fn(&Prepared<'_>) -> Result<Report> + Sync,
{
    // The sessions of a source that is alone tell each other of people.
    let mut own = None;
    if is_alone && sessions.len() > 1 {
        let mut directory = Directory::default();
        sessions.iter().for_each(|(session, text)| directory.add(session, text));
        own = Some(Known { roster: known.roster.clone(), directory });
    }
    let known = own.as_ref().unwrap_or(known);
    let report = |(session, text): (Session, Text)| match process(&Prepared::of_text(&session, text, known)) {
        Ok(mut report) => {
            report.read_together = read_together;
            Outcome::Reported(Box::new(report))
        }
        Err(error) => Outcome::Failed(error.in_file(source.path())),
    };
    sessions.into_par_iter().map(report).collect()
}
