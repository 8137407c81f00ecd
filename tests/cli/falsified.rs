//! `verify` on reports and tables in which one field was changed, whichever it is, and on tables that a
//! spreadsheet has saved.

use std::collections::BTreeMap;
use std::path::Path;

use predicates::prelude::*;
use predicates::str::contains;
use serde_json::{Value, json};

use super::{folder, rapporteur, stdout};

/// Changed values of each kind of field that are tried, at the first places where it stands.
const OF_EACH_KIND: usize = 1;

/// Fields that say how a report was made, not what somebody said.
const NOT_CLAIMS: [&str; 3] = ["definition", "schema", "tool"];

/// Copies a fixture into a folder and gives its path.
fn fixture(folder: &Path, name: &str) -> String {
    let source = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).join("fixtures").join(name);
    let file = name.rsplit('/').next().unwrap();
    std::fs::copy(source, folder.join(file)).unwrap();
    file.to_owned()
}

/// Verifies files in one go and gives what was found in each, and what could not be read.
fn verified(folder: &Path, arguments: &[&str]) -> (BTreeMap<String, Vec<String>>, String) {
    let output =
        rapporteur(folder).arg("verify").args(arguments).args(["--format", "json"]).output().unwrap();
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut by_file: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in found["mismatches"].as_array().unwrap() {
        let what = row["what"].as_str().unwrap().to_owned();
        by_file.entry(row["file"].as_str().unwrap().to_owned()).or_default().push(what);
    }
    (by_file, found["failed"].to_string())
}

/// A value that says something else.
fn changed(key: &str, value: &Value) -> Option<Value> {
    Some(match (key, value) {
        ("scope", Value::String(scope)) => {
            if scope == "group" {
                json!("speaker")
            } else {
                json!("group")
            }
        }
        ("role", Value::String(role)) => {
            if role == "chair" {
                json!("speaker")
            } else {
                json!("chair")
            }
        }
        ("stance", Value::String(stance)) => {
            if stance == "support" {
                json!("oppose")
            } else {
                json!("support")
            }
        }
        (_, Value::String(text)) => json!(format!("{text}x")),
        (_, Value::Bool(is)) => json!(!is),
        (_, Value::Number(number)) => match number.as_u64() {
            Some(count) => json!(count + 1),
            None => json!(number.as_f64()? + 0.25),
        },
        _ => return None,
    })
}

/// Every leaf of a value: its pointer, and the pointer without numbers.
fn leaves(value: &Value, pointer: &str, kind: &str, found: &mut Vec<(String, String)>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                if !(pointer.is_empty() && NOT_CLAIMS.contains(&key.as_str())) {
                    leaves(value, &format!("{pointer}/{key}"), &format!("{kind}/{key}"), found);
                }
            }
        }
        Value::Array(items) => {
            for (number, value) in items.iter().enumerate() {
                leaves(value, &format!("{pointer}/{number}"), &format!("{kind}/0"), found);
            }
        }
        _ => found.push((pointer.to_owned(), kind.to_owned())),
    }
}

/// Whether a mismatch names a field that was changed.
fn names(what: &str, pointer: &str) -> bool {
    let parts: Vec<&str> = pointer.split('/').filter(|part| part.parse::<usize>().is_err()).collect();
    let is_part = |part: &&str| what.split(['.', '[', ']']).any(|named| named == *part);
    let of_place = ["turn", "start", "end", "text", "sentence"];
    let of_score = ["value", "feature", "score", "because"];
    parts.last().is_some_and(is_part)
        || parts.contains(&what)
        || (parts.iter().any(|part| of_place.contains(part)) && ["place", "text", "turn"].contains(&what))
        || (parts.iter().any(|part| of_score.contains(part)) && what == "score")
        || (parts.contains(&"sha256") && what == "source")
        || (parts.contains(&"question") && what == "name")
        || (parts.contains(&"words") && ["ledger", "budget"].contains(&what))
}

