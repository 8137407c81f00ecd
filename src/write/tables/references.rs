//! `references.csv`: who speaks of whom.

use super::{Reference, Rows, Table};
use crate::model::{Cell, Column, SessionPart};

pub(super) const TABLE: Table = Table {
    name: "references",
    about: "One row a sentence in which a speaker speaks of another.",
    columns: &[
        Column::text("session", "Identifier of the session"),
        Column::text("speaker", "Who speaks, as in the table of speakers"),
        Column::text("target", "Who is spoken of, as in the table of speakers"),
        Column::text("kind", "What is said of the other's words: agree, disagree or mention"),
        Column::integer("turn", "Index of the turn in the source, from 0"),
        Column::integer("sentence", "Number of the sentence in its turn, from 0"),
        Column::text("text", "The sentence, verbatim"),
    ],
    key: &[],
    references: &[
        Reference::SENTENCE,
        Reference::SPEAKER,
        Reference { columns: &["session", "target"], table: "speakers", to: &["session", "speaker"] },
    ],
    rows: Rows::Session(rows),
};

fn rows(part: &SessionPart) -> Vec<Vec<Cell>> {
    let row = |reference: &crate::model::ReferenceRow| {
        vec![
            Cell::text(&part.info.id),
            Cell::text(&reference.from),
            Cell::text(&reference.to),
            Cell::text(reference.kind.name()),
            Cell::Integer(reference.place.turn),
            Cell::Integer(reference.place.sentence),
            Cell::text(&reference.place.text),
        ]
    };
    part.references.iter().map(row).collect()
}
