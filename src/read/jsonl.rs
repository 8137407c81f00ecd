//! JSON lines: one session a line `{"id","title","date","turns":[{"speaker","text","start","end"}]}`
//! or one turn a line `{"session","speaker","text","start","end"}`.
//!
//! Unknown fields are ignored. One bad line is one warning, not the end. Lines of one session
//! need not stand together.

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::decode::{Line, LineIndex, lines};
use super::json::{self, Raw};
use super::{Confidence, Document, Format, language, no_turns};
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Attendee, Join, Language, Session, SessionBuilder, count_words};

pub(super) const FORMAT: Format = Format {
    name: "jsonl",
    about: "JSON lines: one session a line {id, title, date, turns[]} or one turn a line {session, speaker, text}",
    extensions: &["jsonl", "ndjson"],
    confidence,
    read,
};

/// A line of either form.
#[derive(Deserialize)]
pub(super) struct Record<'a> {
    #[serde(borrow)]
    id: Option<Raw<'a>>,
    #[serde(borrow)]
    title: Option<Raw<'a>>,
    #[serde(borrow)]
    date: Option<Raw<'a>>,
    #[serde(borrow)]
    pub session: Option<Raw<'a>>,
    #[serde(borrow)]
    pub turns: Option<Vec<Turn<'a>>>,
    #[serde(borrow)]
    speaker: Option<Raw<'a>>,
    #[serde(borrow)]
    text: Option<Raw<'a>>,
    #[serde(borrow)]
    start: Option<Raw<'a>>,
    #[serde(borrow)]
    end: Option<Raw<'a>>,
    #[serde(borrow)]
    stakeholder: Option<Raw<'a>>,
    #[serde(borrow)]
    group: Option<Raw<'a>>,
    #[serde(borrow)]
    language: Option<Raw<'a>>,
}

/// A turn; on a line of its own, its fields are those of the record.
#[derive(Deserialize)]
pub(super) struct Turn<'a> {
    #[serde(borrow)]
    speaker: Option<Raw<'a>>,
    #[serde(borrow)]
    text: Option<Raw<'a>>,
    #[serde(borrow)]
    start: Option<Raw<'a>>,
    #[serde(borrow)]
    end: Option<Raw<'a>>,
    #[serde(borrow)]
    stakeholder: Option<Raw<'a>>,
    #[serde(borrow)]
    group: Option<Raw<'a>>,
}

impl<'a> Record<'a> {
    fn is_session(&self) -> bool {
        self.turns.is_some()
    }

    fn is_turn(&self) -> bool {
        self.turns.is_none() && self.text.is_some() && (self.speaker.is_some() || self.session.is_some())
    }

    pub(super) fn as_turn(&self) -> Turn<'a> {
        let Record { speaker, text, start, end, stakeholder, group, .. } = *self;
        Turn { speaker, text, start, end, stakeholder, group }
    }
}

fn confidence(document: &Document) -> Confidence {
    let first = lines(&document.text).find(|line| !line.is_blank());
    let Some(record) = first.and_then(|line| serde_json::from_str::<Record>(line.text).ok()) else {
        return confidence_of_whole(&document.text);
    };
    match (record.is_session(), record.is_turn()) {
        (true, _) => Confidence::new(0.95, "the first line is a JSON object with turns"),
        (_, true) => Confidence::new(0.93, "the first line is a JSON object with speaker and text"),
        _ => Confidence::NONE,
    }
}

fn confidence_of_whole(text: &str) -> Confidence {
    match whole(text) {
        Some(records) if records.iter().any(|r| r.is_session() || r.is_turn()) => {
            Confidence::new(0.9, "JSON with turns, or with speaker and text")
        }
        _ => Confidence::NONE,
    }
}

/// The records of a text that is one JSON value over many lines.
fn whole(text: &str) -> Option<Vec<Record<'_>>> {
    match text.trim_start().as_bytes().first() {
        Some(b'[') => serde_json::from_str(text).ok(),
        Some(b'{') => serde_json::from_str(text).ok().map(|record| vec![record]),
        _ => None,
    }
}

fn read(document: &Document) -> Result<Vec<Session>> {
    let mut open = OpenSessions { stem: document.stem(), ..OpenSessions::default() };
    let text = document.text.as_str();
    let first = lines(text).find(|line| !line.is_blank());
    let is_lines = first.is_some_and(|line| serde_json::from_str::<Record>(line.text).is_ok());
    match whole(text).filter(|_| !is_lines) {
        Some(records) => {
            let index = LineIndex::new(text);
            for record in &records {
                open.add(record, &|raw: Raw| raw.line(text, &index));
            }
        }
        None => lines(text).filter(|line| !line.is_blank()).for_each(|line| open.add_line(&line)),
    }
    open.finish()
}

/// Sessions that further lines may add to.
#[derive(Default)]
struct OpenSessions<'a> {
    stem: &'a str,
    sessions: Vec<Open>,
    by_key: FxHashMap<String, usize>,
    bad: Vec<BadLine>,
}

pub(super) struct BadLine {
    pub line: usize,
    pub reason: String,
    pub words: u64,
}

