//! An inbox as it is: transcripts, and what people and this program put beside them.

use std::path::Path;

use tempfile::TempDir;

use super::support::{ISSUES, PANEL, ROSTER, content, expect, office};

/// Files that stand beside transcripts and are none.
fn others(office: &Path) -> Vec<(&'static str, Vec<u8>)> {
    let mut files: Vec<(&'static str, Vec<u8>)> = vec![
        ("roster.csv", ROSTER.into()),
        ("issues.json", ISSUES.into()),
        ("README.md", b"# Sessions\n\nKept by the secretariat.\n\n- Source: our own\n".to_vec()),
        ("notes.txt", b"Ask for the annex: it is missing. The rest is here.\n".to_vec()),
        ("photo.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0".to_vec()),
        ("empty.txt", Vec::new()),
    ];
    expect(office, &["compare", "panel.txt", "-o", "tables", "--excel", "--export", "talk-to-the-city"], 0);
    for arguments in [
        &["summarize", "panel.txt", "-o", "made/brief.csv"][..],
        &["summarize", "panel.txt", "-o", "made/brief.json"],
        &["summarize", "panel.txt", "-o", "made/brief.md"],
        &["summarize", "panel.txt", "-o", "made/brief.html"],
        &["report", "panel.txt", "-o", "made/report.html"],
        &["report", "panel.txt", "-o", "made/report.md"],
        &["inspect", "panel.txt", "-o", "made/found.json", "--write-roster", "made/people.csv"],
        &["segment", "panel.txt", "-o", "made/sentences.json"],
        &["search", "archive.sqlite", "shift", "-o", "made/found.csv"],
        &["diff", "archive.sqlite", "panel", "panel", "-o", "made/diff.md"],
    ] {
        let _ = std::fs::create_dir(office.join("made"));
        expect(office, arguments, 0);
    }
    let made =
        ["brief.csv", "brief.json", "brief.md", "brief.html", "report.html", "report.md", "found.json"];
    let made = made.iter().chain(&["people.csv", "sentences.json", "found.csv", "diff.md"]);
    files.extend(made.map(|name| (*name, std::fs::read(office.join("made").join(name)).unwrap())));
    for name in [
        "positions.csv",
        "sentences.csv",
        "speakers.csv",
        "stances.csv",
        "stakeholder_stance.csv",
        "references.csv",
        "datapackage.json",
        "metadata.json",
        "comparison.xlsx",
        "SHA256SUMS",
        "exports.md",
    ] {
        files.push((name, std::fs::read(office.join("tables").join(name)).unwrap()));
    }
    files
}

/// Commands that read a folder.
const COMMANDS: &[&[&str]] = &[
    &["inspect", "inbox"],
    &["summarize", "inbox"],
    &["ask", "inbox", "Who pays?"],
    &["compare", "inbox", "-o", "tables"],
    &["report", "inbox", "-o", "report.html"],
    &["run", "position-brief", "inbox"],
    &["run", "position-brief", "inbox/*"],
];

#[test]
fn every_command_leaves_out_of_a_folder_what_is_no_transcript_and_says_so() {
    let office = office();
    for (name, bytes) in others(office.path()) {
        for arguments in COMMANDS {
            let folder = TempDir::new().unwrap();
            let root = folder.path();
            std::fs::create_dir(root.join("inbox")).unwrap();
            std::fs::write(root.join("inbox/panel.txt"), PANEL).unwrap();
            std::fs::write(root.join("inbox").join(name), &bytes).unwrap();
            let said = expect(root, arguments, 0);
            assert!(said.contains(&format!("inbox/{name}: left out")), "{arguments:?} {name}: {said}");
            assert_eq!(std::fs::read(root.join("inbox").join(name)).unwrap(), bytes);
        }
    }
}

