//! Word documents: the few parts of WordprocessingML (ECMA-376, transitional) that a brief needs.
//!
//! A library for all of it took longer to build than everything else together; a brief has headings, paragraphs and
//! tables. The archive has no clock in it, so that the same document gives the same bytes.

mod parts;

use std::fmt::Write;
use std::io::{Cursor, Write as _};

use zip::write::{SimpleFileOptions, ZipWriter};

use super::document::{Block, Run, TextDocument};
use crate::error::{Error, ErrorKind, Result};
use parts::{ROWS_WIDTH, escape};

/// The document as the bytes of a file.
///
/// # Errors
/// When they cannot be packed, which is a bug.
pub(super) fn write(document: &TextDocument) -> Result<Vec<u8>> {
    let files = [
        ("[Content_Types].xml", parts::CONTENT_TYPES.to_owned()),
        ("_rels/.rels", parts::RELATIONS.to_owned()),
        ("docProps/core.xml", parts::properties(&document.title, &document.language)),
        ("word/_rels/document.xml.rels", parts::DOCUMENT_RELATIONS.to_owned()),
        ("word/styles.xml", parts::styles(&document.language)),
        ("word/document.xml", body(document)),
    ];
    let failed = |error: zip::result::ZipError| Error::new(ErrorKind::Internal(error.to_string()));
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        archive.start_file(name, SimpleFileOptions::default()).map_err(failed)?;
        archive.write_all(text.as_bytes()).map_err(|error| failed(error.into()))?;
    }
    Ok(archive.finish().map_err(failed)?.into_inner())
}

/// `word/document.xml`.
fn body(document: &TextDocument) -> String {
    let mut out = String::from(parts::DOCUMENT_BEGINS);
    paragraph(&mut out, "Title", &[Run::plain(&*document.title)]);
    for block in &document.blocks {
        match block {
            Block::Heading(level, text) => {
                paragraph(&mut out, &format!("Heading{level}"), &[Run::plain(&**text)]);
            }
            Block::Paragraph(runs) => paragraph(&mut out, "", runs),
            Block::Quotation(runs) => paragraph(&mut out, "Quote", runs),
            Block::Source(text) => paragraph(&mut out, "Source", &[Run::plain(&**text)]),
            Block::Table(header, rows) => table(&mut out, header, rows),
        }
    }
    out.push_str(parts::DOCUMENT_ENDS);
    out
}

/// A paragraph in a style; without one where it is empty.
fn paragraph(out: &mut String, style: &str, runs: &[Run]) {
    let is_right_to_left = runs.iter().find_map(|run| direction(&run.text)).unwrap_or(false);
    out.push_str("<w:p><w:pPr>");
    if !style.is_empty() {
        let _ = write!(out, "<w:pStyle w:val=\"{style}\"/>");
    }
    if is_right_to_left {
        out.push_str("<w:bidi/>");
    }
    out.push_str("</w:pPr>");
    runs.iter().for_each(|one| run(out, one));
    out.push_str("</w:p>");
}

fn run(out: &mut String, run: &Run) {
    out.push_str("<w:r><w:rPr>");
    if run.is_bold {
        out.push_str("<w:b/><w:bCs/>");
    }
    if run.is_italic {
        out.push_str("<w:i/><w:iCs/>");
    }
    // Of a mixed text, each letter still goes its own way.
    let is_right_to_left = direction(&run.text) == Some(true);
    if is_right_to_left {
        out.push_str("<w:rtl/>");
    }
    if !run.language.is_empty() {
        let kind = if is_right_to_left { "bidi" } else { "val" };
        let _ = write!(out, "<w:lang w:{kind}=\"{}\"/>", escape(&run.language));
    }
    let _ = write!(out, "</w:rPr><w:t xml:space=\"preserve\">{}</w:t></w:r>", escape(&run.text));
}

fn table(out: &mut String, header: &[String], rows: &[Vec<Vec<Run>>]) {
    let width = ROWS_WIDTH / header.len().max(1);
    out.push_str("<w:tbl><w:tblPr><w:tblStyle w:val=\"Grid\"/><w:tblW w:w=\"5000\" w:type=\"pct\"/></w:tblPr><w:tblGrid>");
    header.iter().for_each(|_| _ = write!(out, "<w:gridCol w:w=\"{width}\"/>"));
    out.push_str("</w:tblGrid>");
    let titles: Vec<Vec<Run>> = header.iter().map(|title| vec![Run::bold(&**title)]).collect();
    for (at, row) in std::iter::once(&titles).chain(rows).enumerate() {
        // A header that is repeated on each page.
        out.push_str(if at == 0 { "<w:tr><w:trPr><w:tblHeader/></w:trPr>" } else { "<w:tr>" });
        for cell in row {
            let _ = write!(out, "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>");
            paragraph(out, "Cell", cell);
            out.push_str("</w:tc>");
        }
        out.push_str("</w:tr>");
    }
    // A table must not be the last, nor touch the next.
    out.push_str("</w:tbl>");
    paragraph(out, "Cell", &[]);
}

/// Whether a text goes from right to left, by its first letter (Unicode Standard Annex 9, P2 and P3, without
/// isolates); none where it has no letter.
fn direction(text: &str) -> Option<bool> {
    let first = text.chars().find(|c| c.is_alphabetic())?;
    Some(
        matches!(u32::from(first), 0x0590..=0x08FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFF | 0x10800..=0x10FFF | 0x1E800..=0x1EFFF),
    )
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    fn part(bytes: &[u8], name: &str) -> String {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn every_part_is_well_formed_whatever_is_said() {
        let text = "<w:p/> & \"quoted\" \u{1b}\u{0}\u{fffe} مرحبا";
        let document = TextDocument {
            title: text.into(),
            language: "ar".into(),
            blocks: vec![
                Block::Heading(1, text.into()),
                Block::Paragraph(vec![Run::bold(text), Run::italic("plain")]),
                Block::Quotation(vec![Run::plain("قال بو: We agree.").in_language("ar")]),
                Block::Source(text.into()),
                Block::Table(vec![text.into(), "B".into()], vec![vec![vec![Run::plain(text)], Vec::new()]]),
            ],
        };
        let bytes = write(&document).unwrap();
        assert_eq!(bytes, write(&document).unwrap());
        for name in [
            "[Content_Types].xml",
            "_rels/.rels",
            "docProps/core.xml",
            "word/styles.xml",
            "word/document.xml",
        ] {
            let text = part(&bytes, name);
            assert!(roxmltree::Document::parse(&text).is_ok(), "{name}: {text}");
        }
        let body = part(&bytes, "word/document.xml");
        let parsed = roxmltree::Document::parse(&body).unwrap();
        let quoted: Vec<&str> = parsed.descendants().filter_map(|node| node.text()).collect();
        assert!(quoted.contains(&"قال بو: We agree."), "{quoted:?}");
        let quotation = "<w:p><w:pPr><w:pStyle w:val=\"Quote\"/><w:bidi/></w:pPr><w:r><w:rPr><w:rtl/>\
                         <w:lang w:bidi=\"ar\"/></w:rPr>";
        assert!(body.contains(quotation), "{body}");
        let core = part(&bytes, "docProps/core.xml");
        assert!(core.contains("<dc:creator>rapporteur</dc:creator>"), "{core}");
    }

    #[test]
    fn a_text_goes_the_way_of_its_first_letter() {
        let cases =
            [("“abc מ", Some(false)), ("12 – עברית abc", Some(true)), ("…", None), ("中文", Some(false))];
        for (text, expected) in cases {
            assert_eq!(direction(text), expected, "{text}");
        }
    }
}
