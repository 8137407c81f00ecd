//! What answers a question: where the matter was discussed, and what was said there.

use crate::model::{Question, SentenceId, TermId};

use std::sync::LazyLock;

use super::features::{self, scaled, smoothed};
use super::learned::Model;
use super::{Context, Score};

/// Names of the features, in the order of [`Row`].
pub const NAMES: [&str; N] = [
    "match",
    "match-near",
    "match-around",
    "match-wide",
    "peak",
    "feedback",
    "feedback-around",
    "asked",
    "asked-around",
    "asked-match",
    "asked-peak",
    "asked-wide",
    "asked-feedback",
    "coverage",
    "phrase",
];

/// Number of features.
pub const N: usize = 15;

/// The features of one sentence.
pub type Row = [f64; N];

/// Saturation and length normalisation of BM25 (Robertson & Zaragoza 2009).
const K1: f64 = 1.2;
const B: f64 = 0.5;
/// Terms taken from the best passages to find answers in other words (Lavrenko & Croft 2001).
const FEEDBACK_TERMS: usize = 20;

/// The trained weights of these features and of those that all sentences have.
pub fn model() -> &'static Model {
    static MODEL: LazyLock<Model> = LazyLock::new(|| {
        let names: Vec<&str> = NAMES.iter().chain(&features::NAMES).copied().collect();
        Model::parse(include_str!("data/answer.tsv"), &names)
    });
    &MODEL
}

/// The score of every candidate as an answer, in their order.
pub fn scores(context: &Context<'_>, question: &Question, model: &Model) -> Vec<Score> {
    let own = features(context, question);
    let shared = features::features(context);
    own.iter().zip(&shared).map(|(own, shared)| model.score(own.iter().chain(shared).copied())).collect()
}

/// The features of every candidate for a question, in their order.
pub fn features(context: &Context<'_>, question: &Question) -> Vec<Row> {
    let analysis = context.analysis;
    let weights: Vec<(TermId, f64)> =
        question.terms.iter().map(|&t| (t, context.weighting.idf[t.index()])).collect();
    let all: Vec<SentenceId> = analysis.ids().collect();
    let matching = bm25(context, &all, &weights);
    let near = smoothed(context, &matching, 40.0);
    let around = smoothed(context, &matching, 150.0);
    let wide = smoothed(context, &matching, 400.0);
    let feedback_terms = feedback(context, &around);
    let feedback = bm25(context, &all, &feedback_terms);
    let feedback_around = smoothed(context, &feedback, 150.0);
    let asked: Vec<f64> =
        all.iter().map(|&id| f64::from(question.speakers.contains(&context.speaker(id)))).collect();
    let asked_around = smoothed(context, &asked, 60.0);
    let coverage = |id: SentenceId| {
        let hit = question.terms.iter().filter(|t| analysis.terms_of(id).contains(t)).count();
        hit as f64 / question.terms.len().max(1) as f64
    };
    let phrase = |id: SentenceId| {
        let pairs = analysis.terms_of(id).windows(2);
        f64::from(pairs.into_iter().any(|pair| question.terms.windows(2).any(|asked| asked == pair)))
    };
    let of = |values: &[f64]| scaled(context.candidates.iter().map(|id| values[id.index()]).collect());
    let (matching, near, around, wide) = (of(&matching), of(&near), of(&around), of(&wide));
    let (feedback, feedback_around) = (of(&feedback), of(&feedback_around));
    let (asked, asked_around) = (of(&asked), of(&asked_around));
    (0..context.candidates.len())
        .map(|i| {
            let peak = around[i].powi(3);
            [
                matching[i],
                near[i],
                around[i],
                wide[i],
                peak,
                feedback[i],
                feedback_around[i],
                asked[i],
                asked_around[i],
                asked[i] * around[i],
                asked[i] * peak,
                asked[i] * wide[i],
                asked[i] * feedback[i],
                coverage(context.candidates[i]),
                phrase(context.candidates[i]),
            ]
        })
        .collect()
}

/// BM25 of sentences as documents for weighted query terms.
fn bm25(context: &Context<'_>, ids: &[SentenceId], weights: &[(TermId, f64)]) -> Vec<f64> {
    let analysis = context.analysis;
    let mean = analysis.terms.len() as f64 / ids.len().max(1) as f64;
    let mut of_term = vec![0.0; analysis.vocabulary.len()];
    for &(term, weight) in weights {
        of_term[term.index()] = weight;
    }
    ids.iter()
        .map(|&id| {
            let mut terms: Vec<TermId> =
                analysis.terms_of(id).iter().copied().filter(|t| of_term[t.index()] > 0.0).collect();
            terms.sort_unstable();
            let length = K1 * (1.0 - B + B * analysis.terms_of(id).len() as f64 / mean.max(1.0));
            terms
                .chunk_by(|a, b| a == b)
                .map(|same| {
                    let count = same.len() as f64;
                    of_term[same[0].index()] * count * (K1 + 1.0) / (count + length)
                })
                .sum()
        })
        .collect()
}

/// The weightiest terms of the sentences around which the question's own terms are densest.
fn feedback(context: &Context<'_>, around: &[f64]) -> Vec<(TermId, f64)> {
    let best = around.iter().copied().fold(0.0, f64::max);
    let mut weights = vec![0.0; context.weighting.idf.len()];
    for id in context.analysis.ids().filter(|id| best > 0.0 && around[id.index()] > 0.5 * best) {
        let share = around[id.index()] / best;
        for term in context.analysis.terms_of(id) {
            weights[term.index()] += share * share * context.weighting.idf[term.index()];
        }
    }
    let mut ranked: Vec<(TermId, f64)> =
        weights.into_iter().enumerate().filter(|w| w.1 > 0.0).map(|(t, w)| (TermId(t as u32), w)).collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    ranked.truncate(FEEDBACK_TERMS);
    ranked
}
