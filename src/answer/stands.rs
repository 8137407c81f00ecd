//! The holders of a stance: sentences that state it on a thing that a question names.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::model::{
    Ground, Issue, Question, Role, SentenceId, Span, SpeakerId, Stance, Stand, Stated, TermId, Warning,
    WarningCode,
};

use crate::prepare::Prepared;
use crate::prepare::sides;
use crate::prepare::stances::{of_issue, of_others, stances_of};
use crate::summary::QuotedSummary;

use super::sections::Sections;
use crate::summary::annotate::{sentence_of, stance_in};

/// The sentences of those who hold a stance.
#[derive(Debug, Default)]
pub(crate) struct StanceHolders {
    /// The sentences that state it, in reading order; of a motion those that show who is on that side of it, which
    /// state nothing.
    pub(crate) sentences: Vec<(SentenceId, Option<Stated>)>,
    /// Whether they say it of the thing by its name, not of something with words of the thing.
    pub(crate) by_name: bool,
    /// Whether each shows alone who is on a side of a motion.
    shows_sides: bool,
    /// Whether they say it of others than who speaks.
    tell_of_others: bool,
    /// Where nobody states it in any way, the sentences that may mean it.
    pub(crate) hints: Vec<SentenceId>,
}

impl StanceHolders {
    /// The sentences that state the stance on the thing by its name, or on the motion that it is; where nobody
    /// does, those that state it of something with the most telling of the thing's words and half of them.
    pub(super) fn of(prepared: &Prepared<'_>, question: &Question, sections: &Sections) -> Self {
        let on_motion = |stand: &Stand| on_motion(prepared, stand.stance, &stand.thing);
        let sentences = question.stand.as_ref().or(question.held.as_ref()).map(on_motion).unwrap_or_default();
        if !sentences.is_empty() {
            return StanceHolders { sentences, by_name: true, shows_sides: true, ..StanceHolders::default() };
        }
        let Some(stand) = &question.stand else { return StanceHolders::default() };
        // Who leads a session and puts a question takes no stand by it.
        let candidates = prepared.candidates(|speaker| prepared.role(speaker) == Role::Speaker);
        let thing = Issue { label: stand.thing.clone(), terms: Vec::new(), text: String::new() };
        let naming = prepared.naming(&thing, false);
        let of_thing = |&id: &SentenceId| {
            let named: Vec<Span> = prepared.named(&naming, id);
            let stated = if named.is_empty() { None } else { of_issue(prepared, id, &named) };
            stated.filter(|stated| stated.stance == stand.stance).map(|stated| (id, Some(stated)))
        };
        let sentences: Vec<(SentenceId, Option<Stated>)> =
            candidates.par_iter().filter_map(of_thing).collect();
        if !sentences.is_empty() {
            return StanceHolders { sentences, by_name: true, ..StanceHolders::default() };
        }
        let tells = |&id: &SentenceId| {
            let named: Vec<Span> = prepared.named(&naming, id);
            let told = if named.is_empty() { None } else { of_others(prepared, id, &named) };
            told.filter(|told| told.stance == stand.stance).map(|_| (id, None))
        };
        let of_others: Vec<(SentenceId, Option<Stated>)> = candidates.par_iter().filter_map(tells).collect();
        if !of_others.is_empty() {
            return StanceHolders { sentences: of_others, tell_of_others: true, ..StanceHolders::default() };
        }
        let headed: Vec<SentenceId> =
            candidates.iter().copied().filter(|id| sections.has(prepared, *id)).collect();
        let stated = stances_of(prepared, &headed);
        let is_attitude =
            |stated: &Stated| stated.stance == stand.stance && stated.ground == Ground::Attitude;
        let headed =
            headed.into_iter().zip(stated).filter(|(_, stated)| stated.as_ref().is_some_and(is_attitude));
        let sentences: Vec<(SentenceId, Option<Stated>)> = headed.collect();
        if !sentences.is_empty() {
            return StanceHolders { sentences, ..StanceHolders::default() };
        }
        nearest(prepared, question, stand.stance, candidates)
    }

    /// By voice the indices of its sentences; each sentence alone of those that show who is on a side, since who
    /// leads introduces them all.
    pub(crate) fn by_voice(&self, prepared: &Prepared<'_>) -> Vec<Vec<usize>> {
        let mut groups: FxHashMap<(SpeakerId, Option<SentenceId>), Vec<usize>> = FxHashMap::default();
        for (at, (id, _)) in self.sentences.iter().enumerate() {
            let alone = if self.shows_sides { Some(*id) } else { None };
            groups.entry((prepared.speaker(*id), alone)).or_default().push(at);
        }
        let mut groups: Vec<Vec<usize>> = groups.into_values().collect();
        groups.sort();
        groups
    }

