//! Texts to rate and references to rate them against, and which belongs to which.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::error::{Error, ErrorKind, Result};
use crate::model::{Report, Scope, report};

/// Where a text is divided into the sentences that ROUGE-Lsum compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sentences {
    /// At line breaks, and after `.`, `!` or `?` before white space.
    #[default]
    Punctuation,
    /// At line breaks only.
    Lines,
}

/// What a text is about: texts about the same thing are compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// The session's identifier.
    pub session: String,
    /// The kind of thing within the session.
    pub scope: Scope,
    /// The speaker, stakeholder, group or question; for the session itself its title, or nothing.
    pub name: String,
}

/// A text and what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What the text is about.
    pub subject: Subject,
    /// The text, a sentence a line.
    pub text: String,
}

/// A text with all references about the same thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// What they are about.
    pub subject: Subject,
    /// The text to rate.
    pub candidate: String,
    /// What it is rated against; at least one.
    pub references: Vec<String>,
}

/// What belongs together, and what stands alone on either side.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pairing {
    /// In the order of the texts to rate.
    pub pairs: Vec<Pair>,
    /// Texts without a reference.
    pub without_reference: Vec<Subject>,
    /// References without a text.
    pub without_summary: Vec<Subject>,
}

/// The form of a text on a line of JSON.
#[derive(Debug, Deserialize)]
struct Line {
    session: String,
    scope: Option<Scope>,
    #[serde(default)]
    name: String,
    #[serde(default)]
    question: String,
    text: String,
}

impl Subject {
    /// A whole session.
    pub fn session(id: &str) -> Self {
        Subject { session: id.to_owned(), scope: Scope::Session, name: String::new() }
    }

    /// What two subjects have in common when they are the same: case and spacing do not matter.
    fn key(&self) -> (String, Scope, String) {
        let name = if self.scope == Scope::Session { "" } else { &self.name };
        (self.session.trim().to_owned(), self.scope, folded(name))
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.scope {
            Scope::Session => write!(f, "session {}", self.session),
            scope => write!(f, "{} \u{201c}{}\u{201d} of session {}", scope.name(), self.name, self.session),
        }
    }
}

/// A whole text about one session.
pub fn from_text(session: &str, text: &str, sentences: Sentences) -> Entry {
    Entry { subject: Subject::session(session), text: sentence_a_line(text, sentences) }
}

/// A text on each line, about the session of that number, from 1. A tab or `<n>` in it is a line
/// break of the text. Empty lines are empty texts; a line feed at the end begins no further line.
pub fn from_lines(text: &str, sentences: Sentences) -> Vec<Entry> {
    let text = text.strip_suffix('\n').unwrap_or(text);
    text.split('\n')
        .enumerate()
        .map(|(i, line)| {
            from_text(&(i + 1).to_string(), &line.replace("<n>", "\n").replace('\t', "\n"), sentences)
        })
        .collect()
}

/// The summaries of reports (`rapporteur/summary/1`) and texts on lines of JSON
/// (`{"session", "scope", "name" or "question", "text"}`), in any number and mixture.
///
/// The quotations of a report are its sentences. Fails on broken JSON and on objects that are
/// neither, naming `file` and the line.
pub fn from_json(file: &str, json: &str, sentences: Sentences) -> Result<Vec<Entry>> {
    let mut entries = Vec::new();
    let mut stream = serde_json::Deserializer::from_str(json).into_iter::<&RawValue>();
    loop {
        let start = stream.byte_offset();
        let Some(value) = stream.next() else { return Ok(entries) };
        let raw = value.map_err(|e| malformed(file, e.line(), e.to_string()))?.get();
        let blank = json.get(start..).map_or("", |rest| &rest[..rest.len() - rest.trim_start().len()]);
        let line = 1 + json.get(..start + blank.len()).map_or(0, |before| before.matches('\n').count());
        read_object(raw, sentences, &mut entries).map_err(|reason| malformed(file, line, reason))?;
    }
}

