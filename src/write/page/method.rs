//! How the page was made: method, source, which labels were merged, the ledger, warnings, what was left out.

use std::fmt::Write;

use askama::Template;

use super::view::View;
use super::{Body, Content, Progress, Section, figures, markdown};
use crate::model::{Because, Classes, SessionInfo, SpeakerInfo, Warning};
use crate::write::{name_or_unknown, one_line, thousands};

pub(super) const SECTION: Section = Section { id: "method", title: "How this was made", content };

/// What the program does, for a reader who has never heard of it.
const METHOD: &[&str] = &[
    "This page was made by a program, without a language model and without a network. It chooses sentences by what \
     they say and how; it writes none. The same transcript always gives the same page.",
    "Every quotation is verbatim. Fillers such as “um” and marks of noise may be left out of it, and a long sentence \
     may end with “…”; the transcript has all of it. Words before a quotation in a lighter colour are the sentence \
     before, given where the quotation leans on it.",
    "The stance beside a quotation (support, oppose, concern) is one that the quoted sentence states in words that a \
     lexicon knows, negation included. Where a stakeholder stands on an issue is stated in the same way, or told by its \
     side of a motion, or inferred from all that it said on the issue and marked so; “mixed” means that sentences on the \
     same issue state different ones. Where none is named, none was found, and that says nothing of what somebody thinks.",
    "Who speaks for whom, and which labels are the same person, is taken from the source, from a roster where one was \
     given, and from introductions in the session; the reasons are below.",
];

/// What the classes of the ledger are.
const CLASSES: [&str; 7] = [
    "quoted on this page",
    "could be quoted and is not",
    "courtesy and procedure",
    "noise",
    "titles, notes, tables, published reports",
    "speaker labels",
    "without a known speaker",
];

#[derive(Template)]
#[template(path = "page/method.html")]
struct Method {
    method: &'static [&'static str],
    source: Vec<(&'static str, String)>,
    people: Vec<Person>,
    /// Class, words, share.
    ledger: Vec<(&'static str, String, String)>,
    input: String,
    /// Speaker and words in each class, in the order of `classes`.
    by_speaker: Vec<Vec<String>>,
    classes: [&'static str; 7],
    warnings: Vec<String>,
    /// What is not on the page, and why.
    left_out: Vec<String>,
    settings: String,
}

/// What is known of a voice, and why.
struct Person {
    name: String,
    what: String,
    why: String,
    /// Where the words stand that show it: anchor and name of the turn.
    place: Option<(String, String)>,
}

fn content<'p>(view: &View<'p>, progress: &mut Progress) -> Content<'p> {
    let session = view.session;
    let ledger = &session.part.ledger;
    let absent = progress.absent.iter().map(|(title, why)| format!("{title}: {why}."));
    let notes = view.page.notes.iter().map(|note| one_line(note));
    Content::Shown(Box::new(Method {
        method: METHOD,
        source: source(&session.part.info, &view.page.tool),
        people: session.part.speakers.iter().flat_map(|speaker| people(view, speaker)).collect(),
        ledger: classes(&ledger.all, ledger.input),
        input: thousands(ledger.input),
        by_speaker: ledger
            .speakers
            .iter()
            .map(|one| {
                let words = one.classes.pairs().map(|(_, words)| thousands(words));
                [name_or_unknown(&one.speaker)].into_iter().chain(words).collect()
            })
            .collect(),
        classes: CLASSES,
        warnings: session.warnings.iter().chain(&session.part.warnings).map(warning).collect(),
        left_out: absent.chain(notes).collect(),
        settings: crate::write::json::pretty(&view.page.settings).unwrap_or_default(),
    }))
}

fn source(info: &SessionInfo, tool: &str) -> Vec<(&'static str, String)> {
    let mut source = vec![
        ("File", one_line(&info.source.path)),
        ("Format", info.source.format.clone()),
        ("Bytes", thousands(info.source.bytes)),
        ("SHA-256", info.source.sha256.clone()),
        ("Language", info.language.clone()),
        ("Sentences", thousands(info.sentences)),
        ("Program", tool.to_owned()),
    ];
    source.retain(|(_, value)| !value.is_empty());
    source
}

fn people(view: &View<'_>, speaker: &SpeakerInfo) -> Vec<Person> {
    let person = |what: String, because: &Because| Person {
        name: name_or_unknown(&speaker.name),
        what: one_line(&what),
        why: why(because),
        place: because
            .turn
            .filter(|_| because.session.is_empty())
            .and_then(|turn| view.turn(turn).map(|_| (view.id(&format!("t-{turn}")), view.turn_name(turn)))),
    };
    let stakeholder = speaker.stakeholder_because.iter();
    let mut people: Vec<Person> =
        stakeholder.map(|because| person(format!("speaks for {}", speaker.stakeholder), because)).collect();
    people.extend(
        speaker.alias_because.iter().map(|alias| person(format!("also {}", alias.alias), &alias.because)),
    );
    if !speaker.role_because.is_empty() {
        people.push(person(speaker.role.to_string(), &Because::new(speaker.role_because.join("; "))));
    }
    people
}

fn why(because: &Because) -> String {
    match because.text.is_empty() {
        true => one_line(&because.reason),
        false => one_line(&format!("{}: “{}”", because.reason, because.text)),
    }
}

fn classes(all: &Classes, input: u64) -> Vec<(&'static str, String, String)> {
    let share = |words: u64| figures::percent(words as f64 / input.max(1) as f64);
    let rows = all.pairs().into_iter().zip(CLASSES);
    rows.map(|((_, words), class)| (class, thousands(words), share(words))).collect()
}

fn warning(warning: &Warning) -> String {
    match warning.line {
        0 => one_line(&warning.message),
        line => one_line(&format!("line {line}: {}", warning.message)),
    }
}

impl Body for Method {
    fn markdown(&self) -> String {
        let mut out = String::new();
        for paragraph in self.method {
            let _ = writeln!(out, "\n{paragraph}");
        }
        out.push_str("\n### The source\n\n");
        for (name, value) in &self.source {
            let _ = writeln!(out, "- **{name}:** {}", markdown::escape(value));
        }
        let person = |p: &Person| vec![p.name.clone(), p.what.clone(), p.why.clone()];
        let people: Vec<Vec<String>> = self.people.iter().map(person).collect();
        if !people.is_empty() {
            out.push_str("\n### Who is who, and why\n");
        }
        out.push_str(&markdown::table(&["Speaker", "Taken to be", "Because"], &people));
        let _ = writeln!(out, "\n### Where every word went\n\nThe source has {} words.", self.input);
        let ledger: Vec<Vec<String>> = self
            .ledger
            .iter()
            .map(|(class, words, share)| vec![(*class).to_owned(), words.clone(), share.clone()])
            .collect();
        out.push_str(&markdown::table(&["Words", "Count", "Share"], &ledger));
        for (title, lines) in [("Warnings", &self.warnings), ("Left out", &self.left_out)] {
            if !lines.is_empty() {
                let _ = writeln!(out, "\n### {title}\n");
            }
            lines.iter().for_each(|line| out.push_str(&format!("- {}\n", markdown::escape(line))));
        }
        out
    }
}
