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
    let candidates = candidates(prepared, &question);
    let model = answer::model();
    let scores = rank::answer::scores(&prepared.context(&candidates, &[]), &question, model);
    let made = chosen(prepared, Scope::Answer, text, &candidates, &scores, settings.budget, model.policy());
    let notes = notes(&question, &made.quoted);
    Ok((made, notes))
}

/// What the reader of summaries about a subject should know of how it was understood.
pub(super) fn about_notes(prepared: &Prepared<'_>, about: &str) -> Option<Warning> {
    let unknown = prepared.question(about).unknown;
    let message = format!("nobody in this session says: {}", unknown.join(", "));
    (!unknown.is_empty()).then(|| Warning { code: "unknown-terms".to_owned(), line: 0, message })
}

/// Whether anything of what the question is about occurs in the session.
fn has_subject(question: &Question) -> bool {
    !question.terms.is_empty() || !question.related.is_empty()
}

/// Words below which a sentence is no answer to a reader (“Yeah, exactly.”), unless all are shorter.
const SHORTEST: u32 = 5;

/// All sentences where the session knows the subject; only those of the speakers that are named
/// where it does not; none where there is neither.
fn candidates(prepared: &Prepared<'_>, question: &Question) -> Vec<SentenceId> {
    let mut candidates =
        prepared.candidates(|speaker| has_subject(question) || question.speakers.contains(&speaker));
    let is_long = |id: &SentenceId| prepared.analysis.sentence(*id).words >= SHORTEST;
    if candidates.iter().any(is_long) {
        candidates.retain(is_long);
    }
    candidates
}

fn notes(question: &Question, quoted: &[SentenceId]) -> Vec<Warning> {
    let mut notes = Vec::new();
    let mut note = |code: &str, message: String| {
        notes.push(Warning { code: code.to_owned(), line: 0, message });
    };
    if !question.unknown.is_empty() && !quoted.is_empty() {
        note("unknown-terms", format!("nobody in this session says: {}", question.unknown.join(", ")));
    }
    if quoted.is_empty() {
        note(
            "no-answer",
            "nothing in this session answers the question: neither its words nor its people occur".into(),
        );
    }
    notes
}
