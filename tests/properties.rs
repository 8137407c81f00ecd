//! What holds of every report, whatever the session and whatever the input format.
//!
//! Sessions are made up, written in each input format, and taken through the
//! public pipeline. Bytes that are no session at all may be refused, but never with a panic.

mod labels;
mod sessions;

use proptest::prelude::*;
use rapporteur::definition::{Budget, Definition, InputSettings, SummarySettings};
use rapporteur::model::count_words;
use rapporteur::model::{Report, Scope, Session, Summary};
use rapporteur::people::KnownPeople;
use rapporteur::pipeline::{self, Input};
use rapporteur::{rank, read};

use sessions::{Case, FORMATS, Format, case};

const QUESTION: &str = "What did Ann Lee say about the harbour, and why?";

fn open(bytes: Vec<u8>, format: Option<&str>) -> rapporteur::Result<Vec<Session>> {
    let settings = InputSettings { format: format.map(str::to_owned), ..InputSettings::default() };
    pipeline::open(&Input { path: "session".into(), bytes }, &settings)
}

/// The one session of a source in a format.
fn read_back(bytes: &[u8], format: &Format) -> Session {
    let mut sessions =
        open(bytes.to_vec(), Some(format.name)).unwrap_or_else(|e| panic!("{}: {e}", format.name));
    assert_eq!(sessions.len(), 1, "{}", format.name);
    sessions.remove(0)
}

fn format() -> impl Strategy<Value = &'static Format> {
    prop::sample::select(FORMATS.iter().collect::<Vec<_>>())
}

fn definition() -> impl Strategy<Value = Definition> {
    let budget = prop_oneof![
        (1u32..80).prop_filter_map("above 0", |n| n.try_into().ok().map(Budget::Words)),
        (1u32..6).prop_filter_map("above 0", |n| n.try_into().ok().map(Budget::Sentences)),
        (1u32..=100).prop_map(|percent| Budget::Percent(f64::from(percent))),
    ];
    let by = prop::sample::select(vec![Scope::Speaker, Scope::Stakeholder, Scope::Group, Scope::Session]);
    let names: Vec<String> = rank::METHODS.iter().map(|m| m.name.to_owned()).collect();
    let method = prop::option::of(prop::sample::select(names));
    let about = prop::option::of(prop::sample::select(vec!["the harbour levy", "data, privacy", "!"]));
    (budget, by, method, about).prop_map(|(budget, by, method, about)| Definition {
        input: InputSettings::default(),
        summary: SummarySettings {
            by,
            budget,
            method,
            about: about.map(str::to_owned),
            ..SummarySettings::default()
        },
        ..Definition::default()
    })
}

#[test]
fn every_input_format_is_tried() {
    let rendered: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
    let formats: Vec<&str> = read::FORMATS.iter().map(|format| format.name).collect();
    for format in &formats {
        assert!(rendered.contains(format), "add a renderer for {format} to tests/sessions/formats.rs");
    }
    assert_eq!(rendered.len(), formats.len(), "a renderer is of no format");
}

#[test]
fn a_stated_position_is_quoted_from_every_format() {
    let turn = |speaker: &str, text: &str| (speaker.to_owned(), text.to_owned());
    let case = Case {
        turns: vec![
            turn(
                "Ann Lee",
                "Thank you. We cannot support the harbour levy, because small boats would pay twice.",
            ),
            turn("Maria de la Cruz", "We call for safeguards in the ferry contract. That is our red line."),
        ],
    };
    for format in FORMATS {
        let session = read_back(&format.render(&case).1, format);
        let report =
            pipeline::summarize(&session, &KnownPeople::default(), &Definition::default()).expect("a report");
        let quoted: Vec<&str> =
            report.summaries.iter().flatten().flat_map(|s| &s.evidence).map(|e| e.text.as_str()).collect();
        for stated in ["cannot support the harbour levy", "call for safeguards"] {
            assert!(quoted.iter().any(|text| text.contains(stated)), "{} quotes {quoted:?}", format.name);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_session_is_recognised_and_comes_back_from_every_format_as_it_was(case in case()) {
        for format in FORMATS {
            let (held, bytes) = format.render(&case);
            let text = String::from_utf8_lossy(&bytes);
            let session = open(bytes.clone(), None).unwrap_or_else(|e| panic!("{e}\n{text}")).remove(0);
            prop_assert_eq!(&session.source.format, format.name, "{}", text);
            let found: Vec<(&str, &str)> =
                (0..session.turns.len()).map(|turn| (session.turn_label(turn), session.turn_text(turn))).collect();
            let expected: Vec<(&str, &str)> =
                held.turns.iter().map(|(speaker, text)| (speaker.as_str(), text.as_str())).collect();
            prop_assert_eq!(found, expected, "{}:\n{}", format.name, text);
        }
    }

    #[test]
    fn every_quotation_is_verbatim_by_its_speaker_and_within_the_budget(
        case in case(),
        format in format(),
        definition in definition(),
    ) {
        let session = read_back(&format.render(&case).1, format);
        let summarized = pipeline::summarize(&session, &KnownPeople::default(), &definition).expect("a report");
        check_quotations(&session, &summarized, definition.summary.budget);
        check_ledger(&session, &summarized);
        let answered = pipeline::ask(&session, &KnownPeople::default(), QUESTION, &definition).expect("an answer");
        check_quotations(&session, &answered, definition.summary.budget);
        check_ledger(&session, &answered);
    }

    #[test]
    fn reports_are_the_same_bytes_at_any_number_of_threads(case in case(), definition in definition()) {
        let session = read_back(&FORMATS[0].render(&case).1, &FORMATS[0]);
        let reports = [1, 2, 8].map(|threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
            pool.install(|| {
                let all = (
                    pipeline::summarize(&session, &KnownPeople::default(), &definition).expect("a report"),
                    pipeline::ask(&session, &KnownPeople::default(), QUESTION, &definition).expect("an answer"),
                );
                serde_json::to_string(&all).expect("JSON")
            })
        });
        prop_assert_eq!(&reports[0], &reports[1]);
        prop_assert_eq!(&reports[0], &reports[2]);
    }

    #[test]
    fn no_bytes_make_a_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        survive(&bytes);
    }

    #[test]
    fn no_text_makes_a_reader_panic(text in "(\\PC|[\n\r\t:{}\\[\\]<>\"|#*,.-]){0,300}") {
        survive(text.as_bytes());
    }

    #[test]
    fn no_damage_to_a_session_makes_a_reader_panic(
        case in case(),
        format in format(),
        edits in prop::collection::vec(edit(), 1..8),
    ) {
        let mut bytes = format.render(&case).1;
        for (at, removed, inserted) in edits {
            let at = at.index(bytes.len() + 1);
            let end = (at + removed).min(bytes.len());
            bytes.splice(at..end, inserted);
        }
        survive(&bytes);
    }
}

