//! Encodings of PDF fonts (ISO 32000-1, annex D) and names of glyphs (Adobe Glyph List).

use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GBK, MACINTOSH, SHIFT_JIS, UTF_16BE, WINDOWS_1252};
use unicode_normalization::UnicodeNormalization;

/// An encoding that fonts of bytes begin with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Base {
    /// `StandardEncoding`: ASCII, curved quotation marks, and some signs of its own.
    Standard,
    /// `WinAnsiEncoding`.
    Windows,
    /// `MacRomanEncoding`.
    Macintosh,
}

impl Base {
    /// The encoding of a name.
    pub(super) fn of_name(name: &[u8]) -> Option<Base> {
        match name {
            b"WinAnsiEncoding" => Some(Base::Windows),
            b"MacRomanEncoding" => Some(Base::Macintosh),
            b"StandardEncoding" => Some(Base::Standard),
            _ => None,
        }
    }

    /// What a code stands for, if it is text.
    pub(super) fn text(self, code: u8) -> Option<String> {
        let encoding = match self {
            Base::Standard => return standard(code).map(String::from),
            Base::Windows => WINDOWS_1252,
            Base::Macintosh => MACINTOSH,
        };
        let text = encoding.decode_without_bom_handling(&[code]).0.into_owned();
        (!text.chars().all(char::is_control)).then_some(text)
    }
}

/// `StandardEncoding` outside of ASCII, where it has letters and marks of text.
const STANDARD: &[(u8, char)] = &[
    (0o047, '’'),
    (0o140, '‘'),
    (0o241, '¡'),
    (0o242, '¢'),
    (0o243, '£'),
    (0o244, '⁄'),
    (0o245, '¥'),
    (0o246, 'ƒ'),
    (0o247, '§'),
    (0o250, '¤'),
    (0o251, '\''),
    (0o252, '“'),
    (0o253, '«'),
    (0o254, '‹'),
    (0o255, '›'),
    (0o256, 'ﬁ'),
    (0o257, 'ﬂ'),
    (0o261, '–'),
    (0o262, '†'),
    (0o263, '‡'),
    (0o264, '·'),
    (0o266, '¶'),
    (0o267, '•'),
    (0o270, '‚'),
    (0o271, '„'),
    (0o272, '”'),
    (0o273, '»'),
    (0o274, '…'),
    (0o275, '‰'),
    (0o277, '¿'),
    (0o320, '—'),
    (0o341, 'Æ'),
    (0o343, 'ª'),
    (0o350, 'Ł'),
    (0o351, 'Ø'),
    (0o352, 'Œ'),
    (0o353, 'º'),
    (0o361, 'æ'),
    (0o365, 'ı'),
    (0o370, 'ł'),
    (0o371, 'ø'),
    (0o372, 'œ'),
    (0o373, 'ß'),
];

fn standard(code: u8) -> Option<char> {
    let listed = STANDARD.iter().find(|(known, _)| *known == code).map(|&(_, c)| c);
    listed.or_else(|| (0x20..0x7F).contains(&code).then_some(char::from(code)))
}

/// The encoding that a predefined table of a script's codes is named after.
pub(super) fn of_script(name: &[u8]) -> Option<&'static Encoding> {
    let name = std::str::from_utf8(name).ok()?;
    // The names of tables by script, as the specification lists them (table 118).
    let begins = |any: &[&str]| any.iter().any(|start| name.starts_with(start));
    if name.starts_with("Uni") && (name.contains("UCS2") || name.contains("UTF16")) {
        Some(UTF_16BE)
    } else if begins(&["GBK", "GB-EUC", "GBpc"]) {
        Some(GBK)
    } else if begins(&["ETen", "B5pc", "HKscs"]) {
        Some(BIG5)
    } else if begins(&["90ms", "90pv", "83pv", "Ext-RKSJ"]) {
        Some(SHIFT_JIS)
    } else if begins(&["EUC"]) {
        Some(EUC_JP)
    } else if begins(&["KSC"]) {
        Some(EUC_KR)
    } else {
        None
    }
}

/// The accents in names of letters (`eacute`), as combining characters.
const ACCENTS: &[(&str, char)] = &[
    ("grave", '\u{300}'),
    ("acute", '\u{301}'),
    ("circumflex", '\u{302}'),
    ("tilde", '\u{303}'),
    ("macron", '\u{304}'),
    ("breve", '\u{306}'),
    ("dotaccent", '\u{307}'),
    ("dieresis", '\u{308}'),
    ("ring", '\u{30A}'),
    ("hungarumlaut", '\u{30B}'),
    ("caron", '\u{30C}'),
    ("commaaccent", '\u{327}'),
    ("cedilla", '\u{327}'),
    ("ogonek", '\u{328}'),
];

