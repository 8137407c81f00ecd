//! When a stretch of a turn was said.
//!
//! A source gives times to its pieces: cues, paragraphs, sometimes words. A piece without a time goes
//! on with the one before it. Where a stretch begins or ends inside such a piece, its time is found by
//! linear interpolation over the bytes of the piece and marked as interpolated.

use serde::{Deserialize, Serialize};

use super::session::{Piece, Session, Time};
use super::span::Span;

/// When something was said, in seconds from the beginning of the recording.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Timing {
    /// Seconds from the start of the recording.
    pub start: f64,
    /// Seconds from the start of the recording, not before `start`.
    pub end: f64,
    /// Whether start or end lies inside a piece of the source and was interpolated.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub interpolated: bool,
}

/// The times of one turn, for any number of its sentences.
#[derive(Debug, Clone, PartialEq)]
pub struct TurnTimes(Vec<TimedSpan>);

/// Text of a turn that has one time in the source.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TimedSpan {
    /// Place in the turn's text, without white space at its ends; not empty.
    pub span: Span,
    /// When it was said.
    pub time: Time,
    /// Whether the reader worked the time out from the text around it.
    pub interpolated: bool,
}

impl TurnTimes {
    /// The times of turn `turn` of a session; none where the source has none.
    pub fn new(session: &Session, turn: usize) -> Self {
        let text = session.turn_text(turn);
        let pieces = session.turns.get(turn).map_or(&[][..], |turn| turn.pieces.as_slice());
        let timed: Vec<(&Piece, Time)> = pieces.iter().filter_map(|p| Some((p, p.time?))).collect();
        let ends = timed.iter().skip(1).map(|(piece, _)| piece.offset as usize).chain([text.len()]);
        let spans = timed.iter().zip(ends).map(|(&(piece, time), end)| TimedSpan {
            span: Span::new(piece.offset as usize, end).trimmed(text),
            time,
            interpolated: piece.interpolated,
        });
        TurnTimes(spans.filter(|timed| !timed.span.is_empty()).collect())
    }

    /// When the bytes `span` of the turn's text were said; `None` where its beginning has no time.
    pub fn of(&self, span: Span) -> Option<Timing> {
        let before = |is_before: &dyn Fn(&TimedSpan) -> bool| {
            self.0.get(self.0.partition_point(is_before).checked_sub(1)?)
        };
        let first = before(&|timed| timed.span.start() <= span.start())?;
        let last = before(&|timed| timed.span.start() < span.end()).unwrap_or(first);
        let (start, is_start_exact) = first.at(span.start());
        let (end, is_end_exact) = last.at(span.end());
        Some(Timing { start, end: end.max(start), interpolated: !(is_start_exact && is_end_exact) })
    }

    /// The parts of the turn that have a time, in text order.
    pub fn spans(&self) -> &[TimedSpan] {
        &self.0
    }
}

impl TimedSpan {
    /// When byte `offset` of the turn was reached, and whether the source says so.
    fn at(&self, offset: usize) -> (f64, bool) {
        let Time { start, end } = self.time;
        if offset <= self.span.start() {
            (start, !self.interpolated)
        } else if offset >= self.span.end() {
            (end, !self.interpolated)
        } else {
            let share = (offset - self.span.start()) as f64 / self.span.len() as f64;
            (thousandths(start + share * (end - start)), false)
        }
    }
}

impl Session {
    /// When the bytes `span` of turn `turn` were said; `None` where the source has no time for them.
    ///
    /// For many spans of one turn, make its [`TurnTimes`] once.
    pub fn time_of(&self, turn: usize, span: Span) -> Option<Timing> {
        TurnTimes::new(self, turn).of(span)
    }
}

/// Seconds to the nearest thousandth: interpolation is no more exact than that.
pub fn thousandths(seconds: f64) -> f64 {
    (seconds * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::super::session::{Join, SessionBuilder};
    use super::*;

    fn time(start: f64, end: f64) -> Option<Time> {
        Some(Time { start, end })
    }

    /// Checks when the words `said` of the only turn were said.
    fn check(session: &Session, said: &str, expected: Option<(f64, f64, bool)>) {
        let start = session.turn_text(0).find(said).unwrap();
        let found = session.time_of(0, Span::new(start, start + said.len()));
        assert_eq!(found.map(|t| (t.start, t.end, t.interpolated)), expected, "{said}");
    }

    #[test]
    fn a_sentence_over_many_cues_lasts_from_the_first_to_the_last() {
        let mut builder = SessionBuilder::new("s");
        builder.turn("A").text("We raise", Join::Space, 1, time(1.0, 2.0));
        builder.text("the fares.", Join::Space, 2, time(2.5, 4.0));
        let session = builder.finish(4);
        check(&session, "We raise the fares.", Some((1.0, 4.0, false)));
        check(&session, "the fares.", Some((2.5, 4.0, false)));
    }

    #[test]
    fn a_sentence_inside_a_cue_is_interpolated_and_marked() {
        let mut builder = SessionBuilder::new("s");
        builder.turn("A").text("One is. Two are.", Join::Space, 1, time(10.0, 12.0));
        let session = builder.finish(4);
        check(&session, "One is.", Some((10.0, 10.875, true)));
        check(&session, "Two are.", Some((11.0, 12.0, true)));
        check(&session, "One is. Two are.", Some((10.0, 12.0, false)));
    }

    #[test]
    fn times_of_words_are_used_as_they_are() {
        let mut builder = SessionBuilder::new("s");
        builder.turn("A").text("Yes. We do.", Join::Space, 1, time(0.0, 9.0));
        let word = |offset, start, end| (offset, Time { start, end });
        builder.times(&[word(0, 1.0, 1.5), word(5, 3.0, 3.2), word(8, 3.3, 3.6)]);
        let session = builder.finish(3);
        check(&session, "Yes.", Some((1.0, 1.5, false)));
        check(&session, "We do.", Some((3.0, 3.6, false)));
    }

    #[test]
    fn a_paragraph_without_a_time_goes_on_with_the_one_before() {
        let mut builder = SessionBuilder::new("s");
        builder.turn("A").text("abcde", Join::Paragraph, 1, time(0.0, 12.0));
        builder.text("fghij", Join::Paragraph, 3, None);
        let session = builder.finish(2);
        check(&session, "abcde", Some((0.0, 5.0, true)));
        check(&session, "fghij", Some((7.0, 12.0, true)));
    }

    #[test]
    fn what_has_no_time_gets_none() {
        let mut builder = SessionBuilder::new("s");
        builder.turn("A").text("One.", Join::Space, 1, None).text("Two.", Join::Space, 1, time(1.0, 2.0));
        let session = builder.finish(2);
        check(&session, "One.", None);
        check(&session, "Two.", Some((1.0, 2.0, false)));
        assert_eq!(session.time_of(7, Span::new(0, 1)), None);
    }
}
