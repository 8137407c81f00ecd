//! What each distinct word of a session may do in a phrase, looked up once for all its occurrences.

use rustc_hash::FxHashSet;

use crate::model::{Language, People, Session, WordId, Words};
use crate::text::{read_line, simple_words};

use super::lists::{Lists, lists};

/// A class of words, as a bit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Class(u16);

impl Class {
    /// Joins two parts of a label (of).
    pub(super) const JOIN: Class = Class(1);
    /// An article that may stand after a word that joins (de la).
    pub(super) const JOINED_ARTICLE: Class = Class(1 << 1);
    /// A noun phrase begins after it.
    pub(super) const BEFORE_NOUN: Class = Class(1 << 2);
    /// The name of a place stands after it.
    pub(super) const BEFORE_PLACE: Class = Class(1 << 3);
    /// A verb stands right after it.
    pub(super) const BEFORE_VERB: Class = Class(1 << 4);
    /// Has the article of its noun written together with it.
    pub(super) const HAS_ARTICLE: Class = Class(1 << 5);
    /// An adjective.
    pub(super) const ADJECTIVE: Class = Class(1 << 6);
    /// Neither opens a label of several words nor is one.
    pub(super) const NEVER_FIRST: Class = Class(1 << 7);
    /// Does not close a label.
    pub(super) const NEVER_LAST: Class = Class(1 << 8);
    /// May open or close a label, if it has content.
    pub(super) const EDGE: Class = Class(1 << 9);
    /// Somebody who acts.
    pub(super) const ACTOR: Class = Class(1 << 10);
    /// Says too little alone.
    pub(super) const VAGUE: Class = Class(1 << 11);
    /// Stands before the number of a part of a text (Article 9).
    pub(super) const BEFORE_NUMBER: Class = Class(1 << 12);
    /// A number.
    pub(super) const NUMBER: Class = Class(1 << 13);
    /// Part of the name of a speaker or stakeholder.
    pub(super) const NAME: Class = Class(1 << 14);
    /// So short that a name has it without a capital (Bank of Norway).
    pub(super) const SHORT: Class = Class(1 << 15);
}

/// The classes of the distinct words of a session.
#[derive(Debug)]
pub(super) struct WordClasses {
    classes: Vec<u16>,
}

/// Letters from which on a word of a name has a capital.
const LONG: usize = 4;

impl WordClasses {
    /// By the lists of the session's language and the names of its speakers.
    pub(super) fn of(session: &Session, people: &People, words: &Words, language: Language) -> Self {
        let names = names(session, people, language);
        let lists = lists(language);
        let of_word =
            |word: &str| class_of(word, lists) | if names.contains(word) { Class::NAME.0 } else { 0 };
        WordClasses { classes: words.entries.iter().map(|entry| of_word(&entry.text)).collect() }
    }

    /// Whether a word is of a class.
    pub(super) fn has(&self, word: WordId, class: Class) -> bool {
        self.classes.get(word.index()).is_some_and(|classes| classes & class.0 != 0)
    }
}

fn class_of(word: &str, lists: &Lists) -> u16 {
    let rows = [
        (Class::JOIN, lists.joins.contains(word)),
        (Class::JOINED_ARTICLE, lists.joined_articles.contains(word)),
        (Class::BEFORE_NOUN, lists.before_nouns.contains(word)),
        (Class::BEFORE_PLACE, lists.places.contains(word)),
        (Class::BEFORE_VERB, lists.before_verbs.contains(word)),
        (Class::HAS_ARTICLE, lists.noun_prefixes.iter().any(|prefix| word.starts_with(prefix))),
        (Class::ADJECTIVE, lists.ends(word, &lists.adjectives)),
        (Class::NEVER_FIRST, lists.ends(word, &lists.never_first)),
        (Class::NEVER_LAST, lists.ends(word, &lists.never_last)),
        (Class::EDGE, is_edge(word, lists)),
        (Class::ACTOR, lists.is_actor(word)),
        (Class::VAGUE, lists.vague.contains(word)),
        (Class::BEFORE_NUMBER, lists.articles.contains(word)),
        (Class::NUMBER, word.bytes().all(|b| b.is_ascii_digit())),
        (Class::SHORT, word.chars().count() < LONG),
    ];
    rows.iter().filter(|(_, holds)| *holds).fold(0, |classes, (class, _)| classes | class.0)
}

/// Whether a word may open or close a label.
fn is_edge(word: &str, lists: &Lists) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    letters > 1 && !word.contains(['@', '/']) && !is_abbreviated(word) && !lists.generic.contains(word)
}

/// Whether a word has points that are not those of a name of something (`import.sync`).
fn is_abbreviated(word: &str) -> bool {
    word.contains('.') && word.split('.').any(|part| part.chars().count() < 3)
}

/// The words of the names of speakers and stakeholders.
fn names(session: &Session, people: &People, language: Language) -> FxHashSet<String> {
    let full = people.speakers.iter().map(|speaker| speaker.name.as_str());
    let stakeholders = people.speakers.iter().map(|speaker| speaker.stakeholder.as_str());
    let attendees = session.attendees.iter().map(|attendee| attendee.name.as_str());
    let labels = session.labels.iter().map(String::as_str);
    let all: Vec<&str> = full.chain(stakeholders).chain(attendees).chain(labels).collect();
    let all = all.join("\n");
    let tokens = read_line(&all, language);
    simple_words(&tokens, tokens.of_turn(0), &all)
        .map(|simple| tokens.words.text(simple.word).to_owned())
        .collect()
}
