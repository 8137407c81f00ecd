//! Exports of Slack: people are identifiers, whose names stand in `users.json` beside the channels, and the text has
//! marks of its own: `<@U01>`, `<#C01|general>`, `<https://example.org|the report>`, `&amp;`.

use rustc_hash::FxHashMap;

use super::super::companion::Companion;
use super::super::entities::decode_entities;
use super::super::json::{self, Raw};
use super::heard::Stretch;
use super::tree::{self, Unit};
use crate::model::count_words;

/// The list of people of an export, in the folder above those of the channels.
pub(in super::super) const USERS: &str = "users.json";

/// Names by identifier.
pub(super) type People = FxHashMap<String, String>;

/// Where a person's name stands, the clearest first.
const NAMES: &[&str] =
    &["profile.real_name", "real_name", "profile.display_name", "name", "profile.real_name_normalized"];

/// Longest mark in bytes: an address may be long.
const MAX_MARK: usize = 2000;

/// The people that a file lists; nothing where it lists none.
pub(super) fn people(companion: &Companion) -> Option<People> {
    let text = std::str::from_utf8(companion.bytes()).ok()?;
    let root: Raw = serde_json::from_str(text).ok()?;
    let listed = tree::all(root, "[]").into_iter().map(Unit::of);
    let named = listed.filter_map(|person| {
        let id = json::string(person.get("id"));
        let names = NAMES.iter().map(|name| json::string(person.get(name)));
        names.map(|name| name.trim().to_owned()).find(|name| !name.is_empty()).map(|name| (id, name))
    });
    let people: People = named.filter(|(id, _)| !id.is_empty()).collect();
    (!people.is_empty()).then_some(people)
}

/// Gives people their names and reads the marks of the text.
pub(super) fn name(stretches: &mut [Stretch], people: &People) {
    for stretch in stretches {
        if let Some(name) = people.get(&stretch.label) {
            stretch.label.clone_from(name);
        }
        if stretch.text.contains(['<', '&']) {
            let read = read_marks(&stretch.text, people);
            stretch.added = count_words(&read).saturating_sub(count_words(&stretch.text));
            stretch.text = read;
        }
    }
}

/// A text with names for the identifiers in its marks.
fn read_marks(text: &str, people: &People) -> String {
    let mut read = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        read.push_str(&decode_entities(rest.get(..open).unwrap_or("")));
        let mark = rest.get(open + 1..).unwrap_or("");
        let near = mark.get(..mark.floor_char_boundary(MAX_MARK)).unwrap_or(mark);
        match near.find('>').filter(|&end| end > 0) {
            Some(end) => {
                let inside = mark.get(..end).unwrap_or("");
                read.push_str(&decode_entities(&shown(inside, people)));
                rest = mark.get(end + 1..).unwrap_or("");
            }
            None => {
                read.push('<');
                rest = mark;
            }
        }
    }
    read.push_str(&decode_entities(rest));
    read
}

/// What a mark shows.
fn shown(mark: &str, people: &People) -> String {
    let (target, title) = mark.split_once('|').map_or((mark, None), |(target, title)| (target, Some(title)));
    let named = title.filter(|title| !title.is_empty());
    let id = target.get(1..).unwrap_or("");
    match target.chars().next() {
        Some('@') => format!("@{}", people.get(id).map_or(named.unwrap_or(id), String::as_str)),
        Some('#') => format!("#{}", named.unwrap_or(id)),
        Some('!') => named.map_or_else(|| format!("@{id}"), str::to_owned),
        _ => named.unwrap_or(target).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::companion::Companion;
    use super::super::super::read_with;
    use super::super::super::tests::turns;
    use crate::model::WarningCode;

    const DAY: &str = r#"[
{"type": "message", "subtype": "channel_join", "user": "U01", "text": "<@U01> has joined the channel", "ts": "1720170000.000100"},
{"type": "message", "user": "U01", "text": "Shall we raise the fares?", "ts": "1720170060.000200"},
{"type": "message", "user": "U02", "text": "<@U01> see <https://example.org/x|the report> &amp; <#C01|quay>: 3 < 4.", "ts": "1720170120.000300"},
{"type": "message", "user": "U03", "text": "<!here> and <https://example.org>, no.", "ts": "1720170180.000400"}
]"#;
    const USERS: &str = r#"[{"id": "U01", "name": "alee", "real_name": "Ann Lee", "profile": {"real_name": "Ann Lee"}},
{"id": "U02", "name": "bo", "profile": {"real_name": "", "display_name": "Bo Ek"}}]"#;

    #[test]
    fn people_of_an_export_have_their_names_from_the_list_above() {
        let users = [Companion::new("export/users.json".to_owned(), USERS.as_bytes().to_vec())];
        let reading = read_with(DAY.as_bytes(), "export/quay/2024-07-05.json", None, &users).unwrap();
        let session = &reading.sessions[0];
        assert_eq!(
            turns(session),
            [
                ("Ann Lee", "Shall we raise the fares?"),
                ("Bo Ek", "@Ann Lee see the report & #quay: 3 < 4."),
                ("U03", "@here and https://example.org, no."),
            ]
        );
        assert_eq!(session.date, "2024-07-05");
        assert_eq!(session.source.companions.len(), 1);
        let codes: Vec<WarningCode> = session.warnings.iter().map(|warning| warning.code).collect();
        assert_eq!(codes, []);
    }

    #[test]
    fn without_the_list_people_are_their_identifiers() {
        let reading = read_with(DAY.as_bytes(), "2024-07-05.json", None, &[]).unwrap();
        let labels: Vec<&str> = turns(&reading.sessions[0]).into_iter().map(|(label, _)| label).collect();
        assert_eq!(labels, ["U01", "U02", "U03"]);
        let broken = [Companion::new("users.json".to_owned(), b"[".to_vec())];
        let reading = read_with(DAY.as_bytes(), "2024-07-05.json", None, &broken).unwrap();
        assert_eq!(reading.sessions[0].warnings.len(), 1, "{:?}", reading.sessions[0].warnings);
    }
}
