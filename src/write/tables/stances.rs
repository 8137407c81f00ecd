//! `stances.csv`: where each stakeholder stands on each issue, with the sentences that say so.

use super::{Reference, Rows, Table};
use crate::model::{Cell, Column, IssueStance, SessionPart, Stance};

pub(super) const TABLE: Table = Table {
    name: "stances",
    about: "One row a stakeholder and an issue it spoke on in a session.",
    columns: &[
        Column::text("session", "Identifier of the session"),
        Column::text("stakeholder", "Who stands there"),
        Column::text("issue", "The issue"),
        Column::text(
            "stance",
            "support, oppose, concern, or mixed where its sentences differ; empty where no sentence states any, and \
             where there is no issue",
        ),
        Column::integer("n_support", "Sentences on the issue that state support"),
        Column::integer("n_oppose", "Sentences on the issue that state opposition"),
        Column::integer("n_concern", "Sentences on the issue that state a concern"),
        Column::integer("n_sentences", "Sentences on the issue, with and without a stance"),
        Column::number("salience", "Share of the stakeholder's words in the session that is on the issue"),
        Column::text("evidence", "The sentences that state a stance, as turn.sentence, separated by spaces"),
    ],
    key: &["session", "stakeholder", "issue"],
    references: &[Reference::SESSION, Reference::STAKEHOLDER, Reference::ISSUE],
    rows: Rows::Session(rows),
};

fn rows(part: &SessionPart) -> Vec<Vec<Cell>> {
    part.stances.iter().map(|stance| row(&part.info.id, stance)).collect()
}

fn row(session: &str, on: &IssueStance) -> Vec<Cell> {
    let places: Vec<String> =
        on.evidence.iter().map(|(turn, sentence)| format!("{turn}.{sentence}")).collect();
    vec![
        Cell::text(session),
        Cell::text(&on.stakeholder),
        Cell::text(&on.issue),
        Cell::text(on.stance.map_or("", Stance::name)),
        Cell::Integer(on.counts.support),
        Cell::Integer(on.counts.oppose),
        Cell::Integer(on.counts.concern),
        Cell::Integer(on.n_sentences),
        Cell::number(Some(on.salience)),
        Cell::text(&places.join(" ")),
    ]
}
