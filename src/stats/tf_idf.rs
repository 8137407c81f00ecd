//! Term frequencies and TF-IDF vectors.

use crate::model::{SparseVec, TermId};

/// The variant of term frequency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tf {
    /// The count.
    Raw,
    /// 1 for every term that occurs.
    Binary,
    /// `1 + ln(count)` (Salton & Buckley 1988).
    Log,
}

impl Tf {
    /// The weight of a term that occurs `count` times; 0 for none.
    pub fn weight(self, count: f64) -> f64 {
        match self {
            _ if count <= 0.0 => 0.0,
            Tf::Raw => count,
            Tf::Binary => 1.0,
            Tf::Log => 1.0 + count.ln(),
        }
    }
}

/// In how many of the documents each of `n_terms` terms occurs.
pub fn document_frequencies<'a>(documents: impl Iterator<Item = &'a [TermId]>, n_terms: usize) -> Vec<u32> {
    let mut frequencies = vec![0; n_terms];
    let mut last_seen = vec![u32::MAX; n_terms];
    for (number, document) in documents.enumerate() {
        for term in document {
            if last_seen[term.index()] != number as u32 {
                last_seen[term.index()] = number as u32;
                frequencies[term.index()] += 1;
            }
        }
    }
    frequencies
}

/// The vector of a text: term frequency times inverse document frequency of each of its terms.
pub fn tf_idf(terms: &[TermId], idf: &[f64], tf: Tf) -> SparseVec {
    let counts = SparseVec::new(terms.iter().map(|&term| (term, 1.0)).collect());
    SparseVec::new(counts.iter().map(|(term, count)| (term, tf.weight(count) * idf[term.index()])).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vector_weighs_terms_by_count_and_rarity() {
        let terms = [TermId(1), TermId(0), TermId(1)];
        let vector = tf_idf(&terms, &[0.5, 2.0], Tf::Raw);
        assert_eq!(vector.iter().collect::<Vec<_>>(), [(TermId(0), 0.5), (TermId(1), 4.0)]);
        assert_eq!(tf_idf(&terms, &[0.5, 2.0], Tf::Binary).get(TermId(1)), 2.0);
        assert_eq!(Tf::Log.weight(1.0), 1.0);
    }

    #[test]
    fn a_document_counts_once_however_often_it_has_a_term() {
        let documents = [vec![TermId(0), TermId(0)], vec![TermId(0), TermId(1)]];
        assert_eq!(document_frequencies(documents.iter().map(Vec::as_slice), 3), [2, 1, 0]);
    }
}
