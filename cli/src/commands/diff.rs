//! `diff`: what changed between two sessions or two dates.

use std::path::PathBuf;

use crate::archive::Archive;
use clap::{Args, ValueEnum};
use rapporteur::Result;
use rapporteur::model::{Cell, Change, Changes, Difference, Side, Stance};
use rapporteur::write;

use crate::commands::Outcome;
use crate::io::archived::{RowFormat, RowWriter, line, quotation};
use crate::io::files::{Destination, Target, reads};

const EXAMPLES: &str = "\
Examples:
  rapporteur diff out/position-brief.sqlite budget-round-1 budget-round-2
  rapporteur diff out/position-brief.sqlite 2025-01 2025-02
  rapporteur diff out/position-brief.sqlite 2024 2025 --format csv -o changes.csv
  rapporteur diff out/position-brief.sqlite 2024 2025 -o changes.html

A quotation repeats another if they have half of their words in common. A stance has changed where
both sides state one, and not the same.";

/// Show what changed between two sessions or dates: positions new, dropped, repeated; stances
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// SQLite file of a definition's archive
    archive: String,
    /// Identifier of a session, or a day, month or year
    before: String,
    /// The same, later
    after: String,
    /// Format of the output [default: by the extension of FILE, else text]
    #[arg(long, help_heading = "Output")]
    format: Option<Format>,
    #[command(flatten)]
    target: Target,
}

/// The formats of changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// To read
    Text,
    /// For programs
    Json,
    /// For spreadsheets, R and pandas
    Csv,
    /// One file for any browser, before and after side by side
    Html,
    /// The same content for wikis and pull requests
    Markdown,
}

impl Arguments {
    fn format(&self) -> Format {
        let known = |path: &PathBuf| write::format_of_path(&path.to_string_lossy());
        let by_extension = self.target.output.as_ref().and_then(known).map(|format| format.name);
        self.format.unwrap_or(match by_extension {
            Some("json") => Format::Json,
            Some("csv") => Format::Csv,
            Some("html") => Format::Html,
            Some("markdown") => Format::Markdown,
            _ => Format::Text,
        })
    }
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    let extensions: Vec<&str> = write::FORMATS.iter().flat_map(|format| format.extensions).copied().collect();
    let destination = arguments.target.destination(&extensions)?;
    reads::note(&arguments.archive);
    destination.check()?;
    let differences = Archive::open(&arguments.archive)?.diff(&arguments.before, &arguments.after)?;
    let changes = || Changes {
        tool: rapporteur::TOOL.to_owned(),
        before: arguments.before.clone(),
        after: arguments.after.clone(),
        differences: differences.clone(),
    };
    match arguments.format() {
        Format::Text => rows(&destination, RowFormat::Text, &differences)?,
        Format::Json => rows(&destination, RowFormat::Json, &differences)?,
        Format::Csv => rows(&destination, RowFormat::Csv, &differences)?,
        Format::Html => destination.write(&write::changes::html(&changes())?)?,
        Format::Markdown => destination.write(&write::changes::markdown(&changes()))?,
    }
    Ok(Outcome::Done)
}

fn rows(destination: &Destination, shape: RowFormat, differences: &[Difference]) -> Result<()> {
    let text = shape.text(
        differences,
        &RowWriter {
            schema: "rapporteur/diff/1",
            columns: write::origin::DIFF_COLUMNS,
            cells,
            text,
            none: "nobody put anything forward",
        },
    )?;
    destination.write(&text)
}

fn cells(difference: &Difference) -> Vec<Cell> {
    let stance = |side: &Option<Side>| Cell::text(stance_of(side));
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
    let stances = match difference.change {
        Change::Stance => {
            format!("from {} to {}", stance_of(&difference.before), stance_of(&difference.after))
        }
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

/// The stance on a side; empty where there is none.
fn stance_of(side: &Option<Side>) -> &'static str {
    Stance::name_or_empty(side.as_ref().and_then(|side| side.stance))
}
