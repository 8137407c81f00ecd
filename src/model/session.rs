//! One transcript as a reader understood it: the text once, and places in it.
//!
//! Invariants, kept by [`SessionBuilder`]:
//! - `text` is the turns' texts one after the other; each turn's span lies in it;
//! - every turn has a label of `labels`; turns are in source order;
//! - the pieces of a turn are in text order, the first at offset 0.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::background::TermStatistics;
use super::count::count_words;
use super::day::DateKnown;
use super::language::{Language, LanguageKnown};
use super::recorded::RecordedOutcome;
use super::span::Span;
use super::speaker::Role;
use super::visible::label_text;
use super::warning::{Warning, WarningCode};

/// Index of a distinct label in [`Session::labels`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LabelId(pub u32);

/// Start and end in seconds from the beginning of the recording.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Time {
    /// Seconds from the start of the recording.
    pub start: f64,
    /// Seconds from the start of the recording, not before `start`.
    pub end: f64,
}

/// A stretch of a turn's text that came from one place of the source (a paragraph, a cue).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Piece {
    /// Byte offset in the turn's text.
    pub offset: u32,
    /// Line of the source, from 1.
    pub line: u32,
    /// When it was said, where the source tells.
    pub time: Option<Time>,
    /// Whether the reader worked the time out from the text around it.
    pub interpolated: bool,
}

/// One uninterrupted contribution of one speaker, as the source divides it.
#[derive(Debug, Clone, PartialEq)]
pub struct Turn {
    /// The label that the source gives the speaker.
    pub label: LabelId,
    /// Place in [`Session::text`].
    pub span: Span,
    /// Where its parts stand in the source; empty where the turn has no text.
    pub pieces: Vec<Piece>,
}

/// Speech statistics that the source itself publishes for a speaker.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Published {
    /// Number of words.
    pub words: Option<u64>,
    /// Seconds of speech.
    pub seconds: Option<f64>,
    /// Words per minute.
    pub wpm: Option<f64>,
}

/// What the source itself says of a person: an attendee table, an attribute of a voice.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Attendee {
    /// Full name.
    pub name: String,
    /// Other labels of the same person, such as initials.
    pub aliases: Vec<String>,
    /// Organisation or delegation, empty where none is given.
    pub stakeholder: String,
    /// Kind of stakeholder, empty where none is given.
    pub group: String,
    /// What it does in the session, where the source says so.
    pub role: Option<Role>,
    /// Line of the source, from 1.
    pub line: u32,
}

/// A heading of the source that names what the turns after it are about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Its text without markup.
    pub title: String,
    /// The first turn below it (may be one past the last turn).
    pub turn: u32,
    /// Line of the source, from 1.
    pub line: u32,
}

/// Where the session came from.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Source {
    /// Path as the user gave it; `-` for standard input.
    pub path: String,
    /// Name of the input format that read it.
    pub format: String,
    /// Size of the source in bytes.
    pub bytes: u64,
    /// SHA-256 of the source's bytes, in hexadecimal.
    pub sha256: String,
    /// Files beside it that were read with it: lists of persons and organisations.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub companions: Vec<CompanionFile>,
}

/// A file beside a source that was read with it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CompanionFile {
    /// Its name without folders.
    pub name: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

/// Words of the source that are not inside a turn, by what they are.
///
/// What a word is, [`count_words`] says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OutsideWords {
    /// Title, date, notes, tables, published reports and statistics.
    pub headers: u64,
    /// Text that no speaker could be found for.
    pub unattributed: u64,
}

/// One transcript: title, date, turns.
#[derive(Debug, Clone, PartialEq)]
pub struct Session {
    /// Identifier: given by the source, else made from its path.
    pub id: String,
    /// Title, empty where none was found.
    pub title: String,
    /// Date as `YYYY-MM-DD`, empty where none was found.
    pub date: String,
    /// How that date is known.
    pub date_known: DateKnown,
    /// Language of most of the text.
    pub language: Language,
    /// How that language is known.
    pub language_known: LanguageKnown,
    /// Turns in another language, by number.
    pub turn_languages: Vec<(u32, Language)>,
    /// Where it came from.
    pub source: Source,
    /// The turns' texts, one after the other.
    pub text: String,
    /// The turns in source order.
    pub turns: Vec<Turn>,
    /// The distinct labels, in order of first appearance, as [`label_text`] sees them in the source.
    pub labels: Vec<String>,
    /// Words that each label took in the source, by label.
    pub label_words: Vec<u64>,
    /// Words outside turns and labels.
    pub outside: OutsideWords,
    /// All words of the source, counted apart from the classes above.
    pub input_words: u64,
    /// How many of [`Session::input_words`] the source says in its metadata, apart from its text: a
    /// name that an identifier stands for, a title that every row repeats.
    pub metadata_words: u64,
    /// The source's own report on the session, never evidence.
    pub narrative: String,
    /// Outcomes that the source sets down beside what is said, in source order.
    pub recorded: Vec<RecordedOutcome>,
    /// Published speech statistics: the name as published, and the figures.
    pub published: Vec<(String, Published)>,
    /// People as the source lists them.
    pub attendees: Vec<Attendee>,
    /// Headings that name issues.
    pub headings: Vec<Heading>,
    /// What the reader met and worked around.
    pub warnings: Vec<Warning>,
    /// How common words are elsewhere, where the settings name a vocabulary for that.
    pub background: Option<Arc<TermStatistics>>,
}

