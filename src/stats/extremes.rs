//! The largest of some values, and how far it is from the others.

use super::moments::mean;

/// The largest value; negative infinity where there is none.
pub fn highest(values: &[f64]) -> f64 {
    values.iter().copied().fold(f64::NEG_INFINITY, f64::max)
}

/// The first of `among` for which `value` is largest.
pub fn first_highest(
    among: impl DoubleEndedIterator<Item = usize>,
    value: impl Fn(usize) -> f64,
) -> Option<usize> {
    // `max_by` gives the last of several that are equal.
    among.rev().max_by(|&a, &b| value(a).total_cmp(&value(b)))
}

/// The mean, and the distance from it to the largest value; both 0 of none.
pub fn spread(values: &[f64]) -> (f64, f64) {
    let mean = mean(values);
    (mean, values.iter().copied().fold(mean, f64::max) - mean)
}

/// The values divided by the largest, so that they lie between 0 and 1; negative ones become 0. As they are
/// where none is above 0.
pub fn scaled(values: &[f64]) -> Vec<f64> {
    let largest = values.iter().copied().fold(0.0, f64::max);
    values.iter().map(|&v| if largest > 0.0 { (v / largest).max(0.0) } else { v }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_equal_values_the_first_is_highest() {
        let values = [1.0, 3.0, 3.0];
        assert_eq!(first_highest(0..3, |at| values[at]), Some(1));
        assert_eq!(first_highest(0..0, |_| 0.0), None);
        assert_eq!(highest(&values), 3.0);
        assert_eq!(highest(&[]), f64::NEG_INFINITY);
    }

    #[test]
    fn a_spread_reaches_from_the_mean_to_the_largest() {
        assert_eq!(spread(&[1.0, 3.0, 8.0]), (4.0, 4.0));
        assert_eq!(spread(&[]), (0.0, 0.0));
    }

    #[test]
    fn scaled_values_lie_between_0_and_1() {
        assert_eq!(scaled(&[1.0, 4.0, -2.0]), [0.25, 1.0, 0.0]);
        assert_eq!(scaled(&[0.0, -2.0]), [0.0, -2.0]);
    }
}
