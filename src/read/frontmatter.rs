//! The block of settings that notes in Markdown begin with: `---`, keys and values in YAML, `---`. It may say the title,
//! the date and who speaks; none of it is speech.
//!
//! Only what programs that keep notes write is read: keys at the margin, values in the line or as a list below.

use super::date::find_date;
use crate::model::{Attendee, Session};

/// Most lines of a block: a longer one is a text between two rules.
const MAX_LINES: usize = 200;

/// Keys (lower case) of those who speak.
const PEOPLE: &[&str] = &[
    "speakers",
    "speaker",
    "participants",
    "participant",
    "attendees",
    "panelists",
    "panellists",
    "guests",
    "guest",
    "hosts",
    "host",
    "interviewer",
    "interviewee",
    "moderator",
    "moderators",
    "chair",
];

/// Keys (lower case) of a person's name, and of the organisation.
const NAME: &[&str] = &["name", "full_name", "fullname"];
const ORGANISATION: &[&str] = &["org", "organisation", "organization", "affiliation", "company", "party"];

/// What a block of settings says.
#[derive(Debug, Default)]
pub(super) struct FrontMatter {
    /// Its last line.
    pub last: usize,
    /// Bytes up to the end of its last line.
    pub bytes: usize,
    pub title: String,
    pub date: String,
    pub attendees: Vec<Attendee>,
}

/// The block that a text begins with.
pub(super) fn of(text: &str) -> Option<FrontMatter> {
    if !text.starts_with("---") {
        return None;
    }
    let mut found = FrontMatter::default();
    let mut key = String::new();
    let mut n_keys = 0;
    for (at, line) in text.split('\n').take(MAX_LINES).enumerate() {
        found.bytes += line.len() + 1;
        let is_rule = matches!(line.trim_end(), "---" | "...");
        match (at, is_rule) {
            (0, true) => {}
            (0, false) => return None,
            (_, true) => {
                found.last = at + 1;
                found.bytes = found.bytes.min(text.len());
                return (n_keys > 0).then_some(found);
            }
            _ => {
                let is_key = line.starts_with(char::is_alphabetic) && line.contains(':');
                n_keys += usize::from(is_key);
                if is_key {
                    key = line.split(':').next().unwrap_or("").trim().to_lowercase();
                } else if !line.trim().is_empty() && !line.starts_with([' ', '\t', '-', '#', ']', '}']) {
                    return None;
                }
                found.take(&key, line, is_key, at + 1);
            }
        }
    }
    None
}

impl FrontMatter {
    /// Tells a session what the block says.
    pub(super) fn tell(self, session: &mut Session) {
        if !self.title.is_empty() {
            session.title = self.title;
        }
        if !self.date.is_empty() {
            session.date = self.date;
        }
        let known: Vec<String> = session.attendees.iter().map(|person| person.name.clone()).collect();
        session.attendees.extend(self.attendees.into_iter().filter(|person| !known.contains(&person.name)));
    }

    /// Takes what a line says below a key of the block.
    fn take(&mut self, key: &str, line: &str, is_key: bool, number: usize) {
        let inside = if is_key { line.split_once(':').map_or("", |(_, value)| value) } else { line };
        let value = unquoted(inside.trim().trim_start_matches("- "));
        match key {
            "title" if is_key => value.clone_into(&mut self.title),
            "date" if is_key && self.date.is_empty() => self.date = find_date(value),
            _ if PEOPLE.contains(&key) => self.people(inside.trim(), number),
            _ => {}
        }
    }

    /// Takes people: `[Ann Lee, Bo Ek]`, `- Ann Lee`, `- name: Ann Lee`, `org: Harbour Board`.
    fn people(&mut self, text: &str, number: usize) {
        let is_item = text.starts_with("- ");
        let text = text.trim_start_matches("- ").trim();
        let field = text.split_once(": ").map(|(key, value)| (key.trim().to_lowercase(), unquoted(value)));
        match field {
            Some((key, name)) if NAME.contains(&key.as_str()) => self.add(name, number),
            Some((key, value)) if ORGANISATION.contains(&key.as_str()) => {
                if let Some(last) = self.attendees.last_mut().filter(|_| !is_item) {
                    value.clone_into(&mut last.stakeholder);
                }
            }
            // `AL: Ann Lee`
            Some((_, name)) if is_item => self.add(name, number),
            Some(_) => {}
            None => {
                let list = text.trim_start_matches('[').trim_end_matches(']');
                list.split(',').map(unquoted).for_each(|name| self.add(name, number));
            }
        }
    }

    fn add(&mut self, name: &str, number: usize) {
        if name.contains(char::is_alphabetic) && !name.contains([':', '{', '}']) {
            let line = u32::try_from(number).unwrap_or(u32::MAX);
            self.attendees.push(Attendee { name: name.to_owned(), line, ..Attendee::default() });
        }
    }
}

/// A value without quotes around it.
fn unquoted(value: &str) -> &str {
    value.trim().trim_matches(['"', '\'']).trim()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{read_as, turns};
    use super::of;

    const TALK: &str = "Ann Lee: We raise the fares.\n\nBo Ek: Why?\n\nAnn Lee: Money.\n\nBo Ek: No.\n";

    #[test]
    fn a_block_says_the_title_the_date_and_who_speaks() {
        for people in [
            "speakers:\n  - name: Ann Lee\n    org: Quay\n  - name: Bo Ek\n",
            "participants: [Ann Lee, \"Bo Ek\"]\n",
            "speakers:\n- AL: Ann Lee\n- BE: Bo Ek\n",
            "host: Ann Lee\nguest: Bo Ek\n",
        ] {
            for (format, heading) in [("plain", ""), ("markdown", "## Fares\n\n")] {
                let text = format!(
                    "---\ntitle: \"Night: ferry\"\ndate: 2024-07-05T10:00\n{people}tags: [a, b]\n---\n\n{heading}{TALK}"
                );
                let session = read_as(format, &text);
                assert_eq!(turns(&session).len(), 4, "{text}");
                assert_eq!(
                    (session.title.as_str(), session.date.as_str()),
                    ("Night: ferry", "2024-07-05"),
                    "{text}"
                );
                let names: Vec<&str> = session.attendees.iter().map(|person| person.name.as_str()).collect();
                assert_eq!(names, ["Ann Lee", "Bo Ek"], "{text}");
                assert_eq!(session.labels, ["Ann Lee", "Bo Ek"]);
                assert_eq!(session.outside.unattributed, 0);
            }
        }
    }

    #[test]
    fn text_between_rules_is_no_block_of_settings() {
        for text in
            ["---\nWe raise the fares.\n---\n", "---\n---\n", "---\ntitle: x\n", "-- -\na: b\n---\n", ""]
        {
            assert!(of(text).is_none(), "{text}");
        }
    }
}
