//! How long each stage and the whole take on a session of real size, made up from a fixed seed.
//!
//! Every bench asserts its answer, so that a fast wrong one is noticed.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use rapporteur::definition::{Definition, InputSettings};
use rapporteur::evaluate::{Stemming, score};
use rapporteur::model::{Keyness, Report, Session, count_words};
use rapporteur::people::KnownPeople;
use rapporteur::pipeline::{self, Input};
use rapporteur::prepare::Prepared;
use rapporteur::write::Layout;
use rapporteur::{people, rank, read, text, write};

const N_SPEAKERS: usize = 8;
const N_WORDS: u64 = 15_000;

const SPEAKERS: [&str; N_SPEAKERS] = [
    "Ines Marlow",
    "Tomas Berg",
    "Aiko Nara",
    "Lena Dray",
    "Omar Vail",
    "Ruth Castor",
    "Pavel Orlik",
    "Mia Stone",
];

const OPENINGS: [&str; 12] = [
    "We must",
    "We cannot",
    "I propose that we",
    "My delegation would like to",
    "Nobody here wants to",
    "Our members call on the council to",
    "It is not enough to",
    "Thank you, Chair, and let me say that we should",
    "So, uh, before the vote we need to",
    "Experts e.g. from Dr. Hale's group told us to",
    "If the fee rises by 3.5 per cent, we will",
    "This means that we have to",
];

const VERBS: [&str; 20] = [
    "protect",
    "fund",
    "delay",
    "repeal",
    "clarify",
    "extend",
    "limit",
    "review",
    "support",
    "oppose",
    "finance",
    "publish",
    "replace",
    "simplify",
    "strengthen",
    "suspend",
    "amend",
    "enforce",
    "abandon",
    "measure",
];

const NOUNS: [&str; 40] = [
    "harbour",
    "ferry",
    "quota",
    "levy",
    "data protection rules",
    "night trains",
    "school meals",
    "reporting duties",
    "storage sites",
    "safeguards",
    "tidal barrier",
    "bridge",
    "port authority",
    "licences",
    "training courses",
    "hospital",
    "emission limits",
    "border checks",
    "water tariff",
    "flood maps",
    "reserve fund",
    "wage agreement",
    "cycle lanes",
    "audit office",
    "open archive",
    "sea wall",
    "lighthouse",
    "fishing grounds",
    "cable route",
    "visitor centre",
    "noise limits",
    "housing plan",
    "grid connection",
    "translation service",
    "toll",
    "market hall",
    "ice road",
    "seed bank",
    "pilot project",
    "complaints board",
];

const LINKS: [&str; 8] = [
    "because of",
    "in spite of",
    "together with",
    "as long as it serves",
    "and, above all,",
    "instead of",
    "after",
    "for the sake of",
];

/// A session of at least [`N_WORDS`] words as plain text, in which each speaker has favourite words.
fn transcript() -> String {
    let mut state = 20_240_702_u64;
    let mut below = |bound: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % bound
    };
    let mut transcript = String::new();
    let mut n_words = 0;
    while n_words < N_WORDS {
        let speaker = below(N_SPEAKERS);
        let sentences: Vec<String> = (0..1 + below(9))
            .map(|_| {
                let mut noun = || NOUNS[(speaker * 5 + below(10) * below(5)) % NOUNS.len()];
                let (first, second) = (noun(), noun());
                let (opening, verb) =
                    (OPENINGS[below(OPENINGS.len())], VERBS[(speaker * 2 + below(8)) % VERBS.len()]);
                format!("{opening} {verb} the {first} {} the {second}.", LINKS[below(LINKS.len())])
            })
            .collect();
        let turn = format!("{}: {}\n", SPEAKERS[speaker], sentences.join(" "));
        n_words += count_words(&turn);
        transcript.push_str(&turn);
    }
    transcript
}

fn opened(transcript: &str) -> Session {
    let input = Input { path: "session.txt".into(), bytes: transcript.as_bytes().to_vec() };
    let mut sessions = pipeline::open(&input, &InputSettings::default()).expect("the session can be read");
    assert_eq!(sessions.len(), 1);
    let session = sessions.remove(0);
    assert_eq!(session.labels.len(), N_SPEAKERS);
    assert_eq!(session.input_words, count_words(transcript));
    session
}

