//! The rows of a table with their cells under the right columns, and what is wrong with a row.

use std::borrow::Cow;

use crate::model::WarningCode;

use super::csv::Columns;
use super::rows::{Cell, QuoteError, Row};

/// A row with its cells under the right columns.
pub(super) struct Entry<'a> {
    pub line: usize,
    pub cells: Vec<Cow<'a, str>>,
    /// What is wrong with it, if anything, and what was done about it.
    pub trouble: Option<(WarningCode, &'static str)>,
    /// Whether it is known which cell is the text.
    pub is_usable: bool,
}

const INNER_QUOTE: &str =
    "a quoted cell holds quotes that are not doubled; it was read to the quote before the next delimiter";
const OPEN_QUOTE: &str = "a cell begins with a quote that nothing closes; it was read to the end of its line";
const RUNS_OVER: &str = "a quoted cell runs over lines that look like rows, so a quote may be missing; nothing in it was given to a speaker";
const LONG_ROW: &str = "the row has more cells than the table has columns; a delimiter before a space was read as part of the text";
const UNCLEAR_ROW: &str = "the row has more cells than the table has columns, and which of them is the text is not known; nothing in it was given to a speaker";
const SHORT_ROW: &str = "the row has no text column; it was left out";

impl<'a> Entry<'a> {
    pub(super) fn of(row: &Row<'a>, text: &'a str, columns: &Columns) -> Self {
        let n_columns = columns.is_text.len();
        let cells = row.cells.iter().map(|cell| match &cell.text {
            // The quote that nothing closes is a mark of the format and not said.
            Cow::Borrowed(bare) if row.trouble == Some(QuoteError::Open) => {
                Cow::Borrowed(bare.strip_prefix('"').unwrap_or(bare))
            }
            text => text.clone(),
        });
        let entry = |cells, trouble, is_usable| Entry { line: row.line, cells, trouble, is_usable };
        let cells: Vec<_> = cells.collect();
        let trouble = match row.trouble {
            None => None,
            Some(QuoteError::Inner) => Some((WarningCode::InnerQuote, INNER_QUOTE)),
            Some(QuoteError::Open) => Some((WarningCode::OpenQuote, OPEN_QUOTE)),
            Some(QuoteError::RunsOver) => {
                return entry(cells, Some((WarningCode::OpenQuote, RUNS_OVER)), false);
            }
        };
        if cells.len() <= columns.text {
            return entry(cells, Some((WarningCode::ShortRow, SHORT_ROW)), false);
        }
        if cells.iter().skip(n_columns).all(|cell| cell.trim().is_empty()) {
            return entry(cells, trouble, true);
        }
        match joined(row, text, columns, cells.len() - n_columns) {
            Some(joined) => entry(joined, Some((WarningCode::LongRow, LONG_ROW)), true),
            None => entry(cells, Some((WarningCode::LongRow, UNCLEAR_ROW)), false),
        }
    }

    pub(super) fn cell(&self, at: Option<usize>) -> &str {
        at.and_then(|at| self.cells.get(at)).map_or("", |cell| cell.trim())
    }
}

/// The cells of a row whose text holds delimiters though it is not quoted: as prose has them, before a
/// space, or between digits.
fn joined<'a>(row: &Row<'a>, text: &'a str, columns: &Columns, surplus: usize) -> Option<Vec<Cow<'a, str>>> {
    let last = columns.text + surplus;
    let parts = row.cells.get(columns.text..=last)?;
    let (first, rest) = parts.split_first()?;
    let follows = |pair: (&Cell, &Cell)| {
        let (before, after) = (&pair.0.text, &pair.1.text);
        let in_number = before.ends_with(|c: char| c.is_ascii_digit())
            && after.bytes().take_while(u8::is_ascii_digit).count() == 3;
        after.starts_with(' ') || in_number
    };
    if first.text.starts_with(' ') || !parts.iter().zip(rest).all(follows) {
        return None;
    }
    let whole = text.get(first.start..parts.last()?.end)?;
    // The quotes around a cell are no part of what it says, even where they did not hold it together.
    let whole = whole.strip_prefix('"').map_or(whole, |inner| inner.strip_suffix('"').unwrap_or(inner));
    let cells = |range: std::ops::RangeTo<usize>| row.cells.get(range).unwrap_or(&[]).iter();
    let after = row.cells.get(last + 1..).unwrap_or(&[]).iter();
    Some(
        cells(..columns.text)
            .map(|c| c.text.clone())
            .chain([Cow::Borrowed(whole)])
            .chain(after.map(|c| c.text.clone()))
            .collect(),
    )
}
