//! Text in cells of tables: what a spreadsheet could take for a formula.
//!
//! A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a formula. OWASP ("CSV
//! Injection") advises to put `'` before such text.

use std::borrow::Cow;

/// Text that a spreadsheet will not run: `'` is put before what it could take for a formula.
pub fn guard(text: &str) -> Cow<'_, str> {
    if is_formula(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The text that [`guard`] was given.
pub fn unguard(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if is_formula(text) => text,
        _ => cell,
    }
}

/// Whether a spreadsheet could take `text` for a formula.
///
/// Quotation marks, white space and what is not seen (NUL, zero-width characters, marks of direction) do
/// not protect a cell at the front: programs strip them. The full-width signs count in some locales. A tab or carriage return at the front
/// is a danger of its own, as it can move the rest to another cell.
fn is_formula(text: &str) -> bool {
    for character in text.chars() {
        match character {
            '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' => return true,
            '\u{ff1d}' | '\u{ff0b}' | '\u{ff0d}' | '\u{ff20}' => return true,
            '"' | '\'' | '\u{201c}' | '\u{201d}' | '\u{2018}' | '\u{2019}' | '\u{feff}' => {}
            space if space.is_whitespace() => {}
            hidden if is_hidden(hidden) => {}
            _ => return false,
        }
    }
    false
}

/// Characters that are not seen: a program may drop them before it looks at a cell.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}')
        || matches!(c, '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}')
        || matches!(c, '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e01ef}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, guarded: &str) {
        assert_eq!(guard(text), guarded, "guard of {text:?}");
        assert_eq!(unguard(guarded), text, "unguard of {guarded:?}");
    }

    #[test]
    fn what_a_spreadsheet_could_run_is_guarded_and_comes_back() {
        for (text, guarded) in [
            ("=1+1", "'=1+1"),
            ("+41 22", "'+41 22"),
            ("-5 degrees", "'-5 degrees"),
            ("@all", "'@all"),
            ("\tx", "'\tx"),
            ("\rx", "'\rx"),
            ("\"=1", "'\"=1"),
            ("\u{feff}=1", "'\u{feff}=1"),
            (" =1", "' =1"),
            ("'=1", "''=1"),
            ("＝1", "'＝1"),
            ("\0=1", "'\0=1"),
            ("\u{200b}=1", "'\u{200b}=1"),
            ("\u{200f}\u{202e}\u{2066}@x", "'\u{200f}\u{202e}\u{2066}@x"),
            ("\u{ad}\u{2060} \u{fe0f}+1", "'\u{ad}\u{2060} \u{fe0f}+1"),
            ("\u{1b}-1", "'\u{1b}-1"),
            ("\u{85}\u{9b}＠x", "'\u{85}\u{9b}＠x"),
            ("'\0=1", "''\0=1"),
            ("\u{200b}We say = here", "\u{200b}We say = here"),
            ("\0", "\0"),
            ("We say = here", "We say = here"),
            ("'Tis so", "'Tis so"),
            ("“Yes”", "“Yes”"),
            ("", ""),
            ("'", "'"),
        ] {
            check(text, guarded);
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_comes_back_from_its_guard(text in "[=+@'\" \\t\\ra-c\\x00\u{feff}\u{200b}\u{202e}-]{0,6}") {
            let guarded = guard(&text);
            proptest::prop_assert_eq!(unguard(&guarded), text.as_str());
        }
    }
}
