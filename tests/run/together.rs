//! Several definitions in one run.

use serde_json::Value;

use super::support::{Folder, panel};

const COMPARISON: &str = "stakeholder-comparison";
const BRIEF: &str = "position-brief";

/// What the folders of both definitions hold, without what tells times.
fn made(folder: &Folder) -> Vec<(String, String)> {
    let files = ["comparison", "out"].into_iter().flat_map(|name| folder.files(name));
    let timeless = files.filter(|path| !path.contains("manifest") && !path.contains(".sqlite"));
    timeless.map(|path| (path.clone(), folder.read(&path))).collect()
}

#[test]
fn definitions_that_run_together_make_what_each_makes_alone() {
    let (alone, together) = (Folder::with_sessions(3), Folder::with_sessions(3));
    alone.run(&["run", COMPARISON], 0);
    alone.run(&["run", BRIEF, "inbox"], 0);
    let said = together.run(&["run", COMPARISON, "--with", BRIEF], 0);
    assert_eq!(said.matches("3 inputs: 3 done").count(), 2, "{said}");
    assert_eq!(made(&together), made(&alone));
    assert!(made(&together).len() > 5);
    let said = together.run(&["run", COMPARISON, "--with", BRIEF, "--dry-run"], 0);
    assert_eq!(said.matches("0 of 3 inputs would be done").count(), 2, "{said}");
}

#[test]
fn each_definition_does_what_is_new_to_it() {
    let folder = Folder::with_sessions(2);
    folder.run(&["run", COMPARISON], 0);
    std::fs::write(folder.path("inbox/s009.txt"), panel(9)).unwrap();
    let said = folder.run(&["run", COMPARISON, "--with", BRIEF], 0);
    assert!(said.contains("3 inputs: 1 done, 2 unchanged") && said.contains("3 inputs: 3 done"), "{said}");
    std::fs::write(folder.path("inbox/s008.txt"), b"\0\x01\x02 no transcript").unwrap();
    let said = folder.run(&["run", COMPARISON, "--with", BRIEF], 1);
    assert_eq!(said.matches("3 unchanged, 1 failed").count(), 2, "{said}");
    let manifest: Value =
        serde_json::from_str(&folder.read("comparison/stakeholder-comparison.manifest.json")).unwrap();
    assert_eq!(manifest["counts"]["failed"], 1);
}

#[test]
fn definitions_with_one_archive_do_not_run_together() {
    let folder = Folder::with_sessions(1);
    let said = folder.run(&["run", BRIEF, "inbox", "--with", BRIEF], 2);
    assert!(said.contains("two of the definitions name the archive"), "{said}");
    assert!(!folder.path("out").exists());
}
