//! `rapporteur.toml`: settings of a folder and of a user, which the command line holds over.

use super::*;

/// The panel, with a roster, issues, and settings that name them.
fn office() -> TempDir {
    let folder = folder();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("people.csv", "speaker,stakeholder\nAna Reyes,Harbour Union\n");
    write("issues.json", r#"[{"label": "Pensions", "terms": ["pension cut"]}]"#);
    write(
        "rapporteur.toml",
        "roster = \"people.csv\"\nissues = \"issues.json\"\nlanguage = \"en\"\nwords = 20\n",
    );
    folder
}

#[test]
fn the_settings_of_a_folder_hold_and_inspect_shows_them() {
    let folder = office();
    let made = report(folder.path(), &["summarize", "panel.txt", "--format", "json"]);
    assert_eq!(made["definition"]["input"]["roster"], "people.csv");
    assert_eq!(made["definition"]["input"]["language"], "en");
    assert_eq!(made["definition"]["summary"]["budget"]["words"], 20);
    assert_eq!(made["definition"]["summary"]["issues"][0]["label"], "Pensions");
    assert_eq!(made["speakers"][1]["stakeholder"], "Harbour Union");
    let said =
        "settings of rapporteur.toml: roster = people.csv, issues = issues.json, language = en, words = 20\n";
    rapporteur(folder.path()).args(["inspect", "panel.txt"]).assert().success().stderr(contains(said));
    rapporteur(folder.path()).args(["inspect", "panel.txt", "--quiet"]).assert().success().stderr("");
}

#[test]
fn the_command_line_holds_over_settings() {
    let folder = office();
    std::fs::write(folder.path().join("others.csv"), "speaker,stakeholder\nAna Reyes,Quay Club\n").unwrap();
    let flags = ["summarize", "panel.txt", "--format", "json", "--roster", "others.csv", "--sentences", "1"];
    let made = report(folder.path(), &flags);
    assert_eq!(made["speakers"][1]["stakeholder"], "Quay Club");
    assert_eq!(made["definition"]["summary"]["budget"], serde_json::json!({"sentences": 1}));
    let none = report(folder.path(), &["summarize", "panel.txt", "--format", "json", "--no-config"]);
    assert_eq!(none["definition"]["input"].get("roster"), None);
}

#[test]
fn settings_of_a_user_hold_where_the_folder_has_none() {
    let folder = office();
    let own = folder.path().join("settings-of-the-user/rapporteur");
    std::fs::create_dir_all(&own).unwrap();
    std::fs::write(own.join("rapporteur.toml"), "words = 33\n").unwrap();
    let words = |report: &serde_json::Value| report["definition"]["summary"]["budget"]["words"].clone();
    let flags = ["summarize", "panel.txt", "--format", "json"];
    assert_eq!(words(&report(folder.path(), &flags)), 20);
    std::fs::remove_file(folder.path().join("rapporteur.toml")).unwrap();
    assert_eq!(words(&report(folder.path(), &flags)), 33);
}

#[test]
fn a_mistake_in_settings_is_bad_usage_and_definitions_do_not_read_them() {
    let folder = office();
    std::fs::write(folder.path().join("rapporteur.toml"), "words = 20\nroste = \"x\"\n").unwrap();
    rapporteur(folder.path())
        .args(["summarize", "panel.txt"])
        .assert()
        .code(2)
        .stderr(contains("rapporteur.toml:2").and(contains("roster, issues, language and words")));
    rapporteur(folder.path()).args(["run", "position-brief", "panel.txt"]).assert().success();
}
