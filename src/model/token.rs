//! The tokens of a session: words and marks with their places, each distinct word once.

use std::ops::Range;

use super::language::Language;
use super::name_word::NameWords;
use super::sentence::{Sentence, SentenceId};
use super::span::Span;

/// Index of a distinct word in [`Words`]; a word that two languages share has two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordId(pub u32);

impl WordId {
    /// The empty word, which noise markers have.
    pub const NONE: WordId = WordId(0);

    /// The index as a `usize`.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TokenKind {
    /// A word as written, between white space and marks: “and/or”, “’re”.
    Word,
    /// A comma.
    Comma,
    /// A dash or several.
    Dash,
    /// Full stop, question mark, exclamation mark, ellipsis, colon, semicolon.
    Stop,
    /// Quotes, brackets and all other marks.
    Mark,
    /// A noise marker.
    Noise,
    /// A word of the dictionary inside or across written words, which stand in the table as well:
    /// “and” and “or” of “and/or”, “thirty-six” of “thirty - six”.
    Part,
}

/// Properties of a token, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TokenFlags(u16);

impl TokenFlags {
    /// White space stands before it.
    pub const SPACED: TokenFlags = TokenFlags(1);
    /// Spoken on purpose: no noise, no sound such as “uh”, no false start.
    pub const SPOKEN: TokenFlags = TokenFlags(1 << 1);
    /// A reader sees it: spoken, and no filler such as “you know”.
    pub const SHOWN: TokenFlags = TokenFlags(1 << 2);
    /// A reader sees a space before it.
    pub const SHOWN_SPACED: TokenFlags = TokenFlags(1 << 3);
    /// A word of the source, as `text::words` divides it.
    pub const SOURCE_WORD: TokenFlags = TokenFlags(1 << 4);
    /// A word of what a reader sees, as `text::words` divides that.
    pub const SHOWN_WORD: TokenFlags = TokenFlags(1 << 5);
    /// The first source word of a run without white space.
    pub const OPENS_RUN: TokenFlags = TokenFlags(1 << 6);
    /// Begins with a capital.
    pub const CAPITALISED: TokenFlags = TokenFlags(1 << 7);
    /// Has more than one letter, and all are capitals.
    pub const ALL_CAPITALS: TokenFlags = TokenFlags(1 << 8);
    /// Is written otherwise than its normalised word.
    pub const RECASED: TokenFlags = TokenFlags(1 << 9);

    /// Whether all bits of `other` are set.
    pub fn has(self, other: TokenFlags) -> bool {
        self.0 & other.0 == other.0
    }

    /// Sets the bits of `other`, or clears them.
    pub fn set(&mut self, other: TokenFlags, on: bool) {
        if on {
            self.0 |= other.0;
        } else {
            self.0 &= !other.0;
        }
    }
}

/// A word or a mark in the text of its turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Its place in the turn's text.
    pub span: Span,
    /// The distinct word or mark; [`WordId::NONE`] for noise.
    pub word: WordId,
    /// What it is.
    pub kind: TokenKind,
    /// Its properties.
    pub flags: TokenFlags,
}

impl Token {
    /// Whether it has the property.
    pub fn is(&self, flag: TokenFlags) -> bool {
        self.flags.has(flag)
    }

    /// Whether it is a word as written that is spoken on purpose.
    pub fn is_spoken_word(&self) -> bool {
        self.kind == TokenKind::Word && self.is(TokenFlags::SPOKEN)
    }

    /// Whether it divides or marks words as written.
    pub fn is_mark(&self) -> bool {
        matches!(self.kind, TokenKind::Comma | TokenKind::Dash | TokenKind::Stop | TokenKind::Mark)
    }
}

/// Properties of a distinct word in its language, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WordTraits(u16);

