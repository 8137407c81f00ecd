//! Corpora of parliaments: sessions in files of their own, with the lists of persons and organisations beside them.

use std::path::Path;

use predicates::prelude::*;
use predicates::str::contains;
use tempfile::TempDir;

use super::{rapporteur, report, stdout};

const SESSION: &str = "2024/Assembly-SK_2024-03-05.xml";

/// A copy of the corpus, to be changed.
fn corpus() -> TempDir {
    let from = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).join("tests/corpora/skerries");
    let folder = TempDir::new().unwrap();
    for below in ["", "2024", "2025"] {
        std::fs::create_dir_all(folder.path().join(below)).unwrap();
        for entry in std::fs::read_dir(from.join(below)).unwrap().map(Result::unwrap) {
            if entry.path().is_file() {
                std::fs::copy(entry.path(), folder.path().join(below).join(entry.file_name())).unwrap();
            }
        }
    }
    folder
}

fn change(folder: &Path, file: &str, from: &str, to: &str) {
    let text = std::fs::read_to_string(folder.join(file)).unwrap();
    assert!(text.contains(from));
    std::fs::write(folder.join(file), text.replace(from, to)).unwrap();
}

#[test]
fn the_lists_one_folder_up_name_the_speakers_and_their_parties() {
    let folder = corpus();
    let found = report(folder.path(), &["inspect", SESSION, "--format", "json"]);
    let speakers: Vec<(&str, &str)> = found["speakers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|speaker| (speaker["name"].as_str().unwrap(), speaker["stakeholder"].as_str().unwrap()))
        .collect();
    let expected = [
        ("Ingrid Holm", "Tide League"),
        ("Tomas Varga", "Harbour Party"),
        ("David Osei", "Tide League"),
        ("Karin de la Lind", "Harbour Party"),
    ];
    assert_eq!(speakers, expected);
    assert_eq!(found["session"]["source"]["companions"][1]["name"], "Assembly-SK-listOrg.xml");
    assert!(found["warnings"].as_array().unwrap().is_empty());
    let shown = stdout(&folder.path().join("2024"), &["inspect", "Assembly-SK_2024-03-05.xml"]);
    assert!(shown.contains("Karin de la Lind") && shown.contains("Assembly-SK-listPerson.xml"), "{shown}");
}

#[test]
fn lists_in_a_folder_of_sessions_are_left_out_and_said() {
    let folder = corpus();
    std::fs::rename(folder.path().join(SESSION), folder.path().join("Assembly-SK_2024-03-05.xml")).unwrap();
    let left_out = contains("Assembly-SK-listPerson.xml: left out")
        .and(contains("a list of persons, which is read with the sessions beside it"))
        .and(contains("Assembly-SK-listOrg.xml: left out"))
        .and(contains("Assembly-SK.xml: left out").and(contains("the root of a corpus")));
    let mut command = rapporteur(folder.path());
    command.args(["summarize", "."]).assert().success().stderr(left_out).stdout(contains("Tomas Varga"));
}

#[test]
fn without_a_list_a_warning_names_the_file_that_is_missing() {
    let folder = corpus();
    std::fs::remove_file(folder.path().join("Assembly-SK-listPerson.xml")).unwrap();
    let found = report(folder.path(), &["inspect", SESSION, "--format", "json"]);
    assert_eq!(found["speakers"][0]["name"], "HolmIngrid");
    assert_eq!(found["warnings"][0]["code"], "missing-list");
    assert!(found["warnings"][0]["message"].as_str().unwrap().contains("Assembly-SK-listPerson.xml"));
    let mut strict = rapporteur(folder.path());
    strict.args(["inspect", SESSION, "--strict"]).assert().code(1).stderr(contains("listPerson"));
}

#[test]
fn verify_reads_the_lists_again_and_finds_what_has_changed_in_them() {
    let folder = corpus();
    stdout(folder.path(), &["summarize", SESSION, "-o", "brief.json"]);
    stdout(folder.path(), &["summarize", SESSION, "-o", "positions.csv"]);
    let verify = || {
        let mut command = rapporteur(folder.path());
        command.args(["verify", "brief.json", "positions.csv", "--source", SESSION]);
        command.assert()
    };
    verify().success().stdout(contains("no mismatch"));
    change(
        folder.path(),
        "Assembly-SK-listPerson.xml",
        "<surname>Varga</surname>",
        "<surname>Vargas</surname>",
    );
    verify().code(3).stdout(contains("companions").and(contains("Tomas Vargas")));
}

#[cfg(unix)]
#[test]
fn a_list_that_is_a_link_out_of_its_folder_is_read_only_where_links_are_followed() {
    let folder = corpus();
    let (list, away) = (folder.path().join("Assembly-SK-listPerson.xml"), TempDir::new().unwrap());
    std::fs::rename(&list, away.path().join("list.xml")).unwrap();
    std::os::unix::fs::symlink(away.path().join("list.xml"), &list).unwrap();
    let name = |flags: &[&str]| {
        let found = report(folder.path(), &[&["inspect", SESSION, "--format", "json"], flags].concat());
        found["speakers"][0]["name"].as_str().unwrap().to_owned()
    };
    assert_eq!(name(&[]), "HolmIngrid");
    assert_eq!(name(&["--follow-links"]), "Ingrid Holm");
}
