//! Sentences that say what kind of thing a question asks for: a figure, a decision, the subject by its name.
//!
//! The trained scores find the place; of the sentences there, one that says a figure answers “How many …?”.

use crate::model::{Question, SentenceId, TermId, Token, TokenFlags, WordTraits};
use crate::prepare::Prepared;
use crate::rank::Scores;

/// Sentences before and after one in its turn that may name what its figure is of.
const NEAR: usize = 1;

/// Share of the question's words from which a figure is said of the same: of “How many people die from guns each
/// year?”, a figure of guns in a year says something else.
const LEAST: f64 = 0.6;

/// What a word of the question beside a sentence is worth, in words in the sentence itself.
const BESIDE: f64 = 0.5;

/// Raises the best sentence with a figure, where one is asked for: that which has most of the question's words in it
/// and beside it. Whether one has enough of them, or none is asked for.
pub(super) fn the_figure(
    prepared: &Prepared<'_>,
    question: &Question,
    candidates: &[SentenceId],
    scores: &mut Scores,
) -> bool {
    if !question.wants_figure {
        return true;
    }
    let totals = scores.totals();
    let spread = scores.spread().max(f64::MIN_POSITIVE);
    let least = LEAST * question.terms.len().max(1) as f64;
    let nearness: Vec<f64> = candidates.iter().map(|id| nearness(prepared, question, *id)).collect();
    // Of as near ones that of the better place.
    let worth = nearness.iter().zip(&totals).map(|(near, total)| near + total / spread * BESIDE);
    let is_such = |&i: &usize| nearness[i] >= least && has_figure(prepared, candidates[i]);
    let group: Vec<usize> = (0..candidates.len()).filter(is_such).collect();
    let is_any = !group.is_empty();
    scores.raise_best("says-a-figure", &worth.collect::<Vec<f64>>(), [group]);
    is_any
}

/// Where a question is about one thing, raises the best sentence that names it to the highest score: an
/// answer from the right place that does not say its word is no answer to a reader.
pub(super) fn the_subject(
    prepared: &Prepared<'_>,
    question: &Question,
    candidates: &[SentenceId],
    scores: &mut Scores,
) {
    let [subject] = question.terms.as_slice() else { return };
    let names = |&i: &usize| prepared.analysis.terms_of(candidates[i]).contains(subject);
    let naming = (0..candidates.len()).filter(names).collect();
    scores.raise_best("names-it", &scores.totals(), [naming]);
}

/// How many of the question's words a sentence has, those of the sentences beside it in its turn counting half.
fn nearness(prepared: &Prepared<'_>, question: &Question, id: SentenceId) -> f64 {
    let analysis = &prepared.analysis;
    let says = |id: SentenceId, term: TermId| analysis.terms_of(id).contains(&term);
    let turn = analysis.sentence(id).turn;
    let at = id.index();
    let beside: Vec<SentenceId> = analysis
        .ids()
        .skip(at.saturating_sub(NEAR))
        .take(2 * NEAR + 1)
        .filter(|other| *other != id && analysis.sentence(*other).turn == turn)
        .collect();
    let terms = question.terms.iter();
    terms
        .map(|&term| match says(id, term) {
            true => 1.0,
            false if beside.iter().any(|&other| says(other, term)) => BESIDE,
            false => 0.0,
        })
        .sum()
}

/// Whether a sentence says a number that counts something: not one in a name (“May 7”, “Article 24”).
fn has_figure(prepared: &Prepared<'_>, id: SentenceId) -> bool {
    let tokens = &prepared.analysis.tokens;
    let words: Vec<&Token> = tokens.source_words(tokens.of_sentence(id)).collect();
    let has_digit = |token: &Token| tokens.words.entry(token.word).traits.has(WordTraits::HAS_DIGIT);
    // The first word has a capital whatever it is.
    let is_named = |at: usize| at > 1 && words[at - 1].is(TokenFlags::CAPITALISED);
    (0..words.len()).any(|at| has_digit(words[at]) && !is_named(at))
}
