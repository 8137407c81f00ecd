//! Logistic sums: the probability that a weighted sum of features stands for (Cox 1958, "The regression
//! analysis of binary sequences").

/// The probability with these log-odds: `1 / (1 + e^-x)`.
pub fn logistic(log_odds: f64) -> f64 {
    1.0 / (1.0 + (-log_odds).exp())
}

/// The log-odds of a probability: `ln(p / (1 - p))`, the inverse of [`logistic`].
pub fn log_odds(probability: f64) -> f64 {
    (probability / (1.0 - probability)).ln()
}

/// The sum of the values, each times its weight, in order. Where there are fewer of one than of the other,
/// the rest counts as 0.
pub fn weighted_sum(weights: &[f64], values: &[f64]) -> f64 {
    weights.iter().zip(values).map(|(weight, value)| weight * value).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probabilities_agree_with_numbers_worked_by_hand() {
        assert_eq!(logistic(0.0), 0.5);
        // Odds of 3 to 1.
        assert!((logistic(3f64.ln()) - 0.75).abs() < 1e-12);
        assert!((log_odds(0.75) - 3f64.ln()).abs() < 1e-12);
    }

    #[test]
    fn a_sum_counts_each_value_by_its_weight() {
        assert_eq!(weighted_sum(&[2.0, -1.0], &[0.5, 3.0]), -2.0);
        assert_eq!(weighted_sum(&[2.0, -1.0], &[0.5]), 1.0);
    }
}
