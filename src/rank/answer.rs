//! What answers a question: where the matter was discussed, and what was said there.

use std::sync::LazyLock;

use crate::model::{CueKind, Question, SentenceId};
use crate::stats::scaled;

use super::features;
use super::kernel::{carried_on, nearness, nearness_after, smoothed};
use super::learned::Model;
use super::place::{self, Signals, times};
use super::wording::Wording;
use super::{Context, Scores};

/// A feature that answers have and other sentences have not: its name and its values for the candidates.
pub type Feature = (&'static str, fn(&AnswerSignals<'_>) -> Vec<f64>);

/// The features of answers, in the order of a row, before those that all sentences have.
pub const FEATURES: &[Feature] = &[
    // How much it is about the question, by its own words and by those around.
    ("match", |s| s.matching.clone()),
    ("match-near", |s| s.around[0].clone()),
    ("match-around", |s| s.around[1].clone()),
    ("match-wide", |s| s.around[2].clone()),
    ("cover-near", |s| s.cover[0].clone()),
    ("cover-around", |s| s.cover[1].clone()),
    ("cover-wide", |s| s.cover[2].clone()),
    ("peak", |s| s.around[1].iter().map(|around| around.powi(3)).collect()),
    // How near it is to the place where most terms meet, where those who are asked say them, and where what
    // is said there is said again.
    ("region", |s| s.near_highest(&s.signals.cover[2])),
    ("region-asked", |s| s.region_asked.clone()),
    ("region-feedback", |s| {
        let again = s.signals.matching.iter().zip(&s.signals.feedback);
        let again: Vec<f64> = again.map(|(matching, feedback)| matching + 0.5 * feedback).collect();
        s.near_highest(&smoothed(&s.context, &again, 250.0))
    }),
    ("feedback", |s| s.feedback.clone()),
    ("feedback-around", |s| s.of(&smoothed(&s.context, &s.signals.feedback, 150.0))),
    // Whether those say it who are asked.
    ("asked", |s| s.asked.clone()),
    ("asked-around", |s| s.of(&smoothed(&s.context, &s.signals.asked, 60.0))),
    ("asked-match", |s| times(&s.asked, &s.around[1])),
    ("asked-cover", |s| times(&s.asked, &s.cover[1])),
    ("asked-region", |s| times(&s.asked, &s.region_asked)),
    ("asked-wide", |s| times(&s.asked, &s.around[2])),
    ("asked-feedback", |s| times(&s.asked, &s.feedback)),
    ("coverage", |s| s.each(|id| coverage(&s.context, s.question, id))),
    ("phrase", |s| s.each(|id| place::phrase(&s.context, s.question, id))),
    // How likely it belongs to the place where the matter was discussed.
    ("place", |s| s.likely.clone()),
    ("place-near", |s| s.likely.iter().map(|likely| likely.sqrt()).collect()),
    ("place-peak", |s| s.place_peak.clone()),
    ("place-peak-near", |s| s.of(&nearness(&s.context, &s.likelihood, 100.0))),
    ("place-feedback", |s| s.of(&place::bm25(&s.context, &place::feedback(&s.context, &s.likelihood, 0.3)))),
    ("place-match", |s| times(&s.likely, &s.matching)),
    ("place-asked", |s| times(&s.likely, &s.asked)),
    ("place-peak-asked", |s| times(&s.place_peak, &s.asked)),
    // Whether it says what is asked for.
    ("reason", |s| s.each(|id| if s.question.wants_reason { reason(&s.context, id) } else { 0.0 })),
    ("decided", |s| s.each(|id| if s.question.wants_decision { decided(&s.context, id) } else { 0.0 })),
    // Whether it comes after what is about the question.
    ("match-after", |s| s.match_after.clone()),
    ("place-since-peak", |s| s.of(&nearness_after(&s.context, &s.likelihood, REGION))),
    ("asked-after", |s| times(&s.asked, &s.match_after)),
    ("place-on", |s| s.of(&carried_on(&s.context, &s.likelihood, 60.0))),
];

/// Words over which nearness to the best place falls to 1/e. A kernel of this width brought ROUGE-1 of val from
/// 25.9 to 26.4; the spans that annotators marked have 862 words in the mean.
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
        Models { place: Model::parse(list, &place::names()), answer: Model::parse(list, &names()) }
    });
    &MODELS
}

/// The names of the features of the model for answers, in order.
pub fn names() -> Vec<&'static str> {
    FEATURES.iter().map(|(name, _)| *name).chain(features::names()).collect()
}

/// The score of every candidate as an answer, in their order.
pub fn scores(context: &Context<'_>, question: &Question, models: &Models) -> Scores {
    rows(context, question, &models.place).into_iter().map(|row| models.answer.score(row)).collect()
}

