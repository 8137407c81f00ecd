//! Three weeks of a call, as Zoom writes its transcripts, from the inbox to what changed.

use std::fs;

use serde_json::Value;

use super::support::Folder;

const ARCHIVE: &str = "weekly/rota.sqlite";

/// A call: the name of its file, and who says what.
type Call<'a> = (&'a str, &'a [(&'a str, &'a str)]);

const CALLS: [Call<'_>; 3] = [
    (
        "GMT20240902-130214_Recording.transcript.vtt",
        &[
            ("Ana Reyes", "Good afternoon everyone, let us start with the night shift rota."),
            (
                "Bo Lindqvist",
                "We support the night shift rota, because it gives every nurse two free weekends.",
            ),
            ("Carla Mendes", "I oppose the night shift rota. It leaves the ward without a senior doctor."),
            ("Carla Mendes", "The parking levy is too high for our nurses."),
            ("Ana Reyes", "Thank you. We continue next week."),
        ],
    ),
    (
        "GMT20240909-130105_Recording.transcript.vtt",
        &[
            ("Ana Reyes", "Welcome back. The night shift rota is on the table again."),
            ("Bo Lindqvist", "We support the night shift rota and we ask for a decision before October."),
            (
                "Carla Mendes",
                "I am concerned about the night shift rota, because the ward is short of doctors.",
            ),
            ("Ana Reyes", "Noted, thank you both."),
        ],
    ),
    (
        "GMT20240916-130042_Recording.transcript.vtt",
        &[
            (
                "Carla Mendes",
                "I support the night shift rota now that a senior doctor is on call every night.",
            ),
            ("Bo Lindqvist", "We support the night shift rota as it stands."),
            ("Ana Reyes", "Then the night shift rota starts in October."),
        ],
    ),
];

/// The transcript of a call: a cue a contribution.
fn transcript(turns: &[(&str, &str)]) -> String {
    let cue = |(number, (speaker, text)): (usize, &(&str, &str))| {
        let second = 7 * number;
        let time = |second: usize| format!("00:{:02}:{:02}.000", second / 60, second % 60);
        format!("{}\n{} --> {}\n{speaker}: {text}\n\n", number + 1, time(second), time(second + 6))
    };
    std::iter::once("WEBVTT\n\n".to_owned()).chain(turns.iter().enumerate().map(cue)).collect()
}

/// The weekly report that comes with the program, on issues of its own.
fn office() -> Folder {
    let folder = Folder::with_sessions(0);
    folder.run(&["pipelines", "copy", "weekly-report", "rota.json"], 0);
    let text = folder.read("rota.json").replace("weekly/weekly-report", "weekly/rota");
    let mut definition: Value = serde_json::from_str(&text).unwrap();
    definition["name"] = "rota".into();
    definition["input"]["issues"] = "issues.json".into();
    fs::write(folder.path("rota.json"), definition.to_string()).unwrap();
    let issues = r#"[{"label": "Rota", "terms": ["rota"]}, {"label": "Parking", "terms": ["parking levy"]}]"#;
    fs::write(folder.path("issues.json"), issues).unwrap();
    folder
}

fn rows(folder: &Folder, arguments: &[&str]) -> Vec<Value> {
    let all: Vec<&str> = arguments.iter().copied().chain(["--format", "json", "--quiet"]).collect();
    let found: Value = serde_json::from_str(&folder.run(&all, 0)).unwrap();
    found["rows"].as_array().unwrap().clone()
}

#[test]
fn three_weeks_of_calls_are_dated_and_followed() {
    let folder = office();
    // Each week a file comes, and the report is made again.
    for (week, (name, turns)) in (36..).zip(CALLS) {
        fs::write(folder.path(&format!("inbox/{name}")), transcript(turns)).unwrap();
        let said = folder.run(&["run", "rota.json"], 0);
        assert!(said.contains("1 done"), "{said}");
        let date = format!("{}-{}-{}", &name[3..7], &name[7..9], &name[9..11]);
        let report = folder.read(&format!("weekly/2024-W{week}.md"));
        assert!(report.contains(&date), "{report}");
        assert!(folder.path(&format!("weekly/2024-W{week}.html")).exists());
    }
    assert!(!folder.files("weekly").iter().any(|file| file.contains("undated")));
    let dates =
        folder.scalar("SELECT group_concat(date, ' ') FROM (SELECT date FROM sessions ORDER BY date)");
    assert_eq!(dates, "2024-09-02 2024-09-09 2024-09-16");

    let held = rows(&folder, &["history", ARCHIVE, "--stakeholder", "Carla Mendes", "--issue", "Rota"]);
    let mut over_time: Vec<String> = held
        .iter()
        .map(|row| format!("{} {}", row["date"].as_str().unwrap(), row["stance"].as_str().unwrap()))
        .collect();
    over_time.dedup();
    assert_eq!(over_time, ["2024-09-02 oppose", "2024-09-09 concern", "2024-09-16 support"]);

    let changed = rows(&folder, &["diff", ARCHIVE, "2024-09-02", "2024-09-16"]);
    let first = &changed[0];
    assert_eq!(
        (first["change"].as_str(), first["stakeholder"].as_str(), first["issue"].as_str()),
        (Some("stance"), Some("Carla Mendes"), Some("Rota"))
    );
    assert_eq!(
        (first["before"]["text"].as_str(), first["after"]["stance"].as_str()),
        (Some("I oppose the night shift rota."), Some("support"))
    );
    assert!(changed.iter().all(|row| row["issue"] != "Parking"), "only the first week speaks of parking");
    let all = rows(&folder, &["diff", ARCHIVE, "2024-09-02", "2024-09-16", "--all-issues"]);
    assert!(all.iter().any(|row| row["issue"] == "Parking" && row["change"] == "dropped"), "{all:?}");

    let said = folder.run(&["diff", ARCHIVE, "2024-09-02", "2024-09-16", "--limit", "1"], 0);
    assert!(said.contains("Only 2024-09-02 has positions on: ") && said.contains("Parking ("), "{said}");
    let rest = format!("{} more changes: --skip 1 shows the next", changed.len() - 1);
    assert!(said.contains(&rest), "{said}");
    let next = rows(&folder, &["diff", ARCHIVE, "2024-09-02", "2024-09-16", "--skip", "1"]);
    assert_eq!(next, changed[1..]);
}
