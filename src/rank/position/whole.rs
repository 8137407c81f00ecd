//! What a whole session is about, which every voice in it is held against: worked out once a session.

use crate::model::{Analysis, TermId, Weighting};

use super::sentence::centre;

/// Terms that weigh most in a session; as many as when the weights of positions were first trained.
const MAIN_TERMS: usize = 25;

/// The centre and the main terms of a session.
#[derive(Debug, Clone, Default)]
pub struct Whole {
    /// The sum of the vectors of its sentences at length 1 each, at length 1, by term.
    pub(super) centre: Vec<f64>,
    /// The terms with the largest count times inverse document frequency, sorted.
    pub(super) main_terms: Vec<TermId>,
}

impl Whole {
    /// Of a session.
    pub fn of(analysis: &Analysis, weighting: &Weighting) -> Self {
        let mut by_term = vec![0.0; weighting.idf.len()];
        for (term, weight) in centre(analysis.ids().map(|id| weighting.vector(id))).iter() {
            by_term[term.index()] = weight;
        }
        let mut weights: Vec<(f64, TermId)> =
            (0..weighting.idf.len() as u32).map(|term| (0.0, TermId(term))).collect();
        for term in &analysis.terms {
            weights[term.index()].0 += weighting.idf[term.index()];
        }
        weights.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut main_terms: Vec<TermId> = weights.iter().take(MAIN_TERMS).map(|&(_, term)| term).collect();
        main_terms.sort_unstable();
        Whole { centre: by_term, main_terms }
    }
}
