//! Labels that belong to one voice: what the roster puts together, the same name with another party
//! or spelling of case, and initials that a list of attendees explains.

use rustc_hash::FxHashMap;

use super::super::KnownPeople;
use super::super::roster::Index;
use super::names::{core_name, folded, folded_words, is_full_name, is_initials, is_title};
use super::roles;
use crate::model::{
    Alias, Attendee, Because, LabelId, People, ReasonKind, Role, RosterEntry, Session, Speaker, SpeakerId,
};

/// Whose a label is.
struct Owner {
    /// The same for all labels of one voice.
    key: String,
    /// The name that this makes known; empty where the label itself is the best.
    name: String,
    /// Why the label belongs to that voice, where it is not its name.
    because: Because,
    /// The entry of the roster.
    entry: Option<usize>,
}

/// Puts each label with its speaker. Two labels are one speaker when
/// - the roster lists both in one entry, or
/// - the list of attendees gives both to the same person (the session's own list, or that of another
///   session where the two belong together), or
/// - they are the same words but for case, white space, accents and a part in brackets, and those
///   words are a name and not an office (`The Chair (Mr. A)` and `The Chair (Ms. B)` stay two), or
/// - one is the full name of a person, the other comes later and is that surname, alone or with a title, and no other
///   label has a full name with it (`ANN LEE, HOST`, then `LEE`), or
/// - one is the office of who presides (`The Chair`), the other the same office with a name in brackets
///   (`The Chair (Mr. A)`), and no label names another holder of that office.
///
/// Labels that the roster gives to different entries are never one speaker.
pub(in super::super) fn merge(session: &Session, known: &KnownPeople) -> People {
    let labels = Labels::new(session, known);
    let mut speaker_of_key: FxHashMap<String, SpeakerId> = FxHashMap::default();
    let mut people = People::default();
    let mut reasons: Vec<Because> = Vec::new();
    for (index, label) in session.labels.iter().enumerate() {
        let owner = labels.owner(index, label);
        let id = *speaker_of_key.entry(owner.key).or_insert_with(|| {
            people.speakers.push(Speaker::default());
            SpeakerId(people.speakers.len() as u32 - 1)
        });
        let Some(speaker) = people.speakers.get_mut(id.0 as usize) else { continue };
        speaker.labels.push(LabelId(index as u32));
        let tells = |entry: &RosterEntry| !entry.aliases.is_empty() || !entry.stakeholder.is_empty();
        let listed = owner.entry.and_then(|number| labels.roster.entry(number)).is_some_and(tells);
        speaker.everywhere |= listed || is_full_name(&owner.name) || is_full_name(label);
        if !owner.name.is_empty() {
            speaker.name = owner.name;
        } else if label.chars().count() > speaker.name.chars().count() {
            speaker.name.clone_from(label);
        }
        reasons.push(owner.because);
        people.of_label.push(id);
    }
    for speaker in &mut people.speakers {
        let own = speaker.labels.iter().map(|&l| (session.label(l), reasons.get(l.0 as usize)));
        let others = own.filter(|(label, _)| *label != speaker.name);
        speaker.aliases = others
            .map(|(label, because)| Alias {
                name: label.to_owned(),
                is_label: true,
                because: because.cloned().unwrap_or_default(),
            })
            .collect();
    }
    people
}

/// What is known of the labels of a session.
struct Labels<'a> {
    known: &'a KnownPeople,
    roster: Index<'a>,
    attendees: FxHashMap<String, Option<&'a Attendee>>,
    /// By office, the label that names its holder; none where labels name several.
    holders: FxHashMap<String, Option<&'a str>>,
    /// By surname, the first label that names somebody in full so; none where several people have it.
    full_names: FxHashMap<String, Option<(usize, &'a str)>>,
    /// Whether initials may be looked up in the lists of other sessions.
    kindred: bool,
}