/// A session and what it holds so far.
pub(super) struct Open {
    builder: SessionBuilder,
    words: u64,
    /// Labels whose stakeholder is known.
    known: FxHashMap<String, String>,
}

impl Open {
    pub(super) fn new(id: &str) -> Self {
        Open { builder: SessionBuilder::new(id), words: 0, known: FxHashMap::default() }
    }

    pub(super) fn describe(&mut self, record: &Record) {
        let (title, date) = (json::string(record.title), json::string(record.date));
        let session = self.builder.session();
        if session.title.is_empty() && !title.is_empty() {
            session.title.clone_from(&title);
            self.words += count_words(&title);
            self.builder.header_words(count_words(&title));
        }
        let session = self.builder.session();
        if session.date.is_empty() {
            session.date = date;
        }
        if session.language == Language::UNKNOWN {
            session.language = language::named(&json::string(record.language));
        }
    }

    pub(super) fn turn(&mut self, turn: &Turn, line: usize) {
        let label = json::string(turn.speaker);
        let text = turn.text.map(Raw::string).unwrap_or_default();
        self.words += count_words(&label) + count_words(&text);
        if label.is_empty() {
            self.builder.warn("no-speaker", line, "a turn without a speaker; its voice stays unknown");
        }
        self.builder.turn(&label).label_words(&label, count_words(&label));
        self.builder.text_of_one_line(&text, Join::Line, line, json::time(turn.start, turn.end));
        let stakeholder = json::string(turn.stakeholder);
        if !stakeholder.is_empty() && !self.known.contains_key(&label) {
            self.known.insert(label.clone(), stakeholder.clone());
            self.builder.session().attendees.push(Attendee {
                name: label,
                stakeholder,
                group: json::string(turn.group),
                line: u32::try_from(line).unwrap_or(u32::MAX),
                ..Attendee::default()
            });
        }
    }

    pub(super) fn bad_line(&mut self, bad: &BadLine) {
        self.words += bad.words;
        self.builder.unattributed_words(bad.words);
        self.builder.warn("bad-line", bad.line, format!("{}; the line was left out", bad.reason));
    }

    pub(super) fn finish(self) -> Session {
        let mut session = self.builder.finish(self.words);
        super::time::close_times(&mut session);
        session
    }
}

impl OpenSessions<'_> {
    fn add_line(&mut self, line: &Line) {
        match parse(line.text) {
            Ok(record) => self.add(&record, &|_| line.number),
            Err(reason) => {
                self.bad.push(BadLine { line: line.number, reason, words: count_words(line.text) })
            }
        }
    }

    fn add(&mut self, record: &Record, line: &dyn Fn(Raw) -> usize) {
        if let Some(turns) = &record.turns {
            self.sessions.push(session_of(record, turns, self.stem, line));
        } else if record.is_turn() {
            let key = json::string(record.session);
            let stem = self.stem;
            let sessions = &mut self.sessions;
            let at = *self.by_key.entry(key).or_insert_with_key(|key| {
                sessions.push(Open::new(if key.is_empty() { stem } else { key }));
                sessions.len() - 1
            });
            if let Some(open) = sessions.get_mut(at) {
                open.describe(record);
                open.turn(&record.as_turn(), record.text.map_or(0, line));
            }
        }
    }

    fn finish(mut self) -> Result<Vec<Session>> {
        let Some(first) = self.sessions.first_mut() else { return Err(nothing(self.bad.first())) };
        self.bad.iter().for_each(|bad| first.bad_line(bad));
        let many = self.sessions.len() > 1;
        let mut sessions: Vec<Session> = self.sessions.into_iter().map(Open::finish).collect();
        for (number, session) in sessions.iter_mut().enumerate().filter(|(_, s)| many && s.id == self.stem) {
            session.id = format!("{}-{}", self.stem, number + 1);
        }
        Ok(sessions)
    }
}

pub(super) fn session_of(record: &Record, turns: &[Turn], stem: &str, line: &dyn Fn(Raw) -> usize) -> Open {
    let id = Some(json::string(record.id))
        .filter(|id| !id.is_empty())
        .unwrap_or_else(|| json::string(record.session));
    let mut open = Open::new(if id.is_empty() { stem } else { &id });
    open.describe(record);
    for turn in turns {
        open.turn(turn, turn.text.or(turn.speaker).map_or(0, line));
    }
    open
}

/// A record of a line, or what is wrong with it.
pub(super) fn parse(line: &str) -> std::result::Result<Record<'_>, String> {
    let record: Record = serde_json::from_str(line).map_err(|error| error.to_string())?;
    if record.is_session() || record.is_turn() {
        Ok(record)
    } else {
        Err("the object has neither turns nor speaker and text".into())
    }
}

pub(super) fn nothing(bad: Option<&BadLine>) -> Error {
    let Some(bad) = bad else { return no_turns("there is no line with turns, or with speaker and text") };
    Error::new(ErrorKind::Malformed { format: "jsonl", reason: bad.reason.clone() })
        .at_line(bad.line as u64)
        .remedy("each line must be {\"id\", \"title\", \"date\", \"turns\"} or {\"session\", \"speaker\", \"text\"}")
}

#[cfg(test)]
mod tests;
