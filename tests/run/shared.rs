//! Files of several sessions, tables among them, and files that must not become outputs.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use super::support::{Folder, leftovers, panel, program};

const COMPARISON: &str = "stakeholder-comparison";

#[test]
fn the_tables_of_a_run_are_those_of_compare() {
    let folder = Folder::with_sessions(4);
    let said = folder.run(&["run", COMPARISON], 0);
    assert!(said.contains("4 inputs: 4 done"), "{said}");
    folder.run(&["compare", "inbox", "-o", "compared"], 0);
    let tables: Vec<String> = folder.files("compared");
    assert!(tables.len() >= 12, "{tables:?}");
    for table in tables {
        let name = Path::new(&table).file_name().unwrap().to_str().unwrap();
        if name == "SHA256SUMS" {
            // The archive has the digests of what a run wrote.
            continue;
        }
        let own = folder.read(&format!("comparison/tables/{name}"));
        if name == "datapackage.json" {
            let own: Value = serde_json::from_str(&own).unwrap();
            assert_eq!(own["rapporteur"]["definition"]["name"], COMPARISON);
            assert_eq!(own["rapporteur"]["definition"]["compare"], own["rapporteur"]["settings"]);
        } else {
            assert_eq!(own, folder.read(&table), "{name}");
        }
    }
    let manifest: Value =
        serde_json::from_str(&folder.read("comparison/stakeholder-comparison.manifest.json")).unwrap();
    let outputs = manifest["outputs"].as_array().unwrap();
    assert!(outputs.iter().any(|output| output["path"] == "comparison/tables/stances.csv"), "{outputs:?}");
    assert_eq!(leftovers(&folder), Vec::<String>::new());
}

#[test]
fn tables_are_made_again_when_a_session_is_new_or_a_table_is_gone_and_not_otherwise() {
    let folder = Folder::with_sessions(3);
    folder.run(&["run", COMPARISON], 0);
    let table = "comparison/tables/stances.csv";
    let written = folder.modified(table);
    folder.run(&["run", COMPARISON], 0);
    assert_eq!(folder.modified(table), written);
    fs::remove_file(folder.path(table)).unwrap();
    folder.run(&["run", COMPARISON], 0);
    assert!(folder.path(table).exists());
    fs::write(folder.path("inbox/s009.txt"), panel(9)).unwrap();
    // One session alone is added to those that the archive has.
    folder.run(&["run", COMPARISON, "inbox/s009.txt"], 0);
    assert_eq!(folder.read("comparison/tables/sessions.csv").lines().count(), 5);
    let of_all = folder.content("comparison");
    fs::remove_dir_all(folder.path("comparison")).unwrap();
    folder.run(&["run", COMPARISON], 0);
    assert_eq!(folder.content("comparison"), of_all);
    fs::remove_file(folder.path("inbox/s000.txt")).unwrap();
    fs::write(folder.path("inbox/s009.txt"), panel(10)).unwrap();
    let said = folder.run(&["run", COMPARISON], 0);
    assert!(said.contains("without 1 input, which the archive has"), "{said}");
}

#[test]
fn files_of_several_sessions_are_made_after_a_run_that_ended_before_them() {
    let folder = Folder::with_sessions(2);
    let definition = json!({"schema": 1, "name": "all", "input": {"paths": ["inbox"]},
        "archive": {"path": "out/all.sqlite"}, "outputs": {"files": [{"path": "shared/all.csv"}]}});
    fs::write(folder.path("all.json"), definition.to_string()).unwrap();
    fs::create_dir(folder.path("out")).unwrap();
    fs::write(folder.path("shared"), "a file where a folder is needed").unwrap();
    let said = folder.run(&["run", "all.json"], 1);
    assert!(said.contains("2 inputs: 2 done") && said.contains("error: shared"), "{said}");
    // All sessions are done; their file is not, and nothing else says so but the archive.
    fs::remove_file(folder.path("shared")).unwrap();
    let said = folder.run(&["run", "all.json"], 0);
    assert!(said.contains("2 unchanged"), "{said}");
    assert!(folder.read("shared/all.csv").contains("levy number 1"));
}

#[test]
fn no_output_is_written_over_what_the_run_reads() {
    let folder = Folder::with_sessions(2);
    let definition = json!({"schema": 1, "name": "over", "input": {"paths": ["inbox"]},
        "archive": {"path": "over.sqlite"},
        "outputs": {"files": [{"path": "inbox/{file}.txt", "format": "text"}], "manifest": "over.sqlite"}});
    fs::write(folder.path("over.json"), definition.to_string()).unwrap();
    let before = folder.read("inbox/s000.txt");
    let said = folder.run(&["run", "over.json"], 1);
    assert!(said.contains("2 failed") && said.contains("this file is read by the run"), "{said}");
    assert_eq!(folder.read("inbox/s000.txt"), before);
    assert_eq!(folder.scalar("PRAGMA integrity_check"), "ok");
}

#[test]
fn a_list_of_issues_in_a_file_is_that_of_the_definition() {
    let folder = Folder::with_sessions(2);
    fs::write(folder.path("issues.json"), "[{\"label\": \"Harbour levy\", \"terms\": [\"levy\"]}]").unwrap();
    let definition = |issues: &str| {
        let definition = json!({"schema": 1, "name": "listed", "archive": {"path": "out/listed.sqlite"},
            "input": {"paths": ["inbox"], "issues": issues}, "outputs": {"files": [{"path": "out/{id}.json"}]}});
        fs::write(folder.path("listed.json"), definition.to_string()).unwrap();
    };
    definition("issues.json");
    folder.run(&["run", "listed.json"], 0);
    assert!(folder.run(&["run", "listed.json"], 0).contains("2 unchanged"));
    assert_eq!(folder.scalar("SELECT DISTINCT issue FROM stances"), "Harbour levy");
    let report: Value = serde_json::from_str(&folder.read("out/s000.json")).unwrap();
    assert_eq!(report["definition"]["compare"]["issues"][0]["label"], "Harbour levy");
    fs::write(folder.path("issues.json"), "[{\"label\": \"The levy\", \"terms\": [\"levy\"]}]").unwrap();
    assert!(folder.run(&["run", "listed.json"], 0).contains("2 inputs: 2 done"));
    assert_eq!(folder.scalar("SELECT DISTINCT issue FROM stances"), "The levy");
    definition("nowhere.json");
    assert!(folder.run(&["run", "listed.json"], 2).contains("nowhere.json"));
}

#[test]
fn a_file_has_one_name_however_it_is_spelled() {
    let folder = Folder::with_sessions(2);
    folder.run(&["run", "position-brief", "./inbox//*.txt"], 0);
    let whole = folder.path("inbox").canonicalize().unwrap();
    let output = Command::new(program())
        .args(["run", "position-brief", whole.to_str().unwrap()])
        .current_dir(folder.path(".").canonicalize().unwrap())
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("2 inputs: 0 done, 2 unchanged"), "{said}");
}