/// Changes the fields of a report one by one; gives how many were tried.
fn falsify(folder: &Path, arguments: &[&str]) -> usize {
    stdout(folder, &[arguments, &["--format", "json", "-o", "right.json"]].concat());
    rapporteur(folder)
        .args(["verify", "right.json"])
        .assert()
        .success()
        .stdout(contains("no mismatch, nothing left unchecked"));
    let right: Value =
        serde_json::from_str(&std::fs::read_to_string(folder.join("right.json")).unwrap()).unwrap();
    let mut found = Vec::new();
    leaves(&right, "", "", &mut found);
    let wrong = folder.join("wrong");
    std::fs::create_dir_all(&wrong).unwrap();
    let mut tried: BTreeMap<String, usize> = BTreeMap::new();
    let mut files = BTreeMap::new();
    for (pointer, kind) in found {
        let key = pointer.rsplit('/').next().unwrap();
        let n_tried = tried.entry(kind).or_default();
        let value = right.pointer(&pointer).unwrap();
        let Some(value) = changed(key, value).filter(|_| *n_tried < OF_EACH_KIND) else { continue };
        *n_tried += 1;
        let mut falsified = right.clone();
        *falsified.pointer_mut(&pointer).unwrap() = value;
        let name = format!("wrong/{:04}.json", files.len());
        std::fs::write(folder.join(&name), falsified.to_string()).unwrap();
        files.insert(name, pointer);
    }
    let (mismatches, failed) = verified(folder, &["wrong"]);
    for (file, pointer) in &files {
        // A source that is not where the report says is no mismatch: nothing can be checked.
        if pointer == "/session/source/path" {
            assert!(failed.contains(file.as_str()), "{pointer}: {failed}");
            continue;
        }
        let what = mismatches.get(file).unwrap_or_else(|| panic!("{pointer} is not caught; {failed}"));
        assert!(what.iter().any(|what| names(what, pointer)), "{pointer} is not named: {what:?}");
    }
    std::fs::remove_dir_all(&wrong).unwrap();
    files.len()
}

#[test]
fn every_field_of_a_report_is_checked() {
    let folder = folder();
    let folder = folder.path();
    let port = fixture(folder, "port-negotiation/port-negotiation.txt");
    let (roster, issues) =
        (fixture(folder, "port-negotiation/roster.csv"), fixture(folder, "port-negotiation/issues.json"));
    let panel = fixture(folder, "ai-hiring-panel/ai-hiring-panel.txt");
    let cues = fixture(folder, "poligon-slushaniya/poligon-slushaniya.vtt");
    let runs: [&[&str]; 5] = [
        &[
            "summarize",
            &port,
            "--by",
            "stakeholder",
            "--roster",
            &roster,
            "--issues",
            &issues,
            "--words",
            "40",
        ],
        &["summarize", &cues, "--words", "40", "--by", "group"],
        &["summarize", "panel.txt", "--by", "session", "--sentences", "2"],
        &["ask", "panel.txt", "What did Ana Reyes say about the pension cut?"],
        &["inspect", &panel],
    ];
    let n_fields: usize = runs.iter().map(|arguments| falsify(folder, arguments)).sum();
    assert!(n_fields > 150, "{n_fields}");
}

#[test]
fn a_report_that_was_cut_or_padded_is_found() {
    let folder = folder();
    let folder = folder.path();
    stdout(folder, &["summarize", "panel.txt", "-o", "right.json"]);
    let right: Value =
        serde_json::from_str(&std::fs::read_to_string(folder.join("right.json")).unwrap()).unwrap();
    type Forgery = fn(&mut Value);
    let forgeries: [Forgery; 6] = [
        |r| drop(r["summaries"].as_array_mut().unwrap().pop()),
        |r| drop(r["summaries"][0]["evidence"].as_array_mut().unwrap().remove(0)),
        |r| r["speakers"].as_array_mut().unwrap().reverse(),
        |r| r["summaries"][0]["remark"] = "she lied".into(),
        |r| {
            let (first, second) = (r["summaries"][0]["name"].clone(), r["summaries"][1]["name"].clone());
            (r["summaries"][0]["name"], r["summaries"][1]["name"]) = (second, first);
        },
        |r| r["warnings"] = json!([{"code": "encoding", "line": 1, "message": "nobody was there"}]),
    ];
    for (number, forge) in forgeries.iter().enumerate() {
        let mut wrong = right.clone();
        forge(&mut wrong);
        std::fs::write(folder.join("wrong.json"), wrong.to_string()).unwrap();
        let found = verified(folder, &["wrong.json"]);
        assert!(!found.0.is_empty(), "forgery {number} is not found: {}", found.1);
    }
}

