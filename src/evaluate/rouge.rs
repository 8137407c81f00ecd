//! ROUGE-1, ROUGE-2, ROUGE-L and ROUGE-Lsum of one text against one reference.
//!
//! Lin, C.-Y. (2004): ROUGE: A package for automatic evaluation of summaries. *Text Summarization
//! Branches Out*, 74–81. Where the paper leaves room, the choices are those of the Python package
//! `rouge_score` 0.1.2, with which published figures are made today: bigrams run across sentences,
//! ROUGE-Lsum counts no word more often than either text has it, F is balanced, and a text without
//! words scores 0.

use super::lcs::Places;
use super::tokens::{Numbering, Stemming};

/// Precision, recall and their harmonic mean, each from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Default, serde::Serialize)]
pub struct Score {
    /// Share of the candidate that is in the reference.
    pub precision: f64,
    /// Share of the reference that is in the candidate.
    pub recall: f64,
    /// Harmonic mean of the two, 0 where both are 0.
    pub f1: f64,
}

/// The scores of one candidate.
#[derive(Debug, Clone, Copy, PartialEq, Default, serde::Serialize)]
pub struct Scores {
    /// Single words.
    pub rouge1: Score,
    /// Pairs of neighbouring words.
    pub rouge2: Score,
    /// Longest common subsequence of the two texts.
    #[serde(rename = "rougeL")]
    pub rouge_l: Score,
    /// Union of the longest common subsequences of each reference sentence with all sentences.
    #[serde(rename = "rougeLsum")]
    pub rouge_lsum: Score,
}

impl Scores {
    /// Each measure with its usual name, in fixed order.
    pub fn named(&self) -> [(&'static str, Score); 4] {
        [
            ("rouge1", self.rouge1),
            ("rouge2", self.rouge2),
            ("rougeL", self.rouge_l),
            ("rougeLsum", self.rouge_lsum),
        ]
    }
}

/// The scores of `candidate` against `reference`, both with one sentence on a line.
///
/// Lines matter to ROUGE-Lsum only. Memory grows with the product of the two longest lines, a bit
/// for each pair of words.
pub fn score(reference: &str, candidate: &str, stemming: Stemming) -> Scores {
    let mut numbering = Numbering::new(stemming);
    let mut sentences =
        |text: &str| -> Vec<Vec<u32>> { text.split('\n').map(|s| numbering.words(s)).collect() };
    let (reference_sentences, candidate_sentences) = (sentences(reference), sentences(candidate));
    let (reference, candidate) = (reference_sentences.concat(), candidate_sentences.concat());
    let rated = |hits: usize| Score::new(hits, reference.len(), candidate.len());
    Scores {
        rouge1: n_gram_score::<1>(&reference, &candidate),
        rouge2: n_gram_score::<2>(&reference, &candidate),
        rouge_l: rated(Places::new(&candidate).common_length(&reference)),
        rouge_lsum: rated(union_hits(&reference_sentences, &candidate_sentences)),
    }
}

/// The scores of `candidate` against several references: for each measure that of the reference
/// with the highest F1, the first of equals. All zero where there is no reference.
pub fn score_against_best<S: AsRef<str>>(references: &[S], candidate: &str, stemming: Stemming) -> Scores {
    let mut all = references.iter().map(|reference| score(reference.as_ref(), candidate, stemming));
    let first = all.next().unwrap_or_default();
    let better = |a: Score, b: Score| if b.f1 > a.f1 { b } else { a };
    all.fold(first, |best, next| Scores {
        rouge1: better(best.rouge1, next.rouge1),
        rouge2: better(best.rouge2, next.rouge2),
        rouge_l: better(best.rouge_l, next.rouge_l),
        rouge_lsum: better(best.rouge_lsum, next.rouge_lsum),
    })
}

impl Score {
    /// `hits` units in common among `in_reference` and `in_candidate`.
    fn new(hits: usize, in_reference: usize, in_candidate: usize) -> Self {
        let precision = hits as f64 / in_candidate.max(1) as f64;
        let recall = hits as f64 / in_reference.max(1) as f64;
        let f1 = if hits > 0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 };
        Score { precision, recall, f1 }
    }
}

fn n_gram_score<const N: usize>(reference: &[u32], candidate: &[u32]) -> Score {
    let (reference, candidate) = (sorted_n_grams::<N>(reference), sorted_n_grams::<N>(candidate));
    let (mut i, mut j, mut hits) = (0, 0, 0);
    while i < reference.len() && j < candidate.len() {
        match reference[i].cmp(&candidate[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                hits += 1;
                i += 1;
                j += 1;
            }
        }
    }
    Score::new(hits, reference.len(), candidate.len())
}

