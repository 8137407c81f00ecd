//! `search`, `history` and `diff` over an archive, as text, JSON and CSV.

use std::fs;

use serde_json::{Value, json};

use super::support::Folder;

const ARCHIVE: &str = "out/brief.sqlite";

/// Three sessions on two issues, archived.
fn archived() -> Folder {
    let folder = Folder::with_sessions(0);
    let definition = json!({"schema": 1, "name": "brief", "archive": {"path": ARCHIVE}, "input": {"paths": ["inbox"]},
        "compare": {"issues": [{"label": "Levy", "terms": ["levy"]}, {"label": "Night shift", "terms": ["night shift"]}]}});
    fs::write(folder.path("brief.json"), definition.to_string()).unwrap();
    let sessions = [
        (
            "spring",
            "2025-03-01",
            "We oppose the levy on ships, because it falls on the lowest wages.",
            "The port authority supports the levy on ships in every terminal.",
            "L’été, la contribution pèse sur les dockers.",
        ),
        (
            "summer",
            "2025-07-01",
            "We oppose the levy on ships, because it still falls on the lowest wages.",
            "We are concerned about the levy on small ships now.",
            "The night shift must be paid in every terminal.",
        ),
        (
            "winter",
            "2026-01-10",
            "We support the levy on ships since the fund was agreed.",
            "The port authority supports the levy on ships in every terminal.",
            "夜班的工人需要休息。",
        ),
    ];
    for (id, date, ana, bo, other) in sessions {
        let line = json!({"id": id, "date": date, "turns": [
            {"speaker": "Ana Reyes", "text": ana}, {"speaker": "Bo Lindqvist", "text": bo}, {"speaker": "Ana Reyes", "text": other}]});
        fs::write(folder.path(&format!("inbox/{id}.jsonl")), format!("{line}\n")).unwrap();
    }
    folder.run(&["run", "brief.json"], 0);
    folder
}

fn rows(folder: &Folder, arguments: &[&str]) -> Vec<Value> {
    let all: Vec<&str> = arguments.iter().copied().chain(["--format", "json", "--quiet"]).collect();
    let found: Value = serde_json::from_str(&folder.run(&all, 0)).unwrap();
    assert_eq!(found["schema"], format!("rapporteur/{}/1", arguments[0]));
    found["rows"].as_array().unwrap().clone()
}

#[test]
fn words_are_found_whoever_said_them_and_where() {
    let folder = archived();
    let cases: [(&[&str], usize); 14] = [
        (&["levy"], 6),
        (&["levy", "wages"], 2),
        (&["lev*"], 6),
        (&["\"lowest wages\""], 2),
        (&["\"wages lowest\""], 0),
        (&["fund OR concerned"], 2),
        (&["levy -wages"], 4),
        (&["ETE"], 1),
        (&["工人"], 1),
        (&["levy", "--stakeholder", "ana reyes"], 3),
        (&["levy", "--stakeholder", "Lindq"], 3),
        (&["levy", "--from", "2025-07", "--to", "2025"], 2),
        (&["levy", "--to", "2025-03-01"], 2),
        (&["levy", "--limit", "4"], 4),
    ];
    for (words, expected) in cases {
        let arguments: Vec<&str> = ["search", ARCHIVE].iter().chain(words).copied().collect();
        let found = rows(&folder, &arguments);
        assert_eq!(found.len(), expected, "{words:?}: {found:?}");
        for row in found {
            assert!(row["text"].as_str().is_some_and(|text| !text.is_empty()), "{row}");
        }
    }
    let on_issue = rows(&folder, &["search", ARCHIVE, "terminal", "--issue", "night"]);
    assert!(on_issue.iter().all(|row| row["issue"] == "Night shift"), "{on_issue:?}");
    let text = folder.run(&["search", ARCHIVE, "concerned"], 0);
    assert!(text.contains("2025-07-01 · summer · Bo Lindqvist"), "{text}");
    assert!(folder.run(&["search", ARCHIVE, "unheard"], 0).contains("nothing was found"));
}

