//! What the rankings promise of whole summaries and answers: nothing hangs in the air, nothing is said
//! twice, everyone who is asked is heard, and the place of a matter is found.

use std::num::NonZeroU32;

use rapporteur::definition::InputSettings;
use rapporteur::definition::{Budget, Definition};
use rapporteur::model::{Evidence, Keyness, Report, Scope, Session, Span, WarningCode};
use rapporteur::people::KnownPeople;
use rapporteur::pipeline::summarize;
use rapporteur::pipeline::{Input, ask, open};
use rapporteur::prepare::Prepared;
use rapporteur::rank::place;
use rapporteur::text;

/// Openings that point at something said before.
const OPENINGS: &[&str] = &[
    "he",
    "she",
    "they",
    "it",
    "this",
    "that",
    "these",
    "those",
    "his",
    "her",
    "their",
    "its",
    "such",
    "so",
    "therefore",
    "thus",
    "hence",
    "however",
    "but",
    "it's",
    "that's",
    "they're",
    "he's",
    "she's",
];

const FIXTURES: &[&str] = &[
    "ai-hiring-panel/ai-hiring-panel.txt",
    "budget-rounds/budget-rounds.jsonl",
    "clinic-standup/clinic-standup.jsonl",
    "fisheries-survey/fisheries-survey.csv",
    "port-negotiation/port-negotiation.txt",
    "river-council/river-council.md",
    "school-committee/school-committee.json",
];

/// The English fixtures and, where it is there, the panel of the public data.
fn sessions() -> Vec<Session> {
    let root = env!("CARGO_MANIFEST_DIR");
    let mut paths: Vec<String> = FIXTURES.iter().map(|name| format!("{root}/fixtures/{name}")).collect();
    let panel = format!("{root}/../shared/data/seed/un-cybercrime-panel-2024-07-02.txt");
    if std::path::Path::new(&panel).exists() {
        paths.push(panel);
    } else {
        assert!(std::env::var("CI").is_err(), "the public data are not there: {panel}");
        eprintln!("skipped the panel: {panel} is not there");
    }
    paths.into_iter().flat_map(|path| opened(&path, std::fs::read(&path).expect("it is readable"))).collect()
}

fn opened(path: &str, bytes: Vec<u8>) -> Vec<Session> {
    let input = Input { path: path.to_owned(), bytes };
    open(&input, &InputSettings::default()).expect("it is a session")
}

fn definition(by: Scope, words: u32) -> Definition {
    let mut definition = Definition::default();
    definition.summary.by = by;
    definition.summary.budget = Budget::Words(NonZeroU32::new(words).expect("some words"));
    definition
}

/// Every summary of every session at two lengths goes to `check`, with a name for messages.
fn each_summary(mut check: impl FnMut(&str, &[Evidence])) {
    for session in sessions() {
        for by in [Scope::Speaker, Scope::Stakeholder, Scope::Session] {
            for words in [100, 450] {
                let report =
                    summarize(&session, &KnownPeople::default(), &definition(by, words)).expect("a report");
                for summary in report.summaries.iter().flatten() {
                    check(&format!("{} {by:?} {words} {}", session.id, summary.name), &summary.evidence);
                }
            }
        }
    }
}

#[test]
fn no_quotation_of_a_summary_opens_in_the_air() {
    let (mut n, mut dangling) = (0, Vec::new());
    each_summary(|name, evidence| {
        for (i, item) in evidence.iter().enumerate() {
            n += 1;
            let shown = item.shown().to_lowercase().replace('’', "'");
            let first = shown.split(|c: char| !c.is_alphanumeric() && c != '\'').find(|w| !w.is_empty());
            let follows = i.checked_sub(1).is_some_and(|before| {
                evidence[before].turn == item.turn && evidence[before].sentence + 1 == item.sentence
            });
            if first.is_some_and(|w| OPENINGS.contains(&w)) && item.context.is_empty() && !follows {
                dangling.push(format!("{name}: {}", item.shown()));
            }
        }
    });
    assert!(n > 300, "{n} quotations");
    assert!(dangling.is_empty(), "{} of {n}:\n{}", dangling.len(), dangling.join("\n"));
}

