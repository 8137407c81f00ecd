//! What the stages on issues, stances and references say of a session, by sentence.

use crate::model::{Assignment, Issue, Reference, Stance, Stated};

use crate::pipeline::Prepared;
use crate::pipeline::stances::{references, stances};
use crate::stance;

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
            issues: prepared.assigned(issues),
            stances: stances(prepared),
            references: references(prepared),
        }
    }
}

/// The stance of several sentences.
pub(super) fn overall(stated: &[Stated]) -> Option<Stance> {
    stance::of_sentences(stated)
}
