//! How the cost of each command grows with each thing that a session may have much of, varied alone.
//!
//! Prints seconds at n, 2n, 4n and 8n, and the exponent between the last two; 1 is proportional. The
//! columns are of the library: no file is read or written, but everything is made that would be written.

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::Instant;

use rapporteur::compare::{self, ComparisonPlan, CorpusFacts, CorpusTotals, Survey};
use rapporteur::definition::{CompareSettings, Definition, InputSettings};
use rapporteur::model::{Issue, Overall, Roster, RosterEntry, Session};
use rapporteur::page;
use rapporteur::people::KnownPeople;
use rapporteur::pipeline::{self, Input};
use rapporteur::prepare::Prepared;
use rapporteur::write::tables::{self, Rows, TABLES};

/// The sizes of each dimension, as multiples of its base.
const SIZES: [usize; 4] = [1, 2, 4, 8];
/// Each measurement is the fastest of so many: what else the machine does only adds to it.
const REPEATS: usize = 3;

const SYLLABLES: [&str; 12] = ["ba", "de", "fi", "go", "ku", "la", "me", "ni", "po", "ru", "sa", "ve"];
const STANCES: [&str; 6] =
    ["We support", "We oppose", "We are concerned about", "I think of", "Nobody wants", "We welcome"];
const SUBJECTS: [&str; 8] =
    ["harbour levy", "night ferry", "quota", "tidal barrier", "port dues", "dredging", "berths", "licences"];

/// What varies.
struct Dimension {
    name: &'static str,
    base: usize,
    /// A source, a roster and the issues for a size.
    make: fn(usize) -> Job,
}

struct Job {
    source: String,
    roster: Roster,
    issues: Vec<Issue>,
}

impl Job {
    fn of(source: String) -> Self {
        Job { source, roster: Roster::default(), issues: Vec::new() }
    }
}

const DIMENSIONS: [Dimension; 11] = [
    Dimension { name: "speakers", base: 50, make: |n| Job::of(talk(800, n, 2, plain)) },
    Dimension { name: "stakeholders", base: 50, make: |n| Job::of(talk(800, n, 2, member)) },
    Dimension { name: "turns", base: 250, make: |n| Job::of(talk(n, 10, 2, plain)) },
    Dimension { name: "words", base: 4, make: |n| Job::of(talk(100, 10, n, plain)) },
    Dimension { name: "issues", base: 12, make: of_issues },
    Dimension { name: "aliases", base: 500, make: of_aliases },
    Dimension { name: "roster", base: 500, make: of_roster },
    Dimension { name: "cues", base: 1000, make: |n| Job::of(captions(n)) },
    Dimension { name: "repeats", base: 1000, make: |n| Job::of(repeated(n)) },
    Dimension { name: "persons", base: 2000, make: |n| Job::of(persons(n)) },
    Dimension { name: "sentence", base: 2000, make: |n| Job::of(one_sentence(n)) },
];

fn main() {
    println!(
        "| dimension | n | command | n | 2 n | 4 n | 8 n | exponent |\n|---|---|---|---|---|---|---|---|"
    );
    for dimension in DIMENSIONS {
        let jobs: Vec<Job> = SIZES.iter().map(|size| (dimension.make)(dimension.base * size)).collect();
        for (command, run) in COMMANDS {
            let seconds: Vec<f64> = jobs.iter().map(|job| fastest(job, run)).collect();
            let exponent = (seconds[3] / seconds[2]).log2();
            let mut cells = String::new();
            for second in seconds {
                let _ = write!(cells, " {second:.3} |");
            }
            println!("| {} | {} | {command} |{cells} {exponent:.2} |", dimension.name, dimension.base);
        }
    }
}

type Run = fn(&Job, &Session) -> usize;

/// Each gives a number that is 0 only where nothing was made.
const COMMANDS: [(&str, Run); 5] =
    [("inspect", inspect), ("summarize", summarize), ("ask", ask), ("compare", compared), ("report", report)];

