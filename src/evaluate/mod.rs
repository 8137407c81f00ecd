//! How good summaries are: ROUGE against references, as published figures are made.
//!
//! [`score`] rates one text, [`estimate`] gives the mean of many with its confidence interval;
//! [`entries`] reads and pairs texts and references, [`evaluate`] rates the pairs. Scores agree with
//! the Python package `rouge_score` 0.1.2; a test holds both side by side.

mod bootstrap;
pub mod entries;
mod lcs;
pub mod porter;
mod rouge;
mod tokens;

use rayon::prelude::*;
use serde::Serialize;

pub use bootstrap::{Estimate, estimate};
pub use entries::{Entry, Pair, Pairing, Sentences, Subject};
pub use rouge::{Score, Scores, score, score_against_best};
pub use tokens::Stemming;

/// Name and version of the form in which an [`Evaluation`] is written as JSON.
pub const SCHEMA: &str = "rapporteur/evaluation/1";

/// The scores of all pairs and their mean.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Evaluation {
    /// [`SCHEMA`].
    pub schema: &'static str,
    /// Mean and confidence interval over the pairs.
    #[serde(flatten)]
    pub estimate: Estimate,
    /// Each pair's scores, in the order of the pairs.
    pub pairs: Vec<Rated>,
}

/// The scores of one pair.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Rated {
    /// The session's identifier.
    pub session: String,
    /// The kind of thing that the text is about.
    pub scope: &'static str,
    /// The speaker, stakeholder, group or question; for the session itself its title, or nothing.
    pub name: String,
    /// Number of references.
    pub references: usize,
    /// Against the best reference, for each measure.
    pub scores: Scores,
}

/// Rates all pairs; `None` where there is none. The interval comes from `resamples` resamples.
pub fn evaluate(pairs: &[Pair], stemming: Stemming, resamples: usize) -> Option<Evaluation> {
    let rated: Vec<Rated> = pairs.par_iter().map(|pair| rate(pair, stemming)).collect();
    let scores: Vec<Scores> = rated.iter().map(|r| r.scores).collect();
    let estimate = estimate(&scores, resamples)?;
    Some(Evaluation { schema: SCHEMA, estimate, pairs: rated })
}

fn rate(pair: &Pair, stemming: Stemming) -> Rated {
    Rated {
        session: pair.subject.session.clone(),
        scope: pair.subject.scope.name(),
        name: pair.subject.name.clone(),
        references: pair.references.len(),
        scores: score_against_best(&pair.references, &pair.candidate, stemming),
    }
}