#[test]
fn what_cannot_be_made_anew_is_said_to_be_unchecked() {
    let folder = folder();
    let folder = folder.path();
    std::fs::write(folder.join("people.csv"), "speaker,stakeholder\r\nAna Reyes,Nurses\r\n").unwrap();
    stdout(folder, &["summarize", "panel.txt", "--roster", "people.csv", "-o", "right.json"]);
    rapporteur(folder)
        .args(["verify", "right.json"])
        .assert()
        .success()
        .stdout(contains("nothing left unchecked"));
    let text = std::fs::read_to_string(folder.join("right.json")).unwrap();
    std::fs::write(
        folder.join("older.json"),
        text.replace("\"tool\": \"rapporteur ", "\"tool\": \"rapporteur 0.0."),
    )
    .unwrap();
    let is_said = contains("no mismatch in what was checked; not checked: names, roles, stakeholders");
    rapporteur(folder).args(["verify", "older.json"]).assert().success().stdout(is_said.clone());
    rapporteur(folder).args(["verify", "older.json", "--strict"]).assert().code(1);
    std::fs::write(folder.join("people.csv"), "speaker,stakeholder\r\nAna Reyes,Owners\r\n").unwrap();
    rapporteur(folder).args(["verify", "right.json"]).assert().code(3).stdout(contains(": roster: "));
    std::fs::remove_file(folder.join("people.csv")).unwrap();
    rapporteur(folder)
        .args(["verify", "right.json"])
        .assert()
        .success()
        .stdout(is_said.and(contains("--roster FILE")));
    std::fs::remove_file(folder.join("panel.txt")).unwrap();
    rapporteur(folder)
        .args(["verify", "right.json"])
        .assert()
        .code(1)
        .stdout(contains("no mismatch").not().and(contains("1 of 1 files could not be checked")));
}

#[test]
fn reports_that_were_read_together_are_verified_together() {
    let folder = folder();
    let folder = folder.path();
    let minutes = fixture(folder, "river-council/river-council.md");
    let other = fixture(folder, "school-committee/school-committee.json");
    stdout(folder, &["summarize", &minutes, &other, "panel.txt", "-o", "all.jsonl"]);
    rapporteur(folder)
        .args(["verify", "all.jsonl"])
        .assert()
        .success()
        .stdout(contains("nothing left unchecked"));
}

/// A row of a table whose cells are changed one by one.
fn falsify_cells(folder: &Path, table: &str, sources: &[&str]) -> usize {
    let text = std::fs::read_to_string(folder.join(table)).unwrap();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let columns: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let rows: Vec<Vec<String>> =
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
    let (place, stem) = table.rsplit_once('/').unwrap_or((".", table));
    let stem = stem.trim_end_matches(".csv");
    let mut files = BTreeMap::new();
    for (at, column) in columns.iter().enumerate() {
        let Some(number) = rows.iter().rposition(|row| !row[at].is_empty()) else { continue };
        let mut rows = rows.clone();
        let cell = &rows[number][at];
        rows[number][at] = match (cell.as_str(), cell.parse::<f64>()) {
            ("true", _) => "false".to_owned(),
            ("false", _) => "true".to_owned(),
            (_, Ok(value)) => (value + 1.0).to_string(),
            (text, _) => format!("{text} x"),
        };
        let name = format!("{place}/changed-{stem}-{at}.csv");
        let mut writer = csv::Writer::from_path(folder.join(&name)).unwrap();
        writer.write_record(&columns).unwrap();
        rows.iter().for_each(|row| writer.write_record(row).unwrap());
        writer.flush().unwrap();
        files.insert(name, column.clone());
    }
    assert!(!files.is_empty(), "{table} has no cell");
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    let (mismatches, failed) = verified(folder, &[names.as_slice(), sources].concat());
    for (file, column) in &files {
        let what =
            mismatches.get(file).unwrap_or_else(|| panic!("{table}: {column} is not caught; {failed}"));
        let is_named = what.contains(column)
            || (["turn", "start", "end"].contains(&column.as_str()) && what.iter().any(|w| w == "place"));
        assert!(is_named, "{table}: {column} is not named: {what:?}");
        std::fs::remove_file(folder.join(file)).unwrap();
    }
    files.len()
}

