//! What each voice does in the session, from its label or from what it does there.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::conduct;
use super::floor_phrases::FloorPhrases;
use crate::language::{LANGUAGES, List, Row, Sections, SharedList};
use crate::model::{People, Role, Session, Text};

fn sections_of(row: &'static Row) -> Sections<'static> {
    Sections::parse(row.list(List::People).unwrap_or(""))
}

/// The roles whose offices have names, in the order in which they count.
const OFFICES: [(&str, Role); 4] = [
    ("label moderator", Role::Moderator),
    ("label chair", Role::Chair),
    ("label interpreter", Role::Interpreter),
    ("label audience", Role::Audience),
];

/// What stands before the name of who presides, in any language.
static CHAIRS_BEFORE_NAMES: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    let of = |row| sections_of(row).texts("label chair before a name").collect::<Vec<_>>();
    LANGUAGES.iter().flat_map(of).collect()
});

/// By the name of an office in any language, its place among [`OFFICES`].
static OFFICE_NAMES: LazyLock<FxHashMap<&str, usize>> = LazyLock::new(|| {
    let mut names: FxHashMap<&str, usize> = FxHashMap::default();
    for sections in LANGUAGES.iter().map(sections_of) {
        for (place, (section, _)) in OFFICES.iter().enumerate() {
            for name in sections.texts(section) {
                let known = names.entry(name).or_insert(place);
                *known = place.min(*known);
            }
        }
    }
    names
});

/// Gives each speaker the role that the source marks or its labels name, and finds at most one moderator among the
/// others: who hands over the floor, opens, closes, asks and addresses the others by name.
pub(super) fn assign(session: &Session, text: &Text, phrases: &FloorPhrases, people: &mut People) {
    let marked: FxHashMap<&str, Role> = session
        .attendees
        .iter()
        .filter_map(|attendee| Some((attendee, attendee.role.or(without_office(&attendee.stakeholder).1)?)))
        .flat_map(|(attendee, role)| {
            std::iter::once(&attendee.name).chain(&attendee.aliases).map(move |label| (label.as_str(), role))
        })
        .collect();
    for speaker in &mut people.speakers {
        let given = speaker.labels.iter().find_map(|&label| marked.get(session.label(label)));
        if let Some(&role) = given {
            speaker.role = role;
            speaker.role_because = vec![format!("the source marks it as {role}")];
            continue;
        }
        let labels = speaker.labels.iter().map(|&label| session.label(label));
        let named = labels.into_iter().find_map(|label| Some((label, from_label(label)?)));
        if let Some((label, role)) = named {
            speaker.role = role;
            speaker.role_because = vec![format!("the source calls it “{label}”")];
        }
    }
    if people.speakers.len() > 2 {
        let conduct = conduct::of_all(session, text, phrases, people);
        for (speaker, conduct) in people.speakers.iter_mut().zip(&conduct) {
            let labels = speaker.labels.iter().map(|&label| session.label(label));
            let office = labels.into_iter().find(|label| conduct.hands_over() && begins_with_chair(label));
            if let Some(label) = office.filter(|_| speaker.role == Role::Speaker) {
                speaker.role = Role::Chair;
                let handover = format!("hands over the floor (“{}”)", conduct.example());
                speaker.role_because = vec![format!("the source calls it “{label}”"), handover];
            }
        }
        if let Some((leader, reasons)) = conduct::leader(&conduct)
            && people.speakers[leader].role == Role::Speaker
        {
            people.speakers[leader].role = Role::Moderator;
            people.speakers[leader].role_because = reasons;
        }
    }
}

/// The role that a label itself names (`MODERATOR`, `The Chair (Mr. A)`, `Ada Okoro (Chair)`), if it
/// names one.
pub(super) fn from_label(label: &str) -> Option<Role> {
    let (outside, inside) = bracketed(label);
    office(outside).or_else(|| office(inside?))
}

