//! A comparison of sessions that are in memory.

use rayon::prelude::*;

use crate::compare::{self, ComparisonPlan, CorpusFacts, CorpusTotals, Survey};
use crate::definition::CompareSettings;
use crate::error::Result;
use crate::model::{Overall, Roster, Session, SessionPart};

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
    let plan = plan(sessions, settings, roster);
    let jobs = sessions.par_iter().zip(&plan.ids);
    let parts: Vec<Result<SessionPart>> =
        jobs.map(|(session, id)| compare::session(session, id, &plan)).collect();
    let parts: Vec<SessionPart> = parts.into_iter().collect::<Result<_>>()?;
    let mut totals = CorpusTotals::default();
    parts.iter().for_each(|part| totals.add(&part.counts));
    let overall = totals.overall(&plan);
    Ok(Comparison { plan, sessions: parts, overall })
}

/// What is the same for all of some sessions.
pub(super) fn plan(sessions: &[&Session], settings: CompareSettings, roster: Roster) -> ComparisonPlan {
    let told: Vec<CorpusFacts> =
        sessions.par_iter().map(|session| CorpusFacts::of(session, &roster, &settings)).collect();
    let mut facts = CorpusFacts::default();
    told.into_iter().for_each(|told| facts.merge(told));
    let surveys: Vec<Survey> = sessions.iter().map(|session| Survey::new(session)).collect();
    ComparisonPlan::new(settings, roster, facts, &surveys)
}
