//! The positions table: one quotation a row, by RFC 4180, with text guarded against spreadsheets.
//!
//! The guard looks at text cells only, so numbers stay numbers, and [`unguard`] takes exactly the guard
//! off again.

use super::tables::{POSITION_COLUMNS, REPORTED, csv, position_row};
use super::{Format, Layout};
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Cell, Evidence, Report, SpeakerInfo};

pub use crate::model::{guard, unguard};

/// The row of [`super::FORMATS`].
pub const FORMAT: Format = Format {
    name: "csv",
    about: "one quotation a row, for spreadsheets, R and pandas",
    extensions: &["csv"],
    write,
};

/// A header row, then a row for each quotation, in reading order within its summary: the first columns
/// of the table of positions.
pub fn write(reports: &[Report], _layout: Layout) -> Result<String> {
    let header: Vec<Cell> =
        POSITION_COLUMNS.iter().take(REPORTED).map(|column| Cell::text(column.name)).collect();
    let mut rows = vec![header];
    for report in reports {
        let evidence = report.summaries.iter().flatten().flat_map(|summary| &summary.evidence);
        rows.extend(evidence.map(|evidence| row(report, evidence)));
    }
    csv(&rows)
}

/// The cells that a quotation of a report fills: the first columns of the table of positions.
pub fn row(report: &Report, evidence: &Evidence) -> Vec<Cell> {
    let label = evidence.speaker.as_str();
    let has = |speaker: &&SpeakerInfo| speaker.name == label || speaker.aliases.iter().any(|a| a == label);
    let name = report.speakers.iter().find(has).map_or(label, |speaker| &speaker.name);
    position_row(&report.session.id, name, evidence).to_vec()
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
        assert_eq!(&first[7], "-0.5");
        assert_eq!(unguard(&first[14]), "=SUM(A1), \"quoted\"\nand more");
        assert_eq!(&first[13], "", "an unknown time is an empty cell");
        assert!(table.lines().next().is_some() && table.starts_with("session,stakeholder,"));
        assert!(table.ends_with("\r\n"));
    }

    #[test]
    fn no_evidence_leaves_the_header_alone() {
        let table = write(&[], Layout::PLAIN).unwrap();
        assert_eq!(table, format!("{}\r\n", columns().join(",")));
    }
}
