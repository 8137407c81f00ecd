//! The terms of each stakeholder, how distinctive they are, and how alike vocabularies are.

use std::collections::BTreeMap;

use crate::model::{SparseVec, TermId, TermRow};
use crate::stats::{Idf, Tf, chi_squared, log_likelihood, p_value};

use super::totals::{StakeholderSums, Totals};

/// Counts of all compared stakeholders together.
pub(super) struct Corpus<'a> {
    totals: &'a Totals,
    /// Uses of each term.
    counts: Vec<u64>,
    /// Uses of all terms.
    size: u64,
    /// Inverse document frequency of each term, a document being a compared stakeholder.
    idf: Vec<f64>,
    /// The word that most often stands for each term.
    forms: Vec<&'a str>,
}

impl<'a> Corpus<'a> {
    pub(super) fn new(totals: &'a Totals) -> Self {
        let n_terms = totals.vocabulary.len();
        let (mut counts, mut documents) = (vec![0; n_terms], vec![0_u32; n_terms]);
        let mut n_documents = 0_u32;
        for counted in totals.stakeholders.values().filter(|counted| counted.counts.is_compared) {
            n_documents += 1;
            for (term, count) in counted.uses() {
                counts[term.index()] += count;
                documents[term.index()] += 1;
            }
        }
        let idf = documents.iter().map(|&n| Idf::Smooth.weight(n_documents, n)).collect();
        let forms = totals.forms.iter().map(most_used).collect();
        Corpus { totals, size: counts.iter().sum(), counts, idf, forms }
    }

    /// TF-IDF of each term that the stakeholder uses.
    pub(super) fn vector(&self, counted: &StakeholderSums) -> SparseVec {
        SparseVec::new(counted.uses().map(|(term, count)| (term, self.tf_idf(term, count))).collect())
    }

    fn tf_idf(&self, term: TermId, count: u64) -> f64 {
        Tf::Log.weight(count as f64) * self.idf[term.index()]
    }

    /// The stakeholder's most distinctive terms, at most `limit`: by keyness, then count, then stem.
    pub(super) fn rows(&self, counted: &StakeholderSums, limit: usize) -> Vec<TermRow> {
        let size = counted.uses().map(|(_, count)| count).sum::<u64>();
        let statistic = |formula: fn(f64, f64, f64, f64) -> f64, term: TermId, count: u64| {
            let elsewhere = self.counts[term.index()] - count;
            formula(count as f64, elsewhere as f64, size as f64, (self.size - size) as f64)
        };
        let mut terms: Vec<(TermId, u64, f64)> = counted
            .uses()
            .map(|(term, count)| (term, count, statistic(log_likelihood, term, count)))
            .collect();
        let stem = |term: TermId| self.totals.vocabulary.stem(term);
        terms.sort_by(|a, b| b.2.total_cmp(&a.2).then(b.1.cmp(&a.1)).then_with(|| stem(a.0).cmp(stem(b.0))));
        terms.truncate(limit);
        let row = |(rank, (term, count, keyness)): (usize, (TermId, u64, f64))| TermRow {
            stakeholder: counted.counts.name.clone(),
            term: self.forms[term.index()].to_owned(),
            stem: stem(term).to_owned(),
            count,
            tf_idf: self.tf_idf(term, count),
            keyness,
            p: p_value(keyness),
            rank: rank as u64 + 1,
            chi_squared: statistic(chi_squared, term, count),
        };
        terms.into_iter().enumerate().map(row).collect()
    }
}

/// The form with the most uses, of several the first by alphabet.
fn most_used(forms: &BTreeMap<String, u64>) -> &str {
    let best = forms.iter().rev().max_by_key(|&(_, uses)| uses);
    best.map_or("", |(form, _)| form.as_str())
}

/// Cosines of all pairs; `None` where a vector is empty.
pub(super) fn similarity(vectors: &[SparseVec]) -> Vec<Vec<Option<f64>>> {
    let cosine = |a: usize, b: usize| match a == b {
        true => 1.0,
        false => vectors[a.min(b)].cosine(&vectors[a.max(b)]),
    };
    let cell = |a: usize, b: usize| (!vectors[a].is_empty() && !vectors[b].is_empty()).then(|| cosine(a, b));
    (0..vectors.len()).map(|a| (0..vectors.len()).map(|b| cell(a, b)).collect()).collect()
}
