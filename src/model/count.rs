//! What counts as a word, for budgets, shares and the ledger: the same for every language, and to be
//! recounted by hand.

use super::span::Span;
use super::visible::is_invisible;

/// Number of words of a text: runs of characters that are not white space, of which at least one can be
/// seen (see [`is_invisible`]); in such a run each ideograph or kana is a word of its own (字数), and so is each stretch of letters or digits between
/// them. Marks belong to the word they stand beside.
pub fn count_words(text: &str) -> u64 {
    let bytes = text.as_bytes();
    if bytes.is_ascii() {
        return count_ascii(bytes);
    }
    // Without a byte that begins a character from U+3000 on, a run is a word.
    if bytes.iter().all(|&byte| byte < 0xE3) {
        return count_runs(text);
    }
    word_starts(text).count() as u64
}

/// Whether an ASCII character is white space, as [`char::is_whitespace`] says.
const fn is_ascii_space(byte: u8) -> bool {
    (byte.wrapping_sub(b'\t') < 5) | (byte == b' ')
}

/// A byte in each of the eight places of a number.
const fn in_all(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; 8])
}

/// The highest bit of each byte.
const HIGH: u64 = in_all(0x80);

/// The highest bit of each of eight bytes of ASCII that is white space. No byte reaches into the next: each is below 0x80.
const fn ascii_spaces(bytes: u64) -> u64 {
    let from_tab = bytes + in_all(0x80 - b'\t');
    let above_return = bytes + in_all(0x80 - (b'\r' + 1));
    let other_than_space = (bytes ^ in_all(b' ')) + in_all(0x7F);
    ((from_tab & !above_return) | !other_than_space) & HIGH
}

/// The runs between white space of a text in ASCII, all of which is visible: a run begins where white space ends. Eight
/// bytes are compared at once.
fn count_ascii(bytes: &[u8]) -> u64 {
    let (eights, rest) = bytes.as_chunks::<8>();
    let (mut n_runs, mut before) = (0u64, 0x80u64);
    for eight in eights {
        let spaces = ascii_spaces(u64::from_le_bytes(*eight));
        let begins = !spaces & (spaces << 8 | before) & HIGH;
        n_runs += u64::from(begins.count_ones());
        before = spaces >> 56;
    }
    let mut after_space = before != 0;
    for &byte in rest {
        let is_space = is_ascii_space(byte);
        n_runs += u64::from(after_space && !is_space);
        after_space = is_space;
    }
    n_runs
}

/// The runs between white space of which something is visible.
fn count_runs(text: &str) -> u64 {
    let (mut n_runs, mut is_counted) = (0, false);
    let mut rest = text;
    while let Some(&byte) = rest.as_bytes().first() {
        let (length, is_space, is_seen) = match byte {
            0..0x80 => (1, is_ascii_space(byte), true),
            _ => {
                let c = rest.chars().next().unwrap_or(' ');
                (c.len_utf8(), c.is_whitespace(), !is_invisible(c))
            }
        };
        if is_space {
            is_counted = false;
        } else if is_seen && !is_counted {
            n_runs += 1;
            is_counted = true;
        }
        rest = rest.get(length..).unwrap_or("");
    }
    n_runs
}

/// The words of a text as [`count_words`] counts them, in order: each from its first character to
/// the next word or white space.
pub fn word_spans(text: &str) -> Vec<Span> {
    if text.is_ascii() {
        return ascii_word_spans(text.as_bytes());
    }
    let starts: Vec<usize> = word_starts(text).collect();
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().zip(ends).map(|(&start, end)| Span::new(start, end).trimmed(text)).collect()
}

fn ascii_word_spans(text: &[u8]) -> Vec<Span> {
    let mut spans = Vec::with_capacity(text.len() / 5);
    let mut start = None;
    for (at, &byte) in text.iter().enumerate() {
        match (is_ascii_space(byte), start) {
            (false, None) => start = Some(at),
            (true, Some(from)) => {
                spans.push(Span::new(from, at));
                start = None;
            }
            _ => {}
        }
    }
    spans.extend(start.map(|from| Span::new(from, text.len())));
    spans
}