impl WordTraits {
    /// Carries content: has a letter or digit, and is neither stop word nor filler.
    pub const CONTENT: WordTraits = WordTraits(1);
    /// A stop word, of any class.
    pub const STOP_WORD: WordTraits = WordTraits(1 << 1);
    /// A stop word that negates.
    pub const NEGATION: WordTraits = WordTraits(1 << 2);
    /// A stop word that says how binding a statement is.
    pub const MODAL: WordTraits = WordTraits(1 << 3);
    /// A sound that fills a pause.
    pub const FILLER: WordTraits = WordTraits(1 << 4);
    /// Opens a phrase that fills a pause.
    pub const OPENS_FILLER: WordTraits = WordTraits(1 << 5);
    /// May be said twice while its speaker looks for the next one.
    pub const REPEATED: WordTraits = WordTraits(1 << 6);
    /// Opens a clause of its own after a comma.
    pub const SUBJECT: WordTraits = WordTraits(1 << 7);
    /// Consists of letters.
    pub const ALPHABETIC: WordTraits = WordTraits(1 << 8);
    /// Has a digit.
    pub const HAS_DIGIT: WordTraits = WordTraits(1 << 9);
    /// Has ideographs.
    pub const HAS_IDEOGRAPHS: WordTraits = WordTraits(1 << 10);

    /// Whether all bits of `other` are set.
    pub fn has(self, other: WordTraits) -> bool {
        self.0 & other.0 == other.0
    }

    /// Sets the bits of `other` where `on`.
    pub fn set_if(&mut self, other: WordTraits, on: bool) {
        if on {
            self.0 |= other.0;
        }
    }
}

/// A distinct word in a language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordEntry {
    /// Lower case, with straight apostrophes.
    pub text: Box<str>,
    /// Its stem; empty where the word carries no content.
    pub stem: Box<str>,
    /// The language of the turns it is in.
    pub language: Language,
    /// Its properties.
    pub traits: WordTraits,
    /// The words it is put together of, as indices of `Words::parts`: the parts of a hyphenated
    /// compound, the characters of a word of ideographs; else none.
    pub parts: (u32, u32),
}

/// The distinct words of a session, in order of first appearance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// By id; the first is the empty word.
    pub entries: Vec<WordEntry>,
    /// Parts of words, to which their entries point.
    pub parts: Vec<WordId>,
}

impl Default for Words {
    fn default() -> Self {
        let none = WordEntry {
            text: Box::default(),
            stem: Box::default(),
            language: Language::UNKNOWN,
            traits: WordTraits::default(),
            parts: (0, 0),
        };
        Words { entries: vec![none], parts: Vec::new() }
    }
}

impl Words {
    /// What is known of a word.
    pub fn entry(&self, id: WordId) -> &WordEntry {
        self.entries.get(id.index()).unwrap_or(&self.entries[0])
    }

    /// The word in lower case with straight apostrophes.
    pub fn text(&self, id: WordId) -> &str {
        &self.entry(id).text
    }

    /// Whether the word has a property.
    pub fn is(&self, id: WordId, property: WordTraits) -> bool {
        self.entry(id).traits.has(property)
    }

    /// The words it is put together of: parts of a hyphenated compound, characters of a word of
    /// ideographs; none for any other word.
    pub fn parts_of(&self, id: WordId) -> &[WordId] {
        let (start, end) = self.entry(id).parts;
        self.parts.get(start as usize..end as usize).unwrap_or(&[])
    }

    /// Number of distinct words, the empty one included.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is no word.
    pub fn is_empty(&self) -> bool {
        self.entries.len() <= 1
    }
}

/// The token table of a session: all tokens in reading order, sentence by sentence.
///
/// Within a sentence they are ordered by start, of two with the same start the longer first. Ranges are
/// indices of the table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tokens {
    /// The distinct words.
    pub words: Words,
    /// All tokens.
    pub all: Vec<Token>,
    /// Where the tokens of each sentence begin in `all`, and one past the end.
    pub sentence_starts: Vec<u32>,
    /// The first sentence of each turn, and one past the last sentence at the end.
    pub turn_starts: Vec<u32>,
    /// The language of each turn.
    pub languages: Vec<Language>,
}

