//! `similarity.csv`: how alike the vocabularies of stakeholders are, which is not agreement.

use super::stakeholder_stance::in_matrices;
use super::{Reference, Rows, Table, Wide};
use crate::model::{Cell, Column, ColumnKind, Overall};

pub(super) const TABLE: Table = Table {
    name: "similarity",
    about: "A matrix: one row and one column a stakeholder, over all sessions. Alike in vocabulary is not \
            agreed: those who oppose each other speak of the same things.",
    columns: &[Column::text("stakeholder", "The stakeholder")],
    key: &["stakeholder"],
    references: &[Reference::STAKEHOLDER],
    rows: Rows::Wide(Wide {
        names,
        kind: ColumnKind::Number,
        about: "Cosine of the TF-IDF vectors of the two (weights as in the table of terms), 0 to 1; empty where \
                one of them uses no term",
        rows,
    }),
};

fn names(overall: &Overall) -> Vec<String> {
    in_matrices(overall).map(|totals| totals.counts.name.clone()).collect()
}

fn rows(overall: &Overall) -> Vec<Vec<Cell>> {
    let row = |(name, cosines): (String, &Vec<Option<f64>>)| {
        let cells = cosines.iter().map(|&cosine| Cell::number(cosine));
        std::iter::once(Cell::text(&name)).chain(cells).collect()
    };
    names(overall).into_iter().zip(&overall.similarity).map(row).collect()
}
