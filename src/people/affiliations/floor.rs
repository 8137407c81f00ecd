//! Who gives the floor says for whom it is: `Por el Grupo Popular, tiene la palabra la señora Vega`, `On
//! behalf of Kestria, I give the floor to Ms. Reyes`.

use super::super::floor_phrases::{FloorMatch, Sign};
use super::{Finding, Names, Strength, Turn};
use crate::model::{NameForm, SentenceId, Span, SpeakerId, TokenKind};

/// Finds for whom the next speaker has the floor, in the last sentence of a turn that gives it to a group.
pub(super) fn find(turn: &Turn<'_>, names: &Names, findings: &mut Vec<Finding>) {
    let Some(next) = next_speaker(turn) else { return };
    if turn.phrases.of(Sign::Handover, turn.tokens(), turn.tokens().of_turn(turn.number)).next().is_none() {
        return;
    }
    let Some(name) = names.surname(next) else { return };
    let mut sentences: Vec<SentenceId> = turn.tokens().sentences_of(turn.number).collect();
    sentences.reverse();
    let found = sentences.into_iter().find_map(|sentence| of_sentence(turn, name, sentence));
    if let Some((organisation, shown)) = found {
        let finding = turn.finding(next, organisation, shown);
        findings.push(Finding { strength: Strength::Floor, ..finding });
    }
}

/// The group for which a sentence gives the floor to who is called by this name, and the words that do.
fn of_sentence(turn: &Turn<'_>, name: NameForm, id: SentenceId) -> Option<(Span, Span)> {
    let sentence = turn.sentence(id)?;
    let phrases = |sign| turn.phrases.of(sign, turn.tokens(), turn.tokens().of_sentence(id));
    phrases(Sign::Handover).next()?;
    let words = turn.words().of_span(turn.number, sentence);
    if !words.iter().any(|word| word.form == name) {
        return None;
    }
    let mut leads: Vec<&FloorMatch> =
        phrases(Sign::FloorFor).filter(|found| opens_clause(turn, found)).collect();
    leads.sort_by_key(|found| (found.meaning.number, found.first));
    // Who is called on a motion need not be of those who tabled it; who defends it is.
    if phrases(Sign::Defends).next().is_some() {
        let mut tabled: Vec<&FloorMatch> = phrases(Sign::TabledBy).collect();
        tabled.sort_by_key(|found| (found.meaning.number, found.first));
        leads.extend(tabled);
    }
    let found = leads.into_iter().find_map(|lead| {
        let place = turn.place(lead)?;
        let organisation = turn.passage().name_at(place.end(), sentence.end())?;
        let is_group = organisation.of(turn.text).contains(' ');
        is_group.then(|| (organisation, Span::new(place.start(), organisation.end())))
    });
    found.or_else(|| {
        phrases(Sign::ForAuthors).next()?;
        authors_before(turn, sentence.start())
    })
}

/// The last group named before a byte of a turn: who put forward what “the group that moves it” is called
/// to defend. None where several are named.
fn authors_before(turn: &Turn<'_>, end: usize) -> Option<(Span, Span)> {
    let before = turn.tokens().of_span(turn.number, Span::new(0, end));
    let places = turn.phrases.of(Sign::Group, turn.tokens(), before).filter_map(|found| turn.place(found));
    let named = places.filter_map(|place| turn.passage().name_at(place.start(), end));
    let mut named: Vec<Span> = named.filter(|name| name.of(turn.text).contains(' ')).collect();
    named.dedup_by(|a, b| b.end() > a.start());
    let &last = named.last()?;
    let is_one = named.iter().all(|name| name.of(turn.text) == last.of(turn.text));
    is_one.then_some((last, last))
}

/// Whether a phrase begins its sentence or a clause of it.
fn opens_clause(turn: &Turn<'_>, found: &FloorMatch) -> bool {
    let before = (found.first as usize).checked_sub(1).and_then(|at| turn.tokens().all.get(at));
    found.opens || before.is_some_and(|token| matches!(token.kind, TokenKind::Comma | TokenKind::Stop))
}

/// The speaker of the turn after, if it is another.
fn next_speaker(turn: &Turn<'_>) -> Option<SpeakerId> {
    let next = turn.people.id(turn.session.turns.get(turn.number + 1)?.label);
    (next != turn.speaker).then_some(next)
}
