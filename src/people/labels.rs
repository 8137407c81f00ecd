//! Labels that belong to one voice: the same name with another party, spelling of case, or initials
//! that the session's own attendee table explains.

use rustc_hash::FxHashMap;

use crate::model::{Attendee, LabelId, People, Session, Speaker, SpeakerId};

use super::roles;

/// Puts each label with its speaker. Two labels are one speaker when
/// - the session's attendee table gives both to the same person, or
/// - they are the same words but for case, white space and a part in brackets, and those words are
///   a name and not an office (`The Chair (Mr. A)` and `The Chair (Ms. B)` stay two).
pub(super) fn merge(session: &Session) -> People {
    let attendees = attendees_by_label(&session.attendees);
    let mut speaker_of_key: FxHashMap<String, SpeakerId> = FxHashMap::default();
    let mut people = People::default();
    for (index, label) in session.labels.iter().enumerate() {
        let attendee = attendees.get(&folded(label)).copied().flatten();
        let key = match attendee {
            Some(attendee) => format!("attendee {}", folded(&attendee.name)),
            None => key_of(label),
        };
        let id = *speaker_of_key.entry(key).or_insert_with(|| {
            people.speakers.push(Speaker::default());
            SpeakerId(people.speakers.len() as u32 - 1)
        });
        let speaker = &mut people.speakers[id.0 as usize];
        speaker.labels.push(LabelId(index as u32));
        if let Some(attendee) = attendee {
            speaker.name.clone_from(&attendee.name);
            speaker.stakeholder = roles::without_office(&attendee.stakeholder).0.to_owned();
            speaker.group.clone_from(&attendee.group);
        } else if label.chars().count() > speaker.name.chars().count() {
            speaker.name.clone_from(label);
        }
        people.of_label.push(id);
    }
    people
}

/// The attendee of each name and alias; `None` where two different people share it.
fn attendees_by_label(attendees: &[Attendee]) -> FxHashMap<String, Option<&Attendee>> {
    let mut by_label: FxHashMap<String, Option<&Attendee>> = FxHashMap::default();
    for attendee in attendees {
        for label in attendee.aliases.iter().chain([&attendee.name]).filter(|l| !l.trim().is_empty()) {
            by_label
                .entry(folded(label))
                .and_modify(|known| {
                    if known.is_some_and(|k| folded(&k.name) != folded(&attendee.name)) {
                        *known = None;
                    }
                })
                .or_insert(Some(attendee));
        }
    }
    by_label
}

/// What two labels of one voice have in common.
fn key_of(label: &str) -> String {
    let name = match (label.find('('), label.trim_end().ends_with(')')) {
        (Some(open), true) if open > 0 => &label[..open],
        _ => label,
    };
    let key = folded(name);
    let is_name = key.contains(' ') && roles::from_label(name).is_none();
    if is_name { key } else { folded(label) }
}

/// Lower case, single spaces.
fn folded(label: &str) -> String {
    label.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Join, SessionBuilder};

    fn speakers(labels: &[&str], attendees: Vec<Attendee>) -> Vec<(String, usize)> {
        let mut builder = SessionBuilder::new("s");
        for label in labels {
            builder.turn(label).text("Words.", Join::Line, 1, None);
        }
        builder.session().attendees = attendees;
        let people = merge(&builder.finish(0));
        people.speakers.into_iter().map(|s| (s.name, s.labels.len())).collect()
    }

    #[test]
    fn a_party_in_brackets_does_not_make_another_speaker() {
        let found =
            speakers(&["Hon. Ada Okoro (Riverside, Lib.)", "Hon. Ada Okoro", "hon. ada  okoro"], vec![]);
        assert_eq!(found, [("Hon. Ada Okoro (Riverside, Lib.)".to_owned(), 3)]);
    }

    #[test]
    fn an_office_held_by_two_people_stays_two_speakers() {
        let found = speakers(&["The Chair (Mr. Anan)", "The Chair (Ms. Brook)", "Grad A", "Grad B"], vec![]);
        assert_eq!(found.len(), 4);
    }

    #[test]
    fn the_attendee_table_explains_initials_and_an_ambiguous_one_does_not() {
        let person = |name: &str, alias: &str| Attendee {
            name: name.to_owned(),
            aliases: vec![alias.to_owned()],
            stakeholder: "Harbour Trust".to_owned(),
            ..Attendee::default()
        };
        let table = vec![person("Ada Okoro", "AO"), person("Ben Lind", "BL"), person("Bo Lund", "BL")];
        let found = speakers(&["AO", "BL", "Ada Okoro"], table);
        assert_eq!(found, [("Ada Okoro".to_owned(), 2), ("BL".to_owned(), 1)]);
    }
}
