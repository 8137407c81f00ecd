//! The part of a session under a heading that a question names: an agenda item, the head of a debate.

use std::ops::Range;

use rustc_hash::FxHashSet;

use crate::issues;
use crate::model::{Language, Question, SentenceId};
use crate::prepare::Prepared;
use crate::rank::{Feature, Scores};
use crate::text::stems;

/// Share of the question's terms that a heading has, to be what the question is about.
const NAMED: f64 = 0.75;

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
        let vocabulary = &prepared.analysis.vocabulary;
        let said = question.terms.iter().map(|&term| vocabulary.stem(term).to_owned());
        let unsaid = question.unknown.iter().flat_map(|word| parts(word, session.language));
        let asked: FxHashSet<String> = said.chain(unsaid).collect();
        let is_named = |title: &str| {
            let title: FxHashSet<String> = parts(title, session.language).into_iter().collect();
            let named = title.intersection(&asked).count();
            named > 0 && named as f64 >= NAMED * asked.len() as f64
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

/// Raises the candidates that stand in such a section.
pub(super) fn raise_headed(headed: &[bool], scores: &mut Scores) {
    let worth = WORTH * scores.spread();
    for (score, _) in scores.iter_mut().zip(headed).filter(|(_, headed)| **headed) {
        score.add(Feature::Property("headed"), worth);
    }
}
