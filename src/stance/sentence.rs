//! The stance that a sentence states.

use crate::model::{Ground, Language, Span, Stance, Stated};

use super::lexicon::{Cue, Lexicon, lexicon};
use super::phrases::Found;
use super::scope::{Subject, Surroundings};
use super::tokens::{Token, tokens};
use super::utterance::Utterance;

/// Least sum of strengths that states a stance.
const STATED: f64 = 0.5;
/// Longest turn that answers, in words; a longer one is judged by what it says.
const ANSWERING_TURN: usize = 40;
/// Longest question that is no answer, in words.
const ASKING_WORDS: usize = 2;
/// Longest sentence whose last words can be an answer, in words.
const CLOSING_ANSWER: usize = 8;

/// A cue that survived its surroundings.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading {
    pub(super) stance: Stance,
    pub(super) ground: Ground,
    pub(super) strength: f64,
    /// How much its clause counts; see [`Surroundings::rank`].
    rank: i32,
    /// The words of the cue, the negation included.
    pub(super) cue: Span,
    /// The first and the last token of the cue, the negation left out.
    pub(super) at: (usize, usize),
    /// Whether the speaker is its subject: “we support”.
    pub(super) is_own: bool,
}

/// The stance of the speaker that a sentence states, with the words that state it; none where it
/// states none, where the words are another's, and in a language without a lexicon.
///
/// Deterministic, and a function of the words alone. `docs/stance.md` has the rules.
pub fn of_sentence(utterance: &Utterance, language: Language) -> Option<Stated> {
    lexicon(language)?.of_sentence(utterance)
}

impl Lexicon {
    /// As [`of_sentence`], with this lexicon.
    pub fn of_sentence(&self, utterance: &Utterance) -> Option<Stated> {
        let reading = decide(&self.readings(utterance))?;
        Some(Stated { stance: reading.stance, ground: reading.ground, cue: reading.cue })
    }

    /// What every cue of a sentence states where it stands, in the order of the cues.
    pub(super) fn readings(&self, utterance: &Utterance) -> Vec<Reading> {
        let tokens = tokens(utterance, self);
        let surroundings = Surroundings::new(&tokens, utterance, self);
        self.read_all(&tokens, &surroundings, utterance)
    }

    /// As [`Self::readings`], of tokens that are at hand.
    pub(super) fn read_all(
        &self,
        tokens: &[Token],
        surroundings: &Surroundings,
        utterance: &Utterance,
    ) -> Vec<Reading> {
        let cues = longest(self.cues(tokens));
        cues.iter().filter_map(|cue| read(cue, tokens, surroundings, utterance)).collect()
    }
}

/// Leaves out cues that lie inside longer ones; answers and other cues do not hide each other.
fn longest(mut cues: Vec<Found<Cue>>) -> Vec<Found<Cue>> {
    cues.sort_by_key(|cue| (cue.first, std::cmp::Reverse(cue.last)));
    let mut kept: Vec<Found<Cue>> = Vec::with_capacity(cues.len());
    for cue in cues {
        let answers = cue.meaning.ground == Ground::Answer;
        let hidden = |k: &Found<Cue>| {
            (k.meaning.ground == Ground::Answer) == answers && cue.last <= k.last && cue.first <= k.last
        };
        if !kept.iter().any(hidden) {
            kept.push(cue);
        }
    }
    kept
}

