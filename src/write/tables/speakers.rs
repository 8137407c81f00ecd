//! `speakers.csv`: the voices of each session, with the speech statistics of the source beside ours.

use rustc_hash::FxHashMap;

use super::{Reference, Rows, Table};
use crate::model::{Cell, Column, SessionPart, SpeakerInfo};

pub(super) const TABLE: Table = Table {
    name: "speakers",
    about: "One row a voice of a session, after its labels are merged.",
    columns: &[
        Column::text("session", "Identifier of the session"),
        Column::text("speaker", "The roster's name, else the fullest label in the source"),
        Column::text("stakeholder", "Who the speaker speaks for; the speaker when nothing better is known"),
        Column::text("group", "Kind of stakeholder"),
        Column::text("role", "What the voice does: speaker, moderator, chair, interpreter or audience"),
        Column::integer("turns", "Number of turns"),
        Column::integer("sentences", "Number of sentences"),
        Column::integer("words", "Number of words: runs of characters that are not white space"),
        Column::number("share", "Share of all words spoken in the session, 0 to 1"),
        Column::number("seconds", "Seconds of speech, where the source has times"),
        Column::number("wpm", "Words per minute: words times 60 over seconds"),
        Column::integer("published_words", "Number of words that the source itself publishes"),
        Column::number("published_seconds", "Seconds of speech that the source itself publishes"),
        Column::number("published_wpm", "Words per minute that the source itself publishes"),
        Column::text("aliases", "The other labels of the same voice in the source, separated by `; `"),
    ],
    key: &["session", "speaker"],
    references: &[Reference::SESSION],
    rows: Rows::Session(rows),
};

fn rows(part: &SessionPart) -> Vec<Vec<Cell>> {
    let mut n_sentences: FxHashMap<&str, u64> = FxHashMap::default();
    for sentence in &part.sentences {
        *n_sentences.entry(&sentence.name).or_default() += 1;
    }
    let sentences = |speaker: &SpeakerInfo| n_sentences.get(speaker.name.as_str()).copied().unwrap_or(0);
    part.speakers.iter().map(|speaker| row(&part.info.id, speaker, sentences(speaker))).collect()
}

fn row(session: &str, speaker: &SpeakerInfo, n_sentences: u64) -> Vec<Cell> {
    let published = speaker.published.clone().unwrap_or_default();
    vec![
        Cell::text(session),
        Cell::text(&speaker.name),
        Cell::text(&speaker.stakeholder),
        Cell::text(&speaker.group),
        Cell::text(speaker.role.name()),
        Cell::Integer(speaker.turns),
        Cell::Integer(n_sentences),
        Cell::Integer(speaker.words),
        Cell::number(Some(speaker.share)),
        Cell::number(speaker.seconds),
        Cell::number(speaker.wpm),
        Cell::integer(published.words),
        Cell::number(published.seconds),
        Cell::number(published.wpm),
        Cell::text(&speaker.aliases.join("; ")),
    ]
}
