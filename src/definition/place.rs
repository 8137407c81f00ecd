//! Where in a JSON text a value stands, so that a complaint can name its line.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

/// The line, from 1, of the value at a JSON pointer such as `/outputs/files/0/path`; of the nearest
/// value above it where there is none.
pub(super) fn line_of(text: &str, pointer: &str) -> u64 {
    let mut at = text;
    for step in pointer.split('/').skip(1) {
        match child(at, step) {
            Some(value) => at = value,
            None => break,
        }
    }
    // The value is a slice of the text, so the difference of their addresses is its offset.
    let offset = (at.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    let before = text.get(..offset).unwrap_or("");
    let blank = at.len() - at.trim_start().len();
    let leading = at.get(..blank).unwrap_or("");
    1 + before.matches('\n').count() as u64 + leading.matches('\n').count() as u64
}

fn child<'t>(value: &'t str, step: &str) -> Option<&'t str> {
    if let Ok(mut object) = serde_json::from_str::<BTreeMap<String, &RawValue>>(value) {
        return object.remove(step).map(RawValue::get);
    }
    let list: Vec<&RawValue> = serde_json::from_str(value).ok()?;
    list.get(step.parse::<usize>().ok()?).map(|raw| raw.get())
}

#[cfg(test)]
mod tests {
    use crate::definition::place::line_of;

    #[test]
    fn a_pointer_leads_to_the_line_of_its_value() {
        let text = "\n{\n \"a\": {\n  \"b\": [1,\n   {\"c\": 2}]},\n \"d\":\n   3\n}";
        let cases = [("", 2), ("/a", 3), ("/a/b", 4), ("/a/b/0", 4), ("/a/b/1/c", 5), ("/d", 7), ("/a/x", 3)];
        for (pointer, line) in cases {
            assert_eq!(line_of(text, pointer), line, "{pointer}");
        }
        assert_eq!(line_of("no JSON", "/a"), 1);
    }
}
