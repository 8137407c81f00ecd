//! Word documents (DOCX): the paragraphs of `word/document.xml`, read as lines of text.
//!
//! Deleted text is left out, tracked insertions are kept. Lines are paragraph numbers.

use std::io::Cursor;

use roxmltree::Node;
use zip::ZipArchive;

use super::archive::unpack;
use super::blocks::{self, Block};
use super::container::is_archive;
use super::language::{self, Shares};
use super::paragraphs::{self, Paragraph};
use super::spaces::collapse;
use super::xml;
use super::{Confidence, Document, Format, count, styles};
use crate::error::Result;
use crate::model::{Language, Session, Warning, WarningCode, count_words, is_soft_line_end};

pub(super) const FORMAT: Format = Format {
    name: "docx",
    about: "a Word document with any of the text formats in it",
    extensions: &["docx"],
    confidence,
    read,
    source_text: count::docx,
};

/// Where the text of a document is in the archive.
const DOCUMENT: &str = "word/document.xml";

/// Where its footnotes, endnotes and comments are: written beside what was said.
const NOTES: &[&str] = &["word/footnotes.xml", "word/endnotes.xml", "word/comments.xml"];

/// Where its title, its author and its language are.
const PROPERTIES: &str = "docProps/core.xml";

fn confidence(document: &Document) -> Confidence {
    if !is_archive(document.bytes) {
        return Confidence::NONE;
    }
    let found =
        ZipArchive::new(Cursor::new(document.bytes)).is_ok_and(|zip| zip.index_for_name(DOCUMENT).is_some());
    if found { Confidence::new(0.98, "a ZIP archive with word/document.xml") } else { Confidence::NONE }
}

fn read(document: &Document) -> Result<Vec<Session>> {
    let text = unpack(document.bytes, DOCUMENT, FORMAT.name)?;
    let inner = Document::new(document.path, document.bytes, text);
    let parsed = xml::parse(&inner, FORMAT.name)?;
    let mut sessions = blocks::read(document, &blocks(parsed.root()), "")?;
    account_for_notes(document, &mut sessions);
    let language = stated_language(parsed.root(), document);
    sessions.iter_mut().for_each(|session| session.language = language);
    Ok(sessions)
}

/// Counts footnotes, endnotes and comments as headers: nobody says them.
fn account_for_notes(document: &Document, sessions: &mut [Session]) {
    let Some(session) = sessions.first_mut() else { return };
    let mut words = 0;
    for part in NOTES {
        let Ok(text) = unpack(document.bytes, part, FORMAT.name) else { continue };
        let inner = Document::new(document.path, document.bytes, text);
        let Ok(parsed) = xml::parse(&inner, FORMAT.name) else { continue };
        let paragraphs =
            parsed.descendants().filter(|node| node.tag_name().name() == "p" && !is_left_out(*node));
        words += paragraphs.map(|node| count_words(&paragraph(node, 0).text)).sum::<u64>();
    }
    if words > 0 {
        session.outside.headers += words;
        session.input_words += words;
        let message = format!("words in footnotes, endnotes and comments, which nobody says: {words}");
        session.warnings.push(Warning { code: WarningCode::Notes, line: 0, message });
    }
}

/// The language that most of the text is marked as, else the one of the document's properties. What
/// its template has as a default says nothing of this document.
fn stated_language(root: Node, document: &Document) -> Language {
    let mut shares = Shares::default();
    for text in root.descendants().filter(|node| node.tag_name().name() == "t") {
        let marked = run_properties(text).and_then(|p| p.children().find(|c| c.tag_name().name() == "lang"));
        shares.add(marked.and_then(value_of), text.text().map_or(0, str::len));
    }
    if shares.most() != Language::UNKNOWN {
        return shares.most();
    }
    let Ok(properties) = unpack(document.bytes, PROPERTIES, FORMAT.name) else { return Language::UNKNOWN };
    let inner = Document::new(document.path, document.bytes, properties);
    let Ok(parsed) = xml::parse(&inner, FORMAT.name) else { return Language::UNKNOWN };
    let named = parsed.descendants().find(|node| node.tag_name().name() == "language");
    named.and_then(|node| node.text()).map_or(Language::UNKNOWN, language::named)
}