impl<'a> Labels<'a> {
    fn new(session: &'a Session, known: &'a KnownPeople) -> Self {
        let attendees = attendees_by_label(&session.attendees);
        let initials: Vec<&String> = session.labels.iter().filter(|label| is_initials(label)).collect();
        let explained = |label: &&&String| known.directory.named_by(label).is_some();
        let n_explained = initials.iter().filter(explained).count();
        // One pair of equal initials is chance; most of them are not.
        let kindred = n_explained >= 2 && 2 * n_explained >= initials.len();
        let holders = holders(&session.labels);
        let full_names = full_names(&session.labels);
        Labels { known, roster: Index::new(&known.roster), attendees, holders, full_names, kindred }
    }

    fn owner(&self, index: usize, label: &str) -> Owner {
        if let Some(owner) = self.listed_owner(label) {
            return owner;
        }
        if let Some(named) = self.holders.get(&folded(label)).copied().flatten() {
            let because = Because::new(ReasonKind::SameOffice.beginning());
            let owner = self.listed_owner(named).unwrap_or_else(|| owner_by_words(named));
            return Owner { because, ..owner };
        }
        if let Some(full) = self.named_before(index, label) {
            let because = Because::new(ReasonKind::PartOfName.beginning());
            let by_words = || Owner { name: full.to_owned(), ..owner_by_words(full) };
            let owner = self.listed_owner(full).unwrap_or_else(by_words);
            return Owner { because, ..owner };
        }
        owner_by_words(label)
    }

    /// The label before this one that names in full who is called by surname here.
    fn named_before(&self, index: usize, label: &str) -> Option<&'a str> {
        let [surname] = &core_name(label)[..] else { return None };
        let (first, full) = self.full_names.get(surname).copied().flatten()?;
        // Initials may be spelt as a surname is; where all names are in capitals they are none.
        let is_name = !is_initials(label) || !full.contains(char::is_lowercase);
        (first < index && is_name).then_some(full)
    }

    /// The owner that a roster or a list of attendees tells.
    fn listed_owner(&self, label: &str) -> Option<Owner> {
        if let Some(number) = self.roster.find(label) {
            return Some(self.listed(number, ReasonKind::RosterName));
        }
        if let Some(attendee) = self.attendees.get(&folded(label)).copied().flatten() {
            let line = (attendee.line > 0).then_some(u64::from(attendee.line));
            let because = Because { line, ..Because::new(ReasonKind::Attendees.beginning()) };
            let usual = self.known.directory.usual(&attendee.name, label);
            return Some(self.person(usual.as_deref().unwrap_or(&attendee.name), because));
        }
        let elsewhere = self.kindred && is_initials(label) && !self.attendees.contains_key(&folded(label));
        let (name, because) = self.known.directory.named_by(label).filter(|_| elsewhere)?;
        Some(self.person(&name, because))
    }

    fn person(&self, name: &str, because: Because) -> Owner {
        match self.roster.find(name) {
            Some(number) => self.listed(number, ReasonKind::AttendeesAndRoster),
            None => Owner { key: key_of(name), name: name.to_owned(), because, entry: None },
        }
    }

    fn listed(&self, number: usize, reason: ReasonKind) -> Owner {
        let name = self.roster.entry(number).map_or(String::new(), |entry| entry.speaker.clone());
        Owner {
            key: format!("roster {number}"),
            name,
            because: Because::new(reason.beginning()),
            entry: Some(number),
        }
    }
}