#[test]
fn what_cannot_be_looked_for_is_named() {
    let folder = archived();
    let cases: [(&[&str], &str); 7] = [
        (&["search", ARCHIVE, "levy", "--stakeholder", "Nobody"], "there are Ana Reyes, Bo Lindqvist"),
        (&["search", ARCHIVE, "levy", "--issue", "whales"], "Levy"),
        (&["search", ARCHIVE, "--", "-levy"], "names no word to look for"),
        (&["search", "out/none.sqlite", "levy"], "the archive cannot be opened"),
        (&["search", "brief.json", "levy"], "this file is no archive"),
        (&["history", ARCHIVE], "--stakeholder NAME"),
        (&["diff", ARCHIVE, "spring", "autumn"], "“autumn” is no session"),
    ];
    for (arguments, expected) in cases {
        let said = folder.run(arguments, 2);
        assert!(said.contains(expected), "{arguments:?}: {said}");
    }
    assert!(folder.run(&["search", ARCHIVE, "levy", "--from", "soon"], 2).contains("a date such as"));
}

#[test]
fn a_history_is_in_the_order_of_time() {
    let folder = archived();
    let found = rows(&folder, &["history", ARCHIVE, "--stakeholder", "Reyes", "--issue", "levy"]);
    let sessions: Vec<&str> = found.iter().map(|row| row["session"].as_str().unwrap()).collect();
    assert_eq!(sessions, ["spring", "spring", "summer", "winter", "winter"]);
    let stances: Vec<&str> = found.iter().map(|row| row["stance"].as_str().unwrap()).collect();
    assert_eq!(stances, ["oppose", "oppose", "oppose", "support", "support"]);
    assert_eq!(rows(&folder, &["history", ARCHIVE, "--issue", "levy", "--from", "2026"]).len(), 3);
    let text = folder.run(&["history", ARCHIVE, "--stakeholder", "Reyes", "--issue", "levy"], 0);
    assert!(text.contains("2026-01-10 · winter · Ana Reyes · Levy · support"), "{text}");
}

#[test]
fn a_diff_tells_new_dropped_and_repeated_positions_and_changed_stances() {
    let folder = archived();
    let changes = |before: &str, after: &str| -> Vec<String> {
        let found = rows(&folder, &["diff", ARCHIVE, before, after]);
        let levy = found.iter().filter(|row| row["issue"] == "Levy");
        levy.map(|row| {
            format!("{} {}", row["stakeholder"].as_str().unwrap(), row["change"].as_str().unwrap())
        })
        .collect()
    };
    assert_eq!(
        changes("spring", "winter"),
        [
            "Ana Reyes stance",
            "Ana Reyes new",
            "Ana Reyes new",
            "Ana Reyes dropped",
            "Ana Reyes dropped",
            "Bo Lindqvist repeated"
        ]
    );
    assert_eq!(changes("2025-03", "2026"), changes("spring", "winter"));
    let summer = changes("spring", "summer");
    assert_eq!(summer.first().map(String::as_str), Some("Bo Lindqvist new"), "most changed first");
    assert!(summer.contains(&"Ana Reyes repeated".to_owned()), "{summer:?}");
    let text = folder.run(&["diff", ARCHIVE, "spring", "winter"], 0);
    assert!(text.contains("stance · Ana Reyes · Levy · from oppose to support"), "{text}");
}

#[test]
fn every_row_is_a_row_of_a_table_too() {
    let folder = archived();
    for arguments in [
        &["search", ARCHIVE, "levy"] as &[&str],
        &["history", ARCHIVE, "--issue", "levy"],
        &["diff", ARCHIVE, "spring", "summer"],
    ] {
        let number = rows(&folder, arguments).len();
        let all: Vec<&str> = arguments.iter().copied().chain(["-o", "found.csv"]).collect();
        folder.run(&all, 0);
        let mut table = csv::Reader::from_path(folder.path("found.csv")).unwrap();
        let width = table.headers().unwrap().len();
        let records: Vec<_> = table.records().map(Result::unwrap).collect();
        assert!(
            number > 0 && records.len() == number && records.iter().all(|r| r.len() == width),
            "{arguments:?}"
        );
    }
}
