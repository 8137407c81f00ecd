//! A hidden Markov model over the sentences of a session: its states are the issues and, last, none.

use crate::model::Sentence;

/// Words after which speech has left its issue with a probability of 1 − 1/e.
const SPAN: f64 = 220.0;
/// The probabilities of the states at each sentence, given all sentences: the forward-backward
/// algorithm (Rabiner 1989, "A tutorial on hidden Markov models", section III).
///
/// `likelihoods` holds for each sentence how probable it is in each state, up to a factor of its own;
/// there is at least the state "none". Speech that leaves a state may come back to it. Before a
/// sentence of `opens` it leaves its state for certain. Speech that leaves an issue goes on without any
/// with the probability `none`.
pub(super) fn posteriors(
    sentences: &[Sentence],
    opens: &[bool],
    likelihoods: &[Vec<f64>],
    none: f64,
) -> Vec<Vec<f64>> {
    let Some(states) = likelihoods.first().map(Vec::len) else { return Vec::new() };
    let issues = states.saturating_sub(1);
    let mut prior = vec![(1.0 - none) / issues.max(1) as f64; issues];
    prior.push(if issues > 0 { none } else { 1.0 });
    let stay = |(s, &opens): (&Sentence, &bool)| if opens { 0.0 } else { (-f64::from(s.words) / SPAN).exp() };
    let stay: Vec<f64> = sentences.iter().zip(opens).map(stay).collect();
    let mut forward: Vec<Vec<f64>> = Vec::with_capacity(likelihoods.len());
    for (likelihood, stay) in likelihoods.iter().zip(&stay) {
        let before = forward.last().unwrap_or(&prior);
        let arrive = before.iter().zip(&prior).map(|(b, p)| stay * b + (1.0 - stay) * p);
        forward.push(normalized(arrive.zip(likelihood).map(|(a, l)| a * l).collect()));
    }
    let mut backward = vec![1.0; states];
    let mut posteriors = Vec::with_capacity(likelihoods.len());
    for ((forward, likelihood), stay) in forward.iter().zip(likelihoods).zip(&stay).rev() {
        posteriors.push(normalized(forward.iter().zip(&backward).map(|(f, b)| f * b).collect()));
        let seen: Vec<f64> = likelihood.iter().zip(&backward).map(|(l, b)| l * b).collect();
        let leave: f64 = prior.iter().zip(&seen).map(|(p, s)| p * s).sum();
        backward = normalized(seen.iter().map(|s| stay * s + (1.0 - stay) * leave).collect());
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

    #[test]
    fn a_sentence_takes_after_its_neighbours_as_worked_by_hand() {
        // Sentences without words never leave a state: the likelihoods multiply, 2 · 1 · 3 to 1.
        let sentences = vec![Sentence { words: 0, ..blank() }; 3];
        let likelihoods = [vec![2.0, 1.0], vec![1.0, 1.0], vec![3.0, 1.0]];
        for posterior in posteriors(&sentences, &[false; 3], &likelihoods, 0.5) {
            assert!((posterior[0] - 6.0 / 7.0).abs() < 1e-12, "{posterior:?}");
        }
        // Sentences as long as the span: stay 1/e, so the middle one is less sure than its neighbours.
        let sentences = vec![Sentence { words: 220, ..blank() }; 3];
        let scores: Vec<f64> =
            posteriors(&sentences, &[false; 3], &likelihoods, 0.5).iter().map(|p| p[0]).collect();
        assert!(scores[1] < scores[0] && scores[1] < scores[2] && scores[1] > 0.5, "{scores:?}");
        // A heading before the last sentence leaves it 3 to 1, and the others 2 to 1, times even odds.
        let scores = posteriors(&sentences, &[false, false, true], &likelihoods, 0.5);
        assert!((scores[2][0] - 0.75).abs() < 1e-12 && scores[1][0] < 2.0 / 3.0, "{scores:?}");
    }

    fn blank() -> Sentence {
        Sentence {
            turn: 0,
            number: 0,
            span: crate::model::Span::new(0, 0),
            words: 0,
            length: 0,
            source_words: 0,
            noise_words: 0,
            kind: Default::default(),
        }
    }
}
