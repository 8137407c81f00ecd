//! What the JSON formats share: strings with their place in the source, scalars of any kind.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::decode::LineIndex;
use super::time;
use crate::model::Time;

/// A value of which only its place and, where it is one, its string are of interest.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(transparent)]
pub(super) struct Raw<'a>(#[serde(borrow)] pub &'a RawValue);

impl Raw<'_> {
    /// The decoded string; a number or Boolean as it is written; empty for anything else.
    pub(super) fn string(self) -> String {
        let raw = self.0.get();
        match raw.as_bytes().first() {
            Some(b'"') => serde_json::from_str(raw).unwrap_or_default(),
            Some(b'{' | b'[') | None => String::new(),
            Some(b'n') => String::new(),
            Some(_) => raw.to_owned(),
        }
    }

    /// Seconds: a number, a number in a string, or `h:m:s`.
    pub(super) fn seconds(self) -> Option<f64> {
        time::seconds(&self.string()).filter(|s| s.is_finite())
    }

    /// The line that the value begins on; `text` is what was parsed.
    pub(super) fn line(self, text: &str, index: &LineIndex) -> usize {
        let offset = (self.0.get().as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
        index.line(offset.min(text.len()))
    }
}

/// The decoded string of an optional value, trimmed; empty where it is absent.
pub(super) fn string(value: Option<Raw>) -> String {
    value.map(|raw| raw.string().trim().to_owned()).unwrap_or_default()
}

/// A time from optional start and end values in seconds.
pub(super) fn time(start: Option<Raw>, end: Option<Raw>) -> Option<Time> {
    let start = start?.seconds()?;
    let end = end.and_then(Raw::seconds).unwrap_or(start);
    Some(Time { start, end: end.max(start) })
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
}
