//! JSON lines: one session a line `{"id","title","date","turns":[{"speaker","text","start","end"}]}`
//! or one turn a line `{"session","speaker","text","start","end"}`.
//!
//! Unknown fields are ignored. One bad line is one warning, not the end. Lines of one session
//! need not stand together, except in [`sessions_in_lines`], which holds one session at a time.

use std::io::{BufRead, Read};

use rustc_hash::FxHashMap;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::decode::{Line, LineIndex, lines};
use super::json::{self, Raw};
use super::{Confidence, Document, Format, hexadecimal, no_turns, refuse_unusable};
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Attendee, Join, Session, SessionBuilder, Source, count_words};

pub(super) const FORMAT: Format = Format {
    name: "jsonl",
    about: "JSON lines: one session a line {id, title, date, turns[]} or one turn a line {session, speaker, text}",
    extensions: &["jsonl", "ndjson"],
    confidence,
    read,
};

/// Longest line that is read from a stream, in bytes.
const MAX_LINE: u64 = 1 << 28;

/// A line of either form.
#[derive(Deserialize)]
struct Record<'a> {
    #[serde(borrow)]
    id: Option<Raw<'a>>,
    #[serde(borrow)]
    title: Option<Raw<'a>>,
    #[serde(borrow)]
    date: Option<Raw<'a>>,
    #[serde(borrow)]
    session: Option<Raw<'a>>,
    #[serde(borrow)]
    turns: Option<Vec<Turn<'a>>>,
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

/// A turn; on a line of its own, its fields are those of the record.
#[derive(Deserialize)]
struct Turn<'a> {
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

    fn as_turn(&self) -> Turn<'a> {
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

struct BadLine {
    line: usize,
    reason: String,
    words: u64,
}

/// A session and what it holds so far.
struct Open {
    builder: SessionBuilder,
    words: u64,
    /// Labels whose stakeholder is known.
    known: FxHashMap<String, String>,
}

impl Open {
    fn new(id: &str) -> Self {
        Open { builder: SessionBuilder::new(id), words: 0, known: FxHashMap::default() }
    }

    fn describe(&mut self, record: &Record) {
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
    }