/// A place, how many bytes go there, and which come.
fn edit() -> impl Strategy<Value = (prop::sample::Index, usize, Vec<u8>)> {
    (any::<prop::sample::Index>(), 0usize..40, prop::collection::vec(any::<u8>(), 0..4))
}

/// Takes bytes through every reader and what can be read through every command.
fn survive(bytes: &[u8]) {
    let definition = Definition::default();
    let formats = read::FORMATS.iter().map(|format| Some(format.name)).chain([None]);
    for session in formats.flat_map(|format| open(bytes.to_vec(), format).unwrap_or_default()) {
        let report = pipeline::summarize(&session, &KnownPeople::default(), &definition)
            .expect("what was read can be summarized");
        check_quotations(&session, &report, definition.summary.budget);
        check_ledger(&session, &report);
        pipeline::ask(&session, &KnownPeople::default(), QUESTION, &definition)
            .expect("what was read can be asked");
        pipeline::inspect(&session, &KnownPeople::default(), &definition)
            .expect("what was read can be inspected");
    }
}

/// Holds the quotations of a report against the session: words, voice, place, length, order, reasons.
fn check_quotations(session: &Session, report: &Report, budget: Budget) {
    for summary in report.summaries.iter().flatten() {
        check_length(session, summary, budget);
        let places: Vec<_> = summary.evidence.iter().map(|e| (e.turn, e.start)).collect();
        assert!(places.is_sorted(), "quotations are not in reading order: {places:?}");
        let mut ranks: Vec<_> = summary.evidence.iter().map(|e| e.rank).collect();
        ranks.sort_unstable();
        assert!(ranks.iter().copied().eq(1..=ranks.len() as u64), "ranks are {ranks:?}");
        for evidence in &summary.evidence {
            let turn = evidence.turn as usize;
            let slice = session.turn_text(turn).get(evidence.start as usize..evidence.end as usize);
            assert_eq!(slice, Some(evidence.text.as_str()), "not the words of turn {turn}");
            assert!(!evidence.text.trim().is_empty(), "an empty quotation of turn {turn}");
            assert_eq!(evidence.speaker, session.turn_label(turn), "the wrong speaker of turn {turn}");
            let sum: f64 = evidence.because.iter().map(|reason| reason.value).sum();
            assert!((sum - evidence.score).abs() < 1e-6, "reasons add up to {sum}, not {}", evidence.score);
        }
    }
}

fn check_length(session: &Session, summary: &Summary, budget: Budget) {
    let words: u64 = summary.evidence.iter().map(|e| count_words(e.shown())).sum();
    assert_eq!(summary.words, words, "the words of {:?} are miscounted", summary.name);
    let n_sentences = summary.evidence.len();
    match budget {
        Budget::Words(limit) => assert!(words <= u64::from(limit.get()), "{words} words, limit {limit}"),
        Budget::Sentences(limit) => {
            assert!(n_sentences <= limit.get() as usize, "{n_sentences}, limit {limit}")
        }
        Budget::Percent(percent) => {
            let most = spoken_words(session) as f64 * percent / 100.0;
            assert!(words as f64 <= most, "{words} words, limit {most}");
        }
    }
}

/// Every word of the source is in one class, and the words of the turns in the classes of speech.
fn check_ledger(session: &Session, report: &Report) {
    let (ledger, all) = (&report.ledger, &report.ledger.all);
    assert_eq!(all.total(), ledger.input, "{ledger:?}");
    assert_eq!(ledger.input, session.input_words);
    let spoken = spoken_words(session);
    assert_eq!(all.selected + all.unselected + all.procedural + all.noise, spoken, "{ledger:?}");
    let by_speaker: u64 = ledger.speakers.iter().map(|s| s.classes.total()).sum();
    assert_eq!(by_speaker, spoken + all.labels, "{ledger:?}");
}

fn spoken_words(session: &Session) -> u64 {
    (0..session.turns.len()).map(|turn| count_words(session.turn_text(turn))).sum()
}
