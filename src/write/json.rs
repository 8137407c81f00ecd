//! JSON by the contract `rapporteur/summary/1`: nothing rounded, nothing left out.

use super::terminal::is_command;
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
        out.push_str(&pretty(report).map_err(broken)?);
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
    compact(report).map_err(broken)
}

/// A value as JSON on one line. What a terminal could take for a command is escaped, which no parser
/// sees.
///
/// # Errors
/// When the value cannot be JSON.
pub fn compact(value: &impl serde::Serialize) -> serde_json::Result<String> {
    serde_json::to_string(value).map(escaped)
}

/// The same, indented.
///
/// # Errors
/// When the value cannot be JSON.
pub fn pretty(value: &impl serde::Serialize) -> serde_json::Result<String> {
    serde_json::to_string_pretty(value).map(escaped)
}

/// JSON text in which DEL, C1 controls, line separators and characters of direction are escaped: they
/// can stand in strings only, where an escape means the same.
fn escaped(json: String) -> String {
    let is_escaped = |c: char| c != '\n' && is_command(c);
    if !json.contains(is_escaped) {
        return json;
    }
    let mut out = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        if is_escaped(c) {
            let mut units = [0; 2];
            c.encode_utf16(&mut units).iter().for_each(|unit| out.push_str(&format!("\\u{unit:04x}")));
        } else {
            out.push(c);
        }
    }
    out
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
    fn json_holds_nothing_that_commands_and_reads_back_the_same() {
        let text = "\u{9b}31m \u{7f} \u{2028}\u{2029} \u{202e}x\u{2069} \x1b[2J \u{e0041} \\u0041 “é”\n";
        for json in [compact(&text).unwrap(), pretty(&serde_json::json!({ text: [text] })).unwrap()] {
            assert!(!json.chars().any(|c| c != '\n' && is_command(c)), "{json:?}");
            assert!(json.contains("\\u009b31m") && json.contains('“'), "{json}");
        }
        assert_eq!(serde_json::from_str::<String>(&compact(&text).unwrap()).unwrap(), text);
    }

    #[test]
    fn scores_keep_all_their_digits_and_the_unknown_is_null() {
        let text = write(&[report()], Layout::PLAIN).unwrap();
        assert!(text.contains("0.1234567890123"), "{text}");
        assert!(text.contains("\"wpm\": null"), "{text}");
    }
}