fn check_report(report: &Report, n_summaries: usize) {
    let summaries = report.summaries.as_deref().expect("summaries");
    assert_eq!(summaries.len(), n_summaries);
    assert!(summaries.iter().all(|s| (50..=100).contains(&s.words)), "a budget is not used");
    assert_eq!(report.ledger.all.total(), report.ledger.input);
}

fn stages(criterion: &mut Criterion) {
    let transcript = transcript();
    let session = opened(&transcript);
    let mut group = criterion.benchmark_group("stages");
    group.throughput(Throughput::Bytes(transcript.len() as u64));
    group.bench_function("read", |b| {
        b.iter(|| {
            let reading =
                read::read(black_box(transcript.as_bytes()), "session.txt", None).expect("a session");
            assert_eq!(reading.sessions[0].turns.len(), session.turns.len());
        });
    });
    let read_text = text::read(&session);
    let voices = people::resolve(&session, &read_text, &KnownPeople::default());
    group.bench_function("people", |b| {
        b.iter(|| {
            assert_eq!(
                people::resolve(black_box(&session), &read_text, &KnownPeople::default()).speakers.len(),
                N_SPEAKERS
            )
        });
    });
    let n_sentences = text::analyse(&session, &voices, text::read(&session)).ids().count();
    assert!(n_sentences > 500, "only {n_sentences} sentences");
    group.bench_function("text", |b| {
        b.iter(|| {
            let analysis = text::analyse(black_box(&session), &voices, text::read(&session));
            assert_eq!(analysis.ids().count(), n_sentences);
        });
    });
    let prepared = Prepared::new(&session, &KnownPeople::default());
    let candidates = prepared.candidates(|_| true);
    let keyness = Keyness::default();
    for method in rank::METHODS {
        group.bench_function(format!("rank, {}", method.name), |b| {
            b.iter(|| {
                let scores = (method.rank)(&prepared.context(black_box(&candidates), &keyness));
                assert_eq!(scores.as_slice().len(), candidates.len());
            });
        });
    }
    let report =
        pipeline::summarize(&session, &KnownPeople::default(), &Definition::default()).expect("a report");
    for format in write::FORMATS {
        group.bench_function(format!("write, {}", format.name), |b| {
            b.iter(|| {
                let written =
                    (format.write)(black_box(std::slice::from_ref(&report)), Layout::PLAIN).expect("text");
                assert!(SPEAKERS.iter().all(|name| written.contains(name)));
            });
        });
    }
    group.finish();
}

fn whole(criterion: &mut Criterion) {
    let transcript = transcript();
    let definition = Definition::default();
    let mut group = criterion.benchmark_group("whole");
    group.throughput(Throughput::Bytes(transcript.len() as u64));
    group.bench_function("inspect", |b| {
        b.iter(|| {
            let report =
                pipeline::inspect(&opened(black_box(&transcript)), &KnownPeople::default(), &definition)
                    .expect("a report");
            assert_eq!(report.speakers.len(), N_SPEAKERS);
        });
    });
    group.bench_function("summarize", |b| {
        b.iter(|| {
            let report =
                pipeline::summarize(&opened(black_box(&transcript)), &KnownPeople::default(), &definition)
                    .expect("a report");
            check_report(&report, N_SPEAKERS);
        });
    });
    group.bench_function("ask", |b| {
        b.iter(|| {
            let session = opened(black_box(&transcript));
            let report = pipeline::ask(
                &session,
                &KnownPeople::default(),
                "What did Aiko Nara say about the levy?",
                &definition,
            );
            let report = report.expect("an answer");
            check_report(&report, 1);
            let summaries = report.summaries.expect("an answer");
            assert!(summaries[0].evidence.iter().any(|e| e.text.contains("levy")));
        });
    });
    group.finish();
}

fn rouge(criterion: &mut Criterion) {
    let transcript = transcript();
    let lines: Vec<&str> = transcript.lines().collect();
    let (reference, candidate) = (lines[..40].join("\n"), lines[40..80].join("\n"));
    let mut group = criterion.benchmark_group("evaluate");
    group.throughput(Throughput::Bytes((reference.len() + candidate.len()) as u64));
    group.bench_function("score", |b| {
        b.iter(|| {
            let scores = score(black_box(&reference), &candidate, Stemming::Porter);
            assert!(scores.rouge1.f1 > 0.5 && scores.rouge_lsum.f1 >= scores.rouge_l.f1, "{scores:?}");
        });
    });
    group.finish();
}

criterion_group!(benches, stages, whole, rouge);
criterion_main!(benches);
