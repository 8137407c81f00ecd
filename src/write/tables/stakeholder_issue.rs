//! `stakeholder_issue.csv`: what each stakeholder speaks on, as a matrix.

use super::stakeholder_stance::{in_matrices, labels};
use super::{Reference, Rows, Table, Wide};
use crate::model::{Cell, Column, ColumnKind, Overall, StakeholderTotals};

pub(super) const TABLE: Table = Table {
    name: "stakeholder_issue",
    about: "A matrix: one row a stakeholder, one column an issue, over all sessions.",
    columns: &[Column::text("stakeholder", "The stakeholder")],
    key: &["stakeholder"],
    references: &[Reference::STAKEHOLDER],
    rows: Rows::Wide(Wide {
        names: labels,
        kind: ColumnKind::Number,
        about: "Share of the stakeholder's words that is on this issue, 0 to 1; 0 where it says nothing on it",
        rows,
    }),
};

fn rows(overall: &Overall) -> Vec<Vec<Cell>> {
    let row = |totals: &StakeholderTotals| {
        let all = totals.counts.words_compared;
        let share = |at: usize| {
            let words = totals.counts.on_issues.get(at).map_or(0, |on| on.words);
            Cell::number((all > 0).then(|| words as f64 / all as f64))
        };
        let shares = (0..overall.issues.len()).map(share);
        std::iter::once(Cell::text(&totals.counts.name)).chain(shares).collect()
    };
    in_matrices(overall).map(row).collect()
}
