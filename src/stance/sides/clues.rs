//! What is said of sides in a debate: who leads the session introduces somebody “to argue for the motion”, a
//! speaker asks to “vote no”, another names its partner.

use std::borrow::Cow;

use crate::model::{Mention, SentenceId, SpeakerId, Stance};
use crate::text::UnitMatch;

use super::super::context::{CueContext, Subject};
use super::super::lists::Traits;
use super::super::meanings::Siding;
use super::super::references::{names_in, owner, with_names};
use super::super::sentence::SentenceCues;
use super::super::utterance::{SentenceUnits, Utterance};
use super::{SideClaim, SideClue, SideGround};

/// A sentence of a debate.
pub struct DebateSentence<'a> {
    /// Its place.
    pub id: SentenceId,
    /// How it was said.
    pub utterance: Utterance<'a>,
    /// Its cues.
    pub cues: &'a SentenceCues,
}

/// A turn of a debate.
pub struct DebateTurn<'a> {
    /// Who speaks.
    pub speaker: SpeakerId,
    /// Whether the speaker leads the session, so that it introduces others and takes no side.
    pub leads: bool,
    /// The speakers named in the turn who do not lead, in text order.
    pub named: &'a [Mention],
    /// Its sentences, but for those in a language without a lexicon.
    pub sentences: &'a [DebateSentence<'a>],
}

/// A call to vote in the speaker's own turn, or a name right behind a phrase on sides.
const DIRECT: f64 = 2.0;
/// Several names behind a phrase, a speaker that takes a side without asking for votes, or a partner's name.
const CLEAR: f64 = 1.5;
/// A name before the phrase or in a sentence after it.
const NEAR: f64 = 1.0;
/// Most tokens between a name and a phrase on sides behind it.
const BEHIND: usize = 12;
/// Most tokens between “my partner” and the name.
const TITLE: usize = 4;
/// Sentences in which the names to a phrase on sides may follow.
const FOLLOWING: usize = 8;

/// What the sentences of a turn show of the sides of speakers.
pub fn side_clues(turn: &DebateTurn<'_>) -> Vec<SideClue> {
    if turn.leads { introductions(turn) } else { own_words(turn) }
}

/// The units of a sentence, the names in it by unit, and its phrases on sides.
struct SideReading<'a> {
    units: Cow<'a, SentenceUnits>,
    named: Vec<(usize, SpeakerId)>,
    phrases: Vec<UnitMatch<Siding>>,
    /// Words that join names: and.
    joining: Vec<usize>,
}

impl<'a> SideReading<'a> {
    fn new(sentence: &DebateSentence<'a>, named: &[Mention]) -> Self {
        let utterance = &sentence.utterance;
        let names = names_in(utterance, named, None);
        let units = &sentence.cues.context.units;
        let units = match utterance.language_lists().filter(|_| !names.is_empty()) {
            Some(lists) => Cow::Owned(with_names(units.clone(), utterance, lists, &names)),
            None => Cow::Borrowed(units),
        };
        let places = (0..units.len()).filter(|&at| units.has(at, Traits::NAME));
        let named = places.filter_map(|at| Some((at, owner(units.span(at), &names)?))).collect();
        let (joining, mut phrases): (Vec<_>, Vec<_>) =
            units.sidings().partition(|found| found.meaning == Siding::Joining);
        if phrases.iter().any(|found| found.meaning == Siding::Both) {
            phrases.clear();
        }
        let joining = joining.iter().map(|found| found.first).collect();
        SideReading { units, named, phrases, joining }
    }

    /// The phrases that tell a side, in order.
    fn sides(&self) -> impl DoubleEndedIterator<Item = (&UnitMatch<Siding>, Stance)> {
        self.phrases.iter().filter_map(|found| match found.meaning {
            Siding::For | Siding::PlacedFor => Some((found, Stance::Support)),
            Siding::Against | Siding::PlacedAgainst => Some((found, Stance::Oppose)),
            _ => None,
        })
    }

    /// Whether the name at a unit stands right behind a phrase such as “my partner”.
    fn follows(&self, at: usize, meaning: Siding) -> bool {
        self.phrases.iter().filter(|found| found.meaning == meaning && found.last < at).any(|found| {
            let between = found.last + 1..at;
            let is_name = |at: usize| self.units.has(at, Traits::NAME) || self.joining.contains(&at);
            let titles = between.clone().filter(|&at| !self.units.is_mark(at) && !is_name(at)).count();
            titles <= TITLE && between.clone().all(|at| matches!(self.units.mark(at), 0 | b','))
        })
    }

    /// The last of the names that are joined to the one with this number: “@, @ and @”.
    fn last_joined(&self, number: usize) -> usize {
        let joins = |at: usize| self.units.is_mark(at) || self.joining.contains(&at);
        let mut last = number;
        while let (Some(&(here, _)), Some(&(next, _))) = (self.named.get(last), self.named.get(last + 1)) {
            if !(here + 1..next).all(joins) {
                break;
            }
            last += 1;
        }
        last
    }
}

