//! Refusals of what no format reads, each with what to do.

use super::{Document, container, no_turns, tei, xml};
use crate::error::{Error, ErrorKind, Result};
use crate::model::count_words;

/// Documents that people have and no format reads: how they begin, what they are, what to do.
const UNREAD: &[(&[u8], &str, &str)] = &[
    (
        b"%PDF-",
        "this is a PDF document, which this build does not read",
        "export its text (for example with `pdftotext -layout`, after text recognition if it is a scan) and read that",
    ),
    (b"{\\rtf", "this is an RTF document, which is not read", "save it as DOCX, or export it as text"),
];

/// Refuses documents of which the first bytes say that no format reads them.
pub(super) fn refuse(bytes: &[u8]) -> Result<()> {
    if container::is_old_or_encrypted(bytes) {
        let reason = "this is an old Word document, or one with a password".to_owned();
        return Err(Error::new(ErrorKind::UnknownFormat(reason)).remedy("save it as DOCX without a password"));
    }
    match UNREAD.iter().find(|(start, ..)| bytes.starts_with(start)) {
        Some((_, what, remedy)) => {
            Err(Error::new(ErrorKind::UnknownFormat((*what).to_owned())).remedy(*remedy))
        }
        None => Ok(()),
    }
}

/// What is wrong with a source that no format recognises.
pub(super) fn unknown(document: &Document) -> Error {
    if container::is_archive(document.bytes) && cfg!(not(feature = "docx")) {
        let reason =
            "this may be a Word document or an OpenDocument text, which this build does not read".to_owned();
        return Error::new(ErrorKind::UnknownFormat(reason)).remedy("export its text, and read that");
    }
    if container::is_archive(document.bytes) {
        return Error::new(ErrorKind::UnknownFormat(
            "this is a ZIP archive without a Word document or an OpenDocument text".into(),
        ))
        .remedy("unpack it and name the transcript, or save the document as DOCX or ODT");
    }
    if count_words(&document.text) == 0 {
        return no_turns("the source is empty");
    }
    if document.text.trim_start().starts_with('<')
        && let Some(name) = xml::root_name(&document.text)
    {
        if let Some(part) = tei::corpus_part(&document.text) {
            return Error::new(ErrorKind::UnknownFormat(format!("this is {part}")))
                .remedy("name the files of the sessions, or the folder that has them");
        }
        let declares = if xml::declares_entities(&document.text) { " that declares entities" } else { "" };
        let reason = format!("this is XML{declares}, and no reader knows its outermost element <{name}>");
        return Error::new(ErrorKind::UnknownFormat(reason))
            .at_line(1)
            .remedy("save it as TEI, Akoma Ntoso, Hansard XML or HTML, or as text with \"Name: text\"");
    }
    no_turns("no line begins with a speaker's name, and the source is in no structured format").remedy(
        "mark each turn as \"Name: text\", or name the format with --input-format (see `rapporteur formats`)",
    )
}
