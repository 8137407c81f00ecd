//! Properties of every reader: no panic on any bytes, words conserved, places valid; and the
//! matrix of samples against readers. Many more inputs are tried in `fuzz/`.

use std::path::Path;

use proptest::prelude::*;

use super::*;

/// The samples written for this test: file name (`format.ext` or `format-variant.ext`) and bytes.
fn samples() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples");
    let mut samples: Vec<(String, Vec<u8>)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(path).unwrap()))
        .collect();
    samples.sort();
    assert!(!samples.is_empty());
    samples
}

fn format_of(sample: &str) -> &str {
    sample.split(['-', '.']).next().unwrap()
}

#[test]
fn every_sample_is_won_by_its_own_reader() {
    let samples = samples();
    for (name, bytes) in &samples {
        for path in [name.as_str(), "-"] {
            let guesses = detect(bytes, path);
            let shown: Vec<_> = guesses.iter().map(|g| (g.format.name, g.confidence)).collect();
            assert_eq!(
                guesses.first().map(|g| g.format.name),
                Some(format_of(name)),
                "{path} {name}: {shown:?}"
            );
            let lead =
                guesses.first().map_or(0.0, |g| g.confidence) - guesses.get(1).map_or(0.0, |g| g.confidence);
            assert!(lead > 0.01, "{path} {name} is a near tie: {shown:?}");
            assert!(!guesses[0].reason.is_empty(), "{name}");
        }
    }
    for format in FORMATS {
        assert!(
            samples.iter().any(|(name, _)| format_of(name) == format.name),
            "no sample of {}",
            format.name
        );
    }
}

#[test]
fn every_file_with_a_format_is_in_the_table() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/read");
    let mut files: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "rs"))
        .filter(|path| std::fs::read_to_string(path).unwrap().contains("const FORMAT: Format"))
        .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    let mut names: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
    files.sort();
    names.sort_unstable();
    assert_eq!(files, names);
}

#[test]
fn every_sample_is_read_and_every_word_accounted_for() {
    for (name, bytes) in samples() {
        let reading = read(&bytes, &name, None).unwrap_or_else(|error| panic!("{error}"));
        for session in &reading.sessions {
            check_invariants(session);
            assert!(session.turns.len() >= 3 && session.labels.len() >= 2, "{name}: {:?}", turns(session));
            assert_eq!(session.source.format, format_of(&name));
            assert_eq!(session.source.sha256.len(), 64);
        }
    }
}

/// Reads bytes in every format and in the one detected; checks what is read.
fn try_all(bytes: &[u8]) {
    for name in FORMATS.iter().map(|format| Some(format.name)).chain([None]) {
        if let Ok(reading) = read(bytes, "sample", name) {
            reading.sessions.iter().for_each(check_invariants);
        }
    }
    if bytes.contains(&b'{') {
        sessions_in_lines(bytes, "sample").flatten().for_each(|session| check_invariants(&session));
    }
}

/// Inputs on which careless readers take quadratic time or overflow the stack.
fn hostile() -> Vec<(&'static str, String)> {
    const N: usize = 20_000;
    let lines = |line: &dyn Fn(usize) -> String| (0..N / 10).map(line).collect::<Vec<_>>().join("\n");
    let page = |body: String| format!("<html><body>{body}</body></html>");
    let dialogue = "Ann Lee: a\nBo Ek: b\nAnn Lee: c\n";
    vec![
        ("opening brackets", "<".repeat(N)),
        ("chevrons", ">>".repeat(N)),
        ("spaced chevrons", ">> ".repeat(N)),
        ("colons", ": ".repeat(N)),
        ("empty lines", "\n".repeat(N)),
        ("one long line", format!("{dialogue}Ann Lee: {}", "word ".repeat(N))),
        ("ampersands in subtitles", format!("1\n00:00:01,000 --> 00:00:02,000\nAnn: {}", "&<{\\".repeat(N))),
        ("tags in cues", format!("WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>{}", "<c><v x>&".repeat(N / 10))),
        ("arrows", format!("WEBVTT\n\n{}", "-->\n".repeat(N))),
        ("distinct labels", lines(&|n| format!("Name{n} Last{n}: said"))),
        (
            "distinct lone labels",
            format!("Session transcript\n{}", lines(&|n| format!("Name{n} Last{n}:\nsaid"))),
        ),
        (
            "distinct attendees",
            format!("# M\n|Name|Organization|\n{}\n\n{dialogue}", lines(&|n| format!("|N{n} L|O|"))),
        ),
        ("unclosed fences", format!("# M\n{dialogue}{}", lines(&|n| "`".repeat(3 + n % 50) + "x"))),
        ("nested arrays", "[".repeat(N)),
        ("nested objects", "{\"segments\":".repeat(N)),
        ("a bad line each", format!("{{\"speaker\":\"a\",\"text\":\"b\"}}\n{}", "{\n".repeat(N))),
        ("deep elements", format!("<TEI><text><u who='#a'>{}", "<p>".repeat(N))),
        ("deep page", page("<div>".repeat(N / 20))),
        ("deep bold", page("<b>x".repeat(N / 20))),
        ("bold paragraphs", page(lines(&|n| format!("<p><b>Name L{n}</b> said &eacute;</p>")))),
        ("quotes in a table", format!("speaker,text\n{}", "\"a\n".repeat(N))),
        ("names and times", lines(&|n| format!("Name {n}  0:{:02}\nsaid", n % 60))),
        ("brackets in names", format!("{dialogue}{}", "Mr. (".repeat(N))),
    ]
}

#[test]
fn hostile_inputs_are_read_or_refused_in_bounded_time() {
    for (name, text) in hostile() {
        let start = std::time::Instant::now();
        let (document, _) = open(text.as_bytes(), "sample").unwrap();
        for format in FORMATS {
            let sure = (format.confidence)(&document).value;
            let read = (format.read)(&document);
            assert!((0.0..=1.0).contains(&sure), "{name}: {read:?}");
            read.into_iter().flatten().for_each(|session| check_invariants(&session));
        }
        let seconds = start.elapsed().as_secs_f64();
        assert!(seconds < 30.0, "{name}: {seconds} s for {} bytes", text.len());
        eprintln!("{name}: {seconds:.2} s");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes_cause_no_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        try_all(&bytes);
    }

    #[test]
    fn arbitrary_text_with_labels_keeps_its_words(
        lines in prop::collection::vec("(Ann: |Bo Ek:|## |- |\\*\\*Cy:\\*\\* |>> DI: |[A-Z]{1,3}: |)\\PC{0,20}", 0..20),
    ) {
        try_all(lines.join("\n").as_bytes());
    }
}
