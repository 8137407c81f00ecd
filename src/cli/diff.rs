//! `diff`: what changed between two sessions or two dates.

use clap::Args;
use rapporteur::Result;
use rapporteur::archive::{Archive, Change, Difference, Side};
use rapporteur::model::Cell;

use super::Outcome;
use super::archived::{Rows, Written, line, quotation};

const EXAMPLES: &str = "\
Examples:
  rapporteur diff out/position-brief.sqlite budget-round-1 budget-round-2
  rapporteur diff out/position-brief.sqlite 2025-01 2025-02
  rapporteur diff out/position-brief.sqlite 2024 2025 --format csv -o changes.csv

A quotation repeats another if they have half of their words in common. A stance has changed where
both sides state one, and not the same.";

/// Show what changed between two sessions or dates: positions new, dropped, repeated; stances
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// SQLite file of a definition's archive
    archive: String,
    /// Identifier of a session, or a day, month or year
    before: String,
    /// The same, later
    after: String,
    #[command(flatten)]
    rows: Rows,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome> {
    let found = Archive::open(&arguments.archive)?.diff(&arguments.before, &arguments.after)?;
    arguments.rows.write(
        &found,
        &Written {
            schema: "rapporteur/diff/1",
            columns: &[
                "change",
                "stakeholder",
                "issue",
                "stance_before",
                "stance_after",
                "date_before",
                "session_before",
                "turn_before",
                "sentence_before",
                "text_before",
                "date_after",
                "session_after",
                "turn_after",
                "sentence_after",
                "text_after",
            ],
            cells,
            text,
            none: "nobody put anything forward",
        },
    )?;
    Ok(Outcome::Done)
}

fn cells(difference: &Difference) -> Vec<Cell> {
    let stance = |side: &Option<Side>| Cell::text(side.as_ref().map_or("", |side| &side.stance));
    let mut cells = vec![
        Cell::text(difference.change.name()),
        Cell::text(&difference.stakeholder),
        Cell::text(&difference.issue),
        stance(&difference.before),
        stance(&difference.after),
    ];
    for side in [&difference.before, &difference.after] {
        cells.extend(match side {
            None => vec![Cell::Empty; 5],
            Some(side) => vec![
                Cell::text(&side.date),
                Cell::text(&side.session),
                Cell::Integer(side.turn),
                Cell::Integer(side.sentence),
                Cell::text(&side.text),
            ],
        });
    }
    cells
}

fn text(difference: &Difference) -> String {
    let stance = |side: &Option<Side>| side.as_ref().map_or("", |side| side.stance.as_str()).to_owned();
    let stances = match difference.change {
        Change::Stance => format!("from {} to {}", stance(&difference.before), stance(&difference.after)),
        _ => String::new(),
    };
    let mut text = line(&[difference.change.name(), &difference.stakeholder, &difference.issue, &stances]);
    text.push('\n');
    for side in [&difference.before, &difference.after].into_iter().flatten() {
        text.push_str(&quotation(
            &side.text,
            &line(&[&side.date, &side.session, &format!("turn {}", side.turn)]),
        ));
    }
    text
}
