//! The session's own headings as issues: agenda items, heads of debates.

use crate::model::{Analysis, Heading, Issue, Language};

use super::lists::lists;
use super::units::{Words, stems};

/// A heading as a label: without numbers, "Item 3:", "(continued)" and marks of markup.
///
/// `None` for headings that name no subject (Opening, Any other business).
pub(super) fn label(title: &str, language: Language, words: &Words<'_>) -> Option<String> {
    let lists = lists(language);
    let plain: String = title.chars().filter(|c| !matches!(c, '`' | '*' | '#')).collect();
    let mut rest = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    while let Some((first, after)) = rest.split_once([' ', ':']) {
        let bare = first.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let number = bare.chars().all(|c| c.is_ascii_digit() || c == '.') || bare.is_empty();
        let numbered = after.trim_start_matches(|c: char| !c.is_alphanumeric());
        let counts =
            lists.numbered.contains(bare.as_str()) && numbered.starts_with(|c: char| c.is_ascii_digit());
        if !(number && first.ends_with(['.', ')', ':', '.']) || bare.is_empty() || counts) {
            break;
        }
        let rest_after = if counts { numbered } else { after };
        let after_number = rest_after.trim_start_matches(|c: char| counts && c.is_ascii_digit());
        rest = after_number.trim_start_matches(|c: char| !c.is_alphanumeric()).to_owned();
    }
    for ending in &lists.endings {
        let cut = rest.len().checked_sub(ending.len()).filter(|&cut| rest.is_char_boundary(cut));
        if let Some(cut) = cut.filter(|&cut| rest[cut..].eq_ignore_ascii_case(ending)) {
            rest.truncate(cut);
        }
    }
    let rest =
        rest.trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | ',' | ';' | '-' | '–')).to_owned();
    let content: Vec<String> = words(&rest)
        .iter()
        .filter(|(_, stem)| stem.is_some())
        .map(|(span, _)| span.of(&rest).to_lowercase())
        .collect();
    let generic = content.iter().all(|word| {
        lists.generic_headings.contains(word.as_str()) || word.chars().all(|c| c.is_ascii_digit())
    });
    (!generic).then_some(rest)
}

/// For each sentence the issue whose label or term the nearest heading above it is, as far as the
/// headings name issues.
pub(super) fn headed(
    issues: &[Issue],
    headings: &[Heading],
    analysis: &Analysis,
    words: &Words<'_>,
) -> Vec<Option<usize>> {
    let language = analysis.language.unwrap_or(Language::UNKNOWN);
    let names: Vec<Vec<Vec<String>>> = issues
        .iter()
        .map(|issue| issue.terms.iter().chain([&issue.label]).map(|t| stems(words, t)).collect())
        .collect();
    let issue_of = |heading: &Heading| {
        let title = stems(words, &label(&heading.title, language, words)?);
        let fits = |name: &Vec<String>| {
            let longer = name.len() > 1 && title.windows(name.len()).any(|window| window == name.as_slice());
            !name.is_empty() && (*name == title || longer)
        };
        names.iter().position(|names| names.iter().any(fits))
    };
    let mut of_turn: Vec<(u32, Option<usize>)> = headings.iter().map(|h| (h.turn, issue_of(h))).collect();
    of_turn.sort_by_key(|(turn, _)| *turn);
    let above = |turn: u32| {
        let at = of_turn.partition_point(|(first, _)| *first <= turn);
        at.checked_sub(1).and_then(|at| of_turn.get(at)).and_then(|(_, issue)| *issue)
    };
    analysis.sentences.iter().map(|sentence| above(sentence.turn)).collect()
}
