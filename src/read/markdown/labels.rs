//! Labels as minutes in Markdown write them.

use super::super::{label, nick, time};

/// The label of a line and the byte offset of its speech: `ABC: …`, `**Name:** …`, `**Name**: …`,
/// `- **Name**: …`, `. ABC: …` (a slip that occurs in real minutes), `ABC [on queue]: …`.
pub(super) fn split(line: &str) -> Option<(&str, usize)> {
    if let Some(found) = nick::nick(line).or_else(|| asked(line)) {
        return Some(found);
    }
    let bare = line.trim_start_matches(['.', ' ', '\t', '\\', '>']);
    let bold = bare.trim_start_matches(['-', '*', '_', ' ']);
    let marked = bold.len() < bare.len();
    if marked && !bare.trim_start_matches(['-', ' ']).starts_with(['*', '_']) {
        return None;
    }
    let body = if marked { bold } else { bare };
    // `**[00:12:30] Name:** text`
    let body = body.get(time::leading_time(body).1..)?;
    let start = line.len() - body.len();
    if let Some((label, speech)) = remarked(body) {
        return Some((label, start + speech));
    }
    let (label, speech) = label::split_label(body)?;
    let rest = body.get(speech..)?;
    // `**AL: One point:** text`
    if marked && opens_with_subject(rest) {
        return Some((label, start + speech));
    }
    // `**Ann: Why?**`
    if marked && closing_mark(rest) > 0 && !rest.starts_with(['*', '_']) {
        return Some((without_remark(label), start + speech));
    }
    let stars = if marked { rest.len() - rest.trim_start_matches(['*', '_']).len() } else { 0 };
    if marked && stars == 0 && !label.ends_with(['*', '_']) {
        return None;
    }
    Some((without_remark(label.trim_end_matches(['*', '_']).trim_end()), start + speech + stars))
}

/// Bytes of the mark that ends the bold type in which a label and all that is said behind it stand.
pub(super) fn closing_mark(said: &str) -> usize {
    let text = said.trim_end();
    let is_closed =
        |mark: &str| text.strip_suffix(mark).is_some_and(|inner| !inner.is_empty() && !inner.contains(mark));
    if is_closed("**") || is_closed("__") { said.len() - text.len() + 2 } else { 0 }
}

/// Whether a line is in bold from its label to its end: `**Ann: Why?**`. Subjects look alike.
pub(super) fn is_all_bold(line: &str) -> bool {
    let marked = line.trim_start_matches(['-', ' ', '>']);
    let inside = marked.strip_prefix("**").or_else(|| marked.strip_prefix("__"));
    inside.is_some_and(|inside| closing_mark(inside) > 0)
}

/// `Q - text`, `A - text`: questions of an audience and answers to them.
fn asked(line: &str) -> Option<(&str, usize)> {
    let (label, rest) = line.split_at_checked(1)?;
    let dash = [" - ", " – ", " — "].iter().find(|dash| rest.starts_with(**dash))?;
    matches!(label, "Q" | "A").then_some((label, 1 + dash.len()))
}

/// `AL<in chat>: text`.
fn remarked(body: &str) -> Option<(&str, usize)> {
    let near = body.get(..body.floor_char_boundary(60))?;
    let (name, rest) = near.split_once('<')?;
    let end = rest.find(">:")?;
    let is_label = label::shape(name.trim()).is_some()
        && rest.get(..end)?.chars().all(|c| c.is_alphabetic() || c == ' ');
    is_label.then_some((name.trim(), name.len() + 1 + end + 2))
}

/// Whether what follows a label in bold goes on with a few words and a colon before the bold ends.
fn opens_with_subject(rest: &str) -> bool {
    let near = rest.get(..rest.floor_char_boundary(80)).unwrap_or("");
    let end = near.find("**").filter(|&end| end > 0);
    end.and_then(|end| near.get(..end)).is_some_and(|inner| inner.trim_end().ends_with(':'))
}

/// A label without a remark on how it is said: `KG (via queue)` is `KG`.
fn without_remark(label: &str) -> &str {
    let open = label.find([' ', '(', '[']).and_then(|at| label.get(at..)).map(str::trim_start);
    let remark = open.is_some_and(|rest| {
        rest.starts_with(['(', '[']) && rest.chars().nth(1).is_some_and(|c| c.is_lowercase() || c == '?')
    });
    if remark { label.split([' ', '(', '[']).next().unwrap_or(label) } else { label }
}
