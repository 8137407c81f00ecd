//! `history`: what a stakeholder put forward over time.

use clap::Args;
use rapporteur::compare::ArchivedPosition;
use rapporteur::model::{Cell, Stance};
use rapporteur::{Error, Result, write};

use crate::commands::Outcome;
use crate::io::archived::{Dates, RowWriter, Rows, line, quotation, voice};

const EXAMPLES: &str = "\
Examples:
  rapporteur history out/position-brief.sqlite --stakeholder \"Port Authority\"
  rapporteur history out/position-brief.sqlite --stakeholder Reyes --issue \"Night flights\"
  rapporteur history out/position-brief.sqlite --issue \"Night flights\" --from 2024 --format csv";

/// Show what a stakeholder put forward on an issue over time
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// SQLite file of a definition's archive
    archive: String,
    /// Whose positions; a part of the name of a stakeholder or speaker will do
    #[arg(long, value_name = "NAME")]
    stakeholder: Option<String>,
    /// On which issue [default: on all]
    #[arg(long, value_name = "ISSUE")]
    issue: Option<String>,
    #[command(flatten)]
    dates: Dates,
    #[command(flatten)]
    rows: Rows,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    let (stakeholder, issue) = (arguments.stakeholder.as_deref(), arguments.issue.as_deref());
    if stakeholder.is_none() && issue.is_none() {
        return Err(
            Error::usage("whose history is not said").remedy("add --stakeholder NAME or --issue ISSUE")
        );
    }
    let found =
        arguments.rows.open(&arguments.archive)?.history(stakeholder, issue, arguments.dates.period())?;
    arguments.rows.write(
        &found,
        &RowWriter {
            schema: "rapporteur/history/1",
            columns: write::origin::HISTORY_COLUMNS,
            cells,
            text,
            none: "no position was found",
        },
    )?;
    Ok(Outcome::Done)
}

fn cells(held: &ArchivedPosition) -> Vec<Cell> {
    vec![
        Cell::text(&held.date),
        Cell::text(&held.session),
        Cell::text(&held.stakeholder),
        Cell::text(&held.issue),
        Cell::text(Stance::name_or_empty(held.stance)),
        Cell::text(&held.speaker),
        Cell::Integer(held.rank),
        Cell::text(Stance::name_or_empty(held.quoted_stance)),
        Cell::Integer(held.turn),
        Cell::Integer(held.sentence),
        Cell::Integer(held.line),
        Cell::text(&held.path),
        Cell::text(&held.text),
    ]
}

fn text(held: &ArchivedPosition, width: usize) -> String {
    let voice = voice(&held.speaker, &held.stakeholder);
    let head = line(&[&held.date, &held.session, &voice, &held.issue, Stance::name_or_empty(held.stance)]);
    format!(
        "{head}\n{}",
        quotation(&held.text, &format!("turn {}, {}:{}", held.turn, held.path, held.line), width)
    )
}
