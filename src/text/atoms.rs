//! Atoms: words, marks and noise markers, of which what a reader sees is put together.

use std::borrow::Cow;

use crate::model::Language;

use super::noise;
use super::words::{is_clitic, normalize};

/// What an atom is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    /// Comma.
    Comma,
    /// Dash.
    Dash,
    /// Full stop, question mark, exclamation mark, ellipsis, colon, semicolon.
    Stop,
    /// Quotes, brackets and all other marks.
    Mark,
    /// A noise marker.
    Noise,
}

/// A word or a mark of the text.
#[derive(Debug)]
pub(super) struct Atom<'a> {
    pub(super) text: &'a str,
    pub(super) word: Cow<'a, str>,
    pub(super) kind: Kind,
    /// White space stands before it.
    pub(super) spaced: bool,
    pub(super) kept: bool,
}

pub(super) fn atoms(text: &str, language: Language) -> Vec<Atom<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    for span in noise::spans(text, language) {
        push_atoms(&text[at..span.start()], &mut found);
        let spaced = text[..span.start()].ends_with(char::is_whitespace);
        found.push(Atom {
            text: span.of(text),
            word: Cow::Borrowed(""),
            kind: Kind::Noise,
            spaced,
            kept: false,
        });
        at = span.end();
    }
    push_atoms(&text[at..], &mut found);
    found
}

fn push_atoms<'a>(text: &'a str, found: &mut Vec<Atom<'a>>) {
    let mut spaced = text.starts_with(char::is_whitespace);
    for token in text.split_whitespace() {
        let clitic = token.starts_with(['\'', '’']) && is_clitic(token);
        let start = if clitic { 0 } else { token.find(char::is_alphanumeric).unwrap_or(token.len()) };
        let end = token
            .rfind(char::is_alphanumeric)
            .map_or(start, |i| i + token[i..].chars().next().map_or(1, char::len_utf8));
        let end = end.max(start);
        push_marks(&token[..start], &mut spaced, found);
        if end > start {
            push_words(&token[start..end], &mut spaced, found);
        }
        push_marks(&token[end..], &mut spaced, found);
        spaced = true;
    }
}

/// Adds a word; a dash inside it (well—yes), or a mark of a script without spaces, divides it.
fn push_words<'a>(word: &'a str, spaced: &mut bool, found: &mut Vec<Atom<'a>>) {
    let divides = |i: usize, c: char| {
        matches!(c, '—' | '–' | '，' | '、' | '。' | '！' | '？' | '；' | '：') || word[i..].starts_with("--")
    };
    let mut from = 0;
    let mut places = word.char_indices().filter(|&(i, c)| divides(i, c));
    while let Some((at, mark)) = places.find(|&(at, _)| at >= from) {
        let is_dash = matches!(mark, '—' | '–' | '-');
        let end =
            if is_dash { word[at..].find(|c: char| !"—–-".contains(c)) } else { Some(mark.len_utf8()) };
        let end = end.map_or(word.len(), |length| at + length);
        if at > from {
            push(&word[from..at], Kind::Word, spaced, found);
        }
        push_marks(&word[at..end], spaced, found);
        from = end;
    }
    if from < word.len() {
        push(&word[from..], Kind::Word, spaced, found);
    }
}

fn push_marks<'a>(marks: &'a str, spaced: &mut bool, found: &mut Vec<Atom<'a>>) {
    let mut rest = marks;
    while let Some(first) = rest.chars().next() {
        let run = |set: &str| rest.find(|c: char| !set.contains(c)).unwrap_or(rest.len());
        let (kind, length) = match first {
            ',' | '،' | '，' | '、' => (Kind::Comma, first.len_utf8()),
            '-' | '–' | '—' => (Kind::Dash, run("-–—")),
            '.' | '?' | '!' | '…' => (Kind::Stop, run(".?!…")),
            ':' | ';' | '؛' | '؟' | '。' | '！' | '？' | '；' | '：' => (Kind::Stop, first.len_utf8()),
            _ => (Kind::Mark, first.len_utf8()),
        };
        push(&rest[..length], kind, spaced, found);
        rest = &rest[length..];
    }
}

fn push<'a>(text: &'a str, kind: Kind, spaced: &mut bool, found: &mut Vec<Atom<'a>>) {
    let word = if kind == Kind::Word { normalize(text) } else { Cow::Borrowed("") };
    found.push(Atom { text, word, kind, spaced: *spaced, kept: true });
    *spaced = false;
}
