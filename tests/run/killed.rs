//! Runs that end in the middle: killed, or told to stop.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::support::{Folder, from_environment, leftovers};

/// Sessions of a run that is killed, unless the environment asks for others.
const SESSIONS: usize = 60;

/// Moments at which it is killed, unless the environment asks for others.
const MOMENTS: usize = 8;

/// A brief of each session, the tables of all, an archive and a manifest: all that can be left half done.
const DEFINITION: &str = "stakeholder-comparison";

/// What an undisturbed run makes, and how long it takes.
fn undisturbed(definition: &str, sessions: usize) -> (BTreeMap<String, String>, BTreeSet<String>, Duration) {
    let folder = Folder::with_sessions(sessions);
    let started = Instant::now();
    folder.run(&["run", definition], 0);
    let duration = started.elapsed();
    (folder.content("."), folder.archived(), duration)
}

#[test]
fn a_run_that_is_killed_at_any_moment_is_resumed_to_the_same_end() {
    let (sessions, moments) =
        (from_environment("KILLED_SESSIONS", SESSIONS), from_environment("KILLED_MOMENTS", MOMENTS));
    let (files, rows, mut duration) = undisturbed(DEFINITION, sessions);
    let mut random = Xorshift(0x2545_f491_4f6c_dd1d);
    let (mut n_killed, mut n_ended) = (0, 0);
    let mut made = Vec::new();
    while n_killed < moments {
        assert!(n_ended < 10 + moments, "{n_ended} runs ended before they could be killed");
        let folder = Folder::with_sessions(sessions);
        let pause = duration.mul_f64(random.share());
        let mut child = folder.command(&["run", DEFINITION]).stderr(Stdio::null()).spawn().unwrap();
        sleep(pause);
        if child.try_wait().unwrap().is_some() {
            // The machine has more to give than when the run was timed.
            duration = pause;
            n_ended += 1;
            continue;
        }
        child.kill().unwrap();
        child.wait().unwrap();
        made.push(folder.content(".").len().saturating_sub(sessions));
        let place = format!("moment {n_killed}, killed after {pause:?}");
        folder.run(&["run", DEFINITION], 0);
        assert_eq!(folder.content("."), files, "{place}");
        assert_eq!(folder.archived(), rows, "{place}");
        assert_eq!(folder.scalar("PRAGMA integrity_check"), "ok", "{place}");
        assert_eq!(leftovers(&folder), Vec::<String>::new(), "{place}");
        n_killed += 1;
    }
    made.sort_unstable();
    eprintln!(
        "{n_killed} runs of {sessions} sessions were killed and resumed to the same end; files there when they \
         were killed, in order: {made:?}"
    );
}

/// Random numbers that are the same in every run of the test (Marsaglia 2003).
pub(super) struct Xorshift(pub(super) u64);

impl Xorshift {
    /// The next number from 0 to below 1.
    pub(super) fn share(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}

#[cfg(unix)]
#[test]
fn a_run_that_is_told_to_stop_keeps_what_is_done_and_says_so() {
    let (files, rows, _) = undisturbed("position-brief", SESSIONS);
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
        assert_eq!(folder.content("."), files);
        assert_eq!(folder.archived(), rows);
    }
}
