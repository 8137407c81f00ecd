//! How a sentence is worded: like a written statement or like talk, for whom, with a reason. Where a
//! language has no list of such words, all shares are 0.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::language::{ByLanguage, List, Sections};
use crate::model::{Language, SentenceId, TokenFlags, Tokens, Words};

use super::Context;

/// Kinds of words, in the order of [`Wording`]'s shares.
const KINDS: [&str; N] = ["nominal", "involved", "first-person", "second-person", "reason"];

const N: usize = 5;

/// What share of a sentence's words is of each kind, from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Wording {
    shares: [f64; N],
}

/// The kinds of each distinct word of a session, as bits.
pub(super) type OfWords = Vec<u8>;

/// What each distinct word of a session in a language tells.
pub(super) fn of_words(words: &Words, language: Option<Language>) -> OfWords {
    let Some(kinds) = language.and_then(kinds) else { return vec![0; words.len()] };
    words.entries.iter().map(|word| kinds.get(&*word.text).copied().unwrap_or(0)).collect()
}

impl Wording {
    /// The shares of a sentence.
    pub(super) fn of(context: &Context<'_>, id: SentenceId) -> Self {
        let tokens = &context.analysis.tokens;
        Wording::of_range(tokens, tokens.of_sentence(id), &context.whole.wording)
    }

    fn of_range(tokens: &Tokens, range: Range<usize>, kinds: &OfWords) -> Self {
        let (mut hits, mut all) = ([0u32; N], 0u32);
        let mut words = tokens.source_words(range).peekable();
        while let Some(word) = words.next() {
            let closes = words.peek().is_none_or(|next| next.is(TokenFlags::OPENS_RUN));
            if !word.is(TokenFlags::OPENS_RUN) {
                continue;
            }
            all += 1;
            // Of a run such as “and/or” no part is one of the small words that are listed.
            let mask = if closes { kinds.get(word.word.index()).copied().unwrap_or(0) } else { 0 };
            for (kind, hits) in hits.iter_mut().enumerate() {
                *hits += u32::from(mask & (1 << kind) != 0);
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
    use crate::text::read_line;

    fn check(language: &str, text: &str, expected: [f64; 5]) {
        let language = language.parse().unwrap();
        let tokens = read_line(text, language);
        let kinds = of_words(&tokens.words, Some(language));
        let wording = Wording::of_range(&tokens, tokens.of_turn(0), &kinds);
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
