//! Strings of a JSON text with the keys that lead to them, found without a JSON parser: what is no
//! JSON any more is still scanned to its end.

use std::borrow::Cow;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::{Visit, count_words};
use crate::read::Document;
use crate::read::columns::{self, Column};
use crate::read::decode::{LineIndex, lines as text_lines};

/// A string, or a number or Boolean as written, where it stands, and the keys above it: `turns[].text`.
struct Value<'p> {
    path: &'p str,
    offset: usize,
    text: &'p str,
}

/// Visits the scalar values of a JSON text; whether the text has the brackets and strings of JSON.
fn values(json: &str, visit: &mut dyn FnMut(Value)) -> bool {
    let bytes = json.as_bytes();
    let mut path = Path::default();
    let (mut at, mut sound) = (0, true);
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' => {
                let (text, end) = string(json, at);
                sound &= end <= json.len();
                at = end;
                let next = json.get(at..).unwrap_or("").trim_start();
                if path.expects_key() && next.starts_with(':') {
                    path.key(&text);
                    at = json.len() - next.len() + 1;
                    continue;
                }
                visit(Value { path: &path.text, offset: at, text: &text });
                continue;
            }
            b'{' | b'[' => path.open(byte == b'['),
            b'}' | b']' => sound &= path.close(byte == b']'),
            b',' => path.next(),
            b' ' | b'\t' | b'\n' | b':' => {}
            _ => {
                let rest = json.get(at..).unwrap_or("");
                let is_end =
                    |byte: u8| matches!(byte, b',' | b'}' | b']' | b'{' | b'[' | b'"' | b' ' | b'\n');
                let length = rest.bytes().position(is_end).unwrap_or(rest.len());
                let scalar = rest.get(..length).unwrap_or("");
                let text = if scalar == "null" { "" } else { scalar };
                visit(Value { path: &path.text, offset: at, text });
                at += length.max(1);
                continue;
            }
        }
        at += 1;
    }
    sound && path.levels.is_empty()
}

/// The string whose quote stands at `at`, and where it ends: past the text where nothing closes it.
fn string(json: &str, at: usize) -> (Cow<'_, str>, usize) {
    let start = at + 1;
    let body = json.get(start..).unwrap_or("");
    let special = |from: usize| {
        let rest = body.as_bytes().get(from..)?;
        rest.iter().position(|&byte| matches!(byte, b'"' | b'\\')).map(|length| from + length)
    };
    let is_quote = |place: usize| body.as_bytes().get(place) == Some(&b'"');
    let mut text = String::new();
    let (mut from, mut high): (usize, Option<u32>) = (0, None);
    while let Some(place) = special(from) {
        let plain = body.get(from..place).unwrap_or("");
        if from == 0 && is_quote(place) {
            return (Cow::Borrowed(plain), start + place + 1);
        }
        if high.is_some() && (!plain.is_empty() || is_quote(place)) {
            text.push(char::REPLACEMENT_CHARACTER);
            high = None;
        }
        text.push_str(plain);
        if is_quote(place) {
            return (Cow::Owned(text), start + place + 1);
        }
        let mut escaped = body.get(place + 1..).unwrap_or("").chars();
        match escaped.next() {
            Some('u') => {
                let digits: String = escaped.by_ref().take(4).collect();
                let unit = u32::from_str_radix(&digits, 16).unwrap_or(0xFFFD);
                high = unescape(&mut text, high, unit);
            }
            Some('n' | 'r' | 't') => text.push(' '),
            Some(other) => text.push(other),
            None => {}
        }
        from = body.len() - escaped.as_str().len();
    }
    let rest = body.get(from..).unwrap_or("");
    if high.is_some() && !rest.is_empty() {
        text.push(char::REPLACEMENT_CHARACTER);
    }
    text.push_str(rest);
    (Cow::Owned(text), json.len() + 1)
}

/// Adds a UTF-16 unit; the first half of a pair is handed back and waits for the second.
fn unescape(text: &mut String, high: Option<u32>, unit: u32) -> Option<u32> {
    let low = (0xDC00..0xE000).contains(&unit);
    if let Some(high) = high {
        if low {
            let pair = 0x1_0000 + ((high - 0xD800) << 10) + (unit - 0xDC00);
            text.push(char::from_u32(pair).unwrap_or(char::REPLACEMENT_CHARACTER));
            return None;
        }
        text.push(char::REPLACEMENT_CHARACTER);
    }
    if (0xD800..0xDC00).contains(&unit) {
        return Some(unit);
    }
    text.push(char::from_u32(unit).unwrap_or('\u{FFFD}'));
    None
}

/// Where in the tree a scan is.
#[derive(Default)]
struct Path {
    text: String,
    /// Of each open bracket: the length of the path before it, and what it is.
    levels: Vec<Level>,
}

struct Level {
    above: usize,
    is_array: bool,
    /// Whether the next string of an object is a key.
    at_key: bool,
    item: usize,
}

impl Path {
    fn expects_key(&self) -> bool {
        self.levels.last().is_some_and(|level| !level.is_array && level.at_key)
    }

    fn open(&mut self, is_array: bool) {
        let above = self.text.len();
        if is_array {
            self.text.push_str("[]");
        }
        self.levels.push(Level { above, is_array, at_key: true, item: 0 });
    }

    fn close(&mut self, is_array: bool) -> bool {
        let Some(level) = self.levels.pop() else { return false };
        self.text.truncate(level.above);
        level.is_array == is_array
    }

