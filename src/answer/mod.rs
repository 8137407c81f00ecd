//! Answers: the passages of a session that answer a question.

pub(crate) mod outcome;
mod raised;
pub(crate) mod recorded;
mod sections;
mod stands;

use crate::error::Result;
use crate::model::settings::Budget;
use crate::model::{
    Keyness, Question, RecordedOutcome, Report, Role, Scope, SentenceId, SpeakerId, Warning, WarningCode,
};
use crate::rank::{self, Scores, answer};

use crate::answer::raised::{AskedKind, Candidates};
use crate::answer::recorded::Recorded;
use crate::answer::sections::Sections;
use crate::answer::stands::StanceHolders;
use crate::definition::{Definition, SummarySettings};
use crate::prepare::Prepared;
use crate::prepare::scope;
use crate::summary::{self, QuotedSummary, annotate, chosen, report};

/// Position summaries of a session, and what a subject that they are about cannot be matched with.
///
/// # Errors
/// When a speaker or a method is named that does not exist.
pub fn summarize(prepared: &Prepared<'_>, definition: &Definition) -> Result<Report> {
    let mut report = summary::summarize(prepared, definition)?;
    if let Some(about) = &definition.summary.about {
        report.warnings.extend(about_notes(prepared, about));
    }
    Ok(report)
}

/// The passages of a session that answer a question; none, and a warning that says so, when nothing in
/// the session does.
///
/// # Errors
/// When a speaker is named that does not exist, or the ledger does not add up, which is a bug.
pub fn ask(prepared: &Prepared<'_>, question: &str, definition: &Definition) -> Result<Report> {
    let Answer { passages, recorded, notes } = answer(prepared, question, &definition.summary)?;
    let mut passages = vec![passages];
    annotate::annotate(prepared, &mut passages, &definition.summary.issues);
    let mut report = report::report(prepared, definition, Some(question), Some(passages))?;
    report.warnings.extend(notes);
    report.recorded = recorded;
    Ok(report)
}

/// What answers a question.
struct Answer {
    /// What is said.
    passages: QuotedSummary,
    /// What the record sets down.
    recorded: Vec<RecordedOutcome>,
    /// What the reader should know of how the question was understood.
    notes: Vec<Warning>,
}

/// What answers `text`; empty when nothing of what the question is about occurs in the session.
fn answer(prepared: &Prepared<'_>, text: &str, settings: &SummarySettings) -> Result<Answer> {
    let mut question = prepared.question(text);
    if !settings.speakers.is_empty() {
        question.speakers = scope::named(prepared.session, &prepared.people, settings)?;
        question.asks_them_only = true;
    }
    let Recorded { outcomes, rest: budget } = Recorded::of(prepared, &question, settings.budget);
    let (passages, mut notes) = match outcome::is_asked(&question) {
        true => outcome::answer(prepared, text, budget),
        false => quoted(prepared, text, &question, budget),
    };
    if !outcomes.is_empty() {
        notes.retain(|note| note.code != WarningCode::NoAnswer);
    }
    Ok(Answer { passages, recorded: outcomes, notes })
}

