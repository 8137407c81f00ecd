//! Selection: from scored sentences to the few that are shown, within a budget and without saying
//! the same thing twice. All methods share it.

mod worth;

use crate::model::{Choice, Policy, Sentence, SentenceId, Span, SparseVec, word_spans};
use crate::stats::spread;

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
    /// The subject it belongs to; all the same where subjects do not matter.
    pub subject: u32,
}

/// A selected sentence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Chosen {
    /// The sentence.
    pub id: SentenceId,
    /// Order of choice, from 1.
    pub rank: u32,
    /// What saying again what was chosen before, or dwelling on its subject, takes off its score; not
    /// above 0.
    pub redundancy: f64,
}

/// How much may be selected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// The most words.
    Words(u32),
    /// The most sentences.
    Sentences(u32),
}

/// Selects greedily: at each step the sentence with the highest score less its redundancy, ties to
/// the earlier one, as long as it fits what is left of the limit (maximal marginal relevance,
/// Carbonell & Goldstein 1998, with the redundancy scaled by the spread of the scores).
///
/// The result is in reading order. It is empty only when no candidate fits.
pub fn select(candidates: &[Candidate<'_>], limit: Limit, policy: Policy) -> Vec<Chosen> {
    if policy.choice == Choice::WorthPerWord {
        return worth::select(candidates, limit, policy);
    }
    let (mean, spread) = spread(&candidates.iter().map(|c| c.score).collect::<Vec<_>>());
    let mut shares = Shares::new(candidates);
    // Best score first: once a score is below the best value found, no later one can win.
    let mut order: Vec<usize> = (0..candidates.len()).collect();
    order.sort_by(|&a, &b| candidates[b].score.total_cmp(&candidates[a].score).then(a.cmp(&b)));
    let mut overlaps = vec![Overlap::default(); candidates.len()];
    let mut room = limit;
    let mut chosen: Vec<Chosen> = Vec::new();
    let mut taken: Vec<usize> = Vec::new();
    loop {
        let mut winner: Option<(f64, usize, f64)> = None;
        for &at in &order {
            let candidate = &candidates[at];
            if winner.is_some_and(|(value, _, _)| candidate.score < value) {
                break;
            }
            if !fits(room, candidate.words) || taken.contains(&at) {
                continue;
            }
            let overlap = overlaps[at].with(candidates, at, &taken);
            let had = shares.taken(candidate.subject, limit);
            let cost = spread * (policy.redundancy * overlap + policy.crowding * had);
            let value = candidate.score - cost;
            if winner.is_none_or(|(best, index, _)| value > best || (value == best && at < index)) {
                winner = Some((value, at, cost));
            }
        }
        let Some((value, at, cost)) = winner else { break };
        if !chosen.is_empty() && value < mean + policy.floor * spread {
            break;
        }
        chosen.push(Chosen { id: candidates[at].id, rank: chosen.len() as u32 + 1, redundancy: -cost });
        room = less(room, candidates[at].words);
        shares.take(&candidates[at]);
        taken.push(at);
    }
    chosen.sort_by_key(|c| c.id);
    chosen
}

/// The highest similarity of a candidate to what was taken, as far as it was compared.
#[derive(Debug, Clone, Copy, Default)]
struct Overlap {
    highest: f64,
    compared: usize,
}

impl Overlap {
    fn with(&mut self, candidates: &[Candidate<'_>], at: usize, taken: &[usize]) -> f64 {
        for &other in &taken[self.compared..] {
            self.highest = self.highest.max(candidates[at].vector.cosine(candidates[other].vector));
        }
        self.compared = taken.len();
        self.highest
    }
}

/// How much of the budget each subject is due, by its words, and has had.
struct Shares {
    due: Vec<f64>,
    words: Vec<f64>,
    sentences: Vec<f64>,
}

impl Shares {
    fn new(candidates: &[Candidate<'_>]) -> Self {
        let n = candidates.iter().map(|c| c.subject as usize + 1).max().unwrap_or(0);
        let mut due = vec![0.0; n];
        for candidate in candidates {
            due[candidate.subject as usize] += f64::from(candidate.words);
        }
        let all = due.iter().sum::<f64>().max(1.0);
        due.iter_mut().for_each(|d| *d /= all);
        Shares { due, words: vec![0.0; n], sentences: vec![0.0; n] }
    }

    fn take(&mut self, candidate: &Candidate<'_>) {
        self.words[candidate.subject as usize] += f64::from(candidate.words);
        self.sentences[candidate.subject as usize] += 1.0;
    }

    /// What a subject has had over what it is due, at most 1.
    fn taken(&self, subject: u32, limit: Limit) -> f64 {
        let subject = subject as usize;
        let (had, of) = match limit {
            Limit::Words(words) => (self.words[subject], words),
            Limit::Sentences(sentences) => (self.sentences[subject], sentences),
        };
        if had > 0.0 { (had / (f64::from(of) * self.due[subject])).min(1.0) } else { 0.0 }
    }
}

/// Marks that a clause may end with.
pub const CLAUSE_MARKS: [char; 10] = [',', ';', ':', '–', '—', '،', '؛', '，', '；', '：'];

/// The longest run of whole clauses from the start of `text` that has at most `words` words; cut at
/// a comma, semicolon, colon or dash where one is in the second half of what fits, else between
/// words. Returns the byte length of the cut.
pub fn clause_cut(text: &str, words: u32) -> usize {
    let ends: Vec<usize> = word_spans(text).into_iter().map(Span::end).collect();
    let words = words as usize;
    if ends.len() <= words {
        return text.trim_end().len();
    }
    let clause = ends[..words].iter().skip(words / 2).rfind(|&&end| text[..end].ends_with(CLAUSE_MARKS));
    match (clause, words.checked_sub(1)) {
        (Some(&end), _) => text[..end].trim_end_matches(CLAUSE_MARKS).trim_end().len(),
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
                subject: 0,
            })
            .collect();
        let policy = Policy { redundancy, floor: -9.0, ..Policy::default() };
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
