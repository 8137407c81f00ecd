//! A report of each session of many sources.

use rayon::prelude::*;

use crate::definition::InputSettings;
use crate::error::Error;
use crate::model::{Report, Roster, Session};
use crate::people::{Directory, Known};
use crate::pipeline::{Input, Opened};
use crate::prepare;

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
    P: Fn(&Session, &Known) -> crate::error::Result<Report> + Sync,
{
    let is_alone = sources.len() == 1;
    let known = match is_alone {
        true => Known { roster, ..Known::default() },
        false => prepare::known(roster, sources, |source| {
            let _work = progress.begin(source.path());
            match source.open(settings) {
                Ok((_, Opened::Sessions(sessions))) => Directory::of(&sessions),
                _ => Directory::default(),
            }
        }),
    };
    let tells = known.directory != Directory::default();
    let read_together = (!is_alone && tells).then_some(sources.len() as u64);
    let mut all = Reports { several: sources.iter().any(|s| s.folder().is_some()), ..Reports::default() };
    let (mut has_session, mut n_outcomes) = (Vec::with_capacity(sources.len()), 0);
    let work = |source: &S| of_source(source, settings, &known, is_alone, read_together, progress, &prepare);
    let take = |_: &S, outcomes: Vec<Outcome>| {
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
        Ok::<(), std::convert::Infallible>(())
    };
    // Nothing in `take` fails.
    let Ok(()) = in_order(sources, work, take);
    all.several |= n_outcomes > 1;
    all.failures.extend(without_session(sources, |at| has_session.get(at) == Some(&true)));
    let unmatched = prepare::unmatched(&known.roster, &all.reports);
    all.unmatched = unmatched.into_iter().map(str::to_owned).collect();
    all
}

/// What comes of the sessions of one source.
fn of_source<S: Source, P>(
    source: &S,
    settings: &InputSettings,
    known: &Known,
    is_alone: bool,
    read_together: Option<u64>,
    progress: &impl Progress,
    prepare: &impl Fn(&Input) -> P,
) -> Vec<Outcome>
where
    P: Fn(&Session, &Known) -> crate::error::Result<Report> + Sync,
{
    let _work = progress.begin(source.path());
    let (input, sessions) = match source.open(settings) {
        Ok((input, Opened::Sessions(sessions))) => (input, sessions),
        Ok((_, Opened::Other(why))) => return vec![Outcome::LeftOut(source.left_out(&why))],
        Err(error) => return vec![Outcome::Failed(error)],
    };
    let process = prepare(&input);
    drop(input);
    let report = |session: &Session, known: &Known| match process(session, known) {
        Ok(mut report) => {
            report.read_together = read_together;
            Outcome::Reported(Box::new(report))
        }
        Err(error) => Outcome::Failed(error.in_file(source.path())),
    };
    if is_alone && sessions.len() > 1 {
        let known = Known { roster: known.roster.clone(), directory: Directory::of(&sessions) };
        return sessions.par_iter().map(|session| report(session, &known)).collect();
    }
    sessions.par_iter().map(|session| report(session, known)).collect()
}
