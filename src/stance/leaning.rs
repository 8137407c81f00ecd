//! Where a stakeholder's sentences on an issue add up to: a small model of named features.
//!
//! Each sentence gets a score towards the issue; the scores are averaged, weighted by how probably each
//! sentence bears on the issue. Whether anything is said at all, and how sure the class is, are models of
//! their own. `docs/stance.md` has the formulas and how well they do.

use std::sync::LazyLock;

use crate::model::{Basis, Stance, StanceCounts, StanceSums};
use crate::stats::{WeightList, logistic, weighted_sum};

use super::tone::feature_names;

const WEIGHTS: &str = include_str!("data/weights.tsv");
/// A sentence counts in a mean with its relevance to this power, so that those that surely bear on the
/// issue do not leave the rest without say.
const SHARE: f64 = 0.8;
/// Added to the weights of a mean: a few doubtful sentences are drawn to 0.
const PRIOR: f64 = 0.1;
/// Least relevance of a sentence that counts.
pub const LEAST_RELEVANCE: f64 = 0.02;
/// Least relevance of a sentence that is quoted as evidence.
pub const EVIDENCE_RELEVANCE: f64 = 0.05;
/// Least relevance of a sentence whose own cue makes a stance a stated one.
pub const STATED_RELEVANCE: f64 = 0.25;
/// Least probability that anything is said on the issue.
const FILLED: f64 = 0.5;
/// Least probability that anything is said on the issue, for a stance that is stated. With this and the
/// next, 79 % of the stated stances of sessions left out were right, without them 76 %.
const STATED_FILLED: f64 = 0.7;
/// Least size of the score of a stance that is stated.
const STATED_SIZE: f64 = 0.3;
/// What a sentence whose score points the other way is worth as evidence.
const CONTRADICTING: f64 = 0.6;

/// The trained weights.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights {
    /// What a sentence's score towards an issue has without any feature, and one weight for each of
    /// [`feature_names`].
    pub sentence: (f64, Vec<f64>),
    /// Whether anything is said: bias, logarithm of the greatest relevance, probability of any.
    pub filled: [f64; 3],
    /// The stance: bias, mean score.
    pub stance: [f64; 2],
    /// How sure a stance is: bias, log-odds that anything is said, size of the score, whether it is stated.
    pub confidence: [f64; 4],
}

/// The names of the weights of [`Weights::filled`], [`Weights::stance`] and [`Weights::confidence`].
pub const FILLED_NAMES: [&str; 3] = ["filled:bias", "filled:log_greatest", "filled:any"];
/// See [`FILLED_NAMES`].
pub const STANCE_NAMES: [&str; 2] = ["stance:bias", "stance:mean"];
/// See [`FILLED_NAMES`].
pub const CONFIDENCE_NAMES: [&str; 4] =
    ["confidence:bias", "confidence:filled", "confidence:size", "confidence:stated"];

impl Weights {
    /// The weights that the program ships.
    pub fn shipped() -> &'static Weights {
        static SHIPPED: LazyLock<Weights> = LazyLock::new(|| Weights::parse(WEIGHTS));
        &SHIPPED
    }

    /// Reads lines of `name<TAB>weight`; `#` begins a comment, a name without a line weighs 0.
    pub fn parse(list: &str) -> Self {
        let list = WeightList::parse(list);
        let value = |name: &str| list.value(name);
        Weights {
            sentence: (value("bias"), feature_names().iter().map(|name| value(name)).collect()),
            filled: FILLED_NAMES.map(value),
            stance: STANCE_NAMES.map(value),
            confidence: CONFIDENCE_NAMES.map(value),
        }
    }

    /// The score of a sentence towards an issue: above 0 for, below 0 against.
    pub fn score(&self, features: &[f64]) -> f64 {
        self.sentence.0 + weighted_sum(&self.sentence.1, features)
    }
}