fn sorted_n_grams<const N: usize>(words: &[u32]) -> Vec<[u32; N]> {
    let mut n_grams: Vec<[u32; N]> = words.windows(N).filter_map(|window| window.try_into().ok()).collect();
    n_grams.sort_unstable();
    n_grams
}

/// Words of the reference in the union, over the candidate's sentences, of the longest common
/// subsequences with each reference sentence; a word counts no more often than either text has it.
fn union_hits(reference: &[Vec<u32>], candidate: &[Vec<u32>]) -> usize {
    let mut left_in_reference = occurrences(reference);
    let mut left_in_candidate = occurrences(candidate);
    let candidate: Vec<Places> = candidate.iter().map(|sentence| Places::new(sentence)).collect();
    let mut hits = 0;
    for sentence in reference {
        let mut kept = vec![false; sentence.len()];
        for places in &candidate {
            places.mark_common(sentence, &mut kept);
        }
        for (&word, _) in sentence.iter().zip(&kept).filter(|(_, kept)| **kept) {
            let word = word as usize;
            let (Some(a), Some(b)) = (left_in_reference.get_mut(word), left_in_candidate.get_mut(word))
            else {
                continue;
            };
            if *a > 0 && *b > 0 {
                *a -= 1;
                *b -= 1;
                hits += 1;
            }
        }
    }
    hits
}

/// How often each word occurs, by its number.
fn occurrences(sentences: &[Vec<u32>]) -> Vec<u32> {
    let mut counts = Vec::new();
    for &word in sentences.iter().flatten() {
        let word = word as usize;
        if counts.len() <= word {
            counts.resize(word + 1, 0);
        }
        counts[word] += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(reference: &str, candidate: &str, expected: [[f64; 2]; 4]) {
        let scores = score(reference, candidate, Stemming::Porter);
        for ((name, score), [precision, recall]) in scores.named().into_iter().zip(expected) {
            assert!((score.precision - precision).abs() < 1e-12, "{name} precision {score:?}");
            assert!((score.recall - recall).abs() < 1e-12, "{name} recall {score:?}");
            let f1 = if precision > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 };
            assert!((score.f1 - f1).abs() < 1e-12, "{name} F1 {score:?}");
        }
    }

    #[test]
    fn words_pairs_and_subsequences_are_counted_as_worked_by_hand() {
        // police / the gunman in common: 3 of 4 words, 1 of 3 pairs; in order: police … gunman.
        check(
            "police killed the gunman",
            "the gunman killed police",
            [[1.0, 1.0], [1.0 / 3.0, 1.0 / 3.0], [0.5, 0.5], [0.5, 0.5]],
        );
    }

    #[test]
    fn sentences_are_united_for_the_summary_level_subsequence() {
        // The example of the paper, section 3.2: the union a1 a2 a3 a5 has 4 of the reference's 5
        // words and of the candidate's 10. The second pair swaps the sentences' order, which is the
        // same to the union and costs the subsequence of the whole texts a2.
        check(
            "a1 a2 a3 a4 a5",
            "a1 a2 a6 a7 a8\na1 a3 a8 a9 a5",
            [[0.4, 0.8], [1.0 / 9.0, 0.25], [0.4, 0.8], [0.4, 0.8]],
        );
        check(
            "a1 a2 a3 a4 a5",
            "a1 a3 a8 a9 a5\na1 a2 a6 a7 a8",
            [[0.4, 0.8], [1.0 / 9.0, 0.25], [0.3, 0.6], [0.4, 0.8]],
        );
    }

    #[test]
    fn a_word_counts_no_more_often_than_either_text_has_it() {
        check("we\nwe\nwe", "we agree", [[0.5, 1.0 / 3.0], [0.0, 0.0], [0.5, 1.0 / 3.0], [0.5, 1.0 / 3.0]]);
    }

    #[test]
    fn a_text_without_words_scores_nothing() {
        for (reference, candidate) in [("", ""), ("…", "yes"), ("yes", "\n\n"), ("", "é")] {
            assert_eq!(score(reference, candidate, Stemming::None), Scores::default());
        }
    }

    #[test]
    fn the_best_reference_counts_for_each_measure() {
        let references = ["agree we", "we agree on all of it"];
        let best = score_against_best(&references, "we agree", Stemming::None);
        assert_eq!(best.rouge1.f1, 1.0);
        assert_eq!(best.rouge2.precision, 1.0);
        assert_eq!(best.rouge2.recall, 0.2);
        assert_eq!(score_against_best::<&str>(&[], "we agree", Stemming::None), Scores::default());
    }
}
