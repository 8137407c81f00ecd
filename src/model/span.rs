//! Places in a text: byte ranges that never outlive their meaning because the text never changes.

use serde::{Deserialize, Serialize};

/// A byte range `start..end` of some text, `start <= end`, both on character boundaries of it.
///
/// Offsets are 32 bits wide: a reader refuses a session whose text would not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// A span from `start` to `end`; an end before the start gives an empty span at `start`.
    ///
    /// Offsets beyond 4 GiB saturate; readers refuse such texts before spans are made.
    pub fn new(start: usize, end: usize) -> Self {
        let start = u32::try_from(start).unwrap_or(u32::MAX);
        let end = u32::try_from(end).unwrap_or(u32::MAX);
        Span { start, end: end.max(start) }
    }

    /// The first byte.
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// One past the last byte.
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The same span of a text that stands `offset` bytes further on.
    pub fn shifted(self, offset: usize) -> Self {
        Span::new(self.start() + offset, self.end() + offset)
    }

    /// Whether `position` is one of the span's bytes.
    pub fn contains(self, position: usize) -> bool {
        (self.start()..self.end()).contains(&position)
    }

    /// The part of `text` that the span covers; empty where the span does not fit the text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start()..self.end()).unwrap_or("")
    }

    /// The span without the white space at both ends of what it covers in `text`.
    pub fn trimmed(self, text: &str) -> Self {
        let slice = self.of(text);
        let lead = slice.len() - slice.trim_start().len();
        let length = slice.trim().len();
        Span::new(self.start() + lead, self.start() + lead + length)
    }
}

#[cfg(test)]
mod tests {
    use super::Span;

    #[test]
    fn a_span_slices_its_text_and_trims_to_what_is_not_space() {
        let text = "one  two ";
        assert_eq!(Span::new(3, 9).of(text), "  two ");
        assert_eq!(Span::new(3, 9).trimmed(text), Span::new(5, 8));
        assert_eq!(Span::new(3, 5).trimmed(text).len(), 0);
    }

    #[test]
    fn a_span_that_does_not_fit_its_text_is_empty() {
        assert_eq!(Span::new(1, 2).of("é"), "");
        assert_eq!(Span::new(4, 2), Span::new(4, 4));
    }
}
