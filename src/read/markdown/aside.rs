//! Lines of minutes that are no part of the session.

use rustc_hash::FxHashSet;

use super::super::decode::lines;
use super::super::{fields, frontmatter};

/// The mark, the length and whether nothing follows it, of a line that may fence code.
fn fence(line: &str) -> Option<(char, usize, bool)> {
    let text = line.trim();
    let mark = text.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let info = text.trim_start_matches(mark);
    let length = text.len() - info.len();
    (length >= 3 && !info.contains(mark)).then_some((mark, length, info.is_empty()))
}

/// The numbers of the lines that are fenced code, fences included. A fence that is never closed is
/// a line of its own, or it would swallow the rest of the minutes.
fn code_lines(text: &str) -> FxHashSet<usize> {
    let fences: Vec<(usize, char, usize, bool)> = lines(text)
        .filter_map(|line| fence(line.text).map(|(mark, length, bare)| (line.number, mark, length, bare)))
        .collect();
    let mut code = FxHashSet::default();
    let mut unclosed = [usize::MAX; 2];
    let mut after = 0;
    for (at, &(number, mark, length, _)) in fences.iter().enumerate() {
        if number <= after {
            continue;
        }
        code.insert(number);
        let known = &mut unclosed[usize::from(mark == '~')];
        if length >= *known {
            continue;
        }
        match fences.iter().skip(at + 1).find(|&&(_, m, l, bare)| bare && m == mark && l >= length) {
            Some(&(end, ..)) => {
                code.extend(number..=end);
                after = end;
            }
            None => *known = length,
        }
    }
    code
}

/// The numbers of the lines that are no part of the session: code, settings above it, a list of those who took part.
pub(super) fn aside_lines(text: &str) -> FxHashSet<usize> {
    let mut aside = code_lines(text);
    aside.extend(1..=frontmatter::of(text).map_or(0, |front| front.last));
    aside.extend(fields::people_lines(text));
    aside
}
