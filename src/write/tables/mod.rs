//! The tables of a comparison, one file each, listed in [`TABLES`].
//!
//! A table is its columns, what they mean, and a function that makes its rows; header, CSV, workbook,
//! `datapackage.json`, `metadata.json` and the pages all come from that.

mod agreement;
mod datapackage;
mod datasette;
mod issues;
mod ledger;
mod positions;
mod references;
mod sentence_issues;
mod sentences;
mod sessions;
mod similarity;
mod speakers;
mod stakeholder_issue;
mod stakeholder_stance;
mod stakeholder_term;
mod stakeholders;
mod stances;

pub use datapackage::{Encoding, datapackage};
pub(crate) use datasette::SOURCE as DATASETTE_SOURCE;
pub use datasette::datasette;
pub use positions::{COLUMNS as POSITION_COLUMNS, REPORTED, row as position_row};

use std::borrow::Cow;
use std::fmt::Write;

use super::csv::guard;
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Cell, Column, ColumnKind, Overall, SessionPart};

/// A table of a comparison.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// The name, which the file has too.
    pub name: &'static str,
    /// What a row is, in a sentence.
    pub about: &'static str,
    /// The columns in order.
    pub columns: &'static [Column],
    /// The columns that no two rows share; empty where there are none.
    pub key: &'static [&'static str],
    /// The columns that name rows of other tables.
    pub references: &'static [Reference],
    /// Where its rows come from.
    pub rows: Rows,
}

/// Columns of a table that name a row of another.
#[derive(Debug, Clone, Copy)]
pub struct Reference {
    /// The columns.
    pub columns: &'static [&'static str],
    /// The other table.
    pub table: &'static str,
    /// The columns of the other table, in the same order.
    pub to: &'static [&'static str],
}

impl Reference {
    const SESSION: Reference = Reference { columns: &["session"], table: "sessions", to: &["session"] };
    const STAKEHOLDER: Reference =
        Reference { columns: &["stakeholder"], table: "stakeholders", to: &["stakeholder"] };
    const ISSUE: Reference = Reference { columns: &["issue"], table: "issues", to: &["issue"] };
    const SENTENCE: Reference = Reference {
        columns: &["session", "turn", "sentence"],
        table: "sentences",
        to: &["session", "turn", "sentence"],
    };
    const SPEAKER: Reference =
        Reference { columns: &["session", "speaker"], table: "speakers", to: &["session", "speaker"] };
}

/// Where the rows of a table come from.
#[derive(Debug, Clone, Copy)]
pub enum Rows {
    /// From each session.
    Session(fn(&SessionPart) -> Vec<Vec<Cell>>),
    /// From all sessions together.
    Overall(fn(&Overall) -> Vec<Vec<Cell>>),
    /// From all sessions together, with further columns after those that are always there.
    Wide(Wide),
}

/// A matrix: a column for each issue or stakeholder.
#[derive(Debug, Clone, Copy)]
pub struct Wide {
    /// The names of the further columns.
    pub names: fn(&Overall) -> Vec<String>,
    /// What their values are.
    pub kind: ColumnKind,
    /// What their values mean.
    pub about: &'static str,
    /// The rows.
    pub rows: fn(&Overall) -> Vec<Vec<Cell>>,
}

/// All tables, in the order in which they are best read.
pub const TABLES: &[Table] = &[
    sessions::TABLE,
    speakers::TABLE,
    stakeholders::TABLE,
    issues::TABLE,
    sentences::TABLE,
    sentence_issues::TABLE,
    positions::TABLE,
    stances::TABLE,
    stakeholder_issue::TABLE,
    stakeholder_stance::TABLE,
    stakeholder_stance::BASIS,
    stakeholder_term::TABLE,
    similarity::TABLE,
    references::TABLE,
    agreement::TABLE,
    ledger::TABLE,
];

/// The table of that name.
pub fn table(name: &str) -> Option<&'static Table> {
    TABLES.iter().find(|table| table.name == name)
}

/// The names of the columns of a table, those of a matrix included; no two are the same.
pub fn columns(table: &Table, overall: &Overall) -> Vec<String> {
    let mut names: Vec<String> = table.columns.iter().map(|column| column.name.to_owned()).collect();
    let further = match table.rows {
        Rows::Wide(wide) => (wide.names)(overall),
        Rows::Session(_) | Rows::Overall(_) => Vec::new(),
    };
    for name in further {
        let taken = names.contains(&name);
        // An issue or a speaker may be called what a column is.
        names.push(if taken { format!("{name} (2)") } else { name });
    }
    names
}

/// The columns of a table as [`columns`] names them, with what their values are.
pub fn described(table: &Table, overall: &Overall) -> Vec<(String, ColumnKind)> {
    let further = match table.rows {
        Rows::Wide(wide) => wide.kind,
        Rows::Session(_) | Rows::Overall(_) => ColumnKind::Text,
    };
    let kinds = table.columns.iter().map(|column| column.kind).chain(std::iter::repeat(further));
    columns(table, overall).into_iter().zip(kinds).collect()
}

/// The header row of a table.
///
/// # Errors
/// When it cannot be encoded, which is a bug.
pub fn header(table: &Table, overall: &Overall) -> Result<String> {
    csv(&[columns(table, overall).into_iter().map(Cell::Text).collect()])
}

/// The rows that a table has of a session; none where it is about all sessions.
pub fn rows_of_session(table: &Table, part: &SessionPart) -> Vec<Vec<Cell>> {
    match table.rows {
        Rows::Session(rows) => rows(part),
        Rows::Overall(_) | Rows::Wide(_) => Vec::new(),
    }
}

/// The rows that a table has of all sessions together; none where it goes by session.
pub fn rows_overall(table: &Table, overall: &Overall) -> Vec<Vec<Cell>> {
    match table.rows {
        Rows::Session(_) => Vec::new(),
        Rows::Overall(rows) => rows(overall),
        Rows::Wide(wide) => (wide.rows)(overall),
    }
}

/// Rows as lines of CSV (RFC 4180), with text guarded against spreadsheets.
///
/// # Errors
/// When the rows differ in length, which is a bug.
pub fn csv(rows: &[Vec<Cell>]) -> Result<String> {
    let mut table =
        ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(Vec::<u8>::new());
    let mut digits = String::new();
    for row in rows {
        for cell in row {
            let field = written(cell, &mut digits);
            table.write_field(field.as_bytes()).map_err(super::csv::broken)?;
        }
        table.write_record(None::<&[u8]>).map_err(super::csv::broken)?;
    }
    let bytes = table.into_inner().map_err(|error| super::csv::broken(error.into_error().into()))?;
    String::from_utf8(bytes).map_err(|error| Error::new(ErrorKind::Internal(error.to_string())))
}

/// A cell as it is written; `digits` is where a number is written.
fn written<'c>(cell: &'c Cell, digits: &'c mut String) -> Cow<'c, str> {
    digits.clear();
    // Writing to a string does not fail.
    let _ = match cell {
        Cell::Empty => return Cow::Borrowed(""),
        Cell::Text(text) => return guard(text),
        Cell::Boolean(value) => return Cow::Borrowed(if *value { "true" } else { "false" }),
        Cell::Integer(count) => write!(digits, "{count}"),
        // As few digits as give it back, very small ones with an exponent.
        Cell::Number(value) if *value != 0.0 && value.abs() < 1e-6 => write!(digits, "{value:e}"),
        Cell::Number(value) => write!(digits, "{value}"),
    };
    Cow::Borrowed(digits)
}
