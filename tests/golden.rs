//! Golden outputs: every session of `fixtures/` through every view below, every byte compared.
//!
//! `UPDATE_GOLDEN=1 cargo test --test golden` writes the files of `tests/golden/` and removes those
//! that no longer belong to a case; read the diff of the working tree before you commit it. Without
//! the variable nothing is written, and a missing or superfluous file is a failure.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use similar::TextDiff;

/// One way to look at a session: the ending of its golden file and the command that makes it.
struct View {
    ending: &'static str,
    command: &'static str,
    flags: &'static [&'static str],
}

const VIEWS: &[View] = &[
    View { ending: "inspect.json", command: "inspect", flags: &["--format", "json"] },
    View { ending: "summary.txt", command: "summarize", flags: &["--format", "text"] },
    View { ending: "session.json", command: "summarize", flags: &["--by", "session", "--format", "json"] },
    View { ending: "summary.md", command: "summarize", flags: &["--format", "markdown"] },
    View { ending: "summary.csv", command: "summarize", flags: &["--format", "csv"] },
];

/// Files of a fixture that are not its transcript.
const COMPANIONS: &[&str] = &["SOURCE.md", "roster.csv", "issues.json"];

/// One session, by its folder and its only file that is not a companion.
struct Fixture {
    name: String,
    transcript: String,
}

#[test]
fn every_fixture_reads_as_its_golden_files_say() {
    let update = std::env::var("UPDATE_GOLDEN").is_ok_and(|value| value == "1");
    let fixtures = fixtures();
    assert!(!fixtures.is_empty() && !VIEWS.is_empty(), "there is nothing to compare");
    let folder = root().join("tests/golden");
    let mut expected_files = BTreeSet::new();
    let mut failures = Vec::new();
    for fixture in &fixtures {
        for view in VIEWS {
            let arguments = arguments(fixture, view);
            let name = format!("{}.{}", fixture.name, view.ending);
            let file = folder.join(&name);
            expected_files.insert(name);
            match output(&arguments).map(|text| laid_out(view, text)) {
                Err(trouble) => failures.push(trouble),
                Ok(actual) if update => write(&file, &actual),
                Ok(actual) => failures.extend(check(&file, &actual, &arguments)),
            }
        }
    }
    failures.extend(superfluous(&folder, &expected_files, update));
    assert!(failures.is_empty(), "{} golden cases fail\n\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn every_fixture_says_where_it_comes_from() {
    let fixtures = fixtures();
    assert!(fixtures.len() >= 7, "only {} fixtures were found", fixtures.len());
    for fixture in fixtures {
        let source = root().join("fixtures").join(&fixture.name).join("SOURCE.md");
        let text = fs::read_to_string(&source).unwrap_or_else(|e| panic!("{}: {e}", source.display()));
        assert!(text.contains("Licence: MIT OR"), "{} names no licence", source.display());
    }
}

/// What is wrong with a golden file, as a diff from it to what the program says now.
fn check(file: &Path, actual: &str, arguments: &[String]) -> Option<String> {
    let name = file.strip_prefix(root()).unwrap_or(file).display().to_string();
    let command = arguments.join(" ");
    let Ok(expected) = fs::read_to_string(file) else {
        return Some(format!("{name} is missing; UPDATE_GOLDEN=1 writes it from `rapporteur {command}`\n"));
    };
    if expected == actual {
        return None;
    }
    let diff = TextDiff::from_lines(expected.as_str(), actual);
    let shown = diff.unified_diff().context_radius(2).header(&name, "now").to_string();
    let lines: Vec<&str> = shown.lines().take(60).collect();
    let hidden = shown.lines().count() - lines.len();
    let rest = if hidden > 0 { format!("\n… {hidden} more lines") } else { String::new() };
    Some(format!("`rapporteur {command}` differs from {name}\n{}{rest}\n", lines.join("\n")))
}

/// Golden files that belong to no case; removed when updating.
fn superfluous(folder: &Path, expected: &BTreeSet<String>, update: bool) -> Vec<String> {
    let unknown = entries(folder).into_iter().filter(|path| !expected.contains(&file_name(path)));
    let mut failures = Vec::new();
    for path in unknown {
        if update {
            fs::remove_file(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        } else {
            failures.push(format!("{} belongs to no fixture and view\n", path.display()));
        }
    }
    failures
}

fn write(file: &Path, text: &str) {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    }
    fs::write(file, text).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
}

/// Standard output of the program, which must succeed and say something.
fn output(arguments: &[String]) -> Result<String, String> {
    let command = arguments.join(" ");
    let output = Command::new(env!("CARGO_BIN_EXE_rapporteur"))
        .args(arguments)
        .current_dir(root())
        .output()
        .map_err(|e| format!("`rapporteur {command}` does not start: {e}\n"))?;
    let errors = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        return Err(format!("`rapporteur {command}` fails with {}: {errors}\n", output.status));
    }
    let text = String::from_utf8(output.stdout)
        .map_err(|e| format!("`rapporteur {command}` is not UTF-8: {e}\n"))?;
    if text.trim().is_empty() {
        return Err(format!("`rapporteur {command}` says nothing: {errors}\n"));
    }
    Ok(text)
}

fn arguments(fixture: &Fixture, view: &View) -> Vec<String> {
    let start = [view.command, &fixture.transcript];
    start.iter().chain(view.flags).map(|&argument| argument.to_owned()).collect()
}

/// The sessions of `fixtures/` in the order of their names, with paths from the package's root.
fn fixtures() -> Vec<Fixture> {
    entries(&root().join("fixtures")).iter().filter(|path| path.is_dir()).map(|path| fixture(path)).collect()
}

fn fixture(folder: &Path) -> Fixture {
    let name = file_name(folder);
    let files: Vec<String> = entries(folder).iter().map(|path| file_name(path)).collect();
    let transcripts: Vec<&String> = files.iter().filter(|f| !COMPANIONS.contains(&f.as_str())).collect();
    let [transcript] = transcripts[..] else {
        panic!("{} wants one transcript, and has {transcripts:?}", folder.display())
    };
    Fixture { transcript: format!("fixtures/{name}/{transcript}"), name }
}

/// The output as its golden file holds it: JSON with a line a field, so that differences can be read.
fn laid_out(view: &View, text: String) -> String {
    if view.ending.ends_with(".json") { text.replace(",\"", ",\n\"") } else { text }
}

/// What a folder holds, by name; nothing where there is no such folder.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let Ok(listing) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = listing.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}
