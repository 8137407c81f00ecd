//! Nearness to the centre of all candidates in TF-IDF space.

use crate::model::{Policy, SparseVec};

use super::{Context, Feature, Method, Score, Scores};

pub(super) const METHOD: Method = Method {
    name: "centroid",
    about: "sentences nearest to the average TF-IDF vector",
    source: "Radev, Jing, Styś & Tam 2004, Centroid-based summarization of multiple documents",
    most_sentences: None,
    rank,
    policy: Policy::default,
};

/// The cosine of each candidate with the sum of all, term by term.
fn rank(context: &Context<'_>) -> Scores {
    let all = context.candidates.iter().flat_map(|&id| context.weighting.vector(id).iter()).collect();
    let centre = SparseVec::new(all);
    context
        .candidates
        .iter()
        .map(|&id| {
            let vector = context.weighting.vector(id);
            let norms = vector.norm() * centre.norm();
            let mut score = Score::default();
            for (term, weight) in vector.iter().filter(|_| norms > 0.0) {
                score.add(Feature::Term(term), weight * centre.get(term) / norms);
            }
            score
        })
        .collect()
}
