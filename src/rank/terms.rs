//! The terms of the candidates: how often they occur, and what each weighs against the rest of the session.

use rustc_hash::FxHashMap;

use crate::model::{SentenceId, TermId};

use super::Context;

/// Log-likelihood from which a term is fully distinctive (p < 0.001 with one degree of freedom).
const DISTINCTIVE: f64 = 10.83;
/// What a fully distinctive term weighs more than one that all use alike, and one that is the others' less.
/// Set by hand; the weights of positions were trained with it.
const DISTINCTION: f64 = 0.6;

/// The terms of a sentence, each once, ascending.
pub(super) fn distinct_terms(context: &Context<'_>, id: SentenceId) -> Vec<TermId> {
    let mut terms = context.analysis.terms_of(id).to_vec();
    terms.sort_unstable();
    terms.dedup();
    terms
}

/// How often the candidates have each term.
pub(super) fn counts(context: &Context<'_>) -> FxHashMap<TermId, f64> {
    let mut counts: FxHashMap<TermId, f64> = FxHashMap::default();
    for &term in context.candidates.iter().flat_map(|&id| context.analysis.terms_of(id)) {
        *counts.entry(term).or_default() += 1.0;
    }
    counts
}

/// How much a term is the candidates' own: 1 where it is fully distinctive, 0 where all use it alike, -1 where
/// it is the others'.
pub(super) fn distinctiveness(context: &Context<'_>, term: TermId) -> f64 {
    (context.keyness.of(term) / DISTINCTIVE).clamp(-1.0, 1.0)
}

/// The squared logarithm of each term's count in the candidates, times its inverse document frequency, times
/// its distinction against the rest of the session.
pub(super) fn distinctive_weights(
    context: &Context<'_>,
    counts: &FxHashMap<TermId, f64>,
) -> FxHashMap<TermId, f64> {
    let weight = |(&term, count): (&TermId, &f64)| {
        let idf = context.weighting.idf[term.index()];
        let distinction = 1.0 + DISTINCTION * distinctiveness(context, term);
        (term, f64::ln_1p(*count).powi(2) * idf * distinction)
    };
    counts.iter().map(weight).collect()
}
