//! Keyness: whether a term is more one speaker's than the others'.
//!
//! Both statistics compare the counts of a term in a target text and in a reference text; both are
//! signed here: positive where the term is relatively more frequent in the target.

/// Signed log-likelihood ratio G² of a term.
///
/// `in_target` and `in_reference` are the term's counts, `target` and `reference` the sizes of the
/// two texts in terms. With one degree of freedom, an absolute value above 3.84 has p < 0.05 and
/// above 10.83 p < 0.001.
///
/// Dunning 1993, "Accurate methods for the statistics of surprise and coincidence"; computed as in
/// Rayson & Garside 2000, "Comparing corpora using frequency profiling".
pub fn log_likelihood(in_target: f64, in_reference: f64, target: f64, reference: f64) -> f64 {
    let both = in_target + in_reference;
    if both <= 0.0 || target <= 0.0 || reference <= 0.0 {
        return 0.0;
    }
    let expected_target = target * both / (target + reference);
    let expected_reference = reference * both / (target + reference);
    let statistic = 2.0
        * (likelihood_term(in_target, expected_target) + likelihood_term(in_reference, expected_reference));
    if in_target < expected_target { -statistic } else { statistic }
}

/// What one count adds to half of a log-likelihood ratio: `O ln(O / E)`, 0 for a count of 0.
pub fn likelihood_term(observed: f64, expected: f64) -> f64 {
    if observed > 0.0 { observed * (observed / expected).ln() } else { 0.0 }
}

/// Signed Pearson chi-squared of a term, without continuity correction.
///
/// Arguments, sign and thresholds as for [`log_likelihood`] (Manning & Schütze 1999, 5.3.3).
pub fn chi_squared(in_target: f64, in_reference: f64, target: f64, reference: f64) -> f64 {
    let (other_target, other_reference) = (target - in_target, reference - in_reference);
    let total = target + reference;
    let margins = target * reference * (in_target + in_reference) * (other_target + other_reference);
    if margins <= 0.0 {
        return 0.0;
    }
    let difference = in_target * other_reference - in_reference * other_target;
    let statistic = total * difference * difference / margins;
    if difference < 0.0 { -statistic } else { statistic }
}

/// Probability that a chi-squared variable with one degree of freedom is at least as large as the
/// absolute value of `statistic`: `erfc(√(x / 2))`, as such a variable is the square of a normal one
/// (Abramowitz & Stegun 1964, 26.4.11 with 26.2.29).
pub fn p_value(statistic: f64) -> f64 {
    libm::erfc((statistic.abs() / 2.0).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-6, "{a} is not {b}");
    }

    #[test]
    fn log_likelihood_agrees_with_numbers_worked_by_hand() {
        // 20 of 1,000 against 10 of 2,000: expected 10 and 20; 2 (20 ln 2 + 10 ln 0.5) = 20 ln 2.
        close(log_likelihood(20.0, 10.0, 1000.0, 2000.0), 20.0 * std::f64::consts::LN_2);
        close(log_likelihood(10.0, 20.0, 2000.0, 1000.0), -20.0 * std::f64::consts::LN_2);
        close(log_likelihood(5.0, 10.0, 1000.0, 2000.0), 0.0);
    }

    #[test]
    fn chi_squared_agrees_with_numbers_worked_by_hand() {
        // 20 of 100 against 10 of 100: 200 (20·90 − 10·80)² / (100·100·30·170) = 3.921568….
        close(chi_squared(20.0, 10.0, 100.0, 100.0), 200.0 / 51.0);
        close(chi_squared(10.0, 20.0, 100.0, 100.0), -200.0 / 51.0);
    }

    #[test]
    fn p_values_agree_with_the_critical_values_of_one_degree_of_freedom() {
        for (statistic, p) in [(0.0, 1.0), (3.841_459, 0.05), (-6.634_897, 0.01), (10.827_566, 0.001)] {
            close(p_value(statistic), p);
        }
    }

    #[test]
    fn nothing_to_compare_with_is_no_keyness() {
        close(log_likelihood(3.0, 0.0, 10.0, 0.0), 0.0);
        close(chi_squared(0.0, 0.0, 10.0, 10.0), 0.0);
    }
}
