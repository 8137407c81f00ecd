//! How the page was made: method, source, which labels were merged, the ledger, warnings, what was left out.

use std::fmt::Write;

use askama::Template;

use super::view::View;
use super::{Body, Content, Progress, Section, markdown};
use crate::model::{Because, Classes, Language, ReasonKind, Role, SessionInfo, SpeakerInfo, Warning};
use crate::write::one_line;
use crate::write::phrases::{Phrases, fill};

pub(super) const SECTION: Section = Section { id: "method", title: |phrases| phrases.method, content };

/// What the classes of the ledger are.
fn class_names(phrases: &Phrases) -> [&'static str; 7] {
    [
        phrases.class_quoted,
        phrases.class_not_quoted,
        phrases.class_procedure,
        phrases.class_noise,
        phrases.class_headers,
        phrases.class_labels,
        phrases.class_nobody,
    ]
}

#[derive(Template)]
#[template(path = "page/method.html")]
struct Method {
    phrases: &'static Phrases,
    method: [&'static str; 4],
    source: Vec<(&'static str, String)>,
    people: Vec<Person>,
    /// Class, words, share.
    ledger: Vec<(&'static str, String, String)>,
    input: String,
    /// Speaker and words in each class, in the order of `classes`.
    by_speaker: Vec<Vec<String>>,
    classes: [&'static str; 7],
    warnings: Vec<WarningLine>,
    /// What is not on the page, and why.
    left_out: Vec<String>,
    /// The same of all sessions, in English.
    notes: Vec<String>,
    settings: String,
}

/// A warning on the page. Messages are composed in English where they arise, so that a page in another language
/// opens with the phrase for the code.
struct WarningLine {
    /// The phrase of the page's language, with the line; none where that is English.
    phrase: Option<String>,
    /// The message; with the line where no phrase has it.
    message: String,
}

/// What is known of a voice, and why.
struct Person {
    name: String,
    what: String,
    /// The phrase for the kind of the reason; none where the page is in English.
    kind: Option<&'static str>,
    /// The reason, in English.
    why: String,
    /// Where the words stand that show it: anchor and name of the turn.
    place: Option<(String, String)>,
}

fn content<'p>(view: &View<'p>, progress: &mut Progress) -> Content<'p> {
    let (session, phrases) = (view.session, view.phrases);
    let ledger = &session.part.ledger;
    let absent = progress
        .absent
        .iter()
        .map(|(title, why)| fill(phrases.left_out_because, &[("section", title), ("reason", why)]));
    Content::Shown(Box::new(Method {
        phrases,
        method: [
            phrases.made_by_program,
            phrases.verbatim,
            phrases.what_stances_are,
            phrases.who_speaks_for_whom,
        ],
        source: source(phrases, &session.part.info, &view.page.tool),
        people: session.part.speakers.iter().flat_map(|speaker| people(view, speaker)).collect(),
        ledger: classes(phrases, &ledger.all, ledger.input),
        input: phrases.number(ledger.input),
        by_speaker: ledger
            .speakers
            .iter()
            .map(|one| {
                let words = one.classes.pairs().map(|(_, words)| phrases.number(words));
                [phrases.name_of(&one.speaker)].into_iter().chain(words).collect()
            })
            .collect(),
        classes: class_names(phrases),
        warnings: session
            .warnings
            .iter()
            .chain(&session.part.warnings)
            .map(|one| warning_line(phrases, one))
            .collect(),
        left_out: absent.collect(),
        notes: view.page.notes.iter().map(|note| one_line(note)).collect(),
        settings: crate::write::json::pretty(&view.page.settings).unwrap_or_default(),
    }))
}

fn source(phrases: &Phrases, info: &SessionInfo, tool: &str) -> Vec<(&'static str, String)> {
    let mut source = vec![
        (phrases.file, one_line(&info.source.path)),
        (phrases.format, info.source.format.clone()),
        (phrases.bytes, phrases.number(info.source.bytes)),
        ("SHA-256", info.source.sha256.clone()),
        (phrases.language, info.language.clone()),
        (phrases.sentences, phrases.number(info.sentences)),
        (phrases.program, tool.to_owned()),
    ];
    source.retain(|(_, value)| !value.is_empty());
    source
}

fn people(view: &View<'_>, speaker: &SpeakerInfo) -> Vec<Person> {
    let phrases = view.phrases;
    let person = |what: String, because: &Because| Person {
        name: phrases.name_of(&speaker.name),
        what: one_line(&what),
        kind: ReasonKind::of(&because.reason)
            .filter(|_| !is_english(phrases))
            .map(|kind| phrases.reason_name(kind)),
        why: why(because),
        place: because
            .turn
            .filter(|_| because.session.is_empty())
            .and_then(|turn| view.turn(turn).map(|_| (view.id(&format!("t-{turn}")), view.turn_place(turn)))),
    };
    let stakeholder = speaker.stakeholder_because.iter();
    let mut people: Vec<Person> = stakeholder
        .map(|because| person(fill(phrases.speaks_for, &[("name", &speaker.stakeholder)]), because))
        .collect();
    people.extend(
        speaker
            .alias_because
            .iter()
            .map(|alias| person(fill(phrases.also, &[("name", &alias.alias)]), &alias.because)),
    );
    if !speaker.role_because.is_empty() {
        people.push(person(role(phrases, speaker.role), &Because::new(speaker.role_because.join("; "))));
    }
    people
}

fn role(phrases: &Phrases, role: Role) -> String {
    let name = phrases.role_name(role);
    if name.is_empty() { phrases.speaker.to_owned() } else { name.to_owned() }
}

fn why(because: &Because) -> String {
    match because.text.is_empty() {
        true => one_line(&because.reason),
        false => one_line(&format!("{}: “{}”", because.reason, because.text)),
    }
}

fn classes(phrases: &Phrases, all: &Classes, input: u64) -> Vec<(&'static str, String, String)> {
    let share = |words: u64| phrases.percent(words as f64 / input.max(1) as f64);
    let rows = all.pairs().into_iter().zip(class_names(phrases));
    rows.map(|((_, words), class)| (class, phrases.number(words), share(words))).collect()
}

fn is_english(phrases: &Phrases) -> bool {
    phrases.code == Language::ENGLISH.code()
}

fn warning_line(phrases: &Phrases, warning: &Warning) -> WarningLine {
    let with_line = |text: &str| match warning.line {
        0 => one_line(text),
        line => one_line(&fill(phrases.line, &[("n", &line.to_string()), ("message", text)])),
    };
    if is_english(phrases) {
        return WarningLine { phrase: None, message: with_line(&warning.message) };
    }
    WarningLine {
        phrase: Some(with_line(phrases.warning_name(warning.code))),
        message: one_line(&warning.message),
    }
}

impl WarningLine {
    fn text(&self) -> String {
        match &self.phrase {
            Some(phrase) => format!("{phrase} ({})", self.message),
            None => self.message.clone(),
        }
    }
}

impl Method {
    fn words_in_classes(&self) -> String {
        fill(self.phrases.words_in_classes, &[("n", &self.input)])
    }
}

impl Body for Method {
    fn markdown(&self) -> String {
        let mut out = String::new();
        let phrases = self.phrases;
        for paragraph in self.method {
            let _ = writeln!(out, "\n{}", markdown::escape(paragraph));
        }
        let _ = writeln!(out, "\n### {}\n", phrases.source);
        for (name, value) in &self.source {
            let _ = writeln!(out, "- **{name}:** {}", markdown::escape(value));
        }
        let reason = |p: &Person| p.kind.map_or_else(|| p.why.clone(), |kind| format!("{kind} ({})", p.why));
        let person = |p: &Person| vec![p.name.clone(), p.what.clone(), reason(p)];
        let people: Vec<Vec<String>> = self.people.iter().map(person).collect();
        if !people.is_empty() {
            let _ = writeln!(out, "\n### {}", phrases.who_is_who);
        }
        out.push_str(&markdown::table(&[phrases.speaker, phrases.taken_to_be, phrases.because], &people));
        let _ = writeln!(out, "\n### {}\n\n{}", phrases.where_words_went, self.words_in_classes());
        let ledger: Vec<Vec<String>> = self
            .ledger
            .iter()
            .map(|(class, words, share)| vec![(*class).to_owned(), words.clone(), share.clone()])
            .collect();
        out.push_str(&markdown::table(&[phrases.words, phrases.count, phrases.share], &ledger));
        let left_out: Vec<String> = self.left_out.iter().chain(&self.notes).cloned().collect();
        let warnings: Vec<String> = self.warnings.iter().map(WarningLine::text).collect();
        for (title, lines) in [(phrases.warnings, &warnings), (phrases.left_out, &left_out)] {
            if !lines.is_empty() {
                let _ = writeln!(out, "\n### {title}\n");
            }
            lines.iter().for_each(|line| out.push_str(&format!("- {}\n", markdown::escape(line))));
        }
        out
    }
}
