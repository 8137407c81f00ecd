//! Answers: the passages of a session that answer a question.

use crate::error::Result;
use crate::model::{Question, Scope, SentenceId, Warning};
use crate::rank::{self, answer};

use super::definition::SummarySettings;
use super::prepared::Prepared;
use super::summarize::{Made, chosen};

/// Passages that answer `text`, and what the reader should know of how it was understood.
///
/// Empty when neither a term nor a speaker of the question occurs in the session.
pub(super) fn answer(
    prepared: &Prepared<'_>,
    text: &str,
    settings: &SummarySettings,
) -> Result<(Made, Vec<Warning>)> {
    let question = prepared.question(text);
    let candidates = if question.terms.is_empty() && question.speakers.is_empty() {
        Vec::new()
    } else {
        prepared.candidates(|_| true)
    };
    let model = answer::model();
    let scores = rank::answer::scores(&prepared.context(&candidates, &[]), &question, model);
    let made = chosen(prepared, Scope::Answer, text, &candidates, &scores, settings.budget, model.policy());
    let notes = notes(&question, &made.quoted);
    Ok((made, notes))
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
