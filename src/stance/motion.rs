//! Where speakers stand on a motion, whose own wording may find fault with something.

use crate::model::{Ground, Language, Span, Stance, Stated};

use super::lexicon::{Lexicon, OnMotion, lexicon};
use super::sentence::Reading;
use super::tokens::tokens;
use super::utterance::Utterance;

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
pub struct Towards {
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
pub fn motion(text: &Utterance, language: Language) -> Option<Motion> {
    let lexicon = lexicon(language)?;
    let tokens = tokens(text, lexicon);
    let found = lexicon.on_motions(&tokens);
    let said: Vec<OnMotion> = found.iter().map(|f| f.meaning).collect();
    let opens = found.iter().any(|f| f.meaning == OnMotion::Opens && f.first == 0);
    if !opens && !said.contains(&OnMotion::Motion) {
        return None;
    }
    let passes = said.contains(&OnMotion::Passes) || said.contains(&OnMotion::Welcomes);
    let criticises = said.contains(&OnMotion::Criticises) && !passes;
    Some(if criticises { Motion::Criticises } else { Motion::Passes })
}

/// Whether a sentence speaks of a motion by that word: “Our motion is: …”.
pub fn names_motion(sentence: &Utterance, language: Language) -> bool {
    lexicon(language).is_some_and(|lexicon| meanings(sentence, lexicon).contains(&OnMotion::Called))
}

/// Where the speaker of these sentences stands on a motion.
///
/// Each sentence counts what its cues state: an attitude to the motion itself as it is, blame and praise
/// as they fall in with what the motion does, praise half. The sum decides; words that place the speaker
/// beside or against those who govern count only together with a sentence that states something.
pub fn towards(motion: Motion, sentences: &[Utterance], language: Language) -> Towards {
    let Some(lexicon) = lexicon(language) else { return Towards::default() };
    let (mut sum, mut side) = (0.0, 0.0);
    let mut stated = Vec::with_capacity(sentences.len());
    for sentence in sentences {
        let on_motion = meanings(sentence, lexicon);
        let readings = lexicon.readings(sentence);
        let values: Vec<(f64, &Reading)> = readings
            .iter()
            .filter(|reading| reading.ground != Ground::Answer)
            .map(|reading| (value(reading, motion, on_motion.contains(&OnMotion::Matter)), reading))
            .collect();
        let total: f64 = values.iter().map(|(value, _)| value).sum();
        sum += total;
        let sides = f64::from(u8::from(on_motion.contains(&OnMotion::OwnSide))) * OWN_SIDE
            - f64::from(u8::from(on_motion.contains(&OnMotion::OtherSide))) * OTHER_SIDE;
        side += if motion == Motion::Passes { sides } else { -sides };
        stated.push(strongest(&values, total));
    }
    if !stated.iter().any(Option::is_some) {
        return Towards { stance: None, sentences: stated };
    }
    let all = sum + side;
    let stance = (all.abs() >= DECIDED).then_some(sign(all));
    Towards { stance, sentences: stated }
}

fn meanings(sentence: &Utterance, lexicon: &Lexicon) -> Vec<OnMotion> {
    lexicon.on_motions(&tokens(sentence, lexicon)).iter().map(|f| f.meaning).collect()
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