    /// Names the stance of each quotation, where the words that state it are quoted.
    pub(crate) fn name_stances(&self, prepared: &Prepared<'_>, made: &mut QuotedSummary) {
        for evidence in &mut made.summary.evidence {
            let id = sentence_of(prepared, evidence);
            let stated = self.sentences.iter().find(|(holder, _)| Some(*holder) == id);
            evidence.stance = stance_in(evidence, stated.and_then(|(_, stated)| *stated));
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
            _ if self.tell_of_others => "say it of others",
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

/// The sentences that show who is on the side of a stance, where the session debates the thing as its motion: of each
/// speaker the first that shows it, its own words before those of who introduces it.
fn on_motion(prepared: &Prepared<'_>, stance: Stance, thing: &str) -> Vec<(SentenceId, Option<Stated>)> {
    let sides = sides::of_thing(prepared, thing);
    let on_side = sides.iter().flatten().filter(|side| side.stance == stance);
    let mut shown: Vec<SentenceId> = on_side.filter_map(|side| side.evidence.first().copied()).collect();
    shown.sort();
    shown.dedup();
    shown.into_iter().map(|id| (id, None)).collect()
}

/// Where nobody states the stance on the thing by its name, the sentences that come nearest to it: those that state it of
/// something with the thing's words; of a stance against it else those that state the other of opposition and concern.
/// Where there are none, those that deny something or say a word of opposition (“eliminate”, “unfair”) may mean it.
fn nearest(
    prepared: &Prepared<'_>,
    question: &Question,
    stance: Stance,
    candidates: Vec<SentenceId>,
) -> StanceHolders {
    let near = near(prepared, question, candidates, 2);
    let stated: Vec<Option<Stated>> = stances_of(prepared, &near);
    let holding = |stance: Stance| -> Vec<(SentenceId, Option<Stated>)> {
        let holds = |stated: &Stated| stated.stance == stance && stated.ground != Ground::Answer;
        let all = near.iter().copied().zip(stated.iter().copied());
        all.filter(|(_, stated)| stated.as_ref().is_some_and(holds)).collect()
    };
    let other = match stance {
        Stance::Oppose => Some(Stance::Concern),
        Stance::Concern => Some(Stance::Oppose),
        _ => None,
    };
    let mut sentences = holding(stance);
    if sentences.is_empty() {
        sentences = other.map(holding).unwrap_or_default();
    }
    let mut hints = Vec::new();
    if sentences.is_empty() && other.is_some() {
        let supports =
            |stated: &Option<Stated>| stated.is_some_and(|stated| stated.stance == Stance::Support);
        let all = near.iter().zip(&stated).filter(|(_, stated)| !supports(stated)).map(|(id, _)| *id);
        hints = self::near(prepared, question, all.collect(), 1);
        hints.retain(|id| prepared.told(*id).opposes());
    }
    StanceHolders { sentences, hints, ..StanceHolders::default() }
}

/// The sentences with half of the question's words or words related to them, among them one of so many that tell most: of
/// “abolishing the minimum wage”, a sentence on wages says nothing, and of “relying on subsidies” one word is the question's
/// own.
fn near(
    prepared: &Prepared<'_>,
    question: &Question,
    candidates: Vec<SentenceId>,
    n_telling: usize,
) -> Vec<SentenceId> {
    let mut telling = question.terms.clone();
    let idf = |term: &TermId| prepared.weighting.idf[term.index()];
    telling.sort_by(|a, b| idf(b).total_cmp(&idf(a)));
    telling.truncate(n_telling);
    let is_told = |said: &[TermId]| telling.is_empty() || telling.iter().any(|term| said.contains(term));
    let n_terms = question.terms.len() + question.unknown.len();
    let says = |id: &SentenceId| {
        let said = prepared.analysis.terms_of(*id);
        let own = question.terms.iter().filter(|term| said.contains(term)).count();
        let related = question.related.iter().any(|term| said.contains(term));
        is_told(said) && 2 * (own + usize::from(related)) >= n_terms.max(1)
    };
    candidates.into_iter().filter(says).collect()
}
