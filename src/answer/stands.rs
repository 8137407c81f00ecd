//! The holders of a stance: sentences that state it on a thing that a question names.

use rayon::prelude::*;

use crate::model::{Ground, Issue, Question, Role, SentenceId, Span, Stance, Stated, Warning, WarningCode};

use crate::prepare::Prepared;
use crate::prepare::stances::{of_issue, stances_of};
use crate::summary::QuotedSummary;
use crate::summary::annotate::{sentence_of, stance_in};

/// The sentences of those who hold a stance.
#[derive(Debug, Default)]
pub(crate) struct StanceHolders {
    /// The sentences that state it, in reading order.
    pub(crate) sentences: Vec<(SentenceId, Stated)>,
    /// Whether they say it of the thing by its name, not of something with words of the thing.
    pub(crate) by_name: bool,
}

impl StanceHolders {
    /// The sentences that state the stance on the thing by its name; where nobody does, those that state it
    /// of something with half of the thing's words and more.
    pub(crate) fn of(prepared: &Prepared<'_>, question: &Question) -> Self {
        let Some(stand) = &question.stand else { return StanceHolders::default() };
        // Who leads a session and puts a question takes no stand by it.
        let candidates = prepared.candidates(|speaker| prepared.role(speaker) == Role::Speaker);
        let thing = Issue { label: stand.thing.clone(), terms: Vec::new(), text: String::new() };
        let naming = prepared.naming(&thing, false);
        let of_thing = |&id: &SentenceId| {
            let named: Vec<Span> = prepared.named(&naming, id);
            let stated = if named.is_empty() { None } else { of_issue(prepared, id, &named) };
            stated.filter(|stated| stated.stance == stand.stance).map(|stated| (id, stated))
        };
        let sentences: Vec<(SentenceId, Stated)> = candidates.par_iter().filter_map(of_thing).collect();
        if !sentences.is_empty() {
            return StanceHolders { sentences, by_name: true };
        }
        let n_terms = question.terms.len() + question.unknown.len();
        let says = |id: &SentenceId| {
            let said = prepared.analysis.terms_of(*id);
            let own = question.terms.iter().filter(|term| said.contains(term)).count();
            let related = question.related.iter().any(|term| said.contains(term));
            2 * (own + usize::from(related)) >= n_terms.max(1)
        };
        let near: Vec<SentenceId> = candidates.into_iter().filter(says).collect();
        let stated = stances_of(prepared, &near).into_iter();
        let stated = near.into_iter().zip(stated).filter_map(|(id, stated)| {
            let is_meant = |s: &Stated| s.stance == stand.stance && s.ground != Ground::Answer;
            stated.filter(is_meant).map(|stated| (id, stated))
        });
        StanceHolders { sentences: stated.collect(), by_name: false }
    }

    /// Names the stance of each quotation, where the words that state it are quoted.
    pub(crate) fn name_stances(&self, prepared: &Prepared<'_>, made: &mut QuotedSummary) {
        for evidence in &mut made.summary.evidence {
            let id = sentence_of(prepared, evidence);
            let stated = self.sentences.iter().find(|(holder, _)| Some(*holder) == id);
            evidence.stance = stance_in(evidence, stated.map(|s| s.1));
        }
    }

    /// The warning where nobody states the stance by the name of the thing.
    pub(crate) fn warning(&self, question: &Question) -> Option<Warning> {
        let stand = question.stand.as_ref().filter(|_| !self.by_name)?;
        let takes = match stand.stance {
            Stance::Support => "supports",
            Stance::Oppose => "opposes",
            _ => "is concerned about",
        };
        let instead = match self.sentences.is_empty() {
            true => "are from where it is discussed",
            false => "come nearest",
        };
        let message = format!(
            "nobody in this session {takes} “{}” in so many words; the quotations {instead}",
            stand.thing
        );
        Some(Warning { code: WarningCode::NoSuchStance, line: 0, message })
    }
}
