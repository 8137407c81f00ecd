//! What is known about a language for finding issues: words that make no label, and headings that
//! name no subject. The lists are data, in `data/<language>.txt`.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::model::{ByLanguage, Language};

/// The lists of each language.
const LANGUAGES: &[(&str, &str)] = &[
    ("en", include_str!("../language/data/en/issues.txt")),
    ("de", include_str!("../language/data/de/issues.txt")),
    ("es", include_str!("../language/data/es/issues.txt")),
    ("fr", include_str!("../language/data/fr/issues.txt")),
    ("it", include_str!("../language/data/it/issues.txt")),
    ("pt", include_str!("../language/data/pt/issues.txt")),
    ("ru", include_str!("../language/data/ru/issues.txt")),
    ("ar", include_str!("../language/data/ar/issues.txt")),
    ("zh", include_str!("../language/data/zh/issues.txt")),
];

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
    static KNOWN: ByLanguage<Lists, { LANGUAGES.len() }> = ByLanguage::empty();
    static NONE: LazyLock<Lists> = LazyLock::new(Lists::default);
    KNOWN.get(language, LANGUAGES, |(code, _)| code, |(_, text)| parse(text)).unwrap_or(&NONE)
}

fn parse(text: &'static str) -> Lists {
    let mut lists = Lists::default();
    let mut section = "";
    for line in text.lines().filter(|l| !l.starts_with('#')) {
        if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            section = name;
            continue;
        }
        match section {
            "generic" => lists.generic.extend(line.split_whitespace()),
            "vague" => lists.vague.extend(line.split_whitespace()),
            "joins" => lists.joins.extend(line.split_whitespace()),
            "joined articles" => lists.joined_articles.extend(line.split_whitespace()),
            "actors" => lists.actors.extend(line.split_whitespace()),
            "instruments" if !line.is_empty() => {
                lists.instruments.push(line.split_whitespace().collect());
            }
            "articles" => lists.articles.extend(line.split_whitespace()),
            "before verbs" => lists.before_verbs.extend(line.split_whitespace()),
            "places" => lists.places.extend(line.split_whitespace()),
            "noun prefixes" => lists.noun_prefixes.extend(line.split_whitespace()),
            "adjectives" => lists.adjectives.extend(line.split_whitespace()),
            "traits" => match line {
                "heads come first" => lists.has_head_first = true,
                "nouns have capitals" => lists.has_capital_nouns = true,
                "no capitals" => lists.has_no_capitals = true,
                _ => {}
            },
            "alternatives" => lists.alternatives.extend(line.split_whitespace()),
            "before nouns" => lists.before_nouns.extend(line.split_whitespace()),
            "never first" => lists.never_first.extend(line.split_whitespace()),
            "never last" => lists.never_last.extend(line.split_whitespace()),
            "generic headings" => lists.generic_headings.extend(line.split_whitespace()),
            "dividing headings" => lists.dividing_headings.extend(line.split_whitespace()),
            "numbered" => lists.numbered.extend(line.split_whitespace()),
            "beginnings" if !line.is_empty() => lists.beginnings.push(line),
            "endings" if !line.is_empty() => lists.endings.push(line),
            _ => {}
        }
    }
    lists
}
