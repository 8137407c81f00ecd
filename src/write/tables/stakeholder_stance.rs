//! `stakeholder_stance.csv`: where each stakeholder stands, as a matrix.

use super::{Reference, Rows, Table, Wide};
use crate::model::{Cell, Column, ColumnKind, Overall, StakeholderTotals, Stance};

pub(super) const TABLE: Table = Table {
    name: "stakeholder_stance",
    about: "A matrix: one row a stakeholder, one column an issue, over all sessions.",
    columns: &[Column::text("stakeholder", "The stakeholder")],
    key: &["stakeholder"],
    references: &[Reference::STAKEHOLDER],
    rows: Rows::Wide(Wide {
        names: labels,
        kind: ColumnKind::Text,
        about: "support, oppose, concern, or mixed where its sentences differ; empty where none states any. \
                The table of stances has the sentences",
        rows,
    }),
};

fn rows(overall: &Overall) -> Vec<Vec<Cell>> {
    let row = |totals: &StakeholderTotals| {
        let stance =
            |at: usize| Cell::text(totals.stances.get(at).copied().flatten().map_or("", Stance::name));
        let stances = (0..overall.issues.len()).map(stance);
        std::iter::once(Cell::text(&totals.counts.name)).chain(stances).collect()
    };
    in_matrices(overall).map(row).collect()
}

/// The stakeholders that have a row in the matrices.
pub(super) fn in_matrices(overall: &Overall) -> impl Iterator<Item = &StakeholderTotals> {
    overall.stakeholders.iter().filter(|totals| totals.in_matrices)
}

/// The issues as the columns name them.
pub(super) fn labels(overall: &Overall) -> Vec<String> {
    overall.issues.iter().map(|totals| totals.issue.label.clone()).collect()
}