/// Share of the words of four letters and more that two texts have in common, of all they have.
fn alike(a: &str, b: &str) -> f64 {
    let words = |text: &str| -> std::collections::BTreeSet<String> {
        let lower = text.to_lowercase();
        lower.split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() > 3).map(str::to_owned).collect()
    };
    let (a, b) = (words(a), words(b));
    a.intersection(&b).count() as f64 / a.union(&b).count().max(1) as f64
}

#[test]
fn no_summary_says_the_same_twice() {
    let (mut n, mut repeated) = (0, Vec::new());
    each_summary(|name, evidence| {
        for (i, one) in evidence.iter().enumerate() {
            for other in &evidence[i + 1..] {
                n += 1;
                if alike(one.shown(), other.shown()) >= 0.5 {
                    repeated.push(format!("{name}:\n  {}\n  {}", one.shown(), other.shown()));
                }
            }
        }
    });
    assert!(n > 1000, "{n} pairs");
    assert!(repeated.is_empty(), "{} of {n}:\n{}", repeated.len(), repeated.join("\n"));
}

const TALK: &str = r#"{"id":"t","title":"","date":"","turns":[
{"speaker":"Ann Lee","text":"Let us begin with the ferry. The ferry timetable needs two more boats in the winter months."},
{"speaker":"Bo Ek","text":"The ferry timetable is fine as it stands, since the winter boats were half empty last year."},
{"speaker":"Cy Oh","text":"FILL"},
{"speaker":"Ann Lee","text":"Now the library roof. I want the library roof mended before the autumn storms arrive."},
{"speaker":"Cy Oh","text":"The library roof can wait until the insurance has paid for the damage of last year."}]}"#;

fn talk() -> Session {
    let filler =
        "The minutes of the spring assembly were printed and nobody had remarks about them. ".repeat(40);
    let text = TALK.replace('\n', "").replace("FILL", filler.trim());
    opened("talk.jsonl", text.into_bytes()).remove(0)
}

fn answer(question: &str) -> Report {
    ask(&talk(), &KnownPeople::default(), question, &definition(Scope::Session, 60)).expect("a report")
}

#[test]
fn everyone_who_is_asked_is_heard() {
    for (question, speakers) in [
        ("What did Ann Lee and Bo Ek say about the ferry timetable?", ["Ann Lee", "Bo Ek"]),
        ("What did Ann Lee and Cy Oh say about the library roof?", ["Ann Lee", "Cy Oh"]),
    ] {
        let report = answer(question);
        let quoted: Vec<&str> =
            report.summaries.iter().flatten().flat_map(|s| &s.evidence).map(|e| e.speaker.as_str()).collect();
        for speaker in speakers {
            assert!(quoted.contains(&speaker), "{question}: {speaker} is not among {quoted:?}");
        }
    }
}

#[test]
fn a_question_what_somebody_said_is_answered_in_their_words_alone() {
    for (question, alone) in [
        ("What did Bo Ek say about the ferry timetable?", true),
        ("Why did Cy Oh think the library roof can wait?", true),
        ("What was said to Ann Lee about the library roof?", false),
        ("Why did the group disagree with Ann Lee about the ferry timetable?", false),
        ("What was said about the winter boats?", false),
    ] {
        let session = talk();
        let prepared = Prepared::new(&session, &KnownPeople::default());
        assert_eq!(prepared.question(question).asks_them_only, alone, "{question}");
        let report = answer(question);
        let quoted: Vec<&str> =
            report.summaries.iter().flatten().flat_map(|s| &s.evidence).map(|e| e.speaker.as_str()).collect();
        assert!(!quoted.is_empty(), "{question}");
        if alone {
            assert!(quoted.iter().all(|speaker| question.contains(speaker)), "{question}: {quoted:?}");
        }
    }
}

/// A form of address belongs to the name: nobody in the session need have said it.
#[test]
fn titles_before_a_name_are_no_subject() {
    let session = talk();
    let prepared = Prepared::new(&session, &KnownPeople::default());
    for (titled, plain) in [
        ("What does Ms Lee want for the ferry timetable?", "What does Lee want for the ferry timetable?"),
        ("What did the Honourable Dr. Ek say about the roof?", "What did the Ek say about the roof?"),
    ] {
        let (titled, plain) = (prepared.question(titled), prepared.question(plain));
        assert_eq!((&titled.terms, &titled.unknown), (&plain.terms, &plain.unknown));
        assert!(titled.unknown.is_empty() && !titled.speakers.is_empty(), "{titled:?}");
    }
}

