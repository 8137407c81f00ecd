//! `report` as its users meet it: where the page goes, in which format, and what remains when it fails.

use predicates::str::contains;

use super::{folder, rapporteur, stdout};

#[test]
fn a_page_is_a_whole_file_in_the_format_of_its_extension() {
    let folder = folder();
    for (file, begins) in [("page.html", "<!doctype html>"), ("page.md", "# "), ("page", "<!doctype html>")] {
        assert_eq!(stdout(folder.path(), &["report", "panel.txt", "-o", file]), "");
        let page = std::fs::read_to_string(folder.path().join(file)).unwrap();
        assert!(page.starts_with(begins), "{file} begins with {:?}", page.get(..40));
        assert!(page.contains("Ana Reyes"), "{file} does not name a speaker");
    }
    let shown = stdout(folder.path(), &["report", "panel.txt", "-o", "-", "--format", "markdown"]);
    assert_eq!(shown, std::fs::read_to_string(folder.path().join("page.md")).unwrap());
}

#[test]
fn a_page_is_the_same_at_any_number_of_threads() {
    let folder = folder();
    let page =
        |threads: &str| stdout(folder.path(), &["report", "panel.txt", "-o", "-", "--threads", threads]);
    assert_eq!(page("1"), page("4"));
}

#[test]
fn a_session_that_fails_is_named_on_the_page_of_the_others() {
    let folder = folder();
    std::fs::write(folder.path().join("empty.txt"), "").unwrap();
    let arguments = ["report", "panel.txt", "empty.txt", "-o", "page.html"];
    rapporteur(folder.path()).args(arguments).assert().code(1).stderr(contains("empty.txt"));
    let page = std::fs::read_to_string(folder.path().join("page.html")).unwrap();
    assert!(page.contains("left out, as it failed: empty.txt"));
}

#[test]
fn nothing_is_written_where_nothing_can_be_read() {
    let folder = folder();
    for arguments in [
        &["report", "missing.txt", "-o", "page.html"][..],
        &["report", "panel.txt", "-o", "nowhere/page.html"],
        &["report", "panel.txt", "-o", "page.html", "--issues", "missing.json"],
    ] {
        rapporteur(folder.path()).args(arguments).assert().failure().stderr(contains("error:"));
        assert!(!folder.path().join("page.html").exists(), "{arguments:?}");
    }
}

#[test]
fn summaries_can_be_a_page_too() {
    let folder = folder();
    let page = stdout(folder.path(), &["summarize", "panel.txt", "--format", "html"]);
    assert!(page.starts_with("<!doctype html>") && page.contains("<blockquote"), "{page}");
}
