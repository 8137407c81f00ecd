//! What a session was about: the additive model trained on summaries that people wrote of meetings.

use std::sync::LazyLock;

use crate::model::Role;

use super::features;
use super::learned::Model;
use super::{Context, Method, Score};

pub(super) const METHOD: Method = Method {
    name: "overview",
    about: "what a whole session was about: a trained additive model over named features",
    source: "this project, docs/quality.md; trained on QMSum (Zhong et al. 2021) and TC39 minutes",
    rank,
    policy: || model().policy(),
};

/// Names of the features: those that all sentences have, how some of them count where speeches are
/// long, and whether the voice leads the session.
pub fn names() -> Vec<&'static str> {
    let own =
        ["formal-centre", "formal-richness", "formal-cue", "formal-conclusion", "formal-opening", "leads"];
    features::NAMES.into_iter().chain(own).collect()
}

/// The features of every candidate, in their order, each row in the order of [`names`].
pub fn features(context: &Context<'_>) -> Vec<Vec<f64>> {
    let formality = formality(context);
    let shared = features::features(context);
    let at = |name: &str| features::NAMES.iter().position(|n| *n == name).unwrap_or(0);
    let formal = [at("centre"), at("richness"), at("cue"), at("conclusion"), at("opening")];
    let row = |(shared, &id): (features::Row, _)| {
        let role = context.people.speakers[context.speaker(id).0 as usize].role;
        let mut row = shared.to_vec();
        row.extend(formal.iter().map(|&f| shared[f] * formality));
        row.push(f64::from(role != Role::Speaker));
        row
    };
    shared.into_iter().zip(context.candidates).map(row).collect()
}

/// How long the speeches are in which most words are said: 0 for talk, 1 for speeches of 300 words
/// and more on the average over words.
fn formality(context: &Context<'_>) -> f64 {
    let lengths = context.session.turns.iter().enumerate().map(|(turn, _)| {
        context
            .analysis
            .sentences_of(turn)
            .map(|id| f64::from(context.analysis.sentence(id).words))
            .sum::<f64>()
    });
    let (words, squares) = lengths.fold((0.0, 0.0), |(sum, squares), n| (sum + n, squares + n * n));
    if words > 0.0 { (squares / words / 300.0).min(1.0) } else { 0.0 }
}

/// The trained weights of the features.
fn model() -> &'static Model {
    static MODEL: LazyLock<Model> =
        LazyLock::new(|| Model::parse(include_str!("data/overview.tsv"), &names()));
    &MODEL
}

fn rank(context: &Context<'_>) -> Vec<Score> {
    features(context).into_iter().map(|row| model().score(row)).collect()
}
