//! Dates of sessions: from the content, else the file's name, else what the user gives.

use predicates::str::contains;

use super::{folder, rapporteur, report};

/// What `inspect` says of the date of a file with some text above the panel.
fn date(name: &str, above: &str, flags: &[&str]) -> (String, String) {
    let folder = folder();
    let panel = std::fs::read_to_string(folder.path().join("panel.txt")).unwrap();
    let path = folder.path().join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, format!("{above}{panel}")).unwrap();
    let found = report(folder.path(), &[&["inspect", name, "--format", "json"], flags].concat());
    let field = |key: &str| found["session"][key].as_str().unwrap_or("").to_owned();
    (field("date"), field("date_known"))
}

#[test]
fn the_content_holds_over_the_name_and_the_name_over_what_is_given() {
    let given = ["--date", "2020-01-02"];
    let pair = |date: &str, known: &str| (date.to_owned(), known.to_owned());
    assert_eq!(date("a_2024-07-05.txt", "Night shift\n3 May 2023\n\n", &given), pair("2023-05-03", ""));
    assert_eq!(date("a_2024-07-05.txt", "", &given), pair("2024-07-05", "file name"));
    assert_eq!(date("a.txt", "", &given), pair("2020-01-02", "given"));
    assert_eq!(date("a.txt", "", &[]), pair("", ""));
    assert_eq!(date("2023/July-5.txt", "", &[]), pair("2023-07-05", "file name"));
    assert_eq!(date("July-5.txt", "Hearings of 2023\n\n", &[]), pair("2023-07-05", "file name"));
}

#[test]
fn what_is_no_day_is_refused() {
    let folder = folder();
    for text in ["2024-02-31", "5 July 2024", "20240705"] {
        let assert = rapporteur(folder.path()).args(["inspect", "panel.txt", "--date", text]).assert();
        assert.code(2).stderr(contains("YYYY-MM-DD"));
    }
}