fn read_object(raw: &str, sentences: Sentences, entries: &mut Vec<Entry>) -> std::result::Result<(), String> {
    #[derive(Deserialize)]
    struct Head {
        #[serde(default)]
        schema: String,
    }
    let head: Head = serde_json::from_str(raw).map_err(|e| e.to_string())?;
    if head.schema.is_empty() {
        entries.push(read_line(raw, sentences)?);
    } else if head.schema == report::SCHEMA {
        read_report(&serde_json::from_str(raw).map_err(|e| e.to_string())?, entries);
    } else {
        return Err(format!("the schema is {}, not {}", head.schema, report::SCHEMA));
    }
    Ok(())
}

fn read_report(report: &Report, entries: &mut Vec<Entry>) {
    for summary in report.summaries.iter().flatten() {
        let shown: Vec<&str> = summary.evidence.iter().map(|e| e.shown()).collect();
        let name = match (summary.scope, &report.question) {
            (Scope::Answer, Some(question)) => question,
            _ => &summary.name,
        };
        entries.push(Entry {
            subject: Subject { session: report.session.id.clone(), scope: summary.scope, name: name.clone() },
            text: shown.join("\n"),
        });
    }
}

fn read_line(raw: &str, sentences: Sentences) -> std::result::Result<Entry, String> {
    let line: Line = serde_json::from_str(raw).map_err(|e| e.to_string())?;
    let scope = match (line.scope, line.question.is_empty(), line.name.is_empty()) {
        (Some(scope), _, _) => scope,
        (None, false, _) => Scope::Answer,
        (None, true, true) => Scope::Session,
        (None, true, false) => return Err(format!("\u{201c}{}\u{201d} has a name and no scope", line.name)),
    };
    let name = if line.question.is_empty() { line.name } else { line.question };
    if name.is_empty() && scope != Scope::Session {
        return Err(format!("the scope is {} and no name is given", scope.name()));
    }
    let subject = Subject { session: line.session, scope, name };
    Ok(Entry { subject, text: sentence_a_line(&line.text, sentences) })
}

fn malformed(file: &str, line: usize, reason: String) -> Error {
    Error::new(ErrorKind::Malformed { format: "summary or reference", reason })
        .in_file(file)
        .at_line(line as u64)
        .remedy("give a JSON report, lines of {\"session\", \"scope\", \"name\", \"text\"}, or --lines for plain text")
}

/// Puts texts and references about the same thing together.
///
/// Several references about one thing all count; two texts about one thing are an error.
pub fn pair(summaries: Vec<Entry>, references: Vec<Entry>) -> Result<Pairing> {
    let mut by_key: BTreeMap<_, (Subject, Vec<String>, bool)> = BTreeMap::new();
    let mut order = Vec::new();
    for Entry { subject, text } in references {
        let key = subject.key();
        let known = by_key.entry(key.clone()).or_insert_with(|| {
            order.push(key);
            (subject, Vec::new(), false)
        });
        known.1.push(text);
    }
    let mut pairing = Pairing::default();
    let mut unmatched = BTreeMap::new();
    for Entry { subject, text } in summaries {
        let seen_before = match by_key.get_mut(&subject.key()) {
            Some((_, references, used)) => {
                let seen_before = std::mem::replace(used, true);
                pairing.pairs.push(Pair {
                    subject: subject.clone(),
                    candidate: text,
                    references: references.clone(),
                });
                seen_before
            }
            None => {
                pairing.without_reference.push(subject.clone());
                unmatched.insert(subject.key(), ()).is_some()
            }
        };
        if seen_before {
            let message = format!("there are two summaries of {subject}");
            return Err(Error::usage(message).remedy("give each summary once"));
        }
    }
    for key in order {
        pairing.without_summary.extend(by_key.remove(&key).filter(|r| !r.2).map(|r| r.0));
    }
    Ok(pairing)
}

