//! How far a mean would move with other texts: percentile bootstrap.
//!
//! Efron, B. and Tibshirani, R. J. (1993): *An Introduction to the Bootstrap*, chapter 13. The
//! resampling is seeded and its generator is our own, so the same scores give the same interval on
//! every machine: SplitMix64, from Steele, G. L., Lea, D. and Flood, C. H. (2014): Fast splittable
//! pseudorandom number generators. *OOPSLA '14*.

use super::rouge::{Score, Scores};

/// The mean of some scores and the interval that 95 % of the resampled means fall into.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Estimate {
    /// The mean over all candidates.
    pub mean: Scores,
    /// Percentile 2.5 of the resampled means, each figure for itself.
    pub low: Scores,
    /// Percentile 97.5 of the resampled means.
    pub high: Scores,
    /// Number of candidates.
    pub n: usize,
    /// Number of resamples; with 0 the interval is the mean itself.
    pub resamples: usize,
}

/// Mean and 95 % interval of `scores`, from `resamples` means of as many scores drawn with
/// replacement; `None` without scores.
pub fn estimate(scores: &[Scores], resamples: usize) -> Option<Estimate> {
    if scores.is_empty() {
        return None;
    }
    let rows: Vec<[f64; 12]> = scores.iter().map(figures).collect();
    let mean = mean_of(rows.iter());
    let mut generator = SplitMix64(0);
    let mut means: Vec<[f64; 12]> = Vec::with_capacity(resamples);
    for _ in 0..resamples {
        means.push(mean_of((0..rows.len()).filter_map(|_| rows.get(generator.below(rows.len())))));
    }
    let (mut low, mut high) = (mean, mean);
    for figure in 0..mean.len() {
        let mut column: Vec<f64> = means.iter().map(|row| row[figure]).collect();
        column.sort_unstable_by(f64::total_cmp);
        low[figure] = percentile(&column, 2.5).unwrap_or(mean[figure]);
        high[figure] = percentile(&column, 97.5).unwrap_or(mean[figure]);
    }
    let [mean, low, high] = [mean, low, high].map(scores_of);
    Some(Estimate { mean, low, high, n: scores.len(), resamples })
}

fn figures(scores: &Scores) -> [f64; 12] {
    let [a, b, c, d] = scores.named().map(|(_, s)| [s.precision, s.recall, s.f1]);
    [a[0], a[1], a[2], b[0], b[1], b[2], c[0], c[1], c[2], d[0], d[1], d[2]]
}

fn scores_of(figures: [f64; 12]) -> Scores {
    let score = |at: usize| Score { precision: figures[at], recall: figures[at + 1], f1: figures[at + 2] };
    Scores { rouge1: score(0), rouge2: score(3), rouge_l: score(6), rouge_lsum: score(9) }
}

fn mean_of<'a>(rows: impl Iterator<Item = &'a [f64; 12]>) -> [f64; 12] {
    let mut sum = [0.0; 12];
    let mut n = 0.0;
    for row in rows {
        n += 1.0;
        for (sum, value) in sum.iter_mut().zip(row) {
            *sum += value;
        }
    }
    sum.map(|sum| sum / n)
}

/// The value below which `percent` of the sorted values lie, interpolated linearly between
/// neighbours; `None` without values.
fn percentile(sorted: &[f64], percent: f64) -> Option<f64> {
    let rank = percent / 100.0 * (sorted.len().max(1) - 1) as f64;
    let (below, above) = (sorted.get(rank.floor() as usize)?, sorted.get(rank.ceil() as usize)?);
    Some(below + (above - below) * rank.fract())
}

#[derive(Debug)]
struct SplitMix64(u64);

impl SplitMix64 {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from 0 to below `bound`, by the high half of a product.
    fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.next()) * bound as u128) >> 64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_f1(f1: f64) -> Scores {
        Scores { rouge1: Score { f1, ..Score::default() }, ..Scores::default() }
    }

    #[test]
    fn the_generator_gives_the_published_numbers() {
        // First outputs of the reference implementation for the seed 1234567.
        let mut generator = SplitMix64(1_234_567);
        assert_eq!(generator.next(), 6_457_827_717_110_365_317);
        assert_eq!(generator.next(), 3_203_168_211_198_807_973);
    }

    #[test]
    fn percentiles_are_interpolated_between_neighbours() {
        assert_eq!(percentile(&[1.0, 2.0, 4.0], 50.0), Some(2.0));
        assert_eq!(percentile(&[1.0, 2.0, 4.0], 75.0), Some(3.0));
        assert_eq!(percentile(&[7.0], 97.5), Some(7.0));
        assert_eq!(percentile(&[], 50.0), None);
    }

    #[test]
    fn the_interval_holds_the_mean_and_has_the_width_that_theory_gives() {
        // 400 candidates, half 0 and half 1: the standard error of the mean is .5/20 = .025.
        let scores: Vec<Scores> = (0..400).map(|i| with_f1(f64::from(i % 2))).collect();
        let estimate = estimate(&scores, 1000).expect("there are scores");
        assert_eq!(estimate.mean.rouge1.f1, 0.5);
        assert!((estimate.low.rouge1.f1 - (0.5 - 1.96 * 0.025)).abs() < 0.01, "{estimate:?}");
        assert!((estimate.high.rouge1.f1 - (0.5 + 1.96 * 0.025)).abs() < 0.01, "{estimate:?}");
        assert_eq!(Some(estimate), super::estimate(&scores, 1000));
    }

    #[test]
    fn without_resamples_the_interval_is_the_mean_and_without_scores_there_is_none() {
        let estimate = estimate(&[with_f1(0.25)], 0).expect("there are scores");
        assert_eq!(estimate.low, estimate.mean);
        assert_eq!(super::estimate(&[], 10), None);
    }
}
