//! A comparison of sessions that are in memory.

use rayon::prelude::*;

use crate::compare::{self, ComparisonPlan, CorpusFacts, CorpusTotals, Survey};
use crate::definition::CompareSettings;
use crate::error::Result;
use crate::model::{Overall, Roster, Session, SessionPart};
use crate::prepare::Kept;

use super::allowance::{Allowance, prepare};

/// What a comparison says, session by session and over all of them: the rows of every table.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// What is the same for all sessions: the people, the issues, the identifiers.
    pub plan: ComparisonPlan,
    /// Each session, in the order given.
    pub sessions: Vec<SessionPart>,
    /// All sessions together.
    pub overall: Overall,
}

/// Compares the stakeholders of sessions in the order given.
///
/// For sources that do not fit into memory together there is [`Corpus`](super::Corpus).
///
/// # Errors
/// When a ledger does not add up, which is a bug.
pub fn compare(sessions: &[&Session], settings: CompareSettings, roster: Roster) -> Result<Comparison> {
    let (plan, kept) = plan(sessions, settings, roster, &Allowance::default());
    let jobs = sessions.par_iter().zip(kept).zip(&plan.ids);
    let parts: Vec<Result<SessionPart>> = jobs
        .map(|((session, kept), id)| compare::session(&prepare(session, kept, &plan.known), id, &plan))
        .collect();
    let parts: Vec<SessionPart> = parts.into_iter().collect::<Result<_>>()?;
    let mut totals = CorpusTotals::default();
    parts.iter().for_each(|part| totals.add(&part.counts));
    let overall = totals.overall(&plan);
    Ok(Comparison { plan, sessions: parts, overall })
}

/// What is the same for all of some sessions, and what was made of each to find that out, as far as it is
/// allowed to be kept.
pub(super) fn plan(
    sessions: &[&Session],
    settings: CompareSettings,
    roster: Roster,
    allowance: &Allowance,
) -> (ComparisonPlan, Vec<Option<Kept>>) {
    let look = |session: &&Session| {
        let (told, made) = CorpusFacts::of(session, &roster, &settings);
        (told, Some(made).filter(|_| allowance.keeps_made(session)))
    };
    let (told, kept): (Vec<CorpusFacts>, Vec<Option<Kept>>) = sessions.par_iter().map(look).unzip();
    let mut facts = CorpusFacts::default();
    told.into_iter().for_each(|told| facts.merge(told));
    let surveys: Vec<Survey> = sessions.iter().map(|session| Survey::new(session)).collect();
    (ComparisonPlan::new(settings, roster, facts, &surveys), kept)
}