impl Session {
    /// The text of turn `turn`; empty where there is no such turn.
    pub fn turn_text(&self, turn: usize) -> &str {
        self.turns.get(turn).map_or("", |t| t.span.of(&self.text))
    }

    /// The label of turn `turn` as in the source; empty where there is no such turn.
    pub fn turn_label(&self, turn: usize) -> &str {
        self.turns.get(turn).map_or("", |t| self.label(t.label))
    }

    /// A label as in the source.
    pub fn label(&self, label: LabelId) -> &str {
        self.labels.get(label.0 as usize).map_or("", String::as_str)
    }

    /// The source line of byte `offset` in the text of turn `turn`.
    pub fn line_of(&self, turn: usize, offset: usize) -> u32 {
        let Some(piece) = self.piece_of(turn, offset) else { return 0 };
        let between = self.turn_text(turn).get(piece.offset as usize..offset).unwrap_or("");
        piece.line + between.matches('\n').count() as u32
    }

    /// The piece of turn `turn` that byte `offset` lies in.
    pub fn piece_of(&self, turn: usize, offset: usize) -> Option<&Piece> {
        let pieces = &self.turns.get(turn)?.pieces;
        let after = pieces.partition_point(|p| p.offset as usize <= offset);
        pieces.get(after.saturating_sub(1))
    }
}

/// How a further piece of text joins the turn before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Join {
    /// On the same line: a cue, a fragment. A space is put between.
    Space,
    /// The next line of the same paragraph. A line feed is put between.
    Line,
    /// A new paragraph, which ends the sentence. An empty line is put between.
    Paragraph,
}

impl Join {
    fn separator(self) -> &'static str {
        match self {
            Join::Space => " ",
            Join::Line => "\n",
            Join::Paragraph => "\n\n",
        }
    }
}

/// Builds a [`Session`] turn by turn and keeps its invariants.
#[derive(Debug)]
pub struct SessionBuilder {
    session: Session,
    by_label: FxHashMap<String, LabelId>,
}

impl SessionBuilder {
    /// An empty session; `id` may be replaced later.
    pub fn new(id: impl Into<String>) -> Self {
        SessionBuilder {
            session: Session {
                id: id.into(),
                title: String::new(),
                date: String::new(),
                date_known: DateKnown::default(),
                language: Language::UNKNOWN,
                language_known: LanguageKnown::default(),
                turn_languages: Vec::new(),
                source: Source::default(),
                text: String::new(),
                turns: Vec::new(),
                labels: Vec::new(),
                label_words: Vec::new(),
                outside: OutsideWords::default(),
                input_words: 0,
                metadata_words: 0,
                narrative: String::new(),
                recorded: Vec::new(),
                published: Vec::new(),
                attendees: Vec::new(),
                headings: Vec::new(),
                warnings: Vec::new(),
                background: None,
            },
            by_label: FxHashMap::default(),
        }
    }

    /// Begins a turn under `label`, as [`label_text`] sees it.
    pub fn turn(&mut self, label: &str) -> &mut Self {
        let label = self.label_id(label);
        let at = self.session.text.len();
        self.session.turns.push(Turn { label, span: Span::new(at, at), pieces: Vec::new() });
        self
    }

    /// Adds text to the turn begun last. Text before any turn is counted as unattributed.
    ///
    /// The text is trimmed; a piece of white space only adds nothing.
    pub fn text(&mut self, text: &str, join: Join, line: usize, time: Option<Time>) -> &mut Self {
        let leading_lines = text[..text.len() - text.trim_start().len()].matches('\n').count();
        let text = text.trim();
        let Some(turn) = self.session.turns.last_mut() else {
            self.session.outside.unattributed += count_words(text);
            return self;
        };
        if text.is_empty() {
            return self;
        }
        if !turn.span.is_empty() {
            self.session.text.push_str(join.separator());
        }
        let offset = self.session.text.len() - turn.span.start();
        let line = u32::try_from(line + leading_lines).unwrap_or(u32::MAX);
        turn.pieces.push(Piece { offset: offset as u32, line, time, interpolated: false });
        self.session.text.push_str(text);
        turn.span = Span::new(turn.span.start(), self.session.text.len());
        self
    }

