//! Tokens: runs without white space, the ground that sentences are found on.

use crate::language::LanguageData;
use crate::language::words::{is_address, runs};

/// What stands between a token and the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd)]
pub(super) enum Gap {
    /// Nothing: a sentence ended inside a run.
    Nothing,
    /// White space on the same line.
    Space,
    /// One line break.
    Line,
    /// An empty line, or the end of the text.
    Paragraph,
}

/// A token: its place, its core without quotes, brackets and end marks, and what follows it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token<'a> {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) text: &'a str,
    /// Without opening marks, end marks and closing marks.
    pub(super) core: &'a str,
    pub(super) terminal: Terminal,
    pub(super) after: Gap,
    /// A word of ASCII letters and digits, with nothing else but hyphens and apostrophes inside.
    pub(super) is_plain: bool,
}

/// The end mark that a token carries, before any closing quotes and brackets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Terminal {
    None,
    /// One full stop, which may belong to an abbreviation.
    Stop,
    /// Several full stops or `…`.
    Ellipsis,
    /// A question mark.
    Question,
    /// An exclamation mark.
    Exclamation,
    /// A mark that cannot mean anything else (。 ؟ ।).
    Always,
}

/// Marks that open a quotation or a bracket.
pub(super) fn is_opening(c: char) -> bool {
    matches!(
        c,
        '"' | '“'
            | '„'
            | '‘'
            | '\''
            | '`'
            | '('
            | '['
            | '{'
            | '«'
            | '»'
            | '‹'
            | '¿'
            | '¡'
            | '「'
            | '『'
            | '《'
            | '（'
            | '*'
            | '_'
    )
}

/// Marks that close a quotation or a bracket.
pub(super) fn is_closing(c: char) -> bool {
    matches!(
        c,
        '"' | '”'
            | '“'
            | '’'
            | '‘'
            | '\''
            | '`'
            | ')'
            | ']'
            | '}'
            | '»'
            | '«'
            | '›'
            | '」'
            | '』'
            | '》'
            | '）'
            | '*'
            | '_'
    )
}

/// Marks that end a sentence whatever stands before them.
fn is_unmistakable(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '｡' | '؟' | '۔' | '।' | '॥' | '።' | '។')
}

fn is_end_mark(c: char) -> bool {
    matches!(c, '.' | '?' | '!' | '…' | '‽' | '‼' | '⁇' | '⁈' | '⁉') || is_unmistakable(c)
}

/// The tokens of a text, in order.
pub(super) fn tokens<'a>(text: &'a str, data: &LanguageData) -> Vec<Token<'a>> {
    let mut found = Vec::with_capacity(text.len() / 5);
    let mut runs = runs(text).peekable();
    while let Some((start, run)) = runs.next() {
        let end = start + run.len();
        let after = match runs.peek() {
            None => Gap::Paragraph,
            Some(&(next, _)) => match text.as_bytes()[end..next].iter().filter(|&&b| b == b'\n').count() {
                0 => Gap::Space,
                1 => Gap::Line,
                _ => Gap::Paragraph,
            },
        };
        push_run(text, start, end, after, data, &mut found);
    }
    found
}

/// Adds the tokens of a run without white space: one, unless sentences meet inside it.
fn push_run<'a>(
    text: &'a str,
    start: usize,
    end: usize,
    after: Gap,
    data: &LanguageData,
    found: &mut Vec<Token<'a>>,
) {
    let run = &text[start..end];
    let mut from = 0;
    if run.len() > 4 && may_meet(run) && !is_address(run) {
        let mut chars = run.char_indices().peekable();
        let mut before = '\0';
        let mut titles = 0_i32;
        while let Some((i, c)) = chars.next() {
            titles += i32::from(matches!(c, '《' | '（')) - i32::from(matches!(c, '》' | '）'));
            if is_end_mark(c) && titles <= 0 {
                let mut stop = i + c.len_utf8();
                while let Some(&(j, n)) = chars.peek() {
                    if !is_end_mark(n) && (!is_closing(n) || matches!(n, '“' | '‘')) {
                        break;
                    }
                    stop = j + n.len_utf8();
                    chars.next();
                }
                let rest = &run[stop..];
                let meets = is_unmistakable(c) && !rest.starts_with(['，', ',', '、'])
                    || is_glued(&run[from..i], before, c, &run[i..stop], rest, data);
                if !rest.is_empty() && meets {
                    found.push(token(text, start + from, start + stop, Gap::Nothing));
                    from = stop;
                }
            }
            before = c;
        }
    }
    found.push(token(text, start + from, end, after));
}