/// Names of glyphs that are no letter with an accent.
#[rustfmt::skip]
const NAMED: &[(&str, &str)] = &[
    ("space", " "), ("nbspace", " "), ("exclam", "!"), ("quotedbl", "\""), ("numbersign", "#"), ("dollar", "$"),
    ("percent", "%"), ("ampersand", "&"), ("quotesingle", "'"), ("quoteright", "’"), ("quoteleft", "‘"),
    ("parenleft", "("), ("parenright", ")"), ("asterisk", "*"), ("plus", "+"), ("comma", ","), ("hyphen", "-"),
    ("minus", "−"), ("sfthyphen", "-"), ("period", "."), ("slash", "/"), ("zero", "0"), ("one", "1"), ("two", "2"),
    ("three", "3"), ("four", "4"), ("five", "5"), ("six", "6"), ("seven", "7"), ("eight", "8"), ("nine", "9"),
    ("colon", ":"), ("semicolon", ";"), ("less", "<"), ("equal", "="), ("greater", ">"), ("question", "?"),
    ("at", "@"), ("bracketleft", "["), ("backslash", "\\"), ("bracketright", "]"), ("asciicircum", "^"),
    ("underscore", "_"), ("braceleft", "{"), ("bar", "|"), ("braceright", "}"), ("asciitilde", "~"),
    ("exclamdown", "¡"), ("questiondown", "¿"), ("cent", "¢"), ("sterling", "£"), ("yen", "¥"), ("Euro", "€"),
    ("section", "§"), ("paragraph", "¶"), ("copyright", "©"), ("registered", "®"), ("trademark", "™"),
    ("degree", "°"), ("plusminus", "±"), ("multiply", "×"), ("divide", "÷"), ("periodcentered", "·"),
    ("bullet", "•"), ("dagger", "†"), ("daggerdbl", "‡"), ("perthousand", "‰"), ("ellipsis", "…"),
    ("endash", "–"), ("emdash", "—"), ("guillemotleft", "«"), ("guillemotright", "»"), ("guilsinglleft", "‹"),
    ("guilsinglright", "›"), ("quotedblleft", "“"), ("quotedblright", "”"), ("quotedblbase", "„"),
    ("quotesinglbase", "‚"), ("ff", "ff"), ("fi", "fi"), ("fl", "fl"), ("ffi", "ffi"), ("ffl", "ffl"),
    ("germandbls", "ß"), ("AE", "Æ"), ("ae", "æ"), ("OE", "Œ"), ("oe", "œ"), ("Oslash", "Ø"), ("oslash", "ø"),
    ("Lslash", "Ł"), ("lslash", "ł"), ("Dcroat", "Đ"), ("dcroat", "đ"), ("Eth", "Ð"), ("eth", "ð"),
    ("Thorn", "Þ"), ("thorn", "þ"), ("dotlessi", "ı"), ("ordfeminine", "ª"), ("ordmasculine", "º"),
    ("onehalf", "½"), ("onequarter", "¼"), ("threequarters", "¾"), ("onesuperior", "¹"), ("twosuperior", "²"),
    ("threesuperior", "³"), ("fraction", "⁄"), ("mu", "µ"),
];

/// The text of a glyph by its name; `None` where the name says nothing.
pub(super) fn glyph_text(name: &str) -> Option<String> {
    let name = name.split('.').next().filter(|name| !name.is_empty())?;
    if let Some((_, text)) = NAMED.iter().find(|(known, _)| *known == name) {
        return Some((*text).to_owned());
    }
    let mut chars = name.chars();
    if let (Some(letter), None) = (chars.next(), chars.next()) {
        return Some(letter.to_string());
    }
    let by_number = |digits: &str| char::from_u32(u32::from_str_radix(digits, 16).ok()?).map(String::from);
    if let Some(found) = name.strip_prefix("uni").and_then(|digits| by_number(digits.get(..4)?)) {
        return Some(found);
    }
    if let Some(found) = name.strip_prefix('u').filter(|digits| digits.len() >= 4).and_then(by_number) {
        return Some(found);
    }
    cyrillic(name).map(String::from).or_else(|| accented(name))
}

/// A letter with an accent.
fn accented(name: &str) -> Option<String> {
    let (letter, accent) =
        ACCENTS.iter().find_map(|(accent, mark)| Some((name.strip_suffix(accent)?, *mark)))?;
    let mut chars = letter.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) if c.is_ascii_alphabetic() => Some([c, accent].into_iter().nfc().collect()),
        _ => None,
    }
}

/// The letters of Russian, which are numbered in the order of its alphabet: `afii10017` is `А`.
fn cyrillic(name: &str) -> Option<char> {
    let number: u32 = name.strip_prefix("afii")?.parse().ok()?;
    let (first, capital, io) = match number {
        10017..=10049 => (10017, 0x410, 'Ё'),
        10065..=10097 => (10065, 0x430, 'ё'),
        _ => return None,
    };
    // The seventh letter stands apart in Unicode.
    match number - first {
        6 => Some(io),
        place => char::from_u32(capital + place - u32::from(place > 6)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_glyphs_are_text() {
        for (name, text) in [
            ("a", "a"),
            ("eacute", "é"),
            ("Ccedilla", "Ç"),
            ("scaron", "š"),
            ("quoteright", "’"),
            ("ffi", "ffi"),
            ("uni20AC", "€"),
            ("u1F600", "😀"),
            ("afii10017", "А"),
            ("afii10023", "Ё"),
            ("afii10049", "Я"),
            ("afii10097", "я"),
            ("a.sc", "a"),
        ] {
            assert_eq!(glyph_text(name).as_deref(), Some(text), "{name}");
        }
        for name in ["", ".notdef", "g123", "uniZZZZ", "afii9", "xyacute"] {
            assert_eq!(glyph_text(name), None, "{name}");
        }
    }

    #[test]
    fn bases_differ_outside_of_ascii() {
        for (base, code, text) in [
            (Base::Standard, b'A', Some("A")),
            (Base::Standard, b'\'', Some("’")),
            (Base::Standard, 0o256, Some("ﬁ")),
            (Base::Standard, 0x80, None),
            (Base::Windows, 0x92, Some("’")),
            (Base::Windows, 0xE9, Some("é")),
            (Base::Macintosh, 0x8E, Some("é")),
            (Base::Windows, 0x07, None),
        ] {
            assert_eq!(base.text(code).as_deref(), text, "{base:?} {code}");
        }
    }
}
