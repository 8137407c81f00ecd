//! The names that tables and JSON give to labels, texts and what stands beside them.

use std::borrow::Cow;
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

/// The place of each title among those of its column: the clearest is the first.
static RANKS: LazyLock<FxHashMap<&'static str, FxHashMap<&'static str, usize>>> = LazyLock::new(|| {
    let ranks =
        |titles: &[&'static str]| titles.iter().enumerate().rev().map(|(at, &title)| (title, at)).collect();
    TITLES.iter().map(|(&column, titles)| (column, ranks(titles))).collect()
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

/// How clear a title of a column is, 0 for the clearest; nothing where it is none of that column.
pub(super) fn rank(column: &str, title: &str) -> Option<usize> {
    let ranks = RANKS.get(column)?;
    let (written, known) = (ranks.get(title), ranks.get(normal(title).as_ref()));
    written.into_iter().chain(known).min().copied()
}

/// What a column of this title holds, where it is labels or texts.
pub(super) fn kind(title: &str) -> Option<Column> {
    KINDS.get(title).or_else(|| KINDS.get(normal(title).as_ref())).copied()
}

/// A title as the lists have it.
pub(super) fn normal(title: &str) -> Cow<'_, str> {
    // Nearly all keys of JSON are written so, and each is looked up.
    let is_normal = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    if title.bytes().all(is_normal) {
        return Cow::Borrowed(title);
    }
    Cow::Owned(label_text(title).to_lowercase().replace([' ', '-', '.'], "_"))
}
