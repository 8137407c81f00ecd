//! Values spread over the sentences around, with an exponential kernel: they fall to 1/e over a distance in
//! words.

use crate::stats::highest;

use super::Context;

/// Adds up `values` of all sentences around each, falling off with the words between.
pub(super) fn smoothed(context: &Context<'_>, values: &[f64], distance: f64) -> Vec<f64> {
    let words: Vec<f64> = context.analysis.sentences.iter().map(|s| f64::from(s.length)).collect();
    let mut sums = carried_on(context, values, distance);
    let fall = |between: f64| (-between / distance).exp();
    let mut carried = 0.0;
    for i in (0..values.len().saturating_sub(1)).rev() {
        carried = (carried + values[i + 1]) * fall((words[i + 1] + words[i]) / 2.0);
        sums[i] += carried;
    }
    sums
}

/// Adds up `values` of each sentence and all before it, falling off in the same way.
pub(super) fn carried_on(context: &Context<'_>, values: &[f64], distance: f64) -> Vec<f64> {
    let words: Vec<f64> = context.analysis.sentences.iter().map(|s| f64::from(s.length)).collect();
    let mut sums = values.to_vec();
    for i in 1..values.len() {
        sums[i] += sums[i - 1] * (-(words[i - 1] + words[i]) / 2.0 / distance).exp();
    }
    sums
}

/// Nearness to the first place where `values` are highest: 1 there, less before and after it.
pub(super) fn nearness(context: &Context<'_>, values: &[f64], distance: f64) -> Vec<f64> {
    let centre = centre(values);
    let mut at = 0.0;
    let place = |length: u32| {
        at += f64::from(length);
        at
    };
    let places: Vec<f64> = context.analysis.sentences.iter().map(|s| s.length).map(place).collect();
    places.iter().map(|place| (-(place - places[centre]).abs() / distance).exp()).collect()
}

/// The same, of what comes after that place; 0 before it.
pub(super) fn nearness_after(context: &Context<'_>, values: &[f64], distance: f64) -> Vec<f64> {
    let centre = centre(values);
    let near = nearness(context, values, distance);
    near.into_iter().enumerate().map(|(i, near)| if i < centre { 0.0 } else { near }).collect()
}

/// The first of the highest values.
fn centre(values: &[f64]) -> usize {
    let highest = highest(values);
    values.iter().position(|&value| value >= highest).unwrap_or(0)
}