#[test]
fn each_language_tells_who_is_asked_from_who_is_addressed() {
    for (code, question, expected) in [
        ("en", "What did Ann Lee say", true),
        ("en", "What did the members say to Ann Lee", false),
        ("de", "Was sagte Ann Lee", true),
        ("de", "Was sagten die Mitglieder zu Ann Lee", false),
        ("fr", "Qu'a dit Ann Lee", true),
        ("fr", "Pourquoi le groupe a-t-il répondu à Ann Lee", false),
        ("es", "Qué dijo Ann Lee", true),
        ("es", "Qué respondieron los miembros a Ann Lee", false),
        ("it", "Che cosa ha detto Ann Lee", true),
        ("it", "Che cosa hanno risposto i membri a Ann Lee", false),
        ("pt", "O que disse Ann Lee", true),
        ("pt", "O que responderam os membros a Ann Lee", false),
        ("ru", "Что сказала Ann Lee", true),
        ("ru", "Что участники ответили Ann Lee", false),
        ("ar", "ماذا قالت Ann Lee", true),
        ("ar", "ماذا قال أعضاء اللجنة إلى Ann Lee", false),
        ("zh", "Ann Lee 说了什么", true),
        ("zh", "大家 对 Ann Lee 说了什么", false),
    ] {
        let language = code.parse().expect("a language");
        let at = question.find("Ann Lee").expect("the name");
        let names = [Span::new(at, at + "Ann Lee".len())];
        let read = text::QuestionText::read(question, language);
        assert_eq!(read.asks_named(question.len(), &names), expected, "{question}");
    }
}

#[test]
fn a_session_without_an_answer_says_what_is_missing() {
    for (question, expected) in [
        ("What did Bo Ek say about zebras?", "it names Bo Ek, but nobody says zebras"),
        ("What was said about zebras?", "nobody says zebras, and it names none of the speakers"),
    ] {
        let report = answer(question);
        let found =
            report.warnings.iter().find(|w| w.code == WarningCode::NoAnswer).map(|w| w.message.as_str());
        assert!(found.is_some_and(|message| message.ends_with(expected)), "{question}: {found:?}");
    }
}

#[test]
fn a_matter_is_known_as_far_as_its_words_are_said_in_one_place() {
    let session = talk();
    let prepared = Prepared::new(&session, &KnownPeople::default());
    let candidates = prepared.candidates(|_| true);
    let keyness = Keyness::default();
    let context = prepared.context(&candidates, &keyness);
    let known = |text: &str| place::known(&context, &prepared.question(text));
    assert_eq!(known("What was said about the ferry timetable?"), 1.0);
    assert_eq!(known("What did Ann Lee say?"), 1.0);
    assert_eq!(known("What was said about zebras?"), 0.0);
    let apart = known("What was said about the ferry and the roof?");
    assert!(apart > 0.0 && apart < 1.0, "{apart}");
    let half = known("What was said about the ferry and the zebras?");
    assert!(half > 0.0 && half < 1.0, "{half}");
}

#[test]
fn the_features_of_a_place_are_highest_there() {
    let session = talk();
    let prepared = Prepared::new(&session, &KnownPeople::default());
    let candidates = prepared.candidates(|_| true);
    let keyness = Keyness::default();
    let context = prepared.context(&candidates, &keyness);
    let best = |text: &str, feature: &str| {
        let rows = place::features(&context, &prepared.question(text));
        assert!(rows.iter().flatten().all(|value| (0.0..=1.0).contains(value)), "{text}");
        let at = place::names().iter().position(|name| *name == feature).expect("a feature");
        let highest = (0..rows.len()).rev().max_by(|&a, &b| rows[a][at].total_cmp(&rows[b][at]));
        prepared.analysis.sentences[highest.expect("sentences")].turn
    };
    let roof = "What did Cy Oh say about the library roof?";
    for feature in ["place:match-near", "place:cover-near", "place:burst-near", "place:best-match"] {
        assert!(best(roof, feature) >= 3, "{feature}");
    }
    assert!(best(roof, "place:asked-reply") == 4);
    assert!(best("What did Ann Lee and Bo Ek say about it?", "place:asked-together") <= 1);
    assert_eq!(best("What did Cy Oh say about the assembly?", "place:asked-turns"), 2);
}
