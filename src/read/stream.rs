//! JSON lines as a stream: one session at a time, for corpora that don't fit into memory.

use std::io::{BufRead, Read};

use sha2::{Digest, Sha256};

use super::count;
use super::jsonl::{BadLine, FORMAT, Open, nothing, parse, session_of};
use super::{Document, complete, hexadecimal, refuse_unusable};
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Session, Source, count_words};

/// The number of a session's first line.
const FIRST: usize = 1;

/// Longest line that is read, in bytes.
const MAX_LINE: u64 = 1 << 28;

/// The sessions of a stream of JSON lines, one at a time, in memory bounded by the largest.
///
/// Lines with one turn each are one session as long as their `session` stays the same. A line that
/// cannot be read is an error of its own, and the next call goes on after it. Source bytes and
/// hash are those of the session's lines, and lines are counted from its first one, so that what comes of a session does
/// not depend on the others of its stream; its path is what a session's line says as `source`, else `path`.
pub fn sessions_in_lines<R: BufRead>(reader: R, path: &str) -> impl Iterator<Item = Result<Session>> {
    let stem = Document::new(path, &[], String::new()).stem().to_owned();
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
    /// Words of its lines, counted apart from reading them.
    counted: u64,
    first_line: usize,
    /// What the session's line says of where it came from; empty where it says nothing.
    source: String,
}

impl Streamed {
    fn new(open: Open, first_line: usize) -> Self {
        Streamed { open, bytes: 0, hash: Sha256::new(), counted: 0, first_line, source: String::new() }
    }

    /// The number of a line of the stream among those of the session.
    fn own_line(&self, line: usize) -> usize {
        line - self.first_line + FIRST
    }

    fn count(&mut self, text: &str) {
        count::line_of(text, &mut |said| self.counted += count_words(said));
    }

    fn add_bytes(&mut self, bytes: &[u8]) {
        self.bytes += bytes.len() as u64;
        self.hash.update(bytes);
    }

    fn finish(self, path: &str) -> Result<Session> {
        let path = if self.source.is_empty() { path } else { &self.source };
        let mut session = self.open.finish();
        count::settle(self.counted, FIRST, &mut session);
        complete(&mut session);
        session.source = Source {
            path: path.to_owned(),
            format: FORMAT.name.to_owned(),
            bytes: self.bytes,
            sha256: hexadecimal(&self.hash.finalize()),
            companions: Vec::new(),
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
                    streamed.open.bad_line(&BadLine { line: streamed.own_line(bad.line), ..bad });
                    streamed.count(&text);
                    return None;
                }
                return Some(Err(nothing(Some(&bad)).in_file(&self.path)));
            }
        };
        let line = self.line;
        if let Some(turns) = &record.turns {
            let stem = format!("{}-{line}", self.stem);
            let mut streamed = Streamed::new(session_of(&record, turns, &stem, &|_| FIRST), line);
            streamed.source = record.source();
            streamed.add_bytes(bytes);
            streamed.count(&text);
            let session = streamed.finish(&self.path);
            return match self.close() {
                Some(before) => {
                    self.ready = Some(session);
                    Some(before)
                }
                None => Some(session),
            };
        }
        let key = record.session();
        let before =
            if self.open.as_ref().is_some_and(|(open, _)| *open != key) { self.close() } else { None };
        let id = if key.is_empty() { self.stem.as_str() } else { key.as_str() };
        let (_, streamed) =
            self.open.get_or_insert_with(|| (key.clone(), Streamed::new(Open::new(id), line)));
        streamed.add_bytes(bytes);
        streamed.count(&text);
        streamed.open.describe(&record);
        streamed.open.turn(record.as_turn(), streamed.own_line(line));
        before
    }
}
