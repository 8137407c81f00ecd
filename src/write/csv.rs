//! The positions table: one quotation a row, by RFC 4180, with text guarded against spreadsheets.
//!
//! A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a formula. OWASP ("CSV
//! Injection") advises to put `'` before such text. The guard looks at text cells only, so numbers
//! stay numbers, and [`unguard`] takes exactly the guard off again.

use super::tables::{POSITION_COLUMNS, csv, position_row};
use super::{Format, Layout};
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Cell, Report};

/// The row of [`super::FORMATS`].
pub const FORMAT: Format = Format {
    name: "csv",
    about: "one quotation a row, for spreadsheets, R and pandas",
    extensions: &["csv"],
    write,
};

/// Columns of the table of positions that every report fills.
const REPORTED: usize = 13;

/// A header row, then a row for each quotation, in reading order within its summary: the first columns
/// of the table of positions.
pub fn write(reports: &[Report], _layout: Layout) -> Result<String> {
    let header: Vec<Cell> =
        POSITION_COLUMNS.iter().take(REPORTED).map(|column| Cell::text(column.name)).collect();
    let mut rows = vec![header];
    for report in reports {
        let evidence = report.summaries.iter().flatten().flat_map(|summary| &summary.evidence);
        rows.extend(evidence.map(|evidence| position_row(&report.session.id, evidence).to_vec()));
    }
    csv(&rows)
}

/// Text that a spreadsheet will not run: `'` is put before what it could take for a formula.
pub fn guard(text: &str) -> String {
    if is_formula(text) { format!("'{text}") } else { text.to_owned() }
}

/// The text that [`guard`] was given.
pub fn unguard(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if is_formula(text) => text,
        _ => cell,
    }
}

/// Whether a spreadsheet could take `text` for a formula.
///
/// Quotation marks, byte order marks and white space at the front do not protect a cell: programs
/// strip them. The full-width signs count in some locales. A tab or carriage return at the front
/// is a danger of its own, as it can move the rest to another cell.
fn is_formula(text: &str) -> bool {
    for character in text.chars() {
        match character {
            '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' => return true,
            '\u{ff1d}' | '\u{ff0b}' | '\u{ff0d}' | '\u{ff20}' => return true,
            '"' | '\'' | '\u{201c}' | '\u{201d}' | '\u{2018}' | '\u{2019}' | '\u{feff}' => {}
            space if space.is_whitespace() => {}
            _ => return false,
        }
    }
    false
}

pub(super) fn broken(error: ::csv::Error) -> Error {
    Error::new(ErrorKind::Internal(format!("the table could not be written: {error}")))
}

#[cfg(test)]
mod tests {
    use super::super::examples::report;
    use super::*;

    fn columns() -> Vec<&'static str> {
        POSITION_COLUMNS.iter().take(REPORTED).map(|column| column.name).collect()
    }

    fn check(text: &str, guarded: &str) {
        assert_eq!(guard(text), guarded, "guard of {text:?}");
        assert_eq!(unguard(guarded), text, "unguard of {guarded:?}");
    }

    #[test]
    fn what_a_spreadsheet_could_run_is_guarded_and_comes_back() {
        for (text, guarded) in [
            ("=1+1", "'=1+1"),
            ("+41 22", "'+41 22"),
            ("-5 degrees", "'-5 degrees"),
            ("@all", "'@all"),
            ("\tx", "'\tx"),
            ("\rx", "'\rx"),
            ("\"=1", "'\"=1"),
            ("\u{feff}=1", "'\u{feff}=1"),
            (" =1", "' =1"),
            ("'=1", "''=1"),
            ("＝1", "'＝1"),
            ("We say = here", "We say = here"),
            ("'Tis so", "'Tis so"),
            ("“Yes”", "“Yes”"),
            ("", ""),
            ("'", "'"),
        ] {
            check(text, guarded);
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_comes_back_from_its_guard(text in "[=+@'\" \\t\\ra-c\u{feff}-]{0,6}") {
            let guarded = guard(&text);
            proptest::prop_assert_eq!(unguard(&guarded), text.as_str());
        }
    }

    #[test]
    fn numbers_are_never_guarded_and_cells_read_back() {
        let mut report = report();
        let evidence = &mut report.summaries.as_mut().unwrap()[0].evidence[0];
        evidence.score = -0.5;
        evidence.text = "=SUM(A1), \"quoted\"\nand more".into();
        let table = write(&[report], Layout::PLAIN).unwrap();
        let mut reader = ::csv::Reader::from_reader(table.as_bytes());
        assert_eq!(reader.headers().unwrap(), &::csv::StringRecord::from(columns()));
        let first = reader.records().next().unwrap().unwrap();
        assert_eq!(&first[5], "-0.5");
        assert_eq!(unguard(&first[12]), "=SUM(A1), \"quoted\"\nand more");
        assert_eq!(&first[11], "", "an unknown time is an empty cell");
        assert!(table.lines().next().is_some() && table.starts_with("session,stakeholder,"));
        assert!(table.ends_with("\r\n"));
    }

    #[test]
    fn no_evidence_leaves_the_header_alone() {
        let table = write(&[], Layout::PLAIN).unwrap();
        assert_eq!(table, format!("{}\r\n", columns().join(",")));
    }
}
