//! `issues.csv`: the subjects on which positions are compared.

use super::{Rows, Table};
use crate::model::{Cell, Column, IssueTotals, Overall};

pub(super) const TABLE: Table = Table {
    name: "issues",
    about: "One row an issue, in the order in which issues were given or found.",
    columns: &[
        Column::text("issue", "The name of the issue in all tables"),
        Column::text("label", "The issue for a reader"),
        Column::text("terms", "Words and phrases that belong to it, separated by `; `"),
        Column::integer("n_sentences", "Sentences that are mainly about it, of all voices"),
        Column::integer("n_stakeholders", "Compared stakeholders that spoke on it"),
    ],
    key: &["issue"],
    references: &[],
    rows: Rows::Overall(rows),
};

fn rows(overall: &Overall) -> Vec<Vec<Cell>> {
    let row = |totals: &IssueTotals| {
        vec![
            Cell::text(&totals.issue.label),
            Cell::text(&totals.issue.label),
            Cell::text(&totals.issue.terms.join("; ")),
            Cell::Integer(totals.sentences),
            Cell::Integer(totals.stakeholders),
        ]
    };
    overall.issues.iter().map(row).collect()
}
