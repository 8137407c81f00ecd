//! Which files this program has written: told by their content, so that nobody's own file is replaced
//! or left unread.
//!
//! JSON names its schema, HTML its generator, Markdown ends with a comment, a table begins with the
//! header row of one of ours, a vocabulary with a line of its own, a workbook and a document name their creator. Plain text carries no such mark.

use serde::Deserialize;

use crate::stats::vocabulary;

use super::tables::{DATASETTE_SOURCE, POSITION_COLUMNS, Rows, TABLES};

/// The creator that workbooks name.
pub const CREATOR: &str = "rapporteur";

/// The columns of the table of `search`.
pub const SEARCH_COLUMNS: &[&str] = &[
    "date",
    "session",
    "speaker",
    "stakeholder",
    "issue",
    "stance",
    "turn",
    "sentence",
    "time_start",
    "path",
    "text",
];

/// The columns of the table of `history`.
pub const HISTORY_COLUMNS: &[&str] = &[
    "date",
    "session",
    "stakeholder",
    "issue",
    "stance",
    "speaker",
    "rank",
    "quoted_stance",
    "turn",
    "sentence",
    "line",
    "path",
    "text",
];

/// The columns of the table of `diff`.
pub const DIFF_COLUMNS: &[&str] = &[
    "change",
    "stakeholder",
    "issue",
    "stance_before",
    "stance_after",
    "date_before",
    "session_before",
    "turn_before",
    "sentence_before",
    "text_before",
    "date_after",
    "session_after",
    "turn_after",
    "sentence_after",
    "text_after",
];

/// The columns of the table of `evaluate`.
pub const EVALUATION_COLUMNS: &[&str] = &["session", "scope", "name", "measure", "precision", "recall", "f1"];

/// Columns that a header must have to be taken for that of an earlier version, which had fewer.
const TELLING_COLUMNS: usize = 8;

/// Bytes at the beginning of a page, and at the end of a Markdown file, that are looked at.
const LOOKED_AT: usize = 4096;

/// The last line of every Markdown file.
const MARKDOWN_MARK: &str = concat!("<!-- made by rapporteur ", env!("CARGO_PKG_VERSION"), " -->");

/// What the last line of a Markdown file begins with, in any version.
const MARKDOWN_MARK_BEGINS: &str = "<!-- made by rapporteur ";

/// What pages say of their generator, in any version.
const HTML_MARK: &str = "<meta name=\"generator\" content=\"rapporteur ";

/// What units of systemd begin with.
const UNIT_MARK: &str = "[Unit]\nDescription=rapporteur: ";

/// The part of an office file that names its creator.
#[cfg(feature = "docx")]
const PROPERTIES: &str = "docProps/core.xml";

/// The part that only a text document has.
#[cfg(feature = "docx")]
const TEXT: &str = "word/document.xml";

/// Ends a Markdown file with the comment by which it is known again.
pub(super) fn mark_markdown(mut text: String) -> String {
    text.push('\n');
    text.push_str(MARKDOWN_MARK);
    text.push('\n');
    text
}

/// What this program wrote the bytes as, for a reader; nothing where it did not write them, or where
/// that cannot be told.
pub fn origin(bytes: &[u8]) -> Option<&'static str> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match bytes {
        [b'{', ..] if is_json(bytes) => Some("a JSON output of rapporteur"),
        [b'P', b'K', 3, 4, ..] => office_file(bytes),
        [b'<', ..] if is_page(bytes) => Some("a page of rapporteur"),
        _ if is_markdown(bytes) => Some("a Markdown output of rapporteur"),
        _ if is_table(bytes) => Some("a table of rapporteur"),
        _ if bytes.starts_with(vocabulary::MARK.as_bytes()) => Some("a vocabulary of rapporteur"),
        _ if bytes.starts_with(UNIT_MARK.as_bytes()) => Some("a unit of rapporteur"),
        _ => None,
    }
}

#[derive(Deserialize)]
struct Head {
    #[serde(default)]
    schema: serde_json::Value,
    #[serde(default)]
    name: serde_json::Value,
    rapporteur: Option<serde::de::IgnoredAny>,
    #[serde(default)]
    source: serde_json::Value,
    databases: Option<serde::de::IgnoredAny>,
}

fn is_json(bytes: &[u8]) -> bool {
    let first = serde_json::Deserializer::from_slice(bytes).into_iter::<Head>().next();
    let Some(Ok(head)) = first else { return false };
    let is_package = head.rapporteur.is_some() && head.name == "rapporteur-comparison";
    let is_ours = |source: &str| source.starts_with(DATASETTE_SOURCE);
    let is_metadata = head.databases.is_some() && head.source.as_str().is_some_and(is_ours);
    is_package || is_metadata || head.schema.as_str().is_some_and(|schema| schema.starts_with("rapporteur/"))
}

