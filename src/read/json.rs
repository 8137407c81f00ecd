//! What the JSON formats share: strings with their place in the source, scalars of any kind, fields
//! by any of their names, speech in whatever value it stands.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error as _, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::columns::{self, titles_of};
use super::decode::LineIndex;
use super::time;
use crate::model::{Time, WarningCode, count_words};

/// How deep speech may stand in lists and objects.
const MAX_DEPTH: usize = 16;

/// A value of which only its place and, where it is one, its string are of interest.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(transparent)]
pub(super) struct Raw<'a>(#[serde(borrow)] pub &'a RawValue);

impl<'a> Raw<'a> {
    /// The decoded string; a number or Boolean as it is written; empty for anything else. Half of a
    /// surrogate pair is replaced by U+FFFD.
    pub(super) fn string(self) -> String {
        let raw = self.0.get();
        match raw.as_bytes().first() {
            Some(b'"') => serde_json::from_str(raw).unwrap_or_else(|_| repaired(raw)),
            Some(b'{' | b'[') | None => String::new(),
            Some(b'n') => String::new(),
            Some(_) => raw.to_owned(),
        }
    }

    /// Whether it is null.
    pub(super) fn is_null(self) -> bool {
        self.0.get().starts_with('n')
    }

    /// Whether a string in it holds half of a surrogate pair.
    pub(super) fn is_broken(self) -> bool {
        let raw = self.0.get();
        raw.contains("\\u") && serde_json::from_str::<serde_json::Value>(raw).is_err()
    }

    fn first(self) -> Option<u8> {
        self.0.get().bytes().next()
    }

    /// Whether it is a string.
    pub(super) fn is_text(self) -> bool {
        self.first() == Some(b'"')
    }

    /// Whether it is an object.
    pub(super) fn is_object(self) -> bool {
        self.first() == Some(b'{')
    }

    /// The items of a list.
    pub(super) fn items(self) -> Option<Vec<Raw<'a>>> {
        if self.first() == Some(b'[') { serde_json::from_str(self.0.get()).ok() } else { None }
    }

    /// The first item of a list; the others are not parsed.
    pub(super) fn first_item(self) -> Option<Raw<'a>> {
        let rest = self.0.get().strip_prefix('[')?;
        serde_json::Deserializer::from_str(rest).into_iter::<Raw>().next()?.ok()
    }

    /// The members of an object.
    pub(super) fn fields(self) -> Option<Fields<'a>> {
        if self.first() == Some(b'{') { serde_json::from_str(self.0.get()).ok() } else { None }
    }

    /// What is said in a value: a scalar as [`Raw::string`] has it, the items of a list one after the
    /// other, the text of an object.
    pub(super) fn speech(self) -> String {
        self.below("text", MAX_DEPTH)
    }

    /// The label in a value: a scalar, or the name in an object.
    pub(super) fn label(self) -> String {
        self.below("speaker", MAX_DEPTH).trim().to_owned()
    }

    fn below(self, column: &str, depth: usize) -> String {
        if depth == 0 {
            return String::new();
        }
        if let Some(items) = self.items() {
            let parts = items.iter().map(|item| item.below(column, depth - 1));
            return parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        }
        match self.fields() {
            Some(fields) => fields.find(column).map_or_else(String::new, |raw| raw.below(column, depth - 1)),
            None => self.string(),
        }
    }

    /// Words of all scalars in a value.
    pub(super) fn words(self) -> u64 {
        let (mut open, mut words) = (vec![(self, MAX_DEPTH * 4)], 0);
        while let Some((raw, depth)) = open.pop() {
            let (items, fields) = (raw.items(), raw.fields());
            let Some(below) = depth.checked_sub(1).filter(|_| items.is_some() || fields.is_some()) else {
                words += if items.is_some() || fields.is_some() {
                    count_words(raw.0.get())
                } else {
                    count_words(&raw.string())
                };
                continue;
            };
            open.extend(items.into_iter().flatten().map(|item| (item, below)));
            open.extend(fields.into_iter().flat_map(|fields| fields.0).map(|(_, value)| (value, below)));
        }
        words
    }

    /// What kind of value stands where a string is expected.
    pub(super) fn unusual(self) -> Option<&'static str> {
        match self.first() {
            Some(b'[') => Some("a list"),
            Some(b'{') => Some("an object"),
            _ => None,
        }
    }

    /// Seconds: a number, a number in a string, `h:m:s`, `1.5s`, an object of seconds and nanoseconds, or a date with a
    /// time of day, of which the seconds since 1970 are given.
    pub(super) fn seconds(self) -> Option<f64> {
        if let Some(fields) = self.fields() {
            let part = |key| fields.get(key).and_then(Raw::seconds);
            let (seconds, nanos) = (part("seconds"), part("nanos"));
            return (seconds.is_some() || nanos.is_some())
                .then(|| seconds.unwrap_or(0.0) + nanos.unwrap_or(0.0) * 1e-9);
        }
        let text = self.string();
        let seconds = time::seconds(text.strip_suffix('s').unwrap_or(&text));
        seconds.or_else(|| time::since_1970(&text)).filter(|s| s.is_finite())
    }

    /// Whether it is a date with a time of day.
    pub(super) fn is_instant(self) -> bool {
        self.is_text() && time::instant(&self.string()).is_some()
    }

    /// The line that the value begins on; `text` is what was parsed.
    pub(super) fn line(self, text: &str, index: &LineIndex) -> usize {
        let offset = (self.0.get().as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
        index.line(offset.min(text.len()))
    }
}

