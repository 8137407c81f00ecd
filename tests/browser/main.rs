//! Pages in a real browser: every fixture's, one full of text that would like to run, the panel's and a
//! very long session's. `check.mjs` opens them in headless Chromium; this makes them and says what should
//! be found.
//!
//! `.ci/run` installs the browser and what `package.json` names, and says so in `BROWSER_TESTS`. Without them
//! the test says that it was skipped, and fails where `CI` is set. Screenshots and PDF files are left in `target/browser`.

mod sessions;

use std::path::{Path, PathBuf};
use std::process::Command;

use rayon::prelude::*;
use serde_json::{Value, json};

/// Files of a fixture that are not its transcript.
const ROSTER: &str = "roster.csv";
const ISSUES: &str = "issues.json";

/// Pages whose whole length is on the screenshots.
const LOOKED_AT: [&str; 4] = ["port-negotiation", "tahliya-baladiya", "waimai-qishou", "panel"];

const PANEL: &str = "../shared/data/seed/un-cybercrime-panel-2024-07-02.txt";

#[test]
fn pages_work_in_a_browser_and_nothing_in_them_runs() {
    if !can_browse() {
        return;
    }
    let folder = root().join("target/browser");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let fixtures = fixtures();
    let of_fixtures = || fixtures.par_iter().map(|fixture| of_fixture(&folder, fixture)).collect();
    let of_others = || {
        let of_long = || [vec![of_changes(&folder), of_long_session(&folder)], of_linked(&folder)].concat();
        let (injected, long) = rayon::join(|| sessions::injections(&folder, report), of_long);
        [of_panel(&folder), injected, long].concat()
    };
    let (mut pages, others): (Vec<Value>, Vec<Value>) = rayon::join(of_fixtures, of_others);
    pages.extend(others);
    std::fs::write(folder.join("manifest.json"), serde_json::to_string_pretty(&pages).unwrap()).unwrap();
    let output = Command::new("node")
        .arg(root().join("tests/browser/check.mjs"))
        .arg(&folder)
        .output()
        .expect("node can be started");
    println!("{}", String::from_utf8_lossy(&output.stdout));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Whether there is a browser and what drives it; that there is none is an error where CI installs it.
fn can_browse() -> bool {
    let node = Command::new("node").arg("--version").output().is_ok_and(|output| output.status.success());
    let modules = root().join("tests/browser/node_modules/playwright-core").is_dir();
    let browser = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
        .iter()
        .any(|path| Path::new(path).exists())
        || std::env::var_os("CHROMIUM").is_some();
    if node && modules && browser {
        return true;
    }
    let is_needed = ["BROWSER_TESTS", "CI"].iter().any(|name| std::env::var_os(name).is_some());
    assert!(!is_needed, "no browser: node {node}, modules {modules}, Chromium {browser}");
    eprintln!("skipped: node {node}, modules {modules}, Chromium {browser}; `.ci/run` installs them");
    false
}

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

fn rapporteur(arguments: &[&str]) {
    let output =
        Command::new(env!("CARGO_BIN_EXE_rapporteur")).args(arguments).current_dir(root()).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// Makes the page `NAME.html` of some inputs.
fn report(folder: &Path, name: &str, inputs: &[&str], flags: &[&str]) -> String {
    let page = format!("{name}.html");
    let path = folder.join(&page);
    rapporteur(&[&["report"], inputs, flags, &["-o", path.to_str().unwrap()]].concat());
    page
}

/// The folders of the fixtures.
fn fixtures() -> Vec<PathBuf> {
    let folders = std::fs::read_dir(root().join("fixtures")).unwrap().map(|entry| entry.unwrap().path());
    let mut folders: Vec<PathBuf> = folders.filter(|path| path.is_dir()).collect();
    folders.sort();
    assert!(folders.len() >= 10, "only {} fixtures were found", folders.len());
    folders
}

fn of_fixture(folder: &Path, fixture: &Path) -> Value {
    let name = fixture.file_name().unwrap().to_str().unwrap();
    let files: Vec<PathBuf> =
        std::fs::read_dir(fixture).unwrap().map(|entry| entry.unwrap().path()).collect();
    let named = |name: &str| files.iter().find(|file| file.file_name().unwrap() == name);
    let is_companion = |file: &PathBuf| {
        ["SOURCE.md", ROSTER, ISSUES].map(Path::new).contains(&Path::new(file.file_name().unwrap()))
    };
    let input = files.iter().find(|file| !is_companion(file)).unwrap().to_str().unwrap();
    let mut flags = Vec::new();
    for (flag, file) in [("--roster", named(ROSTER)), ("--issues", named(ISSUES))] {
        if let Some(file) = file {
            flags.extend([flag, file.to_str().unwrap()]);
        }
    }
    of_session(folder, name, input, &flags)
}

/// The page of a session and the tables that `compare` makes of it.
fn of_session(folder: &Path, name: &str, input: &str, flags: &[&str]) -> Value {
    let page = report(folder, name, &[input], flags);
    let tables = format!("{name}-tables");
    rapporteur(&[&["compare", input, "-o", folder.join(&tables).to_str().unwrap()], flags].concat());
    json!({"name": name, "kind": "session", "page": page, "tables": tables, "look": LOOKED_AT.contains(&name)})
}

/// The panel's page, used and measured.
fn of_panel(folder: &Path) -> Vec<Value> {
    let input = root().join(PANEL);
    if !input.exists() {
        assert!(std::env::var_os("CI").is_none(), "{} is missing", input.display());
        eprintln!("skipped: {} is not here", input.display());
        return vec![];
    }
    let used = of_session(folder, "panel", input.to_str().unwrap(), &[]);
    let measured =
        json!({"name": "panel, measured", "kind": "long", "page": used["page"], "atMost": 1_000_000});
    vec![used, measured]
}

/// What changed between two of the budget rounds.
fn of_changes(folder: &Path) -> Value {
    let (archive, definition) = (folder.join("rounds.sqlite"), folder.join("rounds.json"));
    let input = root().join("fixtures/budget-rounds/budget-rounds.jsonl");
    let issues =
        ["tram", "library", "property tax", "reserve"].map(|term| json!({"label": term, "terms": [term]}));
    let rounds = json!({"schema": 1, "name": "rounds", "input": {"paths": [input]}, "compare": {"issues": issues},
        "archive": {"path": archive}});
    std::fs::write(&definition, rounds.to_string()).unwrap();
    rapporteur(&["run", definition.to_str().unwrap()]);
    let (archive, page) = (archive.to_str().unwrap(), folder.join("changes.html"));
    rapporteur(&["diff", archive, "budget-round-1", "budget-round-3", "-o", page.to_str().unwrap()]);
    json!({"name": "changes", "kind": "changes", "page": "changes.html", "look": true})
}

/// A folder of linked pages: that on all sessions, and that of one of them.
fn of_linked(folder: &Path) -> Vec<Value> {
    let pages = folder.join("linked");
    rapporteur(&["report", "fixtures/budget-rounds", "--split", "-o", pages.to_str().unwrap()]);
    vec![
        json!({"name": "linked-all", "kind": "index", "page": "linked/index.html", "look": true}),
        json!({"name": "linked-one", "kind": "session", "page": "linked/1-budget-round-1.html"}),
    ]
}

fn of_long_session(folder: &Path) -> Value {
    let input = sessions::long(folder);
    let page = report(folder, "long", &[input.to_str().unwrap()], &[]);
    json!({"name": "100,000 words", "kind": "long", "page": page})
}
