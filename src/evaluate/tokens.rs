//! Words as ROUGE counts them, numbered so that comparing them is comparing integers.

use rustc_hash::FxHashMap;

use super::porter;

/// Whether words are reduced to their stems before they are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Stemming {
    /// Words of more than three letters are stemmed with [`porter::stem`].
    #[default]
    Porter,
    /// Words are compared as they are.
    None,
}

/// Numbers for words: equal words have equal numbers.
#[derive(Debug)]
pub(super) struct Numbering {
    stemming: Stemming,
    by_word: FxHashMap<String, u32>,
    by_stem: FxHashMap<String, u32>,
}

impl Numbering {
    /// No word is numbered yet.
    pub(super) fn new(stemming: Stemming) -> Self {
        Numbering { stemming, by_word: FxHashMap::default(), by_stem: FxHashMap::default() }
    }

    /// The words of a text by number: lower-cased runs of `a–z` and `0–9`; every other character
    /// separates words.
    pub(super) fn words(&mut self, text: &str) -> Vec<u32> {
        let mut words = Vec::new();
        let mut word = String::new();
        for character in text.chars().flat_map(char::to_lowercase) {
            if character.is_ascii_alphanumeric() {
                word.push(character);
            } else if !word.is_empty() {
                words.push(self.number(&word));
                word.clear();
            }
        }
        if !word.is_empty() {
            words.push(self.number(&word));
        }
        words
    }

    fn number(&mut self, word: &str) -> u32 {
        if let Some(&number) = self.by_word.get(word) {
            return number;
        }
        let stem = match self.stemming {
            Stemming::Porter if word.len() > 3 => porter::stem(word),
            _ => word.to_owned(),
        };
        let next = self.by_stem.len() as u32;
        let number = *self.by_stem.entry(stem).or_insert(next);
        self.by_word.insert(word.to_owned(), number);
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn punctuation_case_and_other_scripts_separate_or_vanish() {
        let cases: [(&str, &[u32]); 6] = [
            ("The the THE", &[0, 0, 0]),
            ("well-known, well known", &[0, 1, 0, 1]),
            ("naïve na ve", &[0, 1, 0, 1]),
            // The Kelvin sign is a k in lower case; the dotted capital I is an i with a separate dot.
            ("\u{212A}elvin kelvin", &[0, 0]),
            ("\u{130}x i x", &[0, 1, 0, 1]),
            (" …—\u{a0}\n", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(Numbering::new(Stemming::None).words(text), expected, "{text}");
        }
    }

    #[test]
    fn only_words_of_more_than_three_letters_are_stemmed() {
        assert_eq!(Numbering::new(Stemming::Porter).words("cats cat his hi"), [0, 0, 1, 2]);
        assert_eq!(Numbering::new(Stemming::None).words("cats cat"), [0, 1]);
    }
}
