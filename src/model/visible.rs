//! What of a text a reader sees: characters that only steer how text is set (marks of direction, joiners,
//! soft hyphens, byte order marks) and spaces that do not break.
//!
//! The one place that says which these are. A label, a name and the structure of a line are read without
//! them; what is said keeps them, since a quotation is verbatim.

use std::borrow::Cow;

/// Whether a character shows nothing by itself: the default-ignorable characters of Unicode without
/// variation selectors, which choose between two visible forms.
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180E}'
        | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FEFF}'
        | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}'
        | '\u{E0000}'..='\u{E007F}')
}

/// Whether a character ends a line though no editor counts a line there: line and paragraph separator,
/// next line (NEL), vertical tab, form feed.
pub fn is_soft_line_end(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}' | '\u{85}' | '\u{B}' | '\u{C}')
}

/// Whether a character is a space other than the usual one: a no-break space, one of a stated width.
pub fn is_special_space(c: char) -> bool {
    c.is_whitespace() && !matches!(c, ' ' | '\t' | '\n' | '\r') && !is_soft_line_end(c)
}

/// Whether a character is a space at which no line breaks.
pub fn is_no_break_space(c: char) -> bool {
    matches!(c, '\u{A0}' | '\u{2007}' | '\u{202F}')
}

/// Whether a character at `at` of `text` is a joiner that decides how its neighbours are written, as in
/// Persian, in the scripts of India and in emoji. Between letters of other scripts it does nothing.
pub fn is_joining(text: &str, at: usize, c: char) -> bool {
    // The first letter that joins is Arabic; below are Latin, Greek, Cyrillic, Armenian and Hebrew.
    let joins =
        |c: char| c >= '\u{600}' && !is_invisible(c) && !matches!(c, '\u{2000}'..='\u{206F}' | '\u{3000}');
    let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
    matches!(c, '\u{200C}' | '\u{200D}')
        && before.chars().next_back().is_some_and(joins)
        && after.chars().nth(1).is_some_and(joins)
}

/// Whether a text holds any character that is not seen as it is written.
pub fn has_unseen(text: &str) -> bool {
    let may_begin = |b: u8| matches!(b, 0xB | 0xC | 0xC2 | 0xCD | 0xD8 | 0xE1..=0xE3 | 0xEF | 0xF0 | 0xF3);
    let is_unseen = |c: char| is_invisible(c) || is_special_space(c) || is_soft_line_end(c);
    if text.is_ascii() {
        return memchr::memchr2(0xB, 0xC, text.as_bytes()).is_some();
    }
    text.bytes().any(may_begin) && text.chars().any(is_unseen)
}

/// A label or a name as it is seen: without invisible characters and outer white space, with usual spaces.
/// Joiners stay where they decide how a name is written.
pub fn label_text(label: &str) -> Cow<'_, str> {
    if !has_unseen(label) {
        return Cow::Borrowed(label.trim());
    }
    let mut seen = String::with_capacity(label.len());
    for (at, c) in label.char_indices() {
        if is_special_space(c) || is_soft_line_end(c) {
            let after = label.get(at + c.len_utf8()..).unwrap_or("");
            if !seen.ends_with(' ') && !after.starts_with(' ') {
                seen.push(' ');
            }
        } else if !is_invisible(c) || is_joining(label, at, c) {
            seen.push(c);
        }
    }
    Cow::Owned(seen.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_what_is_seen_of_it() {
        for label in [
            "\u{200B}Ann Lee",
            "\u{FEFF}Ann\u{A0}Lee\u{200F}",
            "Ann \u{A0}Lee",
            "Ann\u{202F} Lee",
            "A\u{AD}nn \u{2067}Lee\u{2069}",
            " Ann\u{202F}Lee\u{2060} ",
            "An\u{200D}n\u{2007}Le\u{200C}e",
        ] {
            assert_eq!(label_text(label), "Ann Lee", "{label:?}");
        }
        assert!(matches!(label_text(" Ann Lee "), Cow::Borrowed("Ann Lee")));
    }

    #[test]
    fn a_joiner_stays_where_it_decides_how_a_name_is_written() {
        for name in ["علی\u{200C}رضا", "ක්\u{200D}රිස්", "👩\u{200D}🔬"] {
            assert_eq!(label_text(name), name, "{name:?}");
            assert_eq!(label_text(&format!("\u{200D}{name}\u{200C}")), name, "{name:?}");
        }
    }
}
