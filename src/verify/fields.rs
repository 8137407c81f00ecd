//! A report against the same report made anew: every field, whatever it is called.

use serde_json::{Map, Value};

use super::Mismatch;

/// Fields that tell items of a list apart where the lists differ in length.
const KEYS: [&str; 9] = ["scope", "name", "turn", "start", "speaker", "feature", "alias", "code", "message"];

/// Characters of a value that a message shows.
const SHOWN: usize = 160;

/// Every field in which a report differs from `made`, the one that the same settings make of the source
/// now. The definition is left out: it is what `made` was made by.
pub fn fields(stated: &Value, made: &Value) -> Vec<Mismatch> {
    let session = stated.pointer("/session/id").and_then(Value::as_str).unwrap_or("");
    let mut walk = Walk { session, summary: String::new(), rank: 0, found: Vec::new() };
    let empty = Map::new();
    let (stated, made) = (stated.as_object().unwrap_or(&empty), made.as_object().unwrap_or(&empty));
    for key in stated.keys().chain(made.keys().filter(|key| !stated.contains_key(*key))) {
        if key != "definition" {
            walk.value(key, stated.get(key), made.get(key));
        }
    }
    walk.found
}

struct Walk<'a> {
    session: &'a str,
    summary: String,
    rank: u64,
    found: Vec<Mismatch>,
}

impl Walk<'_> {
    fn value(&mut self, path: &str, stated: Option<&Value>, made: Option<&Value>) {
        match (stated.unwrap_or(&Value::Null), made.unwrap_or(&Value::Null)) {
            (Value::Object(stated), Value::Object(made)) => self.object(path, stated, made),
            (Value::Array(stated), Value::Array(made)) => self.list(path, stated, made),
            (stated, made) if stated == made || (is_nothing(stated) && is_nothing(made)) => {}
            (stated, made) => self.add(path, made, stated),
        }
    }

    fn object(&mut self, path: &str, stated: &Map<String, Value>, made: &Map<String, Value>) {
        for key in stated.keys().chain(made.keys().filter(|key| !stated.contains_key(*key))) {
            let inner = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            self.value(&inner, stated.get(key), made.get(key));
        }
    }

    fn list(&mut self, path: &str, stated: &[Value], made: &[Value]) {
        if stated.len() == made.len() {
            for (number, (stated, made)) in stated.iter().zip(made).enumerate() {
                self.item(path, number, Some(stated), Some(made));
            }
            return;
        }
        // By another method each quotation has other reasons: one line says so, not one for each.
        let is_known = |item: &&Value| made.iter().any(|made| key(made) == key(item));
        if path == "because" && 2 * stated.iter().filter(is_known).count() < stated.len() {
            return self.add(path, &Value::Array(made.to_vec()), &Value::Array(stated.to_vec()));
        }
        let mut left: Vec<&Value> = made.iter().collect();
        for (number, stated) in stated.iter().enumerate() {
            match left.iter().position(|made| key(made) == key(stated)) {
                Some(at) => {
                    let made = left.remove(at);
                    self.item(path, number, Some(stated), Some(made));
                }
                None => self.item(path, number, Some(stated), None),
            }
        }
        for made in left {
            self.add(path, made, &Value::Null);
        }
    }

    /// An item of a list. Summaries and quotations are named in the mismatch itself.
    fn item(&mut self, path: &str, number: usize, stated: Option<&Value>, made: Option<&Value>) {
        let shown = stated.or(made).unwrap_or(&Value::Null);
        let text = |key: &str| shown.get(key).and_then(Value::as_str).unwrap_or("").to_owned();
        match path {
            "summaries" => {
                self.summary = text("name");
                self.value("", stated, made);
                self.summary.clear();
            }
            "evidence" => {
                self.rank = shown.get("rank").and_then(Value::as_u64).unwrap_or(0);
                self.value("", stated, made);
                self.rank = 0;
            }
            _ => self.value(&format!("{path}[{number}]"), stated, made),
        }
    }

    fn add(&mut self, path: &str, expected: &Value, found: &Value) {
        let path = if path.is_empty() { "quotation or summary" } else { path };
        self.found.push(Mismatch {
            session: self.session.to_owned(),
            summary: self.summary.clone(),
            rank: self.rank,
            what: path.to_owned(),
            expected: text(expected),
            found: text(found),
        });
    }
}

