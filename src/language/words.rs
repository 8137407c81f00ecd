//! Words: the units that are counted and weighed.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;

use crate::model::{Span, is_ideograph};

use super::segmenter;

/// The words of a text as spans, in order and not overlapping.
///
/// Apostrophes (don’t), hyphens (follow-up), and points in numbers (1,000.5) and abbreviations (U.S)
/// stay inside a word; clitics that a tokenised transcript sets apart ('re, n't) are words; a web
/// address or an e-mail address is one word. Chinese and Japanese are divided by a dictionary, other
/// scripts as Unicode says.
pub fn words(text: &str) -> Vec<Span> {
    let mut found = Vec::with_capacity(text.len() / 6);
    for (start, token) in runs(text) {
        if is_address(token) && token.chars().any(char::is_alphanumeric) {
            let core = token.trim_matches(|c: char| !c.is_alphanumeric() && c != '/');
            let lead =
                token.len() - token.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '/').len();
            found.push(Span::new(start + lead, start + lead + core.len()));
        } else if token.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            found.push(Span::new(start, start + token.len()));
        } else if token.chars().all(is_simple) {
            simple_words(token, start, &mut found);
        } else if token.contains(is_ideograph) {
            segmenter::push_words(token, start, &mut found);
        } else {
            found
                .extend(token.unicode_word_indices().map(|(i, w)| Span::new(start + i, start + i + w.len())));
        }
    }
    found
}

/// The runs of a text without white space, each with its place.
pub(crate) fn runs(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(length) = space_at(text, bytes, at) {
            at += length;
        }
        let start = at;
        while at < bytes.len() && space_at(text, bytes, at).is_none() {
            at += 1;
        }
        (start < at).then(|| (start, text.get(start..at).unwrap_or("")))
    })
}

/// Length in bytes of the white space at a byte, if a character of white space begins there.
#[inline]
pub(crate) fn space_at(text: &str, bytes: &[u8], at: usize) -> Option<usize> {
    match *bytes.get(at)? {
        b' ' | b'\t'..=b'\r' => Some(1),
        // The bytes that characters of white space begin with: U+0085, U+00A0; U+1680; U+2000 on; U+3000.
        0xC2 | 0xE1..=0xE3 => {
            let c = text.get(at..)?.chars().next().filter(|c| c.is_whitespace())?;
            Some(c.len_utf8())
        }
        _ => None,
    }
}

/// What joins the parts of a compound.
const HYPHENS: [char; 3] = ['-', '‑', '–'];

/// The parts of a hyphenated compound; of any other word, the word itself.
pub fn parts(word: &str) -> impl Iterator<Item = &str> {
    word.split(HYPHENS).filter(|part| !part.is_empty())
}

/// The places of the [`parts`] of a word in it.
pub(crate) fn part_spans(word: &str) -> impl Iterator<Item = Span> {
    let mut at = 0;
    let place = move |piece: &str| {
        let start = at;
        at += piece.len();
        Span::new(start, start + piece.trim_end_matches(HYPHENS).len())
    };
    word.split_inclusive(HYPHENS).map(place).filter(|span| !span.is_empty())
}

/// The word in lower case with straight apostrophes, as all word lists have it.
pub fn normalize(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) {
        return Cow::Borrowed(word);
    }
    if word.is_ascii() {
        return Cow::Owned(word.to_ascii_lowercase());
    }
    Cow::Owned(word.to_lowercase().replace(['\u{2019}', '\u{2018}', '\u{2bc}'], "'"))
}

/// Whether a token (no white space inside) is a web or e-mail address.
pub(crate) fn is_address(token: &str) -> bool {
    let bytes = token.as_bytes();
    let named = bytes.contains(&b'@') && bytes.contains(&b'.') && !token.starts_with('@');
    let opened = bytes.iter().take_while(|byte| matches!(byte, b'(' | b'<' | b'[' | b'"')).count();
    named
        || bytes.contains(&b':') && token.contains("://")
        || bytes.get(opened..).is_some_and(|rest| rest.starts_with(b"www."))
}

/// Characters of scripts whose words are runs of letters; other scripts go the way of Unicode.
fn is_simple(c: char) -> bool {
    (c as u32) < 0x0590 || ('\u{2010}'..='\u{2027}').contains(&c)
}

