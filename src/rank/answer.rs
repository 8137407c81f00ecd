//! What answers a question: where the matter was discussed, and what was said there.

use std::sync::LazyLock;

use crate::model::{CueKind, Question, SentenceId};

use super::features::{self, carried_on, scaled, smoothed};
use super::learned::Model;
use super::place::{self, Signals};
use super::wording::Wording;
use super::{Context, Score};

/// Names of the features that answers have and other sentences have not, in the order of [`Row`].
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
    "place",
    "place-near",
    "place-peak",
    "place-peak-near",
    "place-feedback",
    "place-match",
    "place-asked",
    "place-peak-asked",
    "reason",
    "decided",
    "match-after",
    "place-since-peak",
    "asked-after",
    "place-on",
];

/// Number of features.
pub const N: usize = 36;

/// The features of one sentence.
pub type Row = [f64; N];

/// Words over which nearness to the best place falls to 1/e.
const REGION: f64 = 300.0;

/// The trained models: where to look, and what to quote.
#[derive(Debug)]
pub struct Models {
    /// Where the matter was discussed.
    pub place: Model,
    /// What answers.
    pub answer: Model,
}

/// The trained models that `ask` uses.
pub fn models() -> &'static Models {
    static MODELS: LazyLock<Models> = LazyLock::new(|| {
        let list = include_str!("data/answer.tsv");
        Models { place: Model::parse(list, &place::NAMES), answer: Model::parse(list, &names()) }
    });
    &MODELS
}

/// The names of the features of the model for answers, in order.
pub fn names() -> Vec<&'static str> {
    NAMES.iter().chain(&features::NAMES).copied().collect()
}

/// The score of every candidate as an answer, in their order.
pub fn scores(context: &Context<'_>, question: &Question, models: &Models) -> Vec<Score> {
    rows(context, question, &models.place).into_iter().map(|row| models.answer.score(row)).collect()
}

/// The features of every candidate: its own for the question and those that all sentences have.
pub fn rows(context: &Context<'_>, question: &Question, place: &Model) -> Vec<Vec<f64>> {
    let (own, shared) = (features(context, question, place), features::features(context));
    own.iter().zip(&shared).map(|(own, shared)| own.iter().chain(shared).copied().collect()).collect()
}

/// How much each candidate is about the question's subject, from 0 to 1: by its own words, or less
/// by what is said close around it.
pub fn relevance(context: &Context<'_>, question: &Question) -> Vec<f64> {
    let weights = place::weights(context, question);
    let own = scaled(place::bm25(context, &weights));
    let around = scaled(place::density(context, &weights, 40.0));
    let of = |id: &SentenceId| own[id.index()].max(0.7 * around[id.index()]);
    context.candidates.iter().map(of).collect()
}

/// The features of every candidate for a question, in their order.
fn features(context: &Context<'_>, question: &Question, place: &Model) -> Vec<Row> {
    let signals = Signals::new(context, question);
    let likelihood = place::likelihood(context, question, &signals, place);
    let of = |values: &[f64]| scaled(context.candidates.iter().map(|id| values[id.index()]).collect());
    let each =
        |f: &dyn Fn(SentenceId) -> f64| -> Vec<f64> { context.candidates.iter().map(|&id| f(id)).collect() };
    let times = |a: &[f64], b: &[f64]| -> Vec<f64> { a.iter().zip(b).map(|(a, b)| a * b).collect() };
    let matching = of(&signals.matching);
    let [near, around, wide] = signals.around.each_ref().map(|v| of(v));
    let [cover_near, cover_around, cover_wide] = signals.cover.each_ref().map(|v| of(v));
    let [region, region_asked, region_feedback] = regions(context, &signals);
    let feedback = of(&signals.feedback);
    let feedback_around = of(&smoothed(context, &signals.feedback, 150.0));
    let asked = of(&signals.asked);
    let asked_around = of(&smoothed(context, &signals.asked, 60.0));
    let peak: Vec<f64> = around.iter().map(|a| a.powi(3)).collect();
    let likely = of(&likelihood);
    let place_peak = of(&nearness(context, &likelihood, REGION));
    let place_peak_near = of(&nearness(context, &likelihood, 100.0));
    let place_feedback = of(&place::bm25(context, &place::feedback(context, &likelihood, 0.3)));
    let columns: [Vec<f64>; N] = [
        matching.clone(),
        near,
        around.clone(),
        wide.clone(),
        cover_near,
        cover_around.clone(),
        cover_wide,
        peak,
        region,
        region_asked.clone(),
        region_feedback,
        feedback.clone(),
        feedback_around,
        asked.clone(),
        asked_around,
        times(&asked, &around),
        times(&asked, &cover_around),
        times(&asked, &region_asked),
        times(&asked, &wide),
        times(&asked, &feedback),
        each(&|id| coverage(context, question, id)),
        each(&|id| place::phrase(context, question, id)),
        likely.clone(),
        likely.iter().map(|l| l.sqrt()).collect(),
        place_peak.clone(),
        place_peak_near,
        place_feedback,
        times(&likely, &matching),
        times(&likely, &asked),
        times(&place_peak, &asked),
        each(&|id| if question.wants_reason { reason(context, id) } else { 0.0 }),
        each(&|id| if question.wants_decision { decided(context, id) } else { 0.0 }),
        of(&carried_on(context, &signals.matching, 80.0)),
        of(&since(context, &likelihood, REGION)),
        times(&asked, &of(&carried_on(context, &signals.matching, 80.0))),
        of(&carried_on(context, &likelihood, 60.0)),
    ];
    (0..context.candidates.len()).map(|i| std::array::from_fn(|f| columns[f][i])).collect()
}

