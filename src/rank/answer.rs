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
    "cover-near",
    "cover-around",
    "cover-wide",
    "peak",
    "region",
    "region-asked",
    "region-feedback",
    "feedback",
    "feedback-around",
    "asked",
    "asked-around",
    "asked-match",
    "asked-cover",
    "asked-region",
    "asked-wide",
    "asked-feedback",
    "coverage",
    "phrase",
];

/// Number of features.
pub const N: usize = 22;

/// The features of one sentence.
pub type Row = [f64; N];

/// Saturation and length normalisation of BM25 (Robertson & Zaragoza 2009).
const K1: f64 = 1.2;
const B: f64 = 0.5;
/// What a related term weighs, where the question's own weigh 1.
const RELATED: f64 = 0.4;
/// Words over which nearness to the best place falls to 1/e.
const REGION: f64 = 300.0;
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

/// How much each candidate is about the question's subject, from 0 to 1: by its own words, or less
/// by what is said close around it.
pub fn relevance(context: &Context<'_>, question: &Question) -> Vec<f64> {
    let weights = weights(context, question);
    let all: Vec<SentenceId> = context.analysis.ids().collect();
    let own = scaled(bm25(context, &all, &weights));
    let around = scaled(density(context, &weights, 40.0));
    let of = |id: &SentenceId| own[id.index()].max(0.7 * around[id.index()]);
    context.candidates.iter().map(of).collect()
}

/// The question's terms and the related ones, by how rare they are.
fn weights(context: &Context<'_>, question: &Question) -> Vec<(TermId, f64)> {
    let own = question.terms.iter().map(|&t| (t, context.weighting.idf[t.index()]));
    let related = question.related.iter().map(|&t| (t, RELATED * context.weighting.idf[t.index()]));
    own.chain(related).collect()
}

/// The features of every candidate for a question, in their order.
pub fn features(context: &Context<'_>, question: &Question) -> Vec<Row> {
    let analysis = context.analysis;
    let weights = weights(context, question);
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
    // Without a subject, the place to look is where those who are asked speak most.
    let cover = |distance: f64| match weights.is_empty() {
        true => smoothed(context, &asked, distance),
        false => density(context, &weights, distance),
    };
    let (cover_near, cover_around, cover_wide) = (cover(60.0), cover(150.0), cover(350.0));
    let said_by_asked: Vec<f64> = (0..all.len()).map(|i| cover_around[i] * (1.0 + 2.0 * asked[i])).collect();
    let said_again: Vec<f64> = (0..all.len()).map(|i| matching[i] + 0.5 * feedback[i]).collect();
    let region = region(context, &cover_wide);
    let region_asked = self::region(context, &smoothed(context, &said_by_asked, 200.0));
    let region_feedback = self::region(context, &smoothed(context, &said_again, 250.0));
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
    let (cover_near, cover_around, cover_wide) = (of(&cover_near), of(&cover_around), of(&cover_wide));
    let (region, region_asked, region_feedback) = (of(&region), of(&region_asked), of(&region_feedback));
    let (feedback, feedback_around) = (of(&feedback), of(&feedback_around));
    let (asked, asked_around) = (of(&asked), of(&asked_around));
    (0..context.candidates.len())
        .map(|i| {
            [
                matching[i],
                near[i],
                around[i],
                wide[i],
                cover_near[i],
                cover_around[i],
                cover_wide[i],
                around[i].powi(3),
                region[i],
                region_asked[i],
                region_feedback[i],
                feedback[i],
                feedback_around[i],
                asked[i],
                asked_around[i],
                asked[i] * around[i],
                asked[i] * cover_around[i],
                asked[i] * region_asked[i],
                asked[i] * wide[i],
                asked[i] * feedback[i],
                coverage(context.candidates[i]),
                phrase(context.candidates[i]),
            ]
        })
        .collect()
}

/// How many of the weighted terms are said near each sentence: each term counts by its weight and
/// how densely it stands around, with diminishing returns, so that a place where several terms meet
/// wins over one where a single term is said again and again.
fn density(context: &Context<'_>, weights: &[(TermId, f64)], distance: f64) -> Vec<f64> {
    let mut sums = vec![0.0; context.analysis.sentences.len()];
    for &(term, weight) in weights {
        let said: Vec<f64> = context
            .analysis
            .ids()
            .map(|id| f64::from(context.analysis.terms_of(id).contains(&term)))
            .collect();
        for (sum, near) in sums.iter_mut().zip(smoothed(context, &said, distance)) {
            *sum += weight * near / (near + 0.7);
        }
    }
    sums
}

/// Nearness to the place where `values` are highest: 1 there, falling off with the words between.
fn region(context: &Context<'_>, values: &[f64]) -> Vec<f64> {
    let mut centre = 0;
    for (i, &value) in values.iter().enumerate() {
        if value > values[centre] {
            centre = i;
        }
    }
    let mut at = 0.0;
    let places: Vec<f64> = context
        .analysis
        .sentences
        .iter()
        .map(|s| {
            at += f64::from(s.words);
            at
        })
        .collect();
    places.iter().map(|place| (-(place - places[centre]).abs() / REGION).exp()).collect()
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