/// Writes the tables of a comparison into `tables`.
fn tables(folder: &Path) {
    let minutes = fixture(folder, "river-council/river-council.md");
    let (roster, issues) =
        (fixture(folder, "river-council/roster.csv"), fixture(folder, "river-council/issues.json"));
    let inputs = [&minutes, "panel.txt", "--roster", &roster, "--issues", &issues];
    stdout(folder, &[&["compare"], &inputs[..], &["-o", "tables", "--excel"]].concat());
}

#[test]
fn every_cell_of_every_table_is_checked() {
    let folder = folder();
    let folder = folder.path();
    tables(folder);
    rapporteur(folder)
        .args(["verify", "tables"])
        .assert()
        .success()
        .stdout(contains("no mismatch in what was checked; not checked: the whole file"));
    let mut n_cells = 0;
    for table in rapporteur::write::tables::TABLES {
        n_cells += falsify_cells(folder, &format!("tables/{}.csv", table.name), &[]);
    }
    assert!(n_cells > 100, "{n_cells}");
}

#[test]
fn every_cell_of_a_brief_is_checked() {
    let folder = folder();
    let folder = folder.path();
    stdout(folder, &["summarize", "panel.txt", "-o", "brief.csv"]);
    let source = ["--source", "panel.txt"];
    rapporteur(folder)
        .args(["verify", "brief.csv"])
        .args(source)
        .assert()
        .success()
        .stdout(contains("nothing left unchecked"));
    assert!(falsify_cells(folder, "brief.csv", &source) >= 10);
    stdout(folder, &["summarize", "panel.txt", "--words", "9", "-o", "short.csv"]);
    rapporteur(folder)
        .args(["verify", "short.csv"])
        .args(source)
        .assert()
        .success()
        .stdout(contains("not checked: ranks, scores"));
}

