//! A sentence in which a speaker may say whom it speaks for.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use super::super::organisations::Passage;
use super::Turn;
use super::phrases::{Lead, LeadMatch, LeadPhrases};
use crate::language::{List, english};
use crate::model::{SentenceId, Span, Token, TokenFlags, TokenKind};

/// Words that deny what follows, and how others end.
struct Denying {
    words: BTreeSet<&'static str>,
    endings: Vec<&'static str>,
}

static DENYING: LazyLock<Denying> = LazyLock::new(|| {
    let sections = english(List::Affiliations);
    Denying {
        words: sections.texts("denying").collect(),
        endings: sections.texts("denying endings").collect(),
    }
});

/// A sentence of a turn, and the phrases that were found in it.
pub(super) struct SentenceOf<'a> {
    pub(super) turn: &'a Turn<'a>,
    pub(super) phrases: &'a LeadPhrases,
    /// Its place in the turn.
    pub(super) span: Span,
    /// Its tokens in the token table.
    pub(super) range: Range<usize>,
}

impl<'a> SentenceOf<'a> {
    pub(super) fn new(turn: &'a Turn<'a>, phrases: &'a LeadPhrases, id: SentenceId) -> Option<Self> {
        let range = turn.tokens().of_sentence(id);
        Some(SentenceOf { turn, phrases, span: turn.sentence(id)?, range })
    }

    /// The text of the turn.
    pub(super) fn text(&self) -> &'a str {
        self.turn.text
    }

    /// The turn as names of organisations are read in it.
    pub(super) fn passage(&self) -> Passage<'a> {
        self.turn.passage()
    }

    /// The phrases of a kind, the first of the list first.
    pub(super) fn leads(&self, lead: Lead) -> Vec<&'a LeadMatch> {
        self.phrases.of(lead, self.turn.tokens(), self.range.clone())
    }

    /// The longest phrase of a kind that begins at a token.
    pub(super) fn lead_at(&self, lead: Lead, token: usize) -> Option<&'a LeadMatch> {
        self.phrases
            .at(lead, self.turn.tokens(), token)
            .filter(|found| self.range.contains(&(found.first as usize)))
    }

    /// A token of the sentence.
    pub(super) fn token(&self, at: usize) -> Option<&'a Token> {
        self.turn.tokens().all.get(at).filter(|_| self.range.contains(&at))
    }

    /// Where a token begins in the turn.
    pub(super) fn start_of(&self, at: usize) -> Option<usize> {
        self.token(at).map(|token| token.span.start())
    }

    /// The word of a token in lower case; empty for what is no word.
    pub(super) fn word(&self, at: usize) -> &'a str {
        let token = self.token(at).filter(|token| token.is(TokenFlags::SOURCE_WORD));
        token.map_or("", |token| self.turn.tokens().words.text(token.word))
    }

    /// The first token that begins at or after a byte of the turn; one past the end where there is none.
    pub(super) fn token_from(&self, byte: usize) -> usize {
        let tokens = self.turn.tokens().slice(self.range.clone());
        self.range.start + tokens.partition_point(|token| token.span.start() < byte)
    }

    /// The first word at or after a token.
    pub(super) fn word_from(&self, at: usize) -> Option<usize> {
        (at..self.range.end).find(|&at| self.token(at).is_some_and(|token| token.is(TokenFlags::SOURCE_WORD)))
    }

    /// The words before a token, the nearest first.
    pub(super) fn words_before(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        let is_word = |at: &usize| self.token(*at).is_some_and(|token| token.is(TokenFlags::SOURCE_WORD));
        (self.range.start..at.min(self.range.end)).rev().filter(is_word)
    }

    /// Whether a comma stands at a token.
    pub(super) fn is_comma(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| token.kind == TokenKind::Comma)
    }

    /// Whether the words before a statement deny it: `I can't speak on behalf of`.
    pub(super) fn is_denied_before(&self, at: usize) -> bool {
        self.words_before(at).map(|at| self.word(at)).any(|word| {
            DENYING.words.contains(word) || DENYING.endings.iter().any(|ending| word.ends_with(ending))
        })
    }
}
