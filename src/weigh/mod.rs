//! Weights of terms: how often, how rare, how much one speaker's own.
//!
//! Each formula is a small function with its source; the variants have the field's names.

use rayon::prelude::*;

use crate::model::{Analysis, SentenceId, Weighting};

pub mod idf;
pub mod keyness;
pub mod vectors;

pub use idf::Idf;
pub use keyness::{chi_squared, log_likelihood, p_value};
pub use vectors::{Tf, document_frequencies, tf_idf};

/// Weighs the terms of a session: TF-IDF vectors of its sentences, a document being a sentence.
pub fn weigh(analysis: &Analysis, idf: Idf, tf: Tf) -> Weighting {
    let ids: Vec<_> = analysis.ids().collect();
    let frequencies =
        document_frequencies(ids.iter().map(|&id| analysis.terms_of(id)), analysis.vocabulary.len());
    let idf: Vec<f64> = frequencies.iter().map(|&df| idf.weight(ids.len() as u32, df)).collect();
    let vectors = ids.par_iter().map(|&id| tf_idf(analysis.terms_of(id), &idf, tf)).collect();
    Weighting { idf, vectors }
}

/// Keyness of every term of the vocabulary in the sentences `target` (ascending) against the other
/// sentences of the session: signed log-likelihood.
pub fn keyness_of(analysis: &Analysis, target: &[SentenceId]) -> Vec<f64> {
    let n_terms = analysis.vocabulary.len();
    let mut all = vec![0u32; n_terms];
    let mut own = vec![0u32; n_terms];
    for term in &analysis.terms {
        all[term.index()] += 1;
    }
    for term in target.iter().flat_map(|&id| analysis.terms_of(id)) {
        own[term.index()] += 1;
    }
    let size: u32 = own.iter().sum();
    let rest = analysis.terms.len() as u32 - size;
    let statistic =
        |(&own, &all): (&u32, &u32)| log_likelihood(own.into(), (all - own).into(), size.into(), rest.into());
    own.iter().zip(&all).map(statistic).collect()
}
