//! A report of each session of many sources.

use std::convert::Infallible;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use crate::definition::InputSettings;
use crate::error::{Error, Result};
use crate::model::{Report, Roster, Session};
use crate::people::{Directory, KnownPeople};
use crate::pipeline::{Input, Opened};
use crate::prepare::{self, Prepared, ReadSession};

use super::allowance::{Allowance, read_people};
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

/// A source that was opened: what makes the reports of its sessions, and the sessions, some of them read.
type Read<P> = (P, Vec<(Session, Option<ReadSession>)>);

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
    reports_within(&Allowance::default(), sources, settings, roster, progress, prepare)
}

/// As [`reports`], keeping no more than is allowed for the second pass.
pub(super) fn reports_within<S: Source, P>(
    allowance: &Allowance,
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
    let mut known = KnownPeople { roster, ..KnownPeople::default() };
    let (mut kept, mut single) = (Vec::new(), None);
    match is_alone {
        true => single = Some(allowance),
        false => (kept, known.directory) = first_pass(sources, open, progress, allowance),
    }
    let tells = known.directory != Directory::default();
    let read_together = (!is_alone && tells).then_some(sources.len() as u64);
    let mut all = Reports { several: sources.iter().any(|s| s.folder().is_some()), ..Reports::default() };
    let (mut has_session, mut n_outcomes) = (Vec::with_capacity(sources.len()), 0);
    let jobs: Vec<(usize, &S)> = sources.iter().enumerate().collect();
    let work = |&(at, source): &(usize, &S)| {
        let _work = progress.begin(source.path());
        let kept = kept.get(at).and_then(|kept| kept.lock().unwrap_or_else(PoisonError::into_inner).take());
        match kept.unwrap_or_else(|| open(source)) {
            Ok(read) => of_source(source, read, &known, single, read_together),
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

/// What all sources tell of people, and what is kept of each.
fn first_pass<S: Source, P: Send + Sync>(
    sources: &[S],
    open: impl Fn(&S) -> std::result::Result<Read<P>, Outcome> + Sync,
    progress: &impl Progress,
    allowance: &Allowance,
) -> (Vec<Kept<P>>, Directory) {
    let (mut kept, mut directory) = (Vec::with_capacity(sources.len()), Directory::default());
    let nothing = Allowance::new(0, 0);
    let work = |source: &S| {
        let _work = progress.begin(source.path());
        let mut opened = open(source);
        let Ok((_, sessions)) = &mut opened else { return (Some(opened), Directory::default()) };
        let bytes = sessions.first().map_or(0, |(session, _)| session.source.bytes);
        let keeps = allowance.keeps_source(bytes) || !source.is_repeatable();
        let directory = read_people(sessions, if keeps { allowance } else { &nothing });
        (Some(opened).filter(|_| keeps), directory)
    };
    let take = |_: &S, (opened, told): (Option<std::result::Result<Read<P>, Outcome>>, Directory)| {
        directory.merge(told);
        kept.push(Mutex::new(opened));
        Ok::<(), Infallible>(())
    };
    // Nothing in `take` fails.
    let Ok(()) = in_order(sources, work, take);
    (kept, directory)
}

/// A source with its sessions, or what came of it instead.
fn opened<S: Source, P>(
    source: &S,
    settings: &InputSettings,
    prepare: &impl Fn(&Input) -> P,
) -> std::result::Result<Read<P>, Outcome> {
    match source.open(settings) {
        Ok((input, Opened::Sessions(sessions))) => {
            Ok((prepare(&input), sessions.into_iter().map(|session| (session, None)).collect()))
        }
        Ok((_, Opened::Other(why))) => Err(Outcome::LeftOut(source.left_out(&why))),
        Err(error) => Err(Outcome::Failed(error)),
    }
}

/// What comes of the sessions of one source; of one that is alone, they tell each other of people, and what
/// is read for that is kept as far as is allowed.
fn of_source<S: Source, P>(
    source: &S,
    (process, mut sessions): Read<P>,
    known: &KnownPeople,
    single: Option<&Allowance>,
    read_together: Option<u64>,
) -> Vec<Outcome>
where
    P: Fn(&Prepared<'_>) -> Result<Report> + Sync,
{
    let mut own = None;
    if let Some(allowance) = single.filter(|_| sessions.len() > 1) {
        own = Some(KnownPeople {
            roster: known.roster.clone(),
            directory: read_people(&mut sessions, allowance),
        });
    }
    let known = own.as_ref().unwrap_or(known);
    let report = |(session, read): (Session, Option<ReadSession>)| {
        let read = read.unwrap_or_else(|| ReadSession::of(&session));
        match process(&Prepared::of_read(&session, read, known)) {
            Ok(mut report) => {
                report.read_together = read_together;
                Outcome::Reported(Box::new(report))
            }
            Err(error) => Outcome::Failed(error.in_file(source.path())),
        }
    };
    sessions.into_par_iter().map(report).collect()
}
