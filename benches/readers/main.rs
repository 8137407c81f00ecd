//! How fast each reader is: bytes to a session, beside `wc -w` on the same bytes in the same run.
//!
//! Prints megabytes a second of the reader alone, of all of reading (detection, the second count of the words,
//! the checksum), and of `wc -w`, with the ratios. What was read is checked: every turn and every word of it.
//! On Linux a reader's time is that of the processor, so that what else the machine does adds little to it.

mod formats;
mod talk;

use std::hint::black_box;
use std::process::{Command, Stdio};
use std::time::Instant;

use mimalloc::MiMalloc;
use rapporteur::model::{Session, count_words};
use rapporteur::read::{self, Document, FORMATS, Format};

use formats::{CASES, Case};
use talk::Talk;

/// The readers are measured with the allocator of the program.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Bytes of a source, at least: the start of a process is small beside reading as much.
const MIN_BYTES: usize = 4 << 20;
/// Turns from which the size of a source is estimated.
const FEW_TURNS: usize = 500;
/// Each measurement is the fastest of this many: what else the machine does only adds to it.
const REPEATS: usize = 12;
/// As many for `wc -w`, which takes some milliseconds: one of them is hardly ever interrupted.
const REPEATS_OF_COUNT: usize = 30;

fn main() {
    // What is named is measured: `cargo bench --bench readers -- vtt srt`.
    let named: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    println!(
        "| reader | MB | reader, MB/s | all of reading, MB/s | `wc -w`, MB/s | ratio of the reader | of all |"
    );
    println!("|---|---|---|---|---|---|---|");
    for case in CASES.iter().filter(|case| named.is_empty() || named.iter().any(|name| name == case.name)) {
        measure(case);
    }
}

fn measure(case: &Case) {
    let per_turn = (case.make)(&Talk::of(FEW_TURNS)).text.len() / FEW_TURNS;
    let talk = Talk::of(MIN_BYTES / per_turn + FEW_TURNS);
    let source = (case.make)(&talk);
    let megabytes = source.text.len() as f64 / 1e6;
    let format = FORMATS.iter().find(|format| format.name == case.format).expect("the format is known");
    let bytes = source.packed.as_ref().unwrap_or(&source.text);
    let (reader, all) =
        (seconds(|| read_alone(format, bytes, &talk)), seconds(|| read_whole(case, bytes, &talk)));
    let counted = seconds_of_count(&source.text) - seconds_of_count(b"");
    println!(
        "| {} | {megabytes:.1} | {:.0} | {:.0} | {:.0} | {:.1} | {:.1} |",
        case.name,
        megabytes / reader,
        megabytes / all,
        megabytes / counted,
        reader / counted,
        all / counted
    );
}

/// The fastest of several runs.
fn seconds(mut run: impl FnMut()) -> f64 {
    let mut once = || {
        let (start, start_of_processor) = (Instant::now(), processor_seconds());
        run();
        let elapsed = start.elapsed().as_secs_f64();
        match (start_of_processor, processor_seconds()) {
            (Some(start), Some(end)) => end - start,
            _ => elapsed,
        }
    };
    (0..REPEATS).map(|_| once()).fold(f64::INFINITY, f64::min)
}

/// The time that the processor gave to this thread, where the system tells.
fn processor_seconds() -> Option<f64> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds: u64 = told.split(' ').next()?.parse().ok()?;
    Some(nanoseconds as f64 / 1e9)
}

/// Decodes and reads, without detection and the second count.
fn read_alone(format: &Format, bytes: &[u8], talk: &Talk) {
    let text = if bytes.starts_with(b"PK") || bytes.starts_with(b"%PDF") {
        String::new()
    } else {
        read::text(bytes).expect("text")
    };
    let sessions = (format.read)(&Document::new("talk", bytes, text)).expect("a session");
    assert_eq!(black_box(n_turns(&sessions)), talk.turns.len(), "turns of {}", format.name);
    assert_eq!(sessions.iter().map(words_said).sum::<u64>(), talk.n_words(), "words of {}", format.name);
}

fn n_turns(sessions: &[Session]) -> usize {
    sessions.iter().map(|session| session.turns.len()).sum()
}

fn words_said(session: &Session) -> u64 {
    (0..session.turns.len()).map(|turn| count_words(session.turn_text(turn))).sum()
}

/// Reads as every command does.
fn read_whole(case: &Case, bytes: &[u8], talk: &Talk) {
    let path = format!("talk.{}", case.extension);
    let reading = read::read(bytes, &path, None).expect("a session");
    assert_eq!(reading.guesses[0].format.name, case.format, "what {} is taken for", case.name);
    assert_eq!(n_turns(&reading.sessions), talk.turns.len(), "turns of {}", case.name);
}

/// The seconds that `wc -w` takes for some bytes, its start included.
fn seconds_of_count(bytes: &[u8]) -> f64 {
    let path = std::env::temp_dir().join(format!("readers-{}", std::process::id()));
    std::fs::write(&path, bytes).expect("a temporary file");
    let once = || {
        let start = Instant::now();
        let status = Command::new("wc").arg("-w").arg(&path).stdout(Stdio::null()).status();
        assert!(status.expect("wc is installed").success());
        start.elapsed().as_secs_f64()
    };
    let time = (0..REPEATS_OF_COUNT).map(|_| once()).fold(f64::INFINITY, f64::min);
    std::fs::remove_file(&path).expect("the temporary file is there");
    time
}
