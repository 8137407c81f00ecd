//! Writes a session from the lines of a text, so that every word is counted once and every
//! turn's text is a slice of the source.

use std::ops::Range;

use super::Document;
use super::decode::Line;
use crate::model::{Join, Session, SessionBuilder, Time, count_words};

/// Takes the lines of a document as they are seen, in order; each line goes to exactly one place. What is
/// said is taken from the text itself.
pub(super) struct LineWriter<'a> {
    /// The session so far, for headings, warnings and fields without an invariant.
    pub builder: SessionBuilder,
    document: &'a Document<'a>,
    open: Option<Run>,
    last_spoken: usize,
    /// The time of a label that stands alone, for the text below it.
    carried: Option<Time>,
    /// Whether page furniture stands between the turn's last line and the next.
    broken_by_page: bool,
}

/// Adjacent lines of one turn, not yet written.
struct Run {
    range: Range<usize>,
    line: usize,
    join: Join,
    time: Option<Time>,
}

impl<'a> LineWriter<'a> {
    /// Begins a session with the lines of a document.
    pub(super) fn new(document: &'a Document<'a>) -> Self {
        LineWriter {
            builder: SessionBuilder::new(document.stem()),
            document,
            open: None,
            last_spoken: 0,
            carried: None,
            broken_by_page: false,
        }
    }

    /// Begins a turn with a line of which `speech` is the part that is said. The words of the line
    /// that are not in `speech` are the label's.
    pub(super) fn turn(&mut self, label: &str, line: &Line, speech: Range<usize>, time: Option<Time>) {
        self.flush();
        (self.carried, self.broken_by_page) = (None, false);
        let said = self.seen(speech.clone());
        let words = count_words(line.text).saturating_sub(count_words(said));
        self.builder.turn(label).label_words(label, words);
        self.last_spoken = line.number;
        self.open = Some(Run { range: speech, line: line.number, join: Join::Paragraph, time });
    }

    /// Adds a line to the turn begun last. Lines that do not stand directly below each other are
    /// different paragraphs.
    pub(super) fn speech(&mut self, line: &Line) {
        self.part_of_turn(line, line.start..line.end(), None);
    }

    /// Adds a part of a line to the turn begun last; the rest of the line counts as a header.
    pub(super) fn part_of_turn(&mut self, line: &Line, part: Range<usize>, time: Option<Time>) {
        if line.is_blank() {
            return;
        }
        let said = self.seen(part.clone());
        self.builder.header_words(count_words(line.text).saturating_sub(count_words(said)));
        let adjacent = self.last_spoken + 1 == line.number;
        let goes_on = self.broken_by_page && said.trim_start().starts_with(char::is_lowercase);
        self.last_spoken = line.number;
        self.broken_by_page = false;
        let same_run = adjacent
            && time.is_none()
            && self.carried.is_none()
            && part.start == line.start
            && !self.document.view().is_within_line(line.start);
        // What stands behind the speech of the line above, as the mark that ends bold type, is no part of it.
        let is_next = |run: &&mut Run| same_run && run.range.end + 1 == line.start;
        match self.open.as_mut().filter(is_next) {
            Some(run) => run.range.end = part.end,
            None => {
                self.flush();
                let join = if adjacent || goes_on { Join::Line } else { Join::Paragraph };
                let time = time.or(self.carried.take());
                self.open = Some(Run { range: part, line: line.number, join, time });
            }
        }
    }

    /// Counts a line that a page break put between two lines of speech: the sentence goes on where
    /// the next line does not begin with a capital.
    pub(super) fn page_furniture(&mut self, line: &Line) {
        self.header(line);
        self.broken_by_page = true;
    }

    /// Notes the time that a line begins with, for the speech after it on the line or below.
    pub(super) fn time(&mut self, line: &Line, speech: Range<usize>, time: Option<Time>) {
        self.flush();
        self.carried = time.or(self.carried);
        if !self.seen(speech.clone()).trim().is_empty() {
            self.part_of_turn(line, speech, None);
        } else {
            self.header(line);
        }
    }

    /// Counts a line that is neither speech nor label.
    pub(super) fn header(&mut self, line: &Line) {
        self.builder.header_words(count_words(line.text));
    }

    /// Counts a line that no speaker could be found for.
    pub(super) fn unattributed(&mut self, line: &Line) {
        self.builder.unattributed_words(count_words(line.text));
    }

    /// Records a heading, whose line counts as a header.
    pub(super) fn heading(&mut self, title: &str, line: &Line) {
        self.flush();
        self.header(line);
        self.builder.heading(title, line.number);
    }

    /// The finished session.
    pub(super) fn finish(mut self) -> Session {
        self.flush();
        let words = count_words(self.document.seen());
        let mut session = self.builder.finish(words);
        self.document.lead_back(&mut session);
        session
    }

    /// What is seen in a range.
    fn seen(&self, range: Range<usize>) -> &'a str {
        self.document.seen().get(range).unwrap_or("")
    }

    /// The text itself where a range is seen.
    pub(super) fn source(&self, range: Range<usize>) -> &'a str {
        self.document.text.get(self.document.view().place(range)).unwrap_or("")
    }

    fn flush(&mut self) {
        if let Some(run) = self.open.take() {
            let text = self.source(run.range);
            if text.trim().is_empty() {
                self.carried = run.time.or(self.carried);
            }
            self.builder.text(text, run.join, run.line, run.time);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::decode::lines;
    use super::*;

    #[test]
    fn paragraphs_are_slices_of_the_source_and_every_word_is_counted() {
        let text = "Ann: one two  \nthree\n\nfour\nHEAD er\nfive";
        let document = Document::new("s", &[], text.to_owned());
        let mut writer = LineWriter::new(&document);
        for line in lines(text) {
            match line.number {
                1 => writer.turn("Ann", &line, 4..line.end(), None),
                5 => writer.header(&line),
                _ => writer.speech(&line),
            }
        }
        let session = writer.finish();
        assert_eq!(session.turn_text(0), "one two  \nthree\n\nfour\n\nfive");
        assert_eq!(session.line_of(0, 10), 2);
        assert_eq!(session.line_of(0, 17), 4);
        assert_eq!((session.label_words[0], session.outside.headers, session.input_words), (1, 2, 8));
    }
}
