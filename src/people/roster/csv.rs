//! A roster as a table.

use super::{COLUMNS, Row, WrittenRow, broken, column, entry};
use crate::error::{Error, ErrorKind, Result};
use crate::model::{guard, unguard};

/// The rows of a table with the line each begins in.
pub(super) fn read(text: &str) -> Result<Vec<(u64, Row)>> {
    let header = text.lines().next().unwrap_or("");
    let separator =
        [b',', b'\t', b';'].into_iter().max_by_key(|&s| (count(header, s), s == b',')).unwrap_or(b',');
    let mut reader =
        ::csv::ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(text.as_bytes());
    let titles = reader.headers().map_err(unreadable)?.clone();
    let columns: Vec<&str> = titles
        .iter()
        .map(|title| if title.trim().is_empty() { Ok("because") } else { column(title) })
        .collect::<Result<_>>()
        .map_err(|error| error.at_line(1))?;
    if !columns.contains(&"speaker") {
        return Err(broken("it has no column \"speaker\"").at_line(1).remedy("begin it with a header row"));
    }
    if let Some(twice) = COLUMNS[..5].iter().find(|name| columns.iter().filter(|c| c == name).count() > 1) {
        return Err(broken(format!("it has two columns {twice:?}")).at_line(1));
    }
    let mut entries = Vec::new();
    for record in reader.records() {
        let record = record.map_err(unreadable)?;
        let line = record.position().map_or(0, ::csv::Position::line);
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if let Some(extra) = record.iter().skip(columns.len()).find(|cell| !cell.trim().is_empty()) {
            let remedy = "put texts that hold the separator in quotation marks";
            let reason = format!("there is no column for {extra:?}");
            return Err(broken(reason).at_line(line).remedy(remedy));
        }
        let cell = |name: &str| {
            let at = columns.iter().position(|c| *c == name);
            unguard(at.and_then(|at| record.get(at)).unwrap_or(""))
        };
        let aliases = cell("aliases").split(';').collect();
        let made = entry(cell("speaker"), aliases, cell("stakeholder"), cell("group"), cell("role"));
        entries.push((line, made.map_err(|error| error.at_line(line))?));
    }
    Ok(entries)
}

/// A header row and a row for each entry.
pub(super) fn write(rows: &[WrittenRow<'_>]) -> Result<String> {
    let mut table =
        ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(Vec::<u8>::new());
    table.write_record(COLUMNS).map_err(unwritable)?;
    for row in rows {
        let aliases = row.aliases.join(";");
        let cells = [row.name, &aliases, row.stakeholder, row.group, row.role, row.because];
        table.write_record(cells.map(|cell| guard(cell).into_owned())).map_err(unwritable)?;
    }
    let bytes = table.into_inner().map_err(|error| unwritable(error.into_error()))?;
    String::from_utf8(bytes).map_err(unwritable)
}

fn count(header: &str, separator: u8) -> usize {
    header.bytes().filter(|&b| b == separator).count()
}

fn unreadable(error: ::csv::Error) -> Error {
    let line = error.position().map_or(0, ::csv::Position::line);
    broken(error.to_string()).at_line(line)
}

fn unwritable(error: impl ToString) -> Error {
    Error::new(ErrorKind::Internal(error.to_string()))
}
