//! The text stage on a session of real size: 1 MB of talk, generated and always the same.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use rapporteur::language::Stemmer;
use rapporteur::model::{Join, Language, Session, SessionBuilder};
use rapporteur::text::{display, normalize, read, split, words};

/// Sentences of a made-up session, with what makes segmentation work for its result.
const SENTENCES: &[&str] = &[
    "Thank you, Madam Chair, and, um, good morning to everyone.",
    "Our delegation cannot support Art. 24 in its present form, i.e. without safeguards.",
    "\"No. We object,\" she said, and the U.S. proposal was withdrawn at 5 p.m. on Monday.",
    "We we think that the scope, you know, is too wide {vocalsound} for researchers.",
    "What would the industry do with 1,000.50 francs a year?",
    "Dr. A. B. Lind’s follow-up is at https://example.org/a.b, if you need it.",
];

/// Copies of the sentences.
const COPIES: usize = 15_000;

fn session() -> String {
    (0..COPIES).map(|i| SENTENCES[i % SENTENCES.len()]).collect::<Vec<_>>().join(" ")
}

/// The same with a turn for each six sentences, as a session.
fn turns() -> Session {
    let mut builder = SessionBuilder::new("s");
    let turn = SENTENCES.join(" ");
    for number in 0..COPIES / SENTENCES.len() {
        builder.turn(if number % 2 == 0 { "A" } else { "B" }).text(&turn, Join::Line, 1, None);
    }
    builder.session().language = Language::ENGLISH;
    builder.finish(0)
}

fn text_stage(c: &mut Criterion) {
    let text = session();
    let sentences = split(&text, Language::ENGLISH);
    assert_eq!(sentences.len(), COPIES);
    let tokens = words(&text);
    assert_eq!(tokens.len() % (COPIES / SENTENCES.len()), 0);
    let stemmer = Stemmer::new(Language::ENGLISH);
    let mut group = c.benchmark_group("text");
    group.sample_size(10).throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("sentences", |b| {
        b.iter(|| assert_eq!(split(&text, Language::ENGLISH).len(), COPIES));
    });
    let turns = turns();
    let shown: usize = SENTENCES.iter().map(|s| words(&display(s, Language::ENGLISH)).len()).sum();
    group.bench_function("table", |b| {
        b.iter(|| {
            let table = read(&turns).tokens;
            let all = 0..table.all.len();
            assert_eq!(table.shown_words(all).count(), shown * (COPIES / SENTENCES.len()));
        });
    });
    group.bench_function("words", |b| b.iter(|| assert_eq!(words(&text).len(), tokens.len())));
    group.bench_function("stems", |b| {
        b.iter(|| {
            let letters: usize =
                tokens.iter().map(|span| stemmer.stem(&normalize(span.of(&text))).len()).sum();
            assert!(letters > text.len() / 2);
        });
    });
    group.bench_function("display", |b| {
        b.iter(|| {
            let shown: usize = sentences.iter().map(|s| display(s.of(&text), Language::ENGLISH).len()).sum();
            assert!(shown < text.len() && shown > text.len() / 2);
        });
    });
    group.finish();
}

criterion_group!(benches, text_stage);
criterion_main!(benches);
