//! Labels in items of lists: `- Ann: we raise the fares`. Minutes that are lists all through have their turns there;
//! elsewhere such items are who does what.

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::decode::{Line, lines};
use super::super::label;
use super::{Kind, kind};

/// Fewest items that begin with a label.
const MIN_ITEMS: usize = 5;

/// The label of an item and the byte offset of its speech.
pub(super) fn split(line: &str) -> Option<(&str, usize)> {
    let item = line.trim_start();
    let digits = item.trim_start_matches(|c: char| c.is_ascii_digit());
    let marks: &[&str] = if digits.len() < item.len() { &[". ", ") "] } else { &["- ", "* ", "+ ", "• "] };
    let body = marks.iter().find_map(|mark| digits.strip_prefix(mark))?.trim_start();
    let bare = body.trim_start_matches(['*', '_']);
    let (label, speech) = label::split_label(bare)?;
    let rest = bare.get(speech..)?;
    let said = rest.trim_start_matches(['*', '_', ' ']);
    // What a link stands behind is a field: `**Recording**: https://…`.
    let is_said =
        said.contains(char::is_alphanumeric) && !said.trim_start_matches(['<', '[']).starts_with("http");
    let marks = rest.len() - rest.trim_start_matches(['*', '_']).len();
    is_said.then_some((label.trim_end_matches(['*', '_']), line.len() - rest.len() + marks))
}

/// The bytes of white space that a line begins with.
pub(super) fn indentation(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The labels of items, where they come back, most items have one and lines outside of lists have few.
pub(super) fn find<'a>(text: &'a str, code: &FxHashSet<usize>) -> FxHashSet<&'a str> {
    let all: Vec<Line> =
        lines(text).filter(|line| !line.is_blank() && !code.contains(&line.number)).collect();
    let labels: Vec<&str> = all.iter().filter_map(|line| split(line.text)).map(|(label, _)| label).collect();
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    labels.iter().for_each(|label| *counts.entry(label).or_default() += 1);
    let n_returning = counts.values().filter(|&&n| n >= 2).count();
    if n_returning < 2 || labels.len() < MIN_ITEMS {
        return FxHashSet::default();
    }
    let n_outside = all.iter().filter(|line| matches!(kind(line), Kind::Labelled(..))).count();
    // Items within an item go on with it.
    let n_items =
        all.iter().filter(|line| matches!(kind(line), Kind::Item) && indentation(line.text) == 0).count();
    if labels.len() < 2 * n_outside || 2 * labels.len() < n_items {
        return FxHashSet::default();
    }
    label::accepted(&labels, &FxHashSet::default(), labels.len() as f64 / n_items.max(1) as f64)
}

/// The lines of lists that a speaker gives: they stand in a turn of one of `voices`, and text without a label goes on
/// with it behind them. Items with labels are votes or tasks.
pub(super) fn within_turns(
    text: &str,
    voices: &FxHashSet<&str>,
    code: &FxHashSet<usize>,
) -> FxHashSet<usize> {
    let mut found = FxHashSet::default();
    let mut list: Vec<usize> = Vec::new();
    let (mut is_open, mut is_apart, mut in_item) = (false, false, false);
    for line in lines(text).filter(|line| !code.contains(&line.number)) {
        let goes_on = std::mem::take(&mut in_item);
        match kind(&line) {
            Kind::Blank => {}
            Kind::Item => {
                is_apart |= split(line.text).is_some();
                in_item = true;
                list.push(line.number);
            }
            Kind::Text if goes_on => in_item = true,
            Kind::Text => {
                let listed = list.drain(..);
                found.extend(listed.filter(|_| is_open && !is_apart));
                is_apart = false;
            }
            other => {
                is_open = match other {
                    Kind::Labelled(label, _) => is_open || voices.contains(label),
                    Kind::Heading(..) => false,
                    _ => is_open,
                };
                is_apart = false;
                list.clear();
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::super::tests::{read_as, turns};
    use super::super::super::{Found, detect, read_found};
    use super::split;

    const NOTES: &str = "# Notes\n\n## Fares\n\n- Ann: We begin. Bo: yes.\n- Bo: I think so\n  - for two reasons\n- Cy: I doubt it\n\
        - Silence.\n  - Long.\n- Ann: good\n\n## Quays\n\n* Bo: Then let us move\n1. Cy: fine\n";

    #[test]
    fn items_are_turns_in_minutes_that_are_lists_all_through() {
        let session = read_as("markdown", NOTES);
        assert_eq!(
            turns(&session),
            [
                ("Ann", "We begin."),
                ("Bo", "yes."),
                ("Bo", "I think so\n  - for two reasons"),
                ("Cy", "I doubt it"),
                ("Ann", "good"),
                ("Bo", "Then let us move"),
                ("Cy", "fine"),
            ]
        );
        assert_eq!((session.headings[1].title.as_str(), session.headings[1].turn), ("Quays", 5));
        let guesses = detect(NOTES.as_bytes(), "notes.txt");
        assert_eq!(guesses.first().map(|guess| guess.format.name), Some("markdown"));
        // A list of changes looks alike: only a file that is named is read so.
        assert!(matches!(read_found(NOTES.as_bytes(), "notes.md"), Ok(Found::Other(_))));
    }

    #[test]
    fn a_list_between_paragraphs_of_a_turn_is_part_of_it() {
        let text = |below: &str| {
            format!(
                "# M\n\nAnn: Two things.\n\n- boats\n  and crews\n- quays\n\n{below}\n\nBo: Yes.\n\nAnn: Good.\n\nBo: Then.\n"
            )
        };
        let said = |text: &str| turns(&read_as("markdown", text))[0].1.to_owned();
        assert_eq!(
            said(&text("We need both.")),
            "Two things.\n\n- boats\n  and crews\n- quays\n\nWe need both."
        );
        assert_eq!(said(&text("## Vote")), "Two things.");
        assert_eq!(said(&text("We vote.").replace("- boats", "- Cy Fox: yes")), "Two things.\n\nWe vote.");
    }

    #[test]
    fn items_beside_labelled_paragraphs_are_no_turns() {
        let text = "# M\n\nAnn: One.\n\nBo: Two.\n\nAnn: Three.\n\nBo: Four.\n\n## Actions\n\n- Ann: write\n- Bo: read\n- Ann: send\n- Bo: file\n- Ann: end\n";
        assert_eq!(turns(&read_as("markdown", text)).len(), 4);
        for line in ["Ann: x", "- Note: x", "- Ann:", "-Ann: x", "- we agree: yes"] {
            assert_eq!(split(line), None, "{line}");
        }
        assert_eq!(split("  2) Ann: x"), Some(("Ann", 9)));
    }
}
