//! `schedule`, and every command of the page on unattended work.

use std::fs;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::support::{Folder, leftovers};

/// A definition that is due at these times, and tells of its runs in files.
fn scheduled(cron: &str) -> Folder {
    let folder = Folder::with_sessions(2);
    let tell = |file: &str| json!(["sh", "-c", format!("cat > {file}")]);
    let definition = json!({"schema": 1, "name": "brief", "archive": {"path": "out/brief.sqlite"},
        "input": {"paths": ["inbox"]}, "outputs": {"files": [{"path": "out/{id}.md"}]},
        "schedule": {"cron": cron, "on_success": tell("success.json"), "on_failure": tell("failure.json")}});
    fs::write(folder.path("brief.json"), definition.to_string()).unwrap();
    folder
}

fn until(what: &str, test: impl Fn() -> bool) {
    let started = Instant::now();
    while !test() {
        assert!(started.elapsed() < Duration::from_secs(120), "{what} did not come");
        sleep(Duration::from_millis(10));
    }
}

#[test]
fn the_next_times_are_told_with_their_zone() {
    let folder = scheduled("0 7 * * MON");
    let said = folder.run(&["schedule", "brief.json", "--next", "5"], 0);
    assert_eq!(said.lines().count(), 5);
    assert!(said.lines().all(|line| line.starts_with("Mon ") && line.contains(" 07:00 UTC  ")), "{said}");
    fs::write(folder.path("none.json"), "{\"schema\": 1}").unwrap();
    assert!(folder.run(&["schedule", "none.json"], 2).contains("has no schedule"));
}

#[test]
fn once_runs_if_due_and_tells_how_it_went() {
    let folder = scheduled("0 0 1 1 *");
    folder.run(&["schedule", "brief.json", "--once"], 0);
    let told: Value = serde_json::from_str(&folder.read("success.json")).unwrap();
    assert_eq!((&told["counts"]["done"], &told["started_by"]), (&json!(2), &json!("schedule")));
    fs::write(folder.path("inbox/bad.txt"), "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>\n").unwrap();
    let said = folder.run(&["schedule", "brief.json", "--once"], 0);
    assert!(said.contains("not due before"), "{said}");
    // As if the last run was long ago: several times were missed, and one run makes up for them.
    let archive = rusqlite::Connection::open(folder.path("out/brief.sqlite")).unwrap();
    archive.execute("UPDATE runs SET due = '2019-06-01T00:00:00Z'", []).unwrap();
    let said = folder.run(&["schedule", "brief.json", "--once"], 1);
    assert!(said.contains("error: inbox/bad.txt"), "{said}");
    let told: Value = serde_json::from_str(&folder.read("failure.json")).unwrap();
    assert_eq!(told["outcome"], "some failed");
    let said = folder.run(&["schedule", "brief.json", "--once"], 0);
    assert!(said.contains("not due before"), "{said}");
    assert_eq!(folder.scalar("SELECT count(*) FROM runs WHERE started_by = 'schedule'"), "2");
}

#[cfg(unix)]
#[test]
fn a_schedule_makes_up_for_what_was_missed_and_ends_when_told() {
    let folder = scheduled("0 0 1 1 *");
    folder.run(&["schedule", "brief.json", "--once"], 0);
    let archive = rusqlite::Connection::open(folder.path("out/brief.sqlite")).unwrap();
    archive.execute("UPDATE runs SET due = '2024-06-01T00:00:00Z'", []).unwrap();
    drop(archive);
    fs::remove_file(folder.path("success.json")).unwrap();
    fs::write(folder.path("inbox/new.txt"), super::support::panel(9)).unwrap();
    let child = folder.command(&["schedule", "brief.json"]).stderr(Stdio::piped()).spawn().unwrap();
    until("the run", || folder.path("success.json").exists() && folder.path("out/new.md").exists());
    sleep(Duration::from_millis(200));
    assert!(Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap().success());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(folder.scalar("SELECT count(*) FROM runs"), "2");
    assert_eq!(leftovers(&folder), Vec::<String>::new());
}

/// Changes the schedule of a definition.
fn set(folder: &Folder, key: &str, value: Value) {
    let mut definition: Value = serde_json::from_str(&folder.read("brief.json")).unwrap();
    definition["schedule"][key] = value;
    fs::write(folder.path("brief.json"), definition.to_string()).unwrap();
}

/// Changes the log of runs.
fn log(folder: &Folder, sql: &str) {
    rusqlite::Connection::open(folder.path("out/brief.sqlite")).unwrap().execute(sql, []).unwrap();
}

