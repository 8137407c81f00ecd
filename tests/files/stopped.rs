//! Commands that are told to stop, or killed, in the middle.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::support::{command, content, expect, from_environment, leftovers};

/// Sessions of the corpus, turns of each, and moments for each command, unless the environment asks for
/// others.
const SESSIONS: usize = 3;
const TURNS: usize = 15;
const MOMENTS: usize = 1;

/// A session of invented sentences that differ.
fn session(number: usize, turns: usize) -> String {
    let voices = ["Ana Reyes", "Bo Lindqvist", "Cato Duun", "Dina Falk", "Eli Moen"];
    let things =
        ["night shift", "pension cut", "harbour levy", "training fund", "safety rule", "shuttle bus"];
    let mut text = String::new();
    for turn in 0..turns {
        let (voice, thing) = (voices[turn % 5], things[(turn * 7 + number) % 6]);
        let other = things[(turn * 5 + number + 1) % 6];
        text.push_str(&format!(
            "{voice}: We support the {thing} of year {turn}, because it helps terminal {number}. The {other} was \
             discussed at length in hall {turn}. I cannot accept the {other} before the {thing} is settled. \
             Everybody in port {number} knows the figures of month {turn}.\n\n"
        ));
    }
    text
}

/// A folder with a corpus, reports and an archive of it, and earlier outputs.
struct Corpus {
    folder: TempDir,
}

impl Corpus {
    fn new() -> Corpus {
        let folder = TempDir::new().unwrap();
        let (sessions, turns) =
            (from_environment("STOPPED_SESSIONS", SESSIONS), from_environment("STOPPED_TURNS", TURNS));
        std::fs::create_dir(folder.path().join("inbox")).unwrap();
        for number in 0..sessions {
            let path = folder.path().join(format!("inbox/s{number}.txt"));
            std::fs::write(path, session(number, turns)).unwrap();
        }
        let all: String = (0..sessions).map(|number| session(number, turns)).collect();
        std::fs::write(folder.path().join("huge.txt"), all).unwrap();
        let corpus = Corpus { folder };
        for arguments in [
            &["summarize", "inbox", "--format", "json", "-o", "brief.jsonl"][..],
            &["run", "position-brief", "inbox"],
            &["compare", "inbox", "--words", "20", "-o", "tables"],
            &["report", "inbox", "--words", "20", "-o", "page.html"],
            &["summarize", "inbox", "--words", "20", "-o", "brief.csv"],
        ] {
            expect(corpus.root(), arguments, 0);
        }
        corpus
    }

    fn root(&self) -> &Path {
        self.folder.path()
    }

    fn copy(&self) -> Corpus {
        let folder = TempDir::new().unwrap();
        for (path, bytes) in content(self.root()) {
            let place = folder.path().join(path);
            std::fs::create_dir_all(place.parent().unwrap()).unwrap();
            std::fs::write(place, bytes).unwrap();
        }
        Corpus { folder }
    }
}

const COMMANDS: &[&[&str]] = &[
    &["summarize", "inbox", "-o", "brief.csv"],
    &["summarize", "huge.txt", "--by", "session", "-o", "huge.md"],
    &["compare", "inbox", "--excel", "-o", "tables"],
    &["compare", "huge.txt", "-o", "new"],
    &["report", "inbox", "-o", "page.html"],
    &["inspect", "inbox", "-o", "found.json", "--write-roster", "people.csv"],
    &["ask", "inbox", "Who supports the night shift?", "-o", "answer.json"],
    &["verify", "brief.jsonl"],
    &["evaluate", "brief.jsonl", "--references", "brief.jsonl", "-o", "scores.csv"],
    &["diff", "out/position-brief.sqlite", "s0", "s1", "-o", "changes.html"],
    &["segment", "huge.txt", "-o", "sentences.json"],
];

type Files = BTreeMap<PathBuf, Vec<u8>>;

