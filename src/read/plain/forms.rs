//! The forms of labels beside `Name: text`: each finds the label that a line begins with, and the byte offset of what
//! follows.

use super::super::{label, nick, proceedings};

/// `[Ann Lee] text` and `<ann> text`, as chats and minutes taken in them have it.
pub(super) fn bracketed(line: &str) -> Option<(&str, usize)> {
    let lead = item_mark(line);
    let item = line.get(lead..)?;
    let close = match item.chars().next()? {
        '[' => ']',
        '<' => '>',
        _ => return None,
    };
    let end = item.get(..item.floor_char_boundary(80))?.find(close)?;
    let label = item.get(1..end)?.trim();
    let is_nick = close == '>' && !label.starts_with(['/', '!', '?']) && !label.contains(['=', ' ', '"']);
    let is_name = label::shape(label).is_some() || is_nick;
    (is_name && label.contains(char::is_alphabetic) && item.get(end + 1..)?.starts_with([' ', '\t']))
        .then_some((label, lead + end + 1))
}

/// Bytes of the mark of an item of a list: `- `, `* `.
fn item_mark(line: &str) -> usize {
    let rest = line.strip_prefix(['-', '•', '*', '+']).filter(|rest| rest.starts_with(' '));
    rest.map_or(0, |rest| line.len() - rest.trim_start().len())
}

/// `Ann Lee - text`, `Ann Lee – text`.
pub(super) fn dashed(line: &str) -> Option<(&str, usize)> {
    let lead = item_mark(line);
    let item = line.get(lead..)?;
    let near = item.get(..item.floor_char_boundary(80))?;
    let (at, dash) = [" - ", " – ", " — "].iter().filter_map(|dash| Some((near.find(dash)?, dash))).min()?;
    let label = near.get(..at)?.trim_matches(['*', '_', ' ']);
    (label::shape(label) == Some(label::Shape::Strong)).then_some((label, lead + at + dash.len()))
}

/// One or two words before a colon and a space.
pub(super) fn nickname(line: &str) -> Option<(&str, usize)> {
    let near = line.get(..line.floor_char_boundary(40))?;
    let (label, _) = near.split_once(": ")?;
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ' ');
    let is_nickname = label.split_whitespace().count() <= 2 && label.chars().all(plain);
    (is_nickname && label.starts_with(char::is_alphabetic)).then_some((label, label.len() + 1))
}

pub(super) fn official_or_named(line: &str) -> Option<(&str, usize)> {
    proceedings::split(line).or_else(|| label::split_label(line))
}

pub(super) fn name_or_nick(line: &str) -> Option<(&str, usize)> {
    nick::nick(line).or_else(|| label::split_label(line))
}
