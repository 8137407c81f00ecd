//! What the program writes is what the published schemas promise.

use std::path::{Path, PathBuf};
use std::process::Command;

use jsonschema::{Registry, Validator};
use serde_json::{Value, json};

const SUMMARY: &str = include_str!("../schemas/summary-1.schema.json");
const INSPECT: &str = include_str!("../schemas/inspect-1.schema.json");

/// Files of a fixture that are not its transcript.
const COMPANIONS: [&str; 3] = ["SOURCE.md", "roster.csv", "issues.json"];

fn transcripts() -> Vec<PathBuf> {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).join("fixtures");
    let folders = std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path());
    let files = folders.filter(|path| path.is_dir()).flat_map(|folder| std::fs::read_dir(folder).unwrap());
    let mut transcripts: Vec<PathBuf> = files
        .map(|entry| entry.unwrap().path())
        .filter(|path| !COMPANIONS.contains(&path.file_name().unwrap().to_str().unwrap()))
        .collect();
    transcripts.sort();
    assert!(transcripts.len() >= 4, "only {} fixtures were found", transcripts.len());
    transcripts
}

fn with_validators(test: impl Fn(&Validator, &Validator)) {
    let parse = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    let registry = Registry::new()
        .add("json-schema:///summary-1.schema.json", parse(SUMMARY))
        .unwrap()
        .prepare()
        .unwrap();
    let validator = |text| {
        let options = jsonschema::options().with_registry(&registry).with_base_uri("json-schema:///");
        options.build(&parse(text)).unwrap()
    };
    test(&validator(SUMMARY), &validator(INSPECT));
}

fn reports(arguments: &[&str]) -> Vec<Value> {
    let output = Command::new(env!("CARGO_BIN_EXE_rapporteur")).args(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    let reports: Vec<Value> =
        serde_json::Deserializer::from_slice(&output.stdout).into_iter().collect::<Result<_, _>>().unwrap();
    assert!(!reports.is_empty(), "{arguments:?} wrote nothing");
    reports
}

fn check(validator: &Validator, arguments: &[&str]) {
    for report in reports(arguments) {
        let errors: Vec<String> =
            validator.iter_errors(&report).map(|e| format!("{}: {e}", e.instance_path())).collect();
        assert!(errors.is_empty(), "{arguments:?}: {errors:#?}");
    }
}

#[test]
fn a_report_on_a_session_that_is_read_with_lists_fits_its_schema() {
    with_validators(|summary, inspect| {
        let corpus = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).join("tests/corpora/skerries");
        let path = corpus.join("2024/Assembly-SK_2024-03-05.xml");
        let path = path.to_str().unwrap();
        let named = &reports(&["inspect", path, "--format", "json"])[0]["session"]["source"]["companions"];
        assert_eq!(named.as_array().map(Vec::len), Some(2));
        check(inspect, &["inspect", path, "--format", "json"]);
        check(summary, &["summarize", path, "--format", "json"]);
    });
}

#[test]
fn every_report_on_every_fixture_fits_its_schema() {
    with_validators(|summary, inspect| {
        for transcript in transcripts() {
            let path = transcript.to_str().unwrap();
            check(inspect, &["inspect", path, "--format", "json"]);
            for by in ["speaker", "stakeholder", "group", "session"] {
                check(summary, &["summarize", path, "--by", by, "--format", "json"]);
            }
            check(summary, &["ask", path, "What was decided on the budget?", "--format", "json"]);
        }
    });
}

#[test]
fn a_report_that_breaks_the_contract_is_refused() {
    let transcripts = transcripts();
    let path = transcripts.first().unwrap().to_str().unwrap();
    let right = reports(&["summarize", path, "--format", "json"]).remove(0);
    with_validators(|summary, inspect| {
        assert!(summary.is_valid(&right));
        assert!(!inspect.is_valid(&right), "an inspection has no summaries");
        let changes: [(&str, Value); 8] = [
            ("/schema", json!("rapporteur/summary/2")),
            ("/session/source/sha256", json!("")),
            ("/session/turns", json!(-1)),
            ("/speakers/0/role", json!("boss")),
            ("/speakers/0/wpm", json!("")),
            ("/summaries/0/evidence/0/text", json!("")),
            ("/summaries/0/evidence/0/turn", json!(null)),
            ("/ledger/all", json!({})),
        ];
        for (place, value) in changes {
            let mut wrong = right.clone();
            *wrong.pointer_mut(place).unwrap_or_else(|| panic!("no {place} in the report")) = value;
            assert!(!summary.is_valid(&wrong), "a wrong {place} passed");
        }
        let mut extended = right.clone();
        extended["extra"] = json!(1);
        assert!(!summary.is_valid(&extended), "an unknown field passed");
    });
}
