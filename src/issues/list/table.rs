//! A list of issues as a table with a header line.

use crate::error::{Error, Result};
use crate::model::Issue;

use super::{EXAMPLE, KEYS, Listed, malformed, unknown};

/// The issues of a table whose columns are separated by tabs, commas or semicolons, whichever of
/// them the header line has first in this order.
pub(super) fn parse(text: &str) -> Result<Vec<Listed>> {
    let header = text.trim_start().lines().next().unwrap_or("");
    let separator = ['\t', ',', ';'].into_iter().find(|&s| header.contains(s)).unwrap_or(',');
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator as u8)
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes());
    let mut columns: Option<Vec<&str>> = None;
    let mut listed = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|e| unreadable(&e))?;
        let line = record.position().map_or(0, csv::Position::line);
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        match &columns {
            None => columns = Some(named(&record, line)?),
            Some(columns) => listed.push(row(&record, columns, line)?),
        }
    }
    Ok(listed)
}

/// The keys that the cells of the header name.
fn named(header: &csv::StringRecord, line: u64) -> Result<Vec<&'static str>> {
    let known = |cell: &str| KEYS.into_iter().find(|key| cell.trim().eq_ignore_ascii_case(key));
    let columns: Vec<&str> = header
        .iter()
        .map(|cell| known(cell).ok_or_else(|| unknown("column", cell.trim(), line)))
        .collect::<Result<_>>()?;
    if !columns.contains(&"label") {
        let missing = malformed("it has no column `label`").at_line(line);
        return Err(missing.remedy("an issue has `label`, `terms` and `text`"));
    }
    Ok(columns)
}

fn row(record: &csv::StringRecord, columns: &[&str], line: u64) -> Result<Listed> {
    if record.len() > columns.len() {
        let reason = format!("a row has {} cells where the header has {}", record.len(), columns.len());
        let remedy = "put cells that hold the separator between quotation marks";
        return Err(malformed(reason).at_line(line).remedy(remedy));
    }
    let mut issue = Issue::default();
    for (column, cell) in columns.iter().zip(record) {
        match *column {
            "label" => issue.label = cell.to_owned(),
            "terms" => issue.terms = cell.split(';').map(str::to_owned).collect(),
            _ => issue.text = cell.to_owned(),
        }
    }
    Ok(Listed { line, issue })
}

fn unreadable(error: &csv::Error) -> Error {
    malformed(error.to_string()).at_line(error.position().map_or(0, csv::Position::line)).remedy(EXAMPLE)
}
