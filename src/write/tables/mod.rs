//! The tables of a comparison, one file each, listed in [`TABLES`].
//!
//! A table is its columns, what they mean, and a function that makes its rows; header, CSV, workbook,
//! `datapackage.json` and the pages all come from that.

mod agreement;
mod ledger;
mod positions;
mod references;
mod sentences;
mod sessions;
mod speakers;
mod stances;

pub use positions::{COLUMNS as POSITION_COLUMNS, row as position_row};

use super::csv::guard;
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Cell, Column, SessionPart};

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
    /// Where its rows come from.
    pub rows: Rows,
}

/// Where the rows of a table come from.
#[derive(Debug, Clone, Copy)]
pub enum Rows {
    /// From each session.
    Session(fn(&SessionPart) -> Vec<Vec<Cell>>),
}

/// All tables, in the order in which they are best read.
pub const TABLES: &[Table] = &[
    sessions::TABLE,
    speakers::TABLE,
    sentences::TABLE,
    positions::TABLE,
    stances::TABLE,
    references::TABLE,
    agreement::TABLE,
    ledger::TABLE,
];

/// The table of that name.
pub fn table(name: &str) -> Option<&'static Table> {
    TABLES.iter().find(|table| table.name == name)
}

/// The header row of a table.
///
/// # Errors
/// When memory ends.
pub fn header(table: &Table) -> Result<String> {
    let names = table.columns.iter().map(|column| Cell::Text(column.name.to_owned())).collect();
    csv(&[names])
}

/// Rows as lines of CSV (RFC 4180), with text guarded against spreadsheets.
///
/// # Errors
/// When the rows differ in length, which is a bug.
pub fn csv(rows: &[Vec<Cell>]) -> Result<String> {
    let mut table =
        ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(Vec::<u8>::new());
    for row in rows {
        table.write_record(row.iter().map(written)).map_err(super::csv::broken)?;
    }
    let bytes = table.into_inner().map_err(|error| super::csv::broken(error.into_error().into()))?;
    String::from_utf8(bytes).map_err(|error| Error::new(ErrorKind::Internal(error.to_string())))
}

fn written(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => guard(text),
        Cell::Integer(count) => count.to_string(),
        Cell::Number(value) => number(*value),
        Cell::Boolean(value) => value.to_string(),
    }
}

/// A number with as few digits as give it back, very small ones with an exponent.
fn number(value: f64) -> String {
    if value != 0.0 && value.abs() < 1e-6 { format!("{value:e}") } else { value.to_string() }
}
