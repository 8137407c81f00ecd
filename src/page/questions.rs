//! The questions that were asked in a session, the voices they name, and the next speaker.

use crate::model::{Kind, PageQuestion, SentenceId, SessionPart};
use crate::prepare::Prepared;
use crate::summary::evidence::quote_unranked;
use crate::text::asks;

/// Words below which a question asks nothing by itself (“Right?”, “Is that so?”).
const SHORTEST: u32 = 5;

/// The sentences that ask something, in reading order.
pub(super) fn ids(prepared: &Prepared<'_>) -> Vec<SentenceId> {
    let asks = |id: &SentenceId| {
        let sentence = prepared.analysis.sentence(*id);
        let text = sentence.span.of(prepared.session.turn_text(sentence.turn as usize));
        sentence.kind == Kind::Speech && sentence.length >= SHORTEST && asks(text)
    };
    prepared.analysis.ids().filter(asks).collect()
}

/// The questions of those sentences.
pub(super) fn questions(
    prepared: &Prepared<'_>,
    ids: &[SentenceId],
    part: &SessionPart,
) -> Vec<PageQuestion> {
    let evidence = quote_unranked(prepared, ids);
    let question = |mut evidence: crate::model::Evidence| {
        let place = (evidence.turn, evidence.sentence);
        let row = part.sentences.binary_search_by_key(&place, |row| (row.turn, row.sentence));
        if let Some(row) = row.ok().and_then(|at| part.sentences.get(at)) {
            evidence.issue = row.issue.to_string();
            evidence.stance = row.stance;
        }
        let turn = usize::try_from(evidence.turn).unwrap_or(usize::MAX);
        PageQuestion { named: named(prepared, turn), next: next(prepared, turn), evidence }
    };
    evidence.into_iter().map(question).collect()
}

/// The voices that a turn names besides its own speaker, in order of first mention.
fn named(prepared: &Prepared<'_>, turn: usize) -> Vec<String> {
    let Some(own) = prepared.session.turns.get(turn).map(|turn| prepared.people.id(turn.label)) else {
        return Vec::new();
    };
    let mentions = prepared.mentions_of_turn(turn);
    let mut names: Vec<String> = Vec::new();
    for mention in mentions.iter().filter(|mention| mention.speaker != own) {
        let speaker = prepared.people.speakers.get(mention.speaker.0 as usize);
        if let Some(name) = speaker.map(|speaker| &speaker.name).filter(|name| !names.contains(name)) {
            names.push(name.clone());
        }
    }
    names
}

/// The next turn of somebody else that has any words.
fn next(prepared: &Prepared<'_>, turn: usize) -> Option<u64> {
    let turns = &prepared.session.turns;
    let own = prepared.people.id(turns.get(turn)?.label);
    let later = turns.iter().enumerate().skip(turn + 1);
    let mut others = later.filter(|(_, other)| prepared.people.id(other.label) != own);
    others.find(|(_, other)| !other.span.is_empty()).map(|(number, _)| number as u64)
}
