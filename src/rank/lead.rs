//! The opening sentences: the baseline that is hard to beat on news and easy on speech.

use crate::model::Policy;

use super::{Context, Method, Score, Scores};

pub(super) const METHOD: Method = Method {
    name: "lead",
    about: "the opening sentences, in order",
    source: "baseline of the DUC evaluations (Over, Dang & Harman 2007)",
    most_sentences: None,
    rank,
    policy: Policy::default,
};

/// 1 for the first candidate, falling evenly to above 0 for the last.
fn rank(context: &Context<'_>) -> Scores {
    let n = context.candidates.len();
    (0..n).map(|i| Score::single("position", (n - i) as f64 / n as f64)).collect()
}
