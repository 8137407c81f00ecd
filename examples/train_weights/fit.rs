//! Weights by the gradient of the smooth goal, held near 0 (ridge), by L-BFGS.

use std::collections::VecDeque;

use rayon::prelude::*;

use crate::case::Case;
use crate::goal::smooth;

/// Steps that L-BFGS remembers (Nocedal & Wright 2006, algorithm 7.5).
const MEMORY: usize = 8;

/// How to fit.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Settings {
    /// What span precision counts.
    pub(crate) span: f64,
    /// What the square of a weight costs, for a feature of standard deviation 1.
    pub(crate) ridge: f64,
    /// Rounds at most.
    pub(crate) rounds: usize,
}

/// The weights of the features that raise the smooth goal on these cases; sets count alike.
pub(crate) fn fit(cases: &[&Case], deviations: &[f64], settings: Settings) -> Vec<f64> {
    let n_sets = cases.iter().map(|c| c.set + 1).max().unwrap_or(1);
    let sizes: Vec<f64> =
        (0..n_sets).map(|set| cases.iter().filter(|c| c.set == set).count() as f64).collect();
    let share = |case: &Case| 1.0 / (sizes[case.set] * n_sets as f64);
    let loss = |weights: &[f64]| {
        let each: Vec<(f64, Vec<f64>)> =
            cases.par_iter().map(|case| case_gradient(case, weights, deviations, settings.span)).collect();
        let mut value = settings.ridge * weights.iter().map(|w| w * w).sum::<f64>();
        let mut slope: Vec<f64> = weights.iter().map(|w| 2.0 * settings.ridge * w).collect();
        for (case, (worth, along)) in cases.iter().zip(each) {
            value -= share(case) * worth;
            slope.iter_mut().zip(along).for_each(|(s, a)| *s -= share(case) * a);
        }
        (value, slope)
    };
    let mut weights = descend(loss, vec![0.0; deviations.len()], settings.rounds);
    weights.iter_mut().zip(deviations).for_each(|(w, d)| *w /= d);
    weights
}

/// The scores of a case's candidates.
pub(crate) fn scores(case: &Case, weights: &[f64]) -> Vec<f64> {
    (0..case.len()).map(|i| case.row(i).iter().zip(weights).map(|(&x, w)| f64::from(x) * w).sum()).collect()
}

/// The smooth goal on a case and its gradient, for weights of standardised features.
fn case_gradient(case: &Case, weights: &[f64], deviations: &[f64], span: f64) -> (f64, Vec<f64>) {
    let scaled: Vec<f64> = weights.iter().zip(deviations).map(|(w, d)| w / d).collect();
    let (worth, slope) = smooth(case, &scores(case, &scaled), span);
    let mut along = vec![0.0; weights.len()];
    for (i, slope) in slope.iter().enumerate() {
        for (a, &x) in along.iter_mut().zip(case.row(i)) {
            *a += slope * f64::from(x);
        }
    }
    along.iter_mut().zip(deviations).for_each(|(a, d)| *a /= d);
    (worth, along)
}

/// The standard deviation of each feature within a case, a mean over the cases; never 0.
pub(crate) fn deviations(cases: &[Case], n: usize) -> Vec<f64> {
    let mut sums = vec![0.0; n];
    for case in cases {
        let size = case.len().max(1) as f64;
        for (f, sum) in sums.iter_mut().enumerate() {
            let mean = (0..case.len()).map(|i| f64::from(case.row(i)[f])).sum::<f64>() / size;
            let square = |i| (f64::from(case.row(i)[f]) - mean).powi(2);
            *sum += ((0..case.len()).map(square).sum::<f64>() / size).sqrt() / cases.len() as f64;
        }
    }
    sums.into_iter().map(|s| s.max(1e-3)).collect()
}

/// Minimises by L-BFGS with backtracking (Armijo).
fn descend(loss: impl Fn(&[f64]) -> (f64, Vec<f64>), start: Vec<f64>, rounds: usize) -> Vec<f64> {
    let mut at = start;
    let (mut value, mut slope) = loss(&at);
    let mut memory: VecDeque<(Vec<f64>, Vec<f64>)> = VecDeque::new();
    for _ in 0..rounds {
        let direction = direction(&slope, &memory);
        let descent = dot(&direction, &slope);
        let mut step =
            if memory.is_empty() { 1.0 / slope.iter().map(|s| s.abs()).sum::<f64>().max(1.0) } else { 1.0 };
        let mut found = None;
        for _ in 0..20 {
            let next: Vec<f64> = at.iter().zip(&direction).map(|(a, d)| a + step * d).collect();
            let (next_value, next_slope) = loss(&next);
            if next_value <= value + 1e-4 * step * descent {
                found = Some((next, next_value, next_slope));
                break;
            }
            step *= 0.5;
        }
        let Some((next, next_value, next_slope)) = found else { break };
        let moved: Vec<f64> = next.iter().zip(&at).map(|(n, a)| n - a).collect();
        let turned: Vec<f64> = next_slope.iter().zip(&slope).map(|(n, s)| n - s).collect();
        if dot(&moved, &turned) > 1e-12 {
            memory.push_back((moved, turned));
            if memory.len() > MEMORY {
                memory.pop_front();
            }
        }
        let gained = value - next_value;
        (at, value, slope) = (next, next_value, next_slope);
        if gained < 1e-4 {
            break;
        }
    }
    at
}

/// The two-loop recursion of L-BFGS.
fn direction(slope: &[f64], memory: &VecDeque<(Vec<f64>, Vec<f64>)>) -> Vec<f64> {
    let mut d: Vec<f64> = slope.iter().map(|s| -s).collect();
    let mut shares = Vec::new();
    for (moved, turned) in memory.iter().rev() {
        let share = dot(moved, &d) / dot(moved, turned);
        d.iter_mut().zip(turned).for_each(|(d, t)| *d -= share * t);
        shares.push(share);
    }
    if let Some((moved, turned)) = memory.back() {
        let scale = dot(moved, turned) / dot(turned, turned);
        d.iter_mut().for_each(|d| *d *= scale);
    }
    for ((moved, turned), share) in memory.iter().zip(shares.into_iter().rev()) {
        let other = dot(turned, &d) / dot(moved, turned);
        d.iter_mut().zip(moved).for_each(|(d, m)| *d += (share - other) * m);
    }
    d
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
