//! Text that only shows: what a terminal, a log or a reader of a line could take for a command is
//! written out.
//!
//! A transcript or a file name may hold escape sequences (clear the screen, set the title, make a
//! link), C1 controls, which some terminals take for the same, and characters that reverse the order
//! of what stands after them. Every command passes such text through [`shown`].

use std::borrow::Cow;

/// The text as it may be printed: line feeds and tabs stay, other characters that command are written
/// as `\u{1b}`.
pub fn shown(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| is_command(c) && !matches!(c, '\n' | '\t')) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(escaped(text, |c| is_command(c) && !matches!(c, '\n' | '\t')))
}

/// The same on one line: line feeds and tabs are written out too, so that no name can pretend to be
/// a message of its own.
pub fn shown_on_a_line(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_command) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(escaped(text, is_command))
}

/// Whether a character does something else than to be seen: C0 and C1 controls, DEL, line and paragraph
/// separators, overrides and isolates of the direction, annotations, and tags.
///
/// Joiners, zero-width spaces and single direction marks stay: scripts need them, and they change nothing
/// but the letters beside them.
pub fn is_command(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || matches!(c, '\u{206a}'..='\u{206f}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

fn escaped(text: &str, is_escaped: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '\n' if is_escaped(c) => out.push_str("\\n"),
            '\t' if is_escaped(c) => out.push_str("\\t"),
            c if is_escaped(c) => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_commands_is_written_out_and_all_else_stays() {
        let cases = [
            ("plain – “text” 你好 عربي 👩\u{200d}🔬", "plain – “text” 你好 عربي 👩\u{200d}🔬"),
            ("a\x1b[2Jb", "a\\u{1b}[2Jb"),
            ("\x1b]8;;http://x.example\x1b\\", "\\u{1b}]8;;http://x.example\\u{1b}\\"),
            ("a\u{9b}31mb\u{85}", "a\\u{9b}31mb\\u{85}"),
            ("\u{202e}cod.exe\u{2066}", "\\u{202e}cod.exe\\u{2066}"),
            ("over\rwritten\u{8}\u{7f}\0", "over\\u{d}written\\u{8}\\u{7f}\\u{0}"),
            ("two\nlines\tand a tab", "two\nlines\tand a tab"),
            ("a\u{2028}b\u{2029}c", "a\\u{2028}b\\u{2029}c"),
        ];
        for (text, expected) in cases {
            assert_eq!(shown(text), expected, "{text:?}");
        }
        assert_eq!(shown_on_a_line("a\nerror: b\t"), "a\\nerror: b\\t");
    }

    proptest::proptest! {
        #[test]
        fn nothing_that_commands_is_left(text in "\\PC{0,4}[\\x00-\\x1f\\x7f-\\xa0\u{2028}-\u{202f}]{0,8}\\PC{0,4}") {
            proptest::prop_assert!(!shown_on_a_line(&text).chars().any(is_command));
            proptest::prop_assert!(!shown(&text).chars().any(|c| is_command(c) && c != '\n' && c != '\t'));
        }
    }
}
