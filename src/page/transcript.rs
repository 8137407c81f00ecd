//! The transcript as a page shows it: turns, paragraphs, sentences.

use crate::compare::Compared;
use crate::model::{PageTurn, Published, SentenceId, Span};
use crate::prepare::Prepared;

/// The turns of the session, empty ones included.
pub(super) fn turns(prepared: &Prepared<'_>, compared: &Compared) -> Vec<PageTurn> {
    (0..prepared.session.turns.len()).map(|turn| one(prepared, compared, turn)).collect()
}

fn one(prepared: &Prepared<'_>, compared: &Compared, turn: usize) -> PageTurn {
    let session = prepared.session;
    let speaker = session.turns.get(turn).map(|turn| prepared.people.id(turn.label).0 as usize);
    let text = session.turn_text(turn);
    let name = speaker.and_then(|speaker| prepared.people.speakers.get(speaker));
    PageTurn {
        label: session.turn_label(turn).to_owned(),
        name: name.map_or_else(String::new, |speaker| speaker.name.clone()),
        stakeholder: speaker.and_then(|at| compared.of_speaker.get(at)).cloned().unwrap_or_default(),
        language: session.language_of(turn),
        line: session.line_of(turn, 0).into(),
        time: session.time_of(turn, Span::new(0, text.len())),
        paragraphs: paragraphs(text, prepared.analysis.sentences_of(turn), |id| {
            prepared.analysis.sentence(id).span
        }),
    }
}

/// The sentences of a turn, divided where the source has an empty line between two.
fn paragraphs(
    text: &str,
    ids: impl Iterator<Item = SentenceId>,
    span: impl Fn(SentenceId) -> Span,
) -> Vec<Vec<usize>> {
    let mut paragraphs: Vec<Vec<usize>> = Vec::new();
    let mut end = 0;
    for id in ids {
        let between = text.get(end..span(id).start()).unwrap_or("");
        let is_new = between.matches('\n').count() > 1;
        match paragraphs.last_mut().filter(|_| !is_new) {
            Some(paragraph) => paragraph.push(id.index()),
            None => paragraphs.push(vec![id.index()]),
        }
        end = span(id).end();
    }
    paragraphs
}

/// Published figures under names that no speaker of the session has.
pub(super) fn published_of_nobody(prepared: &Prepared<'_>) -> Vec<(String, Published)> {
    let session = prepared.session;
    let is_known = |name: &str| {
        let mut speakers = prepared.people.speakers.iter();
        speakers.any(|s| s.name == name || s.labels.iter().any(|&label| session.label(label) == name))
    };
    session.published.iter().filter(|(name, _)| !is_known(name)).cloned().collect()
}
