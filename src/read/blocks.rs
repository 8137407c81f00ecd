//! Documents with layout (HTML, DOCX) as plain lines: a paragraph per line, headings marked, names
//! in bold or in a table's first column followed by a colon.

use std::borrow::Cow;

use rustc_hash::{FxHashMap, FxHashSet};

use super::laid_out::{self, TextLines};
use super::{Document, alone, label, proceedings, styles, time};
use crate::error::Result;
use crate::model::{Session, count_words, label_text};

/// A paragraph, a heading or a table row.
#[derive(Debug, Clone, Default)]
pub(super) struct Block {
    /// What it says; line breaks are `\n`, other white space is single spaces.
    pub text: String,
    /// Level of a heading, 0 for anything else.
    pub heading: usize,
    /// Length of what stands in bold at the beginning, in bytes.
    pub bold: usize,
    /// The cells, where it is a row, and the number of its table.
    pub row: Option<(usize, Vec<String>)>,
    /// Line (or paragraph) of the source, from 1.
    pub line: usize,
    /// Identifier of its style, empty for the usual one.
    pub style: String,
    /// Whether it is the name of who says what follows.
    pub announces: bool,
}

/// Reads blocks in the format that fits their lines best.
pub(super) fn read(document: &Document, blocks: &[Block], title: &str) -> Result<Vec<Session>> {
    if blocks.iter().any(|block| block.announces) {
        return Ok(vec![styles::read(document, blocks, title)]);
    }
    laid_out::read(document, to_lines(blocks), title)
}

/// The lines of blocks.
pub(super) fn to_lines(blocks: &[Block]) -> TextLines {
    let names = names_in_bold(blocks);
    let headings: Vec<&str> =
        blocks.iter().filter(|block| block.heading > 0).map(|block| block.text.as_str()).collect();
    let announced = alone::among_headings(&headings);
    let dialogues = tables_of_speech(blocks);
    let mut lines = TextLines::default();
    let mut blocks = blocks.iter().peekable();
    while let Some(block) = blocks.next() {
        let text = match &block.row {
            Some((table, cells)) if dialogues.contains(table) => {
                let (time, cells) = split_time(cells);
                let (name, said) =
                    cells.split_first().map_or(("", &[][..]), |(name, rest)| (name.as_str(), rest));
                let time = time.map_or_else(String::new, |time| format!("[{time}] "));
                format!("{time}{}: {}", name.trim_end_matches(':'), said.join(" "))
            }
            Some((_, cells)) => format!("| {} |", cells.join(" | ").replace('\n', " ")),
            None if block.heading > 0 && announced.contains(block.text.as_str()) => {
                // The seat and the party may stand below the name.
                let is_beside = |below: &&Block| below.text.starts_with('(') && below.text.ends_with(')');
                let beside =
                    blocks.next_if(is_beside).map_or_else(String::new, |below| format!(" {}", below.text));
                format!("{}{beside}:", block.text.trim_end_matches(':')).replace('\n', " ")
            }
            None if block.heading > 0 => {
                format!("{} {}", "#".repeat(block.heading.min(6)), block.text.replace('\n', " "))
            }
            None => with_colon(block, &names),
        };
        lines.marks += marks_in(&text, block);
        text.split('\n').for_each(|line| lines.push(line, block.line));
        // Rows stand directly below each other, paragraphs apart.
        if block.row.as_ref().is_none_or(|(table, _)| dialogues.contains(table)) {
            lines.push("", block.line);
        }
    }
    lines
}

/// Words of a line that are no words of its block: `#`, bars between cells. A label has none.
fn marks_in(line: &str, block: &Block) -> u64 {
    if block.heading > 0 && !line.starts_with('#') {
        return 0;
    }
    count_words(line).saturating_sub(count_words(&block.text))
}

/// Adds a colon after a name in bold.
fn with_colon(block: &Block, names: &FxHashSet<Cow<str>>) -> String {
    let (bold, rest) = block.text.split_at_checked(block.bold).unwrap_or(("", &block.text));
    let has_end = || rest.trim_start().starts_with(':') || proceedings::split(&block.text).is_some();
    if names.contains(&label_text(bold)) && !has_end() {
        let space = if rest.starts_with('\n') || rest.is_empty() { "" } else { " " };
        return format!("{}:{space}{}", bold.trim(), rest.trim_start_matches(' '));
    }
    block.text.clone()
}

/// What stands in bold at the beginning of paragraphs like a speaker's name: it is used again, or
/// most paragraphs begin so.
fn names_in_bold(blocks: &[Block]) -> FxHashSet<Cow<'_, str>> {
    let paragraphs = || blocks.iter().filter(|b| b.heading == 0 && b.row.is_none());
    let candidates: Vec<Cow<str>> = paragraphs()
        .map(|block| label_text(block.text.get(..block.bold).unwrap_or("")))
        .filter(|text| !text.ends_with(':') && label::shape(text).is_some())
        .collect();
    let share = candidates.len() as f64 / paragraphs().count().max(1) as f64;
    if share < 0.2 {
        return FxHashSet::default();
    }
    let mut uses: FxHashMap<Cow<str>, usize> = FxHashMap::default();
    candidates.into_iter().for_each(|name| *uses.entry(name).or_default() += 1);
    uses.into_iter().filter(|&(_, n)| share >= 0.5 || n >= 2).map(|(name, _)| name).collect()
}

/// The time that the first cell of a row holds, and the cells behind it.
fn split_time(cells: &[String]) -> (Option<&str>, &[String]) {
    let time = cells.first().map(|cell| cell.trim_matches(['[', ']', '(', ')', ' ']));
    let is_time = |text: &&str| text.contains(':') && time::seconds(text).is_some();
    match time.filter(is_time) {
        Some(time) => (Some(time), cells.get(1..).unwrap_or(&[])),
        None => (None, cells),
    }
}

/// Tables whose first column, but for one of times, names speakers: names that come again, unlike in a roster.
fn tables_of_speech(blocks: &[Block]) -> FxHashSet<usize> {
    let mut tables: Vec<(usize, Vec<Cow<str>>, usize)> = Vec::new();
    for (table, cells) in blocks.iter().filter_map(|block| block.row.as_ref()) {
        if tables.last().is_none_or(|(last, ..)| last != table) {
            tables.push((*table, Vec::new(), 0));
        }
        if let Some((_, names, rows)) = tables.last_mut() {
            *rows += 1;
            let (_, cells) = split_time(cells);
            let name = label_text(cells.first().map_or("", |name| name.trim().trim_end_matches(':')));
            if cells.len() == 2 && label::shape(&name).is_some() {
                names.push(name);
            }
        }
    }
    let is_speech = |names: &[Cow<str>], rows: usize| {
        let distinct: FxHashSet<&str> = names.iter().map(AsRef::as_ref).collect();
        rows >= 3 && names.len() * 10 >= rows * 7 && distinct.len() * 10 <= names.len() * 8
    };
    tables.iter().filter(|(_, names, rows)| is_speech(names, *rows)).map(|(table, ..)| *table).collect()
}