#[test]
fn an_output_of_ours_is_left_out_even_where_a_format_is_named() {
    let office = office();
    let root = office.path();
    std::fs::create_dir(root.join("inbox")).unwrap();
    std::fs::write(root.join("inbox/talk.csv"), "speaker,text\nAnn Lee,We agree.\nBo Ek,We do not.\n")
        .unwrap();
    expect(root, &["summarize", "panel.txt", "-o", "inbox/brief.csv"], 0);
    let said = expect(root, &["inspect", "inbox", "--input-format", "csv"], 0);
    assert!(said.contains("brief.csv: left out") && said.contains("Bo Ek"), "{said}");
}

#[cfg(unix)]
#[test]
fn links_that_leave_the_inbox_are_followed_only_where_that_is_asked_for() {
    use std::os::unix::fs::symlink;
    let folder = TempDir::new().unwrap();
    let root = folder.path();
    std::fs::create_dir(root.join("inbox")).unwrap();
    std::fs::create_dir(root.join("elsewhere")).unwrap();
    std::fs::write(root.join("inbox/panel.txt"), PANEL).unwrap();
    std::fs::write(root.join("elsewhere/secret.txt"), PANEL.replace("Ana Reyes", "Cato Duun")).unwrap();
    symlink("../elsewhere/secret.txt", root.join("inbox/out.txt")).unwrap();
    symlink("panel.txt", root.join("inbox/within.txt")).unwrap();
    for arguments in COMMANDS {
        let said = expect(root, arguments, 0);
        assert!(said.contains("inbox/out.txt: left out, as it is a link"), "{arguments:?}: {said}");
        assert!(!said.contains("Cato Duun"), "{arguments:?}: {said}");
    }
    assert!(expect(root, &["inspect", "inbox"], 0).contains("inbox/within.txt"));
    assert!(expect(root, &["inspect", "inbox", "--follow-links"], 0).contains("Cato Duun"));
    // A file that is named is read, whatever it is.
    assert!(expect(root, &["inspect", "inbox/out.txt"], 0).contains("Cato Duun"));
}

#[cfg(target_os = "linux")]
#[test]
fn files_whose_names_are_no_utf8_are_read_told_apart_and_verified() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let folder = TempDir::new().unwrap();
    let root = folder.path();
    std::fs::create_dir(root.join("inbox")).unwrap();
    let names: [&[u8]; 3] = [b"caf\xe9.txt", b"caf\xe8.txt", b"caf\\xE9.txt"];
    for (name, voice) in names.iter().zip(["Ana Reyes", "Eva Duun", "Ida Falk"]) {
        let path = root.join("inbox").join(OsStr::from_bytes(name));
        std::fs::write(path, PANEL.replace("Ana Reyes", voice)).unwrap();
    }
    let paths = ["inbox/caf\\x5CxE9.txt", "inbox/caf\\xE8.txt", "inbox/caf\\xE9.txt"];
    expect(root, &["summarize", "inbox", "--format", "json", "-o", "brief.jsonl"], 0);
    let text = std::fs::read_to_string(root.join("brief.jsonl")).unwrap();
    let found: Vec<String> = text
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .map(|report| report["session"]["source"]["path"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(found, paths);
    assert!(expect(root, &["verify", "brief.jsonl"], 0).contains("no mismatch"));
    for arguments in COMMANDS {
        expect(root, arguments, 0);
    }
    assert!(expect(root, &["run", "position-brief", "inbox"], 0).contains("3 unchanged"));
    let before = content(&root.join("inbox"));
    for name in names {
        let path = Path::new("inbox").join(OsStr::from_bytes(name));
        let mut command = super::support::command(root, &["inspect"]);
        assert!(command.arg(&path).output().unwrap().status.success(), "{path:?}");
        let mut command = super::support::command(root, &["summarize"]);
        let output = command.arg(&path).arg("-o").arg(&path).arg("--force").output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{path:?}");
    }
    assert!(content(&root.join("inbox")) == before);
}
