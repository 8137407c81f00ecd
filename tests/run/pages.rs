//! Pages as outputs of runs: of a session, and of several.

use std::fs;

use serde_json::json;

use super::support::{Folder, leftovers, panel};

/// The same session with a date.
fn dated(number: usize, date: &str) -> String {
    let said = [
        (
            "Ana Reyes",
            format!("We cannot accept the levy number {number}, because it falls on the lowest wages."),
        ),
        ("Bo Lindqvist", format!("The port authority supports the levy number {number}.")),
    ];
    let turns: Vec<_> =
        said.iter().map(|(speaker, text)| json!({"speaker": speaker, "text": text})).collect();
    let session =
        json!({"id": format!("s{number}"), "title": format!("Day {number}"), "date": date, "turns": turns});
    format!("{session}\n")
}

/// A folder with two sessions of a week and one of the next.
fn weeks() -> Folder {
    let folder = Folder::with_sessions(0);
    for (number, date) in ["2024-07-01", "2024-07-03", "2024-07-09"].iter().enumerate() {
        fs::write(folder.path(&format!("inbox/d{number}.jsonl")), dated(number, date)).unwrap();
    }
    folder
}

#[test]
fn the_page_of_a_session_is_that_of_report_with_the_definition_in_force() {
    let folder = Folder::with_sessions(2);
    folder.run(&["run", "session-pages"], 0);
    folder.run(&["report", "inbox/s001.txt", "-o", "alone.html"], 0);
    let page = folder.read("pages/undated/s001.html");
    assert!(page.contains("session-pages"), "the definition is not on the page");
    let transcript = |page: &str| {
        let (_, after) = page.split_once("id=\"transcript\"").expect("the page has no transcript");
        after.split("</section>").next().unwrap().to_owned()
    };
    assert_eq!(transcript(&page), transcript(&folder.read("alone.html")));
    let written = folder.modified("pages/undated/s001.html");
    folder.run(&["run", "session-pages"], 0);
    assert_eq!(folder.modified("pages/undated/s001.html"), written);
    fs::remove_file(folder.path("pages/undated/s000.html")).unwrap();
    assert!(folder.run(&["run", "session-pages"], 0).contains("1 done, 1 unchanged"));
    assert!(folder.path("pages/undated/s000.html").exists());
    assert_eq!(leftovers(&folder), Vec::<String>::new());
}

#[test]
fn a_page_in_markdown_is_by_its_extension() {
    let folder = Folder::with_sessions(1);
    let definition = json!({"schema": 1, "name": "md", "input": {"paths": ["inbox"]}, "archive": {"path": "o/a.sqlite"},
        "outputs": {"files": [{"path": "o/{id}.md", "content": "page"}, {"path": "o/all.md", "content": "page"}]}});
    fs::write(folder.path("md.json"), definition.to_string()).unwrap();
    folder.run(&["run", "md.json"], 0);
    let page = folder.read("o/s000.md");
    assert!(page.starts_with("# ") && page.contains("## Transcript"), "{page}");
    assert!(folder.read("o/all.md").contains("## Transcript"));
}

#[test]
fn the_page_of_a_week_has_its_sessions_and_is_made_again_for_new_ones_only() {
    let folder = weeks();
    folder.run(&["run", "weekly-report"], 0);
    let (first, second) = ("weekly/2024-W27.html", "weekly/2024-W28.html");
    let page = folder.read(first);
    assert!(page.contains("levy number 0") && page.contains("levy number 1"), "a session is not on its page");
    assert!(!page.contains("levy number 2"), "a session of another week is on the page");
    let (before, other) = (folder.modified(first), folder.modified(second));
    fs::write(folder.path("inbox/d3.jsonl"), dated(3, "2024-07-10")).unwrap();
    folder.run(&["run", "weekly-report"], 0);
    assert_eq!(folder.modified(first), before);
    assert_ne!(folder.modified(second), other);
    assert!(folder.read(second).contains("levy number 3"));
    let whole = folder.content("weekly");
    fs::remove_dir_all(folder.path("weekly")).unwrap();
    folder.run(&["run", "weekly-report"], 0);
    assert_eq!(folder.content("weekly"), whole);
    assert_eq!(leftovers(&folder), Vec::<String>::new());
}

#[test]
fn the_page_of_a_week_stays_when_its_inputs_leave_and_names_them_when_it_is_made_again() {
    let folder = weeks();
    folder.run(&["run", "weekly-report"], 0);
    let (first, second) = ("weekly/2024-W27.html", "weekly/2024-W28.html");
    let (before, of_second) = (folder.read(first), folder.read(second));
    fs::remove_file(folder.path("inbox/d0.jsonl")).unwrap();
    fs::remove_file(folder.path("inbox/d2.jsonl")).unwrap();
    folder.run(&["run", "weekly-report"], 0);
    assert_eq!((folder.read(first), folder.read(second)), (before, of_second.clone()));
    fs::write(folder.path("inbox/d4.jsonl"), dated(4, "2024-07-05")).unwrap();
    let said = folder.run(&["run", "weekly-report"], 0);
    assert!(said.contains("weekly/2024-W27.html: made without 1 input"), "{said}");
    let page = folder.read(first);
    assert!(
        page.contains("levy number 4") && page.contains("left out, as it is no longer there: inbox/d0.jsonl")
    );
    assert_eq!(folder.read(second), of_second);
}

#[test]
fn a_run_does_not_end_for_a_page_that_cannot_be_written() {
    let folder = Folder::with_sessions(2);
    fs::create_dir_all(folder.path("pages/undated/s000.html/taken")).unwrap();
    let said = folder.run(&["run", "session-pages"], 1);
    assert!(said.contains("1 done, 1 failed") && said.contains("inbox/s000.txt"), "{said}");
    assert!(folder.path("pages/undated/s001.html").exists());
    assert_eq!(panel(0), folder.read("inbox/s000.txt"));
}