/// A sentence on an issue as it counts for the stance on it.
#[derive(Debug, Clone, Copy)]
pub struct WeighedSentence<'a> {
    /// Probability that it bears on the issue.
    pub relevance: f64,
    /// Its features towards the issue.
    pub features: &'a [f64],
    /// The stance that it states with its own cue, on any issue.
    pub stated: Option<Stance>,
    /// The stance that it states of the issue by name.
    pub by_name: Option<Stance>,
}

/// Adds a sentence to what a stakeholder says on an issue.
pub fn add(sums: &mut StanceSums, said: &WeighedSentence<'_>) {
    if said.relevance < LEAST_RELEVANCE {
        return;
    }
    let weight = said.relevance.powf(SHARE);
    if sums.features.is_empty() {
        sums.features = vec![0.0; said.features.len()];
    }
    sums.weight += weight;
    sums.features.iter_mut().zip(said.features).for_each(|(sum, x)| *sum += weight * x);
    sums.log_none += (1.0 - said.relevance.min(1.0 - 1e-9)).ln();
    sums.greatest = sums.greatest.max(said.relevance);
    if said.relevance >= STATED_RELEVANCE {
        said.stated.into_iter().for_each(|stance| sums.stated.add(stance));
        said.by_name.into_iter().for_each(|stance| sums.by_name.add(stance));
    }
}

/// Where a stakeholder stands on an issue.
#[derive(Debug, Clone, PartialEq)]
pub struct Leaning {
    /// The stance; never mixed.
    pub stance: Stance,
    /// Whether a sentence states it.
    pub basis: Basis,
    /// Probability that a reader would say the same, 0 to 1.
    pub confidence: f64,
    /// Above 0 for, below 0 against; what `because` adds up to.
    pub score: f64,
    /// The parts of the score, the weightiest first.
    pub because: Vec<(String, f64)>,
}

/// The probability that a stakeholder says anything on the issue.
pub fn filled(sums: &StanceSums, weights: &Weights) -> f64 {
    logistic(filled_odds(sums, weights))
}

fn filled_odds(sums: &StanceSums, weights: &Weights) -> f64 {
    let [bias, greatest, any] = weights.filled;
    bias + greatest * (sums.greatest + 1e-3).ln() + any * (1.0 - sums.log_none.exp())
}

/// The features that the stance of these sentences has: the means of the sentences' and their share.
pub fn means(sums: &StanceSums) -> (Vec<f64>, f64) {
    let whole = sums.weight + PRIOR;
    (sums.features.iter().map(|sum| sum / whole).collect(), sums.weight / whole)
}

/// Where the sentences of a stakeholder on an issue add up to; none where too little is said.
pub fn leaning(sums: &StanceSums, weights: &Weights) -> Option<Leaning> {
    // Without a sentence that can be quoted there is no stance.
    let is_quotable = sums.greatest >= EVIDENCE_RELEVANCE;
    let is_filled = filled(sums, weights) >= FILLED;
    let one_side = only_side(&sums.by_name);
    if sums.features.is_empty() || !is_quotable || !is_filled && one_side.is_none() {
        return None;
    }
    let (means, share) = means(sums);
    let [bias, slope] = weights.stance;
    let mut because: Vec<(String, f64)> = feature_names()
        .iter()
        .zip(weights.sentence.1.iter().zip(&means))
        .map(|(name, (weight, mean))| (name.clone(), slope * weight * mean))
        .filter(|(_, value)| *value != 0.0)
        .collect();
    because.push(("bias".to_owned(), bias + slope * weights.sentence.0 * share));
    let score: f64 = because.iter().map(|(_, value)| value).sum();
    because.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then_with(|| a.0.cmp(&b.0)));
    let stance = match score {
        score if score > 0.0 => Stance::Support,
        _ if opposes(sums) || sums.by_name.oppose > 0 => Stance::Oppose,
        _ => Stance::Concern,
    };
    let is_said = one_side == Some(score > 0.0);
    // One sentence that says it of the issue by name is enough where all else is silent; one that the rest
    // contradicts is not.
    if !is_filled && !is_said {
        return None;
    }
    let is_enough = filled(sums, weights) >= STATED_FILLED || !is_filled && is_said;
    let is_sure = score.abs() >= STATED_SIZE && is_enough;
    let against = sums.stated.oppose + sums.stated.concern;
    let is_stated = match stance {
        Stance::Support => sums.stated.support > against,
        _ => against > sums.stated.support,
    };
    let basis = if is_stated && is_sure { Basis::Stated } else { Basis::Inferred };
    let confidence = confidence(filled_odds(sums, weights), score, basis, weights);
    Some(Leaning { stance, basis, confidence, score, because })
}

