//! JSON lines: one session a line `{"id","title","date","turns":[{"speaker","text","start","end"}]}`
//! or one turn a line `{"session","speaker","text","start","end"}`.
//!
//! Unknown fields are ignored. One bad line is one warning, not the end. Lines of one session
//! need not stand together.

use rustc_hash::FxHashMap;

use super::decode::{Line, LineIndex, lines};
use super::json::{self, Fields, Raw, TurnFields};
use super::{Confidence, Document, Format, count, language, no_turns};
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Attendee, Join, Language, Session, SessionBuilder, WarningCode, count_words, label_text};

pub(super) const FORMAT: Format = Format {
    name: "jsonl",
    about: "JSON lines: one session a line {id, title, date, turns[]} or one turn a line {session, speaker, text}",
    extensions: &["jsonl", "ndjson"],
    confidence,
    read,
    source_text: count::json_lines,
};

/// A line of either form.
pub(super) struct Record<'a> {
    fields: Fields<'a>,
    pub turns: Option<Vec<Fields<'a>>>,
}

impl<'a> Record<'a> {
    fn of(fields: Fields<'a>) -> serde_json::Result<Self> {
        let turns = fields.get("turns").map(|raw| serde_json::from_str(raw.0.get())).transpose()?;
        Ok(Record { fields, turns })
    }

    fn from_str(text: &'a str) -> serde_json::Result<Self> {
        Record::of(serde_json::from_str(text)?)
    }

    fn is_session(&self) -> bool {
        self.turns.is_some()
    }

    fn is_turn(&self) -> bool {
        self.turns.is_none()
            && self.fields.names("text")
            && (self.fields.names("speaker") || self.fields.has("session"))
    }

    /// The session that a turn on a line of its own belongs to.
    pub(super) fn session(&self) -> String {
        json::string(self.fields.get("session"))
    }

    /// Where the session came from before it was a line of a stream; empty where that is not said.
    pub(super) fn source(&self) -> String {
        self.fields.get("source").filter(|raw| raw.is_text()).map_or_else(String::new, Raw::string)
    }

    /// The fields of a turn on a line of its own.
    pub(super) fn as_turn(&self) -> &Fields<'a> {
        &self.fields
    }
}

fn confidence(document: &Document) -> Confidence {
    let Some(record) = first_record(&document.text) else {
        return confidence_of_whole(&document.text);
    };
    match (record.is_session(), record.is_turn()) {
        (true, _) => Confidence::new(0.95, "the first line is a JSON object with turns"),
        (_, true) => Confidence::new(0.93, "the first line is a JSON object with speaker and text"),
        _ => Confidence::NONE,
    }
}

/// How many lines detection looks at: a broken first line does not make a file another format.
const SAMPLE: usize = 5;

/// The first line of several that is an object.
fn first_record(text: &str) -> Option<Record<'_>> {
    let filled = lines(text).filter(|line| !line.is_blank()).take(SAMPLE);
    filled
        .filter(|line| line.text.trim_start().starts_with('{'))
        .find_map(|line| Record::from_str(line.text).ok())
}

fn confidence_of_whole(text: &str) -> Confidence {
    match whole(text) {
        // Messages of a chat have their time under a key of their own, and names beside identifiers.
        Some(records) if records.iter().any(|r| r.fields.has("ts") && r.fields.has("user")) => {
            Confidence::new(0.5, "JSON with messages of users")
        }
        Some(records) if records.iter().any(|r| r.is_session() || r.is_turn()) => {
            Confidence::new(0.9, "JSON with turns, or with speaker and text")
        }
        _ => Confidence::NONE,
    }
}

/// The records of a text that is one JSON value over many lines.
fn whole(text: &str) -> Option<Vec<Record<'_>>> {
    match text.trim_start().as_bytes().first() {
        Some(b'[') => {
            let records: Vec<Fields> = serde_json::from_str(text).ok()?;
            records.into_iter().map(|fields| Record::of(fields).ok()).collect()
        }
        Some(b'{') => Some(vec![Record::from_str(text).ok()?]),
        _ => None,
    }
}

