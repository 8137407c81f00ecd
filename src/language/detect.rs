//! The language of a text: a guess from letters, believed only where the words of the language bear
//! it out.
//!
//! The library always answers with one of its languages, whatever the text; a Finnish session would
//! be Swedish. Every text of some length is full of function words, so a language is taken only where
//! enough of the words are stop words of it.

use rustc_hash::FxHashMap;
use whichlang::Lang;

use crate::model::Language;

use super::table::{LANGUAGES, Row, Script, row};
use super::word_lists::{LanguageData, data};
use super::words::{normalize, words};

/// What a text's language was found to be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Detection {
    /// The language; unknown where there is no data for it, or too little text to tell.
    pub language: Language,
    /// What the letters look like, also where there is no data for that language.
    pub looks_like: &'static str,
    /// Words that were looked at; see [`ENOUGH`].
    pub words: usize,
    /// Share of them that are stop words of the language, 0 to 1.
    pub share: f64,
    /// Whether most of the words are written in Latin letters.
    pub is_latin: bool,
}

impl Detection {
    /// Whether the language is certain even for a short text.
    pub fn is_certain(&self) -> bool {
        self.words >= 5 && self.share >= CERTAIN
    }
}

/// Words below which a text is too short to tell its language.
pub const ENOUGH: usize = 40;

/// Share of stop words from which on a language is believed that the letters look like.
const BELIEVED: f64 = 0.15;
/// Share from which on a language is believed even where the letters look like another one.
const CERTAIN: f64 = 0.3;
/// Chinese and Arabic write much together that is words of its own elsewhere.
const BELIEVED_DENSE: f64 = 0.08;

/// Parts of a long text that are looked at, and their length in bytes.
const PARTS: usize = 40;
const PART: usize = 600;

/// The language of most of a text, from evenly spaced parts of it where it is long.
pub fn detect(text: &str) -> Detection {
    let parts = sample(text);
    let guess = looks_like(&parts);
    let mut spoken = Counts::default();
    parts.iter().for_each(|part| spoken.add(part, |word| word.contains(char::is_alphabetic)));
    let shares = LANGUAGES.iter().filter(|row| spoken.fit_script(row.script));
    let shares: Vec<(&Row, f64)> =
        shares.map(|row| (row, spoken.share_of_stop_words(data(row.language())))).collect();
    let guessed = shares.iter().find(|(row, share)| {
        let least = if row.script.is_dense() { BELIEVED_DENSE } else { BELIEVED };
        row.detected_as == Some(guess) && *share >= least
    });
    // The first of equals, in the order of the table.
    let best = shares.iter().rev().max_by(|a, b| a.1.total_cmp(&b.1)).filter(|best| best.1 >= CERTAIN);
    let clear = |best: &&(&Row, f64)| guessed.is_none_or(|guessed| best.1 >= 1.3 * guessed.1);
    let (language, share) = best
        .filter(clear)
        .or(guessed)
        .map_or((Language::UNKNOWN, 0.0), |(row, share)| (row.language(), *share));
    let is_latin = spoken.fit_script(Script::Latin);
    Detection { language, looks_like: name(guess), words: spoken.n_words, share, is_latin }
}

/// Whether the beginning of a text has enough stop words of the language to be in no other.
pub fn is_likely(text: &str, language: Language) -> bool {
    let beginning = text.get(..text.floor_char_boundary(PART)).unwrap_or("");
    let (data, words) = (data(language), words(beginning));
    let n_words = words.len().max(1) as f64;
    let mut n_known = 0.0;
    // Mostly half of them are enough to tell.
    words.iter().any(|word| {
        let word = normalize(word.of(beginning));
        n_known += f64::from(data.is_stop_word(&word) || data.is_filler(&word));
        n_known / n_words >= CERTAIN
    })
}

/// Whether there are word lists for a language.
pub fn has_data(language: Language) -> bool {
    row(language).is_some()
}

/// The whole of a short text, else parts of it.
fn sample(text: &str) -> Vec<&str> {
    if text.len() <= PARTS * PART {
        return vec![text];
    }
    let part = |number: usize| {
        let start = text.ceil_char_boundary(text.len() / PARTS * number);
        let end = text.floor_char_boundary((start + PART).min(text.len()));
        text.get(start..end).unwrap_or("")
    };
    (0..PARTS).map(part).collect()
}

/// What most of the parts look like, by their length; of equals the first in the library's order.
fn looks_like(parts: &[&str]) -> Lang {
    let mut votes = vec![0; whichlang::LANGUAGES.len()];
    for part in parts {
        let guess = whichlang::detect_language(part);
        if let Some(at) = whichlang::LANGUAGES.iter().position(|&lang| lang == guess) {
            votes[at] += part.len();
        }
    }
    let most = (0..votes.len()).rev().max_by_key(|&at| votes[at]);
    most.and_then(|at| whichlang::LANGUAGES.get(at).copied()).unwrap_or(Lang::Eng)
}

/// The distinct words of a text, normalised, with their numbers.
#[derive(Default)]
struct Counts {
    counts: FxHashMap<Box<str>, usize>,
    n_words: usize,
}

impl Counts {
    /// Adds the words of a text that `takes` does not leave out.
    fn add(&mut self, text: &str, takes: impl Fn(&str) -> bool) {
        for span in words(text) {
            let word = normalize(span.of(text));
            if let Some(count) = self.counts.get_mut(&*word) {
                *count += 1;
            } else if takes(&word) {
                self.counts.insert(word.into(), 1);
            } else {
                continue;
            }
            self.n_words += 1;
        }
    }

    /// Whether at least half of the words are written in the script.
    fn fit_script(&self, script: Script) -> bool {
        let fitting = self.number(|word| word.chars().next().is_some_and(|c| script.has(c)));
        2 * fitting >= self.n_words && fitting > 0
    }

    fn share_of_stop_words(&self, data: &LanguageData) -> f64 {
        let known = self.number(|word| data.is_stop_word(word) || data.is_filler(word));
        known as f64 / self.n_words.max(1) as f64
    }

    fn number(&self, counts: impl Fn(&str) -> bool) -> usize {
        self.counts.iter().filter(|(word, _)| counts(word)).map(|(_, count)| count).sum()
    }
}

/// The English name of a language that letters may look like, also of one without a row.
fn name(lang: Lang) -> &'static str {
    let known = LANGUAGES.iter().find(|row| row.detected_as == Some(lang));
    known.map_or_else(|| name_without_row(lang), |row| row.name)
}

fn name_without_row(lang: Lang) -> &'static str {
    match lang {
        Lang::Hin => "Hindi",
        Lang::Jpn => "Japanese",
        Lang::Kor => "Korean",
        Lang::Nld => "Dutch",
        Lang::Swe => "Swedish",
        Lang::Tur => "Turkish",
        Lang::Vie => "Vietnamese",
        other => other.three_letter_code(),
    }
}
