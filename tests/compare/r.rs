//! What R makes of the tables: the walk-through of `docs/compare.md` runs as it stands, and types and keys hold.

use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use super::python::blocks;
use super::{ISSUES, SESSIONS, compared, root};

/// The R of `docs/compare.md`: how a table is read, and the chart.
fn documented() -> String {
    let page = std::fs::read_to_string(root().join("docs/compare.md")).unwrap();
    let scripts = blocks(&page, "r");
    assert!(!scripts.is_empty(), "the page has no R");
    scripts.join("\n")
}

/// What a script prints in a folder that has the tables in `tables`; none where R or its package is not there, which
/// is an error where CI has installed them.
fn run(tables: &Path, script: &str) -> Option<String> {
    let probe = Command::new("Rscript").args(["-e", "library(jsonlite)"]).output();
    if !probe.is_ok_and(|output| output.status.success()) {
        assert!(std::env::var_os("TABLES_R").is_none(), "there is no Rscript with jsonlite here");
        eprintln!(
            "skipped: there is no Rscript with jsonlite here; apt-get install r-base-core r-cran-jsonlite"
        );
        return None;
    }
    let folder = tables.parent().unwrap();
    let name = folder.join("script.R");
    std::fs::write(&name, script).unwrap();
    let output = Command::new("Rscript").arg(&name).current_dir(folder).output().unwrap();
    assert!(output.status.success(), "{script}\n{}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).unwrap())
}

#[test]
fn the_walk_through_runs_in_r() {
    let (_folder, tables) = compared(&SESSIONS, &["--issues", ISSUES]);
    let at = TempDir::new().unwrap();
    let inside = at.path().join("tables");
    std::fs::create_dir(&inside).unwrap();
    for entry in std::fs::read_dir(&tables).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, inside.join(path.file_name().unwrap())).unwrap();
    }
    if run(&inside, &documented()).is_some() {
        assert!(at.path().join("stances.pdf").exists(), "the chart was not drawn");
    }
}

#[test]
fn types_and_keys_hold_in_r_whatever_the_values_look_like() {
    let folder = TempDir::new().unwrap();
    let turn = |speaker: &str, text: &str| serde_json::json!({"speaker": speaker, "text": text});
    let session = serde_json::json!({"id": "007", "date": "2024-07-02", "turns": [
        turn("NA", "We support the levy on ships."), turn("TRUE", "We oppose the levy on ships."),
        turn("1e5", "The levy is due in May."), turn("NULL", "I agree with NA.")]});
    let source = folder.path().join("007.jsonl");
    std::fs::write(&source, format!("{session}\n")).unwrap();
    let (_out, made) = compared(&[source.to_str().unwrap()], &[]);
    let tables = folder.path().join("tables");
    std::fs::rename(&made, &tables).unwrap();
    let reading = documented();
    let reading = reading.split("stances <- read_table").next().unwrap();
    let checks = "
all <- lapply(package$resources, function(resource) read_table(resource$name))
names(all) <- vapply(package$resources, function(resource) resource$name, \"\")
key_of <- function(rows, fields) do.call(paste, c(rows[unlist(fields)], sep = \"\\r\"))
for (resource in package$resources) {
  rows <- all[[resource$name]]
  for (field in resource$schema$fields) stopifnot(inherits(rows[[field$name]], classes[[field$type]]))
  primary <- resource$schema$primaryKey
  if (length(primary) > 0) stopifnot(!anyDuplicated(key_of(rows, primary)))
  for (foreign in resource$schema$foreignKeys) {
    known <- rows[stats::complete.cases(rows[unlist(foreign$fields)]), , drop = FALSE]
    there <- all[[foreign$reference$resource]]
    stopifnot(key_of(known, foreign$fields) %in% key_of(there, foreign$reference$fields))
  }
}
stopifnot(identical(all$speakers$speaker, c(\"NA\", \"TRUE\", \"1e5\", \"NULL\")))
stopifnot(identical(all$sessions$session, \"007\"))
stopifnot(nrow(merge(all$sentences, all$speakers, by = c(\"session\", \"speaker\"))) == 4)
cat(length(all), \"tables\")
";
    if let Some(said) = run(&tables, &format!("{reading}{checks}")) {
        assert!(said.contains("16 tables"), "{said}");
    }
}
