//! The offices of who presides, leads, interprets or listens, as labels name them in any language.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::language::{LANGUAGES, List, Row, Sections, SharedList};
use crate::model::Role;

fn sections_of(row: &'static Row) -> Sections<'static> {
    Sections::parse(row.list(List::People).unwrap_or(""))
}

/// The roles whose offices have names, in the order in which they count.
const OFFICES: [(&str, Role); 4] = [
    ("label moderator", Role::Moderator),
    ("label chair", Role::Chair),
    ("label interpreter", Role::Interpreter),
    ("label audience", Role::Audience),
];

/// What stands before the name of who presides, in any language.
static CHAIRS_BEFORE_NAMES: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    let of = |row| sections_of(row).texts("label chair before a name").collect::<Vec<_>>();
    LANGUAGES.iter().flat_map(of).collect()
});

/// By the name of an office in any language, its place among [`OFFICES`].
static OFFICE_NAMES: LazyLock<FxHashMap<&str, usize>> = LazyLock::new(|| {
    let mut names: FxHashMap<&str, usize> = FxHashMap::default();
    for sections in LANGUAGES.iter().map(sections_of) {
        for (place, (section, _)) in OFFICES.iter().enumerate() {
            for name in sections.texts(section) {
                let known = names.entry(name).or_insert(place);
                *known = place.min(*known);
            }
        }
    }
    names
});

/// The role that a label itself names (`MODERATOR`, `The Chair (Mr. A)`, `Ada Okoro (Chair)`), if it
/// names one.
pub(in super::super) fn from_label(label: &str) -> Option<Role> {
    let (outside, inside) = bracketed(label);
    office(outside).or_else(|| office(inside?))
}

/// Whether a label is a name after the office of who presides (`Präsidentin Ada Okoro`, `Chairman LUND`). Heads of
/// state are called so too: it counts only for a voice that hands over the floor.
pub(in super::super) fn begins_with_chair(label: &str) -> bool {
    let folded = fold(bracketed(label).0);
    let Some((office, _)) = folded.split_once(' ') else { return false };
    CHAIRS_BEFORE_NAMES.contains(office)
}

/// A text without an office in brackets at its end, and the role of that office.
pub(in super::super) fn without_office(text: &str) -> (&str, Option<Role>) {
    let (outside, inside) = bracketed(text);
    match inside.and_then(office) {
        Some(role) => (outside, Some(role)),
        None => (text, None),
    }
}

/// What stands before and in the brackets at the end of a text.
fn bracketed(text: &str) -> (&str, Option<&str>) {
    match text.trim_end().strip_suffix([')', '）']).and_then(|t| t.split_once(['(', '（'])) {
        Some((outside, inside)) => (outside.trim_end(), Some(inside)),
        None => (text, None),
    }
}

/// The role of an office, if the text is the name of one and nothing else.
fn office(text: &str) -> Option<Role> {
    let folded = fold(text);
    let name = BEFORE_OFFICES.iter().fold(folded.trim(), |name, word| without_word(name, word));
    let name = name.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ' || c == '#');
    let listed = [name, folded.trim()].into_iter().filter_map(|name| OFFICE_NAMES.get(name));
    listed.min().and_then(|&place| OFFICES.get(place)).map(|&(_, role)| role)
}

/// Words before the name of an office that are no part of it, in the order in which they stand.
static BEFORE_OFFICES: LazyLock<Vec<&str>> =
    LazyLock::new(|| SharedList::Names.read().words("before offices").collect());

/// A text without a word that it begins with, however often.
fn without_word<'t>(text: &'t str, word: &str) -> &'t str {
    let mut text = text;
    while let Some(rest) = text.strip_prefix(word).and_then(|rest| rest.strip_prefix(' ')) {
        text = rest;
    }
    text
}

/// In lower case, with straight apostrophes, without the vowel marks and stretches of Arabic writing.
fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let is_mark = |c: &char| matches!(c, '\u{640}' | '\u{64B}'..='\u{652}');
    text.to_lowercase().replace('’', "'").chars().filter(|c| !is_mark(c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_office_in_the_label_is_a_role() {
        assert_eq!(from_label("The President"), Some(Role::Chair));
        assert_eq!(from_label("The Chair (Mr. Anan)"), Some(Role::Chair));
        assert_eq!(from_label("MODERATOR 2"), Some(Role::Moderator));
        assert_eq!(from_label("Speaker 1"), None);
        assert_eq!(from_label("Mr. Speaker"), Some(Role::Chair));
        assert_eq!(from_label("The Speaker"), Some(Role::Chair));
        assert_eq!(from_label("La Présidente"), Some(Role::Chair));
        assert_eq!(from_label("Ведущая"), Some(Role::Moderator));
        assert_eq!(from_label("رئيسة الجلسة"), Some(Role::Chair));
        assert_eq!(from_label("林晓（主持人）"), Some(Role::Moderator));
        assert_eq!(from_label("Ada Chairman-Smith"), None);
        assert_eq!(from_label("Ada Okoro (Chair)"), Some(Role::Chair));
        assert_eq!(from_label("Ada Okoro (President of Kestria)"), None);
        assert_eq!(without_office("River Council (chair)"), ("River Council", Some(Role::Chair)));
        assert_eq!(without_office("River Council (East)"), ("River Council (East)", None));
    }
}
