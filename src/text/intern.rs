//! Interning: each distinct word of a language is looked at once, whatever its number of occurrences.

use std::cell::RefCell;

use rustc_hash::FxHashMap;

use crate::model::{Language, WordEntry, WordId, WordTraits, Words, is_ideograph};

use crate::language::Stemmer;
use crate::language::words::{normalize, parts};
use crate::language::{LanguageData, StopWord, data};

/// Words by their text in each language met.
#[derive(Debug, Default)]
pub(super) struct Interner {
    pub(super) words: Words,
    by_language: Vec<(Language, FxHashMap<Box<str>, WordId>)>,
    current: usize,
    stemmer: Option<Stemmer>,
    /// Lower-case letters of the word at hand, to look it up without an allocation.
    buffer: String,
}

impl Interner {
    /// The language of what follows; with `stems`, words get their stems.
    pub(super) fn speak(&mut self, language: Language, stems: bool) {
        if stems && self.language() != Some(language) {
            self.stemmer = Some(Stemmer::new(language));
        }
        self.select(language);
    }

    /// The data of the language at hand.
    pub(super) fn data(&self) -> &'static LanguageData {
        data(self.language().unwrap_or(Language::UNKNOWN))
    }

    /// The word as it stands in a text.
    pub(super) fn intern(&mut self, written: &str) -> WordId {
        if !written.is_ascii() {
            return self.normalised(&normalize(written));
        }
        if written.bytes().any(|byte| byte.is_ascii_uppercase()) {
            let mut buffer = std::mem::take(&mut self.buffer);
            buffer.clear();
            buffer.extend(written.bytes().map(|byte| char::from(byte.to_ascii_lowercase())));
            let id = self.normalised(&buffer);
            self.buffer = buffer;
            return id;
        }
        self.normalised(written)
    }

    /// The words of another table that holds words of the same session, by their ids there.
    pub(super) fn absorb(&mut self, other: Words) -> Vec<WordId> {
        let mut ids = Vec::with_capacity(other.len());
        ids.push(WordId::NONE);
        let others = other.parts;
        // Parts stand before the words they are parts of, so that their ids are known.
        for mut entry in other.entries.into_iter().skip(1) {
            self.select(entry.language);
            if let Some(known) = self.known(&entry.text) {
                ids.push(known);
                continue;
            }
            let (start, end) = entry.parts;
            let parts = others.get(start as usize..end as usize).unwrap_or(&[]);
            entry.parts = self.add_parts(parts.iter().filter_map(|id| ids.get(id.index()).copied()));
            ids.push(self.add(entry));
        }
        ids
    }

    fn language(&self) -> Option<Language> {
        self.by_language.get(self.current).map(|(language, _)| *language)
    }

    fn select(&mut self, language: Language) {
        if self.language() == Some(language) {
            return;
        }
        let known = self.by_language.iter().position(|(known, _)| *known == language);
        self.current = known.unwrap_or_else(|| {
            self.by_language.push((language, FxHashMap::default()));
            self.by_language.len() - 1
        });
    }

    fn known(&self, word: &str) -> Option<WordId> {
        self.by_language.get(self.current)?.1.get(word).copied()
    }

    fn normalised(&mut self, word: &str) -> WordId {
        match self.known(word) {
            Some(known) => known,
            None => {
                let parts: Vec<WordId> = divided(word).map(|part| self.normalised(part)).collect();
                let parts = self.add_parts(parts.into_iter());
                let entry = self.entry(word, parts);
                self.add(entry)
            }
        }
    }

    fn add_parts(&mut self, parts: impl Iterator<Item = WordId>) -> (u32, u32) {
        let start = self.words.parts.len() as u32;
        self.words.parts.extend(parts);
        (start, self.words.parts.len() as u32)
    }

    fn add(&mut self, entry: WordEntry) -> WordId {
        let id = WordId(self.words.entries.len() as u32);
        if let Some((_, ids)) = self.by_language.get_mut(self.current) {
            ids.insert(entry.text.clone(), id);
        }
        self.words.entries.push(entry);
        id
    }

    fn entry(&self, word: &str, parts: (u32, u32)) -> WordEntry {
        let language = self.language().unwrap_or(Language::UNKNOWN);
        let (stem, traits) = match &self.stemmer {
            Some(stemmer) => known(word, language, || {
                let traits = traits(word, self.data());
                let stem = match traits.has(WordTraits::CONTENT) {
                    true => match spelled_out(word) {
                        Some(letters) => stemmer.stem(&letters).into(),
                        None => stemmer.stem(word).into(),
                    },
                    false => "".into(),
                };
                (stem, traits)
            }),
            None => (Box::default(), traits(word, self.data())),
        };
        WordEntry { text: word.into(), stem, language, traits, parts }
    }
}