/// The features of every candidate: its own for the question and those that all sentences have.
pub fn rows(context: &Context<'_>, question: &Question, place: &Model) -> Vec<Vec<f64>> {
    let signals = Signals::new(context, question);
    let signals = AnswerSignals::new(context, question, &signals, place);
    let mut columns: Vec<Vec<f64>> = FEATURES.iter().map(|(_, of)| of(&signals)).collect();
    columns.extend(features::columns(context));
    features::rows(&columns, context.candidates.len())
}

/// How much each candidate is about the question's subject, from 0 to 1: by its own words, or less
/// by what is said close around it.
pub fn relevance(context: &Context<'_>, question: &Question) -> Vec<f64> {
    let weights = place::weights(context, question);
    let own = scaled(&place::bm25(context, &weights));
    let around = scaled(&place::density(context, &weights, 40.0));
    let of = |id: &SentenceId| own[id.index()].max(0.7 * around[id.index()]);
    context.candidates.iter().map(of).collect()
}

/// What the features of answers are made of, computed once for all of them: values of the candidates, scaled,
/// but for what is said to be of all sentences.
#[derive(Debug)]
pub struct AnswerSignals<'a> {
    context: Context<'a>,
    question: &'a Question,
    /// What all sentences have to do with the question.
    signals: &'a Signals,
    /// How likely it is that each sentence belongs to the place where the matter was discussed.
    likelihood: Vec<f64>,
    matching: Vec<f64>,
    around: [Vec<f64>; 3],
    cover: [Vec<f64>; 3],
    feedback: Vec<f64>,
    asked: Vec<f64>,
    region_asked: Vec<f64>,
    likely: Vec<f64>,
    place_peak: Vec<f64>,
    match_after: Vec<f64>,
}

impl<'a> AnswerSignals<'a> {
    fn new(context: &Context<'a>, question: &'a Question, signals: &'a Signals, place: &Model) -> Self {
        let likelihood = place::likelihood(context, question, signals, place);
        let of = |values: &[f64]| of_candidates(context, values);
        let said_by_asked = signals.cover[1].iter().zip(&signals.asked);
        let said_by_asked: Vec<f64> =
            said_by_asked.map(|(cover, asked)| cover * (1.0 + 2.0 * asked)).collect();
        let by_asked = smoothed(context, &said_by_asked, 200.0);
        AnswerSignals {
            context: *context,
            question,
            signals,
            matching: of(&signals.matching),
            around: signals.around.each_ref().map(|values| of(values)),
            cover: signals.cover.each_ref().map(|values| of(values)),
            feedback: of(&signals.feedback),
            asked: of(&signals.asked),
            region_asked: of(&nearness(context, &by_asked, REGION)),
            likely: of(&likelihood),
            place_peak: of(&nearness(context, &likelihood, REGION)),
            match_after: of(&carried_on(context, &signals.matching, 80.0)),
            likelihood,
        }
    }

    /// The candidates' part of values of all sentences, scaled.
    fn of(&self, values: &[f64]) -> Vec<f64> {
        of_candidates(&self.context, values)
    }

    /// How near the candidates are to the place where values of all sentences are highest.
    fn near_highest(&self, values: &[f64]) -> Vec<f64> {
        self.of(&nearness(&self.context, values, REGION))
    }

    /// A value for each candidate.
    fn each(&self, value: impl Fn(SentenceId) -> f64) -> Vec<f64> {
        self.context.candidates.iter().map(|&id| value(id)).collect()
    }
}

fn of_candidates(context: &Context<'_>, values: &[f64]) -> Vec<f64> {
    scaled(&context.candidates.iter().map(|id| values[id.index()]).collect::<Vec<_>>())
}

/// 1 for a sentence that gives a reason, else 0.
pub fn reason(context: &Context<'_>, id: SentenceId) -> f64 {
    Wording::of(context, id).reason()
}

/// How much a sentence records a decision or draws a conclusion.
fn decided(context: &Context<'_>, id: SentenceId) -> f64 {
    let strength = |kind| features::cue_strength(context, id, kind);
    strength(CueKind::Decision).max(strength(CueKind::Conclusion))
}

/// Share of the question's terms that a sentence has.
fn coverage(context: &Context<'_>, question: &Question, id: SentenceId) -> f64 {
    let said = context.analysis.terms_of(id);
    let hits = question.terms.iter().filter(|t| said.contains(t)).count();
    hits as f64 / question.terms.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::WeightList;

    fn check(list: &str, names: &[&str]) {
        let list = WeightList::parse(list);
        assert_eq!(list.faults(), []);
        let found: Vec<&str> = list.names().collect();
        let expected: Vec<&str> =
            names.iter().copied().chain(["@redundancy", "@crowding", "@floor"]).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn the_shipped_weights_name_every_feature_once() {
        let answer: Vec<&str> = place::names().into_iter().chain(names()).collect();
        check(include_str!("data/answer.tsv"), &answer);
        check(include_str!("data/overview.tsv"), &features::names());
    }
}