/// The passages in which what a question is about is discussed.
fn quoted(
    prepared: &Prepared<'_>,
    text: &str,
    question: &Question,
    budget: Budget,
) -> (QuotedSummary, Vec<Warning>) {
    let sections = Sections::of(prepared, question);
    let holders = StanceHolders::of(prepared, question, &sections);
    let mut candidates = match holders.sentences.is_empty() {
        true => candidates(prepared, question, &sections),
        false => holders.sentences.iter().map(|(id, _)| *id).collect(),
    };
    let keyness = Keyness::default();
    let known = rank::place::known(&prepared.context(&candidates, &keyness), question);
    let is_weak = known < WEAK && sections.is_empty();
    if is_weak {
        let says = |id: &SentenceId| prepared.analysis.terms_of(*id).iter().any(|t| question.is_about(*t));
        candidates.retain(says);
    }
    let models = answer::models();
    let context = prepared.context(&candidates, &keyness);
    let mut scores = rank::answer::scores(&context, question, models);
    if !holders.sentences.is_empty() {
        scores.raise_best("each-asked", &scores.totals(), holders.by_voice(prepared));
    } else if !holders.hints.is_empty() {
        let relevance = rank::answer::relevance(&context, question);
        let voices: Vec<SpeakerId> = holders.hints.iter().map(|id| prepared.speaker(*id)).collect();
        let is_hint =
            |i: usize| relevance[i] >= RELEVANT && holders.hints.binary_search(&candidates[i]).is_ok();
        raise_each_speaker(prepared, &voices, is_hint, &candidates, &mut scores);
    } else if (2..=MOST_HEARD).contains(&question.speakers.len()) {
        let relevance = rank::answer::relevance(&context, question);
        raise_each_speaker(
            prepared,
            &question.speakers,
            |i| relevance[i] >= RELEVANT,
            &candidates,
            &mut scores,
        );
    }
    let is_asked = |id: &SentenceId| question.hears(prepared.speaker(*id));
    let (mut candidates, mut scores): (Vec<SentenceId>, Scores) =
        candidates.into_iter().zip(scores).filter(|(id, _)| is_asked(id)).unzip();
    let headed: Vec<bool> = candidates.iter().map(|id| sections.has(prepared, *id)).collect();
    sections::raise_headed(&headed, &mut scores);
    let raised = Candidates { prepared, question, ids: &candidates, headed: &headed, budget };
    let kind = raised.raise(&mut scores);
    if let AskedKind::Said(kept) = &kind {
        scores = kept.iter().map(|&at| scores.as_slice()[at].clone()).collect();
        candidates = kept.iter().map(|&at| candidates[at]).collect();
    }
    let policy = models.answer.policy();
    let mut made = chosen(prepared, Scope::Answer, text, &candidates, &scores, budget, policy);
    holders.name_stances(prepared, &mut made);
    let mut notes = notes(prepared, question, &made.quoted, is_weak);
    if !made.quoted.is_empty() {
        notes.extend(holders.warning(question));
        notes.extend(missing_kind(question).filter(|_| matches!(kind, AskedKind::NotSaid)));
    }
    (made, notes)
}

/// What is said where a figure or a time is asked for and none is found on the matter.
fn missing_kind(question: &Question) -> Option<Warning> {
    let kind = if question.wants_figure { "figure" } else { "time" };
    let message = format!(
        "no {kind} was found beside what the question is about; the quotations are from where it is discussed"
    );
    Some(Warning::of_session(WarningCode::WeakAnswer, message))
}

/// Speakers who are asked and each heard, at most: of a party of thirty, those answer who speak of the matter.
const MOST_HEARD: usize = 6;

/// Relevance from which a sentence of somebody who is asked is about the matter.
const RELEVANT: f64 = 0.25;

/// Where several speakers are to be heard, raises the best sentence on the matter of each to the highest
/// score, so that none is left out who has said something.
fn raise_each_speaker(
    prepared: &Prepared<'_>,
    speakers: &[SpeakerId],
    is_on_the_matter: impl Fn(usize) -> bool,
    candidates: &[SentenceId],
    scores: &mut Scores,
) {
    let mut speakers = speakers.to_vec();
    speakers.sort();
    speakers.dedup();
    let of = |speaker: SpeakerId| {
        (0..candidates.len())
            .filter(|&i| prepared.speaker(candidates[i]) == speaker && is_on_the_matter(i))
            .collect()
    };
    scores.raise_best("each-asked", &scores.totals(), speakers.into_iter().map(of));
}

/// What the reader of summaries about a subject should know of how it was understood.
pub(crate) fn about_notes(prepared: &Prepared<'_>, about: &str) -> Option<Warning> {
    let unknown = prepared.question(about).unknown;
    let message = format!("nobody in this session says: {}", unknown.join(", "));
    (!unknown.is_empty()).then_some(Warning { code: WarningCode::UnknownTerms, line: 0, message })
}

