//! The tokens of a stretch as written: words, marks and noise markers, in order.

use crate::model::{Span, Token, TokenFlags, TokenKind, WordId};

use super::intern::Interner;
use super::noise::{self, Signs};
use crate::language::words::{is_clitic, runs};

/// Adds the tokens of the stretch `span` of `text`, all of them shown; `signs` are those of the text.
pub(super) fn push_written(
    text: &str,
    span: Span,
    signs: Signs,
    interner: &mut Interner,
    tokens: &mut Vec<Token>,
) {
    let slice = span.of(text);
    let mut writer = Writer { text, interner, tokens, spaced: false };
    let mut at = 0;
    for marker in noise::spans_in(slice, writer.interner.data(), signs) {
        writer.stretch(span.start() + at, span.start() + marker.start());
        let spaced = slice[..marker.start()].ends_with(char::is_whitespace);
        let mut flags = TokenFlags::default();
        flags.set(TokenFlags::SPACED, spaced);
        let span = marker.shifted(span.start());
        writer.tokens.push(Token { span, word: WordId::NONE, kind: TokenKind::Noise, flags });
        at = marker.end();
    }
    writer.stretch(span.start() + at, span.start() + slice.len());
}

struct Writer<'w> {
    text: &'w str,
    interner: &'w mut Interner,
    tokens: &'w mut Vec<Token>,
    /// White space stands before what comes next.
    spaced: bool,
}

impl Writer<'_> {
    fn stretch(&mut self, start: usize, end: usize) {
        let text = self.text;
        let stretch = &text[start..end];
        self.spaced = false;
        let mut end_before = 0;
        for (at, run) in runs(stretch) {
            self.spaced |= at > end_before;
            end_before = at + run.len();
            self.run(start + at, start + end_before);
        }
    }

    /// Adds the tokens of a run without white space.
    fn run(&mut self, start: usize, end: usize) {
        let text = self.text;
        let run = &text[start..end];
        if run.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            self.push(start, end, TokenKind::Word);
            return;
        }
        let clitic = run.starts_with(['\'', '’']) && is_clitic(run);
        let from = if clitic { 0 } else { run.find(char::is_alphanumeric).unwrap_or(run.len()) };
        let to = run
            .rfind(char::is_alphanumeric)
            .map_or(from, |i| i + run[i..].chars().next().map_or(1, char::len_utf8))
            .max(from);
        self.marks(start, start + from);
        if to > from {
            self.word(start + from, start + to);
        }
        self.marks(start + to, end);
    }

    /// Adds a word; a dash inside it (well—yes), or a mark of a script without spaces, divides it.
    fn word(&mut self, start: usize, end: usize) {
        let text = self.text;
        let word = &text[start..end];
        if word.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            self.push(start, end, TokenKind::Word);
            return;
        }
        let divides = |i: usize, c: char| {
            matches!(c, '—' | '–' | '，' | '、' | '。' | '！' | '？' | '；' | '：')
                || word[i..].starts_with("--")
        };
        let mut from = 0;
        let mut places = word.char_indices().filter(|&(i, c)| divides(i, c));
        while let Some((at, mark)) = places.find(|&(at, _)| at >= from) {
            let is_dash = matches!(mark, '—' | '–' | '-');
            let end = if is_dash {
                word[at..].find(|c: char| !"—–-".contains(c))
            } else {
                Some(mark.len_utf8())
            };
            let end = end.map_or(word.len(), |length| at + length);
            if at > from {
                self.push(start + from, start + at, TokenKind::Word);
            }
            self.marks(start + at, start + end);
            from = end;
        }
        if from < word.len() {
            self.push(start + from, end, TokenKind::Word);
        }
    }

    fn marks(&mut self, start: usize, end: usize) {
        let text = self.text;
        let mut at = start;
        while let Some(first) = text[at..end].chars().next() {
            let rest = &text[at..end];
            let run = |set: &str| rest.find(|c: char| !set.contains(c)).unwrap_or(rest.len());
            let (kind, length) = match first {
                ',' | '،' | '，' | '、' => (TokenKind::Comma, first.len_utf8()),
                '-' | '–' | '—' => (TokenKind::Dash, run("-–—")),
                '.' | '?' | '!' | '…' => (TokenKind::Stop, run(".?!…")),
                ':' | ';' | '؛' | '؟' | '。' | '！' | '？' | '；' | '：' => {
                    (TokenKind::Stop, first.len_utf8())
                }
                _ => (TokenKind::Mark, first.len_utf8()),
            };
            self.push(at, at + length, kind);
            at += length;
        }
    }

    fn push(&mut self, start: usize, end: usize, kind: TokenKind) {
        let mut flags = TokenFlags::SHOWN;
        flags.set(TokenFlags::SPACED, self.spaced);
        let written = &self.text[start..end];
        let word = self.interner.intern(written);
        if kind == TokenKind::Word {
            set_case(&mut flags, written, self.interner.words.text(word));
        }
        self.tokens.push(Token { span: Span::new(start, end), word, kind, flags });
        self.spaced = false;
    }
}

/// Sets the flags that say how a word is written.
pub(super) fn set_case(flags: &mut TokenFlags, written: &str, normalised: &str) {
    if written == normalised {
        return;
    }
    flags.set(TokenFlags::RECASED, true);
    let bytes = written.as_bytes();
    // Most words with a capital have one, at their beginning.
    if bytes.first().is_some_and(u8::is_ascii_uppercase)
        && bytes.len() > 1
        && bytes[1..].iter().all(u8::is_ascii_lowercase)
    {
        flags.set(TokenFlags::CAPITALISED, true);
        return;
    }
    let mut letters = written.chars().filter(|c| c.is_alphabetic());
    let capital = written.chars().next().is_some_and(char::is_uppercase);
    flags.set(TokenFlags::CAPITALISED, capital);
    let first = letters.next().is_some_and(char::is_uppercase);
    let mut rest = letters.peekable();
    let all = first && rest.peek().is_some() && rest.all(char::is_uppercase);
    flags.set(TokenFlags::ALL_CAPITALS, all);
}
