//! The words of an issue as they are looked for in a session: phrases as adjacent stems.

use rustc_hash::FxHashMap;

use crate::model::{Analysis, Issue, Language};
use crate::text::stems;

use super::stems::{StemId, Stems, related};

/// How much a listed term counts beside all words of a label: whoever lists it vouches for it.
const LISTED: f64 = 200.0;
/// How much the words of a listed term count together beside the whole term.
const WORDS: f64 = 0.25;
/// How much the session's words that are related to a word of the label or text count beside it.
const RELATED: f64 = 0.25;

/// A word or phrase and how much of its issue it makes up.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Pattern {
    /// For each place of the phrase the stems that fit, ascending; at least one place.
    places: Vec<Vec<StemId>>,
    /// Share of the issue's own words, above 0.
    pub(super) share: f64,
}

impl Pattern {
    /// A single word.
    pub(super) fn word(stem: StemId, share: f64) -> Self {
        Pattern { places: vec![vec![stem]], share }
    }

    /// The one word that it is, if it is one.
    pub(super) fn single(&self) -> Option<StemId> {
        match self.places.as_slice() {
            [place] if place.len() == 1 => place.first().copied(),
            _ => None,
        }
    }

    /// The stems that may stand at its first place.
    pub(super) fn first(&self) -> &[StemId] {
        self.places.first().map_or(&[], Vec::as_slice)
    }

    /// How often the phrase occurs in a sequence.
    pub(super) fn count(&self, sequence: &[StemId]) -> usize {
        let fits = |window: &&[StemId]| {
            self.places.iter().zip(*window).all(|(place, stem)| place.binary_search(stem).is_ok())
        };
        sequence.windows(self.places.len()).filter(fits).count()
    }
}

/// The patterns of an issue that can occur in the session.
///
/// A listed term stands for the whole issue, however many are listed; the words of the label and of
/// the text share it.
pub(super) fn patterns(
    issue: &Issue,
    language: Language,
    analysis: &Analysis,
    session: &Stems,
) -> Vec<Pattern> {
    let mut listed: Vec<(Vec<String>, f64)> = Vec::new();
    for term in &issue.terms {
        let phrase = stems(term, language);
        // The words before a number (Article 9) are those of any number.
        let numbered = phrase.iter().any(|word| word.bytes().all(|b| b.is_ascii_digit()));
        if phrase.len() > 1 && !numbered {
            let each = WORDS / (phrase.len() * issue.terms.len()) as f64;
            listed.extend(phrase.iter().map(|word| (vec![word.clone()], each)));
        }
        listed.push((phrase, LISTED));
    }
    let mut described: Vec<(Vec<String>, f64)> = Vec::new();
    for text in [&issue.label, &issue.text] {
        for stem in stems(text, language) {
            let related = related(analysis, &stem);
            let each = RELATED / related.len().max(1) as f64;
            described.extend(related.into_iter().map(|other| (vec![other.to_owned()], each)));
            described.push((vec![stem], 1.0));
        }
    }
    let mut patterns = joined(described, analysis, session);
    let whole: f64 = patterns.iter().map(|p| p.share).sum();
    let part = if issue.terms.is_empty() { 1.0 } else { WORDS };
    patterns.iter_mut().for_each(|p| p.share *= part / whole);
    let label = stems(&issue.label, language);
    listed.push((label, if issue.terms.is_empty() { WORDS } else { LISTED }));
    patterns.extend(joined(listed, analysis, session));
    patterns
}

/// The phrases that can occur, equal ones added up.
fn joined(weighted: Vec<(Vec<String>, f64)>, analysis: &Analysis, session: &Stems) -> Vec<Pattern> {
    let mut patterns: Vec<Pattern> = Vec::new();
    let mut known: FxHashMap<Vec<Vec<StemId>>, usize> = FxHashMap::default();
    for (phrase, share) in weighted {
        let places: Vec<Vec<StemId>> =
            (0..phrase.len()).map(|at| place(&phrase, at, analysis, session)).collect();
        if places.is_empty() || places.iter().any(Vec::is_empty) {
            continue;
        }
        match known.get(&places) {
            Some(&at) => patterns[at].share += share,
            None => {
                known.insert(places.clone(), patterns.len());
                patterns.push(Pattern { places, share });
            }
        }
    }
    patterns
}

/// The stems that fit at a place of a phrase. Before a number an abbreviation stands for the word
/// that it begins, and the other way round (Art. 9, Article 9).
fn place(phrase: &[String], at: usize, analysis: &Analysis, session: &Stems) -> Vec<StemId> {
    let stem = phrase[at].as_str();
    let before_number = phrase.get(at + 1).is_some_and(|next| next.bytes().all(|b| b.is_ascii_digit()));
    if before_number && stem.chars().count() >= 3 {
        let related =
            |other: &str| other.chars().count() >= 3 && (other.starts_with(stem) || stem.starts_with(other));
        return session.matching(analysis, related);
    }
    session.get(analysis, stem).into_iter().collect()
}
