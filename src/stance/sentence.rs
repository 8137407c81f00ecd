//! The stance that a sentence states.

use crate::model::{Ground, Span, Stance, Stated, Token, TokenKind, Tokens};
use crate::text::UnitMatch;

use super::context::{CueContext, Subject};
use super::meanings::{Cue, Meaning};
use super::utterance::{SentenceUnits, Utterance};

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
    /// How much its clause counts; see [`CueContext::rank`].
    rank: i32,
    /// The words of the cue, the negation included.
    pub(super) cue: Span,
    /// The first and the last unit of the cue, the negation left out.
    pub(super) at: (usize, usize),
    /// Whether the speaker is its subject: “we support”.
    pub(super) is_own: bool,
    /// Whether its cue tells if a text can be accepted.
    pub(super) judges_acceptance: bool,
}

/// A sentence with its cues and what each of them states: found once, asked for by all who want to know
/// where its speaker stands.
#[derive(Debug, Clone)]
pub struct SentenceCues {
    pub(super) context: CueContext,
    /// What every cue states where it stands, in the order of the cues.
    pub(super) readings: Vec<Reading>,
}

impl SentenceCues {
    /// The cues of a sentence; none in a language without a lexicon, in which no stance is found.
    pub fn of(utterance: &Utterance) -> Option<Self> {
        SentenceCues::with(utterance, |subject| subject == Subject::Speaker)
    }

    /// The cues that the sentence says of others: “70 per cent do not support it”. What needs no subject is left out.
    pub fn of_others(utterance: &Utterance) -> Option<Self> {
        let mut found = SentenceCues::with(utterance, |subject| subject == Subject::Other)?;
        found.readings.retain(|reading| reading.is_own);
        Some(found)
    }

    /// The cues of a sentence, of those that need a subject the ones whose subject `is_meant`.
    fn with(utterance: &Utterance, is_meant: impl Fn(Subject) -> bool) -> Option<Self> {
        utterance.language_lists().filter(|lists| lists.has_cues)?;
        let context = CueContext::new(SentenceUnits::new(utterance)?);
        let cues = context.units.of_kind(|meaning| match meaning {
            Meaning::Cue(cue) => Some(cue),
            _ => None,
        });
        let cues = longest(cues.collect());
        let readings = cues.iter().filter_map(|cue| read(cue, &context, utterance, &is_meant)).collect();
        let mut found = SentenceCues { context, readings };
        found.oppose_rejected_texts();
        Some(found)
    }

    /// The stance of the speaker that the sentence states, with the words that state it; none where it
    /// states none, and where the words are another's.
    ///
    /// Deterministic, and a function of the words alone. `docs/stance.md` has the rules.
    pub fn stated(&self) -> Option<Stated> {
        let reading = decide(&self.readings)?;
        Some(Stated { stance: reading.stance, ground: reading.ground, cue: reading.cue })
    }
}

/// The stance that a sentence states; see [`SentenceCues::stated`].
pub fn of_sentence(utterance: &Utterance) -> Option<Stated> {
    SentenceCues::of(utterance)?.stated()
}

/// Leaves out cues that lie inside longer ones; answers and other cues do not hide each other.
fn longest(mut cues: Vec<UnitMatch<Cue>>) -> Vec<UnitMatch<Cue>> {
    cues.sort_by_key(|cue| (cue.first, std::cmp::Reverse(cue.last)));
    let mut kept: Vec<UnitMatch<Cue>> = Vec::with_capacity(cues.len());
    for cue in cues {
        let answers = cue.meaning.ground == Ground::Answer;
        let hidden = |k: &UnitMatch<Cue>| {
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
    found: &UnitMatch<Cue>,
    context: &CueContext,
    utterance: &Utterance,
    is_meant: &impl Fn(Subject) -> bool,
) -> Option<Reading> {
    let cue = found.meaning;
    let rank = context.rank(found.first);
    let mut reading = Reading {
        stance: Stance::Support,
        ground: cue.ground,
        strength: cue.strength,
        rank,
        cue: context.units.span_of(found.first, found.last),
        at: (found.first, found.last),
        is_own: cue.needs_subject,
        judges_acceptance: cue.judges_acceptance,
    };
    if cue.ground == Ground::Answer {
        reading.stance = cue.affirmed?;
        return answers(found, context, utterance).then_some(reading);
    }
    let foreign = cue.needs_subject && !is_meant(context.subject(found.first));
    if context.is_unstated(found.first) || rank < 0 || foreign {
        return None;
    }
    match context.negated(found.first) {
        Some(negation) => {
            reading.stance = cue.negated?;
            reading.cue = context.units.span_of(negation, found.last);
        }
        None => reading.stance = cue.affirmed?,
    }
    if cue.ground == Ground::Evaluation && context.is_ended(found.first) {
        return None;
    }
    if cue.ground == Ground::Attitude && context.is_hypothetical(found.first) {
        reading.stance = Stance::Concern;
    }
    Some(reading)
}

/// Whether an answer stands where answers stand: in a short turn, first but for interjections, or last
/// in a short sentence.
fn answers(found: &UnitMatch<Cue>, context: &CueContext, utterance: &Utterance) -> bool {
    if !utterance.answers {
        return false;
    }
    let units = &context.units;
    let n_words = units.n_words();
    let asks = units.len().checked_sub(1).is_some_and(|last| units.mark(last) == b'?');
    // “Okay?” asks for an answer; “No, why don't you?” is one.
    let asked = n_words <= ASKING_WORDS && asks;
    let opens = (0..found.first).all(|at| units.is_mark(at) || context.is_interjection(at));
    let plain = context.negated(found.first).is_none() && !asks;
    let is_last = (found.last + 1..units.len()).all(|at| units.is_mark(at));
    let closes = plain && is_last && n_words <= CLOSING_ANSWER;
    let stands = if found.meaning.needs_subject { opens && closes } else { opens || closes };
    !asked && stands && is_short(utterance.tokens, utterance.turn)
}

/// Whether a turn is short enough to answer.
fn is_short(tokens: &Tokens, turn: usize) -> bool {
    let written = tokens.slice(tokens.of_turn(turn)).iter().filter(|token| token.kind != TokenKind::Part);
    // Between tokens of which one does not follow the other at once, there is white space.
    let mut end = None;
    let opens_run = |token: &&Token| end.replace(token.span.end()) != Some(token.span.start());
    written.filter(opens_run).take(ANSWERING_TURN + 1).count() <= ANSWERING_TURN
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
