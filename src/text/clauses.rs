//! Talk without full stops: a long stretch is divided where clauses open.

use crate::model::Span;

use super::tokens::{Gap, Terminal, Token};
use crate::language::LanguageData;
use crate::language::words::normalize;

/// A stretch with hardly any punctuation is divided from this many words on.
const BARE_STRETCH: usize = 60;
/// Any stretch is divided from this many words on.
const ANY_STRETCH: usize = 200;
/// A stretch is bare when it has fewer marks than one in this many words.
const WORDS_PER_MARK: usize = 25;
/// Least number of words of a part.
const SHORTEST: usize = 15;
/// Most words of a part, where a clause opens in time.
const LONGEST: usize = 40;

/// Adds the sentence that the tokens make up, or its parts where it is too long for one.
pub(super) fn divide(tokens: &[Token], data: &LanguageData, found: &mut Vec<Span>) {
    let marks =
        tokens.iter().filter(|t| t.text.ends_with([',', ';', ':', '—', '–', '-', '"', '”', ')'])).count();
    let ended =
        tokens.last().is_some_and(|t| t.terminal != Terminal::None || t.text.ends_with(['-', '–', '—']));
    let longest = if marks * WORDS_PER_MARK >= tokens.len() || (ended && marks > 0) {
        ANY_STRETCH
    } else {
        BARE_STRETCH
    };
    if tokens.len() <= longest {
        push(tokens, found);
        return;
    }
    let mut rest = tokens;
    while rest.len() > LONGEST {
        let cut = best_cut(rest, data);
        push(&rest[..cut], found);
        rest = &rest[cut..];
    }
    push(rest, found);
}

fn push(tokens: &[Token], found: &mut Vec<Span>) {
    if let (Some(first), Some(last)) = (tokens.first(), tokens.last()) {
        found.push(Span::new(first.start, last.end));
    }
}

/// Before which token to divide: the strongest place in reach, the earliest of equals. Where no
/// clause clearly opens in reach, somewhat further.
fn best_cut(tokens: &[Token], data: &LanguageData) -> usize {
    let end = tokens.len().saturating_sub(SHORTEST / 2);
    let mut best = (0, LONGEST.min(end).max(1));
    for at in SHORTEST..=(LONGEST + SHORTEST).min(end) {
        let strength = strength(tokens, at, data);
        if strength > best.0 && (at <= LONGEST || best.0 < CLEAR) {
            best = (strength, at);
        }
    }
    best.1
}

/// Strength from which on a place is clearly the beginning of a clause.
const CLEAR: u32 = 3;

/// How well a clause opens before token `at`.
fn strength(tokens: &[Token], at: usize, data: &LanguageData) -> u32 {
    let Some(before) = at.checked_sub(1).and_then(|i| tokens.get(i)) else { return 0 };
    let pause = before.text.ends_with('}') || before.text.ends_with(']');
    let mark = match before.text.chars().next_back() {
        Some(';') => 6,
        Some(':') => 3,
        Some(',' | '—' | '–') => 2,
        _ if before.after == Gap::Line => 3,
        _ if pause => 3,
        _ => 0,
    };
    mark + opening(tokens, at, data)
}

/// How well the words from token `at` on open a clause.
fn opening(tokens: &[Token], at: usize, data: &LanguageData) -> u32 {
    let word = |i: usize| tokens.get(i).map(|t| normalize(t.core)).unwrap_or_default();
    let opens = |phrases: &[Vec<&str>]| {
        phrases.iter().find(|p| p.iter().enumerate().all(|(i, w)| word(at + i) == *w)).map(Vec::len)
    };
    let is_subject = |i: usize| data.is_subject(&word(i));
    // After a word without content a clause is already under way ("of what we have").
    let follows_content = at > 0 && !data.is_stop_word(&word(at - 1));
    if let Some(length) = opens(data.strong_clause_openers()) {
        5 + u32::from(is_subject(at + length))
    } else if let Some(length) = opens(data.weak_clause_openers()) {
        if is_subject(at + length) { 5 } else { 1 + u32::from(follows_content) }
    } else if is_subject(at) && follows_content {
        CLEAR + u32::from(data.stop_word(&word(at + 1)).is_some())
    } else {
        u32::from(follows_content && data.is_stop_word(&word(at)))
    }
}
