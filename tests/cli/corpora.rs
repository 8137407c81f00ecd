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

/// A corpus whose root includes the list of persons from a folder of lists; the session names neither.
fn corpus_with_includes() -> TempDir {
    let folder = corpus();
    std::fs::create_dir(folder.path().join("lists")).unwrap();
    let moved = folder.path().join("lists/people.xml");
    std::fs::rename(folder.path().join("Assembly-SK-listPerson.xml"), moved).unwrap();
    change(
        folder.path(),
        "Assembly-SK.xml",
        "href=\"Assembly-SK-listPerson.xml\"",
        "href=\"lists/people.xml\"",
    );
    folder
}

#[test]
fn lists_that_the_root_or_the_session_includes_are_read_and_verified() {
    let folder = corpus_with_includes();
    stdout(folder.path(), &["summarize", SESSION, "-o", "brief.json"]);
    let found = report(folder.path(), &["inspect", SESSION, "--format", "json"]);
    assert_eq!(found["speakers"][0]["name"], "Ingrid Holm", "{}", found["warnings"]);
    assert!(found["warnings"].as_array().unwrap().is_empty(), "{}", found["warnings"]);
    change(folder.path(), "lists/people.xml", "<surname>Varga</surname>", "<surname>Vargas</surname>");
    let mut verify = rapporteur(folder.path());
    let verify = verify.args(["verify", "brief.json", "--source", SESSION]);
    verify.assert().code(3).stdout(contains("Tomas Vargas"));

    std::fs::remove_file(folder.path().join("Assembly-SK.xml")).unwrap();
    let own = "<particDesc><xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"../lists/people.xml\"/></particDesc></profileDesc>";
    change(folder.path(), SESSION, "</profileDesc>", own);
    let found = report(folder.path(), &["inspect", SESSION, "--format", "json"]);
    assert_eq!(found["speakers"][1]["name"], "Tomas Vargas", "{}", found["warnings"]);
}

#[test]
fn a_path_out_of_the_corpus_is_not_followed_and_said() {
    let folder = corpus();
    let outside = TempDir::new().unwrap();
    std::fs::rename(folder.path().join("Assembly-SK-listPerson.xml"), outside.path().join("people.xml"))
        .unwrap();
    let absolute = outside.path().join("people.xml").to_string_lossy().into_owned();
    for (href, reason) in [
        (absolute.as_str(), "is an absolute path"),
        ("../../people.xml", "leads out of the folder of the corpus"),
        ("https://example.org/people.xml", "is a URL"),
        ("people.xml", "is not there"),
    ] {
        let copy = folder.path().join("2024/Assembly-SK_2024-03-06.xml");
        std::fs::copy(folder.path().join(SESSION), &copy).unwrap();
        let own = format!(
            "<particDesc><xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"{href}\"/></particDesc></profileDesc>"
        );
        change(folder.path(), "2024/Assembly-SK_2024-03-06.xml", "</profileDesc>", &own);
        let found =
            report(folder.path(), &["inspect", "2024/Assembly-SK_2024-03-06.xml", "--format", "json"]);
        let messages = found["warnings"].to_string();
        assert!(messages.contains(reason) && messages.contains("missing-list"), "{href}: {messages}");
        assert_eq!(found["speakers"][0]["name"], "HolmIngrid");
    }
}
