//! Weights from annotated sessions.

use std::collections::BTreeMap;

use rapporteur::issues::{RELEVANCE, RelevanceWeights};
use rapporteur::model::{Stance, StanceSums};
use rapporteur::stance::{WeighedSentence, Weights, add, filled, leaning, means};

use crate::logistic::{Fitted, Settings, fit};
use crate::sessions::{Annotations, Cell, Side, side};

/// Relevance has many rows and few features; the ridge only keeps them finite.
const RELEVANCE_FIT: Settings = Settings { ridge: 10.0, balanced: false };
/// Scores of sentences have few rows and many features, so that the ridge is strong. Sessions left out did
/// best between 30 and 100.
const SENTENCE_FIT: Settings = Settings { ridge: 100.0, balanced: true };
/// Two features or three.
const SMALL_FIT: Settings = Settings { ridge: 3.0, balanced: false };

/// What is learned from some sessions.
pub(crate) struct Trained {
    pub(crate) relevance: RelevanceWeights,
    pub(crate) stance: Weights,
}

/// Learns from sessions; the weights of confidence stay 0.
pub(crate) fn train(sessions: &[&Annotations]) -> Trained {
    let relevance = relevance(sessions);
    let sentence = sentence_scores(sessions);
    let mut stance = Weights {
        sentence: (sentence.bias, sentence.weights),
        filled: [0.0; 3],
        stance: [0.0, 1.0],
        confidence: [0.0; 4],
    };
    stance.filled = filled_weights(sessions, &relevance);
    stance.stance = stance_weights(sessions, &relevance);
    Trained { relevance, stance }
}

fn relevance(sessions: &[&Annotations]) -> RelevanceWeights {
    let (mut rows, mut labels) = (Vec::new(), Vec::new());
    for session in sessions {
        for (sentence, bearings) in session.bearings.of_sentence.iter().enumerate() {
            if session.bearings.stakeholders[sentence].is_some() {
                rows.extend(bearings.iter().map(|bearing| bearing.related.to_vec()));
                labels.extend(&session.quoted[sentence]);
            }
        }
    }
    let fitted = fit(&rows, &labels, RELEVANCE_FIT);
    let mut features = [0.0; RELEVANCE.len()];
    features.copy_from_slice(&fitted.weights);
    RelevanceWeights { bias: fitted.bias, features }
}

/// Scores of sentences that annotators quote for a stance, towards what is spoken of.
fn sentence_scores(sessions: &[&Annotations]) -> Fitted {
    let (mut rows, mut labels) = (Vec::new(), Vec::new());
    for session in sessions {
        for (sentence, bearings) in session.bearings.of_sentence.iter().enumerate() {
            let Some(stakeholder) = &session.bearings.stakeholders[sentence] else { continue };
            for bearing in bearings {
                let cell = session.cells.get(&(stakeholder.clone(), bearing.issue.0 as usize));
                let shown = cell.filter(|cell| cell.shows(&session.bearings.texts[sentence]));
                let Some(cell) = shown.filter(|cell| side(cell.stance) != Side::Both) else { continue };
                rows.push(bearing.features.clone());
                labels.push(cell.stance == Stance::Support);
            }
        }
    }
    fit(&rows, &labels, SENTENCE_FIT)
}

/// The sums of every cell of a session.
pub(crate) fn sums(session: &Annotations, relevance: &RelevanceWeights) -> BTreeMap<Cell, StanceSums> {
    let mut sums: BTreeMap<Cell, StanceSums> = BTreeMap::new();
    for (sentence, bearings) in session.bearings.of_sentence.iter().enumerate() {
        let Some(stakeholder) = &session.bearings.stakeholders[sentence] else { continue };
        for bearing in bearings {
            let said = WeighedSentence {
                relevance: relevance.probability(&bearing.related),
                features: &bearing.features,
                stated: bearing.stated,
                by_name: bearing.by_name,
            };
            add(sums.entry((stakeholder.clone(), bearing.issue.0 as usize)).or_default(), &said);
        }
    }
    sums
}

