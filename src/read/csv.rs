//! CSV and TSV with a column of speakers and a column of texts.
//!
//! The delimiter is sniffed; columns are found by their titles. Rows of one session belong
//! together wherever they stand; row order is turn order.

use std::borrow::Cow;

use rustc_hash::{FxHashMap, FxHashSet};

use super::columns::{self, titles_of};
use super::date::find_date;
use super::entry::Entry;
use super::rows::{self, LineShape, Row, Shape};
use super::{Confidence, Document, Format, count, no_turns, time};
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Attendee, Join, Session, SessionBuilder, Time, WarningCode, count_words, label_text};

pub(super) const FORMAT: Format = Format {
    name: "csv",
    about: "CSV or TSV with a speaker column and a text column; optional session, start, end, stakeholder, group",
    extensions: &["csv", "tsv", "tab"],
    confidence,
    read,
    source_text,
};

const DELIMITERS: [u8; 4] = [b',', b'\t', b';', b'|'];

/// Which column holds what.
#[derive(Debug, Clone)]
pub(super) struct Columns {
    speaker: usize,
    pub text: usize,
    session: Option<usize>,
    start: Option<usize>,
    end: Option<usize>,
    stakeholder: Option<usize>,
    group: Option<usize>,
    title: Option<usize>,
    date: Option<usize>,
    /// Of each column, whether it holds text: its title says so, or it has none.
    pub is_text: Vec<bool>,
}

impl Columns {
    fn of<'t>(header: impl Iterator<Item = &'t str>) -> Option<Self> {
        let titles: Vec<Cow<str>> = header.map(columns::normal).collect();
        let find = |column| titles_of(column).iter().find_map(|name| titles.iter().position(|t| t == name));
        let text = find("text")?;
        let speaker = find("speaker").filter(|&at| at != text)?;
        let is_text = |title: &Cow<str>| title.is_empty() || columns::kind(title).is_some();
        Some(Columns {
            speaker,
            text,
            session: find("session"),
            start: find("start"),
            end: find("end"),
            stakeholder: find("stakeholder"),
            group: find("group"),
            title: find("title"),
            date: find("date"),
            is_text: titles.iter().map(is_text).collect(),
        })
    }

    /// Whether the words of a column count as words of the source; a column without a title does.
    fn counts(&self, column: usize) -> bool {
        self.is_text.get(column).copied().unwrap_or(true)
    }
}

/// How a table is laid out.
struct Layout {
    shape: Shape,
    columns: Columns,
    titles: Vec<String>,
    /// Where the rows below the titles begin, in bytes.
    body: usize,
}

impl Layout {
    /// The layout of a text; the title line decides.
    fn of(text: &str) -> Option<Self> {
        let (declared, start) = declared_delimiter(text);
        let escapes = rows::escapes_quotes(text);
        let tried = declared.map_or(DELIMITERS.to_vec(), |delimiter| vec![delimiter]);
        tried.into_iter().find_map(|delimiter| {
            let shape = Shape { delimiter, escapes };
            let header = rows::first(text, start, shape).filter(|header| header.cells.len() >= 2)?;
            let columns = Columns::of(header.cells.iter().map(|cell| cell.text.as_ref()))?;
            let end = header.cells.last().map_or(start, |cell| cell.end);
            let titles = header.cells.iter().map(|cell| cell.text.clone().into_owned()).collect();
            Some(Layout { shape, columns, titles, body: (end + 1).min(text.len()) })
        })
    }

