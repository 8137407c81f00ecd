//! The weights of a session's terms and the vectors of its sentences.

use super::sentence::SentenceId;
use super::term::SparseVec;

/// What weighing a session gives the stages after it.
#[derive(Debug, Clone, Default)]
pub struct Weighting {
    /// Inverse document frequency of each term, a document being a sentence.
    pub idf: Vec<f64>,
    /// TF-IDF vector of each sentence.
    pub vectors: Vec<SparseVec>,
}

impl Weighting {
    /// The vector of a sentence.
    pub fn vector(&self, id: SentenceId) -> &SparseVec {
        &self.vectors[id.index()]
    }
}
