//! Stems: the common part of a word's forms, by the Snowball algorithms.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use crate::model::Language;

use super::by_language::ByLanguage;
use super::lists::List;
use super::sections::{Line, Sections};
use super::table::row;
use super::word_lists::{LanguageData, data};

/// The algorithm that stems a language. Two libraries are used: each is wrong where the other is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stemming {
    /// The library whose algorithm is up to date for the language, or differs in words that
    /// [`List::StemExceptions`] has.
    Library(rust_stemmers::Algorithm),
    /// The current algorithm, for languages where the library's differs in many words.
    Current(frostem::Algorithm),
    /// No algorithm: words stay as they are.
    None,
}

/// A [`Stemming`] made ready.
enum Method {
    Library(rust_stemmers::Stemmer, Option<&'static Exceptions>),
    Current(frostem::Stemmer),
    None,
}

/// Stems words of one language; words of a language without an algorithm stay as they are.
pub struct Stemmer {
    method: Method,
    data: &'static LanguageData,
}

impl Stemmer {
    /// The stemmer of a language.
    pub fn new(language: Language) -> Self {
        static EXCEPTIONS: ByLanguage<Option<Exceptions>> = ByLanguage::new();
        let method = match row(language).map_or(Stemming::None, |row| row.stemming) {
            Stemming::Library(algorithm) => {
                let exceptions = EXCEPTIONS
                    .of_list(language, List::StemExceptions, |_, sections| Exceptions::new(&sections));
                Method::Library(rust_stemmers::Stemmer::create(algorithm), exceptions)
            }
            Stemming::Current(algorithm) => Method::Current(frostem::Stemmer::new(algorithm)),
            Stemming::None => Method::None,
        };
        Stemmer { method, data: data(language) }
    }

    /// The stem of a normalised word; the word itself where the stem would be empty.
    pub fn stem<'a>(&self, word: &'a str) -> Cow<'a, str> {
        let bare = self.data.without_elision(word);
        let stem = match &self.method {
            Method::Library(stemmer, known) => {
                known.and_then(|known| known.stem(bare)).unwrap_or_else(|| stemmer.stem(bare))
            }
            Method::Current(stemmer) => stemmer.stem(bare),
            Method::None => Cow::Borrowed(bare),
        };
        if stem.is_empty() { Cow::Borrowed(word) } else { stem }
    }
}

impl std::fmt::Debug for Stemmer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let method = match self.method {
            Method::Library(..) => "library",
            Method::Current(_) => "current",
            Method::None => "none",
        };
        f.debug_struct("Stemmer").field("method", &method).finish()
    }
}

/// Stems of whole words, and of words by their ending.
#[derive(Debug)]
struct Exceptions {
    words: FxHashMap<&'static str, &'static str>,
    endings: Vec<(&'static str, &'static str)>,
}

impl Exceptions {
    fn new(sections: &Sections<'static>) -> Self {
        let mut exceptions = Exceptions { words: FxHashMap::default(), endings: Vec::new() };
        for (word, stem) in sections.lines("stems").filter_map(Line::pair) {
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
    fn each_language_has_its_stems() {
        check("fr", "l'accord", "accord");
        check("es", "negociaciones", "negoci");
        check("de", "verhandlungen", "verhandl");
        check("it", "dell'accordo", "accord");
        check("pt", "negociações", "negoc");
        check("ru", "переговоры", "переговор");
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
            for code in ["en", "fr", "es", "de", "it", "pt", "ru", "ar", "zh"] {
                let stemmed = Stemmer::new(code.parse().unwrap()).stem(&word).into_owned();
                proptest::prop_assert!(word.is_empty() || !stemmed.is_empty());
            }
        }
    }
}