/// Whether a label is a name after the office of who presides (`Präsidentin Ada Okoro`, `Chairman LUND`). Heads of
/// state are called so too: it counts only for a voice that hands over the floor.
fn begins_with_chair(label: &str) -> bool {
    let folded = fold(bracketed(label).0);
    let Some((office, _)) = folded.split_once(' ') else { return false };
    CHAIRS_BEFORE_NAMES.contains(office)
}

/// A text without an office in brackets at its end, and the role of that office.
pub(super) fn without_office(text: &str) -> (&str, Option<Role>) {
    let (outside, inside) = bracketed(text);
    match inside.and_then(office) {
        Some(role) => (outside, Some(role)),
        None => (text, None),
    }
}

/// What stands before and in the brackets at the end of a text.
fn bracketed(text: &str) -> (&str, Option<&str>) {
    match text.trim_end().strip_suffix([')', '）']).and_then(|t| t.split_once(['(', '（'])) {
        Some((outside, inside)) => (outside.trim_end(), Some(inside)),
        None => (text, None),
    }
}

/// The role of an office, if the text is the name of one and nothing else.
fn office(text: &str) -> Option<Role> {
    let folded = fold(text);
    let name = BEFORE_OFFICES.iter().fold(folded.trim(), |name, word| without_word(name, word));
    let name = name.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ' || c == '#');
    let listed = [name, folded.trim()].into_iter().filter_map(|name| OFFICE_NAMES.get(name));
    listed.min().and_then(|&place| OFFICES.get(place)).map(|&(_, role)| role)
}

/// Words before the name of an office that are no part of it, in the order in which they stand.
static BEFORE_OFFICES: LazyLock<Vec<&str>> =
    LazyLock::new(|| SharedList::Names.read().words("before offices").collect());

/// A text without a word that it begins with, however often.
fn without_word<'t>(text: &'t str, word: &str) -> &'t str {
    let mut text = text;
    while let Some(rest) = text.strip_prefix(word).and_then(|rest| rest.strip_prefix(' ')) {
        text = rest;
    }
    text
}

