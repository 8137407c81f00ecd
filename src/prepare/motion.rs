//! The motion that a session debates, in its own words: “Our motion is this: …”.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use super::Prepared;
use super::sides;
use super::stances::names_motion;
use crate::model::{Role, SentenceId, Stance};
use crate::text::stems;

/// Times that a motion is read out, at least: each round begins with it, and of other nights' it is read once.
const FEWEST: usize = 2;
/// Content words of a motion.
const LENGTH: RangeInclusive<usize> = 2..=20;

/// Marks between which a motion is set off.
const MARKS: [(char, char); 3] = [('“', '”'), ('"', '"'), ('„', '“')];

/// The motion that who leads the session reads out most often, as it is written most often, where speakers take both
/// sides of it; none where no motion is debated.
pub(super) fn debated(prepared: &Prepared<'_>) -> Option<String> {
    let leads =
        |id: &SentenceId| matches!(prepared.role(prepared.speaker(*id)), Role::Moderator | Role::Chair);
    let mut read_out: BTreeMap<Vec<String>, BTreeMap<&str, usize>> = BTreeMap::new();
    for id in prepared.analysis.ids().filter(leads) {
        let sentence = prepared.analysis.sentence(id);
        let text = sentence.span.of(prepared.session.turn_text(sentence.turn as usize));
        let Some(motion) = set_off(text).filter(|_| names_motion(prepared, id)) else { continue };
        let key = stems(motion, prepared.session.language);
        if LENGTH.contains(&key.len()) {
            *read_out.entry(key).or_default().entry(motion).or_default() += 1;
        }
    }
    let often = |forms: &BTreeMap<&str, usize>| forms.values().sum::<usize>();
    let (_, forms) = read_out.iter().max_by_key(|(_, forms)| often(forms))?;
    let motion = forms.iter().max_by_key(|(_, n)| **n).map(|(form, _)| (*form).to_owned())?;
    (often(forms) >= FEWEST && has_both_sides(prepared)).then_some(motion)
}

/// What a sentence sets off by marks or behind a colon.
fn set_off(text: &str) -> Option<&str> {
    let between = MARKS.iter().find_map(|&(open, close)| {
        let (_, rest) = text.split_once(open)?;
        rest.split_once(close).map(|(inside, _)| inside)
    });
    let behind = || text.split_once(": ").map(|(_, rest)| rest);
    let motion = between.or_else(behind)?.trim().trim_end_matches(['.', ',', '!', ';']).trim();
    (!motion.is_empty()).then_some(motion)
}

fn has_both_sides(prepared: &Prepared<'_>) -> bool {
    let sides = sides::of_motion(prepared);
    [Stance::Support, Stance::Oppose]
        .iter()
        .all(|stance| sides.iter().flatten().any(|side| side.stance == *stance))
}
