//! The weights of a session's terms and the vectors of its sentences.

use super::sentence::SentenceId;
use super::term::{SparseVec, TermId};

/// What weighing a session gives the stages after it.
#[derive(Debug, Clone, Default)]
pub struct Weighting {
    /// Inverse document frequency of each term, a document being a sentence.
    pub idf: Vec<f64>,
    /// TF-IDF vector of each sentence.
    pub vectors: Vec<SparseVec>,
    /// How often the session uses each term.
    pub counts: Vec<u32>,
    /// Documents over which the frequencies are: the sentences of the session, and those of the background.
    pub documents: u64,
    /// How often the background uses the terms, where there is one.
    pub background: Option<BackgroundUses>,
}

/// How often a background uses the terms of a session.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BackgroundUses {
    /// By term of the session.
    pub of_term: Vec<u64>,
    /// Uses of all its terms, those of other sessions too.
    pub size: u64,
}

/// Keyness of the terms of some sentences: signed log-likelihood against the rest of the session.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Keyness {
    /// Ascending, and only of the terms that the sentences use: a speaker costs what it says, not the
    /// vocabulary of the session.
    of_term: Vec<(TermId, f64)>,
}

impl Keyness {
    /// The keyness of terms that come in ascending order, each once.
    pub fn new(of_term: Vec<(TermId, f64)>) -> Self {
        debug_assert!(of_term.is_sorted_by(|a, b| a.0 < b.0));
        Keyness { of_term }
    }

    /// The keyness of a term; 0 where the sentences do not use it.
    pub fn of(&self, term: TermId) -> f64 {
        let at = self.of_term.binary_search_by_key(&term, |&(term, _)| term);
        at.ok().and_then(|at| self.of_term.get(at)).map_or(0.0, |&(_, keyness)| keyness)
    }
}

impl Weighting {
    /// The vector of a sentence.
    pub fn vector(&self, id: SentenceId) -> &SparseVec {
        &self.vectors[id.index()]
    }
}
