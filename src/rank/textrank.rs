//! Centrality in the graph of sentences that share words.

use rayon::prelude::*;

use crate::model::Policy;
use crate::stats::page_rank::{Edges, page_rank};

use super::terms::distinct_terms;
use super::{Context, MOST_COMPARED, Method, Score, Scores};

pub(super) const METHOD: Method = Method {
    name: "textrank",
    about: "sentences that share words with many others that are themselves central",
    source: "Mihalcea & Tarau 2004, TextRank: bringing order into texts",
    most_sentences: Some(MOST_COMPARED),
    rank,
    policy: Policy::default,
};

/// As Mihalcea & Tarau 2004 have it, after Brin & Page 1998.
const DAMPING: f64 = 0.85;

/// Words in common over the sum of the logarithms of the two lengths.
fn rank(context: &Context<'_>) -> Scores {
    let terms: Vec<Vec<_>> = context.candidates.iter().map(|&id| distinct_terms(context, id)).collect();
    let edges: Edges = (0..terms.len())
        .into_par_iter()
        .map(|i| {
            let weight = |j: usize| (j != i).then(|| overlap(&terms[i], &terms[j])).filter(|&w| w > 0.0);
            (0..terms.len()).filter_map(|j| weight(j).map(|w| (j as u32, w))).collect()
        })
        .collect();
    let n = terms.len() as f64;
    page_rank(&edges, DAMPING).into_iter().map(|p| Score::single("centrality", p * n)).collect()
}

fn overlap<T: Ord>(a: &[T], b: &[T]) -> f64 {
    let common = a.iter().filter(|term| b.binary_search(term).is_ok()).count() as f64;
    // A sentence of one term has logarithm 0: two such sentences would divide by nothing.
    let lengths = (a.len() as f64).ln() + (b.len() as f64).ln();
    if lengths > 0.0 { common / lengths } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::overlap;

    #[test]
    fn similarity_is_common_words_over_log_lengths() {
        let expected = 2.0 / (3f64.ln() + 4f64.ln());
        assert_eq!(overlap(&[1, 2, 3], &[2, 3, 4, 5]), expected);
        assert_eq!(overlap(&[1], &[1]), 0.0);
    }
}
