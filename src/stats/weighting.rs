//! The weights of a session's terms: TF-IDF of its sentences, keyness of some of them against the rest.

use rayon::prelude::*;

use crate::model::{
    Analysis, BackgroundUses, Keyness, LanguageStatistics, SentenceId, TermCount, TermId, Weighting,
};

use super::idf::Idf;
use super::keyness::log_likelihood;
use super::tf_idf::{Tf, document_frequencies, tf_idf};

/// Weighs the terms of a session: TF-IDF vectors of its sentences, a document being a sentence. Where a background
/// is given, its sentences are documents too.
pub fn weigh(analysis: &Analysis, background: Option<&LanguageStatistics>, idf: Idf, tf: Tf) -> Weighting {
    let ids: Vec<_> = analysis.ids().collect();
    let n_terms = analysis.vocabulary.len();
    let frequencies = document_frequencies(ids.iter().map(|&id| analysis.terms_of(id)), n_terms);
    let elsewhere = |counts: &LanguageStatistics| -> Vec<TermCount> {
        (0..n_terms as u32).map(|term| counts.of(analysis.vocabulary.stem(TermId(term)))).collect()
    };
    let elsewhere: Option<Vec<TermCount>> = background.map(elsewhere);
    let documents = (ids.len() as u64).saturating_add(background.map_or(0, |counts| counts.documents));
    let weight = |(term, &df): (usize, &u32)| {
        let others =
            elsewhere.as_ref().and_then(|counts| counts.get(term)).map_or(0, |count| count.documents);
        idf.weight(documents, u64::from(df).saturating_add(others))
    };
    let idf: Vec<f64> = frequencies.iter().enumerate().map(weight).collect();
    let vectors = ids.par_iter().map(|&id| tf_idf(analysis.terms_of(id), &idf, tf)).collect();
    let mut counts = vec![0; n_terms];
    for term in &analysis.terms {
        counts[term.index()] += 1;
    }
    let uses = elsewhere.map(|counts| counts.into_iter().map(|count| count.uses).collect());
    let size = background.map_or(0, |counts| counts.uses);
    let background = uses.map(|of_term| BackgroundUses { of_term, size });
    Weighting { idf, vectors, counts, documents, background }
}

/// Keyness of the terms that the sentences `target` use, against the other sentences of the session and those of
/// the background where there is one: signed log-likelihood.
pub fn keyness_of(analysis: &Analysis, weighting: &Weighting, target: &[SentenceId]) -> Keyness {
    let mut terms: Vec<TermId> = target.iter().flat_map(|&id| analysis.terms_of(id)).copied().collect();
    terms.sort_unstable();
    let size = terms.len() as u32;
    let rest = (analysis.terms.len() as u32).saturating_sub(size);
    let background = weighting.background.as_ref();
    let rest = f64::from(rest) + background.map_or(0, |uses| uses.size) as f64;
    let of_term = terms.chunk_by(|a, b| a == b).filter_map(|uses| {
        let (&term, own) = (uses.first()?, uses.len() as u32);
        let all = weighting.counts.get(term.index()).copied().unwrap_or(own);
        let elsewhere = background.and_then(|uses| uses.of_term.get(term.index())).copied().unwrap_or(0);
        let others = f64::from(all.saturating_sub(own)) + elsewhere as f64;
        Some((term, log_likelihood(own.into(), others, size.into(), rest)))
    });
    Keyness::new(of_term.collect())
}
