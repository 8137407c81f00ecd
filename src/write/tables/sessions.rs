//! `sessions.csv`: which sessions were compared, and where they came from.

use super::{Rows, Table};
use crate::model::{Cell, Column, SessionPart};

pub(super) const TABLE: Table = Table {
    name: "sessions",
    about: "One row a session, in the order of all tables: by date, identifier and content.",
    columns: &[
        Column::text("session", "Identifier of the session, unique in this comparison"),
        Column::text("title", "Title of the session"),
        Column::date("date", "Date of the session"),
        Column::text("language", "ISO 639-1 code of its language"),
        Column::integer("turns", "Number of turns"),
        Column::integer("sentences", "Number of sentences in the turns"),
        Column::integer("words", "Number of words in the turns"),
        Column::text("source", "Path of the source, as given"),
        Column::text("format", "Format the source was read in"),
        Column::text("sha256", "SHA-256 of the source's bytes"),
    ],
    key: &["session"],
    references: &[],
    rows: Rows::Session(rows),
};

fn rows(part: &SessionPart) -> Vec<Vec<Cell>> {
    let info = &part.info;
    vec![vec![
        Cell::text(&info.id),
        Cell::text(&info.title),
        Cell::text(&info.date),
        Cell::text(&info.language),
        Cell::Integer(info.turns),
        Cell::Integer(info.sentences),
        Cell::Integer(info.words),
        Cell::text(&info.source.path),
        Cell::text(&info.source.format),
        Cell::text(&info.source.sha256),
    ]]
}
