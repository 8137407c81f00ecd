//! Runs: what stands between white space, with the marks that are written close to a word.

use std::ops::Range;

use crate::model::{Span, Token, TokenFlags, TokenKind, Tokens};

/// The runs of a sentence in order, each as its tokens; a noise marker is one, whatever stands in it.
pub fn runs(tokens: &Tokens, sentence: Range<usize>) -> impl Iterator<Item = &[Token]> {
    let opens = |token: &Token| token.kind != TokenKind::Part && token.is(TokenFlags::SPACED);
    let all = tokens.slice(sentence).chunk_by(move |_, next| !opens(next));
    // A contraction that begins a sentence (“n't”) has its part before it, apart from what is written.
    all.filter(|run| run.iter().any(|token| token.kind != TokenKind::Part))
}

/// The place of a run in the text of its turn.
pub fn run_span(run: &[Token]) -> Span {
    let written = || run.iter().filter(|token| token.kind != TokenKind::Part);
    let start = written().next().map_or(0, |token| token.span.start());
    Span::new(start, written().next_back().map_or(start, |token| token.span.end()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Language;
    use crate::text::read_line;
    use proptest::prelude::*;

    #[test]
    fn a_contraction_at_the_beginning_is_one_run() {
        let text = " n't - A , ";
        let tokens = read_line(text, Language::ENGLISH);
        let found: Vec<&str> = runs(&tokens, tokens.of_turn(0)).map(|run| run_span(run).of(text)).collect();
        assert_eq!(found, ["n't", "-", "A", ","]);
    }

    proptest! {
        #[test]
        fn runs_are_what_white_space_divides(
            text in "([a-zA-Z]{1,3}|uh|’s|n't|and/or|-| - |, |\\. | |--|\\{pause\\}|\\PC){0,20}"
        ) {
            let tokens = read_line(&text, Language::ENGLISH);
            let is_noise = |token: &Token| token.kind == TokenKind::Noise && token.span.of(&text).contains(' ');
            prop_assume!(!tokens.all.iter().any(is_noise));
            let found: Vec<&str> =
                runs(&tokens, tokens.of_turn(0)).map(|run| run_span(run).of(&text)).collect();
            prop_assert_eq!(found, text.split_whitespace().collect::<Vec<_>>());
        }
    }
}
