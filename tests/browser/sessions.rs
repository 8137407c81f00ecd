//! Sessions that nobody would hold: one of 100,000 words, and those made of text that would like to run.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

const INJECTIONS: &str = include_str!("injections.json");

/// What makes a page: folder, name, inputs, flags.
type Report = fn(&Path, &str, &[&str], &[&str]) -> String;

/// A session of 100,000 words, 12 speakers and 1,250 turns of 80 words.
pub(super) fn long(folder: &Path) -> PathBuf {
    let subjects = ["ferry", "harbour levy", "night train", "tide gauge", "fish market", "cycle path"];
    let views = ["We support", "We oppose", "We are concerned about", "The council reported on"];
    let mut text = String::new();
    for turn in 0..1250 {
        writeln!(
            text,
            "Speaker {}: ",
            ["Ode", "Ulf", "Ina", "Per", "Liv", "Jon", "Eva", "Kai", "Tor", "Una", "Rut", "Bo"]
                [turn * 7 % 12]
        )
        .unwrap();
        text.pop();
        for sentence in 0..8 {
            let (subject, view) = (subjects[(turn + sentence) % 6], views[(turn / 3 + sentence) % 4]);
            write!(text, "{view} the {subject} in part {} of the plan. ", turn * 8 + sentence).unwrap();
        }
        text.push_str("\n\n");
    }
    let path = folder.join("long.txt");
    std::fs::write(&path, text).unwrap();
    path
}

/// Pages with injections in names, turns, issues and rosters, and in titles and names of files.
pub(super) fn injections(folder: &Path, report: Report) -> Vec<Value> {
    let payloads: Vec<String> = serde_json::from_str(INJECTIONS).unwrap();
    assert!(payloads.len() >= 60, "only {} injections", payloads.len());
    vec![of_people(folder, &payloads, report), of_titles(folder, &payloads, report)]
}

/// One session: each payload is a name, said in a turn, an issue, a stakeholder and a group.
fn of_people(folder: &Path, payloads: &[String], report: Report) -> Value {
    let said = |(n, text): (usize, &String)| {
        let text =
            format!("We support the harbour plan number {n}: {text}. We oppose berth{n} in the old town.");
        json!({"speaker": payloads[n], "text": text}).to_string() + "\n"
    };
    let turns: String = payloads.iter().enumerate().map(said).collect();
    let entry = |(n, text): (usize, &String)| json!({"speaker": text, "stakeholder": format!("Delegation {n} {text}"), "group": format!("Group {n} {text}")});
    let issue = |(n, text): (usize, &String)| json!({"label": format!("Issue {n} {text}"), "terms": [format!("berth{n}")]});
    let roster = Value::Array(payloads.iter().enumerate().map(entry).collect());
    let issues = Value::Array(payloads.iter().enumerate().map(issue).collect());
    let written = |name: &str, text: String| {
        let path = folder.join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let input = written("injected.jsonl", turns);
    let (roster, issues) = (
        written("injected-roster.json", roster.to_string()),
        written("injected-issues.json", issues.to_string()),
    );
    let page = report(folder, "injected-people", &[&input], &["--roster", &roster, "--issues", &issues]);
    let expected = |(n, text): (usize, &String)| {
        [
            ("a name", text.clone()),
            ("a turn", format!("plan number {n}: {text}.")),
            ("a stakeholder", format!("Delegation {n} {text}")),
            ("a group", format!("Group {n} {text}")),
            ("an issue", format!("Issue {n} {text}")),
        ]
    };
    let shown: Vec<Value> = payloads
        .iter()
        .enumerate()
        .flat_map(expected)
        .map(|(place, text)| json!({"place": place, "text": text}))
        .collect();
    json!({"name": "injections in names, turns, rosters, issues", "kind": "injection", "page": page, "payloads": shown})
}

/// A session a payload, which is its title and the name of its file, all on one page.
fn of_titles(folder: &Path, payloads: &[String], report: Report) -> Value {
    let sources = folder.join("injected");
    std::fs::create_dir_all(&sources).unwrap();
    let (mut inputs, mut shown) = (Vec::new(), Vec::new());
    for (n, text) in payloads.iter().enumerate() {
        let turns = json!([{"speaker": "Ana", "text": "We support the plan for the harbour."}]);
        let session = json!({"id": format!("s{n}"), "title": format!("Title {n} {text}"), "turns": turns});
        // A slash cannot stand in the name of a file; the one that looks like it can.
        let name = format!("{n} {}.jsonl", text.replace('/', "\u{2215}"));
        let path = sources.join(&name);
        std::fs::write(&path, format!("{session}\n")).unwrap();
        inputs.push(path.to_str().unwrap().to_owned());
        shown.push(json!({"place": "a title", "text": format!("Title {n} {text}")}));
        shown.push(json!({"place": "the name of a file", "text": name}));
    }
    let inputs: Vec<&str> = inputs.iter().map(String::as_str).collect();
    let page = report(folder, "injected-titles", &inputs, &[]);
    json!({"name": "injections in titles and file names", "kind": "injection", "page": page, "payloads": shown})
}
