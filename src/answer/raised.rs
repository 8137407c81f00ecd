//! Sentences that say what kind of thing a question asks for: a figure, a time, a decision, the subject by its name.
//!
//! The trained scores find the place; of the sentences there, one that says a figure answers “How many …?”.

use rustc_hash::FxHashSet;

use crate::model::{Cue, CueKind, Keyness, Question, SentenceId, TermId};
use crate::prepare::Prepared;
use crate::rank::{self, Scores};
use crate::text::{Told, asks};

use crate::definition::Budget;

/// Sentences before and after one in its turn that may name what its figure is of.
const NEAR: usize = 1;

/// Share of the question's words from which a figure is said of the same: of “How many people die from guns each
/// year?”, a figure of guns in a year says something else.
const LEAST: f64 = 0.6;

/// The same where the figure stands before what is counted, which tells most of it.
const LEAST_COUNTED: f64 = 0.4;

/// The same for times: what happens then is often said in one word of the question's.
const LEAST_OF_TIMES: f64 = 0.5;

/// What a word of the question beside a sentence is worth, in words in the sentence itself.
const BESIDE: f64 = 0.5;

/// Strength from which a cue of a decision records one (“we agreed”, not “we will”): with intentions among them, ROUGE-1 of
/// val was 28.39, without 28.42.
const RECORDS: f64 = 0.8;

/// Relevance from which a decision is one about the subject.
const RELEVANT: f64 = 0.4;

/// How much less near than the best a sentence of the kind may be to be quoted beside it: one word of the question.
const AS_NEAR: f64 = 1.0;

/// Whether the kind of thing that a question asks for is said.
pub(super) enum AskedKind {
    /// It asks for no kind of thing that words tell.
    Any,
    /// By these candidates, given by index.
    Said(Vec<usize>),
    /// By none that is about the question.
    NotSaid,
}

/// The candidates of an answer, as far as one may be raised.
pub(super) struct Candidates<'a> {
    pub(super) prepared: &'a Prepared<'a>,
    pub(super) question: &'a Question,
    pub(super) ids: &'a [SentenceId],
    /// Which of them stand under a heading that names what the question is about.
    pub(super) headed: &'a [bool],
    pub(super) budget: Budget,
}

