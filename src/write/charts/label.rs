//! Names in pictures: made safe for one line, shortened to the room there is.

use crate::write::phrases::Phrases;

use unicode_segmentation::UnicodeSegmentation;

/// The size of the letters, in pixels.
pub(super) const FONT_SIZE: u32 = 13;

/// The width of an average letter in pixels.
const LETTER: f64 = 7.2;

/// The name in one line, without marks that turn the direction of what follows; never empty.
pub(super) fn cleaned(phrases: &Phrases, name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let line: String = words.join(" ").chars().filter(|&c| !c.is_control() && !turns(c)).collect();
    if line.trim().is_empty() { phrases.no_name.to_owned() } else { line }
}

/// The name in at most `room` pixels, with an ellipsis where it is shortened.
pub(super) fn shortened(phrases: &Phrases, name: &str, room: f64) -> String {
    let name = cleaned(phrases, name);
    if width(&name) <= room {
        return name;
    }
    let (mut short, mut used) = (String::new(), LETTER);
    for cluster in name.graphemes(true) {
        used += width_of(cluster);
        if used > room {
            break;
        }
        short.push_str(cluster);
    }
    let mut short = short.trim_end().to_owned();
    short.push('…');
    // After letters that run to the left, the ellipsis stands at their left end.
    if name.chars().find(|c| c.is_alphabetic()).is_some_and(runs_left) {
        short.push('\u{200f}');
    }
    short
}

/// About how many pixels the longest of the first `n_names` takes, each shortened to `room`.
pub(super) fn longest(phrases: &Phrases, names: &[String], n_names: usize, room: f64) -> f64 {
    names.iter().take(n_names).map(|name| width(&shortened(phrases, name, room))).fold(0.0, f64::max)
}

/// About how many pixels the text takes.
pub(super) fn width(text: &str) -> f64 {
    text.graphemes(true).map(width_of).sum()
}

fn width_of(cluster: &str) -> f64 {
    match cluster.chars().next() {
        Some(c) if is_wide(c) => f64::from(FONT_SIZE),
        Some(c) if c.is_uppercase() || matches!(c, 'm' | 'w' | 'M' | 'W' | '@') => LETTER * 1.3,
        Some(c) if " .,:;'|!()[]iltjfrI".contains(c) => LETTER * 0.6,
        _ => LETTER,
    }
}

/// Ideographs, kana, Hangul and pictographs, which are as wide as they are high.
fn is_wide(c: char) -> bool {
    matches!(u32::from(c), 0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff
        | 0xfe30..=0xfe6f | 0xff00..=0xff60 | 0x1f300..=0x1faff | 0x20000..=0x3fffd)
}

/// Hebrew, Arabic and the scripts beside them.
fn runs_left(c: char) -> bool {
    matches!(u32::from(c), 0x590..=0x8ff | 0xfb1d..=0xfdff | 0xfe70..=0xfeff | 0x10800..=0x10fff
        | 0x1e800..=0x1eeff)
}

/// Marks that embed, override or isolate a direction, and those that nobody sees.
fn turns(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Language;

    fn english() -> &'static Phrases {
        crate::write::phrases::phrases(Language::ENGLISH)
    }

    #[test]
    fn a_name_that_fits_is_left_alone_and_another_is_cut_between_letters() {
        assert_eq!(shortened(english(), "Ana", 100.0), "Ana");
        let short = shortened(english(), "Ministry of the Interior and Regional Affairs", 120.0);
        assert!(short.starts_with("Ministry of the") && short.ends_with('…'), "{short}");
        assert!(width(&short) <= 120.0, "{short}");
        assert_eq!(shortened(english(), "é\u{301}é\u{301}é\u{301}é\u{301}", 22.0), "é\u{301}é\u{301}…");
    }

    #[test]
    fn ideographs_take_more_room_and_names_to_the_left_end_at_the_left() {
        assert_eq!(shortened(english(), "市民外卖配送协会", 60.0), "市民外卖…");
        assert!(shortened(english(), "جمعية الصيادين في الخليج الكبير", 80.0).ends_with("…\u{200f}"));
    }

    #[test]
    fn marks_of_direction_and_line_ends_are_left_out() {
        assert_eq!(cleaned(english(), " a\n\u{202e}b\u{2066}\u{0} "), "a b");
        assert_eq!(cleaned(english(), "\u{202e}"), "(no name)");
        assert_eq!(cleaned(english(), ""), "(no name)");
    }
}
