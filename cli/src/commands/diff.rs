//! `diff`: what changed between two sessions or two dates.

use std::num::NonZeroU32;
use std::path::PathBuf;

use crate::archive::Archive;
use clap::{Args, ValueEnum};
use rapporteur::Result;
use rapporteur::compare::ComparedIssues;
use rapporteur::model::{Cell, Change, Changes, Difference, Side, Stance};
use rapporteur::write;

use crate::args::{CommonArguments, at_least_one, ui_languages};
use crate::commands::Outcome;
use crate::io::archived::{RowFormat, RowWriter, line, quotation};
use crate::io::files::{Destination, Target, reads};
use crate::io::output;

const EXAMPLES: &str = "\
Examples:
  rapporteur diff out/position-brief.sqlite budget-round-1 budget-round-2
  rapporteur diff out/position-brief.sqlite 2025-01 2025-02
  rapporteur diff out/position-brief.sqlite 2024 2025 --format csv -o changes.csv
  rapporteur diff out/position-brief.sqlite 2024 2025 -o changes.html
  rapporteur diff out/position-brief.sqlite 2024 2025 --skip 10

Compared are the issues that both sides have; what only one has is named at the end. A stakeholder whose
stance on an issue changed comes first, then those with most positions that are new or dropped. A
quotation repeats another if they have half of their words in common. A stance has changed where both sides state one, and not
the same.";

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
    /// Compare issues too that only one side has
    #[arg(long)]
    all_issues: bool,
    /// At most N changes [default: 10 as text, else all]
    #[arg(long, value_name = "N", value_parser = at_least_one, allow_negative_numbers = true)]
    limit: Option<NonZeroU32>,
    /// Leave out the first N changes
    #[arg(long, value_name = "N", default_value = "0")]
    skip: u32,
    /// Format of the output [default: by the extension of FILE, else text]
    #[arg(long, help_heading = "Output")]
    format: Option<Format>,
    /// Language of the page's own words [default: that of most quotations, else en]
    #[arg(long, value_name = "LANG", value_parser = ui_languages(), help_heading = "Output")]
    ui_language: Option<String>,
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
    /// How many changes are written.
    fn n_shown(&self) -> usize {
        let by_format = if self.format() == Format::Text { SHOWN as usize } else { usize::MAX };
        self.limit.map_or(by_format, |limit| limit.get() as usize)
    }

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

/// Changes that are shown at a time, for a reader.
const SHOWN: u32 = 10;

pub(crate) fn run(arguments: &Arguments, common: &CommonArguments) -> Result<Outcome> {
    let extensions: Vec<&str> = write::FORMATS.iter().flat_map(|format| format.extensions).copied().collect();
    let destination = arguments.target.destination(&extensions)?;
    reads::note(&arguments.archive);
    destination.check()?;
    let issues = if arguments.all_issues { ComparedIssues::All } else { ComparedIssues::Shared };
    let (before, after) = (&arguments.before, &arguments.after);
    let mut found = Archive::open(&arguments.archive)?.diff(before, after, issues)?;
    let n_all = found.differences.len();
    let n_shown = arguments.n_shown();
    found.differences = found.differences.into_iter().skip(arguments.skip as usize).take(n_shown).collect();
    let changes = Changes {
        tool: rapporteur::TOOL.to_owned(),
        before: before.clone(),
        after: after.clone(),
        language: arguments.ui_language.as_deref().and_then(|code| code.parse().ok()),
        found,
    };
    let differences = &changes.found.differences;
    match arguments.format() {
        Format::Text => rows(&destination, RowFormat::Text, differences)?,
        Format::Json => rows(&destination, RowFormat::Json, differences)?,
        Format::Csv => rows(&destination, RowFormat::Csv, differences)?,
        Format::Html => destination.write(&write::changes::html(&changes)?)?,
        Format::Markdown => destination.write(&write::changes::markdown(&changes))?,
    }
    if !common.quiet {
        let done = arguments.skip as usize + differences.len();
        if done < n_all {
            output::note(&format!("{} more changes: --skip {done} shows the next", n_all - done));
        }
        let one_sided = write::changes::one_sided(&changes);
        one_sided.iter().for_each(|line| output::note(line));
        if !one_sided.is_empty() {
            output::note("--all-issues compares these too");
        }
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
            none: "nothing was put forward on an issue of both",
        },
        output::width(destination.file()),
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

fn text(difference: &Difference, width: usize) -> String {
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
            width,
        ));
    }
    text
}

/// The stance on a side; empty where there is none.
fn stance_of(side: &Option<Side>) -> &'static str {
    Stance::name_or_empty(side.as_ref().and_then(|side| side.stance))
}
