//! A roster as JSON.

use serde_json::value::RawValue;
use serde_json::{Map, Value, json};

use super::{Row, WrittenRow, broken, column, entry};
use crate::error::{Error, Result};

/// The rows of a document with the line each begins in.
pub(super) fn read(text: &str) -> Result<Vec<(u64, Row)>> {
    let raw: Vec<&RawValue> = if text.trim_start().starts_with('[') {
        serde_json::from_str(text).map_err(|error| unreadable(&error, 0))?
    } else {
        let object: std::collections::BTreeMap<String, &RawValue> =
            serde_json::from_str(text).map_err(|error| unreadable(&error, 0))?;
        let list = object.get("entries").ok_or_else(|| {
            broken("the object has no key \"entries\"")
                .remedy("write an array of entries, or {\"entries\": […]}")
        })?;
        serde_json::from_str(list.get()).map_err(|error| unreadable(&error, line_of(text, list.get())))?
    };
    raw.into_iter()
        .map(|item| {
            let line = line_of(text, item.get());
            Ok((line, read_entry(item.get()).map_err(|error| error.at_line(line))?))
        })
        .collect()
}

/// An array with an entry a line.
pub(super) fn write(rows: &[WrittenRow<'_>]) -> Result<String> {
    let lines: Vec<String> = rows
        .iter()
        .map(|row| {
            json!({
                "speaker": row.name, "aliases": row.aliases, "stakeholder": row.stakeholder,
                "group": row.group, "role": row.role, "because": row.because,
            })
            .to_string()
        })
        .collect();
    Ok(format!("[\n{}\n]\n", lines.join(",\n")))
}

fn read_entry(text: &str) -> Result<Row> {
    let object: Map<String, Value> = serde_json::from_str(text)
        .map_err(|_| broken("an entry is no object").remedy("write {\"speaker\": …}"))?;
    let mut texts = [""; 5];
    let mut aliases: Vec<&str> = Vec::new();
    for (key, value) in &object {
        match (column(key)?, value) {
            ("because", _) | (_, Value::Null) => {}
            ("aliases", Value::Array(list)) => {
                for alias in list {
                    aliases.push(alias.as_str().ok_or_else(|| broken("an alias is no text"))?);
                }
            }
            ("aliases", Value::String(list)) => aliases.extend(list.split(';')),
            (name, Value::String(text)) => {
                if let Some(slot) =
                    super::COLUMNS.iter().position(|c| *c == name).and_then(|at| texts.get_mut(at))
                {
                    *slot = text;
                }
            }
            (name, _) => return Err(broken(format!("{name:?} is no text"))),
        }
    }
    entry(texts[0], aliases, texts[2], texts[3], texts[4])
}

/// The line of `text` that `part`, a slice of it, begins in.
fn line_of(text: &str, part: &str) -> u64 {
    let offset = (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    text.bytes().take(offset).filter(|&b| b == b'\n').count() as u64 + 1
}

fn unreadable(error: &serde_json::Error, lines_before: u64) -> Error {
    let line = error.line() as u64 + lines_before.saturating_sub(1);
    broken(error.to_string()).at_line(line)
}
