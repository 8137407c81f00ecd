//! Phrases of the data files, and where they stand among the words of a sentence.
//!
//! A phrase is a row of words. `a|b` is one word or the other, `support*` every word that begins so,
//! `word?` a word that may be absent, `~` up to three words of any kind but negations, `~~` up to ten and commas. Adverbs (a list of
//! the language) may stand between the words of a phrase; marks may not.

use rustc_hash::FxHashMap;

use super::tokens::Token;

/// One place of a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Slot {
    words: Vec<Form>,
    optional: bool,
    /// Stands for up to so many words of any kind; 0 for a word of its own.
    gap: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Form {
    Exact(String),
    Prefix(String),
}

impl Form {
    fn of(text: &str) -> Self {
        match text.strip_suffix('*') {
            Some(prefix) => Form::Prefix(prefix.to_owned()),
            None => Form::Exact(text.to_owned()),
        }
    }

    fn fits(&self, word: &str) -> bool {
        match self {
            Form::Exact(exact) => exact == word,
            Form::Prefix(prefix) => word.starts_with(prefix.as_str()),
        }
    }
}

impl Slot {
    fn of(text: &str) -> Self {
        let (text, optional) = text.strip_suffix('?').map_or((text, false), |word| (word, true));
        let gap = match text {
            "~" => GAP,
            "~~" => WIDE_GAP,
            _ => 0,
        };
        Slot { words: text.split('|').map(Form::of).collect(), optional: optional || gap > 0, gap }
    }

    fn fits(&self, token: &Token) -> bool {
        !token.is_mark() && self.words.iter().any(|form| form.fits(&token.text))
    }
}

/// Phrases, each with what it means.
#[derive(Debug, Clone)]
pub(super) struct Phrases<M> {
    entries: Vec<(Vec<Slot>, M)>,
    by_word: FxHashMap<String, Vec<usize>>,
    by_prefix: FxHashMap<String, Vec<usize>>,
}

impl<M> Default for Phrases<M> {
    fn default() -> Self {
        Phrases { entries: Vec::new(), by_word: FxHashMap::default(), by_prefix: FxHashMap::default() }
    }
}

/// A phrase found: its first and last token, and what it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found<M> {
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) meaning: M,
}

/// What a word may do inside a phrase that it is no part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Between {
    /// Stand between any two words: an adverb.
    Anywhere,
    /// Stand for a word of `~`.
    Gap,
    /// Nothing: it would change what the phrase says.
    Nowhere,
}

/// Most words that `~` stands for.
const GAP: usize = 3;
/// Most words that `~~` stands for: “the statement delivered earlier by the representative of”.
const WIDE_GAP: usize = 10;

impl<M: Copy> Phrases<M> {
    /// Adds a phrase; one that has no words or begins with a word that may be absent is left out.
    pub(super) fn add(&mut self, phrase: &str, meaning: M) {
        let slots: Vec<Slot> = phrase.split_whitespace().map(Slot::of).collect();
        let Some(first) = slots.first().filter(|slot| !slot.optional) else { return };
        for form in &first.words {
            let (index, key) = match form {
                Form::Exact(word) => (&mut self.by_word, word),
                Form::Prefix(prefix) => (&mut self.by_prefix, prefix),
            };
            index.entry(key.clone()).or_default().push(self.entries.len());
        }
        self.entries.push((slots, meaning));
    }

    /// Number of phrases.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Every phrase at every place, by place and then in the order of the files.
    pub(super) fn find(&self, tokens: &[Token], between: impl Fn(usize) -> Between) -> Vec<Found<M>> {
        let mut found = Vec::new();
        for (first, token) in tokens.iter().enumerate().filter(|(_, token)| !token.is_mark()) {
            let mut entries: Vec<usize> = self.by_word.get(token.text.as_str()).cloned().unwrap_or_default();
            for (at, c) in token.text.char_indices() {
                entries.extend(self.by_prefix.get(&token.text[..at + c.len_utf8()]).into_iter().flatten());
            }
            entries.sort_unstable();
            entries.dedup();
            for entry in entries {
                let (slots, meaning) = &self.entries[entry];
                if let Some(last) = fit(&slots[1..], tokens, first, &between) {
                    found.push(Found { first, last, meaning: *meaning });
                }
            }
        }
        found
    }
}

/// The last token of the phrase whose remaining `slots` follow token `at`, if they do.
fn fit(slots: &[Slot], tokens: &[Token], at: usize, between: &impl Fn(usize) -> Between) -> Option<usize> {
    let Some((slot, rest)) = slots.split_first() else { return Some(at) };
    if slot.gap > 0 {
        let mut end = at;
        for _ in 0..=slot.gap {
            if let Some(last) = fit(rest, tokens, end, between) {
                return Some(last);
            }
            end += 1;
            let is_open = |token: &&Token| !token.is_mark() || slot.gap == WIDE_GAP && token.text == ",";
            tokens.get(end).filter(|token| is_open(token) && between(end) != Between::Nowhere)?;
        }
        return None;
    }
    let mut next = at + 1;
    loop {
        let token = tokens.get(next);
        if token.is_some_and(|token| slot.fits(token)) {
            return fit(rest, tokens, next, between);
        }
        if token.is_none_or(Token::is_mark) || between(next) != Between::Anywhere {
            return if slot.optional { fit(rest, tokens, at, between) } else { None };
        }
        next += 1;
    }
}
