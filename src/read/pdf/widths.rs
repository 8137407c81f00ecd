//! Widths of the fonts that every reader has, which documents need not describe (ISO 32000-1, 9.6.2.2), after Adobe's
//! metrics of the core fonts.

use unicode_normalization::UnicodeNormalization;

/// Widths of the characters from the space to the tilde, in thousandths of the size.
type Widths = [u16; 95];

#[rustfmt::skip]
const HELVETICA: Widths = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

#[rustfmt::skip]
const TIMES: Widths = [
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278,
    500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444,
    921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889, 722, 722,
    556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469, 500,
    333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500,
    500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
];

/// The width of every character of Courier.
const COURIER: u16 = 600;
/// The width of a character that the tables lack: that of most letters.
const USUAL: u16 = 500;

/// The width of a text in a font that the document names and does not describe, as a part of the font's size.
pub(super) fn of(font: &[u8], text: &str) -> f64 {
    let is_named = |part: &[u8]| font.windows(part.len()).any(|window| window == part);
    let has_serifs = is_named(b"Times") || is_named(b"Serif") && !is_named(b"Sans");
    let table = if has_serifs { &TIMES } else { &HELVETICA };
    let width = |c: char| if is_named(b"Courier") { COURIER } else { of_char(table, c) };
    // An accent takes no place of its own.
    text.nfd()
        .filter(|&c| !unicode_normalization::char::is_combining_mark(c))
        .map(width)
        .map(f64::from)
        .sum::<f64>()
        / 1000.0
}

fn of_char(table: &Widths, c: char) -> u16 {
    let plain = match c {
        '’' | '‘' | '‚' => ',',
        '“' | '”' | '„' => '"',
        '–' => '_',
        '—' | '…' => return 1000,
        c => c,
    };
    let place = u32::from(plain).checked_sub(0x20).and_then(|place| table.get(place as usize));
    place.copied().unwrap_or(USUAL)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fonts_that_are_not_described_have_their_widths() {
        for (font, text, width) in [
            ("Helvetica", "City", 1.722),
            ("Times-Roman", "City", 1.723),
            ("Courier", "City", 2.4),
            ("MicrosoftSansSerif", "City", 1.722),
            ("DejaVuSerif", "City", 1.723),
            ("Arial", "é", 0.556),
            ("Helvetica", "中", 0.5),
        ] {
            assert!(
                (of(font.as_bytes(), text) - width).abs() < 1e-9,
                "{font} {text}: {}",
                of(font.as_bytes(), text)
            );
        }
    }
}
