//! A report in Markdown, every byte compared.

use rapporteur::write::page;
use similar::TextDiff;

use crate::support::{fixtures, page_of, root, sessions};

/// The fixture with a roster and a list of issues, so that every section has something to show.
const FIXTURE: &str = "port-negotiation";

#[test]
fn a_report_in_markdown_reads_as_its_golden_file_says() {
    let (_, source) = fixtures().into_iter().find(|(name, _)| name == FIXTURE).expect("it is a fixture");
    let actual = page::markdown(&page_of(&source, &sessions(&source)));
    let file = root().join("tests/page/port-negotiation.report.md");
    if std::env::var("UPDATE_GOLDEN").is_ok_and(|value| value == "1") {
        std::fs::write(&file, &actual).expect("the golden file can be written");
    }
    let expected = std::fs::read_to_string(&file).expect("UPDATE_GOLDEN=1 writes the golden file");
    let diff = TextDiff::from_lines(&expected, &actual);
    let shown: String = diff.unified_diff().context_radius(2).to_string().chars().take(4000).collect();
    assert!(expected == actual, "{} differs:\n{shown}", file.display());
}
