//! What training raises: the figures of a selection, and a smooth stand-in for them.

use rapporteur::model::{Policy, SentenceId};
use rapporteur::rank::selection::{Candidate, Limit, select};

use crate::case::{Case, CorpusFacts};

/// Words of a summary.
pub(crate) const BUDGET: u32 = 100;
/// What a pair of words counts, where a word counts 1.
const PAIRS: f64 = 2.0;

/// ROUGE-1, ROUGE-2 (F1 in percent) and span precision of what the real selection picks.
pub(crate) fn figures(case: &Case, scores: &[f64], policy: Policy) -> [f64; 3] {
    let candidates: Vec<Candidate<'_>> = case
        .candidates
        .iter()
        .zip(scores)
        .map(|(&i, &score)| Candidate {
            id: SentenceId(i as u32),
            score,
            words: case.sentences.words[i],
            vector: &case.sentences.vectors[i],
            subject: case.sentences.subjects[i],
        })
        .collect();
    let chosen: Vec<usize> = select(&candidates, Limit::Words(BUDGET), policy)
        .iter()
        .filter_map(|c| case.candidates.binary_search(&c.id.index()).ok())
        .collect();
    let inside = chosen.iter().filter(|&&c| case.gold.get(c).copied().unwrap_or(false)).count();
    let span = inside as f64 / chosen.len().max(1) as f64;
    [f1(&case.unigrams, &chosen), f1(&case.bigrams, &chosen), span]
}

fn f1(shared: &CorpusFacts, chosen: &[usize]) -> f64 {
    let mut said = vec![0.0; shared.reference.len()];
    for &(unit, count) in chosen.iter().flat_map(|&c| &shared.hits[c]) {
        said[usize::from(unit)] += f64::from(count);
    }
    let hits: f64 = said.iter().zip(&shared.reference).map(|(s, r)| s.min(*r)).sum();
    let sizes = shared.total + chosen.iter().map(|&c| shared.lengths[c]).sum::<f64>();
    if sizes > 0.0 { 200.0 * hits / sizes } else { 0.0 }
}

/// One figure of three, with what span precision counts against ROUGE in percent.
pub(crate) fn value(figures: &[f64], span: f64) -> f64 {
    figures[0] + PAIRS * figures[1] + span * figures[2]
}

/// What a soft selection is worth, and how that changes with the score of each candidate.
///
/// The selection takes each sentence with a probability that grows with its score, so that the
/// expected words fill the budget; expected counts stand in for counts. Unlike the real selection it
/// changes smoothly with the scores, so that weights can be found by their gradient.
pub(crate) fn smooth(case: &Case, scores: &[f64], span: f64) -> (f64, Vec<f64>) {
    let budget = f64::from(BUDGET);
    let best = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let odds: Vec<f64> = scores.iter().map(|s| (s - best).exp()).collect();
    let words: Vec<f64> = case.candidates.iter().map(|&i| f64::from(case.sentences.words[i])).collect();
    let all: f64 = odds.iter().zip(&words).map(|(o, w)| o * w).sum();
    let drawn: Vec<f64> = odds.iter().map(|o| budget * o / all.max(1e-300)).collect();
    let taken: Vec<f64> = drawn.iter().map(|d| 1.0 - (-d).exp()).collect();
    let mut slope = vec![0.0; scores.len()];
    let mut worth = soft_f1(&case.unigrams, &taken, 1.0, &mut slope);
    worth += soft_f1(&case.bigrams, &taken, PAIRS, &mut slope);
    if !case.gold.is_empty() {
        let number: f64 = taken.iter().sum();
        let inside: f64 = taken.iter().zip(&case.gold).map(|(t, &g)| if g { *t } else { 0.0 }).sum();
        let precision = inside / number;
        worth += span * precision;
        for (slope, &gold) in slope.iter_mut().zip(&case.gold) {
            *slope += span * (f64::from(gold) - precision) / number;
        }
    }
    for (slope, drawn) in slope.iter_mut().zip(&drawn) {
        *slope *= (-drawn).exp();
    }
    let pull: f64 = slope.iter().zip(&drawn).map(|(s, d)| s * d).sum::<f64>() / budget;
    let along = slope.iter().zip(&drawn).zip(&words).map(|((s, d), w)| d * (s - w * pull)).collect();
    (worth, along)
}