fn filled_weights(sessions: &[&Annotations], relevance: &RelevanceWeights) -> [f64; 3] {
    let (mut rows, mut labels) = (Vec::new(), Vec::new());
    for session in sessions {
        let sums = sums(session, relevance);
        for stakeholder in &session.stakeholders {
            for issue in 0..session.issues.len() {
                let cell = (stakeholder.clone(), issue);
                let none = StanceSums::default();
                let sums = sums.get(&cell).unwrap_or(&none);
                rows.push(vec![(sums.greatest + 1e-3).ln(), 1.0 - sums.log_none.exp()]);
                labels.push(session.cells.contains_key(&cell));
            }
        }
    }
    let fitted = fit(&rows, &labels, SMALL_FIT);
    [fitted.bias, fitted.weights[0], fitted.weights[1]]
}

/// How the mean score of a cell tells its stance; each session's means by weights that did not see it.
fn stance_weights(sessions: &[&Annotations], relevance: &RelevanceWeights) -> [f64; 2] {
    let (mut rows, mut labels) = (Vec::new(), Vec::new());
    for (number, session) in sessions.iter().enumerate() {
        let others: Vec<&Annotations> =
            sessions.iter().enumerate().filter(|(other, _)| *other != number).map(|(_, s)| *s).collect();
        let fitted = sentence_scores(&others);
        for (cell, sums) in sums(session, relevance) {
            let Some(annotated) = session.cells.get(&cell) else { continue };
            if sums.features.is_empty() || side(annotated.stance) == Side::Both {
                continue;
            }
            let (means, share) = means(&sums);
            rows.push(vec![fitted.odds(&means) - fitted.bias * (1.0 - share)]);
            labels.push(annotated.stance == Stance::Support);
        }
    }
    let fitted = fit(&rows, &labels, SMALL_FIT);
    [fitted.bias, fitted.weights[0]]
}

/// A cell that is filled, as it would be shown.
#[derive(Debug, Clone)]
pub(crate) struct Shown {
    pub(crate) session: usize,
    pub(crate) cell: Cell,
    pub(crate) stance: Stance,
    pub(crate) is_stated: bool,
    /// What confidence is learned from.
    pub(crate) features: Vec<f64>,
    pub(crate) is_right: bool,
    /// Whether a sentence of its evidence is one of the annotators'.
    pub(crate) shows: bool,
}

/// The cells of a session that weights fill.
pub(crate) fn shown(number: usize, session: &Annotations, trained: &Trained) -> Vec<Shown> {
    let sums = sums(session, &trained.relevance);
    let filled_cells = sums.iter().filter(|((stakeholder, _), _)| session.stakeholders.contains(stakeholder));
    let shown = filled_cells.filter_map(|(cell, sums)| {
        let leaning = leaning(sums, &trained.stance)?;
        let annotated = session.cells.get(cell);
        let filled = filled(sums, &trained.stance).clamp(1e-6, 1.0 - 1e-6);
        let is_stated = leaning.basis == rapporteur::model::Basis::Stated;
        let evidence = evidence(session, cell, leaning.score, trained);
        Some(Shown {
            session: number,
            cell: cell.clone(),
            stance: leaning.stance,
            is_stated,
            features: vec![
                (filled / (1.0 - filled)).ln(),
                leaning.score.abs(),
                f64::from(u8::from(is_stated)),
            ],
            is_right: annotated.is_some_and(|annotated| annotated.allows(leaning.stance)),
            shows: annotated.is_some_and(|a| evidence.iter().any(|&s| a.shows(&session.bearings.texts[s]))),
        })
    });
    shown.collect()
}

/// The sentences that a cell would quote.
fn evidence(session: &Annotations, cell: &Cell, towards: f64, trained: &Trained) -> Vec<usize> {
    let mut worths: Vec<(f64, f64, usize)> = Vec::new();
    for (sentence, bearings) in session.bearings.of_sentence.iter().enumerate() {
        if session.bearings.stakeholders[sentence].as_ref() != Some(&cell.0) {
            continue;
        }
        for bearing in bearings.iter().filter(|bearing| bearing.issue.0 as usize == cell.1) {
            let relevance = trained.relevance.probability(&bearing.related);
            let score = trained.stance.score(&bearing.features);
            worths.push((rapporteur::stance::worth(relevance, score, towards), relevance, sentence));
        }
    }
    rapporteur::stance::best_evidence(worths)
}