    fn turn(&mut self, turn: &Turn, line: usize) {
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

    fn bad_line(&mut self, bad: &BadLine) {
        self.words += bad.words;
        self.builder.unattributed_words(bad.words);
        self.builder.warn("bad-line", bad.line, format!("{}; the line was left out", bad.reason));
    }

    fn finish(self) -> Session {
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

fn session_of(record: &Record, turns: &[Turn], stem: &str, line: &dyn Fn(Raw) -> usize) -> Open {
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
fn parse(line: &str) -> std::result::Result<Record<'_>, String> {
    let record: Record = serde_json::from_str(line).map_err(|error| error.to_string())?;
    if record.is_session() || record.is_turn() {
        Ok(record)
    } else {
        Err("the object has neither turns nor speaker and text".into())
    }
}

fn nothing(bad: Option<&BadLine>) -> Error {
    let Some(bad) = bad else { return no_turns("there is no line with turns, or with speaker and text") };
    Error::new(ErrorKind::Malformed { format: "jsonl", reason: bad.reason.clone() })
        .at_line(bad.line as u64)
        .remedy("each line must be {\"id\", \"title\", \"date\", \"turns\"} or {\"session\", \"speaker\", \"text\"}")
}

/// The sessions of a stream of JSON lines, one at a time, in memory bounded by the largest.
///
/// Lines with one turn each are one session as long as their `session` stays the same. A line that
/// cannot be read is an error of its own, and the next call goes on after it. Source bytes and
/// hash are those of the session's lines.
pub fn sessions_in_lines<R: BufRead>(reader: R, path: &str) -> impl Iterator<Item = Result<Session>> {
    let stem = Document { path, bytes: &[], text: String::new() }.stem().to_owned();
    Stream { reader, path: path.to_owned(), stem, line: 0, open: None, ready: None, ended: false }
}

struct Stream<R> {
    reader: R,
    path: String,
    stem: String,
    line: usize,
    /// The session that turns are being added to, and its key.
    open: Option<(String, Streamed)>,
    /// What was met while a session was open and comes after it.
    ready: Option<Result<Session>>,
    ended: bool,
}

/// A session of a stream, with the bytes it came from.
struct Streamed {
    open: Open,
    bytes: u64,
    hash: Sha256,
}

impl Streamed {
    fn new(open: Open) -> Self {
        Streamed { open, bytes: 0, hash: Sha256::new() }
    }

    fn add_bytes(&mut self, bytes: &[u8]) {
        self.bytes += bytes.len() as u64;
        self.hash.update(bytes);
    }

    fn finish(self, path: &str) -> Result<Session> {
        let mut session = self.open.finish();
        session.source = Source {
            path: path.to_owned(),
            format: FORMAT.name.to_owned(),
            bytes: self.bytes,
            sha256: hexadecimal(&self.hash.finalize()),
        };
        refuse_unusable(&session).map_err(|error| error.in_file(path))?;
        Ok(session)
    }
}

impl<R: BufRead> Iterator for Stream<R> {
    type Item = Result<Session>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(ready) = self.ready.take() {
            return Some(ready);
        }
        let mut bytes = Vec::new();
        while !self.ended {
            bytes.clear();
            self.line += 1;
            match self.reader.by_ref().take(MAX_LINE).read_until(b'\n', &mut bytes) {
                Err(error) => return self.end(Some(Error::io(&self.path, &error))),
                Ok(0) => return self.end(None),
                Ok(read) if read as u64 == MAX_LINE && !bytes.ends_with(b"\n") => {
                    let reason = format!("the line is longer than {MAX_LINE} bytes");
                    let error = Error::new(ErrorKind::Malformed { format: "jsonl", reason })
                        .remedy("put one turn on a line, or split the session");
                    return self.end(Some(self.placed(error)));
                }
                Ok(_) => {}
            }
            if let Some(found) = self.add(&bytes) {
                return Some(found);
            }
        }
        None
    }
}

impl<R> Stream<R> {
    /// Hands out the open session and, after it, `error`; nothing more is read.
    fn end(&mut self, error: Option<Error>) -> Option<Result<Session>> {
        self.ended = true;
        let last = self.close();
        let error = error.map(Err);
        if last.is_some() {
            self.ready = error;
            last
        } else {
            error
        }
    }

    fn close(&mut self) -> Option<Result<Session>> {
        self.open.take().map(|(_, streamed)| streamed.finish(&self.path))
    }

    fn placed(&self, error: Error) -> Error {
        error.in_file(&self.path).at_line(self.line as u64)
    }

    /// Takes in a line; gives the session that it ends, or that it holds.
    fn add(&mut self, bytes: &[u8]) -> Option<Result<Session>> {
        let mark: &[u8] = if self.line == 1 { b"\xEF\xBB\xBF" } else { b"" };
        let text = String::from_utf8_lossy(bytes.strip_prefix(mark).unwrap_or(bytes));
        if text.trim().is_empty() {
            return None;
        }
        let record = match parse(&text) {
            Ok(record) => record,
            Err(reason) => {
                let bad = BadLine { line: self.line, reason, words: count_words(&text) };
                if let Some((_, streamed)) = self.open.as_mut() {
                    streamed.open.bad_line(&bad);
                    return None;
                }
                return Some(Err(nothing(Some(&bad)).in_file(&self.path)));
            }
        };
        let line = self.line;
        if let Some(turns) = &record.turns {
            let stem = format!("{}-{line}", self.stem);
            let mut streamed = Streamed::new(session_of(&record, turns, &stem, &|_| line));
            streamed.add_bytes(bytes);
            let session = streamed.finish(&self.path);
            return match self.close() {
                Some(before) => {
                    self.ready = Some(session);
                    Some(before)
                }
                None => Some(session),
            };
        }
        let key = json::string(record.session);
        let before =
            if self.open.as_ref().is_some_and(|(open, _)| *open != key) { self.close() } else { None };
        let id = if key.is_empty() { self.stem.as_str() } else { key.as_str() };
        let (_, streamed) = self.open.get_or_insert_with(|| (key.clone(), Streamed::new(Open::new(id))));
        streamed.add_bytes(bytes);
        streamed.open.describe(&record);
        streamed.open.turn(&record.as_turn(), line);
        before
    }
}

#[cfg(test)]
mod tests;
