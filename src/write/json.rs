//! JSON by the contract `rapporteur/summary/1`: nothing rounded, nothing left out.

use super::{Format, Layout};
use crate::error::{Error, ErrorKind, Result};
use crate::model::Report;

/// The row of [`super::FORMATS`].
pub const FORMAT: Format = Format {
    name: "json",
    about: "everything, with places, scores and reasons; one report a line for several",
    extensions: &["json", "jsonl"],
    write,
};

/// The report of one session as indented JSON, those of several as one line each.
pub fn write(reports: &[Report], layout: Layout) -> Result<String> {
    let mut out = String::new();
    if let ([report], false) = (reports, layout.several) {
        out.push_str(&serde_json::to_string_pretty(report).map_err(broken)?);
        out.push('\n');
        return Ok(out);
    }
    for report in reports {
        out.push_str(&line(report)?);
        out.push('\n');
    }
    Ok(out)
}

/// A report as JSON on one line, without a line feed.
pub fn line(report: &Report) -> Result<String> {
    serde_json::to_string(report).map_err(broken)
}

fn broken(error: serde_json::Error) -> Error {
    Error::new(ErrorKind::Internal(format!("a report could not be written as JSON: {error}")))
}

#[cfg(test)]
mod tests {
    use super::super::examples::report;
    use super::*;

    #[test]
    fn one_report_is_indented_and_several_are_one_line_each() {
        let one = write(&[report()], Layout::PLAIN).unwrap();
        assert!(one.starts_with("{\n") && one.ends_with("}\n"), "{one}");
        let two = write(&[report(), report()], Layout::PLAIN).unwrap();
        assert_eq!(two.lines().count(), 2);
        for text in two.lines() {
            assert_eq!(serde_json::from_str::<Report>(text).unwrap(), report());
        }
    }

    #[test]
    fn the_only_report_of_several_sessions_is_a_line_too() {
        let line = write(&[report()], Layout { several: true, ..Layout::PLAIN }).unwrap();
        assert_eq!(line.lines().count(), 1);
    }

    #[test]
    fn scores_keep_all_their_digits_and_the_unknown_is_null() {
        let text = write(&[report()], Layout::PLAIN).unwrap();
        assert!(text.contains("0.1234567890123"), "{text}");
        assert!(text.contains("\"wpm\": null"), "{text}");
    }
}
