//! Each way a report can be wrong is caught, and a right one is not blamed.

use super::*;
use crate::model::report::SCHEMA;
use crate::model::{
    Classes, Evidence, Join, Ledger, Reason, Role, Scope, SessionBuilder, SessionInfo, Source, SpeakerInfo,
    SpeakerLedger, Summary,
};
use crate::model::{Definition, Language};

/// Drops the filler "um," as a display would.
fn budget(words: u32) -> Definition {
    let mut definition = Definition::default();
    definition.summary.budget = Budget::Words(words.try_into().unwrap());
    definition
}

/// A word that the budget of the report has room for.
fn outcome() -> RecordedOutcome {
    RecordedOutcome {
        item: "Nights".into(),
        heading: "Conclusion".into(),
        line: 7,
        text: "Adjourned.".into(),
        display: String::new(),
    }
}

fn session() -> Session {
    let mut builder = SessionBuilder::new("s");
    builder.turn("Ana").text("Nights cost health. We, um, cannot accept that.", Join::Line, 3, None);
    builder.turn("Bo").text("Nights are quiet.", Join::Line, 5, None);
    builder.session().language = Language::ENGLISH;
    builder.session().source = Source {
        path: "s.txt".into(),
        format: "plain".into(),
        bytes: 9,
        sha256: "ab".into(),
        companions: vec![],
    };
    builder.session().recorded.push(outcome());
    builder.label_words("Ana", 1).label_words("Bo", 1);
    builder.finish(13)
}

fn speaker(name: &str, words: u64) -> SpeakerInfo {
    SpeakerInfo {
        name: name.into(),
        aliases: vec![],
        alias_because: vec![],
        stakeholder: name.into(),
        stakeholder_spelling: String::new(),
        stakeholder_because: None,
        group: String::new(),
        role: Role::Speaker,
        role_because: vec![],
        turns: 1,
        words,
        share: 0.5,
        seconds: None,
        wpm: None,
        published: None,
    }
}

fn right_report() -> Report {
    let ana = Classes { selected: 5, unselected: 3, labels: 1, ..Classes::default() };
    let bo = Classes { unselected: 3, labels: 1, ..Classes::default() };
    let mut all = ana;
    all.add(&bo);
    let evidence = Evidence {
        rank: 1,
        score: 0.75,
        because: vec![
            Reason { feature: "a".into(), value: 0.5 },
            Reason { feature: "b".into(), value: 0.25 },
        ],
        speaker: "Ana".into(),
        stakeholder: "Ana".into(),
        turn: 0,
        sentence: 1,
        start: 20,
        end: 47,
        line: 3,
        time: None,
        text: "We, um, cannot accept that.".into(),
        display: "We, cannot accept that.".into(),
        context: "Nights cost health.".into(),
        kind: String::new(),
        stance: None,
        issue: String::new(),
    };
    Report {
        schema: SCHEMA.into(),
        tool: "rapporteur 0.0.0".into(),
        definition: budget(5),
        session: SessionInfo {
            id: "s".into(),
            title: String::new(),
            date: String::new(),
            language: "en".into(),
            date_known: String::new(),
            language_known: String::new(),
            turns: 2,
            sentences: 3,
            words: 11,
            source: session().source,
        },
        read_together: None,
        recorded: vec![outcome()],
        detected: vec![],
        question: None,
        speakers: vec![speaker("Ana", 8), speaker("Bo", 3)],
        summaries: Some(vec![Summary {
            scope: Scope::Speaker,
            name: "Ana".into(),
            words: 4,
            candidates: 2,
            evidence: vec![evidence],
        }]),
        ledger: Ledger {
            input: 13,
            all,
            speakers: vec![
                SpeakerLedger { speaker: "Ana".into(), classes: ana },
                SpeakerLedger { speaker: "Bo".into(), classes: bo },
            ],
        },
        warnings: vec![],
    }
}

fn mismatches(wrong: &Report) -> Vec<String> {
    let session = session();
    let original = Original::new(&session);
    report(wrong, &original).into_iter().map(|mismatch| mismatch.what).collect()
}

