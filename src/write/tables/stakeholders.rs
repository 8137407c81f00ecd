//! `stakeholders.csv`: who is compared, over all sessions.

use super::{Rows, Table};
use crate::model::{Cell, Column, Overall, StakeholderTotals};

pub(super) const TABLE: Table = Table {
    name: "stakeholders",
    about: "One row a stakeholder over all sessions, the most talkative first.",
    columns: &[
        Column::text("stakeholder", "What is compared: a stakeholder, a speaker or a group, as asked for"),
        Column::text("group", "Kinds of stakeholder of its voices, separated by `; `"),
        Column::integer("n_sessions", "Sessions in which it speaks"),
        Column::integer("n_speakers", "Voices that speak for it"),
        Column::integer("turns", "Turns of its voices"),
        Column::integer("sentences", "Sentences of its voices"),
        Column::integer("words", "Words of its voices without fillers and noise"),
        Column::number("share", "Share of all words, 0 to 1"),
        Column::integer(
            "words_compared",
            "Words of those of its voices whose role is compared; shares of its words are shares of these",
        ),
        Column::boolean(
            "in_matrices",
            "Whether it has a row in the matrices and the table of terms: not if it only moderates, chairs, \
             interprets or asks from the floor, nor if others in greater number talk more",
        ),
        Column::text("speakers", "The voices that speak for it, separated by `; `"),
    ],
    key: &["stakeholder"],
    references: &[],
    rows: Rows::Overall(rows),
};

fn rows(overall: &Overall) -> Vec<Vec<Cell>> {
    overall.stakeholders.iter().map(row).collect()
}

fn row(totals: &StakeholderTotals) -> Vec<Cell> {
    let counts = &totals.counts;
    let joined = |names: &std::collections::BTreeSet<String>| {
        Cell::text(&names.iter().map(String::as_str).collect::<Vec<_>>().join("; "))
    };
    vec![
        Cell::text(&counts.name),
        joined(&counts.groups),
        Cell::Integer(totals.sessions),
        Cell::Integer(counts.speakers.len() as u64),
        Cell::Integer(counts.turns),
        Cell::Integer(counts.sentences),
        Cell::Integer(counts.words),
        Cell::number(Some(totals.share)),
        Cell::Integer(counts.words_compared),
        Cell::Boolean(totals.in_matrices),
        joined(&counts.speakers),
    ]
}
