//! The user's list of issues: JSON, or a table with a header line.
//!
//! ```json
//! {"issues": [{"label": "Shore power", "terms": ["berth", "Article 3"], "text": ""}]}
//! ```
//!
//! A bare array is accepted too. The table has the columns `label`, `terms` (between semicolons) and
//! `text`, separated by commas, semicolons or tabs. `terms` and `text` may be left out everywhere.

mod json;
mod table;

use rustc_hash::FxHashMap;

use crate::error::nearest;
use crate::error::{Error, ErrorKind, Result};
use crate::model::Issue;

/// What an issue may consist of.
const KEYS: [&str; 3] = ["label", "terms", "text"];

/// The issues of a list, in its order: labels are unique whatever their case, nothing is empty but
/// `terms` and `text`.
///
/// # Errors
/// With the line, when the bytes are no UTF-8, no JSON and no table, a key or column is unknown, or
/// a label is missing, empty or given twice. The caller names the file ([`Error::in_file`]).
pub fn parse(bytes: &[u8]) -> Result<Vec<Issue>> {
    let text = std::str::from_utf8(bytes).map_err(|e| not_utf8(bytes, e.valid_up_to()))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let listed = match text.trim_start().chars().next() {
        None => Vec::new(),
        Some('{' | '[') => json::parse(text)?,
        Some(_) => table::parse(text)?,
    };
    if listed.is_empty() {
        return Err(malformed("it lists no issue").remedy(EXAMPLE));
    }
    checked(listed)
}

/// An issue and the line on which it is given, from 1.
struct Listed {
    line: u64,
    issue: Issue,
}

const EXAMPLE: &str = r#"write {"issues": [{"label": "Port dues", "terms": ["dues", "port fee"]}]}"#;

fn checked(listed: Vec<Listed>) -> Result<Vec<Issue>> {
    let mut first_line: FxHashMap<String, u64> = FxHashMap::default();
    let mut issues = Vec::with_capacity(listed.len());
    for Listed { line, issue } in listed {
        let issue = tidied(issue);
        if issue.label.is_empty() {
            return Err(malformed("an issue has no label").at_line(line).remedy("give each issue a label"));
        }
        if let Some(first) = first_line.insert(issue.label.to_lowercase(), line) {
            let reason = format!("the label “{}” is given twice, first on line {first}", issue.label);
            return Err(malformed(reason).at_line(line).remedy("rename one, or join their terms"));
        }
        issues.push(issue);
    }
    Ok(issues)
}

/// The issue with single spaces in its label and terms, without empty or repeated terms.
fn tidied(issue: Issue) -> Issue {
    let spaced = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut terms: Vec<String> = Vec::with_capacity(issue.terms.len());
    for term in issue.terms.iter().map(|term| spaced(term)) {
        if !term.is_empty() && !terms.contains(&term) {
            terms.push(term);
        }
    }
    Issue { label: spaced(&issue.label), terms, text: issue.text.trim().to_owned() }
}

fn malformed(reason: impl Into<String>) -> Error {
    Error::new(ErrorKind::Malformed { format: "list of issues", reason: reason.into() })
}

fn not_utf8(bytes: &[u8], valid: usize) -> Error {
    let line = 1 + bytes.iter().take(valid).filter(|&&b| b == b'\n').count() as u64;
    malformed("it is not UTF-8").at_line(line).remedy("save it as UTF-8")
}

/// An unknown key or column, with the known one that it may be meant for.
fn unknown(what: &str, name: &str, line: u64) -> Error {
    let reason = format!("it has an unknown {what} `{name}`{}", guess(name, &KEYS));
    malformed(reason).at_line(line).remedy("an issue has `label`, `terms` and `text`")
}

