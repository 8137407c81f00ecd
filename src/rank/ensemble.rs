//! Several methods heard together: for overviews that are long enough to show more than one side.

use std::collections::BTreeMap;

use crate::model::{Policy, Role, SentenceId};

use super::{Context, Feature, Method, Score, distinctive, overview};

pub(super) const METHOD: Method = Method {
    name: "ensemble",
    about: "overview and distinctive together, each side heard: for overviews of more than 200 words",
    source: "CombSUM (Fox & Shaw 1994) over standard scores, with the weights of docs/quality.md",
    most_sentences: None,
    rank,
    policy: || Policy { redundancy: 0.6, crowding: 0.0, floor: -1.0, ..Policy::default() },
};

/// The methods and how much each counts.
const MEMBERS: [(Method, f64); 2] = [(overview::METHOD, 2.0 / 3.0), (distinctive::METHOD, 1.0 / 3.0)];

/// Share of the floor from which a side is heard in any case.
const HEARD: f64 = 0.05;

/// The weighted sum of the standard scores: each member's parts, divided by the standard deviation
/// of its totals, less their mean. Of each side, the clearest position is raised to the highest score.
fn rank(context: &Context<'_>) -> Vec<Score> {
    let mut scores = vec![Score::default(); context.candidates.len()];
    let mut positions = Vec::new();
    for (member, weight) in MEMBERS {
        let own = (member.rank)(context);
        let (mean, deviation) = moments(&own);
        let scale = if deviation > 0.0 { weight / deviation } else { 0.0 };
        if member.name == distinctive::METHOD.name {
            positions = own.iter().map(Score::total).collect();
        }
        for (score, own) in scores.iter_mut().zip(own) {
            own.parts.into_iter().for_each(|(feature, value)| score.add(feature, scale * value));
            score.add(Feature::Property("average"), -scale * mean);
        }
    }
    hear_each_side(context, &positions, &mut scores);
    scores
}

/// Raises the clearest position of each side that has its share of the floor to the highest score. Those
/// who lead the session are no side.
fn hear_each_side(context: &Context<'_>, positions: &[f64], scores: &mut [Score]) {
    let side = |id: SentenceId| {
        let speaker = context.people.speakers.get(context.speaker(id).0 as usize)?;
        (speaker.role == Role::Speaker).then(|| speaker.stands_for())
    };
    let mut words: BTreeMap<&str, u32> = BTreeMap::new();
    for id in context.analysis.ids() {
        if let Some(side) = side(id) {
            *words.entry(side).or_default() += context.analysis.sentence(id).words;
        }
    }
    let all: u32 = words.values().sum();
    let totals: Vec<f64> = scores.iter().map(Score::total).collect();
    let highest = totals.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    for (heard, _) in words.into_iter().filter(|(_, words)| f64::from(*words) >= HEARD * f64::from(all)) {
        let own = (0..totals.len()).filter(|&i| side(context.candidates[i]) == Some(heard));
        if let Some(clearest) = own.rev().max_by(|&a, &b| positions[a].total_cmp(&positions[b])) {
            scores[clearest].add(Feature::Property("each-side"), highest - totals[clearest]);
        }
    }
}

/// Mean and standard deviation of the totals.
fn moments(scores: &[Score]) -> (f64, f64) {
    let n = scores.len().max(1) as f64;
    let mean = scores.iter().map(Score::total).sum::<f64>() / n;
    let squares: f64 = scores.iter().map(|s| (s.total() - mean) * (s.total() - mean)).sum();
    (mean, (squares / n).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mean_and_deviation_agree_with_numbers_worked_by_hand() {
        let scores: Vec<Score> = [1.0, 3.0, 5.0].iter().map(|&v| Score::single("x", v)).collect();
        let (mean, deviation) = moments(&scores);
        assert_eq!(mean, 3.0);
        assert!((deviation - (8f64 / 3.0).sqrt()).abs() < 1e-12);
        assert_eq!(moments(&[]), (0.0, 0.0));
    }
}
