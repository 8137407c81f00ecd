//! Labels as the texts of cues begin with them.

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::label;

/// The names in brackets that cues begin with, where nearly every cue does and several come back: `(Ann Lee) text`.
pub(super) fn names_in_brackets<'a>(texts: &[&'a str]) -> FxHashSet<&'a str> {
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    let found = texts.iter().filter_map(|text| bracketed(text.trim_start_matches(['-', '–', ' '])));
    let is_name = |label: &str| label::shape(label).is_some();
    let names: Vec<&str> = found.map(|(label, _)| label).filter(|label| is_name(label)).collect();
    names.iter().for_each(|&name| *counts.entry(name).or_default() += 1);
    let n_returning = counts.values().filter(|&&n| n >= 2).count();
    // Sounds stand in brackets too, before fewer cues.
    if n_returning >= 2 && 4 * names.len() >= 3 * texts.len() {
        counts.into_keys().collect()
    } else {
        FxHashSet::default()
    }
}

/// `Name: text`, `>> NAME: text`, `- Name: text`, `[SPEAKER_00]: text`, `[SPEAKER_00] text`.
pub(super) fn strict_label(line: &str) -> Option<(&str, usize)> {
    let bare = line.trim_start_matches(['>', '-', ' ', '–']);
    let lead = line.len() - bare.len();
    if let Some(inner) = bare.strip_prefix('[')
        && let Some(close) = inner.find(']')
    {
        let label = inner.get(..close)?.trim();
        let rest = inner.get(close + 1..)?;
        let colon = usize::from(rest.starts_with(':'));
        let is_speaker = label.to_lowercase().starts_with("speaker") || colon == 1;
        let named = label::shape(label).filter(|_| is_speaker)?;
        return (named >= label::Shape::Weak).then_some((label, lead + 1 + close + 1 + colon));
    }
    label::split_label(bare).map(|(label, speech)| (label, lead + speech))
}

/// `(NAME) text`, `[Name] text`: a label only where the name is used with a colon too.
pub(super) fn bracketed(line: &str) -> Option<(&str, usize)> {
    let bare = line.trim_start_matches(['-', '–', ' ', '\t']);
    let close = bare.find([')', ']']).filter(|_| bare.starts_with(['(', '[']))?;
    Some((bare.get(1..close)?.trim(), line.len() - bare.len() + close + 1))
}

/// The dash that a line of dialogue begins with, and where its speech begins.
pub(super) fn dash(line: &str) -> Option<(&str, usize)> {
    let bare = line.trim_start();
    let mark = bare.chars().next().filter(|c| matches!(c, '-' | '–'))?.len_utf8();
    let lead = line.len() - bare.len();
    Some((bare.get(..mark)?, lead + mark))
}

/// Anything before a colon and a space, as meeting services write the names people chose.
pub(super) fn free_label(line: &str) -> Option<(&str, usize)> {
    let first = line.split('\n').next()?;
    let colon = first.find(": ").or_else(|| first.ends_with(':').then(|| first.len() - 1))?;
    let label = first.get(..colon)?.trim();
    let is_short = !label.is_empty() && label.chars().count() <= 80;
    (is_short && !label.starts_with("http")).then_some((label, colon + 1))
}
