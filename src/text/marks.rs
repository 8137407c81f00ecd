//! Quotations, brackets, list markers and other marks that decide where a sentence may end.

use super::tokens::{Gap, Token, is_closing, is_opening};

/// Longest quotation or bracket that is kept in one piece, in tokens.
const SHORT: usize = 20;

/// For each token the last token of the short quotation or bracket that it stands in, else 0.
pub(super) fn enclosed(tokens: &[Token]) -> Vec<usize> {
    let mut ends = vec![0; tokens.len()];
    // What opened the quotation decides what closes it: »…«, «…», „…“, “…” and "…" are all in use.
    let mut quote: Option<(char, usize)> = None;
    let mut bracket: Option<usize> = None;
    for (at, token) in tokens.iter().enumerate() {
        let marks = if token.is_plain { "" } else { token.text };
        for c in marks.chars() {
            match (c, quote) {
                ('"', Some(('"', from))) | ('«', Some(('»', from))) | ('»', Some(('«', from))) => {
                    close(&mut ends, from, at);
                    quote = None;
                }
                ('“' | '”', Some(('„' | '“', from))) => {
                    close(&mut ends, from, at);
                    quote = None;
                }
                ('"' | '«' | '»' | '„' | '“', _) => quote = Some((c, at)),
                ('(' | '[' | '{' | '（', _) => bracket = Some(at),
                (')' | ']' | '}' | '）', _) => {
                    if let Some(from) = bracket.take() {
                        close(&mut ends, from, at);
                    }
                }
                _ => {}
            }
        }
        if token.after == Gap::Paragraph {
            (quote, bracket) = (None, None);
        }
    }
    ends
}

fn close(ends: &mut [usize], from: usize, at: usize) {
    if at - from <= SHORT {
        ends[from..at].iter_mut().for_each(|end| *end = at.max(*end));
    }
}

/// A quotation mark that stands alone.
pub(super) fn is_quote(token: &str) -> bool {
    matches!(token, "\"" | "''" | "'" | "``" | "`")
}

/// A token that only closes what stands before it: `)`, `”`, `:)`, `[1]`.
pub(super) fn is_tail(token: &str) -> bool {
    if matches!(token, "[...]" | "[…]" | "(...)" | ":)" | ":-)" | ";)" | ":(" | ":D") {
        return true;
    }
    let note = token.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    if note.is_some_and(|n| !n.is_empty() && n.split("][").all(|d| d.bytes().all(|b| b.is_ascii_digit()))) {
        return true;
    }
    !is_quote(token) && token.chars().all(|c| is_closing(c) && !matches!(c, '‘' | '“' | '*' | '_'))
}

pub(super) fn opens_with(token: &str, marks: &[char]) -> bool {
    token.starts_with(marks)
}

pub(super) fn opens_with_capital(token: &str) -> bool {
    token.trim_start_matches(is_opening).chars().next().is_some_and(char::is_uppercase)
}

/// The word at the start of a token, without opening marks.
pub(super) fn leading_word(token: &str) -> &str {
    let token = token.trim_start_matches(is_opening);
    let end = token.find(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').unwrap_or(token.len());
    token[..end].trim_end_matches(['\'', '’'])
}

/// Letters with full stops between them: U.S, P.D.T, N.E.
pub(super) fn is_acronym(core: &str) -> bool {
    core.contains('.')
        && core
            .split('.')
            .all(|part| (1..=2).contains(&part.chars().count()) && part.chars().all(char::is_alphabetic))
}

pub(super) fn is_roman(core: &str) -> bool {
    !core.is_empty() && core != "I" && core.bytes().all(|b| b"IVXLC".contains(&b))
}

pub(super) fn is_bullet(token: &str) -> bool {
    matches!(token, "•" | "⁃" | "‣" | "◦" | "▪" | "-" | "*" | "–")
}

/// Whether a token opens an item of a list: a bullet, `1.`, `2)`, `3.)`, `a.`, `(b)`.
pub(super) fn is_list_marker(token: &str) -> bool {
    if is_bullet(token) {
        return true;
    }
    let body = token.trim_start_matches(['(', '•', '⁃']).trim_end_matches(['.', ')']);
    let marked = body.len() < token.len() && token.ends_with(['.', ')']);
    let number = !body.is_empty() && body.len() <= 3 && body.bytes().all(|b| b.is_ascii_digit());
    let letter = body.len() == 1 && body.bytes().all(|b| b.is_ascii_lowercase());
    marked && (number || letter)
}

pub(super) fn starts_item(token: &str) -> bool {
    opens_with_capital(token) || token.chars().next().is_some_and(|c| c.is_ascii_digit())
}

/// The marker of the item after the one that `token` opens.
pub(super) fn item_after(token: &str) -> Option<String> {
    let bullet = token.chars().next().filter(|c| matches!(c, '•' | '⁃' | '‣' | '◦' | '▪'));
    if let Some(bullet) = bullet {
        return Some(bullet.to_string());
    }
    if is_bullet(token) || !is_list_marker(token) {
        return None;
    }
    let open = if token.starts_with('(') { "(" } else { "" };
    let body = token.trim_start_matches('(').trim_end_matches(['.', ')']);
    let close = &token[open.len() + body.len()..];
    let next = match body.parse::<u16>() {
        Ok(number) => (number + 1).to_string(),
        Err(_) => char::from(body.bytes().next()?.checked_add(1)?).to_string(),
    };
    Some(format!("{open}{next}{close}"))
}
