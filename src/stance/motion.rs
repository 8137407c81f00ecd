//! Where speakers stand on a motion, whose own wording may find fault with something.

use crate::model::{Ground, Span, Stance, Stated};

use super::meanings::OnMotion;
use super::sentence::{Reading, SentenceCues};
use super::utterance::{SentenceUnits, Utterance};

/// A motion: whether it finds fault with something or lets something pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Motion {
    /// “That this House regrets …”: who finds fault with the same is for it.
    Criticises,
    /// “That the order be approved”: who finds fault is against it.
    Passes,
}

/// Where a speaker stands on a motion.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MotionStance {
    /// The stance; none where no sentence states one, or as much is for as against.
    pub stance: Option<Stance>,
    /// What each sentence states of the motion, in the order given.
    pub sentences: Vec<Option<Stated>>,
}

/// What praise counts beside blame: it is courtesy as often as support.
const PRAISE: f64 = 0.5;
/// What a sentence counts that takes the part of those who govern.
const OWN_SIDE: f64 = 1.0;
/// What a sentence counts that addresses those who govern as others.
const OTHER_SIDE: f64 = 0.6;
/// Least sum that is no tie.
const DECIDED: f64 = 0.05;

/// The motion that a text is; none where it is no motion, or the language has no lexicon.
pub fn motion(text: &Utterance) -> Option<Motion> {
    let units = SentenceUnits::new(text)?;
    let opens = units.on_motions().any(|found| found.meaning == OnMotion::Opens && found.first == 0);
    if !opens && !says(&units, OnMotion::Motion) {
        return None;
    }
    let passes = says(&units, OnMotion::Passes) || says(&units, OnMotion::Welcomes);
    let criticises = says(&units, OnMotion::Criticises) && !passes;
    Some(if criticises { Motion::Criticises } else { Motion::Passes })
}

/// Whether a phrase of a sentence says something on motions.
fn says(units: &SentenceUnits, what: OnMotion) -> bool {
    units.on_motions().any(|found| found.meaning == what)
}

impl SentenceCues {
    /// Whether the sentence speaks of a motion by that word: “Our motion is: …”.
    pub fn names_motion(&self) -> bool {
        says(&self.context.units, OnMotion::Called)
    }
}

/// Where the speaker of these sentences stands on a motion.
///
/// Each sentence counts what its cues state: an attitude to the motion itself as it is, blame and praise
/// as they fall in with what the motion does, praise half. The sum decides; words that place the speaker
/// beside or against those who govern count only together with a sentence that states something.
/// A sentence without cues states nothing.
pub fn towards(motion: Motion, sentences: &[Option<&SentenceCues>]) -> MotionStance {
    let (mut sum, mut side) = (0.0, 0.0);
    let mut stated = Vec::with_capacity(sentences.len());
    for sentence in sentences {
        let Some(cues) = sentence else {
            stated.push(None);
            continue;
        };
        let units = &cues.context.units;
        let is_matter = says(units, OnMotion::Matter);
        let readings = cues.readings.iter().filter(|reading| reading.ground != Ground::Answer);
        let values: Vec<(f64, &Reading)> =
            readings.map(|reading| (value(reading, motion, is_matter), reading)).collect();
        let total: f64 = values.iter().map(|(value, _)| value).sum();
        sum += total;
        let sides = f64::from(u8::from(says(units, OnMotion::OwnSide))) * OWN_SIDE
            - f64::from(u8::from(says(units, OnMotion::OtherSide))) * OTHER_SIDE;
        side += if motion == Motion::Passes { sides } else { -sides };
        stated.push(strongest(&values, total));
    }
    if !stated.iter().any(Option::is_some) {
        return MotionStance { stance: None, sentences: stated };
    }
    let all = sum + side;
    let stance = (all.abs() >= DECIDED).then_some(sign(all));
    MotionStance { stance, sentences: stated }
}

/// What a reading counts for the motion: above 0 for it, below 0 against it.
fn value(reading: &Reading, motion: Motion, of_the_matter: bool) -> f64 {
    let praise = reading.stance == Stance::Support;
    let plain = if praise { reading.strength } else { -reading.strength };
    if reading.ground == Ground::Attitude && of_the_matter {
        return plain;
    }
    let weighed = if praise { plain * PRAISE } else { plain };
    if motion == Motion::Passes { weighed } else { -weighed }
}

fn sign(value: f64) -> Stance {
    if value > 0.0 { Stance::Support } else { Stance::Oppose }
}

/// The stance of a sentence on the motion, with the cue that counts most for it.
fn strongest(values: &[(f64, &Reading)], total: f64) -> Option<Stated> {
    if total.abs() < DECIDED {
        return None;
    }
    let stance = sign(total);
    let mut best: Option<(f64, Ground, Span)> = None;
    for (value, reading) in values.iter().filter(|(value, _)| sign(*value) == stance) {
        if best.is_none_or(|(most, ..)| value.abs() > most) {
            best = Some((value.abs(), reading.ground, reading.cue));
        }
    }
    best.map(|(_, ground, cue)| Stated { stance, ground, cue })
}
