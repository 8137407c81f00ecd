//! Mean and standard deviation.

/// The mean of some values; 0 of none.
pub fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

/// The mean of some values and their standard deviation, as of a whole population; both 0 of none.
pub fn moments(values: &[f64]) -> (f64, f64) {
    let mean = mean(values);
    let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
    (mean, (squares / values.len().max(1) as f64).sqrt())
}

#[cfg(test)]
mod tests {
    use super::moments;

    #[test]
    fn mean_and_deviation_agree_with_numbers_worked_by_hand() {
        let (mean, deviation) = moments(&[1.0, 3.0, 5.0]);
        assert_eq!(mean, 3.0);
        assert!((deviation - (8f64 / 3.0).sqrt()).abs() < 1e-12);
        assert_eq!(moments(&[]), (0.0, 0.0));
    }
}
