//! A small report for the writers' tests.

use crate::model::report::SCHEMA;
use crate::model::{
    AliasInfo, Because, Classes, Evidence, Ledger, Published, Reason, Report, Role, Scope, SessionInfo,
    Source, SpeakerInfo, SpeakerLedger, Summary, Timing, Warning, WarningCode,
};

/// A speaker with two quotations, and a moderator.
pub(crate) fn report() -> Report {
    let speakers = vec![
        SpeakerInfo {
            name: "Ana Reyes".into(),
            aliases: vec!["Ms Reyes".into()],
            alias_because: vec![AliasInfo {
                alias: "Ms Reyes".into(),
                because: Because { line: Some(4), ..Because::new("the attendee table gives both") },
            }],
            stakeholder: "Harbour Union".into(),
            stakeholder_spelling: String::new(),
            stakeholder_because: Some(Because {
                turn: Some(0),
                start: Some(3),
                end: Some(35),
                line: Some(2),
                text: "Ana Reyes from the Harbour Union".into(),
                ..Because::new("so introduced by Moderator")
            }),
            group: "civil society".into(),
            role: Role::Speaker,
            role_because: vec![],
            turns: 2,
            words: 1200,
            share: 0.75,
            seconds: Some(480.0),
            wpm: Some(150.0),
            published: Some(Published { words: Some(1300), seconds: Some(500.0), wpm: Some(156.0) }),
        },
        SpeakerInfo {
            name: "Moderator".into(),
            aliases: vec![],
            alias_because: vec![],
            stakeholder: "Moderator".into(),
            stakeholder_spelling: String::new(),
            stakeholder_because: None,
            group: String::new(),
            role: Role::Moderator,
            role_because: vec!["opens the session".into(), "hands over the floor 3 times".into()],
            turns: 3,
            words: 400,
            share: 0.25,
            seconds: None,
            wpm: None,
            published: None,
        },
    ];
    let classes = Classes {
        selected: 13,
        unselected: 1500,
        procedural: 87,
        noise: 0,
        headers: 20,
        labels: 7,
        unattributed: 0,
    };
    Report {
        schema: SCHEMA.into(),
        tool: "rapporteur 0.0.0".into(),
        definition: Default::default(),
        session: SessionInfo {
            id: "harbour".into(),
            title: "The *harbour* talks".into(),
            date: "2024-07-02".into(),
            language: "en".into(),
            date_known: String::new(),
            language_known: String::new(),
            turns: 5,
            sentences: 90,
            words: 1600,
            source: Source {
                path: "harbour.txt".into(),
                format: "plain".into(),
                bytes: 9000,
                sha256: "0".repeat(64),
                companions: vec![],
            },
        },
        read_together: None,
        recorded: Vec::new(),
        detected: vec![],
        question: None,
        speakers,
        summaries: Some(vec![Summary {
            scope: Scope::Speaker,
            name: "Ana Reyes".into(),
            words: 13,
            candidates: 40,
            evidence: vec![evidence_by_alias(), evidence_with_context()],
        }]),
        ledger: Ledger {
            input: 1627,
            all: classes,
            speakers: vec![SpeakerLedger { speaker: "Ana Reyes".into(), classes }],
        },
        warnings: vec![Warning {
            code: WarningCode::BadLine,
            line: 7,
            message: "line 7 has no label".into(),
        }],
    }
}

fn evidence_by_alias() -> Evidence {
    Evidence {
        rank: 2,
        score: 0.1234567890123,
        because: vec![Reason { feature: "term:pension".into(), value: 0.1234567890123 }],
        speaker: "Ms Reyes".into(),
        stakeholder: "Harbour Union".into(),
        turn: 1,
        sentence: 0,
        start: 0,
        end: 38,
        line: 12,
        time: None,
        text: "We, um, cannot accept the pension cut.".into(),
        display: "We cannot accept the pension cut.".into(),
        context: String::new(),
        kind: "objection".into(),
        stance: Some(crate::model::Stance::Oppose),
        issue: String::new(),
    }
}

fn evidence_with_context() -> Evidence {
    Evidence {
        rank: 1,
        score: 1.5,
        because: vec![],
        speaker: "Ana Reyes".into(),
        stakeholder: "Harbour Union".into(),
        turn: 3,
        sentence: 2,
        start: 40,
        end: 80,
        line: 30,
        time: Some(Timing { start: 3725.0, end: 3729.0, interpolated: false }),
        text: "That is why the night shift must be paid.".into(),
        display: String::new(),
        context: "Nights cost people their health.".into(),
        kind: String::new(),
        stance: None,
        issue: String::new(),
    }
}