fn is_page(bytes: &[u8]) -> bool {
    holds(bytes.get(..LOOKED_AT.min(bytes.len())).unwrap_or(&[]), HTML_MARK)
}

fn is_markdown(bytes: &[u8]) -> bool {
    let bytes = bytes.trim_ascii_end();
    let end = bytes.get(bytes.len().saturating_sub(LOOKED_AT)..).unwrap_or(&[]);
    let last = end.rsplit(|byte| *byte == b'\n').next().unwrap_or(&[]);
    last.starts_with(MARKDOWN_MARK_BEGINS.as_bytes()) && last.ends_with(b"-->")
}

fn is_table(bytes: &[u8]) -> bool {
    let line = bytes.split(|byte| *byte == b'\n').next().unwrap_or(&[]);
    let Ok(header) = std::str::from_utf8(line.strip_suffix(b"\r").unwrap_or(line)) else { return false };
    let found: Vec<&str> = header.split(',').collect();
    let fixed = TABLES.iter().filter(|table| !matches!(table.rows, Rows::Wide(_)));
    let tables = fixed.map(|table| table.columns).chain([POSITION_COLUMNS]);
    let mut known = tables
        .map(|columns| columns.iter().map(|column| column.name).collect::<Vec<_>>())
        .chain([SEARCH_COLUMNS, HISTORY_COLUMNS, DIFF_COLUMNS, EVALUATION_COLUMNS].map(<[_]>::to_vec));
    known.any(|known| known == found || (found.len() >= TELLING_COLUMNS && known.starts_with(&found)))
}

#[cfg(feature = "docx")]
fn office_file(bytes: &[u8]) -> Option<&'static str> {
    use std::io::{Cursor, Read};

    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut text = String::new();
    archive.by_name(PROPERTIES).ok()?.take(LOOKED_AT as u64).read_to_string(&mut text).ok()?;
    let is_document = archive.index_for_name(TEXT).is_some();
    let is_ours = text.contains(&format!("<dc:creator>{CREATOR}</dc:creator>"));
    is_ours.then_some(if is_document { "a document of rapporteur" } else { "a workbook of rapporteur" })
}

/// Without a reader of ZIP archives an office file is not known again; it is no transcript either.
#[cfg(not(feature = "docx"))]
fn office_file(_: &[u8]) -> Option<&'static str> {
    None
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::super::{FORMATS, Layout, examples::report};
    use super::*;

    #[test]
    fn every_format_but_plain_text_is_known_again() {
        for format in FORMATS {
            for several in [false, true] {
                let text = (format.write)(&[report()], Layout { several, ..Layout::PLAIN }).unwrap();
                assert_eq!(origin(text.as_bytes()).is_some(), format.name != "text", "{}", format.name);
            }
        }
    }

    #[test]
    fn what_describes_tables_is_known_again() {
        let text = super::super::tables::datasette(&[], &crate::model::Overall::default()).unwrap();
        assert_eq!(origin(text.as_bytes()), Some("a JSON output of rapporteur"));
    }

    #[test]
    fn tables_are_known_by_their_whole_header() {
        for table in TABLES.iter().filter(|table| !matches!(table.rows, Rows::Wide(_))) {
            let header = table.columns.iter().map(|column| column.name).collect::<Vec<_>>().join(",");
            assert_eq!(origin(header.as_bytes()), Some("a table of rapporteur"), "{}", table.name);
            assert_eq!(origin(format!("\u{feff}{header}\r\nx").as_bytes()), Some("a table of rapporteur"));
            assert_eq!(origin(format!("{header},remarks\r\n").as_bytes()), None, "{}", table.name);
        }
    }

    #[test]
    fn files_of_others_are_not_taken_for_ours() {
        for text in [
            "",
            "{",
            "{\"schema\": 1, \"name\": \"my-brief\"}",
            "{\"schema\": \"other/1\"}",
            "{\"source\": \"rapporteurs of the court\", \"databases\": {}}",
            "{\"source\": \"rapporteur 1\"}",
            "{\"turns\": []}",
            "speaker,text\nAnn,One.\n",
            "session,speaker,text\ns,Ann,One.\n",
            "<!doctype html><title>rapporteur</title>",
            "# Notes\n\nmade by rapporteur\n",
            "<!-- made by rapporteur 0.1.0 -->\n\nA note that was added.\n",
            "Ann: I read what rapporteur made.\n",
            "PK\u{3}\u{4}",
        ] {
            assert_eq!(origin(text.as_bytes()), None, "{text}");
        }
    }
}