    /// The rows of a text. What a line within a quoted cell looks like, is judged by the labels of
    /// the rows that stand on one line.
    fn rows<'a>(&self, text: &'a str) -> Vec<Row<'a>> {
        let found = rows::rows(text, self.body, self.shape, &|_| LineShape::Speech);
        if found.iter().all(|row| row.line == row.last_line) {
            return found;
        }
        let alone = found.iter().filter(|row| row.line == row.last_line && row.trouble.is_none());
        let labels: FxHashSet<&str> = alone
            .filter_map(|row| row.cells.get(self.columns.speaker))
            .map(|cell| cell.text.trim())
            .collect();
        rows::rows(text, self.body, self.shape, &|line| self.likeness(line, &labels))
    }

    /// A line with as many cells as there are columns, none of which begins with a space as what
    /// follows a comma in prose does, may be a row; one with a known label is.
    fn likeness(&self, line: &str, labels: &FxHashSet<&str>) -> LineShape {
        let cells: Vec<&str> = line.split(char::from(self.shape.delimiter)).collect();
        let label = cells.get(self.columns.speaker).map_or("", |cell| cell.trim().trim_matches('"'));
        let is_tight = cells.iter().skip(1).all(|cell| !cell.starts_with(char::is_whitespace));
        if cells.len() < self.columns.is_text.len().max(2) || !is_tight || label.is_empty() {
            LineShape::Speech
        } else if labels.contains(label) {
            LineShape::Row
        } else if super::label::shape(label).is_some() {
            LineShape::MaybeRow
        } else {
            LineShape::Speech
        }
    }
}

/// The delimiter that a first line `sep=;` names, and where the title line begins.
fn declared_delimiter(text: &str) -> (Option<u8>, usize) {
    let line = text.split('\n').next().unwrap_or("");
    match line.trim().strip_prefix("sep=").map(str::as_bytes) {
        Some([delimiter]) if DELIMITERS.contains(delimiter) => (Some(*delimiter), line.len() + 1),
        _ => (None, 0),
    }
}

/// Visits the cells of text of a table, cut by another parser than the reader's, each with its line.
fn source_text(document: &Document, visit: &mut count::Visit) {
    let text = document.text.as_str();
    let Some(layout) = Layout::of(text) else { return };
    let mut builder = csv::ReaderBuilder::new();
    builder.delimiter(layout.shape.delimiter).flexible(true).has_headers(false);
    if layout.shape.escapes {
        builder.escape(Some(b'\\'));
    }
    let (above, body) = text.split_at(layout.body);
    let above = above.matches('\n').count();
    for record in builder.from_reader(body.as_bytes()).records().flatten() {
        let line = record.position().map_or(0, |position| position.line() as usize) + above;
        // A number that its own commas divide is one word still.
        let mut cells: Vec<(usize, String)> = Vec::new();
        for (column, cell) in record.iter().enumerate() {
            let is_surplus = column >= layout.columns.is_text.len();
            let goes_on = cell.starts_with(|c: char| c.is_ascii_digit());
            match cells
                .last_mut()
                .filter(|(_, last)| is_surplus && goes_on && last.ends_with(|c: char| c.is_ascii_digit()))
            {
                Some((_, last)) => last.push_str(cell),
                None => cells.push((column, cell.to_owned())),
            }
        }
        for (_, cell) in cells.iter().filter(|(column, _)| layout.columns.counts(*column)) {
            visit(line, cell);
        }
    }
}

fn confidence(document: &Document) -> Confidence {
    if document.text.trim_start().starts_with(['{', '<', '[', '#']) {
        return Confidence::NONE;
    }
    let Some(layout) = Layout::of(&document.text) else {
        return confidence_without_speakers(document);
    };
    let needed = layout.columns.speaker.max(layout.columns.text);
    let near = document.text.floor_char_boundary(layout.body + SAMPLE);
    let sample = document.text.get(..near).unwrap_or("");
    let rows = rows::rows(sample, layout.body, layout.shape, &|_| LineShape::Speech);
    let full = rows.iter().take(20).filter(|row| row.cells.len() > needed).count();
    let name = match layout.shape.delimiter {
        b'\t' => "tabs",
        b';' => "semicolons",
        b'|' => "bars",
        _ => "commas",
    };
    let reason = format!("columns for speaker and text, separated by {name}");
    if full == 0 { Confidence::new(0.3, reason) } else { Confidence::new(0.95, reason) }
}

/// Longest session in seconds: comments of many days have no time within one.
const MAX_SESSION: f64 = 86_400.0;

/// Bytes of rows that detection looks at.
const SAMPLE: usize = 1 << 16;