fn folded(name: &str) -> String {
    name.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// The text with a line break after each sentence.
fn sentence_a_line(text: &str, sentences: Sentences) -> String {
    if sentences == Sentences::Lines {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.trim();
    while let Some(mark) = rest.find(['.', '!', '?']) {
        let (sentence, after) = rest.split_at(mark + 1);
        let next = after.trim_start();
        out.push_str(sentence);
        if next.len() < after.len() {
            out.push('\n');
        }
        rest = next;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(session: &str, scope: &str, name: &str) -> String {
        format!(r#"{{"session": "{session}", "scope": "{scope}", "name": "{name}", "text": "One. Two"}}"#)
    }

    fn entries(json: &[String]) -> Vec<Entry> {
        from_json("refs.jsonl", &json.join("\n"), Sentences::Punctuation).expect("valid lines")
    }

    #[test]
    fn sentences_end_after_a_mark_before_white_space() {
        let cases = [
            ("One. Two!  Three?", "One.\nTwo!\nThree?"),
            ("v1.2 is out", "v1.2 is out"),
            ("Wait... what?\nYes", "Wait...\nwhat?\nYes"),
            ("", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(sentence_a_line(text, Sentences::Punctuation), expected);
            assert_eq!(sentence_a_line(text, Sentences::Lines), text);
        }
    }

    #[test]
    fn lines_are_numbered_and_may_break_inside() {
        let found = from_lines("a<n>b\tc\n\nd\n", Sentences::Lines);
        let found: Vec<_> = found.iter().map(|e| (e.subject.session.as_str(), e.text.as_str())).collect();
        assert_eq!(found, [("1", "a\nb\nc"), ("2", ""), ("3", "d")]);
    }

    #[test]
    fn texts_about_the_same_thing_are_paired_whatever_their_case_and_order() {
        let summaries = entries(&[line("s", "speaker", "Ana Lopez"), line("s", "session", "A title")]);
        let references = entries(&[line("s", "session", ""), line("s", "speaker", "ana  LOPEZ")]);
        let pairing = pair(summaries, references).expect("no duplicates");
        assert_eq!(pairing.pairs.len(), 2);
        assert_eq!(pairing.pairs[0].references, ["One.\nTwo"]);
        assert!(pairing.without_reference.is_empty() && pairing.without_summary.is_empty());
    }

    #[test]
    fn what_stands_alone_is_named_on_its_side() {
        let summaries = entries(&[line("s", "speaker", "Ana")]);
        let references = entries(&[line("s", "group", "Ana"), line("t", "answer", "Why?")]);
        let pairing = pair(summaries, references).expect("no duplicates");
        let names = |side: &[Subject]| side.iter().map(Subject::to_string).collect::<Vec<_>>();
        assert_eq!(names(&pairing.without_reference), ["speaker “Ana” of session s"]);
        assert_eq!(
            names(&pairing.without_summary),
            ["group “Ana” of session s", "answer “Why?” of session t"]
        );
    }

    #[test]
    fn several_references_count_and_two_summaries_of_one_thing_are_refused() {
        let (one, two) = (line("s", "speaker", "Ana"), line("s", "speaker", "ana"));
        let twice = || entries(&[one.clone(), two.clone()]);
        let once = || entries(std::slice::from_ref(&one));
        assert_eq!(pair(once(), twice()).expect("one summary").pairs[0].references.len(), 2);
        for references in [once(), Vec::new()] {
            let error = pair(twice(), references).expect_err("two summaries");
            assert!(error.to_string().contains("two summaries of speaker “ana”"), "{error}");
        }
    }

    #[test]
    fn broken_lines_are_named() {
        let cases = [
            ("{\"session\": \"s\", \"text\": \"a\"}\n\n{\"session\": 1}", "refs.jsonl:3:"),
            ("{\"session\": \"s\", \"name\": \"Ana\", \"text\": \"a\"}", "no scope"),
            ("{\"session\": \"s\", \"scope\": \"answer\", \"text\": \"a\"}", "no name"),
            ("{\"schema\": \"other/1\"}", "the schema is other/1"),
            ("{\"session\"", "refs.jsonl:1:"),
            ("plain text", "--lines"),
        ];
        for (json, expected) in cases {
            let error = from_json("refs.jsonl", json, Sentences::Lines).expect_err(json);
            assert!(error.to_string().contains(expected), "{error}");
        }
    }
}
