//! Paragraphs and rows of word processors' documents as blocks.

use super::blocks::Block;
use super::spaces::collapse;

/// A paragraph being put together.
#[derive(Default)]
pub(super) struct Paragraph {
    pub text: String,
    /// Length of what stands in bold at the beginning, in bytes.
    pub bold: usize,
    pub heading: usize,
    pub number: usize,
    pub style: String,
}

/// The block of a paragraph; none where it says nothing.
pub(super) fn block(paragraph: Paragraph) -> Option<Block> {
    let lines: Vec<String> = paragraph.text.split('\n').map(collapse).collect();
    let text = lines.join("\n").trim().to_owned();
    let bold = collapse(paragraph.text.get(..paragraph.bold)?);
    let bold = if text.starts_with(&bold) { bold.len() } else { 0 };
    (!text.is_empty()).then_some(Block {
        text,
        heading: paragraph.heading,
        bold,
        row: None,
        line: paragraph.number,
        style: paragraph.style,
        announces: false,
    })
}

/// The block of a row of table number `table`; none where its cells are empty.
pub(super) fn row(table: usize, cells: Vec<String>, above: Option<&Block>) -> Option<Block> {
    let line = above.map_or(1, |block| block.line + 1);
    let is_filled = cells.iter().any(|cell| !cell.is_empty());
    is_filled.then(|| Block { text: cells.join(" "), row: Some((table, cells)), line, ..Block::default() })
}
