//! A list of issues as JSON. Keys are read one by one, so that each complaint has its line.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::error::{Error, Result};
use crate::model::Issue;

use super::{EXAMPLE, KEYS, Listed, guess, malformed, unknown};

/// The issues of a JSON text that is an array, or an object with the one key `issues`.
pub(super) fn parse(text: &str) -> Result<Vec<Listed>> {
    let source = Source(text);
    let root: &RawValue = serde_json::from_str(text).map_err(|e| syntax(&e))?;
    let mut list = root;
    if root.get().starts_with('{') {
        let entries: Entries<'_> = serde_json::from_str(root.get()).map_err(|e| syntax(&e))?;
        for (key, value) in entries.0 {
            if key != "issues" {
                let reason = format!("it has an unknown key `{key}`{}", guess(&key, &["issues"]));
                return Err(malformed(reason).at_line(source.line(value)).remedy(EXAMPLE));
            }
            list = value;
        }
    }
    let Ok(items) = serde_json::from_str::<Vec<&RawValue>>(list.get()) else {
        return Err(malformed("`issues` is no list").at_line(source.line(list)).remedy(EXAMPLE));
    };
    items.into_iter().map(|item| issue(item, &source)).collect()
}

fn issue(item: &RawValue, source: &Source<'_>) -> Result<Listed> {
    let line = source.line(item);
    let Ok(entries) = serde_json::from_str::<Entries<'_>>(item.get()) else {
        return Err(malformed("an issue is no object").at_line(line).remedy(EXAMPLE));
    };
    let mut issue = Issue::default();
    let mut seen: Vec<String> = Vec::new();
    for (key, value) in entries.0 {
        let at = source.line(value);
        if !KEYS.contains(&key.as_str()) {
            return Err(unknown("key", &key, at));
        }
        if seen.contains(&key) {
            let reason = format!("the key `{key}` is given twice");
            return Err(malformed(reason).at_line(at).remedy("keep one of them"));
        }
        match key.as_str() {
            "terms" => issue.terms = terms(value).map_err(|e| e.at_line(at))?,
            "label" => issue.label = string(&key, value).map_err(|e| e.at_line(at))?,
            _ => issue.text = string(&key, value).map_err(|e| e.at_line(at))?,
        }
        seen.push(key);
    }
    Ok(Listed { line, issue })
}

fn string(key: &str, value: &RawValue) -> Result<String> {
    let remedy = format!("write \"{key}\": \"Port dues\"");
    serde_json::from_str(value.get()).map_err(|_| malformed(format!("`{key}` is no text")).remedy(remedy))
}

fn terms(value: &RawValue) -> Result<Vec<String>> {
    let refused =
        |_| malformed("`terms` is no list of texts").remedy("write \"terms\": [\"dues\", \"port fee\"]");
    serde_json::from_str(value.get()).map_err(refused)
}

fn syntax(error: &serde_json::Error) -> Error {
    malformed(error.to_string()).at_line(error.line() as u64).remedy(EXAMPLE)
}

/// The whole text, of which all values are slices.
struct Source<'a>(&'a str);

impl Source<'_> {
    /// The line on which a value begins, from 1.
    fn line(&self, value: &RawValue) -> u64 {
        let offset = (value.get().as_ptr() as usize).saturating_sub(self.0.as_ptr() as usize);
        1 + self.0.bytes().take(offset).filter(|&b| b == b'\n').count() as u64
    }
}

/// The entries of an object in their order, repeated keys included.
struct Entries<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Entries<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Entries<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(Object)
    }
}
