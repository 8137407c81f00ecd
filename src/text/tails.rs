//! Long sentences by their main clause: what comes after it and adds to it is left out.

use crate::language::{ByLanguage, List, Sections};
use crate::model::Language;

use super::display::{display, word_count};
use crate::language::words::normalize;

/// Words from which on a sentence is long.
const LONG: usize = 46;
/// Least and most words of a main clause.
const SHORTEST: usize = 20;
const LONGEST: usize = 40;

/// The byte length of the main clause of a long sentence: up to a mark after which a clause begins
/// that only adds (“…, which …”, “…, and …”). `None` for sentences of 45 words and fewer, and where
/// what would be left out holds a “but”, an “if”, a “not”: it may turn the meaning around.
pub fn main_clause(text: &str, language: Language) -> Option<usize> {
    let lists = lists(language)?;
    if text.split_whitespace().nth(LONG - 1).is_none() || word_count(&display(text, language)) < LONG {
        return None;
    }
    let words: Vec<(usize, &str)> = words_of(text);
    let ends = |at: usize| at > 0 && words[at - 1].1.ends_with([',', ';', ':', '–', '—']);
    let plain: Vec<String> = words.iter().map(|(_, word)| bare(word)).collect();
    let adds = |at: usize| {
        let starts = |phrase: &&Vec<&str>| {
            phrase.iter().enumerate().all(|(i, w)| plain.get(at + i).is_some_and(|p| p == w))
        };
        words[at - 1].1.ends_with(';') || lists.tail.iter().any(|phrase| starts(&phrase))
    };
    let turned = plain.iter().rposition(|w| {
        lists.turn.contains(&w.as_str()) || lists.negated_endings.iter().any(|ending| w.ends_with(ending))
    });
    let first = turned.map_or(0, |at| at + 1).max(SHORTEST);
    let cut = (first..words.len().min(LONGEST + 1)).rev().find(|&at| ends(at) && adds(at))?;
    // “There is a rule, which …”: what matters comes after the main clause.
    if plain[..cut].iter().any(|word| lists.existential.iter().any(|there| word.starts_with(there))) {
        return None;
    }
    let (from, last) = words[cut - 1];
    Some(from + last.trim_end_matches([',', ';', ':', '–', '—']).len())
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

/// The words of a text and where they begin.
fn words_of(text: &str) -> Vec<(usize, &str)> {
    let place = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    text.split_whitespace().map(|word| (place(word), word)).collect()
}

/// Whether a sentence ends with a question mark, whatever closes after it.
pub fn asks(text: &str) -> bool {
    let closed = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '」');
    text.trim_end_matches(closed).ends_with(['?', '？', '؟'])
}

fn bare(word: &str) -> String {
    normalize(word.trim_matches(|c: char| !c.is_alphanumeric())).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(end: &str, expected: Option<&str>) {
        let start = "The committee asks every state to keep the records of its own courts for ten years and to open them";
        let text = format!("{start} to scholars{end}");
        let cut = main_clause(&text, Language::ENGLISH);
        assert_eq!(cut.map(|at| &text[start.len()..at]), expected, "{end:?}");
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
