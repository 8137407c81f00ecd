//! Nicks in angle brackets, as chats have them: `<ann> text`.

use super::elements::is_block;

/// Longest nick with its brackets in bytes.
const MAX_BYTES: usize = 80;

/// Elements of a page within a line, which are no nicks as blocks are none; and the marks of captions.
const INLINE: &[&str] = &[
    "a", "b", "i", "u", "s", "br", "em", "td", "th", "img", "sub", "sup", "kbd", "del", "ins", "big", "tt",
    "span", "code", "font", "small", "center", "strong", "c", "v",
];

/// `<ann> text`: the nick that a line of a chat begins with, and the byte offset of its text.
pub(super) fn nick(line: &str) -> Option<(&str, usize)> {
    let rest = line.get(..line.floor_char_boundary(MAX_BYTES))?.strip_prefix('<')?;
    let end = rest.find('>')?;
    let nick = rest.get(..end)?;
    let is_nick = nick.contains(char::is_alphabetic)
        && !nick.starts_with(['/', '!', '?', '-'])
        && !nick.contains(['=', ' ', '"', '<', ':'])
        && !is_element(&nick.to_lowercase());
    (is_nick && line.get(end + 2..)?.starts_with([' ', '\t'])).then_some((nick, end + 2))
}

fn is_element(name: &str) -> bool {
    is_block(name) || INLINE.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::nick;

    #[test]
    fn a_nick_stands_in_angle_brackets_and_an_element_is_none() {
        assert_eq!(nick("<ann_lee_(quay)> We: agree"), Some(("ann_lee_(quay)", 16)));
        for line in
            ["<br> text", "</b> x", "<a href=\"x\"> y", "<tbody> z", "<ann>x", "ann", "<https://a.b> c"]
        {
            assert_eq!(nick(line), None, "{line}");
        }
    }
}
