//! HTML character references, as the HTML standard decodes them in text.

use markup5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};

/// Longest name of a character reference.
const MAX_NAME: usize = 40;

/// Decodes the reference that `text` begins with (`&…`): the characters, and the bytes consumed.
/// What is no reference is left as it is.
pub(super) fn decode_entity(text: &str) -> (String, usize) {
    let body = text.get(1..).unwrap_or("");
    let decoded = if let Some(number) = body.strip_prefix('#') { numeric(number) } else { named(body) };
    decoded.map_or_else(|| ("&".to_owned(), 1), |(characters, length)| (characters, length + 1))
}

/// A text with its references decoded.
pub(super) fn decode_entities(text: &str) -> String {
    let (mut decoded, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = rest.find('&') {
        decoded.push_str(rest.get(..at).unwrap_or(""));
        rest = rest.get(at..).unwrap_or("");
        let (characters, length) = decode_entity(rest);
        decoded.push_str(&characters);
        rest = rest.get(length..).unwrap_or("");
    }
    decoded.push_str(rest);
    decoded
}

/// `#` is consumed already; the length counts it.
fn numeric(text: &str) -> Option<(String, usize)> {
    let hexadecimal = text.starts_with(['x', 'X']);
    let digits = text.get(usize::from(hexadecimal)..)?;
    let is_digit = |c: char| if hexadecimal { c.is_ascii_hexdigit() } else { c.is_ascii_digit() };
    let length = digits.find(|c| !is_digit(c)).unwrap_or(digits.len());
    if length == 0 {
        return None;
    }
    let radix = if hexadecimal { 16 } else { 10 };
    let code = u32::from_str_radix(digits.get(..length)?, radix).unwrap_or(u32::MAX);
    let windows = code.checked_sub(0x80).and_then(|at| C1_REPLACEMENTS.get(at as usize)).copied().flatten();
    let character = windows.or_else(|| char::from_u32(code).filter(|&c| c != '\0')).unwrap_or('\u{FFFD}');
    let semicolon = digits.get(length..).is_some_and(|rest| rest.starts_with(';'));
    Some((character.to_string(), 1 + usize::from(hexadecimal) + length + usize::from(semicolon)))
}

/// The longest name that `text` begins with; the table holds names with and without a semicolon.
fn named(text: &str) -> Option<(String, usize)> {
    let name_end = text.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(text.len());
    let semicolon = usize::from(text.get(name_end..).is_some_and(|rest| rest.starts_with(';')));
    (1..=(name_end + semicolon).min(MAX_NAME)).rev().find_map(|length| {
        let &(first, second) = NAMED_ENTITIES.get(text.get(..length)?)?;
        let characters: String =
            [first, second].into_iter().filter(|&c| c != 0).filter_map(char::from_u32).collect();
        (!characters.is_empty()).then_some((characters, length))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_decoded_and_other_ampersands_stay() {
        for (text, expected) in [
            ("&amp;x", ("&", 5)),
            ("&amp", ("&", 4)),
            ("&notit;", ("¬", 4)),
            ("&notin;", ("∉", 7)),
            ("&#x41;B", ("A", 6)),
            ("&#65", ("A", 4)),
            ("&#x80;", ("€", 6)),
            ("&#0;", ("\u{FFFD}", 4)),
            ("&#99999999999;", ("\u{FFFD}", 14)),
            ("&nonsense;", ("&", 1)),
            ("&#;", ("&", 1)),
            ("&", ("&", 1)),
        ] {
            let (characters, length) = decode_entity(text);
            assert_eq!((characters.as_str(), length), expected, "{text}");
        }
    }
}
