//! The commands that a schedule starts after a run: for so long and no longer, and with their children.

use std::io::Write;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::io::stop::{LOOK, Stop};

/// How long a command that is to end has for it before it is killed: half of the two seconds within
/// which a schedule ends that is told to stop.
const GRACE: Duration = Duration::from_secs(1);

/// Starts a command with the manifest on its standard input, and waits for it; what went wrong.
///
/// The command is ended, with all that it started, when its time is over and when the program is told to
/// stop. Nothing is done for an empty command.
pub(crate) fn start(
    command: &[String],
    manifest: &str,
    limit: Duration,
    stop: &Stop,
) -> std::result::Result<(), String> {
    let Some((program, arguments)) = command.split_first() else { return Ok(()) };
    let mut prepared = Command::new(program);
    prepared.args(arguments).stdin(Stdio::piped());
    // A group of its own, so that its children can be ended with it.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut prepared, 0);
    let not_started = |error| format!("the command {program} could not be started: {error}");
    let mut child = prepared.spawn().map_err(not_started)?;
    if let Some(mut input) = child.stdin.take() {
        let manifest = manifest.to_owned();
        // A command that does not read the manifest has done nothing wrong, and nobody waits for it.
        thread::spawn(move || input.write_all(manifest.as_bytes()));
    }
    let started = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return Ok(()),
            Ok(Some(status)) => return Err(format!("the command {program} failed: {status}")),
            Ok(None) => {}
            Err(error) => return Err(format!("the command {program} cannot be waited for: {error}")),
        }
        let why = if stop.is_told() {
            "as the schedule was told to stop".to_owned()
        } else if started.elapsed() >= limit {
            format!("as its {} s were over", limit.as_secs())
        } else {
            stop.wait(LOOK);
            continue;
        };
        end(&mut child);
        return Err(format!("the command {program} was ended with its children, {why}"));
    }
}

/// Ends a command and its children: asks them first, and kills them when their grace is over.
#[cfg(unix)]
fn end(child: &mut Child) {
    use rustix::process::{Pid, Signal, kill_process_group, test_kill_process_group};

    let group = Pid::from_child(child);
    // A group that is gone is what is wanted.
    let _ = kill_process_group(group, Signal::TERM);
    let asked = Instant::now();
    while asked.elapsed() < GRACE {
        let _ = child.try_wait();
        if test_kill_process_group(group).is_err() {
            return;
        }
        thread::sleep(LOOK);
    }
    let _ = kill_process_group(group, Signal::KILL);
    let _ = child.wait();
}

/// Ends a command; without groups of processes its children are left to it.
#[cfg(not(unix))]
fn end(child: &mut Child) {
    let _ = child.kill();
    let _ = child.wait();
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;

    fn shell(script: &str) -> Vec<String> {
        ["sh", "-c", script].map(str::to_owned).to_vec()
    }

    /// Whether a process is there, by the number that a file has.
    fn is_there(file: &std::path::Path) -> bool {
        let number = std::fs::read_to_string(file).unwrap();
        let found = Command::new("kill").args(["-0", number.trim()]).stderr(Stdio::null()).status().unwrap();
        // Who has ended and is not waited for yet is gone all the same.
        let state = std::fs::read_to_string(format!("/proc/{}/stat", number.trim())).unwrap_or_default();
        found.success() && !state.contains(") Z ")
    }

    #[test]
    fn a_command_is_waited_for_and_its_failure_told() {
        let stop = Stop::at_flag(&Arc::new(AtomicBool::new(false)));
        let limit = Duration::from_secs(60);
        let large = "x".repeat(1 << 20);
        assert_eq!(start(&[], &large, limit, &stop), Ok(()));
        assert_eq!(start(&shell("true"), &large, limit, &stop), Ok(()), "it need not read");
        assert_eq!(start(&shell("test $(wc -c) = 1048576"), &large, limit, &stop), Ok(()));
        let failed = start(&shell("exit 3"), &large, limit, &stop).unwrap_err();
        assert!(failed.contains("sh failed") && failed.contains('3'), "{failed}");
        let missing = start(&["./no-such-program".to_owned()], "", limit, &stop).unwrap_err();
        assert!(missing.contains("could not be started"), "{missing}");
    }

    #[test]
    fn a_command_and_children_that_ignore_being_asked_are_ended_in_time_and_when_told() {
        let folder = tempfile::tempdir().unwrap();
        let numbers = [folder.path().join("parent"), folder.path().join("child")];
        let [parent, child] = numbers.clone().map(|path| path.display().to_string());
        let script = format!(
            "trap '' TERM INT; (trap '' TERM INT; sh -c 'echo $PPID' >{child}; while :; do sleep 60; done) & \
             echo $$ >{parent}; while :; do sleep 60; done"
        );
        for is_told in [false, true] {
            let told = Arc::new(AtomicBool::new(false));
            let stop = Stop::at_flag(&told);
            let (limit, waited_for) = (Duration::from_secs(if is_told { 600 } else { 2 }), numbers.clone());
            let teller = thread::spawn(move || {
                while !waited_for.iter().all(|file| file.exists()) {
                    thread::sleep(LOOK);
                }
                told.store(is_told, Ordering::SeqCst);
            });
            let why = start(&shell(&script), "", limit, &stop).unwrap_err();
            assert!(why.contains(if is_told { "told to stop" } else { "2 s were over" }), "{why}");
            teller.join().unwrap();
            for file in &numbers {
                assert!(!is_there(file), "{} is still there, told: {is_told}", file.display());
                std::fs::remove_file(file).unwrap();
            }
        }
    }
}
