//! Definition files: the program and the published schema accept and refuse the same ones, and what
//! a report holds as its definition makes the same report again.

use std::path::Path;
use std::process::Command;

use jsonschema::Validator;
use rapporteur::definition::EMBEDDED;
use rapporteur_cli::schedule::parse_definition as parse;
use serde_json::{Value, json};

const SCHEMA: &str = include_str!("../schemas/definition-1.schema.json");
const PANEL: &str = "fixtures/ai-hiring-panel/ai-hiring-panel.txt";

fn validator() -> Validator {
    jsonschema::validator_for(&serde_json::from_str(SCHEMA).unwrap()).unwrap()
}

fn stdout(arguments: &[&str], code: i32) -> String {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let output =
        Command::new(env!("CARGO_BIN_EXE_rapporteur")).args(arguments).current_dir(root).output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {errors}");
    String::from_utf8(output.stdout).unwrap() + &errors
}

/// The first embedded definition with the value at a pointer replaced, or removed for `None`.
fn changed(pointer: &str, value: Option<Value>) -> Value {
    let mut definition: Value = serde_json::from_str(EMBEDDED[0].text).unwrap();
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let parent = definition.pointer_mut(parent).unwrap_or_else(|| panic!("no {parent}"));
    match (parent, value) {
        (Value::Array(list), Some(value)) => list[key.parse::<usize>().unwrap()] = value,
        (Value::Object(object), Some(value)) => drop(object.insert(key.to_owned(), value)),
        (Value::Object(object), None) => drop(object.remove(key).unwrap()),
        (other, _) => panic!("{pointer} leads into {other}"),
    }
    definition
}

#[test]
fn the_schema_and_the_program_agree() {
    let validator = validator();
    let cases: Vec<(&str, Option<Value>, bool)> = vec![
        ("/about", Some(json!("another")), true),
        ("/summary", None, true),
        ("/outputs", None, true),
        ("/outputs", Some(json!(null)), true),
        ("/schedule", None, true),
        ("/summary/budget", Some(json!({"sentences": 3})), true),
        ("/summary/budget", Some(json!({"percent": 12.5})), true),
        ("/summary/method", Some(json!(null)), true),
        ("/summary/include", Some(json!(["chair"])), true),
        ("/input/language", Some(json!("fr")), true),
        ("/input/date", Some(json!("2024-07-05")), true),
        ("/input/date", Some(json!(null)), true),
        ("/input/date", Some(json!("5 July")), false),
        ("/outputs/files/0/format", Some(json!(null)), true),
        ("/outputs/files/0/content", Some(json!("page")), true),
        ("/outputs/files/0/content", Some(json!("pages")), false),
        ("/outputs/files/0/content", Some(json!(null)), false),
        ("/compare", Some(json!({"issues": [{"label": "levy", "terms": ["levy"]}]})), true),
        ("/compare", Some(json!({"by": "session"})), false),
        ("/compare", Some(json!({"words": 0})), false),
        ("/compare", Some(json!({"issue": []})), false),
        ("/compare", Some(json!({"issues": [{"terms": []}]})), false),
        ("/schema", None, false),
        ("/schema", Some(json!(2)), false),
        ("/schema", Some(json!("1")), false),
        ("/name", Some(json!("a/b")), false),
        ("/name", Some(json!("-x")), false),
        ("/naem", Some(json!("x")), false),
        ("/input/path", Some(json!(["inbox"])), false),
        ("/input/paths", Some(json!("inbox")), false),
        ("/input/strict", Some(json!("yes")), false),
        ("/summary/by", Some(json!("answer")), false),
        ("/summary/by", Some(json!("voice")), false),
        ("/summary/budget", Some(json!({})), false),
        ("/summary/budget", Some(json!({"words": 0})), false),
        ("/summary/budget", Some(json!({"words": 2.5})), false),
        ("/summary/budget", Some(json!({"words": 9, "sentences": 9})), false),
        ("/summary/budget", Some(json!({"percent": 0})), false),
        ("/summary/budget", Some(json!({"percent": 101})), false),
        ("/summary/include", Some(json!(["boss"])), false),
        ("/outputs/files/0/path", None, false),
        ("/outputs/files/0/path", Some(json!("")), false),
        ("/outputs/files/0/name", Some(json!("x")), false),
        ("/archive/path", Some(json!("")), false),
        ("/archive/path", None, false),
        ("/schedule/cron", None, false),
        ("/schedule/cron", Some(json!("")), false),
        ("/schedule/cron", Some(json!(7)), false),
        ("/schedule/on_failure", Some(json!("mail")), false),
        ("/schedule/hook_seconds", Some(json!(20)), true),
        ("/schedule/hook_seconds", Some(json!(0)), false),
        ("/schedule/hook_seconds", Some(json!("20")), false),
        ("/schedule/hooks_must_succeed", Some(json!(true)), true),
        ("/schedule/hooks_must_succeed", Some(json!(1)), false),
        ("/schedule/every", Some(json!("day")), false),
    ];
    for (pointer, value, is_valid) in cases {
        let definition = changed(pointer, value.clone());
        let text = serde_json::to_string_pretty(&definition).unwrap();
        let read = parse(&text, "d.json");
        assert_eq!(validator.is_valid(&definition), is_valid, "the schema on {pointer} = {value:?}");
        assert_eq!(read.is_ok(), is_valid, "the program on {pointer} = {value:?}: {read:?}");
    }
}

