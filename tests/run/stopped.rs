//! Runs that are told to stop at any moment, in any stage: in sessions, tables, pages and commands.

use std::fs;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::json;

use super::killed::Xorshift;
use super::support::{Folder, from_environment, leftovers, panel};

/// Moments at which a run is told to stop, unless the environment asks for others.
const MOMENTS: usize = 6;

/// Sessions of such a run, unless the environment asks for others.
const SESSIONS: usize = 24;

/// A folder whose definition has all kinds of outputs, and a command after the run.
fn prepared(sessions: usize) -> Folder {
    let folder = Folder::with_sessions(sessions);
    let files = json!([{"path": "out/{id}.md"}, {"path": "out/all.json"},
        {"path": "out/week.html", "content": "page"}]);
    let definition = json!({"schema": 1, "name": "brief", "archive": {"path": "out/brief.sqlite"},
        "input": {"paths": ["inbox"]}, "outputs": {"files": files, "tables": {"folder": "out/tables"}},
        "schedule": {"cron": "0 0 1 1 *", "on_success": ["sh", "-c", "sleep 1; echo told > told.txt"]}});
    fs::write(folder.path("brief.json"), definition.to_string()).unwrap();
    folder
}

fn tell(child: &Child, signal: &str) {
    assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());
}

#[test]
fn a_run_that_is_told_to_stop_at_any_moment_is_resumed_to_the_same_end() {
    let (sessions, moments) =
        (from_environment("STOPPED_SESSIONS", SESSIONS), from_environment("STOPPED_MOMENTS", MOMENTS));
    let whole = prepared(sessions);
    let started = Instant::now();
    whole.run(&["schedule", "brief.json", "--once"], 0);
    let duration = started.elapsed();
    fs::remove_file(whole.path("told.txt")).unwrap();
    let (files, rows) = (whole.content("."), whole.archived());
    let mut random = Xorshift(0x9e37_79b9_7f4a_7c15);
    let mut waits = Vec::new();
    for moment in 0..moments {
        let folder = prepared(sessions);
        let pause = duration.mul_f64(random.share());
        let mut command = folder.command(&["schedule", "brief.json", "--once"]);
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        sleep(pause);
        if child.try_wait().unwrap().is_some() {
            continue;
        }
        let asked = Instant::now();
        tell(&child, if moment % 2 == 0 { "-TERM" } else { "-INT" });
        let output = child.wait_with_output().unwrap();
        waits.push(asked.elapsed());
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let place = format!("moment {moment}, told after {pause:?}: {said}");
        // Before the program listens, a signal ends it as the system does; at the end, it may be done.
        assert!(matches!(output.status.code(), None | Some(0 | 4)), "{:?} at {place}", output.status);
        assert_eq!(leftovers(&folder), Vec::<String>::new(), "{place}");
        folder.run(&["run", "brief.json"], 0);
        let _ = fs::remove_file(folder.path("told.txt"));
        assert_eq!(folder.content("."), files, "{place}");
        assert_eq!(folder.archived(), rows, "{place}");
        assert_eq!(folder.scalar("PRAGMA integrity_check"), "ok", "{place}");
    }
    waits.sort_unstable();
    assert!(!waits.is_empty(), "no run was told to stop before its end");
    eprintln!("{} runs of {sessions} sessions, told within {duration:?}, ended after {waits:?}", waits.len());
}

#[test]
fn one_large_input_delays_no_stop_and_is_done_by_the_next_run() {
    let folder = Folder::with_sessions(1);
    let large: String = (0..4000).map(panel).collect();
    fs::write(folder.path("inbox/a-large.txt"), large).unwrap();
    let child = folder.command(&["run", "position-brief"]).stderr(Stdio::piped()).spawn().unwrap();
    while !folder.path("out/position-brief.sqlite.lock").exists() {
        sleep(Duration::from_millis(1));
    }
    sleep(Duration::from_millis(300));
    tell(&child, "-TERM");
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(4), "{said}");
    assert!(said.contains("2 left to do"), "{said}");
    assert_eq!(leftovers(&folder), Vec::<String>::new());
    fs::write(folder.path("inbox/a-large.txt"), panel(7)).unwrap();
    assert!(folder.run(&["run", "position-brief"], 0).contains("2 inputs: 2 done"));
}

#[test]
fn a_command_that_hangs_is_ended_with_the_schedule() {
    let folder = prepared(2);
    let text = folder
        .read("brief.json")
        .replace("sleep 1; echo told", "trap '' TERM; echo begun > begun; sleep 600");
    fs::write(folder.path("brief.json"), text).unwrap();
    let mut child =
        folder.command(&["schedule", "brief.json", "--once"]).stderr(Stdio::piped()).spawn().unwrap();
    while !folder.path("begun").exists() && child.try_wait().unwrap().is_none() {
        sleep(Duration::from_millis(5));
    }
    tell(&child, "-TERM");
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(4), "{said}");
    assert!(said.contains("told to stop"), "{said}");
    assert_eq!(folder.scalar("SELECT outcome FROM runs"), "done");
}
