//! The weights of a session's terms: TF-IDF of its sentences, keyness of some of them against the rest.

use rayon::prelude::*;

use crate::model::{Analysis, Keyness, SentenceId, TermId, Weighting};

use super::idf::Idf;
use super::keyness::log_likelihood;
use super::tf_idf::{Tf, document_frequencies, tf_idf};

/// Weighs the terms of a session: TF-IDF vectors of its sentences, a document being a sentence.
pub fn weigh(analysis: &Analysis, idf: Idf, tf: Tf) -> Weighting {
    let ids: Vec<_> = analysis.ids().collect();
    let frequencies =
        document_frequencies(ids.iter().map(|&id| analysis.terms_of(id)), analysis.vocabulary.len());
    let idf: Vec<f64> = frequencies.iter().map(|&df| idf.weight(ids.len() as u32, df)).collect();
    let vectors = ids.par_iter().map(|&id| tf_idf(analysis.terms_of(id), &idf, tf)).collect();
    let mut counts = vec![0; analysis.vocabulary.len()];
    for term in &analysis.terms {
        counts[term.index()] += 1;
    }
    Weighting { idf, vectors, counts }
}

/// Keyness of the terms that the sentences `target` use, against the other sentences of the session:
/// signed log-likelihood.
pub fn keyness_of(analysis: &Analysis, weighting: &Weighting, target: &[SentenceId]) -> Keyness {
    let mut terms: Vec<TermId> = target.iter().flat_map(|&id| analysis.terms_of(id)).copied().collect();
    terms.sort_unstable();
    let size = terms.len() as u32;
    let rest = (analysis.terms.len() as u32).saturating_sub(size);
    let of_term = terms.chunk_by(|a, b| a == b).filter_map(|uses| {
        let (&term, own) = (uses.first()?, uses.len() as u32);
        let all = weighting.counts.get(term.index()).copied().unwrap_or(own);
        let others = all.saturating_sub(own);
        Some((term, log_likelihood(own.into(), others.into(), size.into(), rest.into())))
    });
    Keyness::new(of_term.collect())
}