/// What a cue states where it stands.
fn read(
    found: &Found<Cue>,
    tokens: &[Token],
    surroundings: &Surroundings,
    utterance: &Utterance,
) -> Option<Reading> {
    let cue = found.meaning;
    let rank = surroundings.rank(found.first);
    let mut reading = Reading {
        stance: Stance::Support,
        ground: cue.ground,
        strength: cue.strength,
        rank,
        cue: Span::new(tokens[found.first].span.start(), tokens[found.last].span.end()),
        at: (found.first, found.last),
        is_own: cue.needs_subject,
    };
    if cue.ground == Ground::Answer {
        reading.stance = cue.affirmed?;
        return answers(found, tokens, utterance, surroundings).then_some(reading);
    }
    let foreign = cue.needs_subject && surroundings.subject(found.first) != Subject::Speaker;
    if surroundings.is_silent(found.first) || rank < 0 || foreign {
        return None;
    }
    match surroundings.negated(found.first) {
        Some(negation) => {
            reading.stance = cue.negated?;
            reading.cue = Span::new(tokens[negation].span.start(), reading.cue.end());
        }
        None => reading.stance = cue.affirmed?,
    }
    if cue.ground == Ground::Evaluation && surroundings.is_ended(found.first) {
        return None;
    }
    if cue.ground == Ground::Attitude && surroundings.is_hypothetical(found.first) {
        reading.stance = Stance::Concern;
    }
    Some(reading)
}

/// Whether an answer stands where answers stand: in a short turn, first but for interjections, or last
/// in a short sentence.
fn answers(found: &Found<Cue>, tokens: &[Token], utterance: &Utterance, surroundings: &Surroundings) -> bool {
    let n_words = tokens.iter().filter(|token| !token.is_mark()).count();
    let n_turn = utterance.text.split_whitespace().take(ANSWERING_TURN + 1).count();
    // “Okay?” asks for an answer; “No, why don't you?” is one.
    let asked = n_words <= ASKING_WORDS && tokens.last().is_some_and(|token| token.text == "?");
    let opens = (0..found.first).all(|at| tokens[at].is_mark() || surroundings.is_interjection(at));
    let plain = surroundings.negated(found.first).is_none() && tokens.last().is_none_or(|t| t.text != "?");
    let closes = plain && tokens.iter().skip(found.last + 1).all(Token::is_mark) && n_words <= CLOSING_ANSWER;
    let stands = if found.meaning.needs_subject { opens && closes } else { opens || closes };
    utterance.answers && n_turn <= ANSWERING_TURN && !asked && stands
}

/// The reading that counts: of the latest clause after a contrast that states something, the most
/// explicit ground; of several there, the stance with the greater sum of strengths, as the first and
/// strongest cue of that stance has it.
pub(super) fn decide(readings: &[Reading]) -> Option<Reading> {
    let mut ranks: Vec<(Ground, i32)> = readings.iter().map(|r| (r.ground, -r.rank)).collect();
    ranks.sort_unstable_by_key(|&(ground, rank)| (ground == Ground::Answer, rank, ground));
    ranks.dedup();
    ranks.into_iter().find_map(|(ground, rank)| {
        let here: Vec<&Reading> = readings.iter().filter(|r| r.ground == ground && -r.rank == rank).collect();
        weigh(&here)
    })
}

fn weigh(readings: &[&Reading]) -> Option<Reading> {
    let sum = |positive: bool| -> f64 {
        let same = readings.iter().filter(|r| (r.stance == Stance::Support) == positive);
        same.map(|r| r.strength).sum()
    };
    let (positive, negative) = (sum(true), sum(false));
    if positive.max(negative) < STATED {
        return None;
    }
    let first = readings.first()?;
    if first.ground == Ground::Answer {
        return Some(**first);
    }
    let wins_positive = match positive.total_cmp(&negative) {
        std::cmp::Ordering::Greater => true,
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Equal if first.ground == Ground::Attitude => first.stance == Stance::Support,
        std::cmp::Ordering::Equal => return None,
    };
    let same = readings.iter().filter(|r| (r.stance == Stance::Support) == wins_positive);
    let mut best: Option<&Reading> = None;
    for reading in same {
        // “I regret to say that we are opposed”: opposition is the more definite.
        let definite = |r: &Reading| (r.ground == Ground::Attitude && r.stance == Stance::Oppose, r.strength);
        if best.is_none_or(|best| definite(reading) > definite(best)) {
            best = Some(reading);
        }
    }
    best.copied()
}
