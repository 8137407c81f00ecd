//! Logistic regression with ridge, by Newton's method (iteratively reweighted least squares; Hastie,
//! Tibshirani & Friedman 2009, section 4.4.1), on standardised features.

/// How to fit.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Settings {
    /// What the squares of the standardised weights cost, halved, against the loss of one row.
    pub(crate) ridge: f64,
    /// Whether both classes count alike, however many rows each has.
    pub(crate) balanced: bool,
}

/// A fitted model: bias and one weight for each feature, on the features as they are.
#[derive(Debug, Clone)]
pub(crate) struct Fitted {
    pub(crate) bias: f64,
    pub(crate) weights: Vec<f64>,
}

impl Fitted {
    /// The log-odds of a row.
    pub(crate) fn odds(&self, row: &[f64]) -> f64 {
        self.bias + self.weights.iter().zip(row).map(|(w, x)| w * x).sum::<f64>()
    }
}

/// Most rounds; Newton's method needs about eight.
const ROUNDS: usize = 25;

/// Fits rows of equal length; a feature that never varies gets no weight.
pub(crate) fn fit(rows: &[Vec<f64>], labels: &[bool], settings: Settings) -> Fitted {
    let n = rows.first().map_or(0, Vec::len);
    let count = rows.len().max(1) as f64;
    let mean: Vec<f64> = (0..n).map(|f| rows.iter().map(|row| row[f]).sum::<f64>() / count).collect();
    let spread = |f: usize| (rows.iter().map(|row| (row[f] - mean[f]).powi(2)).sum::<f64>() / count).sqrt();
    let scale: Vec<f64> = (0..n).map(|f| if spread(f) > 1e-9 { 1.0 / spread(f) } else { 0.0 }).collect();
    let positive = labels.iter().filter(|&&label| label).count() as f64;
    let share = |label: bool| match settings.balanced {
        true => count / (2.0 * if label { positive } else { count - positive }.max(1.0)),
        false => 1.0,
    };
    let standardised: Vec<Vec<f64>> = rows
        .iter()
        .map(|row| std::iter::once(1.0).chain((0..n).map(|f| (row[f] - mean[f]) * scale[f])).collect())
        .collect();
    let mut at = vec![0.0; n + 1];
    for _ in 0..ROUNDS {
        let mut slope = vec![0.0; n + 1];
        let mut curvature = vec![vec![0.0; n + 1]; n + 1];
        for (row, &label) in standardised.iter().zip(labels) {
            let odds: f64 = row.iter().zip(&at).map(|(x, w)| x * w).sum();
            let probability = rapporteur::stats::logistic(odds);
            let (error, weight) = (share(label) * (probability - f64::from(u8::from(label))), share(label));
            let bend = weight * (probability * (1.0 - probability)).max(1e-9);
            for i in 0..=n {
                slope[i] += error * row[i];
                for j in 0..=i {
                    curvature[i][j] += bend * row[i] * row[j];
                }
            }
        }
        for f in 1..=n {
            slope[f] += settings.ridge * at[f];
            curvature[f][f] += settings.ridge;
        }
        curvature[0][0] += 1e-9;
        let step = solve(&curvature, &slope);
        at.iter_mut().zip(&step).for_each(|(w, s)| *w -= s);
        if step.iter().all(|s| s.abs() < 1e-8) {
            break;
        }
    }
    let weights: Vec<f64> = (0..n).map(|f| at[f + 1] * scale[f]).collect();
    let bias = at[0] - weights.iter().zip(&mean).map(|(w, m)| w * m).sum::<f64>();
    Fitted { bias, weights }
}

/// Solves a symmetric positive system of which the lower half is given, by Cholesky's method.
fn solve(matrix: &[Vec<f64>], right: &[f64]) -> Vec<f64> {
    let n = right.len();
    let mut lower = vec![vec![0.0; n]; n];
    for i in 0..n {
        for j in 0..=i {
            let sum: f64 = matrix[i][j] - (0..j).map(|k| lower[i][k] * lower[j][k]).sum::<f64>();
            lower[i][j] = if i == j { sum.max(1e-12).sqrt() } else { sum / lower[j][j] };
        }
    }
    let mut between = vec![0.0; n];
    for i in 0..n {
        between[i] = (right[i] - (0..i).map(|k| lower[i][k] * between[k]).sum::<f64>()) / lower[i][i];
    }
    let mut solved = vec![0.0; n];
    for i in (0..n).rev() {
        solved[i] = (between[i] - (i + 1..n).map(|k| lower[k][i] * solved[k]).sum::<f64>()) / lower[i][i];
    }
    solved
}
