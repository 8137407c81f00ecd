//! Sessions and places that are bad, each in its own way.

use std::fs;

use super::support::{Folder, panel};

/// A transcript beyond doubt, in which nobody says a word.
const BROKEN: &str = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>\n";

#[test]
fn an_input_that_is_not_there_fails_and_is_done_when_it_comes() {
    let folder = Folder::with_sessions(2);
    let inputs = ["run", "position-brief", "inbox/s000.txt", "inbox/late.txt", "inbox/s001.txt"];
    let said = folder.run(&inputs, 1);
    assert!(said.contains("error: inbox/late.txt: ") && said.contains("check the path"), "{said}");
    fs::write(folder.path("inbox/late.txt"), panel(5)).unwrap();
    assert!(folder.run(&inputs, 0).contains("3 inputs: 1 done, 2 unchanged"));
}

#[test]
fn what_failed_is_named_again_and_tried_again_when_asked_or_mended() {
    let folder = Folder::with_sessions(2);
    fs::write(folder.path("inbox/bad.txt"), BROKEN).unwrap();
    folder.run(&["run", "position-brief"], 1);
    let said = folder.run(&["run", "position-brief"], 1);
    assert!(said.contains("error: inbox/bad.txt: ") && said.contains("--retry-failed"), "{said}");
    let said = folder.run(&["run", "position-brief", "--retry-failed"], 1);
    assert!(!said.contains("--retry-failed"), "{said}");
    fs::write(folder.path("inbox/bad.txt"), panel(8)).unwrap();
    assert!(folder.run(&["run", "position-brief"], 0).contains("3 inputs: 1 done, 2 unchanged"));
}

#[test]
fn with_fail_fast_what_comes_before_the_failure_is_done_and_nothing_after() {
    let folder = Folder::with_sessions(9);
    fs::write(folder.path("inbox/s004.txt"), BROKEN).unwrap();
    let said = folder.run(&["run", "position-brief", "--fail-fast"], 1);
    assert!(said.contains("9 inputs: 4 done, 1 failed, 4 left to do"), "{said}");
    assert_eq!(folder.scalar("SELECT count(*) FROM sessions"), "4");
    assert_eq!(folder.content("out").len(), 8);
}

#[test]
fn no_session_writes_outside_the_output_folder_or_over_another() {
    let folder = Folder::with_sessions(0);
    let ids = ["../../outside", "/etc/rapporteur-test", "..", ".", "a/b", "a\\b", "CON", "x\u{0}y", "", " "];
    let line = |id: &str| {
        serde_json::json!({"id": id, "date": "../../..", "turns": [
            {"speaker": "Ana Reyes", "text": "We cannot accept the levy, because it falls on the lowest wages."},
            {"speaker": "Bo Lind", "text": "The port authority supports the levy in every terminal."}]})
        .to_string()
    };
    let text: Vec<String> = ids.iter().map(|id| line(id)).collect();
    fs::write(folder.path("inbox/names.jsonl"), text.join("\n")).unwrap();
    let said = folder.run(&["run", "position-brief"], 1);
    // "a/b" and "a\b" are one file name, and so are some of the others.
    assert!(said.contains("a_b.md") && said.contains("{number}"), "{said}");
    for path in folder.files(".") {
        assert!(path.starts_with("out/") || path.starts_with("inbox/"), "{path}");
        assert!(path.split('/').count() <= 3, "{path}");
    }
    let sessions: usize = folder.scalar("SELECT count(*) FROM sessions").parse().unwrap();
    assert_eq!(folder.content("out").len(), 2 * sessions);
}

#[cfg(unix)]
#[test]
fn a_link_in_the_output_folder_leads_nowhere_else() {
    let folder = Folder::with_sessions(1);
    fs::create_dir_all(folder.path("elsewhere")).unwrap();
    fs::create_dir_all(folder.path("out")).unwrap();
    std::os::unix::fs::symlink(folder.path("elsewhere"), folder.path("out/undated")).unwrap();
    let said = folder.run(&["run", "position-brief"], 1);
    assert!(said.contains("a link leads out of the output folder"), "{said}");
    assert_eq!(fs::read_dir(folder.path("elsewhere")).unwrap().count(), 0);
    fs::remove_file(folder.path("out/undated")).unwrap();
    folder.run(&["run", "position-brief"], 0);
}

