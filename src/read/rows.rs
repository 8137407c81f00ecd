//! The rows of a delimited text, read so that a quote which is not closed spoils its own row alone.
//!
//! RFC 4180 where the text keeps to it. Beyond that: `\"` where the text escapes quotes so, quotes
//! within a quoted cell, spaces before a quote, and a quote that nothing closes, which is a character
//! like any other. A cell that runs over lines is suspect where one of them looks like a row.

use std::borrow::Cow;

/// How a text is divided into cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shape {
    pub delimiter: u8,
    /// Whether `\"` is a quote.
    pub escapes: bool,
}

/// What is wrong with the quotes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum QuoteError {
    /// A quote is opened and not closed.
    Open,
    /// A quoted cell holds quotes that are not doubled.
    Inner,
    /// A quoted cell runs over lines that look like rows.
    RunsOver,
}

/// A row with a character in it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row<'a> {
    /// Line of its beginning, from 1.
    pub line: usize,
    /// Line of its end.
    pub last_line: usize,
    pub cells: Vec<Cell<'a>>,
    pub trouble: Option<QuoteError>,
}

/// A cell and the bytes of the text that it stands on, quotes included.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cell<'a> {
    pub text: Cow<'a, str>,
    pub start: usize,
    pub end: usize,
}

/// What a line within a quoted cell looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum LineShape {
    /// A line of speech.
    Speech,
    /// Maybe a row.
    MaybeRow,
    /// A row, of somebody who has others.
    Row,
}

/// Whether a text writes quotes within cells as `\"`: it does so before a letter or digit, where no
/// quote can close a cell.
pub(super) fn escapes_quotes(text: &str) -> bool {
    text.match_indices("\\\"").any(|(at, mark)| {
        text.get(at + mark.len()..).is_some_and(|rest| rest.starts_with(char::is_alphanumeric))
    })
}

/// The rows of a text, from byte `start`; `likeness` judges the lines within quoted cells.
pub(super) fn rows<'a>(
    text: &'a str,
    start: usize,
    shape: Shape,
    likeness: &dyn Fn(&str) -> LineShape,
) -> Vec<Row<'a>> {
    let lines_above = text.get(..start).map_or(0, |above| above.matches('\n').count());
    let mut cursor = Cursor { text, at: start, line: lines_above + 1, shape };
    let mut rows = Vec::new();
    while cursor.at < text.len() {
        let row = cursor.row(likeness);
        if row.cells.iter().any(|cell| !cell.text.trim().is_empty()) {
            rows.push(row);
        }
    }
    rows
}

/// The row that begins at byte `start`.
pub(super) fn first(text: &str, start: usize, shape: Shape) -> Option<Row<'_>> {
    let mut cursor = Cursor { text, at: start, line: 1, shape };
    (start < text.len()).then(|| cursor.row(&|_| LineShape::Speech))
}

struct Cursor<'a> {
    text: &'a str,
    at: usize,
    line: usize,
    shape: Shape,
}

impl<'a> Cursor<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn row(&mut self, likeness: &dyn Fn(&str) -> LineShape) -> Row<'a> {
        let mut row = Row { line: self.line, last_line: self.line, cells: Vec::new(), trouble: None };
        loop {
            let cell = match self.quoted(likeness) {
                Some((cell, trouble)) => {
                    row.trouble = row.trouble.max(trouble);
                    cell
                }
                None => {
                    let bare = self.bare();
                    if bare.text.trim_start().starts_with('"') {
                        row.trouble = row.trouble.max(Some(QuoteError::Open));
                    }
                    bare
                }
            };
            let inside = self.text.get(cell.start..cell.end).unwrap_or("");
            self.line += inside.matches('\n').count();
            row.last_line = self.line;
            row.cells.push(cell);
            match self.rest().as_bytes().first() {
                Some(&byte) if byte == self.shape.delimiter => self.at += 1,
                Some(_) => {
                    self.at += 1;
                    self.line += 1;
                    return row;
                }
                None => return row,
            }
        }
    }

    /// The cell up to the next delimiter or line end, as it stands.
    fn bare(&mut self) -> Cell<'a> {
        let ends = [char::from(self.shape.delimiter), '\n'];
        let length = self.rest().find(ends).unwrap_or(self.rest().len());
        let (start, text) = (self.at, self.rest().get(..length).unwrap_or(""));
        self.at += length;
        Cell { text: Cow::Borrowed(text), start, end: self.at }
    }

    /// The quoted cell that begins here, if one does and its quote is closed.
    fn quoted(&mut self, likeness: &dyn Fn(&str) -> LineShape) -> Option<(Cell<'a>, Option<QuoteError>)> {
        let rest = self.rest();
        let lead = rest.len() - rest.trim_start_matches(' ').len();
        let body = rest.get(lead..)?.strip_prefix('"')?;
        let QuotedCell { length, after, inner, decoded } = close(body, self.shape)?;
        let raw = body.get(..length)?;
        // A quote within a cell of many lines: the first was not closed, this one opens another cell.
        if raw.contains('\n') && inner {
            return None;
        }
        let alike = raw.lines().skip(1).map(likeness).max().unwrap_or(LineShape::Speech);
        let trouble = match alike {
            LineShape::Row => return None,
            LineShape::MaybeRow => Some(QuoteError::RunsOver),
            LineShape::Speech => inner.then_some(QuoteError::Inner),
        };
        let start = self.at;
        self.at += lead + 1 + length + 1 + after;
        Some((Cell { text: decoded.map_or(Cow::Borrowed(raw), Cow::Owned), start, end: self.at }, trouble))
    }
}