/// The attendee of each name and alias; `None` where two different people share it.
pub(in super::super) fn attendees_by_label(attendees: &[Attendee]) -> FxHashMap<String, Option<&Attendee>> {
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

/// By surname, the first label with a full name; none where people with other first names have it.
fn full_names(labels: &[String]) -> FxHashMap<String, Option<(usize, &str)>> {
    let mut names: FxHashMap<String, Vec<String>> = FxHashMap::default();
    let mut titles: FxHashMap<String, String> = FxHashMap::default();
    let mut found: FxHashMap<String, Option<(usize, &str)>> = FxHashMap::default();
    let mut of_several: Vec<String> = Vec::new();
    for (index, label) in labels.iter().enumerate() {
        let core = full_name(label);
        // `Ms. Lee` and `Mr. Lee` are two people, and which of them was named in full nobody knows.
        if let (None, [surname], Some(title)) = (&core, &core_name(label)[..], title(label)) {
            let is_same = *titles.entry(surname.clone()).or_insert_with(|| title.clone()) == title;
            of_several.extend((!is_same).then(|| surname.clone()));
        }
        let Some(core) = core else { continue };
        let Some(surname) = core.last().cloned() else { continue };
        let is_same = names.entry(surname.clone()).or_insert_with(|| core.clone()) == &core;
        let of_surname = found.entry(surname).or_insert(Some((index, label)));
        *of_surname = of_surname.filter(|_| is_same);
    }
    found.retain(|surname, _| !of_several.contains(surname));
    found
}

/// The title that a label begins with.
fn title(label: &str) -> Option<String> {
    let first = folded_words(label).into_iter().next()?;
    is_title(&first).then(|| first.trim_end_matches('.').to_owned())
}

/// The words of the full name in a label, without an office behind a comma: `ANN LEE, HOST`.
fn full_name(label: &str) -> Option<Vec<String>> {
    let name = label.split(',').next().unwrap_or(label);
    (is_full_name(name) && roles::from_label(name).is_none()).then(|| core_name(name))
}

/// The owner of a label of which its words alone tell whose it is.
fn owner_by_words(label: &str) -> Owner {
    let because = Because::new(ReasonKind::SameName.beginning());
    Owner { key: key_of(label), name: String::new(), because, entry: None }
}

/// By the office that labels have before a name in brackets, as in `The Chair (Mr. A)`, the label that names its
/// holder; none where they name different people.
fn holders(labels: &[String]) -> FxHashMap<String, Option<&str>> {
    let mut holders: FxHashMap<String, Option<&str>> = FxHashMap::default();
    let mut names: FxHashMap<String, Vec<String>> = FxHashMap::default();
    for label in labels {
        let Some((office, name)) = office_and_holder(label) else { continue };
        let office = folded(office);
        let is_known = names.entry(office.clone()).or_insert_with(|| core_name(name)) == &core_name(name);
        let holder = holders.entry(office).or_insert(Some(label));
        *holder = holder.filter(|_| is_known);
    }
    holders
}

/// The office of who presides and the name in brackets behind it.
fn office_and_holder(label: &str) -> Option<(&str, &str)> {
    let (office, rest) = label.trim_end().strip_suffix(')')?.split_once('(')?;
    let name = rest.trim();
    let presides = matches!(roles::from_label(office.trim()), Some(Role::Chair | Role::Moderator));
    let words = folded_words(name);
    let has_title = words.len() > 1 && words.first().is_some_and(|word| is_title(word));
    (presides && (has_title || is_full_name(name))).then_some((office.trim(), name))
}

/// What two labels of one voice have in common.
fn key_of(label: &str) -> String {
    let name = match (label.find(['(', '[']), label.trim_end().ends_with([')', ']'])) {
        (Some(open), true) if open > 0 => label.get(..open).unwrap_or(label),
        _ => label,
    };
    let key = folded(name);
    let is_name = key.trim_end().contains(' ') && roles::from_label(name).is_none();
    if !is_name {
        return folded(label);
    }
    if is_full_name(name) { core_name(name).join(" ") } else { key.trim_end().to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Join, SessionBuilder};

    fn speakers(labels: &[&str], attendees: Vec<Attendee>) -> Vec<(String, usize)> {
        found(labels, attendees, &KnownPeople::default())
    }

    fn found(labels: &[&str], attendees: Vec<Attendee>, known: &KnownPeople) -> Vec<(String, usize)> {
        let mut builder = SessionBuilder::new("s");
        for label in labels {
            builder.turn(label).text("Words.", Join::Line, 1, None);
        }
        builder.session().attendees = attendees;
        let people = merge(&builder.finish(0), known);
        people.speakers.into_iter().map(|s| (s.name, s.labels.len())).collect()
    }

    #[test]
    fn a_party_in_brackets_does_not_make_another_speaker() {
        let found =
            speakers(&["Hon. Ada Okoro (Riverside, Lib.)", "Hon. Ada Okoro", "hon. ada  okoro"], vec![]);
        assert_eq!(found, [("Hon. Ada Okoro (Riverside, Lib.)".to_owned(), 3)]);
    }

    #[test]
    fn a_party_may_stand_in_brackets_of_any_kind() {
        assert_eq!(speakers(&["Dr. Ada Okoro (Blau)", "Dr. Ada Okoro [Blau]", "Ada Okoro"], vec![]).len(), 1);
    }

    #[test]
    fn a_surname_is_that_of_the_only_one_who_was_named_in_full_before() {
        let count = |labels: &[&str]| speakers(labels, vec![]).len();
        let found = speakers(&["ANN LEE, HOST", "BO EK", "LEE", "EK", "Mr. Ek"], vec![]);
        assert_eq!(found, [("ANN LEE, HOST".to_owned(), 2), ("BO EK".to_owned(), 3)]);
        for apart in [
            ["Ann Lee", "Bo Lee", "Lee"],
            ["Ann Lee", "Ms. Lee", "Mr. Lee"],
            // Named in full only afterwards, a first name, initials.
            ["Lee", "Ann Lee", "Cy Fox"],
            ["Ann Lee", "Cy Fox", "Ann"],
            ["Ann Lee", "Cy Ek", "EK"],
            ["Chair Lee", "Lee", "Ann"],
        ] {
            assert_eq!(count(&apart), 3, "{apart:?}");
        }
    }

    #[test]
    fn an_office_held_by_two_people_stays_two_speakers() {
        let found = speakers(&["The Chair (Mr. Anan)", "The Chair (Ms. Brook)", "Grad A", "Grad B"], vec![]);
        assert_eq!(found.len(), 4);
    }

    #[test]
    fn an_office_alone_is_that_of_its_only_named_holder() {
        let count = |labels: &[&str]| speakers(labels, vec![]).len();
        let found = speakers(&["The Chair (Hon. Ada Okoro)", "Bo Lund", "The Chair"], vec![]);
        assert_eq!(found, [("The Chair (Hon. Ada Okoro)".to_owned(), 2), ("Bo Lund".to_owned(), 1)]);
        assert_eq!(count(&["The Chair", "The Chair (Mr. Lund)"]), 1);
        assert_eq!(count(&["The Chair", "The Chair (Mr. Lund)", "THE CHAIR (Mr. Bo Lund)"]), 3);
        assert_eq!(count(&["The Chair", "The Chair (Mr. Anan)", "The Chair (Ms. Brook)"]), 3);
        assert_eq!(count(&["The Speaker", "The Acting Speaker (Mr. Bo Lund)"]), 2);
        assert_eq!(count(&["The Chair", "The Chair (continuing)"]), 2);
        assert_eq!(count(&["Audience", "Audience (Mr. Bo Lund)"]), 2);
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

    #[test]
    fn the_roster_puts_together_and_keeps_apart() {
        let text = "speaker,aliases\nAda Okoro,AO;The Chair\nHon. Ada Okoro (East),\n";
        let roster = crate::people::roster::parse(text.as_bytes()).expect("a roster");
        let known = KnownPeople { roster, ..KnownPeople::default() };
        let labels = ["AO", "Hon. Ada Okoro (East)", "The Chair", "ada okoro", "Bo Lund"];
        let expected = [("Ada Okoro", 3), ("Hon. Ada Okoro (East)", 1), ("Bo Lund", 1)];
        assert_eq!(found(&labels, vec![], &known), expected.map(|(name, n)| (name.to_owned(), n)));
    }

    #[test]
    fn another_session_explains_initials_where_most_of_them_are_known_there() {
        let mut builder = SessionBuilder::new("first");
        let person = |name: &str, alias: &str| Attendee {
            name: name.to_owned(),
            aliases: vec![alias.to_owned()],
            ..Attendee::default()
        };
        builder.session().attendees = vec![
            person("Ada Okoro", "AO"),
            person("Bo Lund", "BL"),
            person("Cy Moe", "CM"),
            person("Cal Mann", "CM"),
        ];
        let mut known = KnownPeople::default();
        let session = builder.finish(0);
        known.directory.add(&session, &crate::text::read(&session));
        let expected = [("Ada Okoro", 1), ("Bo Lund", 1), ("CM", 1)];
        assert_eq!(found(&["AO", "BL", "CM"], vec![], &known), expected.map(|(n, c)| (n.to_owned(), c)));
        assert_eq!(found(&["AO", "XY", "ZW"], vec![], &known)[0].0, "AO", "one is chance");
    }
}
