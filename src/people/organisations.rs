//! Names of organisations, and words that tell them and jobs from other phrases.
//!
//! A [`Phrase`] is a label or a stretch of speech: the words of the one are read where it is made, those of
//! the other are taken from the words of the session.

mod passage;
mod usual;

pub(super) use passage::Passage;
pub(super) use usual::{UsualNames, is_unknown, key};

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::language::{List, SharedList, english};
use crate::model::is_ideograph;
use crate::text::{FoldedWord, name_words};

/// Words of organisations and jobs; all are compared folded.
struct Lists {
    organisation_words: FxHashSet<&'static str>,
    organisation_ends: Vec<&'static str>,
    none: FxHashSet<&'static str>,
    job_words: FxHashSet<&'static str>,
    /// Lower-case words inside names.
    connectors: FxHashSet<&'static str>,
    /// Connectors that may also join two names.
    joining: FxHashSet<&'static str>,
    /// Connectors that lead to what an organisation is of.
    leading: FxHashSet<&'static str>,
    /// What may stand before a name and is no part of it.
    articles: FxHashSet<&'static str>,
    /// Words with a full stop that open the name of a place.
    places: FxHashSet<&'static str>,
    /// Jobs after which “of” leads to the organisation, as words.
    jobs_of: Vec<Vec<&'static str>>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let sections = SharedList::Organisations.read();
    Lists {
        organisation_words: sections.words("words").collect(),
        organisation_ends: sections.words("ends").collect(),
        none: sections.words("none").collect(),
        job_words: sections.words("job words").collect(),
        connectors: sections.words("connectors").collect(),
        joining: sections.words("joining").collect(),
        leading: sections.words("leading").collect(),
        articles: sections.words("articles").collect(),
        places: sections.words("places").collect(),
        jobs_of: english(List::Affiliations).lines("jobs of").map(|line| line.words().collect()).collect(),
    }
});

/// A phrase that may name an organisation or a job, with its words as names are compared.
pub(super) struct Phrase<'t> {
    written: &'t str,
    words: Vec<FoldedWord<'t>>,
}

impl<'t> Phrase<'t> {
    /// A label, or a part of one.
    pub(super) fn of_label(label: &'t str) -> Self {
        Phrase { written: label, words: name_words(label) }
    }

    /// Whether it may be the name of an organisation at all.
    pub(super) fn is_possible(&self) -> bool {
        let Some(first) = self.words.first() else { return false };
        let letters = self.written.chars().filter(|c| c.is_alphabetic()).count();
        // `US` is one, `us` is not.
        let is_plain =
            !LISTS.none.contains(&*first.folded) || self.written.chars().take(3).all(char::is_uppercase);
        letters >= 2 && self.written.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase()) && is_plain
    }

    /// Whether it holds a word for an organisation, or is an abbreviation in capitals.
    pub(super) fn is_organised(&self) -> bool {
        self.has_organisation_word() || is_abbreviation(self.written)
    }

    fn has_organisation_word(&self) -> bool {
        self.words.iter().any(|word| {
            let folded = word.folded.trim_end_matches('\'');
            let is_listed = LISTS.organisation_words.contains(folded) || ends_in_organisation(folded);
            word.is_capital && is_listed
        })
    }

    /// Whether it holds a word for a job or function.
    pub(super) fn has_job_word(&self) -> bool {
        self.words.iter().any(|word| is_job_word(&word.folded))
    }

    /// Whether it ends with a job after which `of` names the organisation.
    fn takes_of(&self) -> bool {
        let ends_with = |job: &Vec<&str>| {
            let from = self.words.len().checked_sub(job.len());
            let last = from.and_then(|from| self.words.get(from..));
            last.is_some_and(|last| last.iter().map(|word| &*word.folded).eq(job.iter().copied()))
        };
        LISTS.jobs_of.iter().any(ends_with)
    }
}

/// Two to six capitals, and little else.
fn is_abbreviation(phrase: &str) -> bool {
    let capitals = phrase.chars().filter(|c| c.is_uppercase()).count();
    (2..=6).contains(&capitals)
        && phrase
            .chars()
            .all(|c| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '.' | '-' | '&' | '/'))
}

/// Whether a folded word names a job or function.
pub(super) fn is_job_word(word: &str) -> bool {
    LISTS.job_words.contains(word) || ends_in_job(word)
}

/// Whether a word ends with an organisation, as German compounds and Chinese names do:
/// `Umweltministerium`, `骑手联合会`.
fn ends_in_organisation(word: &str) -> bool {
    LISTS.organisation_ends.iter().any(|end| word.len() > end.len() && word.ends_with(*end))
}

/// Whether a word in ideographs ends with a job: Chinese has no space before it.
fn ends_in_job(word: &str) -> bool {
    let is_written = word.chars().next_back().is_some_and(is_ideograph);
    is_written
        && word.char_indices().any(|(at, _)| word.get(at..).is_some_and(|end| LISTS.job_words.contains(end)))
}

/// The name of an organisation, with the words by which it is compared with others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Organisation {
    /// As it is written, with single spaces.
    pub(super) name: String,
    /// Folded.
    words: Vec<String>,
}

impl Organisation {
    /// An organisation that a label, a list of the source or a user names.
    pub(super) fn of_label(name: &str) -> Self {
        Organisation::new(name.to_owned(), &Phrase::of_label(name))
    }

    fn new(name: String, phrase: &Phrase<'_>) -> Self {
        Organisation { name, words: phrase.words.iter().map(|word| word.folded.to_string()).collect() }
    }

    /// Whether two names may well mean the same organisation: the words of one are among those of the
    /// other, or one is the other's abbreviation.
    pub(super) fn may_be(&self, other: &Self) -> bool {
        let (one, two) = (self.content_words(), other.content_words());
        let is_within = |part: &[&str], whole: &[&str]| part.iter().all(|word| whole.contains(word));
        let initials =
            |words: &[&str]| words.iter().filter_map(|word| word.chars().next()).collect::<String>();
        is_within(&one, &two)
            || is_within(&two, &one)
            || self.words.concat() == initials(&two)
            || other.words.concat() == initials(&one)
    }

    fn content_words(&self) -> Vec<&str> {
        let words = self.words.iter().map(String::as_str);
        words.filter(|word| !LISTS.connectors.contains(word)).collect()
    }
}
