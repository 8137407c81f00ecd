//! Additive models: a score is the sum of weighted features. The weights are data that a person can
//! read, made by `examples/train_weights`.

use crate::model::Policy;
use crate::stats::WeightList;

use super::{Feature, Score};

/// The weights of an additive model, one for each of its features.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    weights: Vec<(&'static str, f64)>,
    policy: Policy,
}

impl Model {
    /// Reads lines of `name<TAB>weight`; `#` begins a comment, `@name` a setting of the policy that
    /// was tuned with the weights.
    ///
    /// The weights are put in the order of `names`; a name without a line weighs 0. Lines that do
    /// not have that form are left out ([`WeightList`]).
    pub fn parse(list: &'static str, names: &[&'static str]) -> Self {
        let list = WeightList::parse(list);
        let value = |name: &str| list.value(name);
        let policy = Policy {
            redundancy: value("@redundancy"),
            crowding: value("@crowding"),
            floor: value("@floor"),
            ..Policy::default()
        };
        Model { weights: names.iter().map(|&n| (n, value(n))).collect(), policy }
    }

    /// A model with these weights.
    pub fn new(weights: Vec<(&'static str, f64)>, policy: Policy) -> Self {
        Model { weights, policy }
    }

    /// The score of a sentence with these features: one part for each, in order.
    pub fn score(&self, features: impl IntoIterator<Item = f64>) -> Score {
        let mut score = Score::default();
        for (&(name, weight), value) in self.weights.iter().zip(features) {
            score.add(Feature::Property(name), weight * value);
        }
        score
    }

    /// How to select from the scores.
    pub fn policy(&self) -> Policy {
        self.policy
    }

    /// The names and weights, in order.
    pub fn weights(&self) -> &[(&'static str, f64)] {
        &self.weights
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_is_the_sum_of_its_weighted_features() {
        let model = Model::parse(
            "# made by hand\ncue\t0.5\nlength\t-0.25\n@redundancy\t0.7\n",
            &["length", "cue", "new"],
        );
        let score = model.score([1.0, 2.0, 9.0]);
        assert_eq!(score.total(), 0.75);
        assert_eq!(score.parts.len(), 2);
        assert_eq!(
            model.policy(),
            Policy { redundancy: 0.7, crowding: 0.0, floor: 0.0, ..Policy::default() }
        );
    }
}
