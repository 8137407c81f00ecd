//! Where somebody stands: two logistic models of named features tell a sentence that is worth quoting as
//! a position, one by what it is, one by what it is against the rest of what its speaker says; sentences
//! that do not read alone lose by hand.

/// An enumeration whose variants have names in the lists of `language`, and these names in their order.
macro_rules! named {
    ($(#[$of_type:meta])* $type:ident, $(#[$of_names:meta])* $names:ident, $($variant:ident $name:literal,)*) => {
        $(#[$of_type])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum $type { $(#[doc = $name] $variant),* }

        $(#[$of_names])*
        pub(super) const $names: &[&str] = &[$($name),*];
    };
}

mod features;
mod hanging;
mod kind;
mod sentence;
mod whole;
mod wording;

use std::sync::LazyLock;

use crate::model::{Choice, Kind, Policy};
use crate::stats::WeightList;

use super::{Context, Feature, Method, Score, Scores, distinctive};

pub use features::{FEATURES, Measure};
use hanging::hanging;
pub use kind::kind;
pub use sentence::Seen;
use sentence::see;
pub use whole::Whole;

pub(super) const METHOD: Method = Method {
    name: "position",
    about: "what states where this voice stands and reads alone: two trained models of named features",
    source: "this project, docs/quality.md; trained on sessions that were read by hand",
    most_sentences: None,
    rank,
    policy: || POLICY,
};

/// How positions are chosen: by worth for each word, spread over what they say, none below the odds of
/// 1 to 4: a probability of .2. Of quotations of six sessions that nobody annotated, a reader took 8 of 100 below even
/// odds for positions that can be understood alone, and 43 above; but at even odds recall of points falls by a fifth.
pub const POLICY: Policy =
    Policy { redundancy: 1.0, crowding: 0.0, floor: -1.386, choice: Choice::WorthPerWord };

/// The name of the part of a score by which a sentence loses that hangs on what was said before.
pub const HANGS: &str = "hangs on what was said before";

/// What a sentence loses, in odds, that hangs in the air: 18 % of its worth is left. Set with what a reader said of
/// quotations of six sessions: of 14 that hang none was a position that can be understood alone.
const HANGING: f64 = -1.7;
/// The same where the sentence before can be shown with it: 37 % of its worth is left.
const HANGING_WITH_CONTEXT: f64 = -1.0;
/// With fewer than [`FEW`] different terms: 60 % of the worth is left.
const FEW_TERMS: f64 = -0.5;
/// Terms from which on a sentence names what it is about. All rules for readability together bring precision of points
/// from .78 to .84 on seven sessions read whole, and recall from .58 to .54.
const FEW: usize = 5;
/// How far a sentence must hang to lose [`NOTHING_NAMED`]: more than one that opens with a demonstrative and its noun,
/// which in German and Spanish may be an article.
const HANGS_CLEARLY: f64 = 0.7;
/// Different terms below which a sentence that hangs names nothing by which a reader could tell what it is about.
const NAMES_NOTHING: usize = 4;
/// What such a sentence loses (“So this I consider a big success.”): 37 % of the worth is left. At 22 % it cost .003 of
/// the recall of points on seven sessions read whole. What takes sides keeps its worth: “That's not negotiable for us.”
const NOTHING_NAMED: f64 = -1.0;
/// What a sentence loses that reports what others say. Of reports hardly any carried a point; set by hand.
const REPORTED: f64 = -2.0;
/// What a sentence loses that asks for information, or says who speaks or what comes next. Set by hand.
const ANNOUNCES: f64 = -1.5;
/// As a question that asks for information: 40 % of the worth is left.
const QUESTION: f64 = -0.9;
/// As a note in brackets, a label within a turn, a point of order: no speech to quote.
const NO_SPEECH: f64 = -5.0;
/// For each word fewer than [`SHORTEST`]: what is short must be strong to be quoted. Set by hand.
const SHORT: f64 = -0.15;
/// What a sentence gains for each word fewer, up to six, that takes sides clearly: what both models
/// take off it for its length alone. Set by hand.
const BRIEF: f64 = 0.15;
/// Words from which on a sentence says something whole: where shorter ones won, a reader understood 45 % of
/// the quotations alone and not 70 %.
const SHORTEST: f64 = 10.0;
/// Parts of a score below this are shown together: what changes the odds by less than 3 %.
const SMALL: f64 = 0.03;

/// Parts of a score for which memory is taken at once; few sentences have more.
const ROOM: usize = 48;

/// What a feature adds to a score.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Weight {
    /// For its value less the mean.
    pub absolute: f64,
    /// For its value less the mean over what the same voice says.
    pub relative: f64,
    /// The mean of its values where the weights were learned.
    pub mean: f64,
}

/// The two logistic models as one list of weights.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Model {
    /// The odds of a mean sentence.
    pub intercept: f64,
    /// By feature, in the order of [`FEATURES`].
    pub weights: Vec<Weight>,
}

impl Model {
    /// Reads lines of `name<TAB>absolute<TAB>relative<TAB>mean`, and `@intercept<TAB>odds`; `#` begins a
    /// comment. A feature without a line weighs nothing; a test keeps the shipped file whole.
    pub fn parse(list: &str) -> Self {
        let list = WeightList::parse(list);
        let weight = |name: &str| match *list.numbers(name) {
            [absolute, relative, mean] => Weight { absolute, relative, mean },
            _ => Weight::default(),
        };
        Model {
            intercept: list.value("@intercept"),
            weights: FEATURES.iter().map(|(name, _)| weight(name)).collect(),
        }
    }

    /// The scores of the candidates, from their rows: the mean of the odds of both models, by feature.
    pub fn score(&self, rows: &[Vec<f64>]) -> Scores {
        let n = rows.len().max(1) as f64;
        let means: Vec<f64> =
            (0..FEATURES.len()).map(|f| rows.iter().map(|row| row[f]).sum::<f64>() / n).collect();
        rows.iter()
            .map(|row| {
                let mut score = Score::with_capacity(ROOM);
                score.add(Feature::Property("odds of any sentence"), self.intercept);
                let mut small = 0.0;
                for (f, weight) in self.weights.iter().enumerate() {
                    let part =
                        weight.absolute * (row[f] - weight.mean) + weight.relative * (row[f] - means[f]);
                    match part.abs() < 2.0 * SMALL {
                        true => small += part / 2.0,
                        false => score.add(Feature::Property(FEATURES[f].0), part / 2.0),
                    }
                }
                score.add(Feature::Property("small features"), small);
                score
            })
            .collect()
    }
}

/// The weights that `examples/train_positions` made.
const WEIGHTS: &str = include_str!("../data/position.tsv");

/// The trained model.
fn model() -> &'static Model {
    static MODEL: LazyLock<Model> = LazyLock::new(|| Model::parse(WEIGHTS));
    &MODEL
}