/// 1 for a sentence that gives a reason, else 0.
fn reason(context: &Context<'_>, id: SentenceId) -> f64 {
    Wording::of(context, id).reason()
}

/// How much a sentence records a decision or draws a conclusion.
fn decided(context: &Context<'_>, id: SentenceId) -> f64 {
    let strength = |kind| features::cue_strength(context, id, kind);
    strength(CueKind::Decision).max(strength(CueKind::Conclusion))
}

/// Nearness to the place where most terms meet, where those who are asked say them, and where what
/// is said there is said again.
fn regions(context: &Context<'_>, signals: &Signals) -> [Vec<f64>; 3] {
    let n = signals.matching.len();
    let [_, cover_around, cover_wide] = &signals.cover;
    let by_asked: Vec<f64> = (0..n).map(|i| cover_around[i] * (1.0 + 2.0 * signals.asked[i])).collect();
    let again: Vec<f64> = (0..n).map(|i| signals.matching[i] + 0.5 * signals.feedback[i]).collect();
    let best = [cover_wide.clone(), smoothed(context, &by_asked, 200.0), smoothed(context, &again, 250.0)];
    best.map(|values| {
        let near = nearness(context, &values, REGION);
        scaled(context.candidates.iter().map(|id| near[id.index()]).collect())
    })
}

/// Share of the question's terms that a sentence has.
fn coverage(context: &Context<'_>, question: &Question, id: SentenceId) -> f64 {
    let said = context.analysis.terms_of(id);
    let hits = question.terms.iter().filter(|t| said.contains(t)).count();
    hits as f64 / question.terms.len().max(1) as f64
}

/// Nearness to the place where `values` are highest: 1 there, falling to 1/e over `distance` words.
fn nearness(context: &Context<'_>, values: &[f64], distance: f64) -> Vec<f64> {
    let mut centre = 0;
    for (i, &value) in values.iter().enumerate() {
        if value > values[centre] {
            centre = i;
        }
    }
    let mut at = 0.0;
    let place = |length: u32| {
        at += f64::from(length);
        at
    };
    let places: Vec<f64> = context.analysis.sentences.iter().map(|s| s.length).map(place).collect();
    places.iter().map(|place| (-(place - places[centre]).abs() / distance).exp()).collect()
}

/// The same, of what comes after that place; 0 before it.
fn since(context: &Context<'_>, values: &[f64], distance: f64) -> Vec<f64> {
    let highest = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let centre = values.iter().position(|&value| value >= highest).unwrap_or(0);
    let near = nearness(context, values, distance);
    near.into_iter().enumerate().map(|(i, near)| if i < centre { 0.0 } else { near }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(list: &str, names: &[&str]) {
        let lines: Vec<&str> = list.lines().filter(|l| !l.starts_with('#')).collect();
        let named =
            |line: &&str| line.split_once('\t').is_some_and(|(_, weight)| weight.parse::<f64>().is_ok());
        assert!(lines.iter().all(named), "every line is a name, a tab and a weight");
        let found: Vec<&str> = lines.iter().filter_map(|l| l.split('\t').next()).collect();
        let expected: Vec<&str> =
            names.iter().copied().chain(["@redundancy", "@crowding", "@floor"]).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn the_shipped_weights_name_every_feature_once() {
        let answer: Vec<&str> = place::NAMES.iter().copied().chain(names()).collect();
        check(include_str!("data/answer.tsv"), &answer);
        check(include_str!("data/overview.tsv"), &features::NAMES);
    }
}
