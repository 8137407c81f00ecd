//! Text of Word documents and OpenDocument texts, cut from the XML in their archives.

use std::io::{Cursor, Read};

use super::Visit;
use super::markup::{Effect, Tag, markup_at, scan};
use crate::read::Document;

/// Most bytes of XML that are counted.
const MAX_UNPACKED: u64 = 1 << 27;

/// Visits the text of a Word document, paragraph by paragraph.
pub(in crate::read) fn docx(document: &Document, visit: &mut Visit) {
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(document.bytes)) else { return };
    for part in ["word/document.xml", "word/footnotes.xml", "word/endnotes.xml", "word/comments.xml"] {
        let Ok(part) = archive.by_name(part) else { continue };
        let mut text = String::new();
        if part.take(MAX_UNPACKED).read_to_string(&mut text).is_ok() {
            word_processed(&text, visit);
        }
    }
}

/// Visits the text of an OpenDocument text, paragraph by paragraph.
pub(in crate::read) fn odt(document: &Document, visit: &mut Visit) {
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(document.bytes)) else { return };
    let Ok(content) = archive.by_name("content.xml") else { return };
    let mut text = String::new();
    if content.take(MAX_UNPACKED).read_to_string(&mut text).is_ok() {
        let effect = |tag: &Tag| match tag.name {
            "tracked-changes" => Effect::Skip,
            "span" | "a" => Effect::None,
            _ => Effect::Break,
        };
        scan(&with_notes_behind(&text), false, &effect, &|_| false, visit);
    }
}

/// An OpenDocument text with its notes and comments behind the rest: they stand within words.
fn with_notes_behind(xml: &str) -> String {
    let (mut text, mut notes) = (String::with_capacity(xml.len()), String::new());
    let mut open: Option<(&str, usize)> = None;
    let mut rest = xml;
    while !rest.is_empty() {
        let (before, markup) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
        let (length, tag) = markup_at(markup, false);
        let part = markup.get(..length).unwrap_or("");
        let begins = tag.as_ref().filter(|tag| matches!(tag.name, "note" | "annotation") && !tag.is_empty);
        if open.is_some() { &mut notes } else { &mut text }.push_str(before);
        match (&mut open, begins) {
            (None, Some(tag)) if !tag.closes => open = Some((tag.name, 1)),
            (Some((name, depth)), Some(tag)) if tag.name == *name => {
                if tag.closes {
                    *depth -= 1
                } else {
                    *depth += 1
                }
            }
            _ => {}
        }
        if open.is_some() { &mut notes } else { &mut text }.push_str(part);
        if matches!(open, Some((_, 0))) {
            open = None;
        }
        rest = markup.get(length..).unwrap_or("");
    }
    text + &notes
}

/// Visits the text of WordprocessingML.
fn word_processed(text: &str, visit: &mut Visit) {
    let effect = |tag: &Tag| match tag.name {
        "del" | "moveFrom" | "Fallback" | "pPr" | "rPr" => Effect::Skip,
        "p" | "tc" | "tr" | "br" | "cr" | "tab" => Effect::Break,
        _ => Effect::None,
    };
    // White space between runs is none; that within them is kept.
    let runs = without_space_between(text);
    scan(&runs, false, &effect, &|_| false, visit);
}

/// WordprocessingML without what stands outside of `t`: line ends of a pretty printer.
fn without_space_between(xml: &str) -> String {
    let mut kept = String::with_capacity(xml.len());
    let (mut rest, mut in_text) = (xml, false);
    while !rest.is_empty() {
        let at = rest.find('<').unwrap_or(rest.len());
        let (text, markup) = rest.split_at(at);
        kept.push_str(if in_text { text } else { "" });
        let (length, tag) = markup_at(markup, false);
        in_text = tag.is_some_and(|tag| tag.name == "t" && !tag.closes && !tag.is_empty);
        kept.push_str(markup.get(..length).unwrap_or(""));
        rest = markup.get(length..).unwrap_or("");
    }
    kept
}