#[test]
fn a_time_that_is_yet_to_come_was_served_by_nobody() {
    let folder = scheduled("0 0 1 1 *");
    folder.run(&["schedule", "brief.json", "--once"], 0);
    log(&folder, "UPDATE runs SET due = '2150-01-01T00:00:00Z'");
    fs::write(folder.path("inbox/new.txt"), super::support::panel(9)).unwrap();
    let said = folder.run(&["schedule", "brief.json", "--once"], 0);
    assert!(said.contains("2150-01-01T00:00:00Z") && said.contains("not believed"), "{said}");
    assert!(said.contains("1 done, 2 unchanged") && said.contains("next due "), "{said}");
    let said = folder.run(&["schedule", "brief.json", "--once"], 0);
    assert!(said.contains("not due before") && !said.contains("warning"), "it is told once: {said}");
}

#[cfg(unix)]
#[test]
fn an_interrupted_first_run_goes_on_at_once() {
    let folder = scheduled("0 0 1 1 *");
    folder.run(&["schedule", "brief.json", "--once"], 0);
    for file in ["success.json", "out/s001.md"] {
        fs::remove_file(folder.path(file)).unwrap();
    }
    log(&folder, "UPDATE runs SET outcome = 'running', due = '2020-01-01T00:00:00Z'");
    let child = folder.command(&["schedule", "brief.json"]).stderr(Stdio::piped()).spawn().unwrap();
    until("the run", || folder.path("success.json").exists() && folder.path("out/s001.md").exists());
    sleep(Duration::from_millis(200));
    assert!(Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap().success());
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(said.contains("next due "), "{said}");
}

#[cfg(unix)]
#[test]
fn a_command_that_fails_makes_the_run_fail_where_the_definition_says_so() {
    let folder = scheduled("0 0 1 1 *");
    set(&folder, "on_success", json!(["sh", "-c", "exit 3"]));
    let said = folder.run(&["schedule", "brief.json", "--once"], 0);
    assert!(said.contains("warning: the command sh failed"), "{said}");
    assert_eq!(folder.scalar("SELECT outcome FROM runs"), "done");
    let cases =
        [("exit 3", 300, "the command sh failed"), ("sleep 600 & wait", 1, "ended with its children")];
    for (script, seconds, why) in cases {
        log(&folder, "UPDATE runs SET due = '2020-01-01T00:00:00Z'");
        set(&folder, "on_success", json!(["sh", "-c", script]));
        set(&folder, "hook_seconds", json!(seconds));
        set(&folder, "hooks_must_succeed", json!(true));
        let said = folder.run(&["schedule", "brief.json", "--once"], 1);
        assert!(said.contains(why), "{said}");
        assert_eq!(folder.scalar("SELECT outcome FROM runs ORDER BY id DESC LIMIT 1"), "some failed");
        let told: Value = serde_json::from_str(&folder.read("failure.json")).unwrap();
        assert!(told["errors"][0].as_str().unwrap().contains(why), "{told}");
        fs::remove_file(folder.path("failure.json")).unwrap();
    }
}

#[cfg(unix)]
#[test]
fn the_failure_of_a_time_is_told_once_however_often_it_is_tried() {
    let folder = scheduled("0 0 1 1 *");
    set(&folder, "on_failure", json!(["sh", "-c", "echo told >> told.txt"]));
    let mut definition: Value = serde_json::from_str(&folder.read("brief.json")).unwrap();
    definition["input"]["roster"] = json!("roster.csv");
    fs::write(folder.path("brief.json"), definition.to_string()).unwrap();
    for _ in 0..3 {
        let output = folder.command(&["schedule", "brief.json", "--once"]).output().unwrap();
        assert!(!output.status.success());
    }
    assert_eq!(folder.read("told.txt"), "told\n");
    fs::write(folder.path("roster.csv"), "speaker,stakeholder\nAna Reyes,Dockers\n").unwrap();
    folder.run(&["schedule", "brief.json", "--once"], 0);
    assert!(folder.path("success.json").exists());
}

#[test]
fn units_are_what_systemd_wants() {
    let folder = scheduled("0 7 * * MON");
    let shown = folder.run(&["schedule", "brief.json", "a b.txt", "--emit", "systemd"], 0);
    for part in [
        "OnCalendar=Mon *-*-* 07:00:00 UTC",
        "Persistent=true",
        "\"schedule\" \"brief.json\" \"--once\" \"a b.txt\"",
    ] {
        assert!(shown.contains(part), "{part} is missing: {shown}");
    }
    folder.run(&["schedule", "brief.json", "--emit", "systemd", "-o", "units"], 0);
    let units = [folder.path("units/rapporteur-brief.service"), folder.path("units/rapporteur-brief.timer")];
    match Command::new("systemd-analyze").arg("verify").args(&units).output() {
        Ok(output) => {
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(output.status.success() && !said.contains("rapporteur-brief"), "{said}");
        }
        Err(error) => eprintln!("skipped: systemd-analyze cannot be started: {error}"),
    }
}