/// What tells an item of a list apart.
fn key(item: &Value) -> Vec<Option<&Value>> {
    match item {
        Value::Object(fields) => KEYS.iter().map(|key| fields.get(*key)).collect(),
        other => vec![Some(other)],
    }
}

/// Whether a value says nothing: a field that says nothing may be left out.
fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

fn text(value: &Value) -> String {
    let text = match value {
        Value::Null => "nothing".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn check(stated: &Value, made: &Value, expected: &[(&str, &str, u64)]) {
        let found = fields(stated, made);
        let found: Vec<(&str, &str, u64)> =
            found.iter().map(|m| (m.what.as_str(), m.summary.as_str(), m.rank)).collect();
        assert_eq!(found, expected, "{stated}");
    }

    #[test]
    fn every_field_is_compared_wherever_it_stands() {
        let evidence = json!([{"rank": 2, "turn": 1, "stance": "support", "because": [{"value": 1.5}]}]);
        let made = json!({"definition": 1, "session": {"id": "s", "title": "T"}, "warnings": [],
            "summaries": [{"name": "Ana", "scope": "speaker", "evidence": evidence}]});
        check(&made, &made, &[]);
        type Change = (&'static str, Value, &'static [(&'static str, &'static str, u64)]);
        let changes: [Change; 8] = [
            ("/session/title", json!("U"), &[("session.title", "", 0)]),
            ("/session", json!({"id": "s", "title": "T", "new": 1}), &[("session.new", "", 0)]),
            ("/session", json!({"id": "s"}), &[("session.title", "", 0)]),
            ("/definition", json!(2), &[]),
            ("/warnings", json!(null), &[]),
            ("/summaries/0/name", json!("Bo"), &[("name", "Bo", 0)]),
            ("/summaries/0/evidence/0/stance", json!("oppose"), &[("stance", "Ana", 2)]),
            ("/summaries/0/evidence/0/because/0/value", json!(1), &[("because[0].value", "Ana", 2)]),
        ];
        for (pointer, value, expected) in changes {
            let mut stated = made.clone();
            *stated.pointer_mut(pointer).unwrap() = value;
            check(&stated, &made, expected);
        }
    }

    #[test]
    fn reasons_that_are_all_others_are_one_mismatch() {
        let of = |because: Value| json!({"summaries": [{"name": "Ana", "evidence": [{"rank": 1, "because": because}]}]});
        let made = of(json!([{"feature": "length", "value": 1.5}, {"feature": "cue", "value": 1}]));
        let other =
            of(json!([{"feature": "lead", "value": 2}, {"feature": "first", "value": 1}, {"feature": "x"}]));
        check(&other, &made, &[("because", "Ana", 1)]);
        let shorter = of(json!([{"feature": "length", "value": 1}]));
        check(&shorter, &made, &[("because[0].value", "Ana", 1), ("because", "Ana", 1)]);
    }

    #[test]
    fn what_is_missing_or_added_in_a_list_is_named() {
        let made = json!({"session": {"id": "s"}, "speakers": [{"name": "Ana"}, {"name": "Bo"}]});
        let mut stated = made.clone();
        stated["speakers"] = json!([{"name": "Bo"}]);
        check(&stated, &made, &[("speakers", "", 0)]);
        stated["speakers"] = json!([{"name": "Ana"}, {"name": "Cy"}, {"name": "Bo"}]);
        check(&stated, &made, &[("speakers[1]", "", 0)]);
    }
}
