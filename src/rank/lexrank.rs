//! Centrality in the graph of similar sentences.

use rayon::prelude::*;

use crate::model::Policy;
use crate::stats::page_rank::{Edges, page_rank};

use super::{Context, MOST_COMPARED, Method, Score, Scores};

pub(super) const METHOD: Method = Method {
    name: "lexrank",
    about: "sentences similar to many others that are themselves central (cosine of TF-IDF)",
    source: "Erkan & Radev 2004, LexRank: graph-based lexical centrality as salience",
    most_sentences: Some(MOST_COMPARED),
    rank,
    policy: Policy::default,
};

/// Cosine from which two sentences are linked: the threshold that Erkan & Radev 2004 found best.
const THRESHOLD: f64 = 0.1;
/// As Erkan & Radev 2004 have it, after Brin & Page 1998.
const DAMPING: f64 = 0.85;

fn rank(context: &Context<'_>) -> Scores {
    let vectors: Vec<_> = context.candidates.iter().map(|&id| context.weighting.vector(id)).collect();
    let edges: Edges = (0..vectors.len())
        .into_par_iter()
        .map(|i| {
            let similar =
                |j: usize| (j != i).then(|| vectors[i].cosine(vectors[j])).filter(|&c| c >= THRESHOLD);
            (0..vectors.len()).filter_map(|j| similar(j).map(|c| (j as u32, c))).collect()
        })
        .collect();
    let n = vectors.len() as f64;
    page_rank(&edges, DAMPING).into_iter().map(|p| Score::single("centrality", p * n)).collect()
}
