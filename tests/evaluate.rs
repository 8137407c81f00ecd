//! `evaluate` on the command line: what it pairs, what it says, what it refuses.

use assert_cmd::Command;
use predicates::prelude::*;
use predicates::str::contains;

const TRANSCRIPT: &str = "Ana Reyes: We must keep the night shifts safe, and we cannot support fewer nurses.\n\
     Bo Larsen: The hospital proposes longer shifts with a bonus, because nobody applies.\n\
     Ana Reyes: A bonus does not replace sleep. We call for a limit of ten hours.\n";

fn rapporteur() -> Command {
    Command::new(env!("CARGO_BIN_EXE_rapporteur"))
}

/// Runs `evaluate` in a folder with these files.
fn evaluate(files: &[(&str, &[u8])], arguments: &[&str]) -> assert_cmd::assert::Assert {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, bytes) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, bytes).expect("a file");
    }
    rapporteur().current_dir(folder.path()).arg("evaluate").args(arguments).assert()
}

#[test]
fn a_report_is_rated_against_a_text_named_after_its_session() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("a file");
    write("nights.txt", TRANSCRIPT);
    let summarize = ["summarize", "nights.txt", "--by", "session", "--format", "json", "-o", "nights.json"];
    rapporteur().current_dir(folder.path()).args(summarize).assert().success();
    let report = std::fs::read_to_string(folder.path().join("nights.json")).expect("the report");
    let report: serde_json::Value = serde_json::from_str(&report).expect("JSON");
    let session = report["session"]["id"].as_str().expect("an identifier");
    let quoted = report["summaries"][0]["evidence"].as_array().expect("evidence");
    let quoted: Vec<&str> = quoted.iter().filter_map(|e| e["text"].as_str()).collect();
    std::fs::create_dir(folder.path().join("minutes")).expect("a folder");
    write(&format!("minutes/{session}.txt"), &quoted.join("\n"));
    let arguments = ["evaluate", "nights.json", "--references", "minutes", "--format", "csv"];
    let rated = rapporteur().current_dir(folder.path()).args(arguments).assert().success();
    let table = String::from_utf8_lossy(&rated.get_output().stdout).into_owned();
    assert!(table.contains(&format!("{session},session,nights,rougeLsum,1,1,1\r\n")), "{table}");
}

#[test]
fn the_means_are_printed_in_percent_with_their_intervals() {
    let files: [(&str, &[u8]); 2] =
        [("a.txt", b"one two\nthree four\n"), ("b.txt", b"one two\nfour three\n")];
    evaluate(&files, &["--lines", "a.txt", "--references", "b.txt"])
        .success()
        .stdout(contains("2 summaries against their references"))
        .stdout(contains("ROUGE-1        100.00   100.00   100.00   100.00\u{2013}100.00"))
        .stdout(contains("ROUGE-2         50.00    50.00    50.00   0.00\u{2013}100.00"));
    evaluate(&files, &["--lines", "a.txt", "--references", "b.txt", "--bootstrap", "0"])
        .success()
        .stdout(contains("interval").not());
}

#[test]
fn stemming_can_be_turned_off() {
    let files: [(&str, &[u8]); 2] = [("a.txt", b"relations"), ("b.txt", b"relation")];
    let score = |flags: &[&str]| {
        let arguments = [&["--lines", "a.txt", "--references", "b.txt", "--format", "json"], flags].concat();
        let output = evaluate(&files, &arguments).success().get_output().stdout.clone();
        let evaluation: serde_json::Value = serde_json::from_slice(&output).expect("JSON");
        assert_eq!(evaluation["schema"], "rapporteur/evaluation/1");
        evaluation["pairs"][0]["scores"]["rouge1"]["f1"].clone()
    };
    assert_eq!(score(&[]), 1.0);
    assert_eq!(score(&["--no-stemmer"]), 0.0);
}

#[test]
fn what_is_missing_is_named_on_its_side() {
    let ours = br#"{"session": "s", "text": "one"} {"session": "s", "scope": "speaker", "name": "Ana", "text": "two"}"#;
    let theirs = br#"{"session": "s", "text": "one"} {"session": "s", "question": "Why?", "text": "two"}"#;
    let files: [(&str, &[u8]); 2] = [("ours.jsonl", ours), ("theirs.jsonl", theirs)];
    let arguments = ["ours.jsonl", "--references", "theirs.jsonl"];
    let on_both_sides = || {
        contains("no reference is given for speaker \u{201c}Ana\u{201d} of session s")
            .and(contains("no summary is given for answer \u{201c}Why?\u{201d} of session s"))
    };
    evaluate(&files, &arguments).code(2).stdout("").stderr(on_both_sides());
    evaluate(&files, &[&arguments[..], &["--allow-missing"]].concat())
        .success()
        .stdout(contains("1 summary against its references"))
        .stderr(on_both_sides());
}

#[test]
fn input_that_cannot_be_rated_is_refused_with_its_place() {
    let files: [(&str, &[u8]); 4] = [
        ("good.jsonl", b"{\"session\": \"s\", \"text\": \"one\"}"),
        ("bad.jsonl", b"{\"session\": \"s\", \"text\": \"one\"}\n{\"session\": 7}"),
        ("latin.txt", b"caf\xe9"),
        ("other.txt", b"one"),
    ];
    let cases = [
        (&["bad.jsonl", "--references", "good.jsonl"][..], "bad.jsonl:2: "),
        (&["latin.txt", "--references", "good.jsonl"], "latin.txt: this is no UTF-8 text from byte 3 on"),
        (&["absent.txt", "--references", "good.jsonl"], "absent.txt: "),
        (&["good.jsonl", "--references", "other.txt", "--allow-missing"], "no summary has a reference"),
        (&["good.jsonl", "good.jsonl", "--references", "good.jsonl"], "two summaries of session s"),
        (&["--lines", "other.txt", "good.jsonl", "--references", "other.txt"], "--lines pairs one file"),
        (&["good.jsonl"], "--references"),
    ];
    for (arguments, message) in cases {
        evaluate(&files, arguments).failure().stdout("").stderr(contains(message));
    }
}
