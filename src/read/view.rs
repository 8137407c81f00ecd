//! A text as it is seen: what the line formats look for labels, headings and marks in.
//!
//! Invisible characters are left out of it, special spaces are usual ones, and line ends that editors don't
//! count (U+2028, U+2029, NEL, vertical tab, form feed) are line feeds. Speech is taken from the text itself,
//! so that a quotation stays verbatim; the view leads back to it.

use std::ops::Range;

use crate::model::{Session, has_unseen, is_invisible, is_joining, is_soft_line_end, is_special_space};

/// What of a text is seen, and how its places lead back to the text.
#[derive(Debug, Default)]
pub(super) struct View {
    /// `None` where the text is seen as it is.
    text: Option<String>,
    changes: Vec<Change>,
    /// Places in the view of line feeds that are none in the text.
    soft_line_ends: Vec<usize>,
}

/// A character of the text that is not in the view as it is.
#[derive(Debug)]
struct Change {
    /// Where it would stand in the view.
    seen: usize,
    /// Where what follows it stands in the view and in the text.
    seen_after: usize,
    after: usize,
}

impl View {
    /// The view of a text.
    pub(super) fn of(text: &str) -> Self {
        if !has_unseen(text) {
            return View::default();
        }
        let mut view = View::default();
        let mut seen = String::with_capacity(text.len());
        let mut before = '\n';
        let mut characters = text.char_indices().peekable();
        while let Some((at, c)) = characters.next() {
            let is_line_end = is_soft_line_end(c);
            let is_left_out = is_invisible(c) && !is_joining(text, at, c);
            if !is_line_end && !is_left_out && !is_special_space(c) {
                seen.push(c);
                before = c;
                continue;
            }
            let start = seen.len();
            // A page break beside a line end is no line of its own.
            let after = characters.peek().map_or('\n', |&(_, next)| next);
            if is_line_end && before != '\n' && after != '\n' {
                view.soft_line_ends.push(start);
                seen.push('\n');
                before = '\n';
            } else if !is_left_out && before != ' ' && after != ' ' {
                seen.push(' ');
                before = ' ';
            }
            view.changes.push(Change { seen: start, seen_after: seen.len(), after: at + c.len_utf8() });
        }
        view.text = Some(seen);
        view
    }

    /// What is seen of `text`, which the view was made of.
    pub(super) fn text<'t>(&'t self, text: &'t str) -> &'t str {
        self.text.as_deref().unwrap_or(text)
    }

    /// The place in the text of a range of the view, without what is invisible at its ends.
    pub(super) fn place(&self, seen: Range<usize>) -> Range<usize> {
        let start = self.lead_back(seen.start, self.changes.partition_point(|c| c.seen_after <= seen.start));
        let end = self.lead_back(seen.end, self.changes.partition_point(|c| c.seen < seen.end));
        start..end.max(start)
    }

    /// A place of the view in the text, after the first `n_changes`.
    fn lead_back(&self, seen: usize, n_changes: usize) -> usize {
        let last = n_changes.checked_sub(1).and_then(|last| self.changes.get(last));
        last.map_or(seen, |change| change.after + seen.saturating_sub(change.seen_after))
    }

    /// Whether the line of the view that begins at `start` begins in the middle of a line of the text.
    pub(super) fn is_within_line(&self, start: usize) -> bool {
        start.checked_sub(1).is_some_and(|before| self.soft_line_ends.binary_search(&before).is_ok())
    }

    /// The lines of the text, by line of the view; `None` where both have the same.
    pub(super) fn line_numbers(&self, text: &str) -> Option<Vec<usize>> {
        if self.soft_line_ends.is_empty() {
            return None;
        }
        let ends = self.text(text).match_indices('\n');
        let mut numbers = vec![1];
        let mut number = 1;
        for (at, _) in ends {
            number += usize::from(self.soft_line_ends.binary_search(&at).is_err());
            numbers.push(number);
        }
        Some(numbers)
    }
}

/// Replaces each line of a session by the one that `source` gives for it; lines that it does not know stay.
pub(super) fn lead_back(session: &mut Session, source: impl Fn(usize) -> Option<usize>) {
    let replace = |line: &mut u32| {
        if let Some(found) = source(*line as usize) {
            *line = u32::try_from(found).unwrap_or(u32::MAX);
        }
    };
    let pieces = session.turns.iter_mut().flat_map(|turn| turn.pieces.iter_mut());
    pieces.for_each(|piece| replace(&mut piece.line));
    session.headings.iter_mut().for_each(|heading| replace(&mut heading.line));
    session.attendees.iter_mut().for_each(|attendee| replace(&mut attendee.line));
    session.recorded.iter_mut().for_each(|outcome| replace(&mut outcome.line));
    session.warnings.iter_mut().for_each(|warning| replace(&mut warning.line));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::count_words;
    use proptest::prelude::*;

    #[test]
    fn a_view_shows_lines_without_what_is_invisible_and_leads_back() {
        let text = "\u{200E}Ann\u{A0}Lee: we\u{AD}ll\u{2028}Bo: no\u{200B}\n\u{C}Page 2\nx";
        let view = View::of(text);
        let seen = view.text(text);
        assert_eq!(seen, "Ann Lee: well\nBo: no\n Page 2\nx");
        for (part, original) in [
            ("Ann Lee", "Ann\u{A0}Lee"),
            ("well", "we\u{AD}ll"),
            ("no", "no"),
            ("Bo: no", "Bo: no"),
            ("x", "x"),
        ] {
            let at = seen.find(part).unwrap();
            assert_eq!(text.get(view.place(at..at + part.len())), Some(original));
        }
        assert_eq!(view.line_numbers(text), Some(vec![1, 1, 2, 3]));
        assert!(view.is_within_line(14) && !view.is_within_line(0));
    }

    #[test]
    fn a_text_without_special_characters_is_seen_as_it_is() {
        let view = View::of("Ann: é 好\n");
        assert_eq!((view.text("Ann: é 好\n"), view.place(5..7)), ("Ann: é 好\n", 5..7));
        assert_eq!(view.line_numbers("Ann: é 好\n"), None);
    }

    proptest! {
        #[test]
        fn a_view_has_the_words_of_its_text(text in "[a好: \u{A0}\u{200B}\u{200D}\u{2028}\u{85}\u{C}\u{AD}\u{FEFF}\n]{0,30}") {
            let view = View::of(&text);
            let seen = view.text(&text);
            prop_assert_eq!(count_words(seen), count_words(&text));
            for line in seen.split('\n') {
                let start = line.as_ptr() as usize - seen.as_ptr() as usize;
                let place = view.place(start..start + line.len());
                prop_assert_eq!(count_words(text.get(place).unwrap()), count_words(line));
            }
        }
    }
}
