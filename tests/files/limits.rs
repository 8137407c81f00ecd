//! Limits that are stated, and what is no file.

use super::support::{PANEL, expect, office};

#[test]
fn what_passes_a_limit_is_refused_with_the_flag_that_changes_it() {
    let folder = office();
    let root = folder.path();
    let long = PANEL.repeat(3);
    std::fs::write(root.join("long.txt"), &long).unwrap();
    for (flag, value, enough) in [("--limit-bytes", "1K", "1M"), ("--limit-words", "100", "1000")] {
        for command in
            [&["inspect"][..], &["summarize"], &["report", "-o", "r.html"], &["compare", "-o", "t"]]
        {
            let said = expect(root, &[command, &["long.txt", flag, value]].concat(), 1);
            assert!(said.contains(flag) && said.contains("long.txt"), "{said}");
            expect(root, &[command, &["long.txt", flag, enough]].concat(), 0);
        }
    }
}

#[test]
fn a_source_that_takes_too_long_ends_the_command_without_a_trace() {
    let folder = office();
    let root = folder.path();
    // Nothing is ever written into standard input, so that reading it takes all the time there is.
    let mut child =
        super::support::command(root, &["summarize", "-", "-o", "x.json", "--limit-seconds", "1"])
            .stdin(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
    let pipe = child.stdin.take();
    let output = child.wait_with_output().unwrap();
    drop(pipe);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("--limit-seconds"), "{said}");
    assert!(!root.join("x.json").exists() && super::support::leftovers(root).is_empty());
}

#[test]
fn threads_and_limits_out_of_range_are_bad_usage() {
    let folder = office();
    for (flag, values) in [
        ("--threads", &["0", "257", "100000", "-1", "many"][..]),
        ("--limit-bytes", &["0", "1G", "x", ""]),
        ("--limit-words", &["0", "x"]),
        ("--limit-seconds", &["0", "1.5"]),
    ] {
        for value in values {
            expect(folder.path(), &["inspect", "panel.txt", &format!("{flag}={value}")], 2);
        }
    }
    for value in ["1", "256"] {
        expect(folder.path(), &["inspect", "panel.txt", "--threads", value], 0);
    }
}

#[cfg(unix)]
#[test]
fn pipes_sockets_and_devices_are_refused_wherever_a_file_is_named() {
    let folder = office();
    let root = folder.path();
    std::fs::create_dir(root.join("inbox")).unwrap();
    std::fs::write(root.join("inbox/panel.txt"), PANEL).unwrap();
    let pipe = root.join("inbox/pipe.txt");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let _socket = std::os::unix::net::UnixListener::bind(root.join("inbox/socket.txt")).unwrap();
    for special in ["inbox/pipe.txt", "inbox/socket.txt", "/dev/zero"] {
        for (arguments, code) in [
            (&["inspect", special][..], 1),
            (&["summarize", special], 1),
            (&["segment", special], 1),
            (&["compare", special, "-o", "t"], 1),
            (&["report", special, "-o", "r.html"], 1),
            (&["verify", special], 1),
            (&["evaluate", special, "--references", "references.jsonl"], 1),
            (&["evaluate", "brief.jsonl", "--references", special], 1),
            (&["summarize", "panel.txt", "--roster", special], 2),
            (&["summarize", "panel.txt", "--issues", special], 2),
            (&["verify", "brief.jsonl", "--source", special], 1),
            (&["run", "position-brief", special], 1),
        ] {
            let said = expect(root, arguments, code);
            assert!(said.contains("a pipe, a socket or a device"), "{arguments:?}: {said}");
        }
    }
    for arguments in
        [&["inspect", "inbox"][..], &["compare", "inbox", "-o", "t"], &["run", "position-brief", "inbox"]]
    {
        let said = expect(root, arguments, 1);
        assert!(said.contains("pipe.txt") && said.contains("socket.txt"), "{arguments:?}: {said}");
    }
}