#[test]
fn an_output_folder_that_cannot_be_fails_session_by_session() {
    let folder = Folder::with_sessions(2);
    fs::create_dir(folder.path("out")).unwrap();
    fs::write(folder.path("out/undated"), "a file").unwrap();
    let said = folder.run(&["run", "position-brief"], 1);
    assert!(said.contains("nothing of this session was written"), "{said}");
    assert_eq!(folder.read("out/undated"), "a file");
    fs::remove_file(folder.path("out/undated")).unwrap();
    assert!(folder.run(&["run", "position-brief"], 0).contains("2 inputs: 2 done"));
}

#[test]
fn what_is_no_archive_is_left_alone() {
    let folder = Folder::with_sessions(1);
    fs::create_dir(folder.path("out")).unwrap();
    let archive = folder.path("out/position-brief.sqlite");
    fs::write(&archive, "A text that somebody needs. ".repeat(100)).unwrap();
    let said = folder.run(&["run", "position-brief"], 2);
    assert!(said.contains("this file is no archive"), "{said}");
    assert!(folder.read("out/position-brief.sqlite").starts_with("A text that somebody needs."));
    fs::remove_file(&archive).unwrap();
    let other = rusqlite::Connection::open(&archive).unwrap();
    other.execute_batch("CREATE TABLE mine (a); INSERT INTO mine VALUES (1)").unwrap();
    drop(other);
    let said = folder.run(&["run", "position-brief"], 2);
    assert!(said.contains("an SQLite file, and not an archive of rapporteur"), "{said}");
    assert_eq!(folder.scalar("SELECT count(*) FROM sqlite_schema"), "1");
}

#[test]
fn an_archive_of_a_newer_version_and_a_damaged_one_are_named() {
    let folder = Folder::with_sessions(12);
    folder.run(&["run", "position-brief"], 0);
    let archive = folder.path("out/position-brief.sqlite");
    let good = fs::read(&archive).unwrap();
    rusqlite::Connection::open(&archive).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let said = folder.run(&["run", "position-brief"], 2);
    assert!(said.contains("version 99") && said.contains("newer rapporteur"), "{said}");
    let mut bad = good.clone();
    bad[4096..].chunks_mut(4096).for_each(|page| page[..64].fill(0xff));
    fs::write(&archive, bad).unwrap();
    let said = folder.run(&["run", "position-brief"], 1);
    assert!(said.contains("the archive is damaged") && said.contains("run the definition again"), "{said}");
    fs::remove_file(&archive).unwrap();
    folder.run(&["run", "position-brief"], 0);
}

#[test]
fn a_damaged_archive_is_mended_from_what_can_be_read_and_the_damaged_file_is_kept() {
    let folder = Folder::with_sessions(12);
    folder.run(&["run", "position-brief"], 0);
    let (files, rows) = (folder.content("."), folder.archived());
    // One of its inputs has left: only the archive knows it.
    fs::remove_file(folder.path("inbox/s003.txt")).unwrap();
    let archive = folder.path("out/position-brief.sqlite");
    let mut bad = fs::read(&archive).unwrap();
    let roots = rusqlite::Connection::open(&archive).unwrap();
    let root: usize = roots
        .query_row("SELECT rootpage FROM sqlite_schema WHERE name = 'stances_by_issue'", [], |row| row.get(0))
        .unwrap();
    drop(roots);
    bad[(root - 1) * 4096..root * 4096].fill(0);
    fs::write(&archive, &bad).unwrap();
    let said = folder.run(&["run", "position-brief"], 0);
    assert!(said.contains("warning: out/position-brief.sqlite: the archive was damaged"), "{said}");
    assert!(said.contains("of 12 sessions") && said.contains("11 done"), "{said}");
    let kept = folder.path("out/position-brief.sqlite.damaged-1");
    assert_eq!(fs::read(&kept).unwrap(), bad);
    fs::remove_file(kept).unwrap();
    assert_eq!(folder.archived(), rows);
    let mut files = files;
    files.remove("inbox/s003.txt");
    assert_eq!(folder.content("."), files);
}
