//! Nicks in angle brackets, as chats have them: `<ann> text`.

/// Longest nick with its brackets in bytes.
const MAX_BYTES: usize = 80;

/// Names of elements that a page may begin a line with, which are no nicks.
const ELEMENTS: &[&str] = &[
    "a",
    "b",
    "i",
    "p",
    "u",
    "s",
    "br",
    "hr",
    "em",
    "li",
    "ul",
    "ol",
    "td",
    "tr",
    "th",
    "dl",
    "dt",
    "dd",
    "div",
    "img",
    "sub",
    "sup",
    "kbd",
    "pre",
    "del",
    "ins",
    "big",
    "tt",
    "span",
    "code",
    "font",
    "small",
    "table",
    "center",
    "strong",
    "details",
    "summary",
    "blockquote",
    "c",
    "v",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
];

/// `<ann> text`: the nick that a line of a chat begins with, and the byte offset of its text.
pub(super) fn nick(line: &str) -> Option<(&str, usize)> {
    let rest = line.get(..line.floor_char_boundary(MAX_BYTES))?.strip_prefix('<')?;
    let end = rest.find('>')?;
    let nick = rest.get(..end)?;
    let is_nick = nick.contains(char::is_alphabetic)
        && !nick.starts_with(['/', '!', '?', '-'])
        && !nick.contains(['=', ' ', '"', '<', ':'])
        && !ELEMENTS.contains(&nick.to_lowercase().as_str());
    (is_nick && line.get(end + 2..)?.starts_with([' ', '\t'])).then_some((nick, end + 2))
}

#[cfg(test)]
mod tests {
    use super::nick;

    #[test]
    fn a_nick_stands_in_angle_brackets_and_an_element_is_none() {
        assert_eq!(nick("<ann_lee_(quay)> We: agree"), Some(("ann_lee_(quay)", 16)));
        for line in ["<br> text", "</b> x", "<a href=\"x\"> y", "<ann>x", "ann", "<https://a.b> c"] {
            assert_eq!(nick(line), None, "{line}");
        }
    }
}
