//! What is known about a language for finding issues: words that make no label, and headings that
//! name no subject. The words are data of `language`.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::language::{ByLanguage, List, Sections};
use crate::model::Language;

/// The word lists of a language, all in lower case.
#[derive(Debug, Default)]
pub(super) struct Lists {
    /// Words that neither open nor close a label, nor are one.
    pub(super) generic: FxHashSet<&'static str>,
    /// Words that are no label alone, but may open or close one.
    pub(super) vague: FxHashSet<&'static str>,
    /// Words that join two parts of a label (freedom of expression).
    pub(super) joins: FxHashSet<&'static str>,
    /// Articles that may stand after a word that joins (de la).
    pub(super) joined_articles: FxHashSet<&'static str>,
    /// Who acts: a label of such a head is hardly a subject.
    pub(super) actors: FxHashSet<&'static str>,
    /// Texts that are negotiated; words of one set may stand for the same text. Each language has the sets
    /// in the same order.
    pub(super) instruments: Vec<FxHashSet<&'static str>>,
    /// Words before the number of a part of a text (Article 9).
    pub(super) articles: FxHashSet<&'static str>,
    /// Words right after which a verb stands.
    pub(super) before_verbs: FxHashSet<&'static str>,
    /// Words after which the name of a place stands.
    pub(super) places: FxHashSet<&'static str>,
    /// Articles that are written as one word with their noun.
    pub(super) noun_prefixes: Vec<&'static str>,
    /// Whether the head of a noun phrase is its first noun.
    pub(super) has_head_first: bool,
    /// Whether all nouns have capitals, not only names.
    pub(super) has_capital_nouns: bool,
    /// Whether the script has no capitals.
    has_no_capitals: bool,
    /// Words between several things that a label names (ladder or removal).
    pub(super) alternatives: FxHashSet<&'static str>,
    /// Words before which a noun phrase begins.
    pub(super) before_nouns: FxHashSet<&'static str>,
    /// Endings of words that do not open a label of several words, nor are one.
    pub(super) never_first: Vec<&'static str>,
    /// Endings of adjectives, which are no label alone.
    pub(super) adjectives: Vec<&'static str>,
    /// Endings of words that do not close a label.
    pub(super) never_last: Vec<&'static str>,
    /// Words of which headings consist that name no subject.
    pub(super) generic_headings: FxHashSet<&'static str>,
    /// Words of which headings consist that divide the talk on one subject.
    pub(super) dividing_headings: FxHashSet<&'static str>,
    /// Words before the number of a heading (Item 3).
    pub(super) numbered: FxHashSet<&'static str>,
    /// What may stand before the subject of a heading, one a line.
    pub(super) beginnings: Vec<&'static str>,
    /// What may follow the subject of a heading, one a line.
    pub(super) endings: Vec<&'static str>,
}

impl Lists {
    /// Whether phrases of the language can be told from talk: without lists any two words would do.
    pub(super) fn has_phrases(&self) -> bool {
        !self.generic.is_empty()
    }

    /// Whether nothing before a noun tells that it is one.
    pub(super) fn is_without_articles(&self) -> bool {
        self.before_nouns.is_empty() && self.noun_prefixes.is_empty()
    }

    /// Whether a word is somebody who acts, also behind another article than the list has (للسكان, السكان).
    pub(super) fn is_actor(&self, word: &str) -> bool {
        let bare = self.noun_prefixes.iter().filter_map(|prefix| word.strip_prefix(prefix)).next_back();
        let with_article = |bare: &str| self.noun_prefixes.first().map(|article| format!("{article}{bare}"));
        self.actors.contains(word)
            || bare.and_then(with_article).is_some_and(|other| self.actors.contains(other.as_str()))
    }

    /// Whether the script has capitals.
    pub(super) fn has_capitals(&self) -> bool {
        !self.has_no_capitals
    }

    /// Whether a word ends in one of `endings` and is longer than that by two letters or more.
    pub(super) fn ends(&self, word: &str, endings: &[&str]) -> bool {
        endings.iter().any(|ending| word.strip_suffix(ending).is_some_and(|head| head.chars().count() > 1))
    }
}

/// The lists of a language; empty ones where it has none.
pub(super) fn lists(language: Language) -> &'static Lists {
    static KNOWN: ByLanguage<Option<Lists>> = ByLanguage::new();
    static NONE: LazyLock<Lists> = LazyLock::new(Lists::default);
    KNOWN.of_list(language, List::Issues, |_, sections| parse(&sections)).unwrap_or(&NONE)
}

fn parse(sections: &Sections<'static>) -> Lists {
    let words = |section: &str| sections.words(section).collect::<FxHashSet<&str>>();
    let ordered = |section: &str| sections.words(section).collect::<Vec<&str>>();
    let has = |name: &str| sections.texts("traits").any(|known| known == name);
    Lists {
        generic: words("generic"),
        vague: words("vague"),
        joins: words("joins"),
        joined_articles: words("joined articles"),
        actors: words("actors"),
        instruments: sections.lines("instruments").map(|line| line.words().collect()).collect(),
        articles: words("articles"),
        before_verbs: words("before verbs"),
        places: words("places"),
        noun_prefixes: ordered("noun prefixes"),
        has_head_first: has("heads come first"),
        has_capital_nouns: has("nouns have capitals"),
        has_no_capitals: has("no capitals"),
        alternatives: words("alternatives"),
        before_nouns: words("before nouns"),
        never_first: ordered("never first"),
        adjectives: ordered("adjectives"),
        never_last: ordered("never last"),
        generic_headings: words("generic headings"),
        dividing_headings: words("dividing headings"),
        numbered: words("numbered"),
        beginnings: sections.texts("beginnings").collect(),
        endings: sections.texts("endings").collect(),
    }
}
