//! Words as lexicons see them: normalised, with their place in the text.

use super::span::Span;

/// A word of a text, of which fillers, noise and false starts are no part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Lower case, with straight apostrophes.
    pub text: String,
    /// Where it stands, as the source has it.
    pub span: Span,
}