#[test]
fn a_right_report_is_not_blamed() {
    assert_eq!(mismatches(&right_report()), [""; 0]);
}

#[test]
fn every_changed_field_is_caught_under_its_name() {
    type Change = fn(&mut Evidence);
    let changes: [(&str, Change); 17] = [
        ("text", |e| e.text = e.text.replace("cannot", "can")),
        ("text", |e| e.text.clear()),
        ("speaker", |e| e.speaker = "Bo".into()),
        ("turn", |e| e.turn = 2),
        ("turn", |e| e.turn = u64::MAX),
        ("place", |e| e.turn = 1),
        ("place", |e| e.start += 1),
        ("place", |e| e.end = u64::MAX),
        ("place", |e| (e.start, e.end) = (e.end, e.start)),
        ("sentence", |e| e.sentence = 0),
        ("sentence", |e| e.sentence = 9),
        ("line", |e| e.line = 4),
        ("time", |e| e.time = Some(crate::model::Timing { start: 1.0, end: 2.0, interpolated: false })),
        ("display", |e| e.display = "We can accept that.".into()),
        ("context", |e| e.context = "Nights are quiet.".into()),
        ("score", |e| e.score = 0.8),
        ("score", |e| e.because[1].value = 0.3),
    ];
    for (number, (what, change)) in changes.iter().enumerate() {
        let mut wrong = right_report();
        change(&mut wrong.summaries.as_mut().unwrap()[0].evidence[0]);
        let found = mismatches(&wrong);
        assert!(found.iter().any(|name| name == what), "change {number}: {what} expected, found {found:?}");
    }
}

#[test]
fn figures_of_the_whole_are_checked() {
    type Change = fn(&mut Report);
    let changes: [(&str, Change); 11] = [
        ("source", |r| r.session.source.sha256 = "cd".into()),
        ("turns", |r| r.session.turns = 3),
        ("words", |r| r.summaries.as_mut().unwrap()[0].words = 3),
        ("budget", |r| r.definition = budget(3)),
        ("budget", |r| r.definition = budget(4)),
        ("recorded", |r| r.recorded[0].text = "Agreed.".into()),
        ("recorded", |r| r.recorded[0].line = 8),
        ("ledger", |r| r.ledger.input = 14),
        ("ledger", |r| r.ledger.all.noise = u64::MAX),
        ("ledger", |r| r.ledger.speakers[1].classes.unselected = u64::MAX),
        ("summary", |r| r.summaries.as_mut().unwrap()[0].name = "Bo".into()),
    ];
    for (number, (what, change)) in changes.iter().enumerate() {
        let mut wrong = right_report();
        change(&mut wrong);
        let found = mismatches(&wrong);
        assert!(found.iter().any(|name| name == what), "change {number}: {what} expected, found {found:?}");
    }
}

#[test]
fn a_moved_quotation_is_found_where_it_stands() {
    let mut wrong = right_report();
    wrong.summaries.as_mut().unwrap()[0].evidence[0].turn = 1;
    let session = session();
    let found = report(&wrong, &Original::new(&session));
    let place = found.iter().find(|mismatch| mismatch.what == "place").unwrap();
    assert_eq!(place.expected, "turn 0, bytes 20 to 47");
    assert_eq!(place.found, "turn 1, bytes 20 to 47");
}

#[test]
fn a_row_of_a_table_is_checked_like_a_quotation() {
    let right = Claim {
        session: "s".into(),
        speaker: "Bo".into(),
        rank: 1,
        turn: 1,
        sentence: Some(0),
        start: 0,
        end: 17,
        text: "Nights are quiet.".into(),
    };
    let session = session();
    let original = Original::new(&session);
    assert_eq!(claim(&right, &original), []);
    let wrong = Claim { text: "Nights are loud!!".into(), speaker: "Ana".into(), ..right };
    let found: Vec<String> = claim(&wrong, &original).into_iter().map(|mismatch| mismatch.what).collect();
    assert_eq!(found, ["speaker", "text"]);
}
