//! Rosters: read by every command, written by `inspect`, and what is said where they do not fit.

use serde_json::Value;

use super::*;

const ROSTER: &str = "\
speaker,aliases,stakeholder,group,role
Ana Reyes-Maro,Ana Reyes,Harbour Union,trade union,speaker
Bo Lindqvist,,Port Authority,government,speaker
Cy Moe,CM,Nobody,,
";

fn folder_with(roster: &str) -> TempDir {
    let folder = folder();
    std::fs::write(folder.path().join("people.csv"), roster).unwrap();
    folder
}

#[test]
fn a_roster_holds_over_what_is_found_and_is_named_in_the_report() {
    let folder = folder_with(ROSTER);
    for command in
        [&["inspect", "panel.txt"][..], &["summarize", "panel.txt"], &["ask", "panel.txt", "Why nights?"]]
    {
        let flags = ["--roster", "people.csv", "--format", "json"];
        let report = report(folder.path(), &[command, &flags].concat());
        let ana = &report["speakers"][1];
        assert_eq!(ana["name"], "Ana Reyes-Maro");
        assert_eq!(ana["aliases"], serde_json::json!(["Ana Reyes"]));
        assert_eq!(ana["stakeholder"], "Harbour Union");
        assert_eq!(ana["stakeholder_because"]["reason"], "the roster says so");
        assert_eq!(ana["group"], "trade union");
        assert_eq!(report["definition"]["input"]["roster"], "people.csv");
        assert_eq!(report["definition"]["input"]["roster_sha256"].as_str().unwrap().len(), 64);
    }
    let by_group =
        stdout(folder.path(), &["summarize", "panel.txt", "--roster", "people.csv", "--by", "group"]);
    assert!(by_group.contains("trade union"), "{by_group}");
}

#[test]
fn an_entry_that_nobody_matches_is_a_warning_once() {
    let folder = folder_with(ROSTER);
    std::fs::copy(folder.path().join("panel.txt"), folder.path().join("again.txt")).unwrap();
    let output = rapporteur(folder.path())
        .args(["inspect", "panel.txt", "again.txt", "--roster", "people.csv"])
        .assert()
        .success();
    let said = String::from_utf8(output.get_output().stderr.clone()).unwrap();
    assert_eq!(said.matches("Cy Moe").count(), 1, "{said}");
}

#[test]
fn a_roster_that_does_not_fit_is_bad_usage_and_says_where() {
    let folder = folder_with("speaker,organisation\nAda,X\n");
    rapporteur(folder.path())
        .args(["summarize", "panel.txt", "--roster", "people.csv"])
        .assert()
        .code(2)
        .stderr(contains("people.csv:1").and(contains("do you mean \"stakeholder\"?")));
    rapporteur(folder.path()).args(["inspect", "panel.txt", "--roster", "none.csv"]).assert().code(2);
}

#[test]
fn what_was_found_is_written_to_be_corrected_and_read_again() {
    let folder = folder();
    for file in ["people.csv", "people.json"] {
        let first =
            report(folder.path(), &["inspect", "panel.txt", "--format", "json", "--write-roster", file]);
        let again = report(folder.path(), &["inspect", "panel.txt", "--format", "json", "--roster", file]);
        for (one, other) in
            first["speakers"].as_array().unwrap().iter().zip(again["speakers"].as_array().unwrap())
        {
            for key in ["name", "aliases", "stakeholder", "group", "role", "turns"] {
                assert_eq!(one[key], other[key], "{file} {key}");
            }
        }
    }
    let table = std::fs::read_to_string(folder.path().join("people.csv")).unwrap();
    assert!(table.starts_with("speaker,aliases,stakeholder,group,role,because\r\n"), "{table}");
}

#[test]
fn organisations_that_were_found_are_written_with_their_spellings_and_change_nothing() {
    let folder = folder();
    let turn = |session: &str, speaker: &str, text: &str| {
        serde_json::json!({"session": session, "speaker": speaker, "text": text}).to_string()
    };
    let lines = [
        turn("may", "Ana Reyes (Sifter Inc.)", "We support the new module format for all hosts."),
        turn("may", "Bo Lund (Invited experts)", "The module format needs a registry of names."),
        turn("june", "Ana Reyes (Sifter)", "We would rather keep the registry of names small."),
        turn("june", "Cy Moe (Kestrel Machines)", "Kestrel opposes a registry that we cannot host."),
    ];
    std::fs::write(folder.path().join("calls.jsonl"), lines.join("\n")).unwrap();
    for file in ["people.csv", "people.json"] {
        let inspect = ["inspect", "calls.jsonl", "--format", "json"];
        let first = stdout(folder.path(), &[&inspect[..], &["--write-roster", file]].concat());
        let again = stdout(folder.path(), &[&inspect[..], &["--roster", file]].concat());
        let stakeholders = |text: &str| {
            let of = |report: &Value| {
                let speakers = report["speakers"].as_array().unwrap().clone();
                let pair = |s: Value| (s["name"].clone(), s["stakeholder"].clone(), s["group"].clone());
                speakers.into_iter().map(pair).collect::<Vec<_>>()
            };
            let reports = serde_json::Deserializer::from_str(text).into_iter::<Value>();
            reports
                .flat_map(|report| match report.unwrap() {
                    Value::Array(all) => all.iter().flat_map(of).collect::<Vec<_>>(),
                    one => of(&one),
                })
                .collect::<Vec<_>>()
        };
        assert_eq!(stakeholders(&first).len(), 4, "{first}");
        assert_eq!(stakeholders(&first), stakeholders(&again), "{file}");
    }
    let table = std::fs::read_to_string(folder.path().join("people.csv")).unwrap();
    let organisations: Vec<&str> = table.lines().filter(|line| line.contains(",organisation,")).collect();
    let expected = [
        "Sifter,Sifter Inc.,,,organisation,spelt “Sifter Inc.” in may",
        "Invited Expert,Invited experts,,,organisation,spelt “Invited experts” in may",
        "Kestrel Machines,,,,organisation,",
    ];
    assert_eq!(organisations, expected, "{table}");
}

#[test]
fn names_of_an_organisation_are_one_stakeholder() {
    let roster = "speaker,aliases,stakeholder,group,role\nAna Reyes,,HU,,\nBo Lindqvist,,Harbour Union Ltd.,,\n\
                  Harbour Union,HU,,trade union,organisation\n";
    let folder = folder_with(roster);
    let flags = ["--roster", "people.csv", "--format", "json"];
    let report = report(folder.path(), &[&["inspect", "panel.txt"][..], &flags].concat());
    for name in ["Ana Reyes", "Bo Lindqvist"] {
        let speakers = report["speakers"].as_array().unwrap();
        let speaker = speakers.iter().find(|speaker| speaker["name"] == name).unwrap();
        assert_eq!(
            (&speaker["stakeholder"], &speaker["group"]),
            (&"Harbour Union".into(), &"trade union".into())
        );
    }
}
