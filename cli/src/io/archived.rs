//! What the commands on archives share: the period, the output, how rows are shown.

use crate::archive::{Archive, Period};
use clap::{Args, ValueEnum};
use rapporteur::Result;
use rapporteur::model::Cell;
use rapporteur::write::terminal::shown_on_a_line;
use rapporteur::write::{self, tables};
use serde::Serialize;

use crate::io::files::{Destination, Target, reads};
use crate::io::output::{self, pretty};

/// Which sessions are looked at.
#[derive(Debug, Args)]
pub(crate) struct Dates {
    /// Only sessions from this date on: a day, a month or a year (2024-07-02, 2024-07, 2024)
    #[arg(long, value_name = "DATE", value_parser = date)]
    from: Option<String>,
    /// Only sessions up to this date, the whole of it included
    #[arg(long, value_name = "DATE", value_parser = date)]
    to: Option<String>,
}

impl Dates {
    pub(crate) fn period(&self) -> Period<'_> {
        Period { from: self.from.as_deref(), to: self.to.as_deref() }
    }
}

fn date(text: &str) -> std::result::Result<String, String> {
    let parts: Vec<&str> = text.split('-').collect();
    let fits = |part: &&str, digits: usize| part.len() == digits && part.chars().all(|c| c.is_ascii_digit());
    let is_date = parts.iter().zip([4, 2, 2]).all(|(part, digits)| fits(part, digits)) && parts.len() <= 3;
    if is_date {
        Ok(text.to_owned())
    } else {
        Err("a date such as 2024-07-02, 2024-07 or 2024 is needed".to_owned())
    }
}

/// Where the rows go and how.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct Rows {
    /// Format of the output [default: by the extension of FILE, else text]
    #[arg(long)]
    format: Option<RowFormat>,
    #[command(flatten)]
    target: Target,
}

/// Extensions of rows.
const EXTENSIONS: [&str; 4] = ["txt", "json", "jsonl", "csv"];

/// How rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum RowFormat {
    /// To read
    Text,
    /// For programs
    Json,
    /// For spreadsheets, R and pandas
    Csv,
}

/// How a kind of row is written.
pub(crate) struct RowWriter<'w, T> {
    /// The name of the contract in JSON.
    pub(crate) schema: &'static str,
    /// The header row of the table.
    pub(crate) columns: &'w [&'w str],
    /// A row of the table.
    pub(crate) cells: fn(&T) -> Vec<Cell>,
    /// A row for a reader, its quotation wrapped at so many columns.
    pub(crate) text: fn(&T, usize) -> String,
    /// What a reader is told where there is no row.
    pub(crate) none: &'static str,
}

impl Rows {
    /// Opens the archive, unless the rows may not be written.
    pub(crate) fn open(&self, archive: &str) -> Result<Archive> {
        reads::note(archive);
        self.target.destination(&EXTENSIONS)?.check()?;
        Archive::open(archive)
    }

    /// Writes the rows.
    pub(crate) fn write<T: Serialize>(&self, rows: &[T], written: &RowWriter<'_, T>) -> Result<()> {
        let shape = self.shape();
        let destination = self.target.destination(&EXTENSIONS)?;
        shape.write(&shape.text(rows, written, output::width(destination.file()))?, &destination)
    }

    fn shape(&self) -> RowFormat {
        let extension = || {
            let path = self.target.output.as_ref()?.to_string_lossy().into_owned();
            match write::format_of_path(&path)?.name {
                "json" => Some(RowFormat::Json),
                "csv" => Some(RowFormat::Csv),
                _ => None,
            }
        };
        self.format.or_else(extension).unwrap_or(RowFormat::Text)
    }
}

impl RowFormat {
    /// Writes rows in this shape: in text for a reader, nothing may command a terminal.
    pub(crate) fn write(self, text: &str, destination: &Destination) -> Result<()> {
        match self {
            RowFormat::Text => destination.write_text(text),
            RowFormat::Json | RowFormat::Csv => destination.write(text),
        }
    }

    /// The rows in this shape; what is to be read, in lines of at most `width` columns.
    pub(crate) fn text<T: Serialize>(
        self,
        rows: &[T],
        written: &RowWriter<'_, T>,
        width: usize,
    ) -> Result<String> {
        match self {
            RowFormat::Json => pretty(&serde_json::json!({ "schema": written.schema, "rows": rows })),
            RowFormat::Csv => {
                let header = written.columns.iter().map(|name| Cell::text(name)).collect();
                let rows = rows.iter().map(written.cells);
                tables::csv(&std::iter::once(header).chain(rows).collect::<Vec<_>>())
            }
            RowFormat::Text if rows.is_empty() => Ok(format!("{}\n", written.none)),
            RowFormat::Text => {
                Ok(rows.iter().map(|row| (written.text)(row, width)).collect::<Vec<_>>().join("\n"))
            }
        }
    }
}

/// Parts of a line for a reader, without those that are empty.
pub(crate) fn line(parts: &[&str]) -> String {
    let parts: Vec<&str> = parts.iter().filter(|part| !part.is_empty()).copied().collect();
    shown_on_a_line(&parts.join(" · ")).into_owned()
}

/// The speaker and the stakeholder, the latter where it says more.
pub(crate) fn voice(speaker: &str, stakeholder: &str) -> String {
    if stakeholder.is_empty() || speaker.contains(stakeholder) {
        speaker.to_owned()
    } else {
        format!("{speaker} ({stakeholder})")
    }
}

/// A quotation for a reader, wrapped and set in.
pub(crate) fn quotation(text: &str, place: &str, width: usize) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let quoted = format!("“{}”  {place}", words.join(" "));
    let shown = shown_on_a_line(&quoted);
    let options = textwrap::Options::new(width).initial_indent("  ").subsequent_indent("   ");
    textwrap::fill(&shown, options) + "\n"
}
