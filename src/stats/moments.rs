//! Mean and standard deviation.

/// The mean of some values, 0 of none, and their standard deviation as of a whole population.
pub fn moments(values: &[f64]) -> (f64, f64) {
    let n = values.len().max(1) as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
    (mean, (squares / n).sqrt())
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
