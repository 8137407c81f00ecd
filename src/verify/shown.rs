//! What a reader is shown of a quotation: its own words, some of them left out.

/// Whether `display` shows nothing but `text`: the whole of `expected` (what is left of the text
/// without fillers and noise), or parts of it in order with `…` for what was left out.
///
/// Letters and digits count, spacing and punctuation do not.
pub(super) fn is_shown_of(display: &str, expected: &str, text: &str) -> bool {
    parts_of(display, expected) || parts_of(display, text)
}

fn parts_of(display: &str, whole: &str) -> bool {
    let whole = letters(whole);
    let parts: Vec<String> = display.split('…').map(letters).collect();
    let mut rest = whole.as_str();
    for (number, part) in parts.iter().enumerate() {
        let is_first = number == 0;
        let is_last = number + 1 == parts.len();
        let at = match (is_first, is_last) {
            (true, _) => rest.starts_with(part.as_str()).then_some(0),
            (false, true) => rest.ends_with(part.as_str()).then(|| rest.len() - part.len()),
            (false, false) => rest.find(part.as_str()),
        };
        let Some(at) = at else { return false };
        rest = rest.get(at + part.len()..).unwrap_or("");
    }
    // Without an ellipsis nothing may be missing at the end.
    (parts.len() > 1 || rest.is_empty()) && parts.iter().any(|part| !part.is_empty())
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::is_shown_of;

    fn check(display: &str, is_shown: bool) {
        let text = "We, um, can not accept this, because it costs too much.";
        let expected = "We can not accept this, because it costs too much.";
        assert_eq!(is_shown_of(display, expected, text), is_shown, "{display:?}");
    }

    #[test]
    fn fillers_and_marked_parts_may_be_missing_and_nothing_else() {
        for (display, is_shown) in [
            ("We can not accept this, because it costs too much.", true),
            ("We, um, can not accept this, because it costs too much.", true),
            ("We can not accept this…", true),
            ("… it costs too much.", true),
            ("We can not accept this … costs too much.", true),
            ("We can accept this, because it costs too much.", false),
            ("We can not accept this", false),
            ("It costs too much.", false),
            ("… costs too much … We can not", false),
            ("We can not accept that…", false),
            ("…", false),
        ] {
            check(display, is_shown);
        }
    }
}
