//! Where a sentence names an issue: the phrases that stand for the issue itself.
//!
//! An issue has more words than names: those of "broad scope" may be "criminalization" and "Article 2", but
//! only "scope" is what a stance on it is said of.

use crate::model::{Issue, Language, Span};

use super::lists::lists;
use super::units::{Words, stems};

/// Most words without content between the words of a name.
const WORDS_BETWEEN: usize = 1;

/// The names of an issue.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Naming {
    /// Each as its stems in order.
    names: Vec<Vec<String>>,
    /// Whether only a sentence that says something of one of the names states a stance on the issue.
    pub is_strict: bool,
}

/// The names of an issue that a user lists, which are its label and terms, or of one that was found: its
/// label, and the terms that say more or less of the same thing.
///
/// The names of an issue that is found, or of which nothing but the label is given, are all that a stance on
/// it can be said of. A label of several things ("ladder or removal") names none.
pub fn naming(issue: &Issue, is_found: bool, language: Language, words: &Words<'_>) -> Naming {
    let is_strict = is_found || issue.terms.is_empty() && issue.text.is_empty();
    let lists = lists(language);
    let several = |text: &str| {
        text.split_whitespace().any(|word| lists.alternatives.contains(word.to_lowercase().as_str()))
    };
    if is_strict && several(&issue.label) {
        return Naming { names: Vec::new(), is_strict };
    }
    let label = stems(words, &issue.label);
    let first = head_phrase(&issue.label, words);
    let mut names = vec![label.clone()];
    if is_strict && first.len() > 1 {
        names.push(first.clone());
    }
    for term in &issue.terms {
        let name = stems(words, term);
        if !is_strict || is_same(&first, &issue.label, &head_phrase(term, words)) {
            names.push(name);
        }
    }
    names.retain(|name| !name.is_empty());
    names.sort();
    names.dedup();
    Naming { names, is_strict }
}

/// The stems of a phrase up to the first word without content: what the rest belongs to.
fn head_phrase(text: &str, words: &Words<'_>) -> Vec<String> {
    words(text).into_iter().map_while(|(_, stem)| stem).collect()
}

/// Whether a term says more or less of the thing that a label names, by the head phrases of both: the last
/// word is the same, and the words of one are among those of the other. A name ("Budapest Convention") is no other convention.
fn is_same(label: &[String], written: &str, term: &[String]) -> bool {
    let holds = |whole: &[String], part: &[String]| part.iter().all(|stem| whole.contains(stem));
    let is_name = written.split(' ').all(|word| word.starts_with(char::is_uppercase));
    label.last().is_some()
        && label.last() == term.last()
        && (holds(term, label) || !is_name && holds(label, term))
}

impl Naming {
    /// Whether the issue has no name.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The places in `text` that name the issue, with the number of the name, in order.
    pub fn places(&self, text: &str, words: &Words<'_>) -> Vec<(usize, Span)> {
        let all = words(text);
        let mut found = Vec::new();
        for first in 0..all.len() {
            for (number, name) in self.names.iter().enumerate() {
                if let Some(last) = fit(name, &all, first) {
                    found.push((number, Span::new(all[first].0.start(), last.end())));
                }
            }
        }
        found
    }
}

/// The place of the last word of a name that begins with the word at `first`.
fn fit(name: &[String], all: &[(Span, Option<String>)], first: usize) -> Option<Span> {
    let mut rest = name.iter();
    let mut skipped = 0;
    let mut next = rest.next()?;
    for (at, (span, stem)) in all.iter().enumerate().skip(first) {
        match stem {
            Some(stem) if stem == next => {
                skipped = 0;
                match rest.next() {
                    Some(stem) => next = stem,
                    None => return Some(*span),
                }
            }
            None if at > first && skipped < WORDS_BETWEEN => skipped += 1,
            _ => return None,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words of three letters and less have no content; a final s is dropped.
    fn words(text: &str) -> Vec<(Span, Option<String>)> {
        let mut at = 0;
        let place = |word: &str| {
            let start = at;
            at += word.len() + 1;
            let stem = word.trim_end_matches('s').to_lowercase();
            (Span::new(start, start + word.len()), (stem.len() > 3).then_some(stem))
        };
        text.split(' ').map(place).collect()
    }

    fn check(label: &str, terms: &[&str], is_found: bool, text: &str, expected: &[&str]) {
        let terms = terms.iter().map(|&term| term.to_owned()).collect();
        let issue = Issue { label: label.to_owned(), terms, text: String::new() };
        let naming = naming(&issue, is_found, Language::ENGLISH, &words);
        let found: Vec<&str> =
            naming.places(text, &words).into_iter().map(|(_, span)| span.of(text)).collect();
        assert_eq!(found, expected, "{label}: {text}");
    }

    #[test]
    fn a_found_issue_is_named_by_its_label_and_what_says_more_or_less_of_it() {
        let terms = ["scope of crimes", "scope", "broad definitions"];
        check("broad scope", &terms, true, "the scope of crimes", &["scope", "scope of crimes"]);
        check("broad scope", &terms, true, "such broad definitions", &[]);
        check("human rights", &["human rights treaty"], true, "a human rights treaty", &["human rights"]);
        check("Budapest Convention", &["draft convention"], true, "this draft convention", &[]);
        check("Budapest Convention", &["convention"], true, "this convention", &[]);
        check("Flood meadows at Bend", &[], true, "the flood meadows", &["flood meadows"]);
    }

    #[test]
    fn a_listed_issue_is_named_by_all_its_terms() {
        check("Finance", &["levy", "fund"], false, "a levy or fund or tax", &["levy", "fund"]);
    }

    #[test]
    fn a_label_of_several_things_names_none() {
        check("Fish ladder or removal", &[], true, "a fish ladder or removal", &[]);
    }
}
