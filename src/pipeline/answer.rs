//! Answers: the passages of a session that answer a question.

use crate::error::Result;
use crate::model::{Question, Scope, SentenceId, Warning};
use crate::rank::{self, answer};

use super::definition::SummarySettings;
use super::prepared::Prepared;
use super::summarize::{Made, chosen};

/// Passages that answer `text`, and what the reader should know of how it was understood.
///
/// Empty when nothing of what the question is about occurs in the session.
pub(super) fn answer(
    prepared: &Prepared<'_>,
    text: &str,
    settings: &SummarySettings,
) -> Result<(Made, Vec<Warning>)> {
    let question = prepared.question(text);
    let mut candidates = candidates(prepared, &question);
    let known = rank::place::known(&prepared.context(&candidates, &[]), &question);
    if known < WEAK {
        let says = |id: &SentenceId| prepared.analysis.terms_of(*id).iter().any(|t| question.is_about(*t));
        candidates.retain(says);
    }
    let models = answer::models();
    let scores = rank::answer::scores(&prepared.context(&candidates, &[]), &question, models);
    let policy = models.answer.policy();
    let made = chosen(prepared, Scope::Answer, text, &candidates, &scores, settings.budget, policy);
    let notes = notes(&question, &made.quoted, known < WEAK);
    Ok((made, notes))
}

/// What the reader of summaries about a subject should know of how it was understood.
pub(super) fn about_notes(prepared: &Prepared<'_>, about: &str) -> Option<Warning> {
    let unknown = prepared.question(about).unknown;
    let message = format!("nobody in this session says: {}", unknown.join(", "));
    (!unknown.is_empty()).then(|| Warning { code: "unknown-terms".to_owned(), line: 0, message })
}

/// Share of what a question is about, said in one place, below which only sentences that say some of
/// it are quoted. In 96 of 100 questions about the session at hand the share is higher, in 70 of 100
/// about another one lower (docs/quality.md).
const WEAK: f64 = 0.25;

/// Whether anything of what the question is about occurs in the session.
fn has_subject(question: &Question) -> bool {
    !question.terms.is_empty() || !question.related.is_empty()
}

/// Words below which a sentence is no answer to a reader (“Yeah, exactly.”), unless all are shorter.
const SHORTEST: u32 = 5;

/// All sentences where the session knows the subject; none where it does not; only those of the
/// speakers that are named where the question has no subject.
fn candidates(prepared: &Prepared<'_>, question: &Question) -> Vec<SentenceId> {
    let mut candidates = prepared.candidates(|speaker| match has_subject(question) {
        true => true,
        false => question.unknown.is_empty() && question.speakers.contains(&speaker),
    });
    let is_long = |id: &SentenceId| prepared.analysis.sentence(*id).words >= SHORTEST;
    if candidates.iter().any(is_long) {
        candidates.retain(is_long);
    }
    candidates
}

fn notes(question: &Question, quoted: &[SentenceId], weak: bool) -> Vec<Warning> {
    let mut notes = Vec::new();
    let mut note = |code: &str, message: String| {
        notes.push(Warning { code: code.to_owned(), line: 0, message });
    };
    if !question.unknown.is_empty() && !quoted.is_empty() {
        note("unknown-terms", format!("nobody in this session says: {}", question.unknown.join(", ")));
    }
    if weak && !quoted.is_empty() {
        note("weak-answer", "no place in this session has most of what the question is about".into());
    }
    if quoted.is_empty() {
        note(
            "no-answer",
            "nothing in this session answers the question: neither its words nor its people occur".into(),
        );
    }
    notes
}
