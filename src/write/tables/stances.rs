//! `stances.csv`: where each stakeholder stands on each issue, with the sentences that say so.

use super::{Reference, Rows, Table};
use crate::model::{Basis, Cell, Column, IssueStance, SessionPart, Stance};

pub(super) const TABLE: Table = Table {
    name: "stances",
    about: "One row a stakeholder and an issue it spoke on in a session.",
    columns: &[
        Column::text("session", "Identifier of the session"),
        Column::text("stakeholder", "Who stands there"),
        Column::text("issue", "The issue"),
        Column::text(
            "stance",
            "support, oppose, concern, or on a motion mixed; empty where nothing tells, and where there is no issue",
        ),
        Column::text(
            "basis",
            "stated where a sentence on the issue says it with its own cue, inferred where it is what the sentences \
             on the issue add up to",
        ),
        Column::number(
            "confidence",
            "Probability that a reader would say the same, 0 to 1; empty on a motion",
        ),
        Column::integer("n_support", "Sentences on the issue that state support"),
        Column::integer("n_oppose", "Sentences on the issue that state opposition"),
        Column::integer("n_concern", "Sentences on the issue that state a concern"),
        Column::integer(
            "n_sentences",
            "Sentences on the issue: mainly, or with a probability of 0.25 and more",
        ),
        Column::number(
            "salience",
            "Share of the stakeholder's words in the session that is mainly on the issue",
        ),
        Column::text(
            "evidence",
            "The sentences that show the stance, best first, as turn.sentence, separated by spaces",
        ),
        Column::number(
            "score",
            "What tells the stance, as log-odds: above 0 for the issue, below 0 against it",
        ),
        Column::text(
            "because",
            "The features that add up to the score, as name=value, the weightiest first, separated by spaces",
        ),
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
        Cell::text(Stance::name_or_empty(on.stance)),
        Cell::text(on.basis.map_or("", Basis::name)),
        Cell::number(on.confidence),
        Cell::Integer(on.counts.support),
        Cell::Integer(on.counts.oppose),
        Cell::Integer(on.counts.concern),
        Cell::Integer(on.n_sentences),
        Cell::number(Some(on.salience)),
        Cell::text(&places.join(" ")),
        Cell::number(on.score),
        Cell::text(&on.because_text()),
    ]
}
