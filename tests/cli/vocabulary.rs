//! `vocabulary`, and what a background changes.

use std::path::Path;

use predicates::str::contains;
use serde_json::{Value, json};

use super::{PANEL, folder, rapporteur, stdout};

/// A folder with the panel, other sessions in `others/`, and vocabularies of all, and of each half.
fn built() -> tempfile::TempDir {
    let folder = folder();
    let others = folder.path().join("others");
    std::fs::create_dir(&others).unwrap();
    for number in 0..4 {
        let text = "We want a new pension for every port. The night is long, and the shift is longer.";
        let line = json!({"id": format!("s{number}"), "turns": [
            {"speaker": "Cai Moss", "text": text.repeat(number + 1)},
            {"speaker": "Di Roe", "text": "The pension is what the port pays for."}]});
        std::fs::write(others.join(format!("{number}.jsonl")), line.to_string()).unwrap();
    }
    let build = |files: &[&str], output: &str| {
        let arguments = [&["vocabulary", "build"], files, &["-o", output, "--quiet"]].concat();
        rapporteur(folder.path()).args(arguments).assert().success();
    };
    build(&["others"], "all.vocab");
    build(&["others/0.jsonl", "others/1.jsonl"], "a.vocab");
    build(&["others/2.jsonl", "others/3.jsonl"], "b.vocab");
    folder
}

fn bytes(folder: &Path, file: &str) -> Vec<u8> {
    std::fs::read(folder.join(file)).unwrap()
}

#[test]
fn parts_merge_to_the_vocabulary_of_all() {
    let folder = built();
    for (order, merged) in [(["a.vocab", "b.vocab"], "ab.vocab"), (["b.vocab", "a.vocab"], "ba.vocab")] {
        let arguments = ["vocabulary", "merge", order[0], order[1], "-o", merged];
        rapporteur(folder.path()).args(arguments).assert().success();
        assert_eq!(bytes(folder.path(), merged), bytes(folder.path(), "all.vocab"), "{merged}");
    }
    let shown = stdout(folder.path(), &["vocabulary", "show", "all.vocab"]);
    assert!(shown.contains("en  ") && shown.contains("24 sentences"), "{shown}");
    let rows = stdout(folder.path(), &["vocabulary", "show", "all.vocab", "--json"]);
    let rows: Vec<Value> = rows.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let pension = json!({"language": "en", "stem": "pension", "documents": 14, "uses": 14});
    assert!(rows.contains(&pension), "{rows:?}");
}

#[test]
fn a_damaged_vocabulary_is_refused() {
    let folder = built();
    let whole = bytes(folder.path(), "all.vocab");
    let mut changed = whole.clone();
    changed[whole.len() / 2] ^= 1;
    let newer = [b"rapporteur-vocabulary 2\n", &whole[24..]].concat();
    let cases: [(&[u8], &str); 4] = [
        (&changed, "it is damaged or cut off"),
        (&whole[..whole.len() - 1], "it is damaged or cut off"),
        (&newer, "it is of another version"),
        (b"word,count\n", "it does not begin like one"),
    ];
    for (content, expected) in cases {
        std::fs::write(folder.path().join("bad.vocab"), content).unwrap();
        for arguments in [
            ["vocabulary", "show", "bad.vocab"].as_slice(),
            &["summarize", "panel.txt", "--background", "bad.vocab"],
        ] {
            let failed = rapporteur(folder.path()).args(arguments).assert().code(2);
            failed.stderr(contains(expected)).stderr(contains("bad.vocab"));
        }
    }
}

#[test]
fn a_background_changes_what_weighs_and_verifies() {
    let folder = built();
    let alone = stdout(folder.path(), &["summarize", "panel.txt", "--format", "json"]);
    let arguments = ["summarize", "panel.txt", "--background", "all.vocab", "-o", "brief.json"];
    stdout(folder.path(), &arguments);
    let brief: Value = serde_json::from_slice(&bytes(folder.path(), "brief.json")).unwrap();
    assert_ne!(serde_json::from_str::<Value>(&alone).unwrap()["summaries"], brief["summaries"]);
    assert_eq!(brief["definition"]["input"]["background"], "all.vocab");
    let digest = brief["definition"]["input"]["background_sha256"].as_str().unwrap();
    assert_eq!(digest.len(), 64);
    rapporteur(folder.path())
        .args(["verify", "brief.json"])
        .assert()
        .success()
        .stdout(contains("no mismatch"));
    // A definition takes the same setting, and another vocabulary under that name is refused.
    let definition = json!({"schema": 1, "input": {"background": "a.vocab", "background_sha256": digest}});
    std::fs::write(folder.path().join("own.json"), definition.to_string()).unwrap();
    let worker = rapporteur(folder.path()).args(["worker", "own.json"]).write_stdin("").assert().code(2);
    worker.stderr(contains("not the one that the definition was made with"));
}

#[test]
fn a_background_is_no_transcript_and_every_command_that_weighs_takes_it() {
    let folder = built();
    std::fs::create_dir(folder.path().join("inbox")).unwrap();
    std::fs::write(folder.path().join("inbox/panel.txt"), PANEL).unwrap();
    std::fs::copy(folder.path().join("all.vocab"), folder.path().join("inbox/all.vocab")).unwrap();
    let compare = ["compare", "inbox", "--background", "all.vocab", "--quiet", "-o", "tables"];
    rapporteur(folder.path()).args(compare).assert().success();
    rapporteur(folder.path()).args(["verify", "tables"]).assert().success();
    let plain = ["compare", "inbox", "--tables", "positions", "-o", "-", "--quiet"];
    let weighed = String::from_utf8(bytes(folder.path(), "tables/positions.csv")).unwrap();
    assert_ne!(stdout(folder.path(), &plain), weighed);
    stdout(folder.path(), &["ask", "panel.txt", "What about the pension?", "--background", "all.vocab"]);
    let report = ["report", "panel.txt", "--background", "all.vocab", "-o", "page.html"];
    rapporteur(folder.path()).args(report).assert().success();
}
