//! Logistic regression with ridge by Newton's method (Hastie, Tibshirani & Friedman 2009, 4.4.1), on
//! standardised features.

/// What the logarithmic loss of a sentence counts against half the square of a weight.
const LOSS: f64 = 0.01;
/// Rounds at most; it takes about six.
const ROUNDS: usize = 25;

/// A fitted model: odds are the intercept and the weighted values less their means.
pub(crate) struct Logistic {
    pub(crate) intercept: f64,
    pub(crate) weights: Vec<f64>,
    pub(crate) means: Vec<f64>,
}

/// The model that tells the rows that are wanted from the others.
pub(crate) fn logistic(rows: &[&[f64]], wanted: &[bool]) -> Logistic {
    let n_features = rows.first().map_or(0, |row| row.len());
    let n = rows.len().max(1) as f64;
    let mean = |f: usize| rows.iter().map(|row| row[f]).sum::<f64>() / n;
    let means: Vec<f64> = (0..n_features).map(mean).collect();
    let deviation = |f: usize| {
        let variance = rows.iter().map(|row| (row[f] - means[f]).powi(2)).sum::<f64>() / n;
        variance.sqrt().max(1e-6)
    };
    let deviations: Vec<f64> = (0..n_features).map(deviation).collect();
    // The first column stands for the intercept, which ridge leaves alone.
    let standard = |row: &&[f64]| -> Vec<f64> {
        let values = (0..n_features).map(|f| (row[f] - means[f]) / deviations[f]);
        std::iter::once(1.0).chain(values).collect()
    };
    let standard: Vec<Vec<f64>> = rows.iter().map(standard).collect();
    let mut weights = vec![0.0; n_features + 1];
    for _ in 0..ROUNDS {
        let step = newton_step(&standard, wanted, &weights);
        weights.iter_mut().zip(&step).for_each(|(weight, step)| *weight += step);
        if step.iter().all(|step| step.abs() < 1e-9) {
            break;
        }
    }
    let scaled = weights[1..].iter().zip(&deviations).map(|(weight, deviation)| weight / deviation);
    Logistic { intercept: weights[0], weights: scaled.collect(), means }
}

fn newton_step(rows: &[Vec<f64>], wanted: &[bool], weights: &[f64]) -> Vec<f64> {
    let n = weights.len();
    let mut slope: Vec<f64> = weights.iter().map(|weight| -weight).collect();
    slope[0] = 0.0;
    let mut curve: Vec<Vec<f64>> =
        (0..n).map(|i| (0..n).map(|j| f64::from(i == j && i > 0)).collect()).collect();
    for (row, &wanted) in rows.iter().zip(wanted) {
        let odds: f64 = row.iter().zip(weights).map(|(x, w)| x * w).sum();
        let probability = rapporteur::stats::logistic(odds);
        let error = LOSS * (f64::from(wanted) - probability);
        let weight = LOSS * probability * (1.0 - probability);
        for (i, x) in row.iter().enumerate() {
            slope[i] += error * x;
            for (cell, y) in curve[i].iter_mut().zip(row).take(i + 1) {
                *cell += weight * x * y;
            }
        }
    }
    solve(curve, slope)
}

/// Solves a symmetric positive definite system, of which the lower half is given, by Cholesky's
/// decomposition.
fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let n = right.len();
    for i in 0..n {
        for j in 0..=i {
            let sum: f64 = (0..j).map(|k| matrix[i][k] * matrix[j][k]).sum();
            let rest = matrix[i][j] - sum;
            matrix[i][j] = if i == j { rest.max(1e-12).sqrt() } else { rest / matrix[j][j] };
        }
    }
    for i in 0..n {
        let sum: f64 = (0..i).map(|k| matrix[i][k] * right[k]).sum();
        right[i] = (right[i] - sum) / matrix[i][i];
    }
    for i in (0..n).rev() {
        let sum: f64 = (i + 1..n).map(|k| matrix[k][i] * right[k]).sum();
        right[i] = (right[i] - sum) / matrix[i][i];
    }
    right
}