/// Whether a character is a word by itself: Chinese and Japanese are written without spaces.
pub fn is_ideograph(c: char) -> bool {
    matches!(c as u32,
        0x3005..=0x3007 | 0x3041..=0x30FA | 0x30FC..=0x30FF | 0x31F0..=0x31FF | 0x3400..=0x4DBF
        | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x1B000..=0x1B16F | 0x20000..=0x3134F)
}

/// What stands before a character.
#[derive(Clone, Copy)]
enum Before {
    Space,
    /// Marks only, from here on.
    Marks(usize),
    /// A stretch with letters or digits.
    Letters,
    /// An ideograph, or one and marks.
    Ideograph,
}

/// Where words begin.
fn word_starts(text: &str) -> impl Iterator<Item = usize> + '_ {
    let mut before = Before::Space;
    text.char_indices().chain([(text.len(), ' ')]).filter_map(move |(at, c)| {
        if is_invisible(c) {
            return None;
        }
        let (start, now) = if c.is_whitespace() {
            let marks = if let Before::Marks(start) = before { Some(start) } else { None };
            (marks, Before::Space)
        } else if is_ideograph(c) {
            (Some(if let Before::Marks(start) = before { start } else { at }), Before::Ideograph)
        } else if c.is_alphanumeric() {
            let start = match before {
                Before::Marks(start) => Some(start),
                Before::Letters => None,
                Before::Space | Before::Ideograph => Some(at),
            };
            (start, Before::Letters)
        } else if let Before::Space = before {
            (None, Before::Marks(at))
        } else {
            (None, before)
        };
        before = now;
        start
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = word_spans(text).into_iter().map(|span| span.of(text)).collect();
        assert_eq!(found, expected, "in {text:?}");
        assert_eq!(count_words(text), expected.len() as u64, "in {text:?}");
    }

    #[test]
    fn a_run_without_white_space_is_a_word() {
        check("We don't -- (yet) know…  1,000.5 €", &["We", "don't", "--", "(yet)", "know…", "1,000.5", "€"]);
        check("Всё хорошо, спасибо", &["Всё", "хорошо,", "спасибо"]);
        check("", &[]);
    }

    #[test]
    fn an_ideograph_is_a_word_and_marks_belong_to_their_neighbour() {
        check(
            "主席：“好的。”谢谢 AI技术 2030年",
            &["主", "席：“", "好", "的。”", "谢", "谢", "AI", "技", "术", "2030", "年"],
        );
        check("「你好」—— テスト", &["「你", "好」——", "テ", "ス", "ト"]);
    }

    proptest! {
        #[test]
        fn every_character_is_in_one_word_or_white(text in "[a你好，。「 \\n-]{0,30}") {
            let spans = word_spans(&text);
            let letters: usize = spans.iter().map(|s| s.of(&text).chars().filter(|c| !c.is_whitespace()).count()).sum();
            prop_assert_eq!(letters, text.chars().filter(|c| !c.is_whitespace()).count());
            prop_assert_eq!(count_words(&text), spans.len() as u64);
        }

        #[test]
        fn ascii_is_counted_as_any_other_text(text in "[ -~\\t\\n\\x0B\\x0C\\r\\x1C\\x7F]{0,40}") {
            let starts: Vec<usize> = word_starts(&text).collect();
            let spans = word_spans(&text);
            prop_assert_eq!(count_words(&text), starts.len() as u64);
            prop_assert_eq!(spans.iter().map(|span| span.start()).collect::<Vec<_>>(), starts);
            prop_assert!(spans.iter().all(|span| !span.of(&text).contains(char::is_whitespace)));
        }

        #[test]
        fn runs_are_counted_as_white_space_divides_them(
            text in "[a!\u{0}\u{1F}\u{B} \n\u{A0}\u{85}\u{AD}\u{200B}\u{2009}\u{1680}é’—]{0,30}", ascii in "[a!\u{0}\u{1C}\u{B}\r \t\n]{0,30}"
        ) {
            let is_visible = |run: &&str| run.chars().any(|c| !is_invisible(c));
            for text in [text, ascii] {
                prop_assert_eq!(count_words(&text), text.split_whitespace().filter(is_visible).count() as u64);
            }
        }

        #[test]
        fn without_ideographs_words_are_runs_between_white_space(text in "\\PC{0,40}") {
            if !text.chars().any(is_ideograph) {
                prop_assert_eq!(word_starts(&text).count(), text.split_whitespace().count());
            }
        }
    }
}