/// The string of a JSON string with halves of surrogate pairs, each replaced by U+FFFD.
fn repaired(raw: &str) -> String {
    let mut json = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('\\') {
        json.push_str(rest.get(..at).unwrap_or(""));
        let escape = rest.get(at..).unwrap_or("");
        let unit = |from: usize| {
            let digits = escape.get(from..from + 6)?.strip_prefix("\\u")?;
            u16::from_str_radix(digits, 16).ok()
        };
        let (length, whole) = match (unit(0), unit(6)) {
            (Some(0xD800..0xDC00), Some(0xDC00..0xE000)) => (12, true),
            (Some(0xD800..0xE000), _) => (6, false),
            (Some(_), _) => (6, true),
            (None, _) => (escape.char_indices().nth(2).map_or(escape.len(), |(end, _)| end), true),
        };
        json.push_str(if whole { escape.get(..length).unwrap_or("") } else { "\u{FFFD}" });
        rest = escape.get(length..).unwrap_or("");
    }
    json.push_str(rest);
    // What is no JSON string even so is shown as it stands.
    serde_json::from_str(&json).unwrap_or_else(|_| raw.trim_matches('"').to_owned())
}

/// The fields of an object in source order.
#[derive(Debug, Default)]
pub(super) struct Fields<'a>(Vec<(Cow<'a, str>, Raw<'a>)>);

impl<'a> Fields<'a> {
    /// The value of a field; none where it is absent or null.
    pub(super) fn get(&self, key: &str) -> Option<Raw<'a>> {
        self.0.iter().find(|(name, _)| name == key).map(|&(_, raw)| raw).filter(|raw| !raw.is_null())
    }

    /// The fields with their keys.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, Raw<'a>)> {
        self.0.iter().map(|(key, raw)| (key.as_ref(), *raw))
    }

    /// Whether there is a field of this name, null or not.
    pub(super) fn has(&self, key: &str) -> bool {
        self.0.iter().any(|(name, _)| name == key)
    }

    /// The value under the clearest of the titles of a column.
    pub(super) fn find(&self, column: &str) -> Option<Raw<'a>> {
        // Nearly every file uses the first title.
        let clearest = titles_of(column).first().and_then(|title| self.get(title));
        clearest.or_else(|| {
            let found = self.0.iter().filter(|(_, raw)| !raw.is_null());
            let found = found.filter_map(|(key, raw)| Some((columns::rank(column, key)?, *raw)));
            found.min_by_key(|&(rank, _)| rank).map(|(_, raw)| raw)
        })
    }

    /// Whether there is a field for a column, null or not.
    pub(super) fn names(&self, column: &str) -> bool {
        self.0.iter().any(|(key, _)| columns::rank(column, key).is_some())
    }

    /// Words under all keys of labels and texts.
    pub(super) fn words(&self) -> u64 {
        self.said().map(Raw::words).sum()
    }

    /// The values under all keys of labels and texts.
    fn said(&self) -> impl Iterator<Item = Raw<'a>> {
        self.0.iter().filter(|(key, _)| columns::kind(key).is_some()).map(|&(_, raw)| raw)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Fields<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(FieldsVisitor(std::marker::PhantomData))
    }
}

#[derive(Deserialize)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

struct FieldsVisitor<'a>(std::marker::PhantomData<&'a ()>);

impl<'de: 'a, 'a> Visitor<'de> for FieldsVisitor<'a> {
    type Value = Fields<'a>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields<'a>, A::Error> {
        let mut fields: Vec<(Cow<str>, Raw)> = Vec::new();
        while let Some(Key(key)) = map.next_key()? {
            let value: Raw = map.next_value()?;
            let is_said = key == "turns" || columns::kind(&key).is_some();
            // Of two texts under one key, neither is known to be the one that was said.
            if is_said && fields.iter().any(|(known, _)| *known == key) {
                return Err(A::Error::custom(format!("duplicate field `{key}`")));
            }
            fields.push((key, value));
        }
        Ok(Fields(fields))
    }
}

