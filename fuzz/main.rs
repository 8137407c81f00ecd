//! Fuzzing on the stable toolchain: one target per reader, each with a corpus.
//!
//! An input is a seed with a few random edits, or two seeds joined. The seeds of a reader are its
//! samples in `tests/samples`, the fixtures in its format, and `fuzz/corpus/FORMAT`, where every input
//! goes that ever broke it. A reader must neither panic nor lose a word, must end within a time that
//! nothing but a hang takes, and the whole process must stay within 512 MiB.
//!
//! `FUZZ_INPUTS=1000000 cargo test --profile fuzz --test fuzz` tries that many inputs per reader;
//! `FUZZ_SEED=2` tries others. A name after `--` tries one reader only.

mod mutate;
mod watchdog;

use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use peak_alloc::PeakAlloc;
use rapporteur::model::{Session, count_words};
use rapporteur::read::{self, FORMATS};

use mutate::Random;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Most bytes that all targets together may have allocated at one time.
const MAX_MEMORY: usize = 512 << 20;

/// Inputs per reader where `FUZZ_INPUTS` does not say: enough to see that a target works.
const FEW: usize = 150;

/// Of so many inputs one is read by every reader, as a file of that name might be; but at most [`MOST_SHARED`] of all,
/// else a million inputs of one reader are mostly work of the others.
const SHARED: usize = 64;
const MOST_SHARED: usize = 2_000;

macro_rules! targets {
    ($($name:ident)*) => {
        $(#[test]
        fn $name() {
            fuzz(stringify!($name));
        })*
        const TARGETS: &[&str] = &[$(stringify!($name)),*];
    };
}

targets!(vtt srt ass docx odt pdf tei akomantoso hansard ecpc bundestag europarl html captions irc un otter digwatch qmsum asr jsonl csv markdown plain);

#[test]
fn every_reader_is_a_target_with_a_corpus() {
    let names: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
    assert_eq!(names, TARGETS);
    for (name, seeds) in names.iter().zip(corpus()) {
        assert!(seeds.len() >= 3, "{name} has too few seeds");
    }
}

/// Tries mutated seeds on a reader.
fn fuzz(name: &str) {
    let number = |key: &str| std::env::var(key).ok().map(|value| value.parse::<usize>().unwrap());
    let (n_inputs, seed) = (number("FUZZ_INPUTS").unwrap_or(FEW), number("FUZZ_SEED").unwrap_or(1));
    let position = TARGETS.iter().position(|target| *target == name).unwrap();
    let corpus = corpus();
    let own = &corpus[position];
    let all: Vec<Vec<u8>> = corpus.concat();
    let shared = SHARED.max(n_inputs / MOST_SHARED);
    let mut random = Random::new((seed * TARGETS.len() + position) as u64);
    for seed in own {
        try_on(name, &packed(name, seed));
    }
    for round in 0..n_inputs {
        let input = match round % 8 {
            7 => mutate::edited(random.pick(&all), &mut random),
            6 => mutate::joined(random.pick(own), random.pick(own), &mut random),
            _ => mutate::edited(random.pick(own), &mut random),
        };
        let input = if round % 8 == 5 { input } else { packed(name, &input) };
        try_on(name, &input);
        if round % shared == 0 {
            try_on_all(name, &input);
        }
    }
    let peak = MEMORY.peak_usage();
    assert!(peak < MAX_MEMORY, "{name}: {} MiB were in use at one time", peak >> 20);
    eprintln!("{name}: {n_inputs} inputs from {} seeds, {} MiB at most", own.len(), peak >> 20);
}

fn try_on(name: &str, input: &[u8]) {
    let _guard = watchdog::watch(name, input);
    if let Ok(reading) = read::read(input, "input", Some(name)) {
        reading.sessions.iter().for_each(check);
    }
    if name == "jsonl" {
        read::sessions_in_lines(input, "input").flatten().for_each(|session| check(&session));
    }
}

