//! What is kept between the passes decides how much is made again, and nothing of the result.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::definition::{CompareSettings, Definition, InputSettings};
use crate::error::Result;
use crate::model::{Issue, Roster};
use crate::pipeline::{Input, Opened};
use crate::prepare::Prepared;
use crate::text::tally::{self, Work};

use super::allowance::Allowance;
use super::report::reports_within;
use super::{CompiledDefinition, Corpus, Source};

/// Minutes with a list of who is who, by initials.
const LISTED: &str = include_str!("../../fixtures/river-council/river-council.md");

/// Minutes without a list, in which two voices are called both by initials and by name: the list of other minutes
/// tells that they are one.
const UNLISTED: &str = "\
GAS: Good evening. We turn to the night-time water abstraction, and Roz is first.
RM: We oppose any threshold below 58, because the trout fry need the shallows at Kell Bridge.
PVH: We support the threshold of 50 cm, and our members would pay for the meters.
Rosalind Mbeki: The meters are welcome, but I cannot support 50 cm at Kell Bridge.
DOK: Brightwater would share the gauge readings of Kell Bridge every hour.
Piet van 't Hoff: Night-time abstraction costs the river less than a dry harvest costs us.
LFV: The city is concerned about the drinking water in a dry summer.
YSP: The gauge at Kell Bridge reads two centimetres too high at night.
";

/// Talk without lists and initials.
const PANEL: &str = "\
Moderator: Welcome. We turn to the gauge at Kell Bridge.
Ana Reyes: We oppose the threshold of 50 cm, for the trout fry need more water than that.
Bo Ek: I support the threshold, and the farms should pay for the meters.
";

/// A source that counts how often it is opened.
struct CountedSource {
    input: Input,
    is_repeatable: bool,
    opened: AtomicU64,
}

impl Source for CountedSource {
    fn path(&self) -> &str {
        &self.input.path
    }

    fn open(&self, settings: &InputSettings) -> Result<(Input, Opened)> {
        self.opened.fetch_add(1, Ordering::Relaxed);
        self.input.open(settings)
    }

    fn is_repeatable(&self) -> bool {
        self.is_repeatable
    }
}

fn sources() -> Vec<CountedSource> {
    let texts = [("listed.md", LISTED), ("unlisted.txt", UNLISTED), ("panel.txt", PANEL), ("-", PANEL)];
    let source = |(path, text): (&str, &str)| CountedSource {
        input: Input { path: path.to_owned(), bytes: text.as_bytes().to_vec() },
        is_repeatable: path != "-",
        opened: AtomicU64::new(0),
    };
    texts.map(source).into()
}

/// Rows of all sessions and what they share, as text.
fn compared(allowance: &Allowance, sources: &[CountedSource], issues: &[Issue]) -> String {
    let reading = InputSettings::default();
    let settings = CompareSettings { issues: issues.to_vec(), ..CompareSettings::default() };
    let given = (settings, Roster::default());
    let corpus = Corpus::survey_within(allowance, sources, &reading, given, &());
    let mut parts = Vec::new();
    let work = |prepared: &Prepared<'_>, id: &str| crate::compare::session(prepared, id, &corpus.plan);
    let failures = corpus
        .sessions(&(), work, |_, part| {
            parts.push(part);
            Ok(())
        })
        .expect("nothing is refused");
    assert_eq!((failures.len(), parts.len()), (0, sources.len()));
    assert!(!corpus.plan.issues.is_empty(), "no issue is found");
    format!("{:?}\n{parts:#?}", corpus.plan.issues)
}

/// Reports of all sessions, as text.
fn reported(allowance: &Allowance, sources: &[CountedSource]) -> String {
    let definition = Definition::default();
    let reading = InputSettings::default();
    let all = reports_within(allowance, sources, &reading, Roster::default(), &(), |_| {
        |prepared: &Prepared<'_>| crate::answer::summarize(prepared, &definition)
    });
    assert_eq!((all.failures.len(), all.reports.len()), (0, sources.len()));
    format!("{:#?}", all.reports)
}

/// A result, how often sources were opened for it, and how often a session was read.
fn counted(
    allowance: &Allowance,
    make: impl Fn(&Allowance, &[CountedSource]) -> String + Sync,
) -> (String, u64, u64) {
    let sources = sources();
    // What is counted is counted on one thread.
    let (made, n_read) = on_threads(1, || {
        let mut made = String::new();
        let n_read = tally::during(Work::Reading, || made = make(allowance, &sources));
        (made, n_read)
    });
    let n_opened = sources.iter().map(|source| source.opened.load(Ordering::Relaxed)).sum();
    (made, n_opened, n_read)
}

