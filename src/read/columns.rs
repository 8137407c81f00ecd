//! The names that tables and JSON give to labels, texts and what stands beside them.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::language::{Line, SharedList};
use crate::model::label_text;

/// Titles of each column, in many languages.
static TITLES: LazyLock<FxHashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let sections = SharedList::Columns.read();
    let titles = |lines: &[Line<'static>]| lines.iter().flat_map(|line| line.words()).collect();
    sections.iter().map(|(column, lines)| (column, titles(lines))).collect()
});

static KINDS: LazyLock<FxHashMap<&'static str, Column>> = LazyLock::new(|| {
    let speakers = titles_of("speaker").iter().map(|&title| (title, Column::Speaker));
    speakers.chain(titles_of("text").iter().map(|&title| (title, Column::Text))).collect()
});

/// What a column holds whose words count as words of the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Speaker,
    Text,
}

/// The titles of a column in lower case with `_` for spaces, the clearest first.
pub(super) fn titles_of(column: &str) -> &'static [&'static str] {
    TITLES.get(column).map_or(&[], Vec::as_slice)
}

/// What a column of this title holds, where it is labels or texts.
pub(super) fn kind(title: &str) -> Option<Column> {
    KINDS.get(title).or_else(|| KINDS.get(normal(title).as_str())).copied()
}

/// A title as the lists have it.
pub(super) fn normal(title: &str) -> String {
    label_text(title).to_lowercase().replace([' ', '-', '.'], "_")
}
