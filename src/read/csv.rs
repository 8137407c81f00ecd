//! CSV and TSV with a column of speakers and a column of texts.
//!
//! The delimiter is sniffed; columns are found by their titles. Rows of one session belong
//! together wherever they stand; row order is turn order.

use rustc_hash::FxHashMap;

use super::{Confidence, Document, Format, no_turns, time};
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Attendee, Join, Session, SessionBuilder, Time, count_words};

pub(super) const FORMAT: Format = Format {
    name: "csv",
    about: "CSV or TSV with a speaker column and a text column; optional session, start, end, stakeholder, group",
    extensions: &["csv", "tsv", "tab"],
    confidence,
    read,
};

/// Titles of each column, in many languages.
const COLUMNS: &str = include_str!("data/columns.txt");

/// The titles of a column, the clearest first.
fn titles_of(column: &'static str) -> impl Iterator<Item = &'static str> {
    let mut inside = false;
    let lines = COLUMNS.lines().filter(move |line| match line.strip_prefix('[') {
        Some(name) => {
            inside = name.trim_end_matches(']') == column;
            false
        }
        None => inside && !line.starts_with('#'),
    });
    lines.flat_map(str::split_whitespace)
}

const DELIMITERS: [u8; 4] = [b',', b'\t', b';', b'|'];

/// Which column holds what.
#[derive(Debug, Clone, Copy)]
struct Columns {
    speaker: usize,
    text: usize,
    session: Option<usize>,
    start: Option<usize>,
    end: Option<usize>,
    stakeholder: Option<usize>,
    group: Option<usize>,
    title: Option<usize>,
    date: Option<usize>,
}

impl Columns {
    fn of(header: &csv::StringRecord) -> Option<Self> {
        let titles: Vec<String> =
            header.iter().map(|title| title.trim().to_lowercase().replace([' ', '-', '.'], "_")).collect();
        let find = |column| titles_of(column).find_map(|name| titles.iter().position(|title| title == name));
        let text = find("text")?;
        let speaker = find("speaker").filter(|&at| at != text)?;
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
        })
    }
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes())
}

/// The delimiter and the columns of a text; the title line decides.
fn layout(text: &str) -> Option<(u8, Columns)> {
    DELIMITERS.into_iter().find_map(|delimiter| {
        let mut reader = reader(text, delimiter);
        let header = reader.headers().ok().filter(|header| header.len() >= 2)?;
        Columns::of(header).map(|columns| (delimiter, columns))
    })
}

fn confidence(document: &Document) -> Confidence {
    if document.text.trim_start().starts_with(['{', '<', '[', '#']) {
        return Confidence::NONE;
    }
    let Some((delimiter, columns)) = layout(&document.text) else {
        return confidence_without_speakers(document);
    };
    let needed = columns.speaker.max(columns.text);
    let rows = reader(&document.text, delimiter).records().take(20).flatten().collect::<Vec<_>>();
    let full = rows.iter().filter(|row| row.len() > needed).count();
    let name = match delimiter {
        b'\t' => "tabs",
        b';' => "semicolons",
        b'|' => "bars",
        _ => "commas",
    };
    let reason = format!("columns for speaker and text, separated by {name}");
    if full == 0 { Confidence::new(0.3, reason) } else { Confidence::new(0.95, reason) }
}

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
    let (delimiter, columns) = layout(text).ok_or_else(|| no_columns(text))?;
    let mut tables: Vec<Table> = Vec::new();
    let mut by_key: FxHashMap<String, usize> = FxHashMap::default();
    for record in reader(text, delimiter).records() {
        let record = record.map_err(|error| {
            let line = error.position().map_or(0, csv::Position::line);
            Error::new(ErrorKind::Malformed { format: "csv", reason: error.to_string() }).at_line(line)
        })?;
        let cell = |at: Option<usize>| at.and_then(|at| record.get(at)).unwrap_or("").trim();
        let key = cell(columns.session);
        let at = *by_key.entry(key.to_owned()).or_insert_with(|| {
            let id = if key.is_empty() { document.stem() } else { key };
            tables.push(Table { builder: SessionBuilder::new(id), words: 0, known: FxHashMap::default() });
            tables.len() - 1
        });
        if let Some(table) = tables.get_mut(at) {
            table.row(&record, &columns);
        }
    }
    let mut sessions: Vec<Session> =
        tables.into_iter().map(|table| table.builder.finish(table.words)).collect();
    sessions.iter_mut().for_each(time::close_times);
    Ok(sessions)
}