/// Whether all statements are for (true) or all against; nothing where there are none or both.
fn only_side(counts: &StanceCounts) -> Option<bool> {
    match (counts.support, counts.oppose + counts.concern) {
        (0, 0) => None,
        (_, 0) => Some(true),
        (0, _) => Some(false),
        _ => None,
    }
}

/// Whether sentences that are against an issue oppose it rather than worry: cues of opposition stand nearer
/// to its words than cues of worry, and twice as near as cues of lack and harm. 64 % of what is told as
/// opposition so was annotated as such, 25 % of the opposition is found; the rest is told as concern.
fn opposes(sums: &StanceSums) -> bool {
    let near = |class: &str| {
        let is_it = |name: &String| name.strip_prefix("near_") == Some(class);
        let at = feature_names().iter().position(is_it);
        at.and_then(|at| sums.features.get(at)).copied().unwrap_or(0.0)
    };
    near("oppose") > near("concern") + 0.5 * (near("lack") + near("harm"))
}

fn confidence(odds: f64, score: f64, basis: Basis, weights: &Weights) -> f64 {
    let [bias, filled, size, stated] = weights.confidence;
    let is_stated = f64::from(u8::from(basis == Basis::Stated));
    logistic(bias + filled * odds + size * score.abs() + stated * is_stated)
}

/// Most sentences that a stance lists as its evidence.
const MOST_EVIDENCE: usize = 4;

/// The sentences to be quoted for a stance, best first: `said` has the worth, the relevance and a place of
/// each, in reading order. Without those that hardly bear on the issue.
pub fn best_evidence<T>(mut said: Vec<(f64, f64, T)>) -> Vec<T> {
    said.retain(|(_, relevance, _)| *relevance >= EVIDENCE_RELEVANCE);
    // Stable, so that of equal ones the earlier comes first.
    said.sort_by(|a, b| b.0.total_cmp(&a.0));
    said.truncate(MOST_EVIDENCE);
    said.into_iter().map(|(_, _, place)| place).collect()
}

