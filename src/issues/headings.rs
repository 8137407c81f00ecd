//! The session's own headings as issues: agenda items, heads of debates.

use crate::model::{Analysis, Heading, Issue, Language, WordEntry, WordTraits};
use crate::text::{read_line, simple_words, stems};

use super::lists::{Lists, lists};

/// A heading as a label: without numbers, "Item 3:", "(continued)" and marks of markup.
///
/// `None` for headings that name no subject (Opening, Any other business).
pub(super) fn label(title: &str, language: Language) -> Option<String> {
    let lists = lists(language);
    let plain: String = title.chars().filter(|c| !matches!(c, '`' | '*' | '#')).collect();
    let tokens: Vec<&str> = plain.split_whitespace().collect();
    let mut label = without_number(&tokens, lists).join(" ");
    for beginning in &lists.beginnings {
        let rest = label.get(..beginning.len()).filter(|start| start.to_lowercase() == *beginning);
        if rest.is_some() {
            label.drain(..beginning.len());
        }
    }
    for ending in &lists.endings {
        let cut = label.len().checked_sub(ending.len()).filter(|&cut| label.is_char_boundary(cut));
        if let Some(cut) = cut.filter(|&cut| label[cut..].eq_ignore_ascii_case(ending)) {
            label.truncate(cut);
        }
    }
    let label = label.trim_matches([' ', ':', ',', ';', '-', '–', '—']);
    let names_subject = |word: &WordEntry| {
        !lists.generic_headings.contains(&*word.text) && word.text.chars().any(char::is_alphabetic)
    };
    has_content_word(label, language, names_subject).then(|| label.to_owned())
}

/// Whether a title has a content word for which `test` holds.
fn has_content_word(title: &str, language: Language, test: impl Fn(&WordEntry) -> bool) -> bool {
    let tokens = read_line(title, language);
    let mut words = simple_words(&tokens, tokens.of_turn(0), title).map(|word| tokens.words.entry(word.word));
    words.any(|word| word.traits.has(WordTraits::CONTENT) && test(word))
}

/// The part of a label before a colon, which names the subject of what follows; the whole without one.
pub(super) fn subject(label: &str) -> &str {
    label.split_once(": ").map_or(label, |(subject, _)| subject)
}

/// The words of a heading after its number: after "3.", "Item 3:", "Agenda item 3 –".
fn without_number<'a, 't>(tokens: &'t [&'a str], lists: &Lists) -> &'t [&'a str] {
    let counts = |token: &str| lists.numbered.contains(token.to_lowercase().as_str());
    let digits = |token: &str| {
        let bare = token.trim_matches(|c: char| !c.is_alphanumeric());
        !bare.is_empty() && bare.chars().all(|c| c.is_ascii_digit() || c == '.')
    };
    let marked = |token: &str| !token.ends_with(char::is_alphanumeric);
    match tokens {
        [first, rest @ ..] if !first.contains(char::is_alphanumeric) => without_number(rest, lists),
        [first, rest @ ..] if digits(first) && marked(first) && !rest.is_empty() => {
            without_number(rest, lists)
        }
        [first, second, rest @ ..] if counts(first) && digits(second) && !rest.is_empty() => {
            without_number(rest, lists)
        }
        [first, second, ..] if counts(first) && counts(second) => without_number(&tokens[1..], lists),
        _ => tokens,
    }
}

/// The headings under which a subject begins, by turn: not those that divide the talk on one subject
/// (Discussion, Conclusion).
pub fn opening(headings: &[Heading], language: Language) -> Vec<&Heading> {
    let lists = lists(language);
    let divides = |title: &str| {
        let is_other = |word: &WordEntry| !lists.dividing_headings.contains(&*word.text);
        has_content_word(title, language, |_| true) && !has_content_word(title, language, is_other)
    };
    let mut opening: Vec<&Heading> = headings.iter().filter(|h| !divides(&h.title)).collect();
    opening.sort_by_key(|heading| heading.turn);
    opening
}

/// What the headings tell of the sentences.
pub(super) struct Headed {
    /// For each sentence the issue whose label or term the heading above it is.
    pub(super) issues: Vec<Option<usize>>,
    /// Whether a heading stands right above each sentence.
    pub(super) opens: Vec<bool>,
}

/// Finds the issues that the headings name.
pub(super) fn headed(issues: &[Issue], headings: &[Heading], analysis: &Analysis) -> Headed {
    let language = analysis.language.unwrap_or(Language::UNKNOWN);
    let names: Vec<Vec<Vec<String>>> = issues
        .iter()
        .map(|issue| issue.terms.iter().chain([&issue.label]).map(|text| stems(text, language)).collect())
        .collect();
    let issue_of = |heading: &Heading| {
        let title = stems(&label(&heading.title, language)?, language);
        let fits = |name: &Vec<String>| {
            let longer = name.len() > 1 && title.windows(name.len()).any(|window| window == name.as_slice());
            !name.is_empty() && (*name == title || longer)
        };
        names.iter().position(|names| names.iter().any(fits))
    };
    let of_turn: Vec<(u32, Option<usize>)> =
        opening(headings, language).into_iter().map(|h| (h.turn, issue_of(h))).collect();
    let above = |turn: u32| of_turn.partition_point(|(first, _)| *first <= turn);
    let issue = |turn: u32| above(turn).checked_sub(1).and_then(|at| of_turn.get(at)).and_then(|(_, i)| *i);
    let turns: Vec<u32> = analysis.sentences.iter().map(|sentence| sentence.turn).collect();
    let opens = |(at, &turn): (usize, &u32)| {
        let before = at.checked_sub(1).and_then(|before| turns.get(before));
        before.is_some_and(|&before| above(before) != above(turn))
    };
    Headed {
        issues: turns.iter().map(|&turn| issue(turn)).collect(),
        opens: turns.iter().enumerate().map(opens).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(title: &str, expected: Option<&str>) {
        assert_eq!(label(title, Language::ENGLISH).as_deref(), expected, "of {title}");
    }

    #[test]
    fn a_heading_is_a_label_without_its_number_and_what_follows_the_subject() {
        check("3. Port dues", Some("Port dues"));
        check("Agenda item 3: Port dues (continued)", Some("Port dues"));
        check("Item 4 – `Intl.Dues` for stage 3", Some("Intl.Dues"));
        check("**Berths** update", Some("Berths"));
        check("2032 targets", Some("2032 targets"));
        check("404 status", None);
        check("Continuation: Berths: tariffs", Some("Berths: tariffs"));
    }

    #[test]
    fn the_subject_of_a_heading_stands_before_its_colon() {
        assert_eq!(subject("Berths: tariffs"), "Berths");
        assert_eq!(subject("Berths at 8:15"), "Berths at 8:15");
    }

    #[test]
    fn a_heading_that_names_no_subject_is_no_label() {
        for title in ["Opening", "7. Any Other Business", "Welcome, introductions", "Summary", "3.", ""] {
            check(title, None);
        }
    }
}
