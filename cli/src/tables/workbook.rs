//! The workbook: each table as a sheet, made from the finished files, so that it holds what they hold.

use std::path::Path;

use rapporteur::model::{ColumnKind, Overall};
use rapporteur::write::csv::{guard, unguard};
use rapporteur::write::origin::CREATOR;
use rapporteur::write::tables::{self, Table};
use rapporteur::{Error, ErrorKind, Result};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

/// The name of the file.
pub(crate) const FILE: &str = "comparison.xlsx";

/// Rows that a sheet takes, its header included; a longer table goes on in further sheets.
const SHEET_ROWS: u32 = 1_048_576;

/// Characters that a cell takes, less one for the `…` that says that there is more.
const CELL_CHARACTERS: usize = 32_766;

/// Writes the workbook beside the CSV files in `folder`; the number of texts that were too long for a
/// cell and are cut off in it.
///
/// # Errors
/// When a file cannot be read back, or the workbook cannot be written.
pub(crate) fn write(folder: &Path, tables: &[&Table], overall: &Overall) -> Result<usize> {
    let mut workbook = Workbook::new();
    // The date of creation would differ from run to run.
    let created = ExcelDateTime::from_ymd(2000, 1, 1).map_err(failed)?;
    workbook.set_properties(&DocProperties::new().set_author(CREATOR).set_creation_datetime(&created));
    workbook.set_tempdir(folder).map_err(failed)?;
    let mut n_cut = 0;
    for table in tables {
        n_cut += add(&mut workbook, folder, table, overall)?;
    }
    workbook.save(folder.join(FILE)).map_err(failed)?;
    Ok(n_cut)
}

/// Adds a table as a sheet, or as several.
fn add(workbook: &mut Workbook, folder: &Path, table: &Table, overall: &Overall) -> Result<usize> {
    let columns = tables::described(table, overall);
    let path = folder.join(format!("{}.csv", table.name));
    let unread = |error: csv::Error| Error::new(ErrorKind::Io(error.to_string()));
    let mut reader = csv::Reader::from_path(&path).map_err(unread)?;
    let mut records = reader.records();
    let mut n_cut = 0;
    let mut record = records.next().transpose().map_err(unread)?;
    for number in 1.. {
        let name = if number == 1 { table.name.to_owned() } else { format!("{} ({number})", table.name) };
        let sheet = workbook.add_worksheet_with_constant_memory().map_err(failed)?;
        sheet.set_name(name).map_err(failed)?;
        begin(sheet, &columns).map_err(failed)?;
        for row in 1..SHEET_ROWS {
            let Some(cells) = &record else { break };
            for (column, (cell, (_, kind))) in (0..).zip(cells.iter().zip(&columns)) {
                n_cut += usize::from(put(sheet, (row, column), cell, *kind).map_err(failed)?);
            }
            record = records.next().transpose().map_err(unread)?;
        }
        if record.is_none() {
            break;
        }
    }
    Ok(n_cut)
}

/// The header: bold, and in view however far one scrolls.
fn begin(sheet: &mut Worksheet, columns: &[(String, ColumnKind)]) -> std::result::Result<(), XlsxError> {
    sheet.set_freeze_panes(1, 0)?;
    let bold = Format::new().set_bold();
    for (column, (name, kind)) in (0..).zip(columns) {
        let width = match (kind, name.as_str()) {
            (_, "text" | "text_a" | "text_b") => 80,
            (ColumnKind::Text, _) => 24,
            _ => 12,
        };
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(0, column, name, &bold)?;
    }
    Ok(())
}

/// Writes a cell: numbers as numbers, text as text that is never a formula. Tells whether it is cut off.
fn put(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &str,
    kind: ColumnKind,
) -> std::result::Result<bool, XlsxError> {
    if cell.is_empty() {
        return Ok(false);
    }
    match (kind, cell.parse::<f64>()) {
        (ColumnKind::Integer | ColumnKind::Number, Ok(value)) => {
            sheet.write_number(row, column, value)?;
        }
        (ColumnKind::Boolean, _) => {
            sheet.write_boolean(row, column, cell == "true")?;
        }
        _ => return put_text(sheet, (row, column), unguard(cell)),
    }
    Ok(false)
}

fn put_text(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    text: &str,
) -> std::result::Result<bool, XlsxError> {
    let end =
        text.char_indices().nth(CELL_CHARACTERS + 1).and_then(|_| text.char_indices().nth(CELL_CHARACTERS));
    let shown = end.map_or_else(|| text.to_owned(), |(at, _)| format!("{}…", &text[..at]));
    if guard(&shown) == shown {
        sheet.write_string(row, column, &shown)?;
    } else {
        // It stays text even where somebody edits the cell.
        let quoted = Format::new().set_quote_prefix();
        sheet.write_string_with_format(row, column, &shown, &quoted)?;
    }
    Ok(end.is_some())
}

fn failed(error: XlsxError) -> Error {
    Error::new(ErrorKind::Io(error.to_string())).in_file(FILE)
}
