//! Selection: from scored sentences to the few that are shown, within a budget and without saying
//! the same thing twice. All methods share it.

use crate::model::{Sentence, SentenceId, SparseVec};

/// A sentence that may be selected.
#[derive(Debug, Clone, Copy)]
pub struct Candidate<'a> {
    /// The sentence.
    pub id: SentenceId,
    /// Its score; higher is better.
    pub score: f64,
    /// Words a reader sees.
    pub words: u32,
    /// Its terms, to tell what was said already.
    pub vector: &'a SparseVec,
}

/// A selected sentence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Chosen {
    /// The sentence.
    pub id: SentenceId,
    /// Order of choice, from 1.
    pub rank: u32,
    /// What saying again what was chosen before takes off its score; not above 0.
    pub redundancy: f64,
}

/// How much may be selected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// At most so many words.
    Words(u32),
    /// At most so many sentences.
    Sentences(u32),
}

/// How selection weighs redundancy and where it stops.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Policy {
    /// What a full repetition costs, in multiples of the spread: the distance from the mean score
    /// of the candidates to the best. 0 ignores repetition.
    pub redundancy: f64,
    /// Stops at sentences that score less than the mean and this much of the spread. Negative
    /// values fill the budget with less than average sentences too.
    pub floor: f64,
}

/// Selects greedily: at each step the sentence with the highest score less its redundancy, ties to
/// the earlier one, as long as it fits what is left of the limit (maximal marginal relevance,
/// Carbonell & Goldstein 1998, with the redundancy scaled by the spread of the scores).
///
/// The result is in reading order. It is empty only when no candidate fits.
pub fn select(candidates: &[Candidate<'_>], limit: Limit, policy: Policy) -> Vec<Chosen> {
    let best = candidates.iter().map(|c| c.score).fold(f64::NEG_INFINITY, f64::max);
    let mean = candidates.iter().map(|c| c.score).sum::<f64>() / candidates.len().max(1) as f64;
    let spread = best - mean;
    let mut left: Vec<(usize, f64)> = (0..candidates.len()).map(|i| (i, 0.0)).collect();
    let mut room = limit;
    let mut chosen: Vec<Chosen> = Vec::new();
    loop {
        left.retain(|&(i, _)| fits(room, candidates[i].words));
        let value = |&(i, overlap): &(usize, f64)| candidates[i].score - policy.redundancy * spread * overlap;
        let Some(at) = first_maximum(left.iter().map(value)) else { break };
        let (index, overlap) = left.remove(at);
        let candidate = &candidates[index];
        if !chosen.is_empty() && value(&(index, overlap)) < mean + policy.floor * spread {
            break;
        }
        let redundancy = -policy.redundancy * spread * overlap;
        chosen.push(Chosen { id: candidate.id, rank: chosen.len() as u32 + 1, redundancy });
        room = less(room, candidate.words);
        for (other, overlap) in &mut left {
            *overlap = overlap.max(candidates[*other].vector.cosine(candidate.vector));
        }
    }
    chosen.sort_by_key(|c| c.id);
    chosen
}

/// The longest run of whole clauses from the start of `text` that has at most `words` words; cut at
/// a comma, semicolon, colon or dash where one is in the second half of what fits, else between
/// words. Returns the byte length of the cut.
pub fn clause_cut(text: &str, words: u32) -> usize {
    let mut ends = Vec::new();
    let mut in_word = false;
    for (at, c) in text.char_indices() {
        if c.is_whitespace() && in_word {
            ends.push(at);
        }
        in_word = !c.is_whitespace();
    }
    if in_word {
        ends.push(text.len());
    }
    let words = words as usize;
    if ends.len() <= words {
        return text.trim_end().len();
    }
    let clause =
        ends[..words].iter().skip(words / 2).rfind(|&&end| text[..end].ends_with([',', ';', ':', '–', '—']));
    match (clause, words.checked_sub(1)) {
        (Some(&end), _) => text[..end].trim_end_matches([',', ';', ':', '–', '—', ' ']).len(),
        (None, Some(last)) => ends[last],
        (None, None) => 0,
    }
}

/// Whether a sentence may be quoted at all: it says something.
pub fn quotable(sentence: &Sentence) -> bool {
    sentence.kind == crate::model::Kind::Speech && sentence.words > 0
}

fn fits(room: Limit, words: u32) -> bool {
    match room {
        Limit::Words(left) => words <= left,
        Limit::Sentences(left) => left > 0,
    }
}

fn less(room: Limit, words: u32) -> Limit {
    match room {
        Limit::Words(left) => Limit::Words(left.saturating_sub(words)),
        Limit::Sentences(left) => Limit::Sentences(left.saturating_sub(1)),
    }
}

fn first_maximum(values: impl Iterator<Item = f64>) -> Option<usize> {
    let mut best: Option<(usize, f64)> = None;
    for (index, value) in values.enumerate() {
        if best.is_none_or(|(_, b)| value > b) {
            best = Some((index, value));
        }
    }
    best.map(|(index, _)| index)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::TermId;

    fn ids(rows: &[(f64, u32, u32)], limit: Limit, redundancy: f64) -> Vec<(u32, u32)> {
        let vectors: Vec<SparseVec> =
            rows.iter().map(|&(_, _, term)| SparseVec::new(vec![(TermId(term), 1.0)])).collect();
        let candidates: Vec<Candidate> = rows
            .iter()
            .zip(&vectors)
            .enumerate()
            .map(|(i, (&(score, words, _), vector))| Candidate {
                id: SentenceId(i as u32),
                score,
                words,
                vector,
            })
            .collect();
        let policy = Policy { redundancy, floor: -9.0 };
        select(&candidates, limit, policy).iter().map(|c| (c.id.0, c.rank)).collect()
    }

    #[test]
    fn the_budget_is_never_exceeded_and_what_fits_is_used() {
        let rows = [(1.0, 6, 0), (3.0, 7, 1), (2.0, 9, 2), (0.5, 3, 3)];
        assert_eq!(ids(&rows, Limit::Words(10), 0.0), [(1, 1), (3, 2)]);
        assert_eq!(ids(&rows, Limit::Sentences(2), 0.0), [(1, 1), (2, 2)]);
    }

    #[test]
    fn ties_go_to_the_earlier_sentence() {
        assert_eq!(ids(&[(1.0, 5, 0), (1.0, 5, 1)], Limit::Words(5), 0.0), [(0, 1)]);
    }

    #[test]
    fn a_repetition_loses_against_something_new() {
        let rows = [(3.0, 5, 0), (2.9, 5, 0), (2.0, 5, 1)];
        assert_eq!(ids(&rows, Limit::Sentences(2), 3.0), [(0, 1), (2, 2)]);
        assert_eq!(ids(&rows, Limit::Sentences(2), 0.0), [(0, 1), (1, 2)]);
    }

    #[test]
    fn a_sentence_over_the_budget_is_cut_at_a_clause() {
        let text = "We welcome the draft, which is late, but we cannot support it";
        assert_eq!(&text[..clause_cut(text, 9)], "We welcome the draft, which is late");
        assert_eq!(&text[..clause_cut(text, 3)], "We welcome the");
        assert_eq!(&text[..clause_cut(text, 50)], text);
        assert_eq!(clause_cut(text, 0), 0);
    }
}