/// The decoded string of an optional value, trimmed; empty where it is absent.
pub(super) fn string(value: Option<Raw>) -> String {
    value.map_or_else(String::new, |raw| raw.string().trim().to_owned())
}

/// A time from optional start and end values in seconds.
pub(super) fn time(start: Option<Raw>, end: Option<Raw>) -> Option<Time> {
    let start = start?.seconds()?;
    let end = end.and_then(Raw::seconds).unwrap_or(start);
    Some(Time { start, end: end.max(start) })
}

/// The label and the text of a turn, of whatever kind their values are.
#[derive(Debug, Default)]
pub(super) struct TurnFields {
    pub label: String,
    pub text: String,
    /// Words under the keys of labels and texts that are neither.
    pub beside: u64,
    /// Codes and messages of what is unusual about it.
    pub warnings: Vec<(WarningCode, String)>,
}

impl TurnFields {
    /// The label and the text of the fields of a turn.
    pub(super) fn of(fields: &Fields) -> Self {
        let (speaker, text) = (fields.find("speaker"), fields.find("text"));
        let (label, said) =
            (speaker.map_or_else(String::new, Raw::label), text.map_or_else(String::new, Raw::speech));
        let mut warnings = Vec::new();
        if let Some(kind) = text.and_then(Raw::unusual) {
            let what = if said.trim().is_empty() {
                format!(
                    "the text of a turn is {kind} in which no text is known; its words were given to nobody"
                )
            } else {
                format!("the text of a turn is {kind}; the texts in it were read one after the other")
            };
            warnings.push((WarningCode::TextKind, what));
        }
        if text.is_some_and(Raw::is_broken) || speaker.is_some_and(Raw::is_broken) {
            let what = "half of a surrogate pair (\\ud800 to \\udfff) stands for no character; U+FFFD was put in its place";
            warnings.push((WarningCode::LoneSurrogate, what.to_owned()));
        }
        let beside = words_beside(fields, [(speaker, &label), (text, &said)]);
        TurnFields { label, text: said, beside, warnings }
    }
}

/// Words under the keys of labels and texts that are not in what was taken from some of them. A scalar has been taken
/// whole.
fn words_beside(fields: &Fields, taken: [(Option<Raw>, &str); 2]) -> u64 {
    let is_whole = |raw: Raw| {
        let mut scalars = taken.iter().filter_map(|(taken, _)| taken.filter(|raw| raw.unusual().is_none()));
        scalars.any(|taken| std::ptr::eq(taken.0, raw.0))
    };
    let all: u64 = fields.said().filter(|&raw| !is_whole(raw)).map(Raw::words).sum();
    let parts = taken.iter().filter(|(raw, _)| raw.is_some_and(|raw| raw.unusual().is_some()));
    all.saturating_sub(parts.map(|(_, text)| count_words(text)).sum())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scalars_of_any_kind_are_strings_and_seconds() {
        let parse = |text| serde_json::from_str::<Raw>(text).map(Raw::string).unwrap();
        assert_eq!(
            ["\"a\\nb\"", "5", "null", "{\"a\": 1}", "true"].map(parse),
            ["a\nb", "5", "", "", "true"]
        );
        let seconds = |text| serde_json::from_str::<Raw>(text).unwrap().seconds();
        assert_eq!(
            ["1.5", "\"1.5\"", "\"00:01:00\"", "null", "1e400"].map(seconds),
            [Some(1.5), Some(1.5), Some(60.0), None, None]
        );
    }

    #[test]
    fn half_of_a_surrogate_pair_is_replaced_and_the_rest_is_kept() {
        for (text, expected) in [
            ("\"no \\ud83d way\"", "no \u{FFFD} way"),
            ("\"\\udc00\\ud800\"", "\u{FFFD}\u{FFFD}"),
            ("\"\\ud83d\\ude00 \\\\ud83d \\ud83d\"", "😀 \\ud83d \u{FFFD}"),
            ("\"\\ud83dé\\n\"", "\u{FFFD}é\n"),
        ] {
            let raw: Raw = serde_json::from_str(text).unwrap();
            assert_eq!((raw.string().as_str(), raw.is_broken()), (expected, true), "{text}");
        }
    }

    #[test]
    fn speech_is_found_in_lists_and_objects() {
        for (value, said, words) in [
            ("[\"We oppose\", \"the levy.\"]", "We oppose the levy.", 4),
            ("[{\"text\": \"We\"}, {\"content\": \"oppose.\", \"id\": \"7\"}]", "We oppose.", 3),
            ("{\"en\": \"We oppose.\"}", "", 2),
            ("42", "42", 1),
            ("[]", "", 0),
        ] {
            let raw: Raw = serde_json::from_str(value).unwrap();
            assert_eq!((raw.speech().as_str(), raw.words()), (said, words), "{value}");
        }
    }
}