/// Words that each thread remembers of a language, about 3 MB; most words of a session are among the first
/// that any session has.
const REMEMBERED: usize = 1 << 15;

/// The stem and the traits of a word.
type Known = (Box<str>, WordTraits);

thread_local! {
    /// What was made of words of earlier sessions. It depends on the word alone, so that it only saves work.
    static KNOWN: RefCell<FxHashMap<Language, FxHashMap<Box<str>, Known>>> = RefCell::default();
}

/// What is remembered of a word, or is made of it now.
fn known(word: &str, language: Language, make: impl FnOnce() -> Known) -> Known {
    KNOWN.with_borrow_mut(|known| {
        let known = known.entry(language).or_default();
        if let Some(known) = known.get(word) {
            return known.clone();
        }
        let made = make();
        if known.len() < REMEMBERED {
            known.insert(word.into(), made.clone());
        }
        made
    })
}

/// The letters of a word that is spelled out with marks between, as transcribers of speech write what is said letter
/// by letter: `l_c_d_` is said as `lcd`. None of other words.
fn spelled_out(word: &str) -> Option<String> {
    let letters: Vec<&str> = word.trim_end_matches('_').split('_').collect();
    let is_letter = |part: &&str| part.chars().count() == 1 && part.chars().all(char::is_alphabetic);
    (letters.len() > 1 && letters.iter().all(is_letter)).then(|| letters.concat())
}

/// The parts of a hyphenated compound, or the characters of a word with ideographs; none of others.
fn divided(word: &str) -> impl Iterator<Item = &str> {
    let ideographs = word.contains(is_ideograph);
    let compound = !ideographs && word.contains(['-', '‑', '–']);
    let characters =
        word.split("").filter(move |part| ideographs && !part.is_empty() && part.len() < word.len());
    let of_compound = parts(word).filter(move |part| compound && part.len() < word.len());
    characters.chain(of_compound)
}

fn traits(word: &str, data: &LanguageData) -> WordTraits {
    let stop_word = data.stop_word(word);
    let filler = data.is_filler(word);
    let mut traits = WordTraits::default();
    let content = stop_word.is_none() && !filler && word.chars().any(char::is_alphanumeric);
    traits.set_if(WordTraits::CONTENT, content);
    traits.set_if(WordTraits::STOP_WORD, stop_word.is_some());
    traits.set_if(WordTraits::NEGATION, stop_word == Some(StopWord::Negation));
    traits.set_if(WordTraits::MODAL, stop_word == Some(StopWord::Modal));
    traits.set_if(WordTraits::FILLER, filler);
    traits.set_if(WordTraits::OPENS_FILLER, data.opens_filler(word));
    traits.set_if(WordTraits::REPEATED, data.is_repeated(word));
    traits.set_if(WordTraits::SUBJECT, data.is_subject(word));
    traits.set_if(WordTraits::ALPHABETIC, word.chars().all(char::is_alphabetic));
    traits.set_if(WordTraits::HAS_DIGIT, word.bytes().any(|byte| byte.is_ascii_digit()));
    traits.set_if(WordTraits::HAS_IDEOGRAPHS, word.contains(is_ideograph));
    traits
}
