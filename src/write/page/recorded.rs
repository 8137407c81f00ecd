//! What the record sets down of decisions and next steps, by the subject that it is on.

use crate::model::RecordedOutcome;
#[cfg(feature = "docx")]
use crate::write::document::{Block, Run};
use crate::write::phrases::{Phrases, fill};

use super::markdown::escape;
use super::view::View;
use crate::write::one_line;

/// Outcomes on one subject.
pub(super) struct RecordedItem {
    /// The subject; empty where none stands above.
    pub(super) title: String,
    pub(super) lines: Vec<RecordedLine>,
}

/// An outcome and its line in the source.
pub(super) struct RecordedLine {
    pub(super) words: String,
    pub(super) place: String,
}

/// The outcomes of a session, in the order of the record.
pub(super) fn items(phrases: &Phrases, view: &View<'_>) -> Vec<RecordedItem> {
    let line = |outcome: &RecordedOutcome| RecordedLine {
        words: one_line(outcome.shown()),
        place: fill(phrases.recorded_line, &[("n", &outcome.line.to_string())]),
    };
    let items = view.session.recorded.chunk_by(|a, b| a.item == b.item);
    let item = |outcomes: &[RecordedOutcome]| RecordedItem {
        title: outcomes.first().map_or_else(String::new, |outcome| one_line(&outcome.item)),
        lines: outcomes.iter().map(line).collect(),
    };
    items.map(item).collect()
}

/// The outcomes as a list of Markdown under a line that says where they are from.
pub(super) fn markdown(phrases: &Phrases, items: &[RecordedItem]) -> String {
    let mut out = String::new();
    if !items.is_empty() {
        out.push_str(&format!("\n{}:\n\n", phrases.recorded));
    }
    for item in items {
        let title = match item.title.is_empty() {
            true => String::new(),
            false => format!("**{}** ", escape(&item.title)),
        };
        let line = |line: &RecordedLine| format!("“{}” ({})", escape(&line.words), line.place);
        let lines: Vec<String> = item.lines.iter().map(line).collect();
        out.push_str(&format!("- {title}{}\n", lines.join(" ")));
    }
    out
}

/// The same as paragraphs of a document.
#[cfg(feature = "docx")]
pub(super) fn document(phrases: &Phrases, items: &[RecordedItem]) -> Vec<Block> {
    let mut blocks = Vec::new();
    if !items.is_empty() {
        blocks.push(Block::Paragraph(vec![Run::italic(format!("{}:", phrases.recorded))]));
    }
    for item in items {
        let mut runs = Vec::new();
        if !item.title.is_empty() {
            runs.push(Run::bold(format!("{} ", item.title)));
        }
        let lines = item.lines.iter().map(|line| format!("“{}” ({})", line.words, line.place));
        runs.push(Run::plain(lines.collect::<Vec<String>>().join(" ")));
        blocks.push(Block::Paragraph(runs));
    }
    blocks
}