/// A table of texts without speakers is still a table: reading it says what is missing.
fn confidence_without_speakers(document: &Document) -> Confidence {
    let table = ["csv", "tsv", "tab"].contains(&document.extension().as_str());
    if table {
        Confidence::new(0.3, "the extension of a table, without columns for speaker and text")
    } else {
        Confidence::NONE
    }
}

fn no_columns(text: &str) -> Error {
    let title = text.lines().next().unwrap_or("").chars().take(120).collect::<String>();
    no_turns(&format!("the table has no column for speaker and text; its first line is {title:?}")).remedy(
        "name the columns speaker and text in the first line (also known: name, author, participant; comment, content, utterance)",
    )
}

fn read(document: &Document) -> Result<Vec<Session>> {
    let text = document.text.as_str();
    let layout = Layout::of(text).ok_or_else(|| no_columns(text))?;
    let columns = &layout.columns;
    let rows = layout.rows(text);
    refuse_other_delimiter(&rows, &layout)?;
    let mut tables: Vec<Table> = Vec::new();
    let mut by_key: FxHashMap<String, usize> = FxHashMap::default();
    // Rows whose cells cannot be told apart name no session: they belong to that of the row before.
    let (mut unusable, mut current) = (Vec::new(), 0);
    for row in &rows {
        let row = Entry::of(row, text, columns);
        if !row.is_usable {
            unusable.push((current, row));
            continue;
        }
        let key = row.cell(columns.session);
        current = *by_key.entry(key.to_owned()).or_insert_with(|| {
            let id = if key.is_empty() { document.stem() } else { key };
            tables.push(Table {
                builder: SessionBuilder::new(id),
                words: 0,
                known: FxHashMap::default(),
                first: None,
            });
            tables.len() - 1
        });
        if let Some(table) = tables.get_mut(current) {
            match layout.titles == row.cells {
                true => table.repeated_header(&row, columns),
                false => table.row(&row, columns),
            }
        }
    }
    if tables.is_empty()
        && let Some((_, row)) = unusable.first()
    {
        return Err(no_turns(&format!(
            "no row of the table can be read: {}",
            row.trouble.map_or("", |(_, what)| what)
        ))
        .at_line(row.line as u64));
    }
    for (at, row) in &unusable {
        if let Some(table) = tables.get_mut(*at) {
            table.leave_out(row, columns);
        }
    }
    let mut sessions: Vec<Session> =
        tables.into_iter().map(|table| table.builder.finish(table.words)).collect();
    sessions.iter_mut().for_each(|session| session.warnings.sort_by_key(|warning| warning.line));
    sessions.iter_mut().for_each(time::close_times);
    Ok(sessions)
}

/// Refuses a table whose rows are not divided as its titles are.
fn refuse_other_delimiter(rows: &[Row], layout: &Layout) -> Result<()> {
    let n_columns = layout.columns.is_text.len();
    let others = DELIMITERS.into_iter().filter(|&other| other != layout.shape.delimiter);
    let divided = |row: &Row, by: u8| {
        let first = row.cells.first().map_or("", |cell| cell.text.as_ref());
        first.split(char::from(by)).count() >= n_columns
    };
    let mut most = others.map(|other| (rows.iter().filter(|row| divided(row, other)).count(), other));
    let Some((_, other)) = most.find(|&(n_rows, _)| 2 * n_rows > rows.len()) else { return Ok(()) };
    let (titles, found) = (char::from(layout.shape.delimiter), char::from(other));
    let reason = format!("the titles are separated by {titles:?} and the rows by {found:?}");
    let line = rows.first().map_or(0, |row| row.line as u64);
    Err(Error::new(ErrorKind::Malformed { format: "csv", reason })
        .at_line(line)
        .remedy(format!("separate the titles by {found:?} too")))
}

/// The rows of a session.
struct Table {
    builder: SessionBuilder,
    words: u64,
    /// Stakeholders by label.
    known: FxHashMap<String, String>,
    /// When the first row was said, where rows have dates.
    first: Option<f64>,
}

impl Table {
    /// Counts a row that nobody is quoted from.
    fn leave_out(&mut self, row: &Entry, columns: &Columns) {
        let counted = row.cells.iter().enumerate().filter(|(column, _)| columns.counts(*column));
        let words = counted.map(|(_, cell)| count_words(cell)).sum();
        self.words += words;
        self.builder.unattributed_words(words);
        self.warn(row);
    }

