//! The words of an issue as they are looked for in a session: phrases as adjacent stems.

use rustc_hash::FxHashMap;

use crate::model::Issue;

use super::units::{Stems, Unit, Units};

/// How much the label counts beside the terms, as a phrase and in its words.
const LABEL: f64 = 0.5;
/// How much the words of a term of several words count beside the whole term.
const WORDS: f64 = 0.25;

/// A word or phrase and how much of its issue it makes up.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Pattern {
    /// For each place of the phrase the stems that fit, ascending.
    places: Vec<Vec<Unit>>,
    /// Share of the issue's words, above 0; the shares of an issue add up to 1.
    pub(super) share: f64,
}

impl Pattern {
    /// How often the phrase occurs in a sequence.
    pub(super) fn count(&self, sequence: &[Unit]) -> usize {
        let fits = |window: &&[Unit]| {
            self.places.iter().zip(*window).all(|(place, unit)| place.binary_search(unit).is_ok())
        };
        sequence.windows(self.places.len()).filter(fits).count()
    }
}

/// The patterns of an issue that can occur in the session, in the order of its terms, label and text.
pub(super) fn patterns(issue: &Issue, units: &Units<'_>, stems: &Stems<'_>) -> Vec<Pattern> {
    let mut weighted: Vec<(Vec<String>, f64)> = Vec::new();
    let mut add = |phrase: Vec<String>, weight: f64| {
        if !phrase.is_empty() {
            weighted.push((phrase, weight));
        }
    };
    for term in &issue.terms {
        let phrase = stems(term);
        if phrase.len() > 1 {
            phrase.iter().for_each(|word| add(vec![word.clone()], WORDS / phrase.len() as f64));
        }
        add(phrase, 1.0);
    }
    let alone = issue.terms.is_empty();
    let label = stems(&issue.label);
    if alone || issue.text.is_empty() || label.len() > 1 {
        label.iter().for_each(|word| add(vec![word.clone()], LABEL));
        add(label, LABEL);
    }
    for word in stems(&issue.text) {
        add(vec![word], 1.0);
    }
    joined(weighted, units)
}

/// The phrases that can occur, equal ones added up, with shares of the whole.
fn joined(weighted: Vec<(Vec<String>, f64)>, units: &Units<'_>) -> Vec<Pattern> {
    let mut patterns: Vec<Pattern> = Vec::new();
    let mut known: FxHashMap<Vec<Vec<Unit>>, usize> = FxHashMap::default();
    for (phrase, weight) in weighted {
        let places: Vec<Vec<Unit>> = (0..phrase.len()).map(|at| place(&phrase, at, units)).collect();
        if places.iter().any(Vec::is_empty) {
            continue;
        }
        match known.get(&places) {
            Some(&at) => patterns[at].share += weight,
            None => {
                known.insert(places.clone(), patterns.len());
                patterns.push(Pattern { places, share: weight });
            }
        }
    }
    let whole: f64 = patterns.iter().map(|p| p.share).sum();
    patterns.iter_mut().for_each(|p| p.share /= whole);
    patterns
}

/// The units that fit at a place of a phrase. Before a number an abbreviation stands for the word
/// that it begins, and the other way round (Art. 9, Article 9).
fn place(phrase: &[String], at: usize, units: &Units<'_>) -> Vec<Unit> {
    let stem = phrase[at].as_str();
    let before_number = phrase.get(at + 1).is_some_and(|next| next.bytes().all(|b| b.is_ascii_digit()));
    if before_number && stem.chars().count() >= 3 {
        let related =
            |other: &str| other.chars().count() >= 3 && (other.starts_with(stem) || stem.starts_with(other));
        return units.matching(related);
    }
    units.get(stem).into_iter().collect()
}
