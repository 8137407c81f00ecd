//! `agreement.csv`: who says that it agrees with another or disagrees, and whose stances are the same or
//! opposite.

use super::{Reference, Rows, Table};
use crate::model::{AgreementRow, Cell, Column, SessionPart};

pub(super) const TABLE: Table = Table {
    name: "agreement",
    about: "One row a pair of stakeholders on an issue, never from likeness of words: who speaks of the other, \
            then of the fifteen surest stances on the issue which are the same or opposite.",
    columns: &[
        Column::text("session", "Identifier of the session"),
        Column::text("issue", "The issue"),
        Column::text("stakeholder_a", "One stakeholder"),
        Column::text("stakeholder_b", "The other stakeholder"),
        Column::text(
            "relation",
            "agree or differ where one says so of the other; same or opposite where their stances on the issue are",
        ),
        Column::number(
            "strength",
            "How sure that is, 0 to 1: 1 where it is said, else the confidence of the less sure stance",
        ),
        Column::integer("turn_a", "Index of the turn of the first quotation"),
        Column::integer("sentence_a", "Number of the first quotation in its turn"),
        Column::text("text_a", "What the one said, verbatim"),
        Column::integer("turn_b", "Index of the turn of the second quotation"),
        Column::integer("sentence_b", "Number of the second quotation in its turn"),
        Column::text("text_b", "What the other said, verbatim"),
    ],
    key: &[],
    references: &[
        Reference::ISSUE,
        Reference { columns: &["stakeholder_a"], table: "stakeholders", to: &["stakeholder"] },
        Reference { columns: &["stakeholder_b"], table: "stakeholders", to: &["stakeholder"] },
        Reference {
            columns: &["session", "turn_a", "sentence_a"],
            table: "sentences",
            to: &["session", "turn", "sentence"],
        },
        Reference {
            columns: &["session", "turn_b", "sentence_b"],
            table: "sentences",
            to: &["session", "turn", "sentence"],
        },
    ],
    rows: Rows::Session(rows),
};

fn rows(part: &SessionPart) -> Vec<Vec<Cell>> {
    part.agreements.iter().map(|pair| row(&part.info.id, pair)).collect()
}

fn row(session: &str, pair: &AgreementRow) -> Vec<Cell> {
    let (a, b) = (&pair.quoted_a, &pair.quoted_b);
    vec![
        Cell::text(session),
        Cell::text(&pair.issue),
        Cell::text(&pair.stakeholder_a),
        Cell::text(&pair.stakeholder_b),
        Cell::text(pair.relation.name()),
        Cell::number(Some(pair.strength)),
        Cell::Integer(a.turn),
        Cell::Integer(a.sentence),
        Cell::text(&a.text),
        Cell::Integer(b.turn),
        Cell::Integer(b.sentence),
        Cell::text(&b.text),
    ]
}
