//! `--pseudonymize`: no output has the name of a voice, and the key stands apart.

use super::*;

/// Where names of the panel are, in what a command printed and wrote below `out`; the key and the sources aside.
fn names_in(folder: &Path, printed: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut look = |place: &str, text: &str| {
        for name in ["Ana", "Reyes", "Lindqvist"] {
            if text.contains(name) {
                found.push(format!("{name} in {place}"));
            }
        }
    };
    look("standard output", printed);
    let mut folders = vec![folder.join("out")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().map(Result::unwrap) {
            match entry.file_type().unwrap().is_dir() {
                true => folders.push(entry.path()),
                false => {
                    let bytes = std::fs::read(entry.path()).unwrap();
                    look(&entry.path().display().to_string(), &String::from_utf8_lossy(&bytes));
                }
            }
        }
    }
    found
}

#[test]
fn no_output_of_any_command_has_a_name() {
    let folder = folder();
    std::fs::create_dir(folder.path().join("out")).unwrap();
    let key = ["--pseudonymize", "key.json"];
    let commands: [&[&str]; 8] = [
        &["inspect", "panel.txt"],
        &[
            "inspect",
            "panel.txt",
            "--format",
            "json",
            "--write-roster",
            "out/people.csv",
            "-o",
            "out/found.json",
        ],
        &["summarize", "panel.txt", "--format", "json"],
        &["summarize", "panel.txt", "--format", "html", "-o", "out/brief.html"],
        &["ask", "panel.txt", "Who opposes the pension cut?"],
        &["compare", "panel.txt", "-o", "out/tables"],
        &["report", "panel.txt", "-o", "out/page.html"],
        &["segment", "panel.txt", "--input-format", "plain"],
    ];
    for command in commands {
        let output = rapporteur(folder.path()).args([command, &key].concat()).assert().success();
        let output = output.get_output();
        let printed = [output.stdout.as_slice(), &output.stderr].concat();
        assert_eq!(
            names_in(folder.path(), &String::from_utf8_lossy(&printed)),
            Vec::<String>::new(),
            "{command:?}"
        );
    }
    let definition = r#"{"schema": 1, "name": "brief", "archive": {"path": "out/brief.sqlite"},
        "input": {"paths": ["panel.txt"], "pseudonyms": "key.json"}, "outputs": {"files": [{"path": "out/{id}.md"}]}}"#;
    std::fs::write(folder.path().join("brief.json"), definition).unwrap();
    stdout(folder.path(), &["run", "brief.json"]);
    assert!(folder.path().join("out/panel.md").exists());
    assert_eq!(names_in(folder.path(), ""), Vec::<String>::new());
}

#[test]
fn the_key_says_who_is_who_and_gives_the_same_codes_again() {
    let folder = folder();
    let flags = ["summarize", "panel.txt", "--format", "json", "--pseudonymize", "key.json"];
    let first = report(folder.path(), &flags);
    let key = || -> serde_json::Value {
        serde_json::from_str(&std::fs::read_to_string(folder.path().join("key.json")).unwrap()).unwrap()
    };
    let (made, names) = (key(), key()["voices"].clone());
    let named: BTreeSet<&str> =
        names.as_object().unwrap().values().map(|name| name.as_str().unwrap()).collect();
    assert!(named.is_superset(&BTreeSet::from(["Ana Reyes", "Bo Lindqvist"])), "{named:?}");
    for summary in first["summaries"].as_array().unwrap() {
        assert!(names.get(summary["name"].as_str().unwrap()).is_some(), "{summary}");
    }
    assert_eq!(report(folder.path(), &flags)["summaries"], first["summaries"]);
    assert_eq!(key(), made);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(folder.path().join("key.json")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    std::fs::remove_file(folder.path().join("key.json")).unwrap();
    assert_ne!(report(folder.path(), &flags)["summaries"][0]["name"], first["summaries"][0]["name"]);
}

#[test]
fn a_roster_holds_by_the_names_and_reports_verify_with_the_key() {
    let folder = folder();
    let roster = "speaker,aliases,stakeholder,role\nAna Reyes-Maro,Ana Reyes,Harbour Union,\n";
    std::fs::write(folder.path().join("people.csv"), roster).unwrap();
    let flags =
        ["--roster", "people.csv", "--pseudonymize", "key.json", "--format", "json", "-o", "brief.json"];
    let said =
        rapporteur(folder.path()).args([&["summarize", "panel.txt"][..], &flags].concat()).assert().success();
    assert_eq!(String::from_utf8_lossy(&said.get_output().stderr), "");
    let text = std::fs::read_to_string(folder.path().join("brief.json")).unwrap();
    assert!(text.contains("Harbour Union") && !text.contains("Maro"), "{text}");
    rapporteur(folder.path()).args(["verify", "brief.json", "--strict"]).assert().success();
    let wrong = text.replacen("pension cut", "pension cuts", 1);
    std::fs::write(folder.path().join("brief.json"), wrong).unwrap();
    rapporteur(folder.path()).args(["verify", "brief.json"]).assert().code(3);
}

#[test]
fn what_is_no_key_is_refused_and_a_key_is_never_written_over() {
    let folder = folder();
    std::fs::write(folder.path().join("notes.json"), "{}").unwrap();
    rapporteur(folder.path())
        .args(["summarize", "panel.txt", "--pseudonymize", "notes.json"])
        .assert()
        .code(2)
        .stderr(contains("this is no key to pseudonyms"));
    assert_eq!(std::fs::read_to_string(folder.path().join("notes.json")).unwrap(), "{}");
    let flags = ["summarize", "panel.txt", "--pseudonymize", "key.json"];
    stdout(folder.path(), &flags);
    rapporteur(folder.path()).args([&flags[..], &["--force", "-o", "key.json"]].concat()).assert().code(2);
}
