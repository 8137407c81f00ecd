//! Parts of a large file of JSON lines, read one at a time, so that memory is bounded by a part.
//!
//! A file can be divided where each line is a session with an identifier of its own: then nothing that one part
//! holds depends on another.

use std::io::{BufRead, Read};

use serde::Deserialize;
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

use super::{Document, hexadecimal, jsonl, sessions_of, sha256};
use crate::error::{Error, Result};
use crate::model::{DateKnown, Session};

/// Bytes of a part, but for its last line: some sessions, so that parts cost little, and few enough that sixteen of them
/// are no burden beside each other.
const PART_BYTES: u64 = 1 << 19;

/// Longest line of a file that is divided, in bytes.
const MAX_LINE: usize = 64 << 20;

/// Successive lines of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Where the first line begins, in bytes.
    pub start: u64,
    /// Length in bytes.
    pub length: u64,
    /// Number of the first line, from 1.
    first_line: usize,
    /// SHA-256 of its bytes, in hexadecimal.
    sha256: String,
}

impl Part {
    fn at(start: u64, first_line: usize) -> Self {
        Part { start, length: 0, first_line, sha256: String::new() }
    }
}

/// A file of JSON lines that can be read part by part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DividedFile {
    /// Its parts, in order.
    pub parts: Vec<Part>,
    /// Its length in bytes.
    bytes: u64,
    n_sessions: usize,
    /// SHA-256 of its content, in hexadecimal.
    sha256: String,
}

/// What of a line tells that it is a session of its own.
#[derive(Deserialize)]
struct SessionLine<'a> {
    #[serde(borrow)]
    id: Option<&'a RawValue>,
    #[serde(borrow)]
    turns: Option<&'a RawValue>,
}

impl SessionLine<'_> {
    /// Whether it has turns, and an identifier that is not the one of sessions without.
    fn is_session(&self, stem: &str) -> bool {
        let id = self.id.and_then(|raw| serde_json::from_str::<String>(raw.get()).ok());
        self.turns.is_some_and(|raw| raw.get().starts_with('['))
            && id.is_some_and(|id| !id.trim().is_empty() && id != stem)
    }
}

impl DividedFile {
    /// Divides a file, which is read once to its end; none where its lines do not stand for themselves.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn of(mut file: impl BufRead, path: &str) -> std::io::Result<Option<Self>> {
        let (mut hash, mut of_part) = (Sha256::new(), Sha256::new());
        let (mut line, mut parts, mut part) = (Vec::new(), Vec::new(), Part::at(0, 1));
        let (mut n_lines, mut n_sessions) = (0, 0);
        let stem = Document::new(path, &[], String::new()).stem().to_owned();
        loop {
            line.clear();
            // A file without line ends is not taken in to find that out.
            if file.by_ref().take(MAX_LINE as u64 + 1).read_until(b'\n', &mut line)? == 0 {
                break;
            }
            let Some(of_line) = sessions_of_line(&line, &stem).filter(|_| line.len() <= MAX_LINE) else {
                return Ok(None);
            };
            hash.update(&line);
            of_part.update(&line);
            n_lines += 1;
            n_sessions += of_line;
            part.length += line.len() as u64;
            if part.length >= PART_BYTES {
                part.sha256 = hexadecimal(&of_part.finalize_reset());
                let next = Part::at(part.start + part.length, n_lines + 1);
                parts.push(std::mem::replace(&mut part, next));
            }
        }
        let bytes = part.start + part.length;
        part.sha256 = hexadecimal(&of_part.finalize());
        parts.extend(Some(part).filter(|part| part.length > 0));
        let sha256 = hexadecimal(&hash.finalize());
        Ok(Some(DividedFile { parts, bytes, n_sessions, sha256 }).filter(|file| file.n_sessions > 1))
    }

    /// The sessions of a part, whose bytes these are; the same as when the whole file is read.
    ///
    /// # Errors
    /// As [`read`](super::read), and when the bytes are others by now.
    pub fn read(&self, part: &Part, bytes: &[u8], path: &str) -> Result<Vec<Session>> {
        if sha256(bytes) != part.sha256 {
            return Err(Error::usage("the source was changed while it was read").in_file(path));
        }
        // Lines are numbered as in the file; blank ones are passed over.
        let mut lines = vec![b'\n'; part.first_line - 1];
        lines.extend_from_slice(bytes);
        let decoded = super::decode::decode(&lines).map_err(|error| error.in_file(path))?;
        let document = Document::new(path, bytes, decoded.text);
        let mut sessions =
            sessions_of(&document, &jsonl::FORMAT, None).map_err(|error| error.in_file(path))?;
        for session in &mut sessions {
            (session.source.bytes, session.source.sha256) = (self.bytes, self.sha256.clone());
            // The name of a file tells the date of a session that is alone in it.
            if session.date_known == DateKnown::FileName {
                (session.date, session.date_known) = (String::new(), DateKnown::Content);
            }
        }
        Ok(sessions)
    }
}

