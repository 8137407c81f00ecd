//! `verify` on right reports, on forged ones, and on what it cannot check.

use std::io::Write;
use std::path::Path;

use predicates::prelude::*;
use predicates::str::contains;

use super::{PANEL, folder, rapporteur, stdout};

/// Writes a brief in JSON and a table in CSV, and gives the brief.
fn briefs(folder: &Path) -> serde_json::Value {
    stdout(folder, &["summarize", "panel.txt", "-o", "brief.json"]);
    stdout(folder, &["summarize", "panel.txt", "-o", "positions.csv"]);
    serde_json::from_str(&std::fs::read_to_string(folder.join("brief.json")).unwrap()).unwrap()
}

#[test]
fn a_brief_verifies_from_anywhere_near_its_source() {
    let folder = folder();
    briefs(folder.path());
    let all_right = contains("no mismatch");
    rapporteur(folder.path()).args(["verify", "brief.json"]).assert().success().stdout(all_right.clone());
    let table = ["verify", "brief.json", "positions.csv", "--source", "panel.txt"];
    rapporteur(folder.path()).args(table).assert().success().stdout(all_right.clone());
    let inner = folder.path().join("inner");
    std::fs::create_dir(&inner).unwrap();
    rapporteur(&inner).args(["verify", "../brief.json"]).assert().success().stdout(all_right.clone());
    let lines = stdout(folder.path(), &["summarize", "panel.txt", "panel.txt", "--format", "json"]);
    let mut command = rapporteur(folder.path());
    command.args(["verify", "-"]).write_stdin(lines).assert().success().stdout(contains("in 2 reports"));
}

#[test]
fn each_forgery_is_found_and_ends_with_three() {
    type Forgery = fn(&mut serde_json::Value);
    let forgeries: [(&str, Forgery); 7] = [
        ("text", |e| e["text"] = e["text"].as_str().unwrap().replace("the", "no").into()),
        ("speaker", |e| e["speaker"] = "Bo Lindqvist".into()),
        ("place", |e| e["turn"] = 2.into()),
        ("place", |e| e["start"] = (e["start"].as_u64().unwrap() + 1).into()),
        ("sentence", |e| e["sentence"] = (e["sentence"].as_u64().unwrap() + 1).into()),
        ("line", |e| e["line"] = 1.into()),
        ("display", |e| e["display"] = "We accept everything.".into()),
    ];
    let folder = folder();
    let right = briefs(folder.path());
    for (what, forge) in forgeries {
        let mut wrong = right.clone();
        forge(&mut wrong["summaries"][0]["evidence"][0]);
        std::fs::write(folder.path().join("wrong.json"), wrong.to_string()).unwrap();
        let line = format!("wrong.json, {}, Ana Reyes, quotation ", right["session"]["id"].as_str().unwrap());
        rapporteur(folder.path())
            .args(["verify", "wrong.json"])
            .assert()
            .code(3)
            .stdout(contains(line).and(contains(format!(": {what}: expected "))));
        let output =
            rapporteur(folder.path()).args(["verify", "wrong.json", "--format", "json"]).assert().code(3);
        let found: serde_json::Value = serde_json::from_slice(&output.get_output().stdout).unwrap();
        assert!(
            found["mismatches"].as_array().unwrap().iter().any(|row| row["what"] == what),
            "{what}: {found}"
        );
    }
}

#[test]
fn a_forged_row_of_a_table_is_found() {
    let folder = folder();
    briefs(folder.path());
    let table = std::fs::read_to_string(folder.path().join("positions.csv")).unwrap();
    let check = |table: String, what: &str| {
        std::fs::write(folder.path().join("wrong.csv"), table).unwrap();
        let arguments = ["verify", "wrong.csv", "--source", "panel.txt"];
        rapporteur(folder.path()).args(arguments).assert().code(3).stdout(contains(format!(": {what}: ")));
    };
    check(table.replacen("pension cut", "pension raise", 1), "text");
    check(table.replacen("Bo Lindqvist,,", "Ana Reyes,,", 1), "label");
    rapporteur(folder.path())
        .args(["verify", "positions.csv"])
        .assert()
        .code(1)
        .stderr(contains("--source FILE"));
}

#[test]
fn a_table_of_a_comparison_is_checked_against_the_sources_beside_it() {
    let folder = folder();
    rapporteur(folder.path()).args(["compare", "panel.txt", "-o", "tables"]).assert().code(0);
    let check = |code: i32| {
        rapporteur(folder.path()).args(["verify", "tables/positions.csv"]).assert().code(code);
    };
    check(0);
    let path = folder.path().join("tables/positions.csv");
    let table = std::fs::read_to_string(&path).unwrap();
    let forged = table.replacen("pension", "penguin", 1);
    assert_ne!(forged, table);
    std::fs::write(&path, forged).unwrap();
    check(3);
}

#[test]
fn sources_that_share_an_identifier_are_told_apart() {
    let folder = folder();
    let other = folder.path().join("other");
    std::fs::create_dir(&other).unwrap();
    let text = PANEL.replace("Ana Reyes", "Eva Sund").replace("Bo Lindqvist", "Jo Maris");
    std::fs::write(other.join("panel.txt"), text).unwrap();
    for name in ["all.jsonl", "all.csv"] {
        stdout(folder.path(), &["summarize", "panel.txt", "other/panel.txt", "-o", name]);
    }
    let sources = ["--source", "panel.txt", "--source", "other/panel.txt"];
    rapporteur(folder.path()).args(["verify", "all.jsonl", "all.csv"]).args(sources).assert().success();
    rapporteur(folder.path()).args(["verify", "all.csv", "--source", "panel.txt"]).assert().code(3);
}

#[test]
fn a_changed_source_is_reported_and_the_quotations_are_still_checked() {
    let folder = folder();
    let brief = briefs(folder.path());
    let n_quotations: usize =
        brief["summaries"].as_array().unwrap().iter().map(|s| s["evidence"].as_array().unwrap().len()).sum();
    let mut file = std::fs::OpenOptions::new().append(true).open(folder.path().join("panel.txt")).unwrap();
    file.write_all(b"\nBo Lindqvist: One more thing, the fund starts in May.\n").unwrap();
    drop(file);
    rapporteur(folder.path())
        .args(["verify", "brief.json"])
        .assert()
        .code(3)
        .stdout(contains(": source: ").and(contains(format!("checked {n_quotations} quotations"))));
}

#[test]
fn what_cannot_be_verified_is_a_failure_with_a_remedy() {
    let folder = folder();
    briefs(folder.path());
    std::fs::remove_file(folder.path().join("panel.txt")).unwrap();
    for (name, content, hint) in [
        ("prose.txt", "just words", "no column session"),
        ("broken.json", "{\"schema\": 1", "no readable report"),
        ("other.json", "{}", "no readable report"),
    ] {
        std::fs::write(folder.path().join(name), content).unwrap();
        rapporteur(folder.path()).args(["verify", name]).assert().code(1).stderr(contains(hint));
    }
    rapporteur(folder.path())
        .args(["verify", "brief.json"])
        .assert()
        .code(1)
        .stderr(contains("--source FILE"));
}
