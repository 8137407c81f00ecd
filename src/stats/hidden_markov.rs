//! A hidden Markov model whose states are left at random: what is left behind says nothing of what follows.

/// The probabilities of the states at each step, given all steps: the forward-backward algorithm (Rabiner
/// 1989, "A tutorial on hidden Markov models", section III).
///
/// `likelihoods` holds for each step how probable what is seen there is in each state, up to a factor of its
/// own. Before a step, the state stays what it was with the probability `stay`, else it is drawn from `prior`,
/// which may draw the same again. `prior` adds up to 1 and has one value for each state.
pub fn posteriors(likelihoods: &[Vec<f64>], stay: &[f64], prior: &[f64]) -> Vec<Vec<f64>> {
    let Some(states) = likelihoods.first().map(Vec::len) else { return Vec::new() };
    let mut forward: Vec<Vec<f64>> = Vec::with_capacity(likelihoods.len());
    for (likelihood, stay) in likelihoods.iter().zip(stay) {
        let before = forward.last().map_or(prior, Vec::as_slice);
        let arrive = before.iter().zip(prior).map(|(b, p)| stay * b + (1.0 - stay) * p);
        forward.push(normalized(arrive.zip(likelihood).map(|(a, l)| a * l).collect()));
    }
    let mut backward = vec![1.0; states];
    let mut posteriors = Vec::with_capacity(likelihoods.len());
    for ((forward, likelihood), stay) in forward.iter().zip(likelihoods).zip(stay).rev() {
        posteriors.push(normalized(forward.iter().zip(&backward).map(|(f, b)| f * b).collect()));
        backward.iter_mut().zip(likelihood).for_each(|(b, l)| *b *= l);
        let leave: f64 = prior.iter().zip(&backward).map(|(p, s)| p * s).sum();
        backward.iter_mut().for_each(|s| *s = stay * *s + (1.0 - stay) * leave);
        backward = normalized(backward);
    }
    posteriors.reverse();
    posteriors
}

/// The values as shares of their sum; even shares where it is 0.
fn normalized(mut values: Vec<f64>) -> Vec<f64> {
    let sum: f64 = values.iter().sum();
    let even = 1.0 / values.len().max(1) as f64;
    values.iter_mut().for_each(|v| *v = if sum > 0.0 { *v / sum } else { even });
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIKELIHOODS: [[f64; 2]; 3] = [[2.0, 1.0], [1.0, 1.0], [3.0, 1.0]];

    fn first_state(stay: [f64; 3]) -> Vec<f64> {
        let likelihoods = LIKELIHOODS.map(Vec::from);
        posteriors(&likelihoods, &stay, &[0.5, 0.5]).iter().map(|states| states[0]).collect()
    }

    #[test]
    fn a_step_takes_after_its_neighbours_as_worked_by_hand() {
        // States that are never left: the likelihoods multiply, 2 · 1 · 3 to 1.
        for probability in first_state([1.0; 3]) {
            assert!((probability - 6.0 / 7.0).abs() < 1e-12, "{probability}");
        }
        // States that are left often: the middle step is less sure than its neighbours.
        let scores = first_state([(-1f64).exp(); 3]);
        assert!(scores[1] < scores[0] && scores[1] < scores[2] && scores[1] > 0.5, "{scores:?}");
        // A state that is left before the last step: 3 to 1, and the others 2 to 1, times even odds.
        let scores = first_state([1.0, 1.0, 0.0]);
        assert!((scores[2] - 0.75).abs() < 1e-12 && (scores[1] - 2.0 / 3.0).abs() < 1e-12, "{scores:?}");
    }

    #[test]
    fn nothing_seen_has_no_states() {
        assert_eq!(posteriors(&[], &[], &[1.0]), Vec::<Vec<f64>>::new());
    }
}
