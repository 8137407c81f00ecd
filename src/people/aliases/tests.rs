//! Which names are resolved, and which are left alone.

use crate::model::{Join, SessionBuilder};
use crate::people::{KnownPeople, resolve, roster};

/// The names that are found besides labels, each with whose it is.
fn found(turns: &[(&str, &str)], roster_text: &str) -> Vec<(String, String)> {
    let mut builder = SessionBuilder::new("s");
    for (label, text) in turns {
        builder.turn(label).text(text, Join::Line, 1, None);
    }
    let roster = roster::parse(format!("speaker,aliases\n{roster_text}").as_bytes()).expect("a roster");
    let session = builder.finish(0);
    let people =
        resolve(&session, &crate::text::read(&session), &KnownPeople { roster, ..KnownPeople::default() });
    let mut all = Vec::new();
    for speaker in &people.speakers {
        for alias in speaker.aliases.iter().filter(|alias| !alias.is_label) {
            all.push((alias.name.clone(), speaker.name.clone()));
        }
    }
    all
}

const PANEL: [(&str, &str); 5] = [
    ("Ines Faro", "Welcome. We hear from Katica and Bo later. Yulia, over to you."),
    ("Yuliya Marsh", "As Katica said, the levy must go. Thank you, Petitza."),
    ("Ines Faro", "Thank you, Yulya. Katitsa, please."),
    ("Katitza Lund", "I agree with Yulia and Bo. Alexandre told us so, and Marsha knows."),
    ("Bo Alexander", "Kevin and Cy agree."),
];

#[test]
fn a_nickname_must_be_used_in_a_call_and_in_thanks_or_be_given_by_its_owner() {
    let turns = [
        ("Nkem Lund", "Hello."),
        ("Ines Faro", "Thank you very much. Jory, what do you say? Over to you."),
        ("J. R. Marsh", "Yes."),
        ("Ines Faro", "Thank you, Jory. Cam, may I turn to you?"),
        ("Nkem Lund", "Most people call me Kem."),
        ("Ines Faro", "Thank you, Zed. Zara, please."),
        ("J. R. Marsh", "No."),
        ("Ines Faro", "Thank you, Bob. Bob, what do you say?"),
        ("Nkem Lund", "No."),
    ];
    assert_eq!(found(&turns, ""), owned(&[("Kem", "Nkem Lund"), ("Jory", "J. R. Marsh")]));
}

fn owned(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
}

#[test]
fn misspelt_names_are_resolved_where_they_are_used_as_names() {
    let expected = [
        ("Yulia", "Yuliya Marsh"),
        ("Yulya", "Yuliya Marsh"),
        ("Katica", "Katitza Lund"),
        ("Katitsa", "Katitza Lund"),
    ];
    assert_eq!(found(&PANEL, ""), owned(&expected));
}

#[test]
fn the_roster_undoes_what_was_resolved() {
    let text = "Katica Horn,\nYuliya Marsh,Yulya\n";
    let expected = [("Yulya", "Yuliya Marsh"), ("Yulia", "Yuliya Marsh"), ("Katitsa", "Katitza Lund")];
    let mut all = found(&PANEL, text);
    all.sort();
    let mut expected = owned(&expected);
    expected.sort();
    assert_eq!(all, expected);
}

#[test]
fn a_name_that_two_speakers_share_is_nobodys() {
    let turns = [
        ("Ines Faro", "Welcome. Katica and Bo, over to you."),
        ("Katitza Lund", "Yes."),
        ("Bo Ek", "Yes."),
        ("Katitza Horn", "No."),
    ];
    assert_eq!(found(&turns, ""), []);
}

#[test]
fn a_middle_name_is_its_owners() {
    let turns = [("Ines Faro", "Neno, over to you."), ("Nemanja Neno Lund", "Thank you, Ines.")];
    assert_eq!(found(&turns, ""), owned(&[("Neno", "Nemanja Neno Lund")]));
}

#[test]
fn letters_and_offices_are_no_names() {
    let turns = [
        ("Grad A", "Chaired by Professer D. Project Manger, over to you."),
        ("Project Manager", "Thank you, Grade."),
        ("Professor D", "Yes."),
    ];
    assert_eq!(found(&turns, ""), []);
}
