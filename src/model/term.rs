//! Terms: stems of content words, interned to small integers.

use rustc_hash::FxHashMap;

/// Index of a term in a [`Vocabulary`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TermId(pub u32);

impl TermId {
    /// The index as a `usize`.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The distinct terms of a session, numbered in order of first appearance.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    ids: FxHashMap<String, TermId>,
    stems: Vec<String>,
    forms: Vec<String>,
}

impl Vocabulary {
    /// The term of `stem`, added when it is new; `form` is then kept as its readable form.
    pub fn intern(&mut self, stem: &str, form: &str) -> TermId {
        if let Some(&id) = self.ids.get(stem) {
            return id;
        }
        let id = TermId(self.stems.len() as u32);
        self.ids.insert(stem.to_owned(), id);
        self.stems.push(stem.to_owned());
        self.forms.push(form.to_owned());
        id
    }

    /// The term of `stem`, if the session uses it.
    pub fn get(&self, stem: &str) -> Option<TermId> {
        self.ids.get(stem).copied()
    }

    /// The stem of a term.
    pub fn stem(&self, term: TermId) -> &str {
        &self.stems[term.index()]
    }

    /// The first word (lower case) that had this stem, for readers.
    pub fn form(&self, term: TermId) -> &str {
        &self.forms[term.index()]
    }

    /// Number of distinct terms.
    pub fn len(&self) -> usize {
        self.stems.len()
    }

    /// Whether there is no term.
    pub fn is_empty(&self) -> bool {
        self.stems.is_empty()
    }
}

/// A sparse vector over terms: pairs sorted by term, each term once, no zero weights.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SparseVec(Vec<(TermId, f64)>);

impl SparseVec {
    /// Sorts by term and adds up the weights of equal terms in the order given.
    pub fn new(mut pairs: Vec<(TermId, f64)>) -> Self {
        pairs.sort_by_key(|&(term, _)| term);
        pairs.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1 += next.1;
            }
            same
        });
        pairs.retain(|&(_, weight)| weight != 0.0);
        SparseVec(pairs)
    }

    /// The pairs, by term.
    pub fn iter(&self) -> impl Iterator<Item = (TermId, f64)> + '_ {
        self.0.iter().copied()
    }

    /// Number of terms with a weight.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether every weight is zero.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The weight of a term, 0 where it is absent.
    pub fn get(&self, term: TermId) -> f64 {
        self.0.binary_search_by_key(&term, |&(t, _)| t).map_or(0.0, |i| self.0[i].1)
    }

    /// Sum of products over common terms, in term order.
    pub fn dot(&self, other: &SparseVec) -> f64 {
        let (mut a, mut b, mut sum) = (0, 0, 0.0);
        while a < self.0.len() && b < other.0.len() {
            match self.0[a].0.cmp(&other.0[b].0) {
                std::cmp::Ordering::Less => a += 1,
                std::cmp::Ordering::Greater => b += 1,
                std::cmp::Ordering::Equal => {
                    sum += self.0[a].1 * other.0[b].1;
                    a += 1;
                    b += 1;
                }
            }
        }
        sum
    }

    /// Euclidean length.
    pub fn norm(&self) -> f64 {
        self.0.iter().map(|&(_, w)| w * w).sum::<f64>().sqrt()
    }

    /// As [`Self::cosine`], where the product of both lengths is known.
    pub fn cosine_with(&self, other: &SparseVec, lengths: f64) -> f64 {
        if lengths > 0.0 { self.dot(other) / lengths } else { 0.0 }
    }

    /// Cosine of the angle between two vectors, 0 when either is empty; within [0, 1] for weights
    /// that are not negative.
    pub fn cosine(&self, other: &SparseVec) -> f64 {
        self.cosine_with(other, self.norm() * other.norm())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_terms_are_added_up_and_vectors_compared() {
        let a = SparseVec::new(vec![(TermId(2), 1.0), (TermId(0), 3.0), (TermId(2), 3.0)]);
        assert_eq!(a.iter().collect::<Vec<_>>(), [(TermId(0), 3.0), (TermId(2), 4.0)]);
        assert_eq!(a.norm(), 5.0);
        let b = SparseVec::new(vec![(TermId(2), 2.0)]);
        assert_eq!(a.dot(&b), 8.0);
        assert_eq!(a.cosine(&b), 0.8);
        assert_eq!(a.cosine(&SparseVec::default()), 0.0);
    }
}
