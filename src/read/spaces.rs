//! White space of markup, which stands for single spaces.

/// Text with each run of white space made one space.
pub(super) fn collapse(text: &str) -> String {
    let mut collapsed = String::with_capacity(text.len());
    push_collapsed(&mut collapsed, text);
    collapsed
}

/// Adds a text with each run of white space made one space, and none at its ends.
pub(super) fn push_collapsed(to: &mut String, text: &str) {
    if is_collapsed(text) {
        to.push_str(text);
        return;
    }
    for (nth, word) in text.split_whitespace().enumerate() {
        if nth > 0 {
            to.push(' ');
        }
        to.push_str(word);
    }
}

/// Whether single spaces alone stand between the words of a text in ASCII, and none at its ends.
pub(super) fn is_collapsed(text: &str) -> bool {
    // As at the beginning, a space is one too many behind another.
    let mut after_space = true;
    let is_plain = text.bytes().all(|byte| {
        let is_space = byte == b' ';
        let is_right = if is_space { !after_space } else { byte > b' ' && byte.is_ascii() };
        after_space = is_space;
        is_right
    });
    is_plain && (text.is_empty() || !after_space)
}

#[cfg(test)]
mod tests {
    use super::collapse;

    #[test]
    fn runs_of_white_space_are_one_space_and_none_stands_at_the_ends() {
        for text in [
            "a boat",
            " a boat",
            "a boat ",
            "a  boat",
            "a\tboat",
            "a\n boat",
            "a\u{A0}boat",
            "a\u{3000}\u{B} boat",
        ] {
            assert_eq!(collapse(text), "a boat", "{text:?}");
        }
        for text in ["", "é", "a\u{1}b"] {
            assert_eq!(collapse(text), text);
        }
        assert_eq!(collapse(" \n"), "");
    }
}