impl Candidates<'_> {
    /// Raises what says the kind of thing that the question asks for.
    pub(super) fn raise(&self, scores: &mut Scores) -> AskedKind {
        self.raise_the_subject(scores);
        match self.question {
            question if question.wants_figure => self.figures(scores),
            question if question.wants_time => self.times(scores),
            question => {
                if question.wants_decision {
                    self.raise_the_decision(scores);
                }
                AskedKind::Any
            }
        }
    }

    /// The sentences with a figure: first that which has most of the question's words in it and beside it, and the
    /// figure before what is counted.
    fn figures(&self, scores: &mut Scores) -> AskedKind {
        let vocabulary = &self.prepared.analysis.vocabulary;
        let counted: FxHashSet<&str> =
            self.question.counted.iter().map(|&term| vocabulary.stem(term)).collect();
        self.of_kind(scores, "says-a-figure", |told| {
            let (figure, amount) = (told.figure(&counted), told.amount());
            let strength = if self.question.wants_amount && amount == 0.0 { 0.0 } else { figure + amount };
            (strength, if figure > 1.0 { LEAST_COUNTED } else { LEAST })
        })
    }

    fn times(&self, scores: &mut Scores) -> AskedKind {
        self.of_kind(scores, "says-a-time", |told| (told.time(), LEAST_OF_TIMES))
    }

    /// The sentences that tell a kind of thing about as surely and as near to the question as the best, which is
    /// raised; `tells` gives how surely, and the share of the question's words that must be near.
    fn of_kind(
        &self,
        scores: &mut Scores,
        reason: &'static str,
        tells: impl Fn(&Told<'_>) -> (f64, f64),
    ) -> AskedKind {
        let n_terms = self.question.terms.len().max(1) as f64;
        let near = |id: SentenceId| {
            let nearness = self.nearness(id);
            let (strength, least) = if nearness > 0.0 { tells(&self.told(id)) } else { (0.0, 1.0) };
            let is_such = strength > 0.0 && nearness >= least * n_terms && self.fits(id);
            is_such.then_some(nearness + strength)
        };
        let near: Vec<Option<f64>> = self.ids.iter().map(|id| near(*id)).collect();
        let best = near.iter().flatten().copied().fold(0.0, f64::max);
        let is_as_near = |near: &Option<f64>| near.is_some_and(|near| near >= best - AS_NEAR);
        let group: Vec<usize> = (0..near.len()).filter(|&at| is_as_near(&near[at])).collect();
        // Of as near ones that of the better place.
        let places = self.places(scores);
        let worth = |at: usize| near[at].unwrap_or_default() + BESIDE * places[at];
        scores.raise_first(reason, &(0..near.len()).map(worth).collect::<Vec<f64>>(), group.clone());
        if group.is_empty() { AskedKind::NotSaid } else { AskedKind::Said(group) }
    }

    /// Raises the sentence that records a decision where the subject was discussed, the later of two alike.
    fn raise_the_decision(&self, scores: &mut Scores) {
        let keyness = Keyness::default();
        let context = self.prepared.context(self.ids, &keyness);
        let mut relevance = rank::answer::relevance(&context, self.question);
        for (relevance, _) in relevance.iter_mut().zip(self.headed).filter(|(_, headed)| **headed) {
            *relevance = 1.0;
        }
        let decides: Vec<f64> = self.ids.iter().map(|id| self.decides(*id)).collect();
        let is_such =
            |&at: &usize| decides[at] >= RECORDS && relevance[at] >= RELEVANT && self.fits(self.ids[at]);
        let group: Vec<usize> = (0..self.ids.len()).filter(is_such).collect();
        let places = self.places(scores);
        let worth = |at: usize| {
            // What comes later among them is more likely the end of the matter.
            let late = group.partition_point(|&other| other < at) as f64 / group.len().max(1) as f64;
            relevance[at] + decides[at] + BESIDE * places[at] + BESIDE * late
        };
        let worth: Vec<f64> = (0..self.ids.len()).map(worth).collect();
        scores.raise_first("records-a-decision", &worth, group);
    }

    /// How surely a sentence records a decision; 0 of a question.
    fn decides(&self, id: SentenceId) -> f64 {
        let analysis = &self.prepared.analysis;
        let sentence = analysis.sentence(id);
        let strength = |cue: &Cue| if cue.kind == CueKind::Decision { cue.strength } else { 0.0 };
        match asks(sentence.span.of(self.prepared.session.turn_text(sentence.turn as usize))) {
            true => 0.0,
            false if self.told(id).settles() => 1.0,
            false => analysis.cues_of(id).iter().map(strength).fold(0.0, f64::max),
        }
    }

    /// Where a question is about one thing, raises the best sentence that names it, or says a word related to it
    /// where none does, to the highest score: an answer from the right place that does not say its word is no answer
    /// to a reader.
    fn raise_the_subject(&self, scores: &mut Scores) {
        let [subject] = self.question.terms.as_slice() else { return };
        let says = |at: usize, is_meant: &dyn Fn(&TermId) -> bool| {
            let id = self.ids[at];
            self.prepared.analysis.terms_of(id).iter().any(is_meant) && self.fits(id)
        };
        let all = 0..self.ids.len();
        let mut naming: Vec<usize> = all.clone().filter(|&at| says(at, &|term| term == subject)).collect();
        if naming.is_empty() {
            naming = all.filter(|&at| says(at, &|term| self.question.related.contains(term))).collect();
        }
        scores.raise_best("names-it", &scores.totals(), [naming]);
    }

    /// The scores in distances from the mean to the highest: how good the place of each is; 0 where all are alike.
    fn places(&self, scores: &Scores) -> Vec<f64> {
        let spread = scores.spread();
        let scale = if spread > 0.0 { 1.0 / spread } else { 0.0 };
        scores.totals().iter().map(|total| total * scale).collect()
    }

    /// Whether a sentence may be quoted whole: one that is raised and left out for its length answers nothing.
    fn fits(&self, id: SentenceId) -> bool {
        match self.budget {
            Budget::Words(words) => self.prepared.quotable_words(id) <= words.get(),
            Budget::Sentences(_) | Budget::Percent(_) => true,
        }
    }

    fn told(&self, id: SentenceId) -> Told<'_> {
        let analysis = &self.prepared.analysis;
        let turn = analysis.sentence(id).turn as usize;
        let text = self.prepared.session.turn_text(turn);
        let range = analysis.tokens.of_sentence(id);
        Told::of(&analysis.tokens, range, text, self.prepared.session.language_of(turn))
    }

    /// How many of the question's words a sentence has, those of the sentences beside it in its turn counting half.
    fn nearness(&self, id: SentenceId) -> f64 {
        let analysis = &self.prepared.analysis;
        let says = |id: SentenceId, term: TermId| analysis.terms_of(id).contains(&term);
        let turn = analysis.sentence(id).turn;
        let beside: Vec<SentenceId> = analysis
            .ids()
            .skip(id.index().saturating_sub(NEAR))
            .take(2 * NEAR + 1)
            .filter(|other| *other != id && analysis.sentence(*other).turn == turn)
            .collect();
        let of_term = |&term: &TermId| match says(id, term) {
            true => 1.0,
            false if beside.iter().any(|&other| says(other, term)) => BESIDE,
            false => 0.0,
        };
        self.question.terms.iter().map(of_term).sum()
    }
}
