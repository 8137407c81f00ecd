//! Where a sentence names an issue: the phrases that stand for the issue itself.
//!
//! An issue has more words than names: those of "broad scope" may be "criminalization" and "Article 2", but
//! only "scope" is what a stance on it is said of.

use crate::model::{Analysis, Issue, Language, SentenceId, Span, TokenKind, WordTraits};
use crate::text::{read_line, simple_words, stems};

use super::lists::lists;
use super::stems::{StemId, StemmedWord, Stems};

/// Most words without content between the words of a name.
const WORDS_BETWEEN: usize = 1;

/// The names of an issue.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Naming {
    /// Each as its stems in order; only those of which the session has all stems.
    names: Vec<Vec<StemId>>,
    /// Whether only a sentence that says something of one of the names states a stance on the issue.
    pub is_strict: bool,
}

/// The names of an issue that a user lists, which are its label and terms, or of one that was found: its
/// label, and the terms that say more or less of the same thing.
///
/// The names of an issue that is found, or of which nothing but the label is given, are all that a stance on
/// it can be said of. A label of several things ("ladder or removal") names none.
pub fn naming(issue: &Issue, is_found: bool, analysis: &Analysis, session: &Stems) -> Naming {
    let language = analysis.language.unwrap_or(Language::UNKNOWN);
    let is_strict = is_found || issue.terms.is_empty() && issue.text.is_empty();
    let names = match is_strict && names_several(&issue.label, language) {
        true => Vec::new(),
        false => names(issue, is_strict, language),
    };
    let numbers = |name: &Vec<String>| name.iter().map(|stem| session.find(analysis, stem)).collect();
    Naming { names: names.iter().filter_map(numbers).collect(), is_strict }
}

/// Whether a label is of several things (ladder or removal).
fn names_several(label: &str, language: Language) -> bool {
    let (lists, tokens) = (lists(language), read_line(label, language));
    let mut written = tokens.all.iter().filter(|token| token.kind != TokenKind::Part);
    written.any(|token| lists.alternatives.contains(tokens.words.text(token.word)))
}

/// The names of an issue, each as its stems, in alphabetical order.
fn names(issue: &Issue, is_strict: bool, language: Language) -> Vec<Vec<String>> {
    let label = stems(&issue.label, language);
    let first = head_phrase(&issue.label, language);
    let mut names = vec![label.clone()];
    if is_strict && first.len() > 1 {
        names.push(first.clone());
    }
    for term in &issue.terms {
        let name = stems(term, language);
        if !is_strict || is_same(&first, &issue.label, &head_phrase(term, language)) {
            names.push(name);
        }
    }
    names.retain(|name| !name.is_empty());
    names.sort();
    names.dedup();
    names
}

/// The stems of a phrase up to the first word without content: what the rest belongs to.
fn head_phrase(text: &str, language: Language) -> Vec<String> {
    let tokens = read_line(text, language);
    let words = simple_words(&tokens, tokens.of_turn(0), text).map(|simple| tokens.words.entry(simple.word));
    words.take_while(|word| word.traits.has(WordTraits::CONTENT)).map(|word| word.stem.to_string()).collect()
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
    /// The places where a sentence names the issue, in the text of its turn, in order.
    pub fn places(&self, session: &Stems, id: SentenceId) -> Vec<Span> {
        let words = session.words_of(id);
        let mut found = Vec::new();
        for (at, first) in words.iter().enumerate() {
            let ends = self.names.iter().filter_map(|name| fit(name, &words[at..]));
            found.extend(ends.map(|last| Span::new(first.span.start(), last.end())));
        }
        found
    }
}

/// The place of the last word of a name that the words begin with.
fn fit(name: &[StemId], words: &[StemmedWord]) -> Option<Span> {
    let mut rest = name.iter();
    let mut skipped = 0;
    let mut next = rest.next()?;
    for (at, word) in words.iter().enumerate() {
        match &word.stem {
            Some(stem) if stem == next => {
                skipped = 0;
                match rest.next() {
                    Some(stem) => next = stem,
                    None => return Some(word.span),
                }
            }
            None if at > 0 && skipped < WORDS_BETWEEN => skipped += 1,
            _ => return None,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Join, LabelId, People, SessionBuilder, Speaker, SpeakerId};
    use crate::text::{analyse, read};

    fn check(label: &str, terms: &[&str], is_found: bool, text: &str, expected: &[&str]) {
        let mut builder = SessionBuilder::new("s");
        builder.turn("A").text(text, Join::Line, 1, None);
        builder.session().language = Language::ENGLISH;
        let session = builder.finish(0);
        let speakers = vec![Speaker { labels: vec![LabelId(0)], ..Speaker::default() }];
        let people = People { speakers, of_label: vec![SpeakerId(0)], ..People::default() };
        let analysis = analyse(&session, &people, read(&session));
        let stems = Stems::new(&session, &analysis);
        let terms = terms.iter().map(|&term| term.to_owned()).collect();
        let issue = Issue { label: label.to_owned(), terms, text: String::new() };
        let naming = naming(&issue, is_found, &analysis, &stems);
        let places = analysis.ids().flat_map(|id| naming.places(&stems, id));
        let found: Vec<&str> = places.map(|span| span.of(session.turn_text(0))).collect();
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
