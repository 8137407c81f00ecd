//! Tables as a program or a spreadsheet has saved them: comma, semicolon or tab, any encoding, with or
//! without a byte order mark.

use rapporteur::write::csv::unguard;
use rapporteur::{Error, ErrorKind, Result, read};

/// A table, as text.
pub(crate) struct Sheet {
    pub(crate) columns: Vec<String>,
    pub(crate) rows: Vec<Row>,
}

/// A row and the line it begins in.
pub(crate) struct Row {
    pub(crate) line: u64,
    pub(crate) cells: Vec<String>,
}

impl Sheet {
    /// Reads a table; guards against formulas are taken off.
    ///
    /// # Errors
    /// With the line, where it is no text or a row does not have as many cells as the header.
    pub(crate) fn read(content: &[u8]) -> Result<Sheet> {
        let text = read::text(content)?;
        let body = without_separator_line(&text);
        let mut reader = csv::ReaderBuilder::new().delimiter(separator(&text)).from_reader(body.as_bytes());
        let skipped = u64::from(body.len() != text.len());
        let columns = reader.headers().map_err(|error| broken(&error, skipped))?;
        let columns = columns.iter().map(|name| unguard(name).to_owned()).collect();
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| broken(&error, skipped))?;
            let line = record.position().map_or(0, csv::Position::line) + skipped;
            rows.push(Row { line, cells: record.iter().map(|cell| unguard(cell).to_owned()).collect() });
        }
        Ok(Sheet { columns, rows })
    }

    /// Where a column stands.
    pub(crate) fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column == name)
    }

    /// Where a column stands that there has to be.
    ///
    /// # Errors
    /// When there is none.
    pub(crate) fn needed(&self, name: &str) -> Result<usize> {
        self.column(name).ok_or_else(|| {
            malformed(format!("it has no column {name}"), 1).remedy(
                "give a report in JSON, or a table that `rapporteur summarize` or `rapporteur compare` has written",
            )
        })
    }
}

impl Row {
    /// A cell; empty where there is none.
    pub(crate) fn cell(&self, at: Option<usize>) -> &str {
        at.and_then(|at| self.cells.get(at)).map_or("", String::as_str)
    }
}

/// What stands between cells: as the line `sep=;` of a spreadsheet says, else what the header has most of.
fn separator(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or("");
    if let Some(named) = first.strip_prefix("sep=").and_then(|rest| rest.bytes().next()) {
        return named;
    }
    let count = |separator: u8| first.bytes().filter(|&byte| byte == separator).count();
    [b',', b';', b'\t'].into_iter().max_by_key(|&s| (count(s), s == b',')).unwrap_or(b',')
}

fn without_separator_line(text: &str) -> &str {
    match text.split_once('\n') {
        Some((first, rest)) if first.starts_with("sep=") => rest,
        _ => text,
    }
}

fn broken(error: &csv::Error, skipped: u64) -> Error {
    malformed(error.to_string(), error.position().map_or(0, csv::Position::line) + skipped)
}

/// What is wrong with a table, and where.
pub(crate) fn malformed(reason: String, line: u64) -> Error {
    Error::new(ErrorKind::Malformed { format: "table", reason }).at_line(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_read_however_it_was_saved() {
        let utf16: Vec<u8> = "\u{feff}a\tb\r\né\t'=1\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let cases: [&[u8]; 6] = [
            "a,b\r\né,'=1\r\n".as_bytes(),
            "\u{feff}a;b\né;'=1\n".as_bytes(),
            "sep=;\r\na;b\r\n\"é\";\"'=1\"\r\n".as_bytes(),
            "a\tb\ré\t'=1\r".as_bytes(),
            &utf16,
            b"a;b\r\n\xe9;'=1\r\n",
        ];
        for content in cases {
            let sheet = Sheet::read(content).unwrap();
            assert_eq!(sheet.columns, ["a", "b"], "{content:?}");
            assert_eq!(sheet.rows[0].cells, ["é", "=1"], "{content:?}");
        }
    }

    #[test]
    fn a_broken_table_is_refused_with_its_line() {
        for (content, line) in [(&b"a,b\n1,2\n1\n"[..], 3), (b"sep=,\na,b\n1\n", 3)] {
            assert_eq!(Sheet::read(content).err().map(|error| error.line()), Some(line));
        }
    }
}
