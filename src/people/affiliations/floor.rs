//! Who gives the floor says for whom it is: `Por el Grupo Popular, tiene la palabra la señora Vega`, `On
//! behalf of Kestria, I give the floor to Ms. Reyes`.

use super::super::names::folded_words;
use super::super::organisations::name_at;
use super::super::roles::{evidence, fold};
use super::{Finding, Strength, Turn};
use crate::model::{Span, SpeakerId};

/// Finds for whom the next speaker has the floor, in the last sentence of a turn that gives it.
pub(super) fn find(turn: &Turn<'_>, findings: &mut Vec<Finding>) {
    let Some(next) = next_speaker(turn) else { return };
    let evidence = evidence(turn.session.language_of(turn.number));
    let start = last_sentence(turn.text);
    let sentence = &turn.text[start..];
    let folded = sentence.to_lowercase();
    if folded.len() != sentence.len() || evidence.handover.first_in(&fold(sentence)).is_none() {
        return;
    }
    let is_called = surname(turn, next).is_some_and(|name| folded_words(sentence).contains(&name));
    let lead =
        evidence.floor_for.written().iter().find_map(|lead| Some((find_lead(&folded, lead)?, lead.len())));
    if let (true, Some((at, length))) = (is_called, lead)
        && let Some(organisation) = name_at(turn.text, start + at + length, turn.text.len())
        && organisation.of(turn.text).contains(' ')
    {
        let finding = turn.finding(next, organisation, Span::new(start + at, organisation.end()));
        findings.push(Finding { strength: Strength::Floor, ..finding });
    }
}

/// The speaker of the turn after, if it is another.
fn next_speaker(turn: &Turn<'_>) -> Option<SpeakerId> {
    let next = turn.people.id(turn.session.turns.get(turn.number + 1)?.label);
    (next != turn.speaker).then_some(next)
}

/// The first part of the name of a speaker: `Vega Ruiz, Ana (PP)` is called Vega, `Ana Vega` by the last.
fn surname(turn: &Turn<'_>, speaker: SpeakerId) -> Option<String> {
    let name = &turn.people.speakers.get(speaker.0 as usize)?.name;
    let bare = name.split(['(', '[']).next().unwrap_or(name);
    match bare.split_once(',') {
        Some((family, _)) => folded_words(family).into_iter().next(),
        None => folded_words(bare).into_iter().last(),
    }
}

/// Where the last sentence of a text begins, roughly.
fn last_sentence(text: &str) -> usize {
    let trimmed = text.trim_end().trim_end_matches(['.', '!', '?', '…', ')', ']']);
    let ends = trimmed.rmatch_indices(['.', '!', '?', '\n']);
    let mut starts = ends.map(|(at, mark)| at + mark.len());
    starts.find(|&at| text.get(at..).is_some_and(|t| t.starts_with(char::is_whitespace))).unwrap_or(0)
}

/// Where a lead stands between word boundaries at the opening of a sentence or of a clause.
fn find_lead(folded: &str, lead: &str) -> Option<usize> {
    folded.match_indices(lead).map(|(at, _)| at).find(|&at| {
        let before = folded.get(..at).unwrap_or("").trim_end();
        let opens = before.is_empty() || before.ends_with([',', ';', ':', '.']);
        opens && folded.get(at + lead.len()..).is_some_and(|rest| rest.starts_with(char::is_whitespace))
    })
}