/// The one of `known` that an unknown name may be meant for, as a question.
fn guess(name: &str, known: &[&str]) -> String {
    let nearest = nearest(&name.to_lowercase(), known.iter().copied());
    nearest.map_or_else(String::new, |known| format!(", do you mean `{known}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Issues as `label|term;term|text`, or the error.
    fn check(list: &str, expected: &[&str]) {
        let shown = match parse(list.as_bytes()) {
            Ok(issues) => {
                issues.iter().map(|i| format!("{}|{}|{}", i.label, i.terms.join(";"), i.text)).collect()
            }
            Err(error) => vec![error.to_string()],
        };
        assert_eq!(shown, expected, "for {list}");
    }

    #[test]
    fn issues_are_read_from_an_object_an_array_and_tables() {
        let expected = ["Port dues|dues;port fee|", "Noise||At night."];
        let object = r#"{"issues": [{"label": "Port  dues", "terms": ["dues", " port fee ", "", "dues"]},
            {"text": "At night.\n", "label": "Noise"}]}"#;
        check(object, &expected);
        check(&format!("\u{feff} {}", &object[11..object.len() - 1]), &expected);
        check("label,terms,text\nPort dues,dues; port fee,\nNoise,,At night.\n", &expected);
        check("Text\tLABEL\tTerms\r\n\tPort dues\tdues;port fee\r\nAt night.\tNoise\t\r\n", &expected);
        check("label;terms;text\nPort dues;\"dues;port fee\"\n\nNoise;;At night.", &expected);
        check("label\nNoise\n", &["Noise||"]);
    }

    #[test]
    fn a_broken_list_is_refused_with_the_line_and_the_remedy() {
        let remedy = "an issue has `label`, `terms` and `text`";
        let give = "give each issue a label";
        let no = |line: u64, reason: &str, remedy: &str| {
            let place = if line > 0 { format!("line {line}: ") } else { String::new() };
            format!("{place}this is no readable list of issues: {reason}; {remedy}")
        };
        let cases = [
            ("", no(0, "it lists no issue", EXAMPLE)),
            (" [ ]", no(0, "it lists no issue", EXAMPLE)),
            ("{\"issues\": []}", no(0, "it lists no issue", EXAMPLE)),
            (
                "[{\"label\": \"A\"},\n {\"lable\": \"B\"}]",
                no(2, "it has an unknown key `lable`, do you mean `label`?", remedy),
            ),
            ("[{\"label\": \"A\",\n \"colour\": 1}]", no(2, "it has an unknown key `colour`", remedy)),
            ("{\n\"issue\": []}", no(2, "it has an unknown key `issue`, do you mean `issues`?", EXAMPLE)),
            ("[{\"label\": \"A\"},\n{\"label\": \" \"}]", no(2, "an issue has no label", give)),
            ("[\n{\"terms\": [\"a\"]}]", no(2, "an issue has no label", give)),
            (
                "[{\"label\": \"A\", \"label\": \"B\"}]",
                no(1, "the key `label` is given twice", "keep one of them"),
            ),
            (
                "[{\"label\": \"Quay\"},\n\n{\"label\": \"quay\"}]",
                no(3, "the label “quay” is given twice, first on line 1", "rename one, or join their terms"),
            ),
            (
                "[{\"label\": \"A\",\n\"terms\": \"a\"}]",
                no(2, "`terms` is no list of texts", "write \"terms\": [\"dues\", \"port fee\"]"),
            ),
            ("[{\"label\": 7}]", no(1, "`label` is no text", "write \"label\": \"Port dues\"")),
            ("[\n\"A\"]", no(2, "an issue is no object", EXAMPLE)),
            (
                "label,term,note\nA,b,c",
                no(1, "it has an unknown column `term`, do you mean `terms`?", remedy),
            ),
            ("terms,text\na,b", no(1, "it has no column `label`", remedy)),
            ("label,terms\nA,b\n,c", no(3, "an issue has no label", give)),
            (
                "label,terms\nA,b,c",
                no(
                    2,
                    "a row has 3 cells where the header has 2",
                    "put cells that hold the separator between quotation marks",
                ),
            ),
        ];
        for (list, expected) in cases {
            check(list, &[&expected]);
        }
        let broken = parse(b"{\"issues\": [\n{\"label\": }]}").unwrap_err();
        assert_eq!(broken.line(), 2, "{broken}");
        assert_eq!(parse(b"label\n\xff").unwrap_err().line(), 2);
    }

    #[test]
    fn the_lists_of_the_fixtures_are_read() {
        for name in ["ai-hiring-panel", "port-negotiation", "river-council"] {
            let path = format!("{}/fixtures/{name}/issues.json", env!("CARGO_MANIFEST_DIR"));
            let issues = parse(&std::fs::read(path).unwrap()).unwrap();
            assert!(issues.len() >= 5 && issues.iter().all(|i| !i.terms.is_empty()), "{name}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            let _ = parse(&bytes);
        }

        #[test]
        fn what_is_accepted_has_unique_labels_and_no_empty_terms(text in "(label,terms\n)?[\\[\\]{}\":,; a-cé\n]{0,40}") {
            if let Ok(issues) = parse(text.as_bytes()) {
                let mut labels: Vec<String> = issues.iter().map(|i| i.label.to_lowercase()).collect();
                labels.sort();
                labels.dedup();
                prop_assert_eq!(labels.len(), issues.len());
                prop_assert!(issues.iter().all(|i| !i.label.is_empty() && i.terms.iter().all(|t| !t.is_empty())));
            }
        }
    }
}
