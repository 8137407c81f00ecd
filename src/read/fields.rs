//! Fields of a header above a transcript: `Host: Harbour Board`, `Dinner options:`. They have a colon as labels do, and
//! are no voices.

use rustc_hash::{FxHashMap, FxHashSet};

use super::label::NOT_LABELS;

/// A line that begins with a label.
#[derive(Debug, Clone, Copy)]
pub(super) struct Use<'a> {
    pub label: &'a str,
    pub line: usize,
    /// What follows on the line, or below it where nothing does.
    pub said: &'a str,
}

/// Fewest words of what a person says in front of all others, where fields of a header stand around it.
const MIN_SAID: usize = 8;

/// The labels that are fields of a header: they stand only above the first voice that comes back, where at least
/// two lines begin with words that are no speaker's (`Date:`, `Agenda:`; their lines are `keys`), and nothing that
/// follows one is a sentence.
pub(super) fn header_fields<'a>(uses: &[Use<'a>], keys: &[usize]) -> FxHashSet<&'a str> {
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    for used in uses {
        *counts.entry(used.label).or_default() += 1;
    }
    let returning = |used: &&Use| counts.get(used.label).is_some_and(|&n| n >= 3);
    let n_returning = counts.values().filter(|&&n| n >= 3).count();
    // The first voice of a conversation: another label stands near, which a list of days and hosts lacks.
    let Some(first) = uses.iter().find(returning).map(|used| used.line).filter(|_| n_returning >= 2) else {
        return FxHashSet::default();
    };
    if keys.iter().filter(|&&line| line < first).count() < 2 {
        return FxHashSet::default();
    }
    let is_sentence = |said: &str| {
        let said = said.trim();
        said.split_whitespace().count() >= MIN_SAID && said.ends_with(['.', '?', '!', '…', '”', '"', ':'])
    };
    let speaks: FxHashSet<&str> = uses
        .iter()
        .filter(|used| used.line >= first || is_sentence(used.said))
        .map(|used| used.label)
        .collect();
    uses.iter().map(|used| used.label).filter(|label| !speaks.contains(label)).collect()
}

/// The labels behind which nothing but an address ever stands: `Project Calendar: https://example.org/c`.
pub(super) fn of_links<'a>(uses: &[Use<'a>]) -> FxHashSet<&'a str> {
    let is_link = |said: &str| {
        let said = said.trim_start_matches(['*', '_', '<', '[', ' ']);
        said.starts_with("http") && said.split_whitespace().count() == 1
    };
    let (links, said): (Vec<&Use>, Vec<&Use>) = uses.iter().partition(|used| is_link(used.said));
    let speaks: FxHashSet<&str> = said.into_iter().map(|used| used.label).collect();
    links.into_iter().map(|used| used.label).filter(|label| !speaks.contains(label)).collect()
}

/// Whether a line begins with words before a colon that are no speaker's: `Date: …`, `- **Location**: …`.
pub(super) fn is_field(line: &str) -> bool {
    let bare = line.trim_start().trim_start_matches(['-', '*', '_', '+', ' ']);
    let near = bare.get(..bare.floor_char_boundary(60)).unwrap_or("");
    let Some((key, _)) = near.split_once(':') else { return false };
    let key = key.trim_end_matches(['*', '_', ' ']).to_lowercase();
    let first = key.split_whitespace().next().unwrap_or("");
    key.split_whitespace().count() <= 4 && NOT_LABELS.contains(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_links_are_no_voices() {
        let text = [
            ("Calendar", "** https://example.org/c"),
            ("Ann", "https://example.org/a"),
            ("Ann", "See there."),
        ];
        let uses = text.map(|(label, said)| Use { label, line: 1, said });
        assert_eq!(of_links(&uses).into_iter().collect::<Vec<_>>(), ["Calendar"]);
    }

    #[test]
    fn fields_of_a_header_are_told_from_voices() {
        let text = [
            ("Host", "Harbour Board"),
            ("Dinner Options", "some near the quay"),
            ("Chair", "Welcome to all of you, and let us begin with the ferry."),
            ("Ann", "One."),
            ("Bo", "Two."),
            ("Ann", "Three."),
            ("Bo", "Four."),
            ("Ann", "Five."),
            ("Bo", "Six."),
        ];
        let uses: Vec<Use> =
            text.iter().enumerate().map(|(at, &(label, said))| Use { label, line: at + 10, said }).collect();
        let mut fields: Vec<&str> = header_fields(&uses, &[1, 2]).into_iter().collect();
        fields.sort_unstable();
        assert_eq!(fields, ["Dinner Options", "Host"]);
        assert!(header_fields(&uses, &[1]).is_empty() && header_fields(&uses[..4], &[1, 2]).is_empty());
        for (line, expected) in
            [("- **Dates**: today", true), ("Date & time: 3 May", true), ("Ann: Date: x", false)]
        {
            assert_eq!(is_field(line), expected, "{line}");
        }
    }
}