fn blocks(root: Node) -> Vec<Block> {
    let mut found = Vec::new();
    let mut n_paragraphs = 0;
    let (mut table, mut row): (usize, Option<(Node, Vec<String>)>) = (0, None);
    for node in root.descendants().filter(|node| node.is_element()) {
        match node.tag_name().name() {
            "tbl" => table += 1,
            "tr" => {
                end_row(&mut found, table, row.take());
                row = Some((node, Vec::new()));
            }
            "tc" => {
                if let Some((_, cells)) = row.as_mut() {
                    cells.push(String::new());
                }
            }
            "p" if !is_left_out(node) => {
                n_paragraphs += 1;
                let paragraph = paragraph(node, n_paragraphs);
                let in_row =
                    row.as_ref().is_some_and(|(tr, _)| node.ancestors().any(|ancestor| ancestor == *tr));
                if !in_row {
                    end_row(&mut found, table, row.take());
                }
                match row.as_mut().and_then(|(_, cells)| cells.last_mut()) {
                    Some(cell) => *cell = collapse(&format!("{cell} {}", paragraph.text)),
                    None => found.extend(paragraphs::block(paragraph)),
                }
            }
            _ => {}
        }
    }
    end_row(&mut found, table, row.take());
    styles::announce(&mut found);
    found
}

fn end_row(found: &mut Vec<Block>, table: usize, row: Option<(Node, Vec<String>)>) {
    let row = row.and_then(|(_, cells)| paragraphs::row(table, cells, found.last()));
    found.extend(row);
}

/// Deleted or moved away, or given a second time for programs that don't know the first form.
fn is_left_out(node: Node) -> bool {
    node.ancestors()
        .take(64)
        .any(|ancestor| matches!(ancestor.tag_name().name(), "del" | "moveFrom" | "Fallback"))
}

fn paragraph(node: Node, number: usize) -> Paragraph {
    let style = style(node);
    let mut found = Paragraph { number, heading: heading(&style), style, ..Paragraph::default() };
    let mut only_bold = true;
    let mut open: Vec<Node> = node.children().rev().collect();
    while let Some(next) = open.pop() {
        match next.tag_name().name() {
            "t" => {
                let text = next.text().unwrap_or("");
                only_bold &= is_bold(next) || text.trim().is_empty();
                found.text.extend(text.chars().map(|c| if is_soft_line_end(c) { '\n' } else { c }));
                if only_bold {
                    found.bold = found.text.len();
                }
            }
            "tab" | "noBreakHyphen" if next.parent().is_some_and(|p| p.tag_name().name() == "r") => {
                found.text.push(if next.tag_name().name() == "tab" { ' ' } else { '\u{2011}' });
            }
            "br" | "cr" => found.text.push('\n'),
            "del" | "moveFrom" | "Fallback" | "pPr" | "rPr" | "p" => {}
            _ => open.extend(next.children().filter(Node::is_element).rev()),
        }
    }
    found
}

fn is_bold(text: Node) -> bool {
    let bold = run_properties(text)
        .and_then(|properties| properties.children().find(|c| c.tag_name().name() == "b"));
    bold.is_some_and(|bold| !matches!(value_of(bold), Some("0" | "false" | "off")))
}

/// How the run that a text stands in is set.
fn run_properties<'a, 'd>(text: Node<'a, 'd>) -> Option<Node<'a, 'd>> {
    let run = text.ancestors().take(4).find(|ancestor| ancestor.tag_name().name() == "r")?;
    run.children().find(|child| child.tag_name().name() == "rPr")
}

/// The attribute `w:val`.
fn value_of<'a>(node: Node<'a, '_>) -> Option<&'a str> {
    node.attributes().find(|attribute| attribute.name() == "val").map(|attribute| attribute.value())
}

