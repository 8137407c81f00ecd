//! The main issue of each sentence.
//!
//! A hidden Markov model over the sentences of a session (Yamron et al. 1998, "A hidden Markov model
//! approach to text segmentation and event tracking"): its states are the issues and "none"; a state
//! gives out words, and speech stays with a state for a while. The posterior probabilities come from
//! the forward-backward algorithm (Rabiner 1989).

use crate::model::{Analysis, Assignment, Issue, IssueId, Kind, SentenceId};

use super::pattern::{Pattern, patterns};
use super::units::{Stems, Units};

/// Share of the words of an issue's sentences that are the issue's own.
const OWN: f64 = 0.1;
/// Words of other talk that are counted besides the session's, so that frequencies in a short session
/// are not taken for the language's.
const ELSEWHERE: f64 = 1000.0;
/// Words after which speech has left its issue with a probability of 1 − 1/e.
const SPAN: f64 = 150.0;
/// Probability that speech which leaves an issue goes on without any.
const NONE: f64 = 0.5;
/// A sentence belongs to an issue when that is at least as probable as this.
const LEAST: f64 = 0.5;

/// The main issue of each sentence of a session with the probability that it belongs to it, by
/// sentence id. Procedural talk and noise have none, and neither has a sentence far from any word of
/// an issue.
///
/// `stems` is the session's language as the `text` stage knows it. Equal sessions and issues give
/// equal assignments; the order of the issues matters only where two fit equally well (the first).
pub fn assign(issues: &[Issue], analysis: &Analysis, stems: &Stems<'_>) -> Vec<Option<Assignment>> {
    let units = Units::new(analysis, stems);
    let models: Vec<Vec<Pattern>> = issues.iter().map(|issue| patterns(issue, &units, stems)).collect();
    let n_words = units.total() as f64 + ELSEWHERE;
    let mut likelihoods = vec![vec![1.0; issues.len() + 1]; analysis.sentences.len()];
    for (issue, patterns) in models.iter().enumerate() {
        let ratios = ratios(patterns, analysis, &units, n_words);
        ratios.into_iter().enumerate().for_each(|(at, ratio)| likelihoods[at][issue] = ratio);
    }
    let posteriors = posteriors(analysis, &likelihoods);
    analysis.ids().map(|id| main_issue(analysis, id, &posteriors[id.index()])).collect()
}

fn main_issue(analysis: &Analysis, id: SentenceId, posterior: &[f64]) -> Option<Assignment> {
    let issues = posterior.len().saturating_sub(1);
    let best = (0..issues).rev().max_by(|&a, &b| posterior[a].total_cmp(&posterior[b]))?;
    let fits = analysis.sentence(id).kind == Kind::Speech && posterior[best] >= LEAST;
    fits.then(|| Assignment { issue: IssueId(best as u32), score: posterior[best] })
}

/// For each sentence how much more probable its words are under the issue than in the session.
///
/// A word is the issue's own with probability `OWN`; of these, a pattern makes up its share.
fn ratios(patterns: &[Pattern], analysis: &Analysis, units: &Units<'_>, n_words: f64) -> Vec<f64> {
    let frequency = |pattern: &Pattern| -> f64 {
        analysis.ids().map(|id| pattern.count(units.of(id))).sum::<usize>() as f64 / n_words
    };
    let gains: Vec<f64> = patterns
        .iter()
        .map(|p| (p.share, frequency(p)))
        .map(|(share, f)| if f > 0.0 { 1.0 + OWN / (1.0 - OWN) * share / f } else { 1.0 })
        .collect();
    let speech = |id: SentenceId| analysis.sentence(id).kind == Kind::Speech;
    let ratio = |id: SentenceId| -> f64 {
        let sequence = units.of(id);
        let unmatched = (1.0 - OWN).powi(i32::try_from(sequence.len()).unwrap_or(i32::MAX));
        let found = patterns.iter().zip(&gains).map(|(p, gain)| gain.ln() * p.count(sequence) as f64);
        unmatched * found.sum::<f64>().min(50.0).exp()
    };
    analysis.ids().map(|id| if speech(id) { ratio(id) } else { 1.0 }).collect()
}

/// The probabilities of the states at each sentence, given all sentences.
fn posteriors(analysis: &Analysis, likelihoods: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let Some(states) = likelihoods.first().map(Vec::len) else { return Vec::new() };
    let mut prior = vec![(1.0 - NONE) / (states.max(2) - 1) as f64; states];
    prior[states - 1] = if states > 1 { NONE } else { 1.0 };
    let stay: Vec<f64> = analysis.sentences.iter().map(|s| (-f64::from(s.words) / SPAN).exp()).collect();
    let n = likelihoods.len();
    let mut forward: Vec<Vec<f64>> = Vec::with_capacity(n);
    for at in 0..n {
        let before = at.checked_sub(1).map(|b| &forward[b]);
        let arrive = |i: usize| before.map_or(prior[i], |b| stay[at] * b[i] + (1.0 - stay[at]) * prior[i]);
        forward.push(normalized((0..states).map(|i| arrive(i) * likelihoods[at][i]).collect()));
    }
    let mut backward = vec![1.0; states];
    let mut posteriors = vec![Vec::new(); n];
    for at in (0..n).rev() {
        posteriors[at] = normalized((0..states).map(|i| forward[at][i] * backward[i]).collect());
        let seen: Vec<f64> = (0..states).map(|i| likelihoods[at][i] * backward[i]).collect();
        let leave: f64 = (0..states).map(|i| prior[i] * seen[i]).sum();
        backward = normalized(seen.iter().map(|s| stay[at] * s + (1.0 - stay[at]) * leave).collect());
    }
    posteriors
}

fn normalized(mut values: Vec<f64>) -> Vec<f64> {
    let sum: f64 = values.iter().sum();
    let even = 1.0 / values.len().max(1) as f64;
    values.iter_mut().for_each(|v| *v = if sum > 0.0 { *v / sum } else { even });
    values
}