/// What a sentence is worth as evidence of a stance whose score is `towards`.
pub fn worth(relevance: f64, score: f64, towards: f64) -> f64 {
    let contradicts = score * towards.signum() < -0.3;
    relevance * if contradicts { CONTRADICTING } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Weights of hand: praise speaks for an issue, harm against it.
    fn weights() -> Weights {
        Weights::parse(
            "bias\t0.0\npraise\t2.0\nharm\t-2.0\nfilled:bias\t0.0\nfilled:log_greatest\t1.0\nfilled:any\t2.0\n\
             stance:bias\t0.1\nstance:mean\t1.0\nconfidence:bias\t0.5\n",
        )
    }

    fn features(name: &str, value: f64) -> Vec<f64> {
        feature_names().iter().map(|known| if known == name { value } else { 0.0 }).collect()
    }

    fn sums(said: &[(f64, &str, Option<Stance>)]) -> StanceSums {
        let mut sums = StanceSums::default();
        for (relevance, name, stated) in said {
            let features = features(name, 1.0);
            let said = WeighedSentence {
                relevance: *relevance,
                features: &features,
                stated: *stated,
                by_name: None,
            };
            add(&mut sums, &said);
        }
        sums
    }

    #[test]
    fn several_sentences_add_up_and_their_reasons_to_the_score() {
        let leaning = leaning(&sums(&[(0.9, "praise", None), (0.4, "harm", None)]), &weights()).unwrap();
        assert_eq!((leaning.stance, leaning.basis), (Stance::Support, Basis::Inferred));
        let sum: f64 = leaning.because.iter().map(|(_, value)| value).sum();
        assert_eq!(sum, leaning.score);
        assert_eq!(leaning.because[0].0, "praise", "the weightiest first");
        let (p, q) = (0.9f64.powf(0.8), 0.4f64.powf(0.8));
        assert!((leaning.score - (0.1 + 2.0 * (p - q) / (p + q + 0.1))).abs() < 1e-12);
    }

    #[test]
    fn a_stance_is_stated_where_more_sentences_say_its_side_than_the_other() {
        let cases = [
            (vec![(0.9, "praise", Some(Stance::Support))], Some(Basis::Stated)),
            (vec![(0.9, "praise", Some(Stance::Oppose))], Some(Basis::Inferred)),
            (vec![(0.9, "praise", None)], Some(Basis::Inferred)),
            (vec![(0.2, "praise", None), (0.9, "harm", Some(Stance::Concern))], Some(Basis::Stated)),
            (vec![(0.03, "praise", Some(Stance::Support))], None),
        ];
        for (said, expected) in cases {
            let found = leaning(&sums(&said), &weights());
            assert_eq!(found.map(|leaning| leaning.basis), expected, "{said:?}");
        }
    }

    #[test]
    fn one_sentence_is_enough_that_says_it_of_the_issue_by_name() {
        let features = features("harm", 1.0);
        let said = |by_name: Option<Stance>| {
            let mut sums = StanceSums::default();
            add(
                &mut sums,
                &WeighedSentence { relevance: 0.3, features: &features, stated: by_name, by_name },
            );
            leaning(&sums, &weights()).map(|leaning| (leaning.stance, leaning.basis))
        };
        assert_eq!(said(None), None);
        assert_eq!(said(Some(Stance::Oppose)), Some((Stance::Oppose, Basis::Stated)));
        assert_eq!(said(Some(Stance::Support)), None, "the words around it say the opposite");
    }

    #[test]
    fn what_is_against_an_issue_is_concern_unless_opposition_stands_by_its_words() {
        let against = |name: &str| {
            let mut sums = sums(&[(0.9, "harm", None)]);
            let near = features(name, 1.0);
            sums.features.iter_mut().zip(near).for_each(|(sum, x)| *sum += x);
            leaning(&sums, &weights()).unwrap().stance
        };
        assert_eq!(against("near_oppose"), Stance::Oppose);
        assert_eq!(against("near_lack"), Stance::Concern);
    }

    #[test]
    fn the_sums_of_two_sessions_are_those_of_both_together() {
        let (first, second) = ((0.9, "praise", None), (0.4, "harm", Some(Stance::Concern)));
        let mut merged = sums(&[first]);
        merged.merge(&sums(&[second]));
        assert_eq!(merged, sums(&[first, second]));
        let mut none = StanceSums::default();
        none.merge(&StanceSums::default());
        assert_eq!(leaning(&none, &weights()), None);
    }

    #[test]
    fn evidence_is_the_best_that_bears_on_the_issue() {
        let said = vec![(0.3, 0.5, 'a'), (0.9, 0.9, 'b'), (0.04, 0.04, 'c'), (0.3, 0.3, 'd')];
        assert_eq!(best_evidence(said), ['b', 'a', 'd']);
        assert!(worth(0.5, -1.0, 2.0) < worth(0.5, 1.0, 2.0));
    }

    #[test]
    fn every_shipped_weight_belongs_to_a_feature() {
        let known = |name: &str| {
            let others = FILLED_NAMES.iter().chain(&STANCE_NAMES).chain(&CONFIDENCE_NAMES);
            name == "bias"
                || feature_names().iter().any(|f| f == name)
                || others.into_iter().any(|o| *o == name)
        };
        let list = WeightList::parse(WEIGHTS);
        assert_eq!(list.faults(), []);
        assert!(list.names().count() > feature_names().len());
        assert_eq!(list.names().find(|name| !known(name)), None);
    }
}
