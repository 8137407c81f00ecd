//! Folders as users have them: transcripts with rosters, notes and pictures beside them.

use predicates::prelude::*;
use predicates::str::contains;

use super::{folder, rapporteur};

const ROSTER: &str =
    "speaker,aliases,stakeholder,group,role\nAna Reyes,Ms Reyes,Harbour Union,civil society,\n";

/// Files that stand beside transcripts and are none.
fn companions() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("roster.csv", ROSTER.into()),
        ("issues.json", b"[{\"issue\": \"night shift\", \"terms\": [\"nights\"]}]".to_vec()),
        (
            "README.md",
            b"# Sessions\n\nKept by the secretariat.\n\n- Source: our own\n- Rights: none\n".to_vec(),
        ),
        ("notes.txt", b"Ask for the annex: it is missing. The rest is here.\n".to_vec()),
        ("page.html", b"<html><body><p>Programme of the day</p></body></html>".to_vec()),
        ("photo.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0".to_vec()),
        ("empty.txt", Vec::new()),
    ]
}

/// Runs `inspect .` on a folder with the panel and one more file.
fn check(name: &str, bytes: &[u8], flags: &[&str], code: i32, message: &str) {
    let folder = folder();
    std::fs::write(folder.path().join(name), bytes).unwrap();
    let mut command = rapporteur(folder.path());
    let assert = command.args(["inspect", "."]).args(flags).assert().code(code);
    assert.stderr(contains(format!("./{name}")).and(contains(message))).stdout(contains("Ana Reyes"));
}

#[test]
fn what_is_no_transcript_is_left_out_of_a_folder_and_said() {
    for (name, bytes) in companions() {
        check(name, &bytes, &[], 0, "seems to be no transcript");
    }
}

#[test]
fn a_broken_transcript_in_a_folder_is_a_failure() {
    for (name, bytes, message) in [
        ("call.vtt", &b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>\n"[..], "no cue says a word"),
        ("debate.xml", b"<TEI>\n<text><u who='#x'>a</u>\n", "no readable tei"),
        ("old.doc", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and more", "password"),
        ("meeting.json", b"{\"meeting_transcripts\": [\n{\"speaker\": }]}", "no readable qmsum"),
    ] {
        check(name, bytes, &[], 1, message);
    }
}

#[test]
fn under_strict_a_file_that_is_no_transcript_is_a_failure() {
    check("roster.csv", ROSTER.as_bytes(), &["--strict"], 1, "move the file out of the folder");
}

#[test]
fn a_file_that_the_user_names_has_to_be_a_transcript() {
    for (name, bytes) in companions() {
        let folder = folder();
        std::fs::write(folder.path().join(name), bytes).unwrap();
        rapporteur(folder.path()).args(["inspect", name]).assert().code(1).stderr(contains("error:"));
    }
}

#[test]
fn a_folder_without_a_transcript_is_bad_usage() {
    let folder = tempfile::TempDir::new().unwrap();
    std::fs::write(folder.path().join("roster.csv"), ROSTER).unwrap();
    let mut command = rapporteur(folder.path());
    command.args(["summarize", "."]).assert().code(2).stderr(contains("no file of this folder"));
    let panel = self::folder();
    let mut command = rapporteur(panel.path());
    command.args(["summarize", "panel.txt"]).arg(folder.path()).assert().code(1);
}

#[test]
fn a_folder_within_a_folder_is_left_out_and_said() {
    let folder = folder();
    std::fs::create_dir(folder.path().join("older")).unwrap();
    std::fs::write(folder.path().join("older/x.txt"), "Ann Lee: One.\nBo Ek: Two.\n").unwrap();
    let assert = rapporteur(folder.path()).args(["inspect", "."]).assert().success();
    assert
        .stderr(contains("./older: left out, as folders within a folder are"))
        .stdout(contains("Ana Reyes"));
}