/// In lower case, with straight apostrophes, without the vowel marks and stretches of Arabic writing.
fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let is_mark = |c: &char| matches!(c, '\u{640}' | '\u{64B}'..='\u{652}');
    text.to_lowercase().replace('’', "'").chars().filter(|c| !is_mark(c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Join, Language, SessionBuilder};

    fn roles(turns: &[(&str, &str)]) -> Vec<Role> {
        roles_in(Language::ENGLISH, turns)
    }

    fn roles_in(language: Language, turns: &[(&str, &str)]) -> Vec<Role> {
        let mut builder = SessionBuilder::new("s");
        for (label, text) in turns {
            builder.turn(label).text(text, Join::Line, 1, None);
        }
        let mut session = builder.finish(0);
        session.language = language;
        super::super::resolve(&session, &crate::text::read(&session), &Default::default())
            .speakers
            .iter()
            .map(|s| s.role)
            .collect()
    }

    #[test]
    fn who_opens_hands_over_and_closes_is_the_moderator() {
        let found = roles(&[
            ("Ines Faro", "Welcome everyone. Ada, over to you."),
            ("Ada Okoro", "The levy must go."),
            ("Ines Faro", "Thank you, Ada. Bo, the floor is yours. What does industry expect?"),
            ("Bo Lund", "We need the levy."),
            ("Ines Faro", "Thank you all, goodbye."),
        ]);
        assert_eq!(found, [Role::Moderator, Role::Speaker, Role::Speaker]);
    }

    #[test]
    fn who_calls_each_by_name_leads_and_who_argues_as_well_is_heard_like_the_others() {
        let led = |view: &'static str| {
            roles(&[
                ("Ines Faro", "We begin with the levy. Ada Okoro, what would you say to the island?"),
                ("Ada Okoro", "The levy must go, and Bo knows it."),
                ("Ines Faro", view),
                ("Bo Lund", "We need the levy, whatever Ada says."),
                ("Ines Faro", "Thank you. And is that fair, Ada?"),
                ("Ada Okoro", "It is not fair to the fleet."),
                ("Ines Faro", "Then, Cy, how do you see that?"),
                ("Cy Brandt", "I see both sides."),
            ])
        };
        assert_eq!(led("Thanks, Ada. Your turn, Bo.")[0], Role::Moderator);
        assert_eq!(
            led("I think the levy is wrong, I oppose it, and I believe we should end it. Bo?")[0],
            Role::Speaker
        );
    }

    #[test]
    fn one_question_does_not_make_a_moderator() {
        let found = roles(&[
            ("Ada Okoro", "Good morning. The levy must go."),
            ("Bo Lund", "Over to you, Cy? We need the levy."),
            ("Cy Twombly", "I disagree."),
        ]);
        assert_eq!(found, [Role::Speaker; 3]);
    }

    #[test]
    fn an_office_in_the_label_is_a_role() {
        assert_eq!(from_label("The President"), Some(Role::Chair));
        assert_eq!(from_label("The Chair (Mr. Anan)"), Some(Role::Chair));
        assert_eq!(from_label("MODERATOR 2"), Some(Role::Moderator));
        assert_eq!(from_label("Speaker 1"), None);
        assert_eq!(from_label("Mr. Speaker"), Some(Role::Chair));
        assert_eq!(from_label("The Speaker"), Some(Role::Chair));
        assert_eq!(from_label("La Présidente"), Some(Role::Chair));
        assert_eq!(from_label("Ведущая"), Some(Role::Moderator));
        assert_eq!(from_label("رئيسة الجلسة"), Some(Role::Chair));
        assert_eq!(from_label("林晓（主持人）"), Some(Role::Moderator));
        assert_eq!(from_label("Ada Chairman-Smith"), None);
        assert_eq!(from_label("Ada Okoro (Chair)"), Some(Role::Chair));
        assert_eq!(from_label("Ada Okoro (President of Kestria)"), None);
        assert_eq!(without_office("River Council (chair)"), ("River Council", Some(Role::Chair)));
        assert_eq!(without_office("River Council (East)"), ("River Council (East)", None));
    }

    #[test]
    fn a_name_after_an_office_is_the_chair_where_it_hands_over_the_floor() {
        for (label, opening, role) in [
            ("Präsidentin Ines Faro", "Das Wort hat Ada Okoro.", Role::Chair),
            ("Vizepräsident Dr. Faro", "Ada Okoro, Sie haben das Wort.", Role::Chair),
            ("Chairman FARO", "I give the floor to Ada Okoro. Over to you.", Role::Chair),
            ("Präsident Ines Faro", "Ich danke für die Einladung.", Role::Speaker),
            ("Presidential Ines", "Das Wort hat Ada Okoro.", Role::Speaker),
        ] {
            let language = if label.contains("FARO") { Language::ENGLISH } else { "de".parse().unwrap() };
            let turns = [(label, opening), ("Ada Okoro", "Nein."), ("Bo Lund", "Ja.")];
            assert_eq!(roles_in(language, &turns)[0], role, "{label}");
        }
    }

    #[test]
    fn a_role_that_the_source_marks_counts() {
        let mut builder = SessionBuilder::new("s");
        builder.turn("Ada Okoro").text("Order.", Join::Line, 1, None);
        builder.turn("Bo Lund").text("We need the levy.", Join::Line, 2, None);
        builder.session().attendees.push(crate::model::Attendee {
            name: "Ada Okoro".to_owned(),
            role: Some(Role::Chair),
            ..Default::default()
        });
        let session = builder.finish(0);
        let people = super::super::resolve(&session, &crate::text::read(&session), &Default::default());
        assert_eq!(people.speakers.iter().map(|s| s.role).collect::<Vec<_>>(), [Role::Chair, Role::Speaker]);
        assert_eq!(people.speakers[0].role_because, ["the source marks it as chair"]);
    }
}