/// How much the standard score of `distinctive` counts beside the odds of the models: of 143 quotations of sessions that
/// nobody annotated, 12 of 100 that it puts a standard deviation below the mean were positions that can be understood
/// alone, and 58 of 100 two above. At .3 F1 of points on seven sessions read whole is .01 lower.
const DISTINCTIVE: f64 = 0.2;

fn rank(context: &Context<'_>) -> Scores {
    let mut scores = odds(context);
    scores.add_standardized((distinctive::METHOD.rank)(context), DISTINCTIVE);
    scores
}

/// The odds that each candidate takes a position worth quoting, by the trained models and the rules for readability.
pub fn odds(context: &Context<'_>) -> Scores {
    scores(context, model())
}

/// The scores of the candidates by a model.
pub fn scores(context: &Context<'_>, model: &Model) -> Scores {
    let seen = see(context);
    let mut scores = model.score(&rows_of(&seen));
    for (at, score) in scores.iter_mut().enumerate() {
        add_readability(context, at, &seen[at], score);
    }
    scores
}

/// What the candidates lose that do not read alone or say nothing, which both models leave to rules.
pub fn readability(context: &Context<'_>) -> Scores {
    let add = |(at, seen): (usize, &Seen<'_>)| {
        let mut score = Score::default();
        add_readability(context, at, seen, &mut score);
        score
    };
    see(context).iter().enumerate().map(add).collect()
}