/// The rows of a session.
struct Table {
    builder: SessionBuilder,
    words: u64,
    /// Stakeholders by label.
    known: FxHashMap<String, String>,
}

impl Table {
    fn row(&mut self, record: &csv::StringRecord, columns: &Columns) {
        let line = record.position().map_or(0, |position| position.line() as usize);
        let cell = |at: Option<usize>| at.and_then(|at| record.get(at)).unwrap_or("").trim();
        self.describe(cell(columns.title), cell(columns.date));
        let Some(said) = record.get(columns.text) else {
            let words = record.iter().map(count_words).sum();
            self.words += words;
            self.builder.unattributed_words(words);
            self.builder.warn("short-row", line, "the row has no text column; it was left out");
            return;
        };
        let label = cell(Some(columns.speaker));
        if label.is_empty() {
            self.builder.warn("no-speaker", line, "a row without a speaker; its voice stays unknown");
        }
        self.words += count_words(label) + count_words(said);
        self.builder.turn(label).label_words(label, count_words(label));
        let start = time::seconds(cell(columns.start));
        let time = start.map(|start| Time {
            start,
            end: time::seconds(cell(columns.end)).map_or(start, |end| end.max(start)),
        });
        self.builder.text(said, Join::Line, line, time);
        self.attend(label, cell(columns.stakeholder), cell(columns.group), line);
    }

    fn describe(&mut self, title: &str, date: &str) {
        let session = self.builder.session();
        if session.date.is_empty() {
            date.clone_into(&mut session.date);
        }
        if session.title.is_empty() && !title.is_empty() {
            title.clone_into(&mut session.title);
            self.words += count_words(title);
            self.builder.header_words(count_words(title));
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
                self.builder.warn("two-stakeholders", line, message);
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
mod tests {
    use super::super::read;
    use super::super::tests::{read_as, turns};

    fn check(text: &str, expected: &[(&str, &str)]) {
        let session = read_as("csv", text);
        assert_eq!(turns(&session), expected, "{text}");
        let found = super::super::detect(text.as_bytes(), "table");
        assert_eq!(found.first().map(|guess| guess.format.name), Some("csv"), "{text}");
    }

    #[test]
    fn delimiters_and_column_titles_vary() {
        let expected = [("Ann", "One, two."), ("Bo", "Three.")];
        check("speaker,text\nAnn,\"One, two.\"\nBo,Three.\n", &expected);
        check("Name\tID\tUtterance\nAnn\t1\tOne, two.\nBo\t2\tThree.\n", &expected);
        check("comment-id;interview;comment-body\n1;Ann;One, two.\n2;Bo;Three.\n", &expected);
    }

    #[test]
    fn quoted_line_feeds_stay_and_lines_lead_back() {
        let session = read_as("csv", "speaker,text\r\nAnn,\"One.\r\nTwo.\"\r\nBo,Three.\r\n");
        assert_eq!(turns(&session), [("Ann", "One.\nTwo."), ("Bo", "Three.")]);
        assert_eq!([session.line_of(0, 0), session.line_of(0, 5), session.line_of(1, 0)], [2, 3, 4]);
    }

    #[test]
    fn optional_columns_give_sessions_times_and_stakeholders() {
        let text = "session,speaker,text,start,end,country\na,Ann,One.,0:01,0:03,France\nb,Bo,Two.,5,6,\n\
            a,Ann,Three.,9,,Spain\n";
        let sessions = read(text.as_bytes(), "t.csv", None).unwrap().sessions;
        assert_eq!(sessions.iter().map(|s| s.id.as_str()).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(sessions[0].turns[0].pieces[0].time.map(|t| (t.start, t.end)), Some((1.0, 3.0)));
        assert_eq!(sessions[0].attendees[0].stakeholder, "France");
        assert_eq!(sessions[0].warnings[0].code, "two-stakeholders");
    }

    #[test]
    fn a_table_without_speakers_says_which_columns_it_needs() {
        let message = read(b"id,comment\n1,One.\n", "t.csv", None).unwrap_err().to_string();
        assert!(message.contains("no column for speaker") && message.contains("id,comment"), "{message}");
    }

    #[test]
    fn a_row_that_is_too_short_is_one_warning() {
        let session = read_as("csv", "speaker,text\nAnn,One.\nBo\n");
        assert_eq!(session.warnings[0].code, "short-row");
        assert_eq!(session.outside.unattributed, 1);
    }
}
