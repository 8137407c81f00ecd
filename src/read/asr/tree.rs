//! Paths into JSON: keys divided by dots, `[]` for all items of a list, `[0]` for one.

use super::super::json::{Fields, Raw};

/// A step of a path.
enum Step<'p> {
    Key(&'p str),
    Item(usize),
    Items,
}

fn steps(path: &str) -> impl Iterator<Item = Step<'_>> {
    path.split(['.', '[']).filter(|part| !part.is_empty()).map(|part| match part.strip_suffix(']') {
        Some("") => Step::Items,
        Some(number) => Step::Item(number.parse().unwrap_or(usize::MAX)),
        None => Step::Key(part),
    })
}

/// All values that a path leads to, in source order.
pub(super) fn all<'a>(root: Raw<'a>, path: &str) -> Vec<Raw<'a>> {
    let mut found = vec![root];
    for step in steps(path) {
        found = found.into_iter().flat_map(|raw| below(raw, &step)).collect();
    }
    found
}

fn below<'a>(raw: Raw<'a>, step: &Step) -> Vec<Raw<'a>> {
    match step {
        Step::Key(key) => raw.fields().and_then(|fields| fields.get(key)).into_iter().collect(),
        Step::Item(number) => item(raw, *number).into_iter().collect(),
        Step::Items => raw.items().unwrap_or_default(),
    }
}

/// An item of a list; those behind it are not parsed.
fn item(raw: Raw, number: usize) -> Option<Raw> {
    if number == 0 { raw.first_item() } else { raw.items()?.get(number).copied() }
}

/// The value that a path without `[]` leads to; none where it is null.
pub(super) fn one<'a>(root: Raw<'a>, path: &str) -> Option<Raw<'a>> {
    let mut found = root;
    for step in steps(path) {
        found = below(found, &step).first().copied()?;
    }
    Some(found).filter(|raw| !raw.is_null())
}

/// A value whose members are looked up several times.
pub(super) enum Unit<'a> {
    Object(Fields<'a>),
    List(Vec<Raw<'a>>),
    Other(Raw<'a>),
}

impl<'a> Unit<'a> {
    pub(super) fn of(raw: Raw<'a>) -> Self {
        if let Some(fields) = raw.fields() {
            return Unit::Object(fields);
        }
        raw.items().map_or(Unit::Other(raw), Unit::List)
    }

    /// The value that a path leads to.
    pub(super) fn get(&self, path: &str) -> Option<Raw<'a>> {
        let mut steps = steps(path);
        let first = match (steps.next(), self) {
            (None, Unit::Other(raw)) => Some(*raw),
            (Some(Step::Key(key)), Unit::Object(fields)) => fields.get(key),
            (Some(Step::Item(number)), Unit::List(items)) => items.get(number).copied(),
            _ => None,
        };
        steps.try_fold(first?, |raw, step| below(raw, &step).first().copied()).filter(|raw| !raw.is_null())
    }

    /// The first of several paths that leads somewhere.
    pub(super) fn first_of(&self, paths: &[&str]) -> Option<Raw<'a>> {
        paths.iter().find_map(|path| self.get(path))
    }

    /// All values that a path with `[]` leads to.
    pub(super) fn all(&self, path: &str) -> Vec<Raw<'a>> {
        let mut steps = steps(path);
        let mut found: Vec<Raw> = match (steps.next(), self) {
            (Some(Step::Key(key)), Unit::Object(fields)) => fields.get(key).into_iter().collect(),
            _ => Vec::new(),
        };
        for step in steps {
            found = found.into_iter().flat_map(|raw| below(raw, &step)).collect();
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lead_through_objects_and_lists() {
        let root: Raw = serde_json::from_str(
            r#"{"a": {"b": [{"c": "x"}, {"c": "y"}, {"d": null}]}, "w": [["one", 1.5], ["two", 2]]}"#,
        )
        .unwrap();
        let strings = |path| all(root, path).into_iter().map(Raw::string).collect::<Vec<_>>();
        assert_eq!(strings("a.b[].c"), ["x", "y"]);
        assert_eq!(strings("a.b[1].c"), ["y"]);
        assert_eq!(strings("a.z[].c"), Vec::<String>::new());
        assert_eq!(one(root, "a.b[0].c").map(Raw::string).as_deref(), Some("x"));
        assert!(one(root, "a.b[2].d").is_none());
        let words: Vec<String> =
            all(root, "w[]").into_iter().filter_map(|raw| Some(Unit::of(raw).get("[0]")?.string())).collect();
        assert_eq!(words, ["one", "two"]);
    }
}
