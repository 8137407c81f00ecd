//! Sessions of a corpus with their lists beside them.

use super::super::{Companion, Found, read, read_found, read_with};
use crate::model::Session;

const SESSION: &str = include_str!("../../../tests/corpora/skerries/2024/Assembly-SK_2024-03-05.xml");
const LATER: &str = include_str!("../../../tests/corpora/skerries/2025/Assembly-SK_2025-06-10.xml");
const PERSONS: &str = include_str!("../../../tests/corpora/skerries/Assembly-SK-listPerson.xml");
const ORGANISATIONS: &str = include_str!("../../../tests/corpora/skerries/Assembly-SK-listOrg.xml");
const ROOT: &str = include_str!("../../../tests/corpora/skerries/Assembly-SK.xml");

fn session(text: &str, beside: &[(&str, &str)]) -> Session {
    let companion =
        |(name, text): &(&str, &str)| Companion::new(format!("corpus/{name}"), text.as_bytes().to_vec());
    let companions: Vec<Companion> = beside.iter().map(companion).collect();
    let mut reading =
        read_with(text.as_bytes(), "corpus/Assembly-SK_2024-03-05.xml", None, &companions).unwrap();
    reading.sessions.remove(0)
}

fn lists() -> [(&'static str, &'static str); 2] {
    [("Assembly-SK-listPerson.xml", PERSONS), ("Assembly-SK-listOrg.xml", ORGANISATIONS)]
}

/// The names of the speakers, each with its party.
fn parties(session: &Session) -> Vec<(&str, &str)> {
    session.attendees.iter().map(|person| (person.name.as_str(), person.stakeholder.as_str())).collect()
}

fn warnings(session: &Session) -> Vec<&str> {
    session.warnings.iter().map(|warning| warning.message.as_str()).collect()
}

#[test]
fn names_and_the_party_of_the_day_come_from_the_lists_beside() {
    let early = session(SESSION, &lists());
    assert_eq!(
        parties(&early),
        [
            ("Ingrid Holm", "Tide League"),
            ("Tomas Varga", "Harbour Party"),
            ("David Osei", "Tide League"),
            ("Karin de la Lind", "Harbour Party")
        ]
    );
    assert_eq!(early.labels, ["Ingrid Holm", "Tomas Varga", "David Osei", "Karin de la Lind"]);
    let read: Vec<&str> = early.source.companions.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(read, ["Assembly-SK-listPerson.xml", "Assembly-SK-listOrg.xml"]);
    assert_eq!(warnings(&early), [""; 0]);
    let later = session(LATER, &lists());
    assert!(parties(&later).contains(&("Tomas Varga", "Open Water")));
    assert!(parties(&later).contains(&("David Osei", "Open Water")));
}

#[test]
fn without_lists_identifiers_stay_and_a_warning_names_the_file() {
    let bare = session(SESSION, &[]);
    assert_eq!(bare.labels, ["HolmIngrid", "VargaTomas", "OseiDavid", "LindeKarin"]);
    assert!(bare.source.companions.is_empty());
    let [warning] = warnings(&bare)[..] else { panic!("{:?}", bare.warnings) };
    assert!(warning.contains("has 4 of 4 speakers (HolmIngrid)"), "{warning}");
    assert!(warning.contains("Assembly-SK-listPerson.xml"), "{warning}");
    let half = session(SESSION, &lists()[..1]);
    assert_eq!(half.labels[0], "Ingrid Holm");
    let [warning] = warnings(&half)[..] else { panic!("{:?}", half.warnings) };
    assert!(warning.contains("Assembly-SK-listOrg.xml"), "{warning}");
}

#[test]
fn a_list_that_cannot_be_read_is_a_warning_and_loses_no_word() {
    for broken in [
        "<listPerson><person xml:id='HolmIngrid'>",
        "",
        "\u{0}\u{1}\u{2}",
        "<!DOCTYPE x [<!ENTITY a 'b'>]><x/>",
    ] {
        let session = session(SESSION, &[("Assembly-SK-listPerson.xml", broken), lists()[1]]);
        assert_eq!(session.labels[0], "HolmIngrid", "{broken:?}");
        assert!(warnings(&session)[0].starts_with("Assembly-SK-listPerson.xml cannot be read"), "{broken:?}");
        assert_eq!(session.source.companions.len(), 1);
        super::super::tests::check_invariants(&session);
    }
}

#[test]
fn lists_in_the_root_of_a_corpus_count_and_those_of_the_session_come_first() {
    let own = "<particDesc><listPerson><person xml:id='HolmIngrid'><persName>Madam Speaker</persName></person>\
               </listPerson></particDesc></profileDesc>";
    let root = ROOT.replace("<particDesc>", &format!("<particDesc>{}{}", body(PERSONS), body(ORGANISATIONS)));
    let session = session(&SESSION.replace("</profileDesc>", own), &[("Assembly-SK.xml", &root)]);
    assert_eq!(parties(&session)[..2], [("Madam Speaker", ""), ("Tomas Varga", "Harbour Party")]);
    assert_eq!(session.date, "2024-03-05");
}

/// A list without its declaration.
fn body(list: &str) -> &str {
    list.split_once("?>").map_or(list, |(_, body)| body)
}

#[test]
fn a_session_with_all_its_people_reads_no_list_beside_it() {
    let people = format!("<particDesc>{}{}</particDesc></profileDesc>", body(PERSONS), body(ORGANISATIONS));
    let session = session(&SESSION.replace("</profileDesc>", &people), &lists());
    assert!(session.source.companions.is_empty());
    assert_eq!(parties(&session)[0], ("Ingrid Holm", "Tide League"));
}

#[test]
fn lists_and_the_root_of_a_corpus_are_no_sessions() {
    for (text, what) in [
        (PERSONS, "a list of persons"),
        (ORGANISATIONS, "a list of organisations"),
        (ROOT, "the root of a corpus"),
    ] {
        let Found::Other(why) = read_found(text.as_bytes(), "x.xml").unwrap() else { panic!("{what}") };
        assert!(why.contains(what), "{why}");
        let error = read(text.as_bytes(), "x.xml", None).unwrap_err().to_string();
        assert!(error.contains(what) && error.contains("name the files of the sessions"), "{error}");
    }
}

#[test]
fn a_corpus_in_one_file_has_the_party_of_each_day() {
    let (early, later) = (body(SESSION), body(LATER));
    let lists = format!("<teiHeader>{}{}</teiHeader>", body(PERSONS), body(ORGANISATIONS));
    let corpus = format!("<teiCorpus>{lists}{early}{later}</teiCorpus>");
    let sessions = read(corpus.as_bytes(), "corpus.xml", None).unwrap().sessions;
    assert_eq!(sessions.len(), 2);
    assert!(parties(&sessions[0]).contains(&("David Osei", "Tide League")));
    assert!(parties(&sessions[1]).contains(&("David Osei", "Open Water")));
}
