//! The parts of a long text by which its format is told: its beginning, and stretches of its middle and its end, since
//! labels may begin below a long introduction and statistics stand at the end.

/// Longest text that is looked at as a whole, in bytes: a session of several hours.
const MAX_WHOLE: usize = 512 << 10;

/// Bytes of the beginning, and of each other stretch.
const BEGINNING: usize = 160 << 10;
const STRETCH: usize = 48 << 10;

/// How far the place where a paragraph begins or ends is looked for, in bytes.
const REACH: usize = 8 << 10;

/// The parts of a text that stand for it, as paragraphs of one text; nothing where it is not long.
pub(super) fn of(text: &str) -> Option<String> {
    if text.len() <= MAX_WHOLE {
        return None;
    }
    let middle = paragraph_after(text, text.len() / 2);
    let end = paragraph_after(text, text.len() - STRETCH);
    let ranges = [
        0..paragraph_after(text, BEGINNING),
        middle..paragraph_after(text, middle + STRETCH),
        end..text.len(),
    ];
    let parts: Vec<&str> = ranges.into_iter().filter_map(|range| text.get(range)).collect();
    Some(parts.join("\n\n"))
}

/// Where a paragraph begins behind byte `at`, else a line, else a character.
fn paragraph_after(text: &str, at: usize) -> usize {
    let start = text.floor_char_boundary(at);
    let near = text.get(start..text.floor_char_boundary(start + REACH)).unwrap_or("");
    let found = near.find("\n\n").map(|at| at + 2).or_else(|| near.find('\n').map(|at| at + 1));
    start + found.unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::super::detect;
    use super::*;

    #[test]
    fn a_short_text_is_looked_at_as_a_whole_and_a_long_one_in_paragraphs() {
        assert_eq!(of(&"a\n\n".repeat(MAX_WHOLE / 3)), None);
        for unit in ["Ann Lee: We raise the fares.\n\n", "é好\n", "é好"] {
            let text = unit.repeat(3 * MAX_WHOLE / unit.len());
            let parts = of(&text).unwrap();
            assert!((BEGINNING..=BEGINNING + 2 * STRETCH + 3 * REACH + 4).contains(&parts.len()));
            assert!(parts.replace('\n', "").len().is_multiple_of(unit.trim_end().len()), "{unit}");
        }
    }

    #[test]
    fn labels_below_a_long_introduction_and_in_one_place_tell_the_format() {
        let introduction = "The board met twice and published what follows.\n\n".repeat(MAX_WHOLE / 48);
        let turn = |label: &str| format!(">> {label}: We raise the fares.\n\n");
        let few: String = ["ANN", "BO", "ANN", "BO"].map(turn).concat();
        let long = few.repeat(MAX_WHOLE / few.len());
        let below = introduction.repeat(3);
        for text in [
            format!("{introduction}{long}"),
            format!("{introduction}{introduction}{few}"),
            format!("{introduction}{few}{below}"),
        ] {
            assert_eq!(detect(text.as_bytes(), "a.txt")[0].format.name, "captions");
        }
    }
}