    fn warn(&mut self, row: &Entry) {
        if let Some((code, what)) = row.trouble {
            self.builder.warn(code, row.line, what);
        }
    }

    /// The titles of the columns again, as in tables that were put together from several.
    fn repeated_header(&mut self, row: &Entry, columns: &Columns) {
        let counted = row.cells.iter().enumerate().filter(|(column, _)| columns.counts(*column));
        let words = counted.map(|(_, cell)| count_words(cell)).sum();
        self.words += words;
        let message = "the row repeats the titles of the columns; nobody says it";
        self.builder.header_words(words).warn(WarningCode::RepeatedHeader, row.line, message);
    }

    fn row(&mut self, row: &Entry, columns: &Columns) {
        let line = row.line;
        let said = row.cells.get(columns.text).map_or("", Cow::as_ref);
        self.warn(row);
        self.describe(row.cell(columns.title), row.cell(columns.date));
        let label = &*label_text(row.cell(Some(columns.speaker)));
        if label.is_empty() {
            self.builder.warn(
                WarningCode::NoSpeaker,
                line,
                "a row without a speaker; its voice stays unknown",
            );
        }
        self.words += count_words(label) + count_words(said);
        self.builder.turn(label).label_words(label, count_words(label));
        let start = self.seconds(row.cell(columns.start));
        let time = start.map(|start| Time {
            start,
            end: self.seconds(row.cell(columns.end)).map_or(start, |end| end.max(start)),
        });
        self.builder.text(said, Join::Line, line, time);
        self.attend(label, row.cell(columns.stakeholder), row.cell(columns.group), line);
        self.beside(row, columns);
    }

    /// Seconds of a cell: from the start of the session, or of a date and a time of day from that of the first row,
    /// which is the date of a session without one.
    fn seconds(&mut self, cell: &str) -> Option<f64> {
        time::seconds(cell).or_else(|| {
            let instant = time::instant(cell)?;
            let first = *self.first.get_or_insert(instant);
            let session = self.builder.session();
            if session.date.is_empty() && first == instant {
                session.date = find_date(cell);
            }
            Some(instant - first).filter(|seconds| (0.0..MAX_SESSION).contains(seconds))
        })
    }

    /// Counts the cells of text that are neither the label nor what is said.
    fn beside(&mut self, row: &Entry, columns: &Columns) {
        let is_beside = |column: usize| {
            column != columns.speaker
                && column != columns.text
                && Some(column) != columns.title
                && columns.counts(column)
        };
        let beside = row.cells.iter().enumerate().filter(|(column, _)| is_beside(*column));
        let words: u64 = beside.map(|(_, cell)| count_words(cell)).sum();
        self.words += words;
        self.builder.header_words(words);
    }

    fn describe(&mut self, title: &str, date: &str) {
        let session = self.builder.session();
        if session.date.is_empty() {
            date.clone_into(&mut session.date);
        }
        if session.title.is_empty() && !title.is_empty() {
            title.clone_into(&mut session.title);
            self.words += count_words(title);
            self.builder.header_words(count_words(title)).metadata_words(count_words(title));
        }
    }

    fn attend(&mut self, label: &str, stakeholder: &str, group: &str, line: usize) {
        if label.is_empty() || stakeholder.is_empty() && group.is_empty() {
            return;
        }
        match self.known.get(label) {
            Some(known) if known != stakeholder => {
                let message =
                    format!("{label:?} speaks for {known:?} and here for {stakeholder:?}; the first is kept");
                self.builder.warn(WarningCode::TwoStakeholders, line, message);
            }
            Some(_) => {}
            None => {
                self.known.insert(label.to_owned(), stakeholder.to_owned());
                self.builder.session().attendees.push(Attendee {
                    name: label.to_owned(),
                    stakeholder: stakeholder.to_owned(),
                    group: group.to_owned(),
                    line: u32::try_from(line).unwrap_or(u32::MAX),
                    ..Attendee::default()
                });
            }
        }
    }
}

#[cfg(test)]
mod tests;