    fn key(&mut self, key: &str) {
        let Some(level) = self.levels.last_mut() else { return };
        level.at_key = false;
        self.text.truncate(level.above);
        if level.above > 0 {
            self.text.push('.');
        }
        self.text.push_str(key);
    }

    fn next(&mut self) {
        let Some(level) = self.levels.last_mut() else { return };
        level.at_key = true;
        level.item += 1;
        self.text.truncate(level.above);
        if level.is_array {
            // What a recogniser heard otherwise is no second text.
            let is_other = self.text.ends_with("alternatives") || self.text.ends_with("nBest");
            self.text.push_str(if is_other { "[other]" } else { "[]" });
        }
    }
}

/// The column that a path leads to, if it is one of a turn's labels or texts.
fn column(path: &str) -> Option<Column> {
    let path = path.strip_prefix("[]").map_or(path, |rest| rest.trim_start_matches('.'));
    let path = path.strip_prefix("turns[]").map_or(path, |rest| rest.trim_start_matches('.'));
    columns::kind(path.split(['.', '[']).next().unwrap_or(""))
}

/// Visits the labels and texts of JSON lines, or of one JSON value over many lines. A line without any
/// counts as it stands.
pub(in crate::read) fn lines(document: &Document, visit: &mut Visit) {
    let text = document.text.as_str();
    let mut filled = text_lines(text).filter(|line| !line.is_blank());
    let is_many = filled.next().is_some_and(|line| !values(line.text, &mut |_| {}));
    if is_many && values(text, &mut |_| {}) {
        let index = LineIndex::new(text);
        values(text, &mut |value| {
            if column(value.path).is_some() {
                visit(index.line(value.offset), value.text);
            }
        });
        return;
    }
    for line in text_lines(text).filter(|line| !line.is_blank()) {
        line_of(line.text, &mut |said| visit(line.number, said));
    }
}

/// Visits the labels and texts of a line.
pub(in crate::read) fn line_of(line: &str, visit: &mut dyn FnMut(&str)) {
    // A line of a session has thousands of them: one text holds all.
    let (mut said, mut places): (String, Vec<Range<usize>>) = (String::new(), Vec::new());
    let mut has_text = false;
    let sound = values(line, &mut |value| {
        let column = column(value.path);
        has_text |= column == Some(Column::Text);
        if column.is_some() {
            let start = said.len();
            said.push_str(value.text);
            places.push(start..said.len());
        }
    });
    if sound && has_text {
        places.into_iter().for_each(|place| visit(said.get(place).unwrap_or("")));
    } else {
        visit(line);
    }
}

/// Visits the labels and texts of a QMSum meeting.
pub(in crate::read) fn meeting(document: &Document, visit: &mut Visit) {
    let index = LineIndex::new(&document.text);
    values(&document.text, &mut |value| {
        if let Some(key) = value.path.strip_prefix("meeting_transcripts[].")
            && columns::kind(key.split(['.', '[']).next().unwrap_or("")).is_some()
        {
            visit(index.line(value.offset), value.text);
        }
    });
}

/// Keys of the texts of recognisers, beside those of tables.
const SPOKEN: &[&str] =
    &["word", "punctuated_word", "punct", "value", "display", "sentence", "caption", "line"];

/// The end of the path of what each of several results says as a whole, and that of its words: the last result may
/// have the words of all again.
const WHOLE: &str = "results[].alternatives[].transcript";
const PARTS: &str = "results[].alternatives[].words[]";

/// The path of the text that a part of it belongs to: `messages[].text` of `messages[].text[]` and
/// `messages[].text[].text`.
fn whole_text(path: &str) -> &str {
    let whole = path.strip_suffix("[].text").or_else(|| path.strip_suffix("[]"));
    whole.filter(|whole| whole.ends_with(".text")).unwrap_or(path)
}

/// Visits what a recogniser heard. Its JSON says that several times, as a whole, by segment, by word:
/// where the words are most, they are all.
pub(in crate::read) fn recogniser(document: &Document, visit: &mut Visit) {
    let mut words: FxHashMap<String, u64> = FxHashMap::default();
    let mut order: Vec<String> = Vec::new();
    let is_spoken = |value: &Value| {
        let key = whole_text(value.path).rsplit('.').next().unwrap_or("");
        // In one dialect a word is a name.
        let is_said = SPOKEN.contains(&key)
            || columns::kind(key) == Some(Column::Text)
            || value.path.ends_with("words[].name");
        // Punctuation marks of their own belong to the word before; paragraphs of a text repeat labels.
        is_said
            && !value.path.contains("[other]")
            && !value.path.ends_with("paragraphs.transcript")
            && value.text.contains(char::is_alphanumeric)
    };
    values(&document.text, &mut |value| {
        if is_spoken(&value) {
            let n_words = count_words(value.text);
            let path = whole_text(value.path);
            match words.get_mut(path) {
                Some(all) => *all += n_words,
                None => {
                    order.push(path.to_owned());
                    words.insert(path.to_owned(), n_words);
                }
            }
        }
    });
    let wholes: Vec<String> =
        order.iter().filter_map(|path| Some(path.strip_suffix(WHOLE)?.to_owned() + PARTS)).collect();
    order.retain(|path| !wholes.iter().any(|parts| path.starts_with(parts.as_str())));
    let of = |path: &String| words.get(path).copied().unwrap_or(0);
    let Some(most) = order.iter().rev().max_by_key(|path| of(path)) else { return };
    let index = LineIndex::new(&document.text);
    values(&document.text, &mut |value| {
        if whole_text(value.path) == most && is_spoken(&value) {
            visit(index.line(value.offset), value.text);
        }
    });
}
