//! `stakeholder_stance.csv` and `stakeholder_stance_basis.csv`: where each stakeholder stands, as a matrix,
//! and what that rests on.

use super::{Reference, Rows, Table, Wide};
use crate::model::{Basis, Cell, Column, ColumnKind, Overall, StakeholderTotals, Stance};

pub(super) const TABLE: Table = Table {
    name: "stakeholder_stance",
    about: "A matrix: one row a stakeholder, one column an issue, over all sessions.",
    columns: &[Column::text("stakeholder", "The stakeholder")],
    key: &["stakeholder"],
    references: &[Reference::STAKEHOLDER],
    rows: Rows::Wide(Wide {
        names: labels,
        kind: ColumnKind::Text,
        about: "support, oppose, concern, or mixed; empty where nothing tells. The table of stances has the \
                sentences, its twin stakeholder_stance_basis whether a sentence states it",
        rows,
    }),
};

pub(super) const BASIS: Table = Table {
    name: "stakeholder_stance_basis",
    about: "The twin of stakeholder_stance: what each stance there rests on.",
    columns: &[Column::text("stakeholder", "The stakeholder")],
    key: &["stakeholder"],
    references: &[Reference::STAKEHOLDER],
    rows: Rows::Wide(Wide {
        names: labels,
        kind: ColumnKind::Text,
        about: "stated where a sentence on the issue says it with its own cue, inferred where it is what the \
                sentences on the issue add up to; empty where there is no stance",
        rows: bases,
    }),
};

fn rows(overall: &Overall) -> Vec<Vec<Cell>> {
    matrix(overall, |stance, _| stance.name())
}

fn bases(overall: &Overall) -> Vec<Vec<Cell>> {
    matrix(overall, |_, basis| basis.name())
}

fn matrix(overall: &Overall, name: fn(Stance, Basis) -> &'static str) -> Vec<Vec<Cell>> {
    let row = |totals: &StakeholderTotals| {
        let known = |at: usize| totals.stances.get(at).copied().flatten();
        let cell = |at: usize| Cell::text(known(at).map_or("", |(stance, basis)| name(stance, basis)));
        std::iter::once(Cell::text(&totals.counts.name)).chain((0..overall.issues.len()).map(cell)).collect()
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
