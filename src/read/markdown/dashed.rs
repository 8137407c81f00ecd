//! Labels with a dash for a colon: `Ann - we raise the fares`. Takers of notes change from one to the other within
//! the same minutes.

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::decode::{Line, lines};
use super::super::label;

/// Fewest lines that begin so: a few may be rows of a list, or asides.
const MIN_USES: usize = 8;

/// Fewest voices, known from labels with a colon, that come back so.
const MIN_VOICES: usize = 3;

/// The label of a line and the byte offset of its speech.
pub(super) fn split(line: &str) -> Option<(&str, usize)> {
    let near = line.get(..line.floor_char_boundary(60))?;
    let (at, dash) =
        [" - ", " – ", " — ", " -"].iter().filter_map(|dash| Some((near.find(dash)?, dash))).min()?;
    let label = near.get(..at)?;
    let is_label = label.split_whitespace().count() <= 3 && label::shape(label).is_some();
    let says = line.get(at + dash.len()..)?.contains(char::is_alphanumeric);
    (is_label && says && label == label.trim()).then_some((label, at + dash.len()))
}

/// The labels with a dash, where `voices` that have a colon elsewhere come back so. One that is used once is taken
/// where others of its kind stand above and below it.
pub(super) fn find<'a>(
    text: &'a str,
    voices: &FxHashSet<&str>,
    code: &FxHashSet<usize>,
) -> FxHashSet<&'a str> {
    let filled = lines(text).filter(|line| !line.is_blank() && !code.contains(&line.number));
    let all: Vec<Option<&str>> =
        filled.map(|line: Line<'a>| split(line.text).map(|(label, _)| label)).collect();
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    all.iter().flatten().for_each(|label| *counts.entry(label).or_default() += 1);
    let returning = |label: &str| counts.get(label).is_some_and(|&n| n >= 2);
    let n_voices = counts.keys().filter(|label| voices.contains(*label) && returning(label)).count();
    if n_voices < MIN_VOICES || all.iter().flatten().count() < MIN_USES {
        return FxHashSet::default();
    }
    let around = all.windows(3).filter_map(|lines| match lines {
        [Some(_), Some(label), Some(_)] if label::is_handle(label) => Some(*label),
        _ => None,
    });
    let sure = all.iter().flatten().copied().filter(|label| voices.contains(label) || returning(label));
    around.chain(sure).collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::tests::{read_as, turns};
    use super::split;

    #[test]
    fn minutes_may_go_on_with_a_dash_for_the_colon() {
        let colons =
            "Ann: One.\n\nBo: Two.\n\nCy: Three.\n\nAnn: Four.\n\nBo: Five.\n\nCy: Six.\n\n## Later\n\n";
        let dashes = "Ann - one more\n\nBo - why\n\nDee - because\n\nCy -so that\n\nAnn – no\n\nBo - yes\n\nCy - no\n\nAnn - end\n";
        let session = read_as("markdown", &format!("# M\n\n{colons}{dashes}"));
        let found = turns(&session);
        assert_eq!(
            found[6..],
            [
                ("Ann", "one more"),
                ("Bo", "why"),
                ("Dee", "because"),
                ("Cy", "so that"),
                ("Ann", "no"),
                ("Bo", "yes"),
                ("Cy", "no"),
                ("Ann", "end"),
            ]
        );
    }

    #[test]
    fn dashes_in_speech_are_no_labels() {
        let text = "# M\n\nAnn: One.\n\nBo: Two.\n\nAnn: Three.\n\nBo - he is away - agrees.\n\nBo: Four.\n\nAnn: Five.\n";
        assert_eq!(turns(&read_as("markdown", text))[2], ("Ann", "Three.\n\nBo - he is away - agrees."));
        for line in ["we agree - all of us", "- Ann", "Ann -", "A well-known place"] {
            assert_eq!(split(line), None, "{line}");
        }
    }
}