/// The features of the candidates, a row each.
pub fn rows(context: &Context<'_>) -> Vec<Vec<f64>> {
    rows_of(&see(context))
}

fn rows_of(seen: &[Seen<'_>]) -> Vec<Vec<f64>> {
    seen.iter().map(|seen| FEATURES.iter().map(|(_, value)| value(seen)).collect()).collect()
}

/// What a sentence loses that a reader cannot follow alone, or that is no statement.
fn add_readability(context: &Context<'_>, at: usize, seen: &Seen<'_>, score: &mut Score) {
    let id = context.candidates[at];
    let tokens = &context.analysis.tokens;
    let hangs = hanging(tokens, tokens.of_sentence(id), &context.whole.hanging);
    let before = context.analysis.before(id).map(|before| context.analysis.sentence(before).kind);
    let share = if before == Some(Kind::Speech) { HANGING_WITH_CONTEXT } else { HANGING };
    score.add(Feature::Property(HANGS), share * hangs);
    let flag = |score: &mut Score, name, is_so: bool, value: f64| {
        if is_so {
            score.add(Feature::Property(name), value);
        }
    };
    let n_terms = seen.subject.n_distinct as usize;
    flag(score, "reports what others say", seen.reports_others, REPORTED);
    flag(score, "asks or announces", seen.announces, ANNOUNCES);
    if seen.takes_sides() {
        score.add(
            Feature::Property("takes sides in few words"),
            BRIEF * (SHORTEST - seen.length).clamp(0.0, 6.0),
        );
        return flag(score, "no speech", is_no_speech(seen), NO_SPEECH);
    }
    flag(score, "hangs and names nothing", hangs >= HANGS_CLEARLY && n_terms < NAMES_NOTHING, NOTHING_NAMED);
    flag(score, "fewer than 5 terms", n_terms < FEW, FEW_TERMS);
    flag(score, "a question", seen.asks() && seen.kind.is_none(), QUESTION);
    flag(score, "no speech", is_no_speech(seen), NO_SPEECH);
    score.add(Feature::Property("fewer than 10 words"), SHORT * (SHORTEST - seen.length).max(0.0));
}

/// Whether a text is a note in brackets, begins with a label in capitals, or raises a point of order.
fn is_no_speech(seen: &Seen<'_>) -> bool {
    let text = seen.text.trim();
    let bracketed = text.starts_with(['(', '[']) && text.trim_end_matches('.').ends_with([')', ']']);
    let label = text.split_once(':').is_some_and(|(label, _)| {
        label.chars().count() >= 5 && label.chars().all(|c| c.is_uppercase() || c == ' ' || c == '.')
    });
    bracketed || label || seen.is_point_of_order()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_is_the_mean_of_what_both_models_add_up() {
        let name = FEATURES[0].0;
        let model = Model::parse(&format!("# made by hand\n@intercept\t-1\n{name}\t2\t4\t0.5\n"));
        let row = |first: f64| (0..FEATURES.len()).map(|f| if f == 0 { first } else { 9.0 }).collect();
        let totals = model.score(&[row(1.0), row(0.0)]).totals();
        // Absolute: 2 · ±0.5; relative: 4 · ±0.5; half of their sum.
        assert_eq!(totals, [-1.0 + 1.5, -1.0 - 1.5]);
    }

    #[test]
    fn the_shipped_list_has_the_weights_of_every_feature_and_no_others() {
        let list = WeightList::parse(WEIGHTS);
        assert_eq!(list.faults(), []);
        let known = |name: &str| name == "@intercept" || FEATURES.iter().any(|(known, _)| *known == name);
        assert!(list.names().all(known) && list.names().count() == FEATURES.len() + 1);
        for (name, weight) in FEATURES.iter().map(|(name, _)| name).zip(&model().weights) {
            assert!(*weight != Weight::default(), "{name}");
        }
    }
}