    /// Adds text that the source writes on one line though it holds line feeds (JSON escapes).
    ///
    /// Like [`SessionBuilder::text`] otherwise; every line of it leads back to `line`.
    pub fn text_of_one_line(&mut self, text: &str, join: Join, line: usize, time: Option<Time>) -> &mut Self {
        let text = text.trim();
        let before = self.session.text.len();
        self.text(text, join, line, time);
        let Some(turn) = self.session.turns.last_mut().filter(|_| self.session.text.len() > before) else {
            return self;
        };
        let Some(first) = turn.pieces.last().copied() else { return self };
        let breaks =
            text.match_indices('\n').map(|(at, _)| Piece { offset: first.offset + at as u32 + 1, ..first });
        turn.pieces.extend(breaks);
        self
    }

    /// Divides the text added last where words with times of their own begin: pairs of a byte offset
    /// in that text and a time, in order. Offsets that do not fit are left out.
    ///
    /// What stands before the first mark ends where that begins.
    pub fn times(&mut self, marks: &[(usize, Time)]) -> &mut Self {
        let Some(turn) = self.session.turns.last_mut() else { return self };
        let Some(first) = turn.pieces.last().copied() else { return self };
        let text = turn.span.of(&self.session.text);
        for &(offset, time) in marks {
            let offset = first.offset as usize + offset;
            let Some(last) = turn.pieces.last_mut() else { return self };
            if offset == last.offset as usize {
                (last.time, last.interpolated) = (Some(time), false);
            } else if offset > last.offset as usize && offset < text.len() {
                if let Some(before) = last.time.as_mut().filter(|_| last.offset == first.offset) {
                    before.end = before.end.min(time.start).max(before.start);
                }
                let between = text.get(last.offset as usize..offset).unwrap_or("");
                let line = last.line + between.matches('\n').count() as u32;
                turn.pieces.push(Piece {
                    offset: offset as u32,
                    line,
                    time: Some(time),
                    interpolated: false,
                });
            }
        }
        self
    }

    /// Marks the time of the text added last as worked out by the reader.
    pub fn interpolated(&mut self) -> &mut Self {
        let piece = self.session.turns.last_mut().and_then(|turn| turn.pieces.last_mut());
        if let Some(piece) = piece {
            piece.interpolated = piece.time.is_some();
        }
        self
    }

    /// Counts the words a label took in the source, for the ledger.
    pub fn label_words(&mut self, label: &str, words: u64) -> &mut Self {
        let id = self.label_id(label);
        self.session.label_words[id.0 as usize] += words;
        self
    }

    /// Counts words that are neither speech nor label: titles, notes, tables, statistics.
    pub fn header_words(&mut self, words: u64) -> &mut Self {
        self.session.outside.headers += words;
        self
    }

    /// Counts words that no speaker could be found for.
    pub fn unattributed_words(&mut self, words: u64) -> &mut Self {
        self.session.outside.unattributed += words;
        self
    }

    /// Says how many of the words counted as label or header stand in the source's metadata.
    pub fn metadata_words(&mut self, words: u64) -> &mut Self {
        self.session.metadata_words += words;
        self
    }

    /// Records a heading that names what the following turns are about.
    pub fn heading(&mut self, title: &str, line: usize) -> &mut Self {
        let turn = self.session.turns.len() as u32;
        let line = u32::try_from(line).unwrap_or(u32::MAX);
        self.session.headings.push(Heading { title: title.trim().to_owned(), turn, line });
        self
    }

    /// Records trouble that was worked around.
    pub fn warn(&mut self, code: WarningCode, line: usize, message: impl Into<String>) -> &mut Self {
        self.session.warnings.push(Warning::at_line(code, line, message));
        self
    }

    /// The session so far, for fields without an invariant (title, date, narrative, …).
    pub fn session(&mut self) -> &mut Session {
        &mut self.session
    }

    /// Whether no turn was begun yet.
    pub fn is_empty(&self) -> bool {
        self.session.turns.is_empty()
    }

    /// The finished session. Turns without text are kept, so that turn numbers stay the source's,
    /// and counted in a warning.
    ///
    /// `input_words` is the number of words of the source, counted by the reader apart from what
    /// it put into turns, labels and headers; the ledger is checked against it.
    pub fn finish(mut self, input_words: u64) -> Session {
        self.session.input_words = input_words;
        let empty = self.session.turns.iter().filter(|t| t.span.is_empty()).count();
        if empty > 0 {
            self.warn(WarningCode::EmptyTurn, 0, format!("turns that have a label and no text: {empty}"));
        }
        self.session
    }

    fn label_id(&mut self, label: &str) -> LabelId {
        let label = label_text(label);
        if let Some(&known) = self.by_label.get(label.as_ref()) {
            return known;
        }
        let id = LabelId(self.session.labels.len() as u32);
        self.session.labels.push(label.clone().into_owned());
        self.session.label_words.push(0);
        self.by_label.insert(label.into_owned(), id);
        id
    }
}

#[cfg(test)]
mod tests;
