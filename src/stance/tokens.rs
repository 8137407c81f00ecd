//! Tokens: the words of a sentence with contractions written out, and the marks between them.

use crate::model::Span;

use super::lexicon::Lexicon;
use super::utterance::Utterance;

/// A word or a mark of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// A word in lower case, or one mark.
    pub(super) text: String,
    /// Where it stands; the words of a contraction stand at the same place.
    pub(super) span: Span,
    mark: bool,
}

impl Token {
    /// A word that stands at `span`.
    pub(super) fn word(text: &str, span: Span) -> Self {
        Token { text: text.to_owned(), span, mark: false }
    }

    pub(super) fn is_mark(&self) -> bool {
        self.mark
    }
}

/// The tokens of a sentence, in order.
pub(super) fn tokens(utterance: &Utterance, lexicon: &Lexicon) -> Vec<Token> {
    let mut found = Vec::with_capacity(utterance.words.len() * 5 / 4 + 2);
    let mut at = utterance.span.start();
    for word in utterance.words {
        push_marks(utterance.text, Span::new(at, word.span.start()), &mut found);
        match lexicon.written_out(&word.text) {
            Some(parts) => found.extend(parts.iter().map(|part| Token::word(part, word.span))),
            None => match word.text.strip_suffix("'s") {
                Some(owner) => found.extend([Token::word(owner, word.span), Token::word("'s", word.span)]),
                None => found.push(Token::word(&word.text, word.span)),
            },
        }
        at = at.max(word.span.end());
    }
    push_marks(utterance.text, Span::new(at, utterance.span.end().max(at)), &mut found);
    found
}

/// Adds the marks that divide clauses or quote, each as the one sign that stands for its kind.
fn push_marks(text: &str, gap: Span, found: &mut Vec<Token>) {
    for (at, c) in gap.of(text).char_indices() {
        let sign = match c {
            ',' | '،' | '，' => ",",
            ';' => ";",
            ':' => ":",
            '—' | '–' => "-",
            '-' if gap.of(text)[at..].starts_with("--") => "-",
            '?' => "?",
            '"' | '“' | '”' | '«' | '»' => "\"",
            _ => continue,
        };
        if !found.last().is_some_and(|last| last.mark && last.text == sign) {
            let start = gap.start() + at;
            let span = Span::new(start, start + c.len_utf8());
            found.push(Token { text: sign.to_owned(), span, mark: true });
        }
    }
}