/// An early look at whether sentences may meet inside a run: an end mark and then a letter, or a mark of another script.
fn may_meet(run: &str) -> bool {
    let bytes = run.as_bytes();
    let mark = bytes.iter().position(|byte| matches!(byte, b'.' | b'?' | b'!' | 0x80..));
    mark.is_some_and(|at| bytes[at..].iter().any(|byte| byte.is_ascii_alphanumeric() || *byte >= 0x80))
}

/// Longest word that a sentence may end in before another one without a space, in bytes.
const LONGEST_WORD: usize = 60;

/// Whether two sentences meet without a space, as in "today.We".
fn is_glued(head: &str, before: char, mark: char, marks: &str, rest: &str, data: &LanguageData) -> bool {
    if !matches!(mark, '.' | '?' | '!' | '…') || marks.len() > 4 || head.len() > LONGEST_WORD {
        return false;
    }
    let word: &str = rest.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').next().unwrap_or("");
    let mut letters = word.chars();
    let capital = letters.next().is_some_and(char::is_uppercase) && letters.all(|c| !c.is_uppercase());
    if !capital || head.contains(['/', '\\', '=', '(', '@', '#']) {
        return false;
    }
    let opener = data.is_opener(&word.to_lowercase());
    let spoken = head.chars().filter(|c| c.is_alphabetic()).count() >= 3 && before.is_lowercase();
    let lower = spoken && head.chars().next().is_some_and(char::is_lowercase) && word.chars().count() >= 3;
    let number = before.is_ascii_digit() && head.contains(',');
    if matches!(mark, '?' | '!') {
        before.is_alphanumeric()
    } else {
        lower || ((spoken || number) && (opener || data.abbreviation(&word.to_lowercase()).is_some()))
    }
}

fn token(text: &str, start: usize, end: usize, after: Gap) -> Token<'_> {
    let whole = &text[start..end];
    if is_plain(whole.as_bytes()) {
        return Token {
            start,
            end,
            text: whole,
            core: whole,
            terminal: Terminal::None,
            after,
            is_plain: true,
        };
    }
    let without_closers = strip_closers(whole);
    let stem = without_closers.trim_end_matches(is_end_mark);
    // An omission in brackets is no end mark: "the text [...]".
    let omission = without_closers.len() < whole.len() && stem.ends_with(['[', '(']);
    let marks = if omission { "" } else { &without_closers[stem.len()..] };
    let core = strip_closers(stem).trim_start_matches(is_opening);
    Token { start, end, text: whole, core, terminal: terminal(marks), after, is_plain: false }
}

fn is_plain(run: &[u8]) -> bool {
    let (Some(first), Some(last)) = (run.first(), run.last()) else { return false };
    first.is_ascii_alphanumeric()
        && last.is_ascii_alphanumeric()
        && run.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'\''))
}

/// The token without closing quotes, brackets, and numbers of notes such as `[7]` at its end.
fn strip_closers(token: &str) -> &str {
    let mut rest = token;
    while let Some(inside) = rest.strip_suffix(']') {
        // A number in square brackets right after an end mark is a reference to a note.
        match inside.trim_end_matches(|c: char| c.is_ascii_digit()).strip_suffix('[') {
            Some(note) if !note.is_empty() => rest = note,
            _ => break,
        }
    }
    rest.trim_end_matches(is_closing)
}

fn terminal(marks: &str) -> Terminal {
    if marks.is_empty() {
        Terminal::None
    } else if marks.contains(is_unmistakable) {
        Terminal::Always
    } else if marks.contains(['?', '‽', '⁇', '⁈', '⁉']) {
        Terminal::Question
    } else if marks.contains(['!', '‼']) {
        Terminal::Exclamation
    } else if marks == "." {
        Terminal::Stop
    } else {
        Terminal::Ellipsis
    }
}
