//! `ledger.csv`: where every word of the sources went.

use super::{Reference, Rows, Table};
use crate::model::{Cell, Classes, Column, SessionPart};

pub(super) const TABLE: Table = Table {
    name: "ledger",
    about: "One row a voice and a class of words; the words of a session add up to those of its source.",
    columns: &[
        Column::text("session", "Identifier of the session"),
        Column::text("speaker", "The voice, as in the table of speakers; empty for words that nobody spoke"),
        Column::text(
            "class",
            "Where the words went: selected (in sentences that are quoted), unselected, procedural, noise, \
             headers, labels or unattributed",
        ),
        Column::integer("words", "Number of words of the source"),
    ],
    key: &[],
    references: &[Reference::SESSION],
    rows: Rows::Session(rows),
};

fn rows(part: &SessionPart) -> Vec<Vec<Cell>> {
    let all = &part.ledger.all;
    let nobody = Classes { headers: all.headers, unattributed: all.unattributed, ..Classes::default() };
    let speakers = part.ledger.speakers.iter().map(|speaker| (speaker.speaker.as_str(), &speaker.classes));
    let mut rows = Vec::new();
    for (speaker, classes) in speakers.chain([("", &nobody)]) {
        for (class, words) in classes.pairs().into_iter().filter(|&(_, words)| words > 0) {
            rows.push(vec![
                Cell::text(&part.info.id),
                Cell::text(speaker),
                Cell::text(class),
                Cell::Integer(words),
            ]);
        }
    }
    rows
}