fn simple_words(token: &str, offset: usize, found: &mut Vec<Span>) {
    let mut start: Option<usize> = None;
    let mut chars = token.char_indices().peekable();
    let mut before = '\0';
    while let Some((i, c)) = chars.next() {
        let next = chars.peek().map(|&(_, n)| n);
        let inside = match start {
            None if is_letter(c) => true,
            None => c == '\'' && is_clitic(&token[i..]) || c == '’' && is_clitic(&token[i..]),
            Some(_) => is_letter(c) || next.is_some_and(|n| is_letter(n) && joins(c, before, n)),
        };
        match (inside, start) {
            (true, None) => start = Some(i),
            (false, Some(from)) => {
                found.push(Span::new(offset + from, offset + i));
                start = None;
            }
            _ => {}
        }
        before = c;
    }
    if let Some(from) = start {
        found.push(Span::new(offset + from, offset + token.len()));
    }
}

fn is_letter(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || (!c.is_ascii() && (c.is_alphanumeric() || ('\u{300}'..'\u{370}').contains(&c)))
}

/// Whether `c` between `before` and `after` stays inside a word.
fn joins(c: char, before: char, after: char) -> bool {
    match c {
        '\'' | '’' | '-' | '‑' | '_' | '&' => is_letter(before),
        '.' | ',' if before.is_ascii_digit() => after.is_ascii_digit(),
        '.' => is_letter(before),
        ':' => before.is_ascii_digit() && after.is_ascii_digit(),
        _ => false,
    }
}

/// Whether a token that begins with an apostrophe is a clitic that tokenisation set apart.
pub(crate) fn is_clitic(token: &str) -> bool {
    let rest = token.strip_prefix(['\'', '’']).unwrap_or(token);
    ["s", "re", "ve", "m", "d", "ll", "t", "em"].iter().any(|c| rest.eq_ignore_ascii_case(c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = words(text).into_iter().map(|s| s.of(text)).collect();
        assert_eq!(found, expected, "in {text:?}");
    }

    #[test]
    fn apostrophes_hyphens_and_numbers_stay_inside_words() {
        check(
            "We don’t, can't \"follow-up\" on 1,000.5 of 'these'.",
            &["We", "don’t", "can't", "follow-up", "on", "1,000.5", "of", "these"],
        );
        check(
            "the U.S. and AT&T at 8:15 -- well—yes",
            &["the", "U.S", "and", "AT&T", "at", "8:15", "well", "yes"],
        );
    }

    #[test]
    fn clitics_of_tokenised_transcripts_are_words() {
        check("OK , we 're on . I do n't .", &["OK", "we", "'re", "on", "I", "do", "n't"]);
    }

    #[test]
    fn an_address_is_one_word() {
        check(
            "(see https://example.org/a-b?c=1), or jane.doe@example.org.",
            &["see", "https://example.org/a-b?c=1", "or", "jane.doe@example.org"],
        );
    }

    #[test]
    fn other_scripts_have_words_too() {
        check("Это Ёлка, naïve café", &["Это", "Ёлка", "naïve", "café"]);
        check("ठीक है", &["ठीक", "है"]);
        check(
            "我们不能接受这个方案，AI技术除外。",
            &["我们", "不能", "接受", "这个", "方案", "AI", "技术", "除外"],
        );
    }

    #[test]
    fn normalising_lowers_and_straightens() {
        assert_eq!(normalize("Don’t"), "don't");
        assert!(matches!(normalize("plain"), Cow::Borrowed("plain")));
        assert_eq!(parts("follow-up").collect::<Vec<_>>(), ["follow", "up"]);
    }

    proptest! {
        #[test]
        fn runs_are_what_stands_between_white_space(text in "(a|b\\.|é|你|’|\u{85}|\u{a0}|\u{1680}|\u{2003}|\u{2028}|\u{3000}|[ \\t\\n\\x0B\\r]|\\PC){0,30}") {
            let found: Vec<&str> = runs(&text).map(|(_, run)| run).collect();
            prop_assert_eq!(&found, &text.split_whitespace().collect::<Vec<_>>());
            prop_assert!(runs(&text).all(|(at, run)| text[at..].starts_with(run)));
        }

        #[test]
        fn parts_stand_where_their_places_say(word in "([a-zé]{0,2}|-|‑|–){0,8}") {
            let found: Vec<&str> = part_spans(&word).map(|span| span.of(&word)).collect();
            prop_assert_eq!(found, parts(&word).collect::<Vec<_>>());
        }

        #[test]
        fn words_are_ordered_spans_that_hold_a_letter_or_digit(text in "\\PC{0,60}") {
            let mut end = 0;
            for span in words(&text) {
                prop_assert!(span.start() >= end);
                prop_assert!(span.of(&text).chars().any(char::is_alphanumeric), "{:?}", span.of(&text));
                end = span.end();
            }
        }
    }
}
