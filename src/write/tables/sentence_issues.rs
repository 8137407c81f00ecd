//! `sentence_issues.csv`: all issues that each sentence bears on.

use super::{Reference, Rows, Table};
use crate::model::{Cell, Column, SessionPart};

pub(super) const TABLE: Table = Table {
    name: "sentence_issues",
    about: "One row a sentence and an issue that it bears on, with a probability of 0.05 and more, the most \
            probable first.",
    columns: &[
        Column::text("session", "Identifier of the session"),
        Column::integer("turn", "Index of the turn in the source, from 0"),
        Column::integer("sentence", "Number of the sentence in its turn, from 0"),
        Column::text("issue", "An issue that the sentence bears on"),
        Column::number("relevance", "Probability that it does, 0 to 1"),
        Column::number(
            "score",
            "What its words say towards the issue, as log-odds: above 0 for it, below 0 against it",
        ),
    ],
    key: &["session", "turn", "sentence", "issue"],
    references: &[Reference::SENTENCE, Reference::ISSUE],
    rows: Rows::Session(rows),
};

fn rows(part: &SessionPart) -> Vec<Vec<Cell>> {
    let of_sentence = |sentence: &crate::model::SentenceRow| {
        let row = |bearing: &crate::model::BearingRow| {
            vec![
                Cell::text(&part.info.id),
                Cell::Integer(sentence.turn),
                Cell::Integer(sentence.sentence),
                Cell::text(&bearing.issue),
                Cell::number(Some(bearing.relevance)),
                Cell::number(Some(bearing.score)),
            ]
        };
        sentence.bearings.iter().map(row).collect::<Vec<_>>()
    };
    part.sentences.iter().flat_map(of_sentence).collect()
}