impl Tokens {
    /// The tokens of a range.
    pub fn slice(&self, range: Range<usize>) -> &[Token] {
        self.all.get(range).unwrap_or(&[])
    }

    /// The range of a sentence.
    pub fn of_sentence(&self, id: SentenceId) -> Range<usize> {
        self.start(id.index())..self.start(id.index() + 1)
    }

    /// The range of a turn.
    pub fn of_turn(&self, turn: usize) -> Range<usize> {
        self.start(self.first_sentence(turn))..self.start(self.first_sentence(turn + 1))
    }

    /// The range of the tokens of a turn that begin within `span`.
    pub fn of_span(&self, turn: usize, span: Span) -> Range<usize> {
        let range = self.of_turn(turn);
        let tokens = self.slice(range.clone());
        let from = tokens.partition_point(|token| token.span.start() < span.start());
        let to = tokens.partition_point(|token| token.span.start() < span.end());
        range.start + from..range.start + to.max(from)
    }

    /// The sentences of a turn.
    pub fn sentences_of(&self, turn: usize) -> impl Iterator<Item = SentenceId> + use<> {
        (self.first_sentence(turn) as u32..self.first_sentence(turn + 1) as u32).map(SentenceId)
    }

    /// The words of the source in a range, noise included.
    pub fn source_words(&self, range: Range<usize>) -> impl Iterator<Item = &Token> {
        self.slice(range).iter().filter(|token| token.is(TokenFlags::SOURCE_WORD))
    }

    /// The words in a range that a reader sees.
    pub fn shown_words(&self, range: Range<usize>) -> impl Iterator<Item = &Token> {
        self.slice(range).iter().filter(|token| token.is(TokenFlags::SHOWN_WORD))
    }

    /// The words in a range that are spoken on purpose, as written.
    pub fn spoken_words(&self, range: Range<usize>) -> impl Iterator<Item = &Token> {
        self.slice(range).iter().filter(|token| token.is_spoken_word())
    }

    /// The words in a range that a reader sees and that carry content.
    pub fn content_words(&self, range: Range<usize>) -> impl Iterator<Item = &Token> {
        self.shown_words(range).filter(|token| self.words.is(token.word, WordTraits::CONTENT))
    }

    /// Adds to `shown` what a reader sees of whole sentences; `text` is the text of their turn.
    pub fn show(&self, range: Range<usize>, text: &str, shown: &mut String) {
        show(self.slice(range), text, shown);
    }

    fn start(&self, sentence: usize) -> usize {
        self.sentence_starts.get(sentence).map_or(self.all.len(), |&start| start as usize)
    }

    fn first_sentence(&self, turn: usize) -> usize {
        let end = self.sentence_starts.len().saturating_sub(1);
        self.turn_starts.get(turn).map_or(end, |&first| first as usize)
    }
}

/// Adds to `shown` what a reader sees of tokens of `text`.
pub fn show(tokens: &[Token], text: &str, shown: &mut String) {
    let seen = |token: &&Token| token.kind != TokenKind::Part && token.is(TokenFlags::SHOWN);
    for token in tokens.iter().filter(seen) {
        if token.is(TokenFlags::SHOWN_SPACED) && !shown.is_empty() {
            shown.push(' ');
        }
        shown.push_str(token.span.of(text));
    }
}

/// A session read: its tokens and sentences, before anything is known of its people.
#[derive(Debug, Clone, Default)]
pub struct Text {
    /// The token table.
    pub tokens: Tokens,
    /// The sentences in reading order. Which of them are procedure is not known yet.
    pub sentences: Vec<Sentence>,
    /// The words in which names are looked for.
    pub name_words: NameWords,
}