/// ROUGE of expected counts in percent, times `weight`; adds to `slope` how it changes with each.
fn soft_f1(shared: &CorpusFacts, taken: &[f64], weight: f64, slope: &mut [f64]) -> f64 {
    let mut said = vec![0.0; shared.reference.len()];
    let mut length = 0.0;
    for ((hits, &taken), own) in shared.hits.iter().zip(taken).zip(&shared.lengths) {
        length += taken * own;
        for &(unit, count) in hits {
            said[usize::from(unit)] += taken * f64::from(count);
        }
    }
    let hits: f64 = said.iter().zip(&shared.reference).map(|(s, r)| s.min(*r)).sum();
    let sizes = shared.total + length;
    if sizes <= 0.0 {
        return 0.0;
    }
    let scale = 200.0 * weight / sizes;
    for ((slope, own), length) in slope.iter_mut().zip(&shared.hits).zip(&shared.lengths) {
        let open = |&&(unit, _): &&(u16, f32)| said[usize::from(unit)] < shared.reference[usize::from(unit)];
        let gain: f64 = own.iter().filter(open).map(|&(_, count)| f64::from(count)).sum();
        *slope += scale * (gain - hits * length / sizes);
    }
    scale * hits
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use rapporteur::model::SparseVec;

    use super::*;
    use crate::case::{Material, Sentences, case};

    /// A case of four sentences of 40 words each, with tokens that the reference has in part.
    fn example() -> Case {
        let said = ["the toll is low", "a toll of ten", "ships wait", "no toll is due"];
        let sentences = Sentences {
            words: vec![40; said.len()],
            vectors: vec![SparseVec::default(); said.len()],
            subjects: vec![0; said.len()],
            turns: (0..said.len() as u32).collect(),
            tokens: said.iter().map(|s| s.split(' ').map(str::to_owned).collect()).collect(),
        };
        case(Material {
            set: 0,
            session: 0,
            sentences: Arc::new(sentences),
            rows: vec![vec![0.0]; said.len()],
            reference: "the toll of ten is low, ships pay no toll",
            gold: Some(vec![true, false, false, true]),
            candidates: (0..said.len()).collect(),
        })
    }

    #[test]
    fn the_gradient_of_the_smooth_goal_agrees_with_finite_differences() {
        let case = example();
        let step = 1e-5;
        for scores in [[0.0, 0.0, 0.0, 0.0], [1.0, -0.5, 0.3, 2.0], [-3.0, 0.1, 0.2, -1.0]] {
            let (_, slope) = smooth(&case, &scores, 25.0);
            for (i, slope) in slope.iter().enumerate() {
                let worth = |by: f64| {
                    let mut moved = scores;
                    moved[i] += by;
                    smooth(&case, &moved, 25.0).0
                };
                let difference = (worth(step) - worth(-step)) / (2.0 * step);
                assert!((slope - difference).abs() < 1e-4, "{scores:?} {i}: {slope} {difference}");
            }
        }
    }

    #[test]
    fn figures_are_those_of_what_selection_picks() {
        // Two sentences of 40 words fit into 100; the first and the last share 7 of 10 words.
        let policy = Policy { redundancy: 0.0, floor: -9.0, ..Policy::default() };
        let [r1, _, span] = figures(&example(), &[3.0, 0.0, 1.0, 2.0], policy);
        assert_eq!(span, 1.0);
        assert!((r1 - 200.0 * 6.0 / 18.0).abs() < 1e-9, "{r1}");
        let [_, _, span] = figures(&example(), &[3.0, 2.5, 1.0, 2.0], policy);
        assert_eq!(span, 0.5);
    }
}