/// Number of sessions of a line that stands for itself: 1 where it has an identifier and turns, 0 where it is blank.
fn sessions_of_line(line: &[u8], stem: &str) -> Option<usize> {
    let text = std::str::from_utf8(line).ok()?;
    if text.trim().is_empty() {
        return Some(0);
    }
    let line: SessionLine<'_> = serde_json::from_str(text).ok()?;
    line.is_session(stem).then_some(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(id: &str, text: &str) -> String {
        format!(
            r#"{{"id": "{id}", "title": "Quay", "turns": [{{"speaker": "Ana Reyes", "text": "{text}"}}]}}"#
        )
    }

    fn long() -> String {
        "We oppose the levy on small boats. ".repeat(4000)
    }

    /// A file of some megabytes, with a blank line and a turn without a voice.
    fn corpus() -> String {
        let long = long();
        let mut lines: Vec<String> = (0..40).map(|at| line(&format!("day-{at}"), &long)).collect();
        lines.insert(17, String::new());
        lines.push(r#"{"id": "last", "turns": [{"text": "Nobody said this."}]}"#.to_owned());
        lines.join("\n")
    }

    #[test]
    fn the_parts_of_a_file_hold_what_the_whole_holds() {
        let (text, long) = (corpus(), long());
        let whole =
            super::super::read(text.as_bytes(), "corpus.jsonl", None).expect("it is a corpus").sessions;
        let divided = DividedFile::of(text.as_bytes(), "corpus.jsonl")
            .expect("it is in memory")
            .expect("lines are sessions");
        assert!(divided.parts.len() > 2, "{}", divided.parts.len());
        let of_part = |part: &Part| {
            let bytes = &text.as_bytes()[part.start as usize..(part.start + part.length) as usize];
            divided.read(part, bytes, "corpus.jsonl").expect("it is part of one")
        };
        let parts: Vec<_> = divided.parts.iter().flat_map(of_part).collect();
        assert_eq!(parts.len(), whole.len());
        for (part, whole) in parts.iter().zip(&whole) {
            let texts = [part, whole].map(|session| format!("{session:?}").replace(long.as_str(), "…"));
            assert_eq!(texts[0], texts[1]);
        }
        assert!(parts.last().is_some_and(|last| last.warnings.iter().any(|warning| warning.line == 42)));
    }

    #[test]
    fn a_file_without_line_ends_is_left_before_it_fills_memory() {
        let endless = std::io::BufReader::new(std::io::repeat(b'a'));
        assert_eq!(DividedFile::of(endless, "a.jsonl").expect("nothing fails"), None);
    }

    #[test]
    fn lines_that_do_not_stand_for_themselves_are_not_divided() {
        for text in [
            r#"{"session": "a", "speaker": "Bo", "text": "Yes."}"#,
            r#"{"id": "", "turns": []}"#,
            r#"{"id": "a", "turns": []}"#,
            r#"{"turns": [{"speaker": "Bo", "text": "Yes."}]}"#,
            r#"{"id": "a", "turns": ["#,
            "Bo: Yes.",
            "[",
        ] {
            let text = format!("{}\n{text}\n", line("first", "We agree."));
            assert_eq!(DividedFile::of(text.as_bytes(), "a.jsonl").expect("it is in memory"), None, "{text}");
        }
        let text = b"{\"id\": \"b\", \"turns\": []}\n{\"id\": \"\xFF\", \"turns\": []}";
        assert_eq!(DividedFile::of(&text[..], "a.jsonl").expect("it is in memory"), None);
    }
}
