//! Records of parliaments, in which others call out: who is quoted with what.

use std::path::Path;

use rapporteur::definition::Definition;
use rapporteur::model::{Report, Role, Session};
use rapporteur::people::KnownPeople;
use rapporteur::pipeline;

use super::super::open;
use super::super::sessions::{Case, FORMATS};

/// The report of a record.
fn report_of(session: &Session) -> Report {
    pipeline::summarize(session, &KnownPeople::default(), &Definition::default()).expect("a report")
}

/// Names and roles of the speakers.
fn voices(report: &Report) -> Vec<(&str, Role)> {
    report.speakers.iter().map(|speaker| (speaker.name.as_str(), speaker.role)).collect()
}

/// What a reader is shown as words of a speaker.
fn shown(report: &Report, name: &str) -> String {
    let of_speaker = report.summaries.iter().flatten().filter(|summary| summary.name == name);
    let quoted = of_speaker.flat_map(|summary| &summary.evidence);
    quoted.map(|evidence| evidence.shown()).collect::<Vec<_>>().join(" ")
}

/// The text of a shared case; `None`, with a word, where the data are not at hand.
fn shared(name: &str) -> Option<Vec<u8>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/cases").join(name);
    let found = std::fs::read(&path).ok();
    if found.is_none() {
        assert!(std::env::var("CI").is_err(), "{} is missing", path.display());
        eprintln!("skipped: {} is missing", path.display());
    }
    found
}

fn check_heckling(bytes: Vec<u8>, format: Option<&str>) {
    let session = open(bytes, format).expect("a session").remove(0);
    let report = report_of(&session);
    let voices = voices(&report);
    assert_eq!(voices.len(), 3, "{voices:?}");
    assert_eq!(voices[0], ("Präsidentin Petra Lang", Role::Chair));
    let muster = shown(&report, "Max Muster (Rot)");
    assert!(muster.contains("Wir unterstützen das Gesetz."), "{muster}");
    for word in ["Beifall", "Widerspruch", "Unsinn"] {
        assert!(!muster.contains(word), "{muster}");
    }
    let berg = report.speakers.iter().find(|speaker| speaker.name.contains("Berg")).expect("a voice");
    assert_eq!((berg.turns, berg.stakeholder.as_str()), (2, "Blau"), "{berg:?}");
    let said: Vec<&str> = (0..session.turns.len())
        .filter(|&turn| session.turn_label(turn).contains("Berg"))
        .map(|turn| session.turn_text(turn))
        .collect();
    assert_eq!(said[0], "Das ist doch Unsinn!");
}

#[test]
fn applause_and_calls_are_never_quoted_as_the_speakers_words() {
    if let Some(bytes) = shared("heckling.txt") {
        check_heckling(bytes, None);
    }
    let turn = |speaker: &str, text: &str| (speaker.to_owned(), text.to_owned());
    let case = Case {
        turns: vec![
            turn("Präsidentin Petra Lang", "Das Wort hat der Kollege Max Muster."),
            turn(
                "Max Muster (Rot)",
                "Wir unterstützen das Gesetz. (Beifall bei Rot sowie bei Abgeordneten von Grün – Widerspruch bei Blau) \
                 Das ist gut für unser Land. (Dr. Anna Berg [Blau]: Das ist doch Unsinn!) Wir stimmen zu.",
            ),
            turn("Dr. Anna Berg (Blau)", "Wir lehnen das Gesetz ab. (Beifall bei Blau)"),
        ],
    };
    // The first two write their own speakers, the third says that English is spoken.
    for format in FORMATS.iter().filter(|format| !["un", "digwatch", "asr"].contains(&format.name)) {
        eprintln!("{}", format.name);
        check_heckling(format.render(&case).1, Some(format.name));
    }
}

fn check_record(bytes: Vec<u8>) {
    let session = open(bytes, None).expect("a session").remove(0);
    let report = report_of(&session);
    let voices = voices(&report);
    assert_eq!(voices.len(), 3, "{voices:?}");
    assert_eq!(voices.iter().filter(|(_, role)| *role == Role::Chair).count(), 1, "{voices:?}");
    assert_eq!(voices[2], ("The SPEAKER", Role::Chair));
    assert!((0..session.turns.len()).all(|turn| !session.turn_text(turn).contains("interjecting")));
    assert!(report.ledger.all.headers >= 3, "{:?}", report.ledger);
}

#[test]
fn members_that_interject_have_no_part_in_the_speech() {
    if let Some(bytes) = shared("interjections.txt") {
        check_record(bytes);
    }
    let paragraphs = [
        "Mr CARDEN (Eastbank—Prime Minister) (3.18 pm)—I welcome the report and I support the scheme.",
        "Ms O’HARA (Northgate—Leader of the Opposition) (3.25 pm)—We oppose this great big new tax.",
        "Honourable members interjecting—",
        "The SPEAKER—Order! The member will be heard.",
        "Ms O’HARA—I thank the Speaker. It hurts every household.",
    ];
    check_record(paragraphs.join("\n\n").into_bytes());
    let page: String = paragraphs.iter().map(|text| format!("<p>{text}</p>\n")).collect();
    check_record(format!("<html><body>{page}</body></html>").into_bytes());
    let bold =
        page.replace("<p>Mr CARDEN", "<p><b>Mr CARDEN</b>").replace("<p>Ms O’HARA", "<p><b>Ms O’HARA</b>");
    check_record(format!("<html><body>{bold}</body></html>").into_bytes());
}

#[test]
fn a_mark_of_direction_before_a_label_hides_no_turn() {
    let Some(bytes) = shared("01-invisible-label.txt") else { return };
    let session = open(bytes, None).expect("a session").remove(0);
    let labels: Vec<&str> = (0..session.turns.len()).map(|turn| session.turn_label(turn)).collect();
    assert_eq!(labels, ["Ann Lee", "Bo Ek", "Ann Lee", "Bo Ek"]);
    assert_eq!(session.turn_text(2), "We will never accept this levy.");
    assert!(session.warnings.is_empty(), "{:?}", session.warnings);
}
