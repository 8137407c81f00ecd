//! What a session was about: the additive model trained on summaries that people wrote of meetings.

use std::sync::LazyLock;

use super::features;
use super::learned::Model;
use super::{Context, Method, Scores};

pub(super) const METHOD: Method = Method {
    name: "overview",
    about: "what a whole session was about: a trained additive model over named features",
    source: "this project, docs/quality.md; trained on QMSum (Zhong et al. 2021) and TC39 minutes",
    most_sentences: None,
    rank,
    policy: || model().policy(),
};

/// The trained weights of the features.
fn model() -> &'static Model {
    static MODEL: LazyLock<Model> =
        LazyLock::new(|| Model::parse(include_str!("data/overview.tsv"), &features::names()));
    &MODEL
}

fn rank(context: &Context<'_>) -> Scores {
    features::features(context).into_iter().map(|row| model().score(row)).collect()
}