/// Share of what a question is about, said in one place, below which only sentences that say some of
/// it are quoted. In 96 of 100 questions about the session at hand the share is higher, in 70 of 100
/// about another one lower (docs/quality.md).
const WEAK: f64 = 0.25;

/// Whether anything of what the question is about occurs in the session.
fn has_subject(question: &Question) -> bool {
    !question.is_subject_unsaid && (!question.terms.is_empty() || !question.related.is_empty())
}

/// Words below which a sentence is no answer to a reader (“Yeah, exactly.”), unless all are shorter.
const SHORTEST: u32 = 5;

/// The same of one that says a figure or a time: “Riverside and Eastbank: October.”
const SHORTEST_TOLD: u32 = 3;

/// All sentences where the session knows the subject, of a stand only those of speakers who speak for somebody, not
/// of those who lead; those under its headings where they alone know it; those of the speakers that are named where
/// the question has no subject; else none.
fn candidates(prepared: &Prepared<'_>, question: &Question, sections: &Sections) -> Vec<SentenceId> {
    let leads = |speaker: SpeakerId| prepared.role(speaker) != Role::Speaker;
    let is_headed = !has_subject(question) && !sections.is_empty();
    let mut candidates = prepared.candidates(|speaker| match has_subject(question) || is_headed {
        true => !(question.stand.is_some() && leads(speaker)),
        false => question.unknown.is_empty() && question.speakers.contains(&speaker),
    });
    if is_headed {
        candidates.retain(|id| sections.has(prepared, *id));
    }
    let told = question.wants_figure || question.wants_time;
    let shortest = if told { SHORTEST_TOLD } else { SHORTEST };
    let is_long = |id: &SentenceId| prepared.analysis.sentence(*id).words >= shortest;
    if candidates.iter().any(is_long) {
        candidates.retain(is_long);
    }
    candidates
}

fn notes(prepared: &Prepared<'_>, question: &Question, quoted: &[SentenceId], weak: bool) -> Vec<Warning> {
    let mut notes = Vec::new();
    let mut note = |code: WarningCode, message: String| {
        notes.push(Warning::of_session(code, message));
    };
    if !question.unknown.is_empty() && !quoted.is_empty() {
        note(
            WarningCode::UnknownTerms,
            format!("nobody in this session says: {}", question.unknown.join(", ")),
        );
    }
    if let Some(pair) = question.apart.as_ref().filter(|_| !quoted.is_empty()) {
        note(WarningCode::UnknownTerms, format!("nobody in this session says “{pair}” in one sentence"));
    }
    if !question.misspelt.is_empty() {
        let (written, read) = (question.misspelt.join(", "), speaker_names(prepared, question).join(", "));
        note(
            WarningCode::UnknownTerms,
            format!("nobody in this session is called {written}; read as {read}"),
        );
    }
    if weak && !quoted.is_empty() {
        note(
            WarningCode::WeakAnswer,
            "no place in this session has most of what the question is about".into(),
        );
    }
    if quoted.is_empty() {
        note(
            WarningCode::NoAnswer,
            format!("nothing in this session answers the question: {}", why(prepared, question)),
        );
    }
    notes
}

/// Why there is no answer: who does or does not occur, and what nobody says.
fn why(prepared: &Prepared<'_>, question: &Question) -> String {
    let names = speaker_names(prepared, question);
    let unsaid = question.unknown.join(", ");
    match (names.is_empty(), unsaid.is_empty()) {
        (true, true) => "it names nobody and nothing that occurs".to_owned(),
        (true, false) => format!("nobody says {unsaid}, and it names none of the speakers"),
        (false, true) => format!("it names {}, of whom nothing can be quoted", names.join(", ")),
        (false, false) => format!("it names {}, but nobody says {unsaid}", names.join(", ")),
    }
}

/// The names of the speakers that a question names.
fn speaker_names<'p>(prepared: &'p Prepared<'_>, question: &Question) -> Vec<&'p str> {
    let people = &prepared.people.speakers;
    let named = question.speakers.iter().filter_map(|id| people.get(id.0 as usize));
    named.map(|speaker| speaker.name.as_str()).collect()
}