fn try_on_all(name: &str, input: &[u8]) {
    for other in TARGETS {
        try_on(other, input);
    }
    let _guard = watchdog::watch(name, input);
    for guess in read::detect(input, "input") {
        assert!((0.0..=1.0).contains(&guess.confidence), "{}", guess.format.name);
    }
    if let Ok(read::Found::Transcript(reading)) = read::read_found(input, "input") {
        reading.sessions.iter().for_each(check);
    }
}

/// Words are conserved; turns tile the text; places, lines and times are in order.
fn check(session: &Session) {
    let said: u64 = (0..session.turns.len()).map(|turn| count_words(session.turn_text(turn))).sum();
    let outside = session.outside.headers + session.outside.unattributed;
    assert_eq!(said + session.label_words.iter().sum::<u64>() + outside, session.input_words);
    let mut end = 0;
    for (number, turn) in session.turns.iter().enumerate() {
        assert_eq!(turn.span.start(), end);
        end = turn.span.end();
        assert!(session.text.get(turn.span.start()..end).is_some());
        assert!(turn.pieces.is_sorted_by(|a, b| a.offset < b.offset));
        for piece in &turn.pieces {
            assert!((piece.offset as usize) < turn.span.len() && piece.line > 0);
            assert!(piece.time.is_none_or(|time| time.start <= time.end));
        }
        let whole = rapporteur::model::Span::new(0, turn.span.len());
        assert!(session.time_of(number, whole).is_none_or(|time| time.start <= time.end));
    }
    assert_eq!(end, session.text.len());
}

/// The seeds of all readers, in the order of [`TARGETS`].
fn corpus() -> &'static [Vec<Vec<u8>>] {
    static CORPUS: OnceLock<Vec<Vec<Vec<u8>>>> = OnceLock::new();
    CORPUS.get_or_init(|| TARGETS.iter().map(|name| seeds(name)).collect())
}

/// The seeds of a reader, in a fixed order. Those of DOCX and ODT are the XML inside.
fn seeds(name: &str) -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let is_own = |path: &PathBuf| {
        let file = path.file_name().unwrap().to_string_lossy();
        file.split(['-', '.']).next() == Some(name)
    };
    let mut paths: Vec<PathBuf> = files(&root.join("tests/samples")).into_iter().filter(is_own).collect();
    paths.extend(files(&root.join("fuzz/corpus").join(name)));
    for folder in files(&root.join("fixtures")) {
        paths.extend(files(&folder).into_iter().filter(|path| is_in_format(path, name)));
    }
    paths.iter().map(|path| unpacked(&std::fs::read(path).unwrap())).collect()
}

fn is_in_format(path: &Path, name: &str) -> bool {
    let bytes = std::fs::read(path).unwrap();
    let found = read::read_found(&bytes, &path.to_string_lossy());
    matches!(found, Ok(read::Found::Transcript(reading)) if reading.guesses[0].format.name == name)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

/// The part of the archives that holds the text, by format.
const PARTS: [(&str, &str); 2] = [("docx", "word/document.xml"), ("odt", "content.xml")];

/// What an OpenDocument text says that it is.
const OPEN_DOCUMENT: &[u8] = b"application/vnd.oasis.opendocument.text";

/// The XML of a Word document or an OpenDocument text; other bytes as they are.
fn unpacked(bytes: &[u8]) -> Vec<u8> {
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return bytes.to_vec() };
    let part = PARTS.iter().find(|(_, part)| archive.index_for_name(part).is_some()).unwrap().1;
    let mut xml = Vec::new();
    std::io::Read::read_to_end(&mut archive.by_name(part).unwrap(), &mut xml).unwrap();
    xml
}

/// A document around XML for the readers of those; other bytes as they are.
fn packed(name: &str, bytes: &[u8]) -> Vec<u8> {
    let Some((_, part)) = PARTS.iter().find(|(format, _)| *format == name) else { return bytes.to_vec() };
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (part, bytes) in [("mimetype", OPEN_DOCUMENT), (part, bytes)] {
        archive.start_file(part, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}
