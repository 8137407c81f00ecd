//! The stances that a comparison of the fixtures gives, held to what each fixture says of itself.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

type Row = BTreeMap<String, String>;

fn fixture(name: &str) -> PathBuf {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).join("fixtures").join(name)
}

/// The tables `sentences` and `stances` of a comparison of a fixture.
fn compared(name: &str) -> (Vec<Row>, Vec<Row>) {
    let folder = fixture(name);
    let out = tempfile::tempdir().expect("a folder");
    let entries = std::fs::read_dir(&folder).expect("the fixture");
    let transcript = entries.map(|entry| entry.expect("an entry").path());
    let mut transcript = transcript.filter(|path| path.file_stem().is_some_and(|stem| stem == name));
    let mut command = assert_cmd::Command::cargo_bin("rapporteur").expect("the binary");
    command.arg("compare").arg(transcript.next().expect("a transcript")).arg("-o").arg(out.path());
    for (flag, file) in [("--issues", "issues.json"), ("--roster", "roster.csv")] {
        if folder.join(file).exists() {
            command.arg(flag).arg(folder.join(file));
        }
    }
    command.assert().success();
    let read = |table: &str| {
        let mut reader = csv::Reader::from_path(out.path().join(table)).expect("the table");
        reader.deserialize().map(|row| row.expect("a row")).collect::<Vec<Row>>()
    };
    (read("sentences.csv"), read("stances.csv"))
}

/// The rows of a table of cases, by fixture.
fn cases(table: &'static str, columns: usize) -> BTreeMap<&'static str, Vec<Vec<&'static str>>> {
    let mut by_fixture: BTreeMap<&str, Vec<Vec<&str>>> = BTreeMap::new();
    for line in table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let row: Vec<&str> = line.split('\t').collect();
        assert_eq!(row.len(), columns, "malformed: {line}");
        by_fixture.entry(row[0]).or_default().push(row[1..].to_vec());
    }
    assert!(!by_fixture.is_empty());
    by_fixture
}

#[test]
fn sentences_of_the_fixtures_state_what_a_reader_sees_in_them() {
    let mut wrong = Vec::new();
    for (name, rows) in cases(include_str!("stance/fixtures.tsv"), 3) {
        let (sentences, _) = compared(name);
        for row in rows {
            let found = sentences.iter().find(|s| s["text"].starts_with(row[1]));
            let stance =
                found.map_or("no such sentence", |s| if s["stance"].is_empty() { "-" } else { &s["stance"] });
            if stance != row[0] {
                wrong.push(format!("{name}: {:?} is {stance}, not {}", row[1], row[0]));
            }
            let cue_inside = found.is_none_or(|s| s["text"].contains(s["cue"].as_str()));
            assert!(cue_inside, "{name}: the cue of {:?} is not in it", row[1]);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn stakeholders_of_the_fixtures_stand_where_the_fixtures_say() {
    let (mut wrong, mut right) = (Vec::new(), 0);
    for (name, rows) in cases(include_str!("stance/stakeholders.tsv"), 4) {
        let (_, stances) = compared(name);
        for row in rows {
            let found = stances
                .iter()
                .find(|s| s["stakeholder"].starts_with(row[0]) && s["issue"].starts_with(row[1]));
            match found.map_or("", |s| s["stance"].as_str()) {
                stance if stance == row[2] => right += 1,
                stance => {
                    wrong.push(format!("{name}: {} on {} is {stance:?}, not {}", row[0], row[1], row[2]))
                }
            }
        }
    }
    // Which sentences are on an issue is another stage's matter: a few may move.
    assert!(wrong.len() * 4 <= right, "{}", wrong.join("\n"));
}
