//! On which side of a motion each speaker of a debate is: the side of most clues to it. Each clue is a sentence
//! that can be quoted ([`side_clues`]).

mod clues;

pub use clues::{DebateSentence, DebateTurn, side_clues};

use crate::model::{SentenceId, SpeakerId, Stance};
use crate::stats::logistic;

/// What shows a side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SideGround {
    /// The speaker says so.
    Own,
    /// Who leads the session says so.
    Introduced,
    /// Somebody whose side is known names the speaker as partner or opponent.
    Beside,
}

impl SideGround {
    /// The name used in the reasons of a stance.
    pub fn name(self) -> &'static str {
        match self {
            SideGround::Own => "own",
            SideGround::Introduced => "introduced",
            SideGround::Beside => "beside",
        }
    }
}

/// A sentence that shows on which side somebody is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SideClue {
    /// Who is on the side.
    pub speaker: SpeakerId,
    /// What says it: the side itself, or somebody else's.
    pub claim: SideClaim,
    /// How much it counts.
    pub weight: f64,
    /// What kind of words show it.
    pub ground: SideGround,
    /// The sentence.
    pub sentence: SentenceId,
}

/// What a clue shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SideClaim {
    /// The side: support or opposition.
    Side(Stance),
    /// The speaker is on the side of another, or not.
    Beside {
        /// The other.
        other: SpeakerId,
        /// Whether on the same side.
        same: bool,
    },
}

/// The side of a speaker.
#[derive(Debug, Clone, PartialEq)]
pub struct Side {
    /// Support or opposition.
    pub stance: Stance,
    /// The sum of the weights of the clues: above 0 for the motion, below 0 against it.
    pub score: f64,
    /// By ground what its clues add up to; these add up to the score.
    pub because: Vec<(SideGround, f64)>,
    /// The sentences that show the side, own words first.
    pub evidence: Vec<SentenceId>,
}

/// Least sum that decides: more than one name near a phrase, which a question to a side has as well.
const DECIDED: f64 = 1.5;
/// Log odds that a side is right at the least sum, and what each further 1 adds: sides of the 54 public debates
/// that the rules were checked on are right at any sum, so these stay below what was seen.
const LEAST_LOG_ODDS: f64 = 2.0;
const LOG_ODDS: f64 = 0.5;
/// Most sentences of each ground that are shown.
const SHOWN: usize = 2;

/// The side of each of `n_speakers` speakers by the clues of a debate; none where they say nothing clear.
pub fn sides(clues: &[SideClue], n_speakers: usize) -> Vec<Option<Side>> {
    let direct = |id: SpeakerId| side(clues.iter().filter_map(|clue| of_itself(clue, id)));
    let known: Vec<Option<Side>> = (0..n_speakers).map(|n| direct(SpeakerId(n as u32))).collect();
    let beside = |n: usize| {
        let id = SpeakerId(n as u32);
        side(clues.iter().filter_map(|clue| of_other(clue, id, &known)))
    };
    (0..n_speakers).map(|n| known[n].clone().or_else(|| beside(n))).collect()
}

/// A clue as it counts for somebody: its signed weight, its ground and its place.
type Counted = (f64, SideGround, SentenceId);

fn of_itself(clue: &SideClue, id: SpeakerId) -> Option<Counted> {
    match clue.claim {
        SideClaim::Side(stance) if clue.speaker == id => {
            Some((signed(stance) * clue.weight, clue.ground, clue.sentence))
        }
        _ => None,
    }
}

/// What a partner's or an opponent's side says of somebody whose own side nothing tells.
fn of_other(clue: &SideClue, id: SpeakerId, known: &[Option<Side>]) -> Option<Counted> {
    let SideClaim::Beside { other, same } = clue.claim else { return None };
    let by = if clue.speaker == id {
        other
    } else if other == id {
        clue.speaker
    } else {
        return None;
    };
    let side = known.get(by.0 as usize)?.as_ref()?;
    let sign = if same { 1.0 } else { -1.0 };
    Some((sign * signed(side.stance) * clue.weight, clue.ground, clue.sentence))
}

fn signed(stance: Stance) -> f64 {
    if stance == Stance::Support { 1.0 } else { -1.0 }
}

impl Side {
    /// How sure the side is, 0 to 1.
    pub fn confidence(&self) -> f64 {
        logistic(LEAST_LOG_ODDS + LOG_ODDS * (self.score.abs() - DECIDED))
    }
}

/// The side of several speakers of one stakeholder: that of the sum of what shows theirs; none where they
/// are on both sides alike.
pub fn side_of_all<'s>(sides: impl Iterator<Item = &'s Side>) -> Option<Side> {
    let sides: Vec<&Side> = sides.collect();
    let score: f64 = sides.iter().map(|side| side.score).sum();
    if score.abs() < DECIDED {
        return None;
    }
    let stance = stance_of(score);
    let mut because: Vec<(SideGround, f64)> = Vec::new();
    for &(ground, value) in sides.iter().flat_map(|side| &side.because) {
        match because.iter_mut().find(|(known, _)| *known == ground) {
            Some((_, sum)) => *sum += value,
            None => because.push((ground, value)),
        }
    }
    because.sort_by_key(|&(ground, _)| ground);
    let shows = sides.iter().filter(|side| side.stance == stance);
    let evidence = shows.flat_map(|side| side.evidence.iter().copied()).collect();
    Some(Side { stance, score, because, evidence })
}

fn stance_of(score: f64) -> Stance {
    if score > 0.0 { Stance::Support } else { Stance::Oppose }
}

/// The side that clues add up to.
fn side(clues: impl Iterator<Item = Counted>) -> Option<Side> {
    let mut clues: Vec<Counted> = clues.collect();
    clues.sort_by_key(|&(_, ground, sentence)| (ground, sentence));
    let score: f64 = clues.iter().map(|clue| clue.0).sum();
    if score.abs() < DECIDED {
        return None;
    }
    let (mut because, mut evidence) = (Vec::new(), Vec::new());
    for of_ground in clues.chunk_by(|a, b| a.1 == b.1) {
        because.push((of_ground[0].1, of_ground.iter().map(|clue| clue.0).sum()));
        let mut shows: Vec<&Counted> = of_ground.iter().filter(|clue| clue.0 * score > 0.0).collect();
        shows.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()).then(a.2.cmp(&b.2)));
        shows.dedup_by_key(|clue| clue.2);
        evidence.extend(shows.iter().take(SHOWN).map(|clue| clue.2));
    }
    Some(Side { stance: stance_of(score), score, because, evidence })
}
