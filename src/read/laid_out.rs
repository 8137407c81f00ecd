//! Lines of text that were taken out of a document with layout (HTML, DOCX, PDF), read by the format that fits them
//! best.

use super::view::lead_back;
use super::{Confidence, Document, Format, captions, digwatch, markdown, no_turns, otter, plain, srt, un};
use crate::error::Result;
use crate::model::{Session, count_words};

/// The formats that lines of text may be in.
const LINE_FORMATS: &[Format] = &[
    digwatch::FORMAT,
    captions::FORMAT,
    un::FORMAT,
    otter::FORMAT,
    markdown::FORMAT,
    srt::FORMAT,
    plain::FORMAT,
];

/// Lines of text, and the line of the source of each.
#[derive(Debug, Clone, Default)]
pub(super) struct TextLines {
    text: String,
    sources: Vec<usize>,
    /// Words of marks that are no words of the source: bars between cells, `#` before headings.
    pub marks: u64,
}

impl TextLines {
    /// Adds a line that begins on a line of the source.
    pub(super) fn push(&mut self, line: &str, source: usize) {
        self.text.push_str(line.trim());
        self.text.push('\n');
        self.sources.push(source);
    }
}

/// Reads lines in the format that fits them best.
pub(super) fn read(document: &Document, lines: TextLines, title: &str) -> Result<Vec<Session>> {
    let TextLines { text, sources, marks } = lines;
    let inner = Document::new(document.path, document.bytes, text);
    let (format, _) = best(&inner).ok_or_else(|| no_turns("no paragraph begins with a speaker's name"))?;
    let mut sessions = (format.read)(&inner)?;
    for session in &mut sessions {
        if session.title.is_empty() {
            title.clone_into(&mut session.title);
        }
        lead_back(session, |line| sources.get(line.checked_sub(1)?).copied());
    }
    if let Some(session) = sessions.first_mut() {
        if format.name == srt::FORMAT.name {
            // Numbers and times of subtitles are paragraphs of the document, and words of it.
            let around = count_words(inner.seen()).saturating_sub(session.input_words);
            session.outside.headers += around;
            session.input_words += around;
        }
        // Headings and rows of a table are headers, or above the first turn nobody's.
        let outside = &mut session.outside;
        let of_headers = marks.min(outside.headers);
        let of_nobody = (marks - of_headers).min(outside.unattributed);
        outside.headers -= of_headers;
        outside.unattributed -= of_nobody;
        session.input_words -= of_headers + of_nobody;
    }
    Ok(sessions)
}

/// How sure the best fitting format is of lines.
pub(super) fn confidence(document: &Document, lines: TextLines) -> Confidence {
    let inner = Document::new(document.path, document.bytes, lines.text);
    best(&inner).map_or(Confidence::NONE, |(format, found)| {
        Confidence::new(found.value, format!("its paragraphs read as {}: {}", format.name, found.reason))
    })
}

/// The format that fits lines best; where the sample of many lines tells none, by all of them.
fn best(document: &Document) -> Option<(&'static Format, Confidence)> {
    let found = best_once(document);
    let is_told = found.as_ref().is_some_and(|(_, found)| found.value >= super::RECOGNISED);
    if is_told || !document.sample_all() { found } else { best_once(document) }
}

fn best_once(document: &Document) -> Option<(&'static Format, Confidence)> {
    let all = LINE_FORMATS.iter().map(|format| (format, (format.confidence)(document)));
    all.rev().max_by(|a, b| a.1.value.total_cmp(&b.1.value)).filter(|(_, found)| found.value > 0.0)
}
