//! Text that runs from right to left, which pages show from left to right: back into the order in which it is read.
//!
//! A page places glyphs from left to right whatever the script. This undoes the visual order for the lines that records
//! have (one main direction, words and numbers of the other within), after the idea of the Unicode Bidirectional
//! Algorithm (UAX #9); nested directions are not known from a page.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// Pairs of marks that are mirrored in text from right to left.
const MIRRORED: &[(char, char)] = &[('(', ')'), ('[', ']'), ('{', '}'), ('<', '>'), ('«', '»'), ('‹', '›')];

/// Whether a character belongs to a script from right to left (Hebrew, Arabic and their presentation forms).
pub(super) fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}') && !c.is_numeric()
}

/// Whether a character is a form of an Arabic or Hebrew letter that only says how it joins its neighbours.
fn is_presentation_form(c: char) -> bool {
    matches!(c, '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}')
}

/// A line as a page shows it, in the order in which it is read.
pub(super) fn in_reading_order(line: &str) -> Cow<'_, str> {
    if line.is_ascii() || !line.contains(is_right_to_left) {
        return Cow::Borrowed(line);
    }
    let shown: Vec<char> = line.chars().collect();
    let n_right = shown.iter().filter(|&&c| is_right_to_left(c)).count();
    let n_left = shown.iter().filter(|&&c| c.is_alphabetic() && !is_right_to_left(c)).count();
    let read = if n_right >= n_left { from_right(&shown) } else { from_left(&shown) };
    let mut text = String::new();
    for c in read {
        if is_presentation_form(c) { text.extend(std::iter::once(c).nfkc()) } else { text.push(c) }
    }
    Cow::Owned(text)
}

/// A line from right to left: turned round, but for the words and numbers in it that run from left to right.
fn from_right(shown: &[char]) -> Vec<char> {
    let mut read = Vec::with_capacity(shown.len());
    let mut end = shown.len();
    while let Some(last) = end.checked_sub(1) {
        if let Some(c) = shown.get(last).filter(|&&c| !is_left_to_right(c)) {
            read.push(mirrored(*c));
            end = last;
            continue;
        }
        let start = start_of_left_run(shown, last);
        read.extend(shown.get(start..end).unwrap_or(&[]));
        end = start;
    }
    read
}

/// A line from left to right, with the stretches in it turned round that run from right to left.
fn from_left(shown: &[char]) -> Vec<char> {
    let mut read: Vec<char> = Vec::with_capacity(shown.len());
    let mut at = 0;
    while let Some(&c) = shown.get(at) {
        if !is_right_to_left(c) {
            read.push(c);
            at += 1;
            continue;
        }
        let stretch = shown.iter().skip(at).take_while(|&&c| !is_left_to_right(c)).count();
        let stretch = shown.get(at..at + stretch).unwrap_or(&[]);
        let length = stretch.iter().rposition(|&c| is_right_to_left(c)).map_or(1, |last| last + 1);
        read.extend(stretch.iter().take(length).rev().map(|&c| mirrored(c)));
        at += length;
    }
    read
}

/// Whether a character runs from left to right within text of the other direction.
fn is_left_to_right(c: char) -> bool {
    c.is_numeric() || c.is_alphabetic() && !is_right_to_left(c)
}

/// Where the stretch from left to right begins that ends at a place: marks and spaces between its words are in it.
fn start_of_left_run(shown: &[char], last: usize) -> usize {
    let mut start = last;
    for at in (0..last).rev() {
        match shown.get(at) {
            Some(&c) if is_left_to_right(c) => start = at,
            Some(&c) if is_right_to_left(c) => break,
            _ => {}
        }
    }
    start
}

fn mirrored(c: char) -> char {
    let pair = MIRRORED.iter().find(|&&(open, close)| c == open || c == close);
    pair.map_or(c, |&(open, close)| if c == open { close } else { open })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a page shows of text from right to left.
    fn turned(text: &str) -> String {
        text.chars().rev().collect()
    }

    #[test]
    fn lines_from_right_to_left_are_turned_round() {
        for (read, shown) in [
            ("نرفض الرسوم.", turned("نرفض الرسوم.")),
            ("أنا أوافق (نعم)", format!("({}) {}", turned("نعم"), turned("أنا أوافق"))),
            ("في 2024 رفضنا", format!("{} 2024 {}", turned("رفضنا"), turned("في"))),
            ("قال Bo Ek نعم", format!("{} Bo Ek {}", turned("نعم"), turned("قال"))),
            ("We heard نعم نعم today", format!("We heard {} today", turned("نعم نعم"))),
            ("No change.", "No change.".to_owned()),
        ] {
            assert_eq!(in_reading_order(&shown), read);
        }
    }

    #[test]
    fn forms_of_letters_are_letters() {
        // Initial, medial and final forms, as a page shows them.
        assert_eq!(in_reading_order("\u{FEE2}\u{FECC}\u{FEE7}"), "نعم");
    }
}
