//! What training raises: the figures of a selection, and a smooth stand-in for them.

use rapporteur::model::{Policy, SentenceId};
use rapporteur::select::{Candidate, Limit, select};

use crate::case::{Case, Shared};

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

fn f1(shared: &Shared, chosen: &[usize]) -> f64 {
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
fn soft_f1(shared: &Shared, taken: &[f64], weight: f64, slope: &mut [f64]) -> f64 {
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