/// The identifier of a paragraph's style; empty for the usual one.
fn style(node: Node) -> String {
    let properties = node.children().find(|child| child.tag_name().name() == "pPr");
    let style = properties
        .and_then(|properties| properties.children().find(|child| child.tag_name().name() == "pStyle"));
    style.and_then(value_of).unwrap_or_default().to_owned()
}

/// The level of a heading by its style, 0 for other paragraphs.
fn heading(style: &str) -> usize {
    let style = style.to_lowercase();
    if style == "title" {
        return 1;
    }
    let level =
        style.strip_prefix("heading").or(style.strip_prefix("berschrift")).or(style.strip_prefix("titre"));
    level.and_then(|level| level.trim().parse().ok()).filter(|level| (1..=6).contains(level)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::super::tests::{check_invariants, turns};
    use super::super::{Session, read};
    use super::*;

    fn archive(name: &str, body: &str) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(body.as_bytes()).unwrap();
        zip.finish().unwrap().into_inner()
    }

    fn document(paragraphs: &str) -> Vec<u8> {
        let body = format!(
            "<?xml version='1.0'?><w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>\
             <w:body>{paragraphs}</w:body></w:document>"
        );
        archive(DOCUMENT, &body)
    }

    fn check(paragraphs: &str, expected: &[(&str, &str)]) -> Session {
        let mut sessions = read(&document(paragraphs), "a.docx", None).unwrap().sessions;
        let session = sessions.remove(0);
        check_invariants(&session);
        assert_eq!(turns(&session), expected);
        session
    }

    fn run(text: &str) -> String {
        format!("<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>")
    }

    #[test]
    fn paragraphs_are_lines_and_deletions_are_left_out() {
        let session = check(
            &[
                "<w:p><w:pPr><w:pStyle w:val='Heading1'/></w:pPr>",
                &run("Ferry"),
                "</w:p><w:p>",
                &run("Ann Lee: One &amp; "),
                "<w:del><w:r><w:delText>not</w:delText></w:r></w:del><w:ins>",
                &run("two."),
                "</w:ins></w:p><w:p>",
                &run("Bo Ek: Three"),
                "<w:r><w:br/></w:r>",
                &run("four."),
                "</w:p><w:p>",
                &run("Ann Lee: Five."),
                "</w:p>",
            ]
            .concat(),
            &[("Ann Lee", "One & two."), ("Bo Ek", "Three\nfour."), ("Ann Lee", "Five.")],
        );
        assert_eq!(session.title, "Ferry");
        assert_eq!([session.line_of(0, 0), session.line_of(1, 0)], [2, 3]);
    }

    #[test]
    fn the_language_is_what_most_of_the_text_is_marked_as() {
        let marked = |text: &str, code: &str| {
            format!("<w:p><w:r><w:rPr><w:lang w:val='{code}'/></w:rPr><w:t>{text}</w:t></w:r></w:p>")
        };
        let turns = [marked("Ann Lee: Ja, wir wollen das.", "de-DE"), marked("Bo Ek: No.", "en-US")].concat();
        let read = |turns: &str| read(&document(turns), "a.docx", None).unwrap().sessions.remove(0).language;
        assert_eq!(read(&turns).code(), "de");
        assert_eq!(
            read(&format!("<w:p>{}</w:p><w:p>{}</w:p>", run("Ann Lee: Ja."), run("Bo Ek: Nein."))).code(),
            ""
        );
    }

    #[test]
    fn names_in_bold_and_names_with_times_are_labels() {
        let bold = |name: &str, text: &str| {
            format!("<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{name}</w:t></w:r>{}</w:p>", run(text))
        };
        check(
            &[bold("Ann Lee", " One."), bold("Bo Ek", " Two."), bold("Ann Lee", " Three.")].concat(),
            &[("Ann Lee", "One."), ("Bo Ek", "Two."), ("Ann Lee", "Three.")],
        );
        let timed = |name: &str, text: &str| {
            format!("<w:p><w:r><w:t>{name}</w:t><w:tab/><w:t>0:03</w:t></w:r></w:p><w:p>{}</w:p>", run(text))
        };
        check(
            &[timed("Ann Lee", "One."), timed("Bo Ek", "Two."), timed("Ann Lee", "Three.")].concat(),
            &[("Ann Lee", "One."), ("Bo Ek", "Two."), ("Ann Lee", "Three.")],
        );
    }

    #[test]
    fn a_paragraph_style_may_name_the_speakers() {
        let styled = |style: &str, text: &str| {
            format!("<w:p><w:pPr><w:pStyle w:val='{style}'/></w:pPr>{}</w:p>", run(text))
        };
        let long = "We do not, since the harbour has no money for the night ferry and none for its crew.";
        let session = check(
            &[
                styled("Front", "Session of 4 March 2025"),
                styled("D3IntervenerOpen", "The presiding officer"),
                styled("D3Text", "Who wants to speak?"),
                styled("D3Title", "Night ferry"),
                styled("D3Intervener", "Ann Lee i Prado"),
                styled("D3Text", "We oppose it."),
                styled("D3Intervener", "The presiding officer"),
                styled("D3Text", "Thank you."),
                styled("D3Intervener", "Bo Ek"),
                styled("D3Intervener", long),
            ]
            .concat(),
            &[
                ("The presiding officer", "Who wants to speak?"),
                ("Ann Lee i Prado", "We oppose it."),
                ("The presiding officer", "Thank you."),
                ("Bo Ek", long),
            ],
        );
        assert_eq!(
            (session.title.as_str(), session.date.as_str()),
            ("Session of 4 March 2025", "2025-03-04")
        );
        assert_eq!((session.headings[0].title.as_str(), session.headings[0].turn), ("Night ferry", 1));
    }

    #[test]
    fn footnotes_and_comments_are_in_the_ledger_and_nobody_says_them() {
        let part = |root: &str, body: &str| {
            format!(
                "<w:{root} xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>{body}</w:{root}>"
            )
        };
        let paragraphs = [run("Ann Lee: One."), run("Bo Ek: Two."), run("Ann Lee: Three.")];
        let body: String = paragraphs.iter().map(|run| format!("<w:p>{run}</w:p>")).collect();
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in [
            (DOCUMENT, part("document", &format!("<w:body>{body}</w:body>"))),
            (
                "word/footnotes.xml",
                part("footnotes", &format!("<w:footnote><w:p>{}</w:p></w:footnote>", run("See the report."))),
            ),
            (
                "word/comments.xml",
                part("comments", &format!("<w:comment><w:p>{}</w:p></w:comment>", run("Check this"))),
            ),
        ] {
            zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        let bytes = zip.finish().unwrap().into_inner();
        let session = read(&bytes, "a.docx", None).unwrap().sessions.remove(0);
        check_invariants(&session);
        assert_eq!(turns(&session), [("Ann Lee", "One."), ("Bo Ek", "Two."), ("Ann Lee", "Three.")]);
        assert_eq!((session.outside.headers, session.outside.unattributed), (5, 0));
        assert_eq!(session.warnings.iter().map(|w| w.code.as_str()).collect::<Vec<_>>(), ["notes"]);
    }

    #[test]
    fn what_is_no_word_document_is_refused_with_a_remedy() {
        let encrypted = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and more".as_slice();
        let other = archive("content.xml", "<x/>");
        let mut cut = document("<w:p/>");
        cut.truncate(60);
        for (bytes, needle) in [(encrypted, "password"), (&other, "ZIP"), (&cut, "docx")] {
            let format = if needle == "docx" { Some("docx") } else { None };
            let message = read(bytes, "a.docx", format).unwrap_err().to_string();
            assert!(message.contains(needle), "{message}");
        }
    }
}
