//! How a sentence is worded: like a written statement or like talk, for whom, with a reason. Where a
//! language has no list of such words, all shares are 0.

use rustc_hash::FxHashMap;

use crate::language::{ByLanguage, List, Sections};
use crate::model::Language;

/// Kinds of words, in the order of [`Wording`]'s shares.
const KINDS: [&str; N] = ["nominal", "involved", "first-person", "second-person", "reason"];

const N: usize = 5;

/// What share of a sentence's words is of each kind, from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Wording {
    shares: [f64; N],
}

impl Wording {
    /// The shares of a text in a language.
    pub(super) fn of(text: &str, language: Language) -> Self {
        let Some(kinds) = kinds(language) else { return Wording::default() };
        let (mut hits, mut all) = ([0u32; N], 0u32);
        for word in text.split_whitespace() {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric());
            if word.is_empty() {
                continue;
            }
            all += 1;
            let mask = match word.bytes().all(|b| b.is_ascii_lowercase()) {
                true => kinds.get(word),
                false => kinds.get(word.to_lowercase().replace('’', "'").as_str()),
            };
            for (kind, hits) in hits.iter_mut().enumerate() {
                *hits += u32::from(mask.is_some_and(|mask| mask & (1 << kind) != 0));
            }
        }
        Wording { shares: hits.map(|hits| f64::from(hits) / f64::from(all.max(1))) }
    }

    /// How much it is worded as a written statement is: 1 where two words of five are articles and
    /// prepositions.
    pub(super) fn nominal(self) -> f64 {
        (2.5 * self.shares[0]).min(1.0)
    }

    /// How much it is worded as spontaneous talk is: 1 where every other word is of that kind.
    pub(super) fn involved(self) -> f64 {
        (2.0 * self.shares[1]).min(1.0)
    }

    /// 1 where it speaks for those who say it, else 0.
    pub(super) fn first_person(self) -> f64 {
        f64::from(self.shares[2] > 0.0)
    }

    /// 1 where it speaks to somebody, else 0.
    pub(super) fn second_person(self) -> f64 {
        f64::from(self.shares[3] > 0.0)
    }

    /// 1 where it gives a reason, else 0.
    pub(super) fn reason(self) -> f64 {
        f64::from(self.shares[4] > 0.0)
    }
}

/// The kinds of each word of a language, as bits.
type Kinds = FxHashMap<&'static str, u8>;

fn kinds(language: Language) -> Option<&'static Kinds> {
    static PARSED: ByLanguage<Option<Kinds>> = ByLanguage::new();
    PARSED.of_list(language, List::Wording, |_, sections| parse(&sections))
}

fn parse(sections: &Sections<'static>) -> Kinds {
    let mut kinds = Kinds::default();
    for (bit, kind) in KINDS.iter().enumerate() {
        sections.words(kind).for_each(|word| *kinds.entry(word).or_default() |= 1 << bit);
    }
    kinds
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(language: &str, text: &str, expected: [f64; 5]) {
        let wording = Wording::of(text, language.parse().unwrap());
        let found = [
            wording.nominal(),
            wording.involved(),
            wording.first_person(),
            wording.second_person(),
            wording.reason(),
        ];
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_sentence_is_told_by_its_small_words() {
        check("en", "The fee of the port is due by May.", [1.0, 0.0, 0.0, 0.0, 1.0]);
        check("en", "I’m sure, you know.", [0.0, 1.0, 1.0, 1.0, 0.0]);
        check("de", "Wir warten.", [0.0, 0.0, 1.0, 0.0, 0.0]);
        check("fi", "Minä odotan.", [0.0; 5]);
        check("en", "", [0.0; 5]);
    }
}
