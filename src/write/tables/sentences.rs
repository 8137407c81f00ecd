//! `sentences.csv`: every sentence of every session, which all other tables lead back to.

use super::{Reference, Rows, Table};
use crate::model::{Cell, Column, Kind, SentenceRow, SessionPart, Stance};

pub(super) const TABLE: Table = Table {
    name: "sentences",
    about: "One row a sentence, in reading order; every word that was spoken is in one of them.",
    columns: &[
        Column::text("session", "Identifier of the session"),
        Column::integer("turn", "Index of the turn in the source, from 0"),
        Column::integer("sentence", "Number of the sentence in its turn, from 0"),
        Column::text("speaker", "Who speaks, as in the table of speakers"),
        Column::text("label", "The speaker's label exactly as in the source turn"),
        Column::text("stakeholder", "Who the sentence counts for in this comparison"),
        Column::integer("start", "First byte in the turn's text (UTF-8)"),
        Column::integer("end", "One past the last byte in the turn's text"),
        Column::number("time_start", "Seconds from the start of the recording, where the source has times"),
        Column::number("time_end", "Seconds from the start of the recording, where the source has times"),
        Column::text("issue", "The issue that the sentence is mainly about"),
        Column::text(
            "stance",
            "The stance that the sentence states, of whatever it is: support, oppose or concern",
        ),
        Column::text("cue", "The words of the sentence that state the stance"),
        Column::number("score", "How well the sentence shows its stakeholder's position; higher is better"),
        Column::boolean("selected", "Whether it is quoted in the table of positions"),
        Column::text("text", "The sentence, verbatim"),
        Column::text("kind", "Kind of talk: speech, procedural (courtesy and procedure) or noise"),
        Column::integer("words", "Number of words without fillers and noise"),
        Column::number("issue_score", "How well it fits its issue, above 0 and up to 1"),
        Column::text(
            "stance_on_issue",
            "The stance that the sentence states of its issue, as counted in the stances",
        ),
    ],
    key: &["session", "turn", "sentence"],
    references: &[Reference::SESSION, Reference::STAKEHOLDER, Reference::ISSUE, Reference::SPEAKER],
    rows: Rows::Session(rows),
};

fn rows(part: &SessionPart) -> Vec<Vec<Cell>> {
    part.sentences.iter().map(|sentence| row(&part.info.id, sentence)).collect()
}

fn row(session: &str, sentence: &SentenceRow) -> Vec<Cell> {
    vec![
        Cell::text(session),
        Cell::Integer(sentence.turn),
        Cell::Integer(sentence.sentence),
        Cell::text(&sentence.name),
        Cell::text(&sentence.speaker),
        Cell::text(&sentence.stakeholder),
        Cell::Integer(sentence.start),
        Cell::Integer(sentence.end),
        Cell::number(sentence.time.map(|time| time.start)),
        Cell::number(sentence.time.map(|time| time.end)),
        Cell::text(&sentence.issue),
        Cell::text(Stance::name_or_empty(sentence.stance)),
        Cell::text(&sentence.cue),
        Cell::number(sentence.score),
        Cell::Boolean(sentence.selected),
        Cell::text(&sentence.text),
        Cell::text(match sentence.kind {
            Kind::Speech => "speech",
            Kind::Procedural => "procedural",
            Kind::Noise => "noise",
        }),
        Cell::Integer(sentence.words),
        Cell::number(sentence.issue_score),
        Cell::text(Stance::name_or_empty(sentence.stance_on_issue)),
    ]
}
