//! Stems: the common part of a word's forms, by the Snowball algorithms.

use std::borrow::Cow;
use std::sync::LazyLock;

use rust_stemmers::Algorithm;
use rustc_hash::FxHashMap;

use crate::model::Language;

/// Word and stem where today's Snowball differs from the algorithm in the library.
const ENGLISH_EXCEPTIONS: &str = include_str!("data/en/stem_exceptions.tsv");

/// Stems words of one language; words of a language without an algorithm stay as they are.
pub struct Stemmer {
    algorithm: Option<rust_stemmers::Stemmer>,
    exceptions: Option<&'static Exceptions>,
}

impl Stemmer {
    /// The stemmer of a language.
    pub fn new(language: Language) -> Self {
        static ENGLISH: LazyLock<Exceptions> = LazyLock::new(|| Exceptions::new(ENGLISH_EXCEPTIONS));
        match language.code() {
            "en" => Stemmer {
                algorithm: Some(rust_stemmers::Stemmer::create(Algorithm::English)),
                exceptions: Some(&ENGLISH),
            },
            _ => Stemmer { algorithm: None, exceptions: None },
        }
    }

    /// The stem of a normalised word; the word itself where the stem would be empty.
    pub fn stem<'a>(&self, word: &'a str) -> Cow<'a, str> {
        let Some(algorithm) = &self.algorithm else { return Cow::Borrowed(word) };
        if let Some(stem) = self.exceptions.and_then(|known| known.stem(word)) {
            return stem;
        }
        let stem = algorithm.stem(word);
        if stem.is_empty() { Cow::Borrowed(word) } else { stem }
    }
}

impl std::fmt::Debug for Stemmer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Stemmer").field("stems", &self.algorithm.is_some()).finish()
    }
}

/// Stems of whole words, and of words by their ending.
#[derive(Debug)]
struct Exceptions {
    words: FxHashMap<&'static str, &'static str>,
    endings: Vec<(&'static str, &'static str)>,
}

impl Exceptions {
    fn new(list: &'static str) -> Self {
        let mut exceptions = Exceptions { words: FxHashMap::default(), endings: Vec::new() };
        let rows =
            list.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'));
        for (word, stem) in rows {
            match (word.strip_prefix('*'), stem.strip_prefix('*')) {
                (Some(ending), Some(stem)) => exceptions.endings.push((ending, stem)),
                _ => {
                    exceptions.words.insert(word, stem);
                }
            }
        }
        exceptions
    }

    fn stem<'a>(&self, word: &'a str) -> Option<Cow<'a, str>> {
        let bare = word.strip_suffix("'s").or_else(|| word.strip_suffix('\'')).unwrap_or(word);
        if let Some(stem) = self.words.get(bare) {
            return Some(Cow::Borrowed(stem));
        }
        self.endings.iter().find_map(|(ending, stem)| {
            let head = bare.strip_suffix(ending).filter(|head| !head.is_empty())?;
            // Nearly always the stem is the word cut short.
            let cut = bare.get(..head.len() + stem.len()).filter(|cut| cut.ends_with(stem));
            Some(cut.map_or_else(|| Cow::Owned(format!("{head}{stem}")), Cow::Borrowed))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(code: &str, word: &str, expected: &str) {
        let stemmer = Stemmer::new(code.parse().unwrap());
        assert_eq!(stemmer.stem(word), expected, "for {word:?} in {code:?}");
    }

    #[test]
    fn forms_of_a_word_share_a_stem() {
        check("en", "negotiations", "negoti");
        check("en", "negotiating", "negoti");
    }

    #[test]
    fn words_that_matter_here_are_told_apart_as_snowball_does_today() {
        check("en", "international", "internat");
        check("en", "organization", "organiz");
        check("en", "university's", "universiti");
        check("en", "criminologists", "criminolog");
    }

    #[test]
    fn possessives_lose_their_ending() {
        check("en", "speaker's", "speaker");
        check("en", "delegates'", "deleg");
    }

    #[test]
    fn a_word_never_becomes_empty_and_an_unknown_language_keeps_its_words() {
        check("en", "'s", "'s");
        check("", "negotiations", "negotiations");
    }

    proptest::proptest! {
        #[test]
        fn no_word_is_too_strange_to_stem(word in "\\PC{0,12}") {
            let stemmed = Stemmer::new(Language::ENGLISH).stem(&word).into_owned();
            proptest::prop_assert!(word.is_empty() || !stemmed.is_empty());
        }
    }
}
