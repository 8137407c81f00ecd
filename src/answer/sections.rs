//! The part of a session under a heading that a question names: an agenda item, the head of a debate.

use rustc_hash::FxHashSet;

use crate::issues;
use crate::model::{Question, SentenceId, TermId};
use crate::prepare::Prepared;
use crate::rank::{Feature, Scores};
use crate::text::stems;

/// Share of the question's terms that a heading has, to be what the question is about.
const NAMED: f64 = 0.75;

/// What a sentence under such a heading is worth, in distances from the mean score to the highest: more than any
/// place elsewhere, since the session itself says that the subject is discussed here.
const WORTH: f64 = 1.0;

/// Which candidates stand under a heading that names most of what the question is about.
pub(super) fn headed(prepared: &Prepared<'_>, question: &Question, candidates: &[SentenceId]) -> Vec<bool> {
    let turns = headed_turns(prepared, question);
    let is_headed = |id: &SentenceId| {
        let turn = prepared.analysis.sentence(*id).turn;
        turns.iter().any(|(first, end)| (*first..*end).contains(&turn))
    };
    candidates.iter().map(is_headed).collect()
}

/// Raises those candidates.
pub(super) fn raise_headed(headed: &[bool], scores: &mut Scores) {
    let worth = WORTH * scores.spread();
    for (score, _) in scores.iter_mut().zip(headed).filter(|(_, headed)| **headed) {
        score.add(Feature::Property("headed"), worth);
    }
}

/// The turns under each such heading: the first, and the first no more under it.
fn headed_turns(prepared: &Prepared<'_>, question: &Question) -> Vec<(u32, u32)> {
    let session = prepared.session;
    let vocabulary = &prepared.analysis.vocabulary;
    let headings = issues::opening(&session.headings, session.language);
    let is_named = |title: &str| {
        let stems = stems(title, session.language);
        let terms: FxHashSet<TermId> = stems.iter().filter_map(|stem| vocabulary.get(stem)).collect();
        let named = question.terms.iter().filter(|term| terms.contains(term)).count();
        let n_asked = question.terms.len() + question.unknown.len();
        named > 0 && named as f64 >= NAMED * n_asked as f64
    };
    let end = |at: usize| headings.get(at + 1).map_or(session.turns.len() as u32, |next| next.turn);
    let named = headings.iter().enumerate().filter(|(_, heading)| is_named(&heading.title));
    named.map(|(at, heading)| (heading.turn, end(at))).collect()
}