fn fastest(job: &Job, run: Run) -> f64 {
    let input = Input { path: "made-up".to_owned(), bytes: job.source.clone().into_bytes() };
    let once = || {
        let start = Instant::now();
        let sessions = pipeline::open(&input, &InputSettings::default()).expect("the source is readable");
        assert_eq!(sessions.len(), 1);
        assert!(black_box(run(job, &sessions[0])) > 0, "nothing was made");
        start.elapsed().as_secs_f64()
    };
    (0..REPEATS).map(|_| once()).fold(f64::INFINITY, f64::min)
}

fn known(job: &Job) -> KnownPeople {
    KnownPeople { roster: job.roster.clone(), ..KnownPeople::default() }
}

fn inspect(job: &Job, session: &Session) -> usize {
    pipeline::inspect(session, &known(job), &Definition::default()).expect("a report").speakers.len()
}

fn summarize(job: &Job, session: &Session) -> usize {
    let report = pipeline::summarize(session, &known(job), &Definition::default()).expect("a report");
    report.summaries.map_or(0, |summaries| summaries.len())
}

fn ask(job: &Job, session: &Session) -> usize {
    let question = "What does the harbour levy mean for the night ferry?";
    let report = pipeline::ask(session, &known(job), question, &Definition::default()).expect("a report");
    report.summaries.map_or(0, |summaries| summaries.len())
}

fn plan<'s>(job: &Job, session: &'s Session) -> (ComparisonPlan, Prepared<'s>) {
    let settings = CompareSettings { issues: job.issues.clone(), ..CompareSettings::default() };
    let (shared, kept) = CorpusFacts::of(session, &job.roster, &settings);
    let plan = ComparisonPlan::new(settings, job.roster.clone(), shared, &[Survey::new(session)]);
    let prepared = kept.prepare(session, &plan.known);
    (plan, prepared)
}

fn compared(job: &Job, session: &Session) -> usize {
    let (plan, prepared) = plan(job, session);
    let part = compare::session(&prepared, "made-up", &plan).expect("the rows");
    let mut tally = CorpusTotals::default();
    tally.add(&part.counts);
    let overall: Overall = tally.overall(&plan);
    let text_of = |table: &tables::Table| {
        let rows = match table.rows {
            Rows::Session(_) => tables::rows_of_session(table, &part),
            _ => tables::rows_overall(table, &overall),
        };
        tables::csv(&rows).expect("a table").len()
    };
    TABLES.iter().map(text_of).sum()
}

fn report(job: &Job, session: &Session) -> usize {
    let (plan, prepared) = plan(job, session);
    let shown = page::session(&prepared, "made-up", &plan).expect("a page");
    let mut tally = CorpusTotals::default();
    tally.add(&shown.part.counts);
    let page = page::page(vec![shown], &plan, tally, Vec::new()).expect("a page");
    rapporteur::write::page::html(&page).expect("a page").len()
}

/// A word that stands for a number, another one for each.
fn word(mut number: usize) -> String {
    let mut word = String::new();
    for _ in 0..3 {
        word.push_str(SYLLABLES[number % SYLLABLES.len()]);
        number /= SYLLABLES.len();
    }
    word
}

fn capital(number: usize) -> String {
    let word = word(number);
    word[..1].to_uppercase() + &word[1..]
}

fn plain(number: usize) -> String {
    format!("{} {}", capital(number * 7 + 3), capital(number * 11 + 900))
}

fn member(number: usize) -> String {
    format!("{} ({} Union)", plain(number), capital(number + 400))
}

fn sentence(number: usize) -> String {
    let (stance, subject) = (STANCES[number % STANCES.len()], SUBJECTS[number / 3 % SUBJECTS.len()]);
    let rest: Vec<String> = (0..5).map(|n| word((number * 5 + n) * 37 % 900)).collect();
    format!("{stance} the {subject} because of {}.", rest.join(" "))
}

