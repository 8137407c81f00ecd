//! What each voice does in the session, from its label or from what it does there.

use rustc_hash::FxHashMap;

use super::conduct;
use super::floor_phrases::FloorPhrases;
use super::labels::roles::{begins_with_chair, from_label, without_office};
use crate::model::{People, ReasonKind, Role, Session, Text};

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
            speaker.role_because = vec![format!("{} {role}", ReasonKind::SourceMarks.beginning())];
            continue;
        }
        let labels = speaker.labels.iter().map(|&label| session.label(label));
        let named = labels.into_iter().find_map(|label| Some((label, from_label(label)?)));
        if let Some((label, role)) = named {
            speaker.role = role;
            speaker.role_because = vec![format!("{} “{label}”", ReasonKind::SourceCalls.beginning())];
        }
    }
    if people.speakers.len() > 2 {
        let conduct = conduct::of_all(session, text, phrases, people);
        for (speaker, conduct) in people.speakers.iter_mut().zip(&conduct) {
            let labels = speaker.labels.iter().map(|&label| session.label(label));
            let office = labels.into_iter().find(|label| conduct.hands_over() && begins_with_chair(label));
            if let Some(label) = office.filter(|_| speaker.role == Role::Speaker) {
                speaker.role = Role::Chair;
                let handover = format!("{} (“{}”)", ReasonKind::HandsOver.beginning(), conduct.example());
                speaker.role_because =
                    vec![format!("{} “{label}”", ReasonKind::SourceCalls.beginning()), handover];
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