/// A quoted cell after its opening quote.
struct QuotedCell {
    /// Bytes to the closing quote.
    length: usize,
    /// Bytes of space after the closing quote.
    after: usize,
    /// Whether it holds quotes that are not escaped.
    inner: bool,
    /// What it says, where that is not what stands there.
    decoded: Option<String>,
}

/// Finds the quote that closes a cell: one before a delimiter, a line end or the end.
fn close(body: &str, shape: Shape) -> Option<QuotedCell> {
    let (mut at, mut inner) = (0, false);
    let mut copied = CellText { body, upto: 0, text: None };
    let first_line = body.find('\n').unwrap_or(body.len());
    while let Some(found) = body.get(at..)?.find(['"', '\\']) {
        at += found;
        let after = body.get(at + 1..)?;
        if body.as_bytes().get(at) == Some(&b'\\') {
            if shape.escapes && after.starts_with(['"', '\\']) {
                copied.skip(at, at + 1);
                at += 1;
            }
            at += 1;
            continue;
        }
        if after.starts_with('"') {
            copied.skip(at, at + 1);
            at += 2;
            continue;
        }
        let next = after.trim_start_matches(' ');
        let closes = next.is_empty() || next.starts_with([char::from(shape.delimiter), '\n']);
        if closes {
            let decoded = copied.finish(at);
            return Some(QuotedCell { length: at, after: after.len() - next.len(), inner, decoded });
        }
        inner = true;
        // On a later line it opens another cell, so the first quote was not closed; looking further
        // for its end would take quadratic time on a text full of such rows.
        if at > first_line {
            return None;
        }
        at += 1;
    }
    None
}

/// The text of a cell without its escapes, copied only where it has some.
struct CellText<'a> {
    body: &'a str,
    upto: usize,
    text: Option<String>,
}

impl CellText<'_> {
    /// Copies up to `to` and goes on from `next`.
    fn skip(&mut self, to: usize, next: usize) {
        let part = self.body.get(self.upto..to).unwrap_or("");
        self.text.get_or_insert_default().push_str(part);
        self.upto = next;
    }

    fn finish(mut self, end: usize) -> Option<String> {
        if self.text.is_some() {
            self.skip(end, end);
        }
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&[&str]], trouble: &[(usize, QuoteError)]) {
        let shape = Shape { delimiter: b',', escapes: escapes_quotes(text) };
        let likeness = |line: &str| match line {
            _ if line.starts_with("Bo,") => LineShape::Row,
            _ if line.starts_with("Cy,") => LineShape::MaybeRow,
            _ => LineShape::Speech,
        };
        let found = rows(text, 0, shape, &likeness);
        let cells: Vec<Vec<&str>> =
            found.iter().map(|row| row.cells.iter().map(|cell| cell.text.as_ref()).collect()).collect();
        assert_eq!(cells, expected, "{text}");
        let troubled: Vec<_> = found.iter().filter_map(|row| Some((row.line, row.trouble?))).collect();
        assert_eq!(troubled, trouble, "{text}");
    }

    #[test]
    fn rows_that_keep_to_the_standard_are_read_by_it() {
        check("a,b\n\"c, d\",\"e\n\"\"f\"\"\"\n,\n\ng", &[&["a", "b"], &["c, d", "e\n\"f\""], &["g"]], &[]);
        check("a,\"\"\n\"\"\"b\"\"\",c", &[&["a", ""], &["\"b\"", "c"]], &[]);
    }

    #[test]
    fn a_quote_that_is_not_closed_spoils_its_own_row_alone() {
        let open = [(1, QuoteError::Open)];
        check("a,\"b c\nd,e", &[&["a", "\"b c"], &["d", "e"]], &open);
        check("a,\"b c\nd,\"e, f\"\ng,h", &[&["a", "\"b c"], &["d", "e, f"], &["g", "h"]], &open);
        check("a,\"b c\nBo,d\"\ne,f", &[&["a", "\"b c"], &["Bo", "d\""], &["e", "f"]], &open);
        check("a,\"b c\nCy,d\"\ne,f", &[&["a", "b c\nCy,d"], &["e", "f"]], &[(1, QuoteError::RunsOver)]);
    }

    #[test]
    fn quotes_inside_cells_are_read_however_they_are_written() {
        check("a,\"b \"c\" d\"\n", &[&["a", "b \"c\" d"]], &[(1, QuoteError::Inner)]);
        check("a,\"b \\\"c\\\", d\"\ne,f", &[&["a", "b \"c\", d"], &["e", "f"]], &[]);
        check("a, \"b, c\" ,d", &[&["a", "b, c", "d"]], &[]);
        check("a,b \"c\" d", &[&["a", "b \"c\" d"]], &[]);
        check("a,\"b\\\"\nc,d", &[&["a", "b\\"], &["c", "d"]], &[]);
    }
}
