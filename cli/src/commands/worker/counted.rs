//! Input of which it is known how many lines were read.

use std::cell::Cell;
use std::io::{BufRead, BufReader, Read};
use std::rc::Rc;

/// Input that counts the lines that are taken from it.
pub(super) struct Counted<R> {
    inner: BufReader<R>,
    lines: Lines,
}

/// The count of another's lines.
#[derive(Clone, Default)]
pub(super) struct Lines(Rc<Cell<Count>>);

#[derive(Clone, Copy, Default)]
struct Count {
    feeds: u64,
    /// Whether bytes after the last line feed were taken.
    is_within: bool,
}

impl Lines {
    /// The number of the last line that was taken, from 1.
    pub(super) fn number(&self) -> u64 {
        let count = self.0.get();
        count.feeds + u64::from(count.is_within)
    }
}

impl<R: Read> Counted<R> {
    /// The input, and its count.
    pub(super) fn new(inner: BufReader<R>) -> (Self, Lines) {
        let lines = Lines::default();
        (Counted { inner, lines: lines.clone() }, lines)
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let read = self.fill_buf()?.read(into)?;
        self.consume(read);
        Ok(read)
    }
}

impl<R: Read> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        let taken = self.inner.buffer().get(..amount).unwrap_or_default();
        if let Some(&last) = taken.last() {
            let feeds = taken.iter().filter(|&&byte| byte == b'\n').count() as u64;
            let count = Count { feeds: self.lines.0.get().feeds + feeds, is_within: last != b'\n' };
            self.lines.0.set(count);
        }
        self.inner.consume(amount);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_is_that_of_the_last_line_taken() {
        let (mut input, lines) = Counted::new(BufReader::with_capacity(3, &b"one\n\nthree"[..]));
        let (mut numbers, mut line) = (vec![lines.number()], Vec::new());
        while input.read_until(b'\n', &mut line).unwrap() > 0 {
            numbers.push(lines.number());
        }
        assert_eq!(numbers, [0, 1, 2, 3]);
    }
}