fn read(document: &Document) -> Result<Vec<Session>> {
    let mut open = OpenSessions { stem: document.stem(), ..OpenSessions::default() };
    let text = document.text.as_str();
    let is_known = |records: &Vec<Record>| records.iter().any(|r| r.is_session() || r.is_turn());
    match whole(text).filter(is_known) {
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
        let field = |key| json::string(record.fields.get(key));
        let (title, date) = (field("title"), field("date"));
        let session = self.builder.session();
        if session.title.is_empty() && !title.is_empty() {
            session.title.clone_from(&title);
            self.words += count_words(&title);
            self.builder.header_words(count_words(&title)).metadata_words(count_words(&title));
        }
        let session = self.builder.session();
        if session.date.is_empty() {
            session.date = date;
        }
        if session.language == Language::UNKNOWN {
            session.language = language::named(&field("language"));
        }
    }

    pub(super) fn turn(&mut self, turn: &Fields, line: usize) {
        let TurnFields { label, text, beside, warnings } = TurnFields::of(turn);
        let label = label_text(&label).into_owned();
        self.words += count_words(&label) + count_words(&text) + beside;
        if label.is_empty() {
            self.builder.warn(
                WarningCode::NoSpeaker,
                line,
                "a turn without a speaker; its voice stays unknown",
            );
        }
        for (code, message) in warnings {
            self.builder.warn(code, line, message);
        }
        self.builder.turn(&label).label_words(&label, count_words(&label)).unattributed_words(beside);
        let time = json::time(turn.get("start"), turn.get("end"));
        self.builder.text_of_one_line(&text, Join::Line, line, time);
        let stakeholder = json::string(turn.get("stakeholder"));
        if !stakeholder.is_empty() && !self.known.contains_key(&label) {
            self.known.insert(label.clone(), stakeholder.clone());
            self.builder.session().attendees.push(Attendee {
                name: label,
                stakeholder,
                group: json::string(turn.get("group")),
                line: u32::try_from(line).unwrap_or(u32::MAX),
                ..Attendee::default()
            });
        }
    }

    /// Counts what stands beside the turns of a session under the keys of labels and texts.
    fn beside(&mut self, record: &Record) {
        let words = record.fields.words();
        self.words += words;
        self.builder.header_words(words);
    }

    pub(super) fn bad_line(&mut self, bad: &BadLine) {
        self.words += bad.words;
        self.builder.unattributed_words(bad.words);
        self.builder.warn(WarningCode::BadLine, bad.line, format!("{}; the line was left out", bad.reason));
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
            let key = record.session();
            let stem = self.stem;
            let sessions = &mut self.sessions;
            let at = *self.by_key.entry(key).or_insert_with_key(|key| {
                sessions.push(Open::new(if key.is_empty() { stem } else { key }));
                sessions.len() - 1
            });
            if let Some(open) = sessions.get_mut(at) {
                open.describe(record);
                let turn = record.as_turn();
                open.turn(turn, turn.find("text").or(turn.find("speaker")).map_or(0, line));
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

pub(super) fn session_of(record: &Record, turns: &[Fields], stem: &str, line: &dyn Fn(Raw) -> usize) -> Open {
    let named = json::string(record.fields.get("id"));
    let id = if named.is_empty() { record.session() } else { named };
    let mut open = Open::new(if id.is_empty() { stem } else { &id });
    open.describe(record);
    open.beside(record);
    for turn in turns {
        open.turn(turn, turn.find("text").or(turn.find("speaker")).map_or(0, line));
    }
    open
}

/// A record of a line, or what is wrong with it.
pub(super) fn parse(line: &str) -> std::result::Result<Record<'_>, String> {
    let record = Record::from_str(line).map_err(|error| error.to_string())?;
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
