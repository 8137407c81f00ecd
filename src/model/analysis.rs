//! A session cut into sentences, with the terms and cues of each: what the later stages work on.

use super::language::Language;
use super::name_word::NameWords;
use super::sentence::{Sentence, SentenceId};
use super::term::{TermId, Vocabulary};
use super::token::Tokens;

/// What a cue phrase in a sentence tells of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CueKind {
    /// States a view, a demand, a refusal, a concern, a proposal.
    Position,
    /// Draws a conclusion or names what matters most.
    Conclusion,
    /// Records a decision or a next step.
    Decision,
    /// Courtesy, the conduct of the meeting, remarks on the talk itself.
    Procedure,
    /// Opens by leaning on what was said before: He, This, That, So.
    Leaning,
    /// Mourns or honours the dead, or offers sympathy to those they leave behind.
    Condolence,
}

impl CueKind {
    /// The name used in reasons for scores.
    pub fn name(self) -> &'static str {
        match self {
            CueKind::Position => "cue",
            CueKind::Conclusion => "conclusion",
            CueKind::Decision => "decision",
            CueKind::Procedure => "procedure",
            CueKind::Leaning => "leaning",
            CueKind::Condolence => "condolence",
        }
    }
}

/// A cue phrase found in a sentence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cue {
    /// What it tells.
    pub kind: CueKind,
    /// The phrase as the language's data has it.
    pub phrase: &'static str,
    /// How strongly it tells it, above 0 and up to 1.
    pub strength: f64,
}

/// The sentences of a session, and the terms and cues of each.
#[derive(Debug, Clone, Default)]
pub struct Analysis {
    /// The language the text was taken for.
    pub language: Option<Language>,
    /// All words and marks.
    pub tokens: Tokens,
    /// The words in which names are looked for.
    pub name_words: NameWords,
    /// In reading order.
    pub sentences: Vec<Sentence>,
    /// The distinct terms.
    pub vocabulary: Vocabulary,
    /// The first sentence of each turn, and one past the last sentence at the end.
    pub first_of_turn: Vec<u32>,
    /// Content terms of all sentences in order, each as often as it occurs.
    pub terms: Vec<TermId>,
    /// Where the terms of each sentence begin in `terms`, and one past the end.
    pub term_starts: Vec<u32>,
    /// Cues of all sentences in order.
    pub cues: Vec<Cue>,
    /// The first token of each cue.
    pub cue_tokens: Vec<u32>,
    /// Where the cues of each sentence begin in `cues`, and one past the end.
    pub cue_starts: Vec<u32>,
}

impl Analysis {
    /// All sentence ids in reading order.
    pub fn ids(&self) -> impl Iterator<Item = SentenceId> + use<> {
        (0..self.sentences.len() as u32).map(SentenceId)
    }

    /// A sentence.
    pub fn sentence(&self, id: SentenceId) -> &Sentence {
        &self.sentences[id.index()]
    }

    /// The content terms of a sentence, each as often as it occurs.
    pub fn terms_of(&self, id: SentenceId) -> &[TermId] {
        &self.terms[self.term_starts[id.index()] as usize..self.term_starts[id.index() + 1] as usize]
    }

    /// The cues of a sentence.
    pub fn cues_of(&self, id: SentenceId) -> &[Cue] {
        &self.cues[self.cue_starts[id.index()] as usize..self.cue_starts[id.index() + 1] as usize]
    }

    /// The cues of a sentence, each with its first token.
    pub fn placed_cues_of(&self, id: SentenceId) -> impl Iterator<Item = (&Cue, u32)> {
        let range = self.cue_starts[id.index()] as usize..self.cue_starts[id.index() + 1] as usize;
        self.cues[range.clone()].iter().zip(self.cue_tokens[range].iter().copied())
    }

    /// The sentences of a turn.
    pub fn sentences_of(&self, turn: usize) -> impl Iterator<Item = SentenceId> + use<> {
        let first = self.first_of_turn.get(turn).copied().unwrap_or(0);
        let end = self.first_of_turn.get(turn + 1).copied().unwrap_or(first);
        (first..end).map(SentenceId)
    }

    /// The sentence after `id` in the same turn.
    pub fn after(&self, id: SentenceId) -> Option<SentenceId> {
        let next = self.sentences.get(id.index() + 1)?;
        (next.turn == self.sentence(id).turn).then_some(SentenceId(id.0 + 1))
    }

    /// The sentence before `id` in the same turn.
    pub fn before(&self, id: SentenceId) -> Option<SentenceId> {
        (self.sentence(id).number > 0).then(|| SentenceId(id.0 - 1))
    }
}
