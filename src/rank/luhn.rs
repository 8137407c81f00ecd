//! Clusters of frequent words within a sentence.

use rustc_hash::FxHashMap;

use crate::model::{Policy, TermId};

use super::{Context, Method, Score, Scores};

pub(super) const METHOD: Method = Method {
    name: "luhn",
    about: "sentences with dense clusters of the most frequent content words",
    source: "Luhn 1958, The automatic creation of literature abstracts",
    most_sentences: None,
    rank,
    policy: Policy::default,
};

/// Insignificant words allowed between two significant ones of a cluster: Luhn's “four or five”.
const GAP: usize = 4;
/// Share of the distinct terms, by frequency, that are significant: a share holds for texts of any length,
/// where Luhn's frequencies are fitted to one.
const SIGNIFICANT: f64 = 0.1;

fn rank(context: &Context<'_>) -> Scores {
    let significant = significant_terms(context);
    context
        .candidates
        .iter()
        .map(|&id| {
            let terms = context.analysis.terms_of(id);
            let marks: Vec<bool> = terms.iter().map(|term| significant.contains_key(term)).collect();
            Score::single("cluster", best_cluster(&marks))
        })
        .collect()
}

fn significant_terms(context: &Context<'_>) -> FxHashMap<TermId, u32> {
    let mut counts: FxHashMap<TermId, u32> = FxHashMap::default();
    for &id in context.candidates {
        for &term in context.analysis.terms_of(id) {
            *counts.entry(term).or_default() += 1;
        }
    }
    let mut by_count: Vec<(TermId, u32)> = counts.into_iter().collect();
    by_count.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    by_count.truncate((by_count.len() as f64 * SIGNIFICANT).ceil() as usize);
    by_count.into_iter().collect()
}

/// The highest of `significant² / length` over the clusters of a sentence.
fn best_cluster(marks: &[bool]) -> f64 {
    let mut best: f64 = 0.0;
    let mut cluster: Option<(usize, usize, usize)> = None;
    for at in (0..marks.len()).filter(|&i| marks[i]) {
        let (first, _, hits) = match cluster {
            Some((first, last, hits)) if at - last - 1 <= GAP => (first, at, hits + 1),
            _ => (at, at, 1),
        };
        cluster = Some((first, at, hits));
        best = best.max((hits * hits) as f64 / (at - first + 1) as f64);
    }
    best
}

#[cfg(test)]
mod tests {
    use super::best_cluster;

    #[test]
    fn a_cluster_scores_its_significant_words_squared_over_its_length() {
        let marks = [false, true, false, true, true, false, false, false, false, false, true];
        assert_eq!(best_cluster(&marks), 9.0 / 4.0);
        assert_eq!(best_cluster(&[false, false]), 0.0);
    }
}
