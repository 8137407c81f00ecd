//! Every command of the page on unattended work, run as it stands there.
//!
//! `rapporteur` is the program of the tests. What asks for root, systemd or a container engine is run
//! with stand-ins that do the same in the folder of the test, or refuse what they do not know.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::thread::sleep;
use std::time::Duration;

use serde_json::json;

use super::support::{Folder, program};

/// Where the page has sessions, and where units of systemd are.
const PLACES: [(&str, &str); 2] = [("/srv/sessions", "."), ("/etc/systemd/system/", "system/")];

const SUDO: &str = "exec \"$@\"";

/// Knows the units that were copied.
const SYSTEMCTL: &str =
    "[ \"$1 $2\" = 'enable --now' ] && [ -f \"system/$3\" ] && [ -f \"system/${3%.timer}.service\" ]";

/// Knows images that were built; runs the program, their entry point, in the folder that is mounted.
const PODMAN: &str = r#"
if [ "$1 $2" = "build -t" ]; then [ -f "$4/Containerfile" ] && touch "image-$3" && exit 0 || exit 65; fi
[ "$1 $2" = "run --rm" ] || exit 64
shift 2
[ "$1" = --init ] && shift
[ "$1" = -v ] || exit 64
folder=${2%%:*} place=${2#*:} image=$3
[ "$place" = /data ] && [ -f "image-$image" ] || exit 66
shift 3
cd "$folder" && exec rapporteur "$@"
"#;

fn script(path: &Path, text: &str) {
    fs::write(path, format!("#!/bin/sh\n{text}\n")).unwrap();
    assert!(Command::new("chmod").arg("+x").arg(path).status().unwrap().success());
}

/// A folder with what the page takes for granted.
fn prepared() -> Folder {
    let folder = Folder::with_sessions(3);
    let session = json!({"id": "x", "turns": [{"speaker": "Ana Reyes", "text": "We cannot accept the levy on ships."}]});
    fs::write(folder.path("sessions.jsonl"), format!("{session}\n")).unwrap();
    let steps = concat!(env!("CARGO_MANIFEST_DIR"), "/../Containerfile");
    fs::copy(steps, folder.path("Containerfile")).unwrap();
    fs::create_dir(folder.path("bin")).unwrap();
    fs::create_dir(folder.path("system")).unwrap();
    for (name, text) in [("sudo", SUDO), ("systemctl", SYSTEMCTL), ("podman", PODMAN)] {
        script(&folder.path("bin").join(name), text);
    }
    script(&folder.path("bin/rapporteur"), &format!("exec \"{}\" \"$@\"", program().display()));
    folder
}

/// Runs a command of the page; one that stays is told to end after a while.
fn carried_out(folder: &Folder, command: &str) -> Output {
    let mut line = command.replace("/usr/local/bin/rapporteur", "rapporteur");
    for (place, here) in PLACES {
        line = line.replace(place, here);
    }
    let path = format!("{}:{}", folder.path("bin").display(), std::env::var("PATH").unwrap());
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("exec {line}").replace("exec cd", "cd")]);
    shell.current_dir(folder.path(".")).env("PATH", path).stdout(Stdio::piped()).stderr(Stdio::piped());
    let child = shell.spawn().unwrap();
    if line.contains(" schedule ") && !["--once", "--next", "--emit"].iter().any(|flag| line.contains(flag)) {
        sleep(Duration::from_secs(2));
        assert!(Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap().success());
    }
    child.wait_with_output().unwrap()
}

#[cfg(unix)]
#[test]
fn every_command_of_the_page_on_unattended_work_runs() {
    let page = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/unattended.md")).unwrap();
    let folder = prepared();
    let (mut kind, mut n_commands, mut n_others) = ("", 0, 0);
    for line in page.lines() {
        if let Some(opened) = line.strip_prefix("```") {
            kind = if kind.is_empty() { opened } else { "" };
            continue;
        }
        let command = match kind {
            "console" => line.to_owned(),
            "crontab" => line.splitn(6, ' ').nth(5).unwrap().to_owned(),
            _ => {
                n_others += usize::from(!kind.is_empty());
                continue;
            }
        };
        let output = carried_out(&folder, &command);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{command}: {} {said}", output.status);
        n_commands += 1;
    }
    assert!(n_commands >= 18, "only {n_commands} commands were found");
    assert!(n_others > 0, "the section of a definition was not met");
    assert!(folder.read("reports.jsonl").contains("rapporteur/summary/1"));
    assert!(folder.read("system/rapporteur-position-brief.timer").contains("OnCalendar="));
}
