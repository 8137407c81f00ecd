//! A sentence as the stage takes it: its text, its words, and how its speaker is called.

use crate::model::{Span, Word};

/// A sentence, and what is known of how it was said.
#[derive(Debug, Clone, Copy)]
pub struct Utterance<'a> {
    /// The text of its turn.
    pub text: &'a str,
    /// The sentence in that text.
    pub span: Span,
    /// The words of the sentence without noise and fillers, with places in `text`.
    pub words: &'a [Word],
    /// How the speaker may call itself in the third person: its name and its stakeholder.
    pub own: &'a [String],
    /// Whether it opens a turn that is not the first: only there it can be an answer.
    pub answers: bool,
}
