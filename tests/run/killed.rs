//! Runs that end in the middle: killed, or told to stop.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::support::{Folder, leftovers};

/// Sessions of a run that is killed, unless the environment asks for others.
const SESSIONS: usize = 60;

/// Moments at which it is killed, unless the environment asks for others.
const MOMENTS: usize = 8;

fn from_environment(name: &str, default: usize) -> usize {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// What an undisturbed run makes.
fn undisturbed(sessions: usize) -> (BTreeMap<String, String>, BTreeSet<String>) {
    let folder = Folder::with_sessions(sessions);
    folder.run(&["run", "position-brief"], 0);
    (folder.content("out"), folder.archived())
}

/// How many files a run has written so far.
fn written(folder: &Folder) -> usize {
    fs::read_dir(folder.path("out/undated")).map_or(0, Iterator::count)
}

#[test]
fn a_run_that_is_killed_at_any_moment_is_resumed_to_the_same_end() {
    let (sessions, moments) =
        (from_environment("KILLED_SESSIONS", SESSIONS), from_environment("KILLED_MOMENTS", MOMENTS));
    let (files, rows) = undisturbed(sessions);
    let mut n_killed = 0;
    for moment in 0..moments {
        let folder = Folder::with_sessions(sessions);
        // Spread over the whole run by a step that is prime to the number of sessions.
        let (files_before, pause) = (moment * 7919 % (2 * sessions - 4), moment * 37 % 11);
        let mut child = folder.command(&["run", "position-brief"]).stderr(Stdio::null()).spawn().unwrap();
        let started = Instant::now();
        while written(&folder) < files_before && started.elapsed() < Duration::from_secs(120) {
            sleep(Duration::from_micros(500));
        }
        sleep(Duration::from_millis(pause as u64));
        n_killed += usize::from(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();
        folder.run(&["run", "position-brief"], 0);
        assert_eq!(folder.content("out"), files, "killed after {files_before} files and {pause} ms");
        assert_eq!(folder.archived(), rows, "killed after {files_before} files and {pause} ms");
        assert_eq!(folder.scalar("PRAGMA integrity_check"), "ok");
        assert_eq!(leftovers(&folder), Vec::<String>::new());
    }
    eprintln!("{n_killed} of {moments} runs were killed before their end, all were resumed");
    assert!(n_killed * 2 >= moments, "only {n_killed} of {moments} runs were killed before their end");
}

#[cfg(unix)]
#[test]
fn a_run_that_is_told_to_stop_keeps_what_is_done_and_says_so() {
    let (files, rows) = undisturbed(SESSIONS);
    for signal in ["-TERM", "-INT"] {
        let folder = Folder::with_sessions(SESSIONS);
        let child = folder.command(&["run", "position-brief"]).stderr(Stdio::piped()).spawn().unwrap();
        // The first file is there: the run is in the middle.
        let started = Instant::now();
        while !folder.path("out/undated/s000.md").exists() && started.elapsed() < Duration::from_secs(60) {
            sleep(Duration::from_millis(1));
        }
        let pid = child.id().to_string();
        assert!(Command::new("kill").args([signal, &pid]).status().unwrap().success());
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(4), "{signal}: {said}");
        assert!(said.contains("left to do"), "{said}");
        assert_eq!(leftovers(&folder), Vec::<String>::new());
        let kept: usize = folder.scalar("SELECT count(*) FROM sessions").parse().unwrap();
        assert!((1..SESSIONS).contains(&kept), "{kept} sessions are kept");
        assert_eq!(folder.content("out").len(), 2 * kept);
        assert_eq!(folder.scalar("SELECT outcome FROM runs ORDER BY id DESC LIMIT 1"), "stopped");
        let manifest: serde_json::Value = serde_json::from_str(
            &fs::read_to_string(folder.path("out/position-brief.manifest.json")).unwrap(),
        )
        .unwrap();
        assert_eq!(manifest["outcome"], "stopped");
        folder.run(&["run", "position-brief"], 0);
        assert_eq!(folder.content("out"), files);
        assert_eq!(folder.archived(), rows);
    }
}
