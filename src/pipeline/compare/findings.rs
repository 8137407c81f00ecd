//! What the stages on issues, stances and references say of a session, by sentence.

use crate::model::{Assignment, Issue, Reference, Stance, StanceCounts, Stated};

use crate::pipeline::Prepared;
use crate::pipeline::stances::{references, stances};

/// The issue, the stance and the references of the sentences of a session.
#[derive(Debug, Default)]
pub(super) struct Findings {
    /// The main issue of each sentence.
    pub(super) issues: Vec<Option<Assignment>>,
    /// The stance that each sentence states.
    pub(super) stances: Vec<Option<Stated>>,
    /// Who speaks of whom, in reading order.
    pub(super) references: Vec<Reference>,
}

impl Findings {
    /// Asks the stages.
    pub(super) fn new(prepared: &Prepared<'_>, issues: &[Issue]) -> Self {
        Findings {
            issues: assignments(prepared, issues),
            stances: stances(prepared),
            references: references(prepared),
        }
    }
}

fn assignments(prepared: &Prepared<'_>, _issues: &[Issue]) -> Vec<Option<Assignment>> {
    vec![None; prepared.analysis.sentences.len()]
}

/// The stance of several sentences.
pub(super) fn overall(counts: &StanceCounts) -> Option<Stance> {
    let sides = [counts.support, counts.oppose, counts.concern];
    match sides.iter().filter(|&&n| n > 0).count() {
        0 => None,
        1 => counts.stances().next(),
        _ => Some(Stance::Mixed),
    }
}
