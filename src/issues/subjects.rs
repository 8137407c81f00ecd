//! Subjects: the session cut where its vocabulary changes, or where its own headings say so.
//!
//! Hearst 1997, "TextTiling: segmenting text into multi-paragraph subtopic passages": the similarity
//! of the words before and after each gap, and boundaries where it dips deeper than usual.

use crate::model::{Analysis, Heading, SentenceId, SparseVec, Weighting};
use crate::stats::moments;

/// Words on each side of a gap that are compared.
const BLOCK: u32 = 200;
/// A subject has at least so many words.
const SHORTEST: u32 = 250;

/// The subject of each sentence, numbered from 0 in reading order.
///
/// The session's own headings are the boundaries where it has any; else dips of similarity are.
pub fn subjects(analysis: &Analysis, weighting: &Weighting, headings: &[Heading]) -> Vec<u32> {
    let starts = if headings.len() > 1 { headed(analysis, headings) } else { dips(analysis, weighting) };
    let mut subject = 0;
    let mut numbers = Vec::with_capacity(analysis.sentences.len());
    for at in 0..analysis.sentences.len() {
        subject += u32::from(at > 0 && starts.binary_search(&at).is_ok());
        numbers.push(subject);
    }
    numbers
}

/// The first sentences below each heading.
fn headed(analysis: &Analysis, headings: &[Heading]) -> Vec<usize> {
    let first = |turn: u32| analysis.first_of_turn.get(turn as usize).map(|&s| s as usize);
    let mut starts: Vec<usize> = headings.iter().filter_map(|h| first(h.turn)).collect();
    starts.sort_unstable();
    starts.dedup();
    starts
}

/// Sentences before which the similarity of what stands around dips.
fn dips(analysis: &Analysis, weighting: &Weighting) -> Vec<usize> {
    let similarity = similarities(analysis, weighting);
    let depths: Vec<f64> = (0..similarity.len()).map(|gap| depth(&similarity, gap)).collect();
    let (mean, deviation) = moments(&depths);
    let mut gaps: Vec<usize> = (0..depths.len()).filter(|&g| depths[g] > mean + deviation / 2.0).collect();
    gaps.sort_by(|&a, &b| depths[b].total_cmp(&depths[a]).then(a.cmp(&b)));
    let before = words_before(analysis);
    let total = before.last().copied().unwrap_or(0);
    let mut starts: Vec<usize> = Vec::new();
    for gap in gaps {
        let start = gap + 1;
        let far = |edge: u32| before[start].abs_diff(edge) >= SHORTEST;
        if far(0) && far(total) && starts.iter().all(|&s| far(before[s])) {
            starts.push(start);
        }
    }
    starts.sort_unstable();
    starts
}

fn words_before(analysis: &Analysis) -> Vec<u32> {
    let mut before = vec![0];
    for sentence in &analysis.sentences {
        before.push(before[before.len() - 1] + sentence.words);
    }
    before
}

/// For the gap after each sentence but the last, the cosine of the blocks on both sides.
fn similarities(analysis: &Analysis, weighting: &Weighting) -> Vec<f64> {
    let n = analysis.sentences.len();
    let block = |ids: &mut dyn Iterator<Item = usize>| {
        let mut words = 0;
        let mut pairs = Vec::new();
        for at in ids {
            if words >= BLOCK {
                break;
            }
            words += analysis.sentences[at].words;
            pairs.extend(weighting.vector(SentenceId(at as u32)).iter());
        }
        SparseVec::new(pairs)
    };
    (1..n).map(|gap| block(&mut (0..gap).rev()).cosine(&block(&mut (gap..n)))).collect()
}

/// How far the similarity at a gap lies below the peaks on both sides.
fn depth(similarity: &[f64], gap: usize) -> f64 {
    let here = similarity[gap];
    let climb = |values: &mut dyn Iterator<Item = &f64>| {
        let mut peak = here;
        for &value in values {
            if value < peak {
                break;
            }
            peak = value;
        }
        peak
    };
    let left = climb(&mut similarity[..gap].iter().rev());
    let right = climb(&mut similarity[gap + 1..].iter());
    left + right - 2.0 * here
}

#[cfg(test)]
mod tests {
    use super::depth;

    #[test]
    fn the_depth_of_a_gap_is_the_climb_to_both_peaks() {
        let similarity = [0.2, 0.6, 0.5, 0.1, 0.3, 0.4, 0.2];
        assert!((depth(&similarity, 3) - (0.5 + 0.3)).abs() < 1e-12);
        assert_eq!(depth(&similarity, 1), 0.0);
    }
}