/// The speakers that the leader of a debate places on a side.
fn introductions(turn: &DebateTurn<'_>) -> Vec<SideClue> {
    let mut clues = Vec::new();
    // A side of which nobody has been named yet, where it was said, and sentences for which it holds.
    let mut open: Option<(Stance, SentenceId, usize)> = None;
    for sentence in turn.sentences {
        let reading = SideReading::new(sentence, turn.named);
        let says_side = reading.sides().next().is_some();
        let mut clue = |speaker, stance, weight, sentence| {
            let claim = SideClaim::Side(stance);
            clues.push(SideClue { speaker, claim, weight, ground: SideGround::Introduced, sentence });
        };
        let mut is_used = false;
        for (number, &(at, speaker)) in reading.named.iter().enumerate() {
            if reading.follows(at, Siding::OtherSide) {
                continue;
            }
            let before = reading.sides().rev().find(|(found, _)| found.last < at);
            if let Some((_, stance)) = before {
                clue(speaker, stance, if reading.named.len() == 1 { DIRECT } else { CLEAR }, sentence.id);
                is_used = true;
            } else if let Some(stance) = said_behind(&reading, number) {
                clue(speaker, stance, NEAR, sentence.id);
                is_used = true;
            } else if let Some((stance, sentence, _)) = open.filter(|_| !says_side) {
                clue(speaker, stance, NEAR, sentence);
                is_used = true;
            }
        }
        open = match (reading.sides().next_back(), open) {
            (Some((_, stance)), _) if !is_used => Some((stance, sentence.id, FOLLOWING)),
            (None, Some((stance, id, left))) if reading.named.is_empty() && left > 1 => {
                Some((stance, id, left - 1))
            }
            _ => None,
        };
    }
    clues
}

/// The side that is said right behind a name, where no other name stands between.
fn said_behind(reading: &SideReading<'_>, number: usize) -> Option<Stance> {
    let last = reading.last_joined(number);
    let &(at, _) = reading.named.get(last)?;
    let (found, stance) = reading.sides().find(|(found, _)| found.first > at)?;
    let is_near = found.first - at <= BEHIND;
    let is_others = reading.named.get(last + 1).is_some_and(|&(next, _)| next < found.first);
    (is_near && !is_others).then_some(stance)
}

/// The side that a speaker takes in its own words, and the partners and opponents that it names.
fn own_words(turn: &DebateTurn<'_>) -> Vec<SideClue> {
    let mut clues = Vec::new();
    for sentence in turn.sentences {
        let reading = SideReading::new(sentence, turn.named);
        if reading.phrases.is_empty() {
            continue;
        }
        let context = CueContext::new(reading.units.clone().into_owned());
        let own = |stance, weight| SideClue {
            speaker: turn.speaker,
            claim: SideClaim::Side(stance),
            weight,
            ground: SideGround::Own,
            sentence: sentence.id,
        };
        let mut said: Option<SideClue> = None;
        for found in &reading.phrases {
            if let Some((stance, weight)) = taken(found, &reading, &context)
                && said.is_none_or(|known| known.weight < weight)
            {
                said = Some(own(stance, weight));
            }
        }
        clues.extend(said);
        for &(at, other) in reading.named.iter().filter(|&&(_, other)| other != turn.speaker) {
            let same = reading.follows(at, Siding::SameSide);
            if same != reading.follows(at, Siding::OtherSide) {
                let claim = SideClaim::Beside { other, same };
                let ground = SideGround::Beside;
                let speaker = turn.speaker;
                clues.push(SideClue { speaker, claim, weight: CLEAR, ground, sentence: sentence.id });
            }
        }
    }
    clues
}

/// The side that a phrase takes in the words of a debater, and how much it counts.
fn taken(
    found: &UnitMatch<Siding>,
    reading: &SideReading<'_>,
    context: &CueContext,
) -> Option<(Stance, f64)> {
    let (stance, is_call) = match found.meaning {
        Siding::For => (Stance::Support, false),
        Siding::Against => (Stance::Oppose, false),
        Siding::CallsFor => (Stance::Support, true),
        Siding::CallsAgainst => (Stance::Oppose, true),
        Siding::PlacedFor
        | Siding::PlacedAgainst
        | Siding::Both
        | Siding::Hearers
        | Siding::SameSide
        | Siding::OtherSide
        | Siding::Joining => return None,
    };
    let is_unreal = context.is_unstated(found.first) || context.is_hypothetical(found.first);
    let is_own = context.subject(found.first) == Subject::Speaker;
    let is_said = is_own || is_call && is_asked(found.first, reading, context);
    if is_unreal || !is_said {
        return None;
    }
    let stance = match (context.negated(found.first), stance) {
        (None, stance) => stance,
        (Some(_), Stance::Support) => Stance::Oppose,
        // “We do not oppose the motion” takes no side.
        (Some(_), _) => return None,
    };
    Some((stance, if is_call { DIRECT } else { CLEAR }))
}

/// Whether the hearers are asked to do what stands at a unit: “I urge you to vote”, “Vote no”.
fn is_asked(at: usize, reading: &SideReading<'_>, context: &CueContext) -> bool {
    let before = (0..at).rev().find(|&before| !context.is_between(before));
    let Some(before) = before else { return true };
    let is_hearer = |found: &UnitMatch<Siding>| found.meaning == Siding::Hearers && found.covers(before);
    let opens = reading.units.is_mark(before) || context.joins(before);
    opens || reading.phrases.iter().any(is_hearer)
}
