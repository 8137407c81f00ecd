//! How to select, tuned with the real selection; and the figures of what it picks.

use rapporteur::model::Policy;
use rayon::prelude::*;

use crate::case::Case;
use crate::fit::scores;
use crate::goal;

/// Values that are tried, each setting in turn, twice.
const REDUNDANCY: [f64; 9] = [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0];
const FLOOR: [f64; 9] = [-0.3, -0.1, 0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6];
const CROWDING: [f64; 5] = [0.0, 0.1, 0.2, 0.3, 0.4];

/// The settings of selection with the best figures, for given weights.
pub(crate) fn tune(cases: &[&Case], weights: &[f64], span: f64) -> Policy {
    let mut best = Policy { redundancy: 0.6, crowding: 0.0, floor: 0.3, ..Policy::default() };
    let scores: Vec<Vec<f64>> = cases.par_iter().map(|case| scores(case, weights)).collect();
    let worth = |policy: Policy| {
        let sets = mean(cases, &scores, policy);
        sets.iter().map(|figures| goal::value(figures, span)).sum::<f64>() / sets.len() as f64
    };
    let mut highest = worth(best);
    let mut attempt = |policy: Policy, best: &mut Policy| {
        let value = worth(policy);
        if value > highest {
            (highest, *best) = (value, policy);
        }
    };
    let subjects = cases.iter().any(|c| c.sentences.subjects.iter().any(|&s| s > 0));
    for _ in 0..2 {
        REDUNDANCY.iter().for_each(|&redundancy| attempt(Policy { redundancy, ..best }, &mut best));
        FLOOR.iter().for_each(|&floor| attempt(Policy { floor, ..best }, &mut best));
        if subjects {
            CROWDING.iter().for_each(|&crowding| attempt(Policy { crowding, ..best }, &mut best));
        }
    }
    best
}

/// Mean ROUGE-1, ROUGE-2 and span precision of each set of cases.
pub(crate) fn figures(cases: &[&Case], weights: &[f64], policy: Policy) -> Vec<[f64; 3]> {
    let scores: Vec<Vec<f64>> = cases.par_iter().map(|case| scores(case, weights)).collect();
    mean(cases, &scores, policy)
}

fn mean(cases: &[&Case], scores: &[Vec<f64>], policy: Policy) -> Vec<[f64; 3]> {
    let rated: Vec<[f64; 3]> =
        cases.par_iter().zip(scores).map(|(case, scores)| goal::figures(case, scores, policy)).collect();
    let n_sets = cases.iter().map(|c| c.set + 1).max().unwrap_or(0);
    (0..n_sets)
        .map(|set| {
            let own = || cases.iter().zip(&rated).filter(move |(c, _)| c.set == set).map(|(_, r)| r);
            let size = own().count().max(1) as f64;
            std::array::from_fn(|k| own().map(|r| r[k]).sum::<f64>() / size)
        })
        .collect()
}
