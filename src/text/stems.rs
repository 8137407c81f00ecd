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
    exceptions: Option<&'static FxHashMap<&'static str, &'static str>>,
}

impl Stemmer {
    /// The stemmer of a language.
    pub fn new(language: Language) -> Self {
        static ENGLISH: LazyLock<FxHashMap<&str, &str>> = LazyLock::new(|| exceptions(ENGLISH_EXCEPTIONS));
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
        if let Some(stem) = self.exceptions.and_then(|known| known.get(word)) {
            return Cow::Borrowed(stem);
        }
        let Some(algorithm) = &self.algorithm else { return Cow::Borrowed(word) };
        let stem = algorithm.stem(word);
        if stem.is_empty() { Cow::Borrowed(word) } else { stem }
    }
}

impl std::fmt::Debug for Stemmer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Stemmer").field("stems", &self.algorithm.is_some()).finish()
    }
}

fn exceptions(list: &'static str) -> FxHashMap<&'static str, &'static str> {
    list.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t')).collect()
}