#[test]
fn what_the_program_shows_fits_the_schema() {
    let validator = validator();
    for embedded in EMBEDDED {
        let shown: Value = serde_json::from_str(&stdout(&["pipelines", "show", embedded.name], 0)).unwrap();
        let errors: Vec<String> = validator.iter_errors(&shown).map(|e| e.to_string()).collect();
        assert!(errors.is_empty(), "{}: {errors:?}", embedded.name);
    }
    let commands: [&[&str]; 3] = [
        &["summarize", PANEL, "--by", "session", "--words", "80", "--format", "json"],
        &["ask", PANEL, "Who is against the levy?", "--format", "json"],
        &["inspect", PANEL, "--format", "json"],
    ];
    for command in commands {
        let report: Value = serde_json::from_str(&stdout(command, 0)).unwrap();
        let definition = &report["definition"];
        assert!(validator.is_valid(definition), "{command:?}: {definition}");
        assert!(parse(&definition.to_string(), "report").is_ok(), "{command:?}: {definition}");
    }
}

#[test]
fn definitions_are_listed_shown_checked_and_copied() {
    let list = stdout(&["pipelines", "list"], 0);
    for embedded in EMBEDDED {
        assert!(list.contains(embedded.name), "{list}");
    }
    let listed: Value = serde_json::from_str(&stdout(&["pipelines", "list", "--format", "json"], 0)).unwrap();
    assert_eq!(listed.as_array().map(Vec::len), Some(EMBEDDED.len()));
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("mine.json");
    let copy = copy.to_str().unwrap();
    stdout(&["pipelines", "copy", "weekly-report", copy], 0);
    stdout(&["pipelines", "validate", copy, "position-brief"], 0);
    let again = stdout(&["pipelines", "copy", "weekly-report", copy], 2);
    assert!(again.contains("is not replaced"), "{again}");
    std::fs::write(copy, "{\n \"schema\": 1,\n \"sumary\": {}\n}").unwrap();
    let wrong = stdout(&["pipelines", "validate", "position-brief", copy], 2);
    assert!(wrong.contains("mine.json:3: unknown key “sumary”; do you mean “summary”?"), "{wrong}");
    let unknown = stdout(&["pipelines", "show", "weekly-reprot"], 2);
    assert!(unknown.contains("do you mean “weekly-report”?"), "{unknown}");
}
