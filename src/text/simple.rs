//! Words with hyphenated compounds divided, as issues, motions and questions are compared with speech:
//! “closed-loop” is “closed loop”.

use std::ops::Range;

use crate::model::{Language, Span, Tokens, WordId, WordTraits};

use super::read_line;
use crate::language::words::part_spans;

/// A word of the source, or a part of a hyphenated compound, at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SimpleWord {
    /// Its place in the text of its turn.
    pub span: Span,
    /// The distinct word.
    pub word: WordId,
}

/// The words of the source in a range of the token table, compounds divided, in order; `text` is the text
/// of their turn.
pub fn simple_words<'t>(
    tokens: &'t Tokens,
    range: Range<usize>,
    text: &'t str,
) -> impl Iterator<Item = SimpleWord> + 't {
    tokens.source_words(range).flat_map(move |token| {
        // The parts of a word of ideographs are its characters, which say less than the word.
        let is_whole = tokens.words.is(token.word, WordTraits::HAS_IDEOGRAPHS);
        let parts = if is_whole { &[] } else { tokens.words.parts_of(token.word) };
        let whole = parts.is_empty().then_some(SimpleWord { span: token.span, word: token.word });
        let start = token.span.start();
        let divided = part_spans(token.span.of(text))
            .zip(parts)
            .map(move |(span, &word)| SimpleWord { span: span.shifted(start), word });
        whole.into_iter().chain(divided)
    })
}

/// The stems of the content words of a text that is no session (a label, a term), compounds divided, in
/// order.
pub fn stems(text: &str, language: Language) -> Vec<String> {
    let tokens = read_line(text, language);
    let words = simple_words(&tokens, tokens.of_turn(0), text).map(|simple| tokens.words.entry(simple.word));
    words.filter(|word| word.traits.has(WordTraits::CONTENT)).map(|word| word.stem.to_string()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compounds_are_divided_and_words_keep_their_places() {
        let text = "The Port‑levy, and one-size-fits-all rules";
        let tokens = read_line(text, Language::ENGLISH);
        let words: Vec<(&str, &str)> = simple_words(&tokens, tokens.of_turn(0), text)
            .map(|simple| (simple.span.of(text), tokens.words.text(simple.word)))
            .collect();
        let parts = [("one", "one"), ("size", "size"), ("fits", "fits"), ("all", "all")];
        assert_eq!(words[..4], [("The", "the"), ("Port", "port"), ("levy", "levy"), ("and", "and")]);
        assert_eq!((&words[4..8], words[8]), (&parts[..], ("rules", "rules")));
        assert_eq!(stems(text, Language::ENGLISH)[..2], ["port", "levi"]);
    }

    #[test]
    fn words_of_ideographs_stay_whole() {
        let text = "我们不能接受";
        let tokens = read_line(text, "zh".parse().unwrap());
        let words: Vec<&str> =
            simple_words(&tokens, tokens.of_turn(0), text).map(|simple| simple.span.of(text)).collect();
        assert_eq!(words, ["我们", "不能", "接受"]);
    }
}