/// All files but those of SQLite, which a reader may add to.
fn files(root: &Path) -> Files {
    content(root).into_iter().filter(|(path, _)| !path.to_string_lossy().contains(".sqlite")).collect()
}

/// Random numbers that are the same in every run of the test (Marsaglia 2003).
struct Xorshift(u64);

impl Xorshift {
    /// The next number from 0 to below 1.
    fn share(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// Ends every command at random moments by signals in turn; `code` is the exit code then, none for a kill.
fn end_everywhere(signals: &[&str], code: Option<i32>) {
    let original = Corpus::new();
    let mut random = Xorshift(0x9e37_79b9_7f4a_7c15);
    let (mut n_ended, mut longest) = (0, Duration::ZERO);
    for arguments in COMMANDS {
        let undisturbed = original.copy();
        let before = files(undisturbed.root());
        let started = Instant::now();
        expect(undisturbed.root(), arguments, 0);
        let (mut duration, after) = (started.elapsed(), files(undisturbed.root()));
        let (mut n_moments, mut n_tried) = (0, 0);
        let moments = from_environment("STOPPED_MOMENTS", MOMENTS);
        while n_moments < moments && n_tried < 20 * moments {
            n_tried += 1;
            let corpus = original.copy();
            let pause = duration.mul_f64(random.share());
            let signal = signals[n_tried % signals.len()];
            let mut child = command(corpus.root(), arguments)
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            sleep(pause);
            let told = Instant::now();
            assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());
            let status = child.wait().unwrap();
            if status.success() {
                // It was done before it heard of it.
                duration = duration.mul_f64(0.9);
                continue;
            }
            let place = format!("{signal} {arguments:?} after {pause:?}");
            // Before it listens, the system ends it.
            let is_early = status.code().is_none();
            assert!(status.code() == code || is_early, "{place}: {status}");
            if let (Some(_), false) = (code, is_early) {
                longest = longest.max(told.elapsed());
                assert_eq!(leftovers(corpus.root()), Vec::<PathBuf>::new(), "{place}");
            }
            let half: Vec<PathBuf> = files(corpus.root())
                .into_iter()
                .filter(|(path, bytes)| before.get(path) != Some(bytes) && after.get(path) != Some(bytes))
                .map(|(path, _)| path)
                .filter(|path| !path.to_string_lossy().contains(".rapporteur-tmp-"))
                .collect();
            assert_eq!(half, Vec::<PathBuf>::new(), "{place}: half done");
            check_folder(corpus.root(), &before, &after, &place);
            // A roster is never replaced, and may have been written before the report.
            let _ = std::fs::remove_file(corpus.root().join("people.csv"));
            expect(corpus.root(), arguments, 0);
            assert!(files(corpus.root()) == after, "{place}: the repeat differs");
            n_moments += 1;
            n_ended += 1;
        }
    }
    assert!(n_ended > 0);
    eprintln!(
        "{signals:?}: {n_ended} commands ended and repeated to the same bytes; the longest took {longest:?}"
    );
}

/// The folder of tables is wholly the old one or wholly the new one.
fn check_folder(root: &Path, before: &Files, after: &Files, place: &str) {
    let of = |files: &Files| -> Files {
        let tables = files.iter().filter(|(path, _)| path.starts_with("tables"));
        tables.map(|(path, bytes)| (path.clone(), bytes.clone())).collect()
    };
    let now = of(&files(root));
    assert!(now == of(before) || now == of(after), "{place}: the tables are mixed");
}

#[cfg(unix)]
#[test]
fn a_command_that_is_told_to_stop_ends_with_4_and_leaves_nothing_half_done() {
    end_everywhere(&["-TERM", "-INT"], Some(4));
}

#[cfg(unix)]
#[test]
fn a_command_that_is_killed_leaves_nothing_that_the_next_one_does_not_clear() {
    end_everywhere(&["-KILL"], None);
}
