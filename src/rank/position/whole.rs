//! What a whole session is about, which every voice in it is held against: worked out once a session.

use crate::model::{Analysis, Language, PositionKind, SentenceId, TermId, Weighting};
use crate::rank::wording;
use crate::text::{Hits, Matches, Over, find_all};

use super::hanging::kinds_of_words;
use super::kind::{self, told};
use super::sentence::centre;
use super::wording::lists;

/// Terms that weigh most in a session; as many as when the weights of positions were first trained.
const MAIN_TERMS: usize = 25;

/// The centre and the main terms of a session.
#[derive(Debug, Clone)]
pub struct Whole {
    /// The sum of the vectors of its sentences at length 1 each, at length 1, by term.
    pub(super) centre: Vec<f64>,
    /// The length of each sentence's vector.
    pub(super) norms: Vec<f64>,
    /// The terms with the largest count times inverse document frequency, sorted.
    pub(super) main_terms: Vec<TermId>,
    /// Where the word classes of the position model occur.
    classes: Matches<u16>,
    /// Where phrases occur that tell the kind of a position.
    kinds: Matches<u16>,
    /// What each distinct word at an opening tells of whether a sentence hangs.
    pub(super) hanging: Vec<u16>,
    /// What each distinct word tells of the wording of a sentence.
    pub(in crate::rank) wording: wording::OfWords,
}

impl Whole {
    /// Of a session.
    pub fn of(analysis: &Analysis, weighting: &Weighting) -> Self {
        let mut by_term = vec![0.0; weighting.idf.len()];
        for (term, weight) in centre(analysis.ids().map(|id| weighting.vector(id))).iter() {
            by_term[term.index()] = weight;
        }
        let mut weights: Vec<(f64, TermId)> =
            (0..weighting.idf.len() as u32).map(|term| (0.0, TermId(term))).collect();
        for term in &analysis.terms {
            weights[term.index()].0 += weighting.idf[term.index()];
        }
        weights.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut main_terms: Vec<TermId> = weights.iter().take(MAIN_TERMS).map(|&(_, term)| term).collect();
        main_terms.sort_unstable();
        let classes = |language: Language| Some(lists(language).classes.phrases());
        Whole {
            centre: by_term,
            norms: analysis.ids().map(|id| weighting.vector(id).norm()).collect(),
            main_terms,
            classes: find_all(&analysis.tokens, Over::Source, classes),
            kinds: find_all(&analysis.tokens, Over::Source, kind::phrases),
            hanging: kinds_of_words(&analysis.tokens.words),
            wording: wording::of_words(&analysis.tokens.words, analysis.language),
        }
    }

    /// The word classes of a sentence.
    pub(super) fn classes(&self, id: SentenceId) -> Hits {
        Hits::of_sentence(&self.classes, id)
    }

    /// Whether a sentence only reports what others say.
    pub(super) fn reports_others(&self, id: SentenceId) -> bool {
        kind::reports_others(&self.kind_hits(id))
    }

    /// Whether a sentence asks for information, or says who speaks or what comes next; `text` is its text.
    pub(super) fn announces(&self, id: SentenceId, text: &str) -> bool {
        kind::announces(&self.kind_hits(id), text)
    }

    /// The phrases of a sentence that tell its kind.
    fn kind_hits(&self, id: SentenceId) -> Hits {
        Hits::of_sentence(&self.kinds, id)
    }

    /// The kind of position that a sentence takes, if it takes one; `text` is its text.
    pub(crate) fn kind(&self, id: SentenceId, text: &str) -> Option<PositionKind> {
        told(&self.kind_hits(id), text)
    }
}
