//! The part of a session under a heading that a question names: an agenda item, the head of a debate.

use std::ops::Range;

use rustc_hash::FxHashSet;

use crate::issues;
use crate::model::{Language, Question, SentenceId};
use crate::prepare::Prepared;
use crate::rank::{Feature, Scores};
use crate::stats::Idf;
use crate::text::stems;

/// Share of what a question is about, by the rarity of its words, that a heading has to name it.
const NAMED: f64 = 0.7;

/// The same of a heading with the rarest of its words: of “moving the weir back to stage 2”, the weir is meant.
const NAMED_BY_RAREST: f64 = 0.5;

/// What a sentence under such a heading is worth, in distances from the mean score to the highest: more than any
/// place elsewhere, since the session itself says that the subject is discussed here.
const WORTH: f64 = 1.0;

/// The turns under the headings that name most of what a question is about.
#[derive(Debug, Default)]
pub(super) struct Sections(Vec<Range<u32>>);

impl Sections {
    /// The sections that a question names. Words that nobody says may stand in a heading.
    pub(super) fn of(prepared: &Prepared<'_>, question: &Question) -> Self {
        let session = prepared.session;
        let asked = asked(prepared, question);
        let all: f64 = asked.iter().map(|(_, weight)| weight).sum();
        let rarest = asked.iter().map(|(_, weight)| *weight).fold(0.0, f64::max);
        let is_named = |title: &str| {
            let title: FxHashSet<String> = parts(title, session.language).into_iter().collect();
            let named: Vec<f64> =
                asked.iter().filter(|(stem, _)| title.contains(stem)).map(|(_, weight)| *weight).collect();
            let share = named.iter().sum::<f64>() / all;
            share >= NAMED || share >= NAMED_BY_RAREST && named.contains(&rarest)
        };
        let headings = issues::opening(&session.headings, session.language);
        let end = |at: usize| headings.get(at + 1).map_or(session.turns.len() as u32, |next| next.turn);
        let named = headings.iter().enumerate().filter(|(_, heading)| is_named(&heading.title));
        Sections(named.map(|(at, heading)| heading.turn..end(at)).collect())
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a sentence stands in one.
    pub(super) fn has(&self, prepared: &Prepared<'_>, id: SentenceId) -> bool {
        let turn = prepared.analysis.sentence(id).turn;
        self.0.iter().any(|turns| turns.contains(&turn))
    }
}

/// The stems of a text whose names are divided at the marks within them: `Array.prototype.group`, `time_zone`.
pub(super) fn parts(text: &str, language: Language) -> Vec<String> {
    stems(&text.replace(['.', '_', '/'], " "), language)
}

/// The stems of what a question is about, by how rare they are in the session; what nobody says is rarest. Whether it
/// was “approved” is what is asked, not what about.
pub(super) fn asked(prepared: &Prepared<'_>, question: &Question) -> Vec<(String, f64)> {
    let (vocabulary, weighting) = (&prepared.analysis.vocabulary, &prepared.weighting);
    let rarest = Idf::Bm25.weight(weighting.documents, 1_u32).max(f64::MIN_POSITIVE);
    let said = question.terms.iter().flat_map(|&term| {
        let weight = weighting.idf.get(term.index()).copied().unwrap_or(rarest);
        let stem = vocabulary.stem(term);
        let is_divided = stem.contains(['.', '_', '/']);
        let stems = if is_divided { parts(stem, prepared.session.language) } else { vec![stem.to_owned()] };
        stems.into_iter().map(move |stem| (stem, weight))
    });
    let unsaid = question.unknown.iter().flat_map(|word| parts(word, prepared.session.language));
    let all = said.chain(unsaid.map(|stem| (stem, rarest)));
    all.filter(|(stem, _)| !question.settling.contains(stem)).collect()
}

/// Raises the candidates that stand in such a section.
pub(super) fn raise_headed(headed: &[bool], scores: &mut Scores) {
    let worth = WORTH * scores.spread();
    for (score, _) in scores.iter_mut().zip(headed).filter(|(_, headed)| **headed) {
        score.add(Feature::Property("headed"), worth);
    }
}
