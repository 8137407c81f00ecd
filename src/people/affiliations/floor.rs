//! Who gives the floor says for whom it is: `Por el Grupo Popular, tiene la palabra la señora Vega`, `On
//! behalf of Kestria, I give the floor to Ms. Reyes`.

use super::super::names::folded_words;
use super::super::organisations::name_at;
use super::super::roles::{evidence, fold};
use super::own_words::sentences;
use super::{Finding, Strength, Turn};
use crate::model::{Span, SpeakerId};

/// Finds for whom the next speaker has the floor, in the last sentence of a turn that gives it to a group.
pub(super) fn find(turn: &Turn<'_>, findings: &mut Vec<Finding>) {
    let Some(next) = next_speaker(turn) else { return };
    let Some(name) = surname(turn, next) else { return };
    let found =
        sentences(turn.text).into_iter().rev().find_map(|sentence| of_sentence(turn, &name, sentence));
    if let Some((organisation, shown)) = found {
        let finding = turn.finding(next, organisation, shown);
        findings.push(Finding { strength: Strength::Floor, ..finding });
    }
}

/// The group for which a sentence gives the floor to who is called by this name, and the words that do.
fn of_sentence(turn: &Turn<'_>, name: &str, sentence: Span) -> Option<(Span, Span)> {
    let evidence = evidence(turn.session.language_of(turn.number));
    let text = sentence.of(turn.text);
    let folded = text.to_lowercase();
    let is_given = folded.len() == text.len() && evidence.handover.first_in(&fold(text)).is_some();
    if !is_given || !folded_words(text).iter().any(|word| word == name) {
        return None;
    }
    let opening = evidence.floor_for.written().iter();
    let opening = opening.filter_map(|lead| Some((find_lead(&folded, lead, true)?, lead.len())));
    // Who is called on a motion need not be of those who tabled it; who defends it is.
    let is_defence = evidence.defends.first_in(&fold(text)).is_some();
    let tabled = evidence.tabled_by.written().iter().filter(|_| is_defence);
    let tabled = tabled.filter_map(|lead| Some((find_lead(&folded, lead, false)?, lead.len())));
    let found = opening.chain(tabled).find_map(|(at, length)| {
        let start = sentence.start() + at;
        let organisation = name_at(turn.text, start + length, sentence.end())?;
        let is_group = organisation.of(turn.text).contains(' ');
        is_group.then(|| (organisation, Span::new(start, organisation.end())))
    });
    found.or_else(|| {
        evidence.for_authors.first_in(&fold(text))?;
        authors_before(turn, evidence.groups.written(), sentence.start())
    })
}

/// The last group named before a byte of a turn: who put forward what “the group that moves it” is called
/// to defend. None where several are named.
fn authors_before(turn: &Turn<'_>, groups: &[&str], end: usize) -> Option<(Span, Span)> {
    let before = turn.text.get(..end)?;
    let opens = |at: &usize| !before[..*at].ends_with(char::is_alphanumeric);
    let mut places: Vec<usize> =
        groups.iter().flat_map(|group| before.match_indices(group).map(|(at, _)| at)).filter(opens).collect();
    places.sort_unstable();
    let named = places.iter().filter_map(|&at| name_at(turn.text, at, end));
    let mut named: Vec<Span> = named.filter(|name| name.of(turn.text).contains(' ')).collect();
    named.dedup_by(|a, b| b.end() > a.start());
    let &last = named.last()?;
    let is_one = named.iter().all(|name| name.of(turn.text) == last.of(turn.text));
    is_one.then_some((last, last))
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

/// Where a lead stands between word boundaries; with `opening` only where a sentence or a clause begins.
fn find_lead(folded: &str, lead: &str, opening: bool) -> Option<usize> {
    folded.match_indices(lead).map(|(at, _)| at).find(|&at| {
        let before = folded.get(..at).unwrap_or("").trim_end();
        let opens = !opening && folded.get(..at).is_none_or(|text| !text.ends_with(char::is_alphanumeric))
            || before.is_empty()
            || before.ends_with([',', ';', ':', '.']);
        opens && folded.get(at + lead.len()..).is_some_and(|rest| rest.starts_with(char::is_whitespace))
    })
}
