//! Scores and their arithmetic: parts that add up, and what is done to the scores of all candidates together.

use crate::model::{Reason, TermId, Vocabulary, rounded};
use crate::stats::{first_highest, highest, moments, spread};

/// How far one is raised that is to be selected first, in distances from the mean total to the highest: it decides
/// ties, and moves the floor of selection by no more than a rounding.
const ABOVE: f64 = 0.01;

/// What a part of a score is due to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Feature {
    /// A term of the sentence.
    Term(TermId),
    /// A cue phrase of the sentence: the kind and the phrase.
    Cue(&'static str, &'static str),
    /// A property of the sentence.
    Property(&'static str),
}

/// The parts of a sentence's score, which add up to it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Score {
    /// In a fixed order.
    pub parts: Vec<(Feature, f64)>,
}

impl Score {
    /// A score that is due to one property alone.
    pub fn single(name: &'static str, value: f64) -> Self {
        Score { parts: vec![(Feature::Property(name), value)] }
    }

    /// A score without parts, and with room for some.
    pub fn with_capacity(n_parts: usize) -> Self {
        Score { parts: Vec::with_capacity(n_parts) }
    }

    /// Adds a part, unless it is nothing.
    pub fn add(&mut self, feature: Feature, value: f64) {
        if value != 0.0 {
            self.parts.push((feature, value));
        }
    }

    /// The score: the sum of its parts in order.
    pub fn total(&self) -> f64 {
        self.parts.iter().map(|&(_, value)| value).sum()
    }

    /// The parts by name, rounded to six decimals, the weightiest first.
    pub fn reasons(&self, vocabulary: &Vocabulary) -> Vec<Reason> {
        let name = |feature| match feature {
            Feature::Term(term) => format!("term:{}", vocabulary.form(term)),
            Feature::Cue(kind, phrase) => format!("{kind}:{phrase}"),
            Feature::Property(name) => name.to_owned(),
        };
        let mut reasons: Vec<Reason> = self
            .parts
            .iter()
            .map(|&(feature, value)| Reason { feature: name(feature), value: rounded(value) })
            .collect();
        reasons.retain(|r| r.value != 0.0);
        reasons
            .sort_by(|a, b| b.value.abs().total_cmp(&a.value.abs()).then_with(|| a.feature.cmp(&b.feature)));
        reasons
    }
}

/// The scores of candidates, in their order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Scores(Vec<Score>);

impl Scores {
    /// Scores without parts for `n` candidates.
    pub fn empty(n: usize) -> Self {
        Scores(vec![Score::default(); n])
    }

    /// The scores in order.
    pub fn as_slice(&self) -> &[Score] {
        &self.0
    }

    /// The scores in order, to add parts to.
    pub fn iter_mut(&mut self) -> std::slice::IterMut<'_, Score> {
        self.0.iter_mut()
    }

    /// The total of each score.
    pub fn totals(&self) -> Vec<f64> {
        self.0.iter().map(Score::total).collect()
    }

    /// The distance from the mean total to the highest; 0 of none.
    pub fn spread(&self) -> f64 {
        spread(&self.totals()).1
    }

    /// Adds the standard scores of another method, times `weight`: its parts divided by the standard deviation
    /// of its totals, less their mean. Adds nothing where its totals are all alike.
    pub fn add_standardized(&mut self, other: Scores, weight: f64) {
        let (mean, deviation) = moments(&other.totals());
        let scale = if deviation > 0.0 { weight / deviation } else { 0.0 };
        for (score, other) in self.0.iter_mut().zip(other.0) {
            other.parts.into_iter().for_each(|(feature, value)| score.add(feature, scale * value));
            score.add(Feature::Property("average"), -scale * mean);
        }
    }

    /// Raises of each group, given by index, the candidate that is worth most to the highest score; of several
    /// the first. `reason` is the name of the part that is added.
    pub fn raise_best(
        &mut self,
        reason: &'static str,
        worth: &[f64],
        groups: impl IntoIterator<Item = Vec<usize>>,
    ) {
        self.raise_to(highest(&self.totals()), reason, worth, groups);
    }

    /// Raises the candidate of a group that is worth most just above all others: it is selected first, and what
    /// follows it is what would be selected without it.
    pub fn raise_first(&mut self, reason: &'static str, worth: &[f64], group: Vec<usize>) {
        self.raise_to(highest(&self.totals()) + ABOVE * self.spread(), reason, worth, [group]);
    }

    fn raise_to(
        &mut self,
        level: f64,
        reason: &'static str,
        worth: &[f64],
        groups: impl IntoIterator<Item = Vec<usize>>,
    ) {
        let totals = self.totals();
        for group in groups {
            if let Some(best) = first_highest(group.into_iter(), |at| worth[at]) {
                self.0[best].add(Feature::Property(reason), level - totals[best]);
            }
        }
    }
}

impl FromIterator<Score> for Scores {
    fn from_iter<I: IntoIterator<Item = Score>>(scores: I) -> Self {
        Scores(scores.into_iter().collect())
    }
}

impl Extend<Score> for Scores {
    fn extend<I: IntoIterator<Item = Score>>(&mut self, scores: I) {
        self.0.extend(scores);
    }
}

impl IntoIterator for Scores {
    type Item = Score;
    type IntoIter = std::vec::IntoIter<Score>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scores(totals: &[f64]) -> Scores {
        totals.iter().map(|&total| Score::single("x", total)).collect()
    }

    #[test]
    fn the_best_of_each_group_is_raised_to_the_highest() {
        let mut scores = scores(&[5.0, 1.0, 2.0, 2.0]);
        let totals = scores.totals();
        scores.raise_best("heard", &totals, [vec![1, 2, 3], vec![], vec![0]]);
        assert_eq!(scores.totals(), [5.0, 1.0, 5.0, 2.0]);
        assert_eq!(scores.as_slice()[2].parts[1], (Feature::Property("heard"), 3.0));
        assert_eq!(scores.as_slice()[0].parts.len(), 1, "the highest itself is not raised");
    }

    #[test]
    fn the_best_of_a_group_is_raised_above_all_others() {
        let mut scores = scores(&[5.0, 1.0, 0.0]);
        scores.raise_first("figure", &[0.0, 1.0, 2.0], vec![1, 2]);
        assert_eq!(scores.totals(), [5.0, 1.0, 5.03]);
    }

    #[test]
    fn standard_scores_have_a_mean_of_0_and_the_deviation_asked_for() {
        let mut sum = Scores::empty(3);
        sum.add_standardized(scores(&[1.0, 3.0, 5.0]), 2.0);
        let (mean, deviation) = moments(&sum.totals());
        assert!(mean.abs() < 1e-12 && (deviation - 2.0).abs() < 1e-12, "{mean} {deviation}");
        sum.add_standardized(scores(&[4.0, 4.0, 4.0]), 2.0);
        assert!(moments(&sum.totals()).0.abs() < 1e-12, "totals that are all alike say nothing");
    }
}
