//! Sentences: the units that are weighed, ranked and quoted.

use super::span::Span;

/// Index of a sentence among all sentences of its session, in reading order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SentenceId(pub u32);

impl SentenceId {
    /// The index as a `usize`.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What kind of talk a sentence is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kind {
    /// Says something; may be evidence.
    #[default]
    Speech,
    /// Courtesy and procedure (thanks, handing over the floor, next slide); never evidence.
    Procedural,
    /// Nothing but noise markers and fillers; never evidence.
    Noise,
}

/// A sentence of a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// Index of its turn.
    pub turn: u32,
    /// Its number within the turn, from 0.
    pub number: u32,
    /// Place in the turn's text.
    pub span: Span,
    /// Number of words a reader sees, without fillers and noise.
    pub words: u32,
    /// The same in words of a dictionary, to compare lengths of sentences: fewer than `words` where
    /// these are ideographs.
    pub length: u32,
    /// Words of the source that begin in it, noise included.
    pub source_words: u32,
    /// How many of them are noise markers.
    pub noise_words: u32,
    /// What kind of talk it is.
    pub kind: Kind,
}