/// Turns by speakers that agree with each other now and then.
fn talk(turns: usize, speakers: usize, sentences: usize, name: fn(usize) -> String) -> String {
    let mut text = String::new();
    for turn in 0..turns {
        let said: Vec<String> = (0..sentences).map(|n| sentence(turn * sentences + n)).collect();
        let _ = write!(text, "{}: {}", name(turn % speakers), said.join(" "));
        if turn % 4 == 0 {
            let _ = write!(text, " I agree with {} on the levy.", plain((turn * 13 + 1) % speakers));
        }
        text.push_str("\n\n");
    }
    text
}

fn of_issues(n: usize) -> Job {
    let issue = |number: usize| Issue {
        label: format!("{} {number}", word(number)),
        terms: vec![word(number * 37 % 900), format!("{} {}", word(number), word(number + 1))],
        text: String::new(),
    };
    Job { issues: (0..n).map(issue).collect(), ..Job::of(talk(400, 10, 2, plain)) }
}

fn entry(number: usize, aliases: Vec<String>) -> RosterEntry {
    let stakeholder = format!("{} Union", capital(number + 400));
    RosterEntry { speaker: plain(number), aliases, stakeholder, ..RosterEntry::default() }
}

fn of_aliases(n: usize) -> Job {
    let aliases = |of: usize| (0..n / 20).map(|at| format!("Alias {of} {}", word(at))).collect();
    let entries = (0..20).map(|number| entry(number, aliases(number))).collect();
    Job { roster: Roster { entries, ..Roster::default() }, ..Job::of(talk(400, 20, 2, plain)) }
}

fn of_roster(n: usize) -> Job {
    let entries = (0..n).map(|number| entry(number, vec![format!("Listed {number}")])).collect();
    Job { roster: Roster { entries, ..Roster::default() }, ..Job::of(talk(400, 20, 2, plain)) }
}

fn captions(n: usize) -> String {
    let mut text = String::from("WEBVTT\n\n");
    let clock =
        |second: usize| format!("{:02}:{:02}:{:02}.000", second / 3600, second / 60 % 60, second % 60);
    for cue in 0..n {
        let said = sentence(cue / 4);
        let words: Vec<&str> = said.split(' ').collect();
        let part = words.chunks(words.len().div_ceil(4)).nth(cue % 4).unwrap_or_default().join(" ");
        let speaker = plain(cue / 40 % 10);
        let _ = write!(text, "{} --> {}\n<v {speaker}>{part}\n\n", clock(cue * 2), clock(cue * 2 + 2));
    }
    text
}

fn repeated(n: usize) -> String {
    let said = "I agree with Bo Ek. ".repeat(n);
    format!("Ann Lee: {said}\n\nBo Ek: We support the levy.\n\nAnn Lee: No.\n")
}

fn persons(n: usize) -> String {
    let mut listed = String::new();
    let mut said = String::new();
    for person in 0..n {
        let _ = write!(
            listed,
            "<person xml:id=\"p{person}\"><persName>{} {person}</persName></person>",
            capital(person)
        );
    }
    for turn in 0..100 {
        let _ = write!(said, "<u who=\"#p{}\"><seg>{}</seg></u>", turn % 10, sentence(turn));
    }
    format!(
        "<TEI xmlns=\"http://www.tei-c.org/ns/1.0\"><teiHeader><profileDesc><particDesc><listPerson>{listed}\
         </listPerson></particDesc></profileDesc></teiHeader><text><body><div>{said}</div></body></text></TEI>"
    )
}

fn one_sentence(n: usize) -> String {
    let words: Vec<String> = (0..n).map(|at| word(at * 37 % 900)).collect();
    format!("Ann Lee: We support {}.\n\nBo Ek: We support the levy.\n", words.join(" "))
}
