//! PDF documents with a text layer: the lines of their pages, read in the format that fits them best.
//!
//! What a page shows is interpreted as far as text needs it ([`content`], [`fonts`]), put into lines ([`layout`]) and
//! read like the lines of a text. Heads and feet of pages are the page's: nobody says them. Lines are counted over the
//! whole document. A scan without a text layer is refused.

mod columns;
mod content;
mod direction;
mod encodings;
mod fonts;
mod layout;
mod widths;

use std::io::Read;

use hayro_syntax::object::Stream;
use hayro_syntax::{Filter, LoadPdfError, Pdf};

use super::container::is_pdf;
use super::hyphens;
use super::laid_out::{self, TextLines};
use super::{Confidence, Document, Format, Visit};
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Session, Warning, WarningCode, count_words};
use content::Contents;
use layout::Line;

pub(super) const FORMAT: Format = Format {
    name: "pdf",
    about: "a PDF document with a text layer, with any of the text formats in it",
    extensions: &["pdf"],
    confidence,
    read,
    source_text,
};

/// Most characters of which no font says what they are, as a share of all: a few signs may be pictures, more is text
/// that cannot be read.
const MOST_UNKNOWN: f64 = 0.05;

fn confidence(document: &Document) -> Confidence {
    if is_pdf(document.bytes) { Confidence::new(0.98, "it begins with %PDF-") } else { Confidence::NONE }
}

fn read(document: &Document) -> Result<Vec<Session>> {
    let found = extracted(document).as_ref().map_err(|refused| malformed(&refused.reason, refused.remedy))?;
    let (lines, unknown) = (&found.lines, found.unknown);
    let mut text = TextLines::default();
    let mut furniture = 0;
    for (number, line) in numbered(lines) {
        if line.is_furniture {
            furniture += count_words(&line.text);
            continue;
        }
        if line.begins_paragraph {
            text.push("", number);
        }
        text.push(&line.text, number);
    }
    let mut sessions = laid_out::read(document, text, "")?;
    if let Some(session) = sessions.first_mut() {
        session.outside.headers += furniture;
        session.input_words += furniture;
        if unknown > 0 {
            let message = format!(
                "characters of which the document does not say what they are: {unknown}; each is shown as �"
            );
            session.warnings.push(Warning { code: WarningCode::Encoding, line: 0, message });
        }
    }
    Ok(sessions)
}

/// All lines, those of pages too.
fn source_text(document: &Document, visit: &mut Visit) {
    let Ok(found) = extracted(document) else { return };
    numbered(&found.lines).for_each(|(number, line)| visit(number, &line.text));
}

fn numbered(lines: &[Line]) -> impl Iterator<Item = (usize, &Line)> {
    lines.iter().enumerate().map(|(at, line)| (at + 1, line))
}

/// What a document shows.
#[derive(Debug)]
pub(super) struct Extract {
    /// Its lines, with words that line ends divide joined.
    lines: Vec<Line>,
    /// Characters of which the document does not say what they are.
    unknown: usize,
}

/// Why a document is not read.
#[derive(Debug)]
pub(super) struct Refused {
    reason: String,
    remedy: &'static str,
}

fn refused(reason: &str, remedy: &'static str) -> Refused {
    Refused { reason: reason.to_owned(), remedy }
}

/// What a document shows; its pages are interpreted once.
fn extracted<'d>(document: &'d Document) -> &'d std::result::Result<Extract, Refused> {
    document.pages.get_or_init(|| extract(document.bytes))
}

fn extract(bytes: &[u8]) -> std::result::Result<Extract, Refused> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(_) => refused("it is encrypted", "save it without a password"),
        LoadPdfError::Invalid => {
            refused("its structure is broken", "open it in a PDF reader and save or print it as PDF again")
        }
    })?;
    let mut contents = Contents::default();
    let pages: Vec<Vec<content::Run>> = pdf.pages().iter().map(|page| contents.of_page(page)).collect();
    if contents.is_cut {
        return Err(refused(
            "its pages draw more than any text needs",
            "print it as PDF again, or export its text",
        ));
    }
    if contents.shown == 0 {
        let what = "its pages are pictures, without a text layer";
        return Err(refused(what, "run text recognition over it (OCR), and read the result"));
    }
    if contents.unknown as f64 > MOST_UNKNOWN * contents.shown as f64 {
        let what =
            format!("its fonts do not say what {} of {} characters are", contents.unknown, contents.shown);
        return Err(refused(
            &what,
            "run text recognition over it (OCR), or export its text from the program that made it",
        ));
    }
    let mut lines = layout::lines(pages);
    join_divided_words(&mut lines);
    Ok(Extract { lines, unknown: contents.unknown })
}

/// Joins words that the end of a line divides, over the heads and feet of pages.
fn join_divided_words(lines: &mut [Line]) {
    let text = lines.iter_mut().enumerate().filter(|(_, line)| !line.is_furniture);
    let mut spoken: Vec<(usize, String)> =
        text.map(|(at, line)| (at, std::mem::take(&mut line.text))).collect();
    hyphens::rejoin(&mut spoken);
    for (at, text) in spoken {
        if let Some(line) = lines.get_mut(at) {
            line.text = text;
        }
    }
}

fn malformed(reason: &str, remedy: &str) -> Error {
    Error::new(ErrorKind::Malformed { format: FORMAT.name, reason: reason.to_owned() }).remedy(remedy)
}

/// The content of a stream, unpacked; `None` where it is damaged, holds a picture, or more than a limit.
fn unpack(stream: &Stream, limit: usize) -> Option<Vec<u8>> {
    if stream.filters().as_slice() == [Filter::FlateDecode]
        && stream.dict().get::<hayro_syntax::object::Dict>("DecodeParms").is_none()
    {
        let raw = stream.raw_data();
        let mut unpacked = Vec::new();
        let read = flate2::read::ZlibDecoder::new(&*raw).take(limit as u64 + 1).read_to_end(&mut unpacked);
        if unpacked.len() > limit {
            return None;
        }
        if read.is_ok() {
            return Some(unpacked);
        }
    }
    stream.decoded_data().ok().map(std::borrow::Cow::into_owned).filter(|unpacked| unpacked.len() <= limit)
}

#[cfg(test)]
mod tests;
