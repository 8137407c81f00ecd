//! `positions.csv`: the quotations that say what each stakeholder put forward.

use super::{Reference, Rows, Table};
use crate::model::{Cell, Column, Evidence, Position, SessionPart, Stance};

/// The columns of a positions table; `summarize --format csv` has the first fourteen too.
pub const COLUMNS: &[Column] = &[
    Column::text("session", "Identifier of the session"),
    Column::text("stakeholder", "Whose position the quotation shows"),
    Column::text("speaker", "Who speaks, as in the table of speakers"),
    Column::text("label", "The speaker's label exactly as in the source turn"),
    Column::text("issue", "The issue that the quotation is mainly about"),
    Column::text(
        "kind",
        "What the quotation does: demand, proposal, support, objection, concern, condition, commitment or reason",
    ),
    Column::integer("rank", "Order of choice among the quotations of its stakeholder on its issue, from 1"),
    Column::number("score", "Why it was chosen, as a figure; higher is better"),
    Column::text(
        "stance",
        "The stance that the quotation states, of its issue where it has one: support, oppose or concern",
    ),
    Column::integer("turn", "Index of the turn in the source, from 0"),
    Column::integer("sentence", "Number of the sentence in its turn, from 0"),
    Column::integer("start", "First byte in the turn's text (UTF-8)"),
    Column::integer("end", "One past the last byte in the turn's text"),
    Column::number("time_start", "Seconds from the start of the recording, where the source has times"),
    Column::text("text", "The quotation, verbatim"),
    Column::text("display", "The quotation without fillers and noise, where that is different"),
    Column::text("context", "The sentence before, where the quotation leans on it"),
];

pub(super) const TABLE: Table = Table {
    name: "positions",
    about: "One row a quotation: the best of each stakeholder on each issue in each session.",
    columns: COLUMNS,
    key: &["session", "turn", "sentence"],
    references: &[Reference::SENTENCE, Reference::STAKEHOLDER, Reference::ISSUE, Reference::SPEAKER],
    rows: Rows::Session(rows),
};

fn rows(part: &SessionPart) -> Vec<Vec<Cell>> {
    let row = |position: &Position| {
        let mut cells = row(&part.info.id, &position.name, &position.evidence).to_vec();
        cells.extend([Cell::text(&position.evidence.display), Cell::text(&position.evidence.context)]);
        cells
    };
    part.positions.iter().map(row).collect()
}

/// Columns of the table that a quotation of any report fills: the first ones.
pub const REPORTED: usize = 15;

/// The first cells: what a quotation of any report fills. `name` is the speaker's.
pub fn row(session: &str, name: &str, evidence: &Evidence) -> [Cell; REPORTED] {
    [
        Cell::text(session),
        Cell::text(&evidence.stakeholder),
        Cell::text(name),
        Cell::text(&evidence.speaker),
        Cell::text(&evidence.issue),
        Cell::text(&evidence.kind),
        Cell::Integer(evidence.rank),
        Cell::number(Some(evidence.score)),
        Cell::text(Stance::name_or_empty(evidence.stance)),
        Cell::Integer(evidence.turn),
        Cell::Integer(evidence.sentence),
        Cell::Integer(evidence.start),
        Cell::Integer(evidence.end),
        Cell::number(evidence.time.map(|time| time.start)),
        Cell::text(&evidence.text),
    ]
}
