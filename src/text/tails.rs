//! Long sentences by their main clause: what comes after it and adds to it is left out.

use std::ops::Range;

use crate::language::{ByLanguage, List, Sections};
use crate::model::{Language, Span, Token, TokenKind, Tokens};

use super::runs::{run_span, runs};

/// Words from which on a sentence is long.
const LONG: u32 = 46;
/// Least and most words of a main clause.
const SHORTEST: usize = 20;
const LONGEST: usize = 40;

/// The main clause of a long sentence of `n_words` words: up to a mark after which a clause begins
/// that only adds (“…, which …”, “…, and …”). `None` for sentences of 45 words and fewer, and where
/// what would be left out holds a “but”, an “if”, a “not”: it may turn the meaning around.
///
/// `text` is the text of the turn.
pub fn main_clause(
    tokens: &Tokens,
    sentence: Range<usize>,
    text: &str,
    n_words: u32,
    language: Language,
) -> Option<Span> {
    let lists = lists(language)?;
    if n_words < LONG {
        return None;
    }
    let runs: Vec<&[Token]> = runs(tokens, sentence).collect();
    let written = |at: usize| run_span(runs[at]).of(text);
    let ends = |at: usize| at > 0 && written(at - 1).ends_with(MARKS);
    let plain: Vec<&str> = runs.iter().map(|run| word_of(run, tokens)).collect();
    let adds = |at: usize| {
        let starts =
            |phrase: &Vec<&str>| phrase.iter().enumerate().all(|(i, w)| plain.get(at + i) == Some(w));
        written(at - 1).ends_with(';') || lists.tail.iter().any(starts)
    };
    let turned = plain.iter().rposition(|word| {
        lists.turn.contains(word) || lists.negated_endings.iter().any(|ending| word.ends_with(ending))
    });
    let first = turned.map_or(0, |at| at + 1).max(SHORTEST);
    let cut = (first..runs.len().min(LONGEST + 1)).rev().find(|&at| ends(at) && adds(at))?;
    // “There is a rule, which …”: what matters comes after the main clause.
    if plain[..cut].iter().any(|word| lists.existential.iter().any(|there| word.starts_with(there))) {
        return None;
    }
    let (start, last) = (run_span(runs[0]).start(), run_span(runs[cut - 1]).start());
    Some(Span::new(start, last + written(cut - 1).trim_end_matches(MARKS).len()))
}

/// The marks that end a clause.
const MARKS: [char; 5] = [',', ';', ':', '–', '—'];

/// The word of a run; of several that dashes divide the last, none of a run of marks.
fn word_of<'t>(run: &[Token], tokens: &'t Tokens) -> &'t str {
    let word = run.iter().rfind(|token| token.kind == TokenKind::Word);
    word.map_or("", |token| tokens.words.text(token.word))
}

struct Lists {
    tail: Vec<Vec<&'static str>>,
    turn: Vec<&'static str>,
    negated_endings: Vec<&'static str>,
    existential: Vec<&'static str>,
}

fn lists(language: Language) -> Option<&'static Lists> {
    static PARSED: ByLanguage<Option<Lists>> = ByLanguage::new();
    PARSED.of_list(language, List::Tails, |_, sections| parse(&sections))
}

fn parse(sections: &Sections<'static>) -> Lists {
    Lists {
        tail: sections.lines("tail").map(|line| line.words().collect()).collect(),
        turn: sections.words("turn").collect(),
        negated_endings: sections.words("negated endings").collect(),
        existential: sections.words("existential").collect(),
    }
}

/// Whether a sentence ends with a question mark, whatever closes after it.
pub fn asks(text: &str) -> bool {
    let closed = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '」');
    text.trim_end_matches(closed).ends_with(['?', '？', '؟'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::read_line;

    fn check(end: &str, expected: Option<&str>) {
        let start = "The committee asks every state to keep the records of its own courts for ten years and to open them";
        let text = format!("{start} to scholars{end}");
        let tokens = read_line(&text, Language::ENGLISH);
        let n_words = tokens.shown_words(tokens.of_turn(0)).count() as u32;
        let cut = main_clause(&tokens, tokens.of_turn(0), &text, n_words, Language::ENGLISH);
        assert_eq!(cut.map(|span| &text[start.len()..span.end()]), expected, "{end:?}");
    }

    #[test]
    fn a_long_sentence_ends_where_something_is_added() {
        let more = "word ".repeat(26);
        check(&format!(", which {more}"), Some(" to scholars"));
        check(&format!(", for example {more}"), Some(" to scholars"));
        check(&format!(" of law, and {more}"), Some(" to scholars of law"));
    }

    #[test]
    fn what_may_turn_the_meaning_around_stays() {
        let more = "word ".repeat(26);
        check(&format!(", which {more} but nobody else"), None);
        check(&format!(", and {more} if asked"), None);
        check(&format!(", and they don't {more}"), None);
        check(&format!(" where there is room, and {more}"), None);
    }

    #[test]
    fn a_sentence_of_a_readable_length_stays_whole() {
        check(", which is new", None);
        check(&format!(" {}", "word ".repeat(40)), None);
    }

    #[test]
    fn a_question_ends_with_a_question_mark_of_any_script() {
        for text in ["Who pays?", "“Who pays?”", "من يدفع؟", "谁付钱？", "¿Quién paga? "] {
            assert!(asks(text), "{text}");
        }
        for text in ["Who pays.", "Who? We do.", ""] {
            assert!(!asks(text), "{text}");
        }
    }
}