fn on_threads<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    pool.install(work)
}

/// Checks how often sources are opened and sessions read when everything is kept, only sessions, some of both,
/// and nothing, and that the result is the same, at any number of threads.
fn check(make: impl Fn(&Allowance, &[CountedSource]) -> String + Sync, opened: [u64; 4], read: [u64; 4]) {
    let allowed = [(u64::MAX, u64::MAX), (u64::MAX, 0), (LISTED.len() as u64, UNLISTED.len() as u64), (0, 0)];
    let (expected, ..) = counted(&Allowance::default(), &make);
    for ((allowed, opened), read) in allowed.into_iter().zip(opened).zip(read) {
        let (made, n_opened, n_read) = counted(&Allowance::new(allowed.0, allowed.1), &make);
        assert!(made == expected, "the result is another where {allowed:?} bytes are kept");
        assert_eq!((n_opened, n_read), (opened, read), "with {allowed:?} bytes kept");
        for threads in [2, 8] {
            let made = on_threads(threads, || make(&Allowance::new(allowed.0, allowed.1), &sources()));
            assert!(made == expected, "the result is another at {threads} threads, {allowed:?} bytes kept");
        }
    }
}

#[test]
fn a_comparison_reads_each_session_once_and_says_the_same_where_it_must_read_it_again() {
    check(|allowance, sources| compared(allowance, sources, &[]), [4, 4, 6, 7], [4, 8, 7, 8]);
}

#[test]
fn a_comparison_on_a_list_of_issues_reads_each_session_once_too() {
    let issue =
        Issue { label: "Kell Bridge".to_owned(), terms: vec!["gauge".to_owned()], ..Issue::default() };
    let issues = [issue];
    check(|allowance, sources| compared(allowance, sources, &issues), [4, 4, 6, 7], [4, 8, 7, 8]);
}

#[test]
fn reports_of_several_sources_read_each_session_once() {
    check(reported, [4, 4, 6, 7], [4, 8, 7, 8]);
}

#[test]
fn a_definition_reads_each_session_once() {
    let definition = Definition::default();
    let compiled = CompiledDefinition::new(&definition, Roster::default()).expect("it is a definition");
    let open = |source: &CountedSource| crate::pipeline::open(&source.input, &InputSettings::default());
    let sessions: Vec<_> = sources().iter().flat_map(|source| open(source).expect("a transcript")).collect();
    for sessions in [&sessions[..1], &sessions[..]] {
        let n_read = on_threads(1, || {
            tally::during(Work::Reading, || assert!(compiled.make(sessions).iter().all(Result::is_ok)))
        });
        assert_eq!(n_read, sessions.len() as u64);
    }
}

/// A source that may go on with the file of the one before it.
struct Part {
    input: Input,
    continues: bool,
}

impl Source for Part {
    fn path(&self) -> &str {
        &self.input.path
    }

    fn open(&self, settings: &InputSettings) -> Result<(Input, Opened)> {
        self.input.open(settings)
    }

    fn continues(&self) -> bool {
        self.continues
    }
}

#[test]
fn the_parts_of_a_file_stay_together_in_its_order() {
    let part = |(path, date, continues): (&str, &str, bool)| {
        let line = format!(
            r#"{{"id": "{date}", "date": "{date}", "turns": [{{"speaker": "Ana Reyes", "text": "We oppose it."}}]}}"#
        );
        Part { input: Input { path: path.to_owned(), bytes: line.into_bytes() }, continues }
    };
    let sources = [
        ("a.jsonl", "2024-05-01", false),
        ("a.jsonl", "2023-01-01", true),
        ("b.jsonl", "2024-02-01", false),
        // Its first part could not be opened: it goes on with no other file.
        ("c.jsonl", "2022-01-01", true),
    ]
    .map(part);
    let (reading, given) = (InputSettings::default(), (CompareSettings::default(), Roster::default()));
    let corpus = Corpus::survey_within(&Allowance::default(), &sources, &reading, given, &());
    assert_eq!(corpus.plan.ids, ["2022-01-01", "2024-02-01", "2024-05-01", "2023-01-01"]);
}