/// A table as spreadsheets save it.
fn saved(table: &str, separator: u8, line_end: &str, decimal_comma: bool) -> String {
    let mut reader = csv::Reader::from_reader(table.trim_start_matches('\u{feff}').as_bytes());
    let mut writer =
        csv::WriterBuilder::new().delimiter(separator).has_headers(false).from_writer(Vec::new());
    writer.write_record(reader.headers().unwrap()).unwrap();
    for row in reader.records() {
        let row = row.unwrap();
        let cells = row.iter().map(|cell| match cell.parse::<f64>() {
            Ok(_) if decimal_comma => cell.replace('.', ","),
            _ => match cell {
                "true" => "WAHR".to_owned(),
                "false" => "FALSCH".to_owned(),
                other => other.to_owned(),
            },
        });
        writer.write_record(cells).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap().replace('\n', line_end)
}

#[test]
fn tables_that_a_spreadsheet_has_saved_are_read() {
    let folder = folder();
    let folder = folder.path();
    tables(folder);
    let utf16 =
        |text: &str| format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let cp1252 = |text: &str| {
        text.chars()
            .map(|c| match c {
                '\u{2019}' => 0x92,
                '\u{2018}' => 0x91,
                '\u{201c}' => 0x93,
                '\u{201d}' => 0x94,
                '\u{2013}' => 0x96,
                '\u{2014}' => 0x97,
                '\u{2026}' => 0x85,
                '\u{20ac}' => 0x80,
                c => u8::try_from(u32::from(c)).unwrap_or(b'?'),
            })
            .collect::<Vec<u8>>()
    };
    let (mut right, mut wrong) = (Vec::new(), Vec::new());
    for name in ["positions", "sentences", "speakers", "stances", "references", "agreement", "ledger"] {
        let text = std::fs::read_to_string(folder.join(format!("tables/{name}.csv"))).unwrap();
        let with_comma = saved(&text, b';', "\r\n", true);
        let variants: [(&str, Vec<u8>); 6] = [
            ("cp1252", cp1252(&with_comma)),
            ("mark", format!("\u{feff}{with_comma}").into_bytes()),
            ("utf16-tabs", utf16(&saved(&text, b'\t', "\r\n", false))),
            ("separator-line", format!("sep=;\r\n{with_comma}").into_bytes()),
            ("line-feeds", saved(&text, b',', "\n", false).into_bytes()),
            ("wrong", cp1252(&with_comma.replacen("council", "kouncil", 1))),
        ];
        let is_falsified = with_comma.contains("council");
        for (what, bytes) in variants.into_iter().filter(|(what, _)| *what != "wrong" || is_falsified) {
            let file = format!("tables/{what}-{name}.csv");
            std::fs::write(folder.join(&file), bytes).unwrap();
            if what == "wrong" { wrong.push(file) } else { right.push(file) }
        }
    }
    let names = |files: &[String]| files.iter().map(String::as_str).map(str::to_owned).collect::<Vec<_>>();
    let all = [names(&right), names(&wrong)].concat();
    let found = verified(folder, &all.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(found.1, "[]");
    assert!(!wrong.is_empty() && right.len() == 35, "{wrong:?}");
    let blamed: Vec<&String> = found.0.keys().collect();
    wrong.sort();
    assert_eq!(blamed, wrong.iter().collect::<Vec<_>>(), "{found:?}");
    let path = folder.join("tables/positions.csv");
    let right = std::fs::read_to_string(&path).unwrap();
    for (what, bytes) in [
        ("nothing", &b""[..]),
        ("binary data", b"PK\x03\x04\0\0\0\0"),
        ("an open quote", b"session,turn\n\"a,1\n"),
    ] {
        std::fs::write(&path, bytes).unwrap();
        let output = rapporteur(folder).args(["verify", "tables/positions.csv"]).assert().code(1);
        let said = String::from_utf8_lossy(&output.get_output().stdout).into_owned();
        assert!(!said.contains("no mismatch"), "{what}: {said}");
    }
    std::fs::write(&path, right).unwrap();
}

#[test]
fn rows_may_be_sorted_and_left_out_and_columns_added_and_that_is_said() {
    let folder = folder();
    let folder = folder.path();
    tables(folder);
    let path = folder.join("tables/positions.csv");
    let text = std::fs::read_to_string(&path).unwrap();
    let mut lines: Vec<String> = text.lines().map(|line| format!("{line},mine")).collect();
    lines[1..].reverse();
    lines.pop();
    std::fs::write(&path, lines.join("\r\n")).unwrap();
    rapporteur(folder).args(["verify", "tables/positions.csv"]).assert().success().stdout(
        contains("not checked: 1 rows of the comparison").and(contains("not checked: the columns mine")),
    );
}

#[test]
fn swapped_headings_and_turned_stances_are_found() {
    let cases = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).join("../shared/data/cases");
    if !cases.is_dir() {
        assert!(std::env::var("CI").as_deref() != Ok("true"), "the cases are needed in CI");
        eprintln!("skipped: {} is absent", cases.display());
        return;
    }
    let report = cases.join("09-report-falsified.json");
    let found = verified(&cases, &[report.to_str().unwrap()]);
    let what: Vec<&String> = found.0.values().flatten().collect();
    assert!(
        what.iter().any(|what| *what == "stance") && what.iter().any(|what| *what == "name"),
        "{found:?}"
    );
}
