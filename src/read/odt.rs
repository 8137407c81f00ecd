//! OpenDocument texts (ODT): the paragraphs of `content.xml`, read as lines of text.
//!
//! Deleted text is left out. Footnotes, endnotes, comments and descriptions of pictures are headers: nobody says
//! them. Lines are paragraph numbers.
//!
//! OASIS Open Document Format 1.3, part 3: <https://docs.oasis-open.org/office/OpenDocument/v1.3/>

use std::io::{Cursor, Read};

use roxmltree::Node;
use rustc_hash::{FxHashMap, FxHashSet};
use zip::ZipArchive;

use super::archive::{malformed, unpack};
use super::blocks::{self, Block};
use super::container::is_archive;
use super::paragraphs::{self, Paragraph};
use super::spaces::collapse;
use super::xml;
use super::{Confidence, Document, Format, count, language, styles};
use crate::error::Result;
use crate::model::{Language, Session, Warning, WarningCode, count_words, is_soft_line_end};

pub(super) const FORMAT: Format = Format {
    name: "odt",
    about: "an OpenDocument text with any of the text formats in it",
    extensions: &["odt", "ott"],
    confidence,
    read,
    source_text: count::odt,
};

/// Where the text of a document is in the archive.
const CONTENT: &str = "content.xml";

/// Where its language is.
const META: &str = "meta.xml";

/// Where it is said that parts are encrypted.
const MANIFEST: &str = "META-INF/manifest.xml";

/// What the archive says of itself, also for templates.
const MEDIA_TYPE: &str = "application/vnd.oasis.opendocument.text";

fn confidence(document: &Document) -> Confidence {
    if !is_archive(document.bytes) {
        return Confidence::NONE;
    }
    let found = ZipArchive::new(Cursor::new(document.bytes)).is_ok_and(|mut zip| {
        let mut media_type = String::new();
        let stated = zip
            .by_name("mimetype")
            .is_ok_and(|entry| entry.take(MEDIA_TYPE.len() as u64).read_to_string(&mut media_type).is_ok());
        stated && media_type == MEDIA_TYPE && zip.index_for_name(CONTENT).is_some()
    });
    if found {
        Confidence::new(0.98, "a ZIP archive that says it is an OpenDocument text")
    } else {
        Confidence::NONE
    }
}

fn read(document: &Document) -> Result<Vec<Session>> {
    if unpack(document.bytes, MANIFEST, FORMAT.name).is_ok_and(|parts| parts.contains("encryption-data")) {
        return Err(malformed(FORMAT.name, "it has a password", "save it as ODT or DOCX without a password"));
    }
    let text = unpack(document.bytes, CONTENT, FORMAT.name)?;
    let inner = Document::new(document.path, document.bytes, text);
    let parsed = xml::parse(&inner, FORMAT.name)?;
    let mut sessions = blocks::read(document, &blocks(parsed.root()), "")?;
    account_for_notes(parsed.root(), &mut sessions);
    let language = stated_language(document);
    sessions.iter_mut().for_each(|session| session.language = language);
    Ok(sessions)
}

fn name<'a>(node: Node<'a, '_>) -> &'a str {
    node.tag_name().name()
}

/// An attribute, whatever its prefix.
fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes().find(|attribute| attribute.name() == name).map(|attribute| attribute.value())
}

/// Elements whose text stands beside what is said.
const NOTES: &[&str] = &["note", "annotation", "title", "desc"];

/// Whether an element holds text beside what is said: `text:title` and `text:date` are fields of the text itself.
fn is_note(node: Node) -> bool {
    let is_field = node.tag_name().namespace().is_some_and(|uri| uri.ends_with(":text:1.0"));
    NOTES.contains(&name(node)) && (name(node) == "note" || !is_field)
}

/// Counts footnotes, endnotes, comments and descriptions of pictures as headers.
fn account_for_notes(root: Node, sessions: &mut [Session]) {
    let Some(session) = sessions.first_mut() else { return };
    let is_outermost = |node: &Node| is_note(*node) && !node.ancestors().skip(1).any(is_beside);
    let notes = root.descendants().filter(is_outermost);
    let words: u64 = notes.map(|note| count_words(&text_of_note(note))).sum();
    if words > 0 {
        session.outside.headers += words;
        session.input_words += words;
        let message = format!("words in footnotes, endnotes and comments, which nobody says: {words}");
        session.warnings.push(Warning { code: WarningCode::Notes, line: 0, message });
    }
}

/// The text of a note, its paragraphs and marks apart.
fn text_of_note(note: Node) -> String {
    let mut text = String::new();
    for node in note.descendants() {
        match node.text().filter(|_| node.is_text()) {
            Some(part) => text.push_str(part),
            None if !matches!(name(node), "span" | "a") => text.push('\n'),
            None => {}
        }
    }
    text
}

/// Whether an element is beside what is said, or deleted.
fn is_beside(node: Node) -> bool {
    is_note(node) || name(node) == "tracked-changes"
}

fn stated_language(document: &Document) -> Language {
    let Ok(meta) = unpack(document.bytes, META, FORMAT.name) else { return Language::UNKNOWN };
    let inner = Document::new(document.path, document.bytes, meta);
    let Ok(parsed) = xml::parse(&inner, FORMAT.name) else { return Language::UNKNOWN };
    let named = parsed.descendants().find(|node| name(*node) == "language");
    named.and_then(|node| node.text()).map_or(Language::UNKNOWN, language::named)
}

/// What the styles of a document say.
struct Styles<'a> {
    bold: FxHashSet<&'a str>,
    /// The style that one made by the program is based on.
    parents: FxHashMap<&'a str, &'a str>,
}

impl<'a> Styles<'a> {
    fn find(root: Node<'a, '_>) -> Self {
        let mut styles = Styles { bold: FxHashSet::default(), parents: FxHashMap::default() };
        for style in root.descendants().filter(|node| name(*node) == "style") {
            let Some(id) = attribute(style, "name") else { continue };
            let weight = style.children().filter(|child| name(*child) == "text-properties");
            if weight.filter_map(|child| attribute(child, "font-weight")).any(is_bold_weight) {
                styles.bold.insert(id);
            }
            styles.parents.insert(id, attribute(style, "parent-style-name").unwrap_or(""));
        }
        styles
    }

    fn is_bold(&self, style: &str) -> bool {
        self.bold.contains(style) || style.starts_with("Strong")
    }

    /// The name of a paragraph's style that its writer chose; empty for the usual ones.
    fn named(&self, style: &'a str) -> String {
        let style = self.parents.get(style).copied().unwrap_or(style);
        let is_usual = matches!(style, "Standard" | "Text_20_body" | "Default");
        if is_usual { String::new() } else { style.replace("_20_", " ") }
    }
}

fn is_bold_weight(weight: &str) -> bool {
    weight == "bold" || weight.parse().is_ok_and(|weight: u32| weight >= 600)
}

fn blocks(root: Node) -> Vec<Block> {
    let styles = Styles::find(root);
    let mut found: Vec<Block> = Vec::new();
    let (mut n_paragraphs, mut table) = (0, 0);
    let mut row: Option<(Node, Vec<String>)> = None;
    for node in root.descendants().filter(Node::is_element) {
        match name(node) {
            "table" => table += 1,
            "table-row" => {
                let cells = row.replace((node, Vec::new())).map(|(_, cells)| cells);
                found.extend(cells.and_then(|cells| paragraphs::row(table, cells, found.last())));
            }
            "table-cell" => {
                if let Some((_, cells)) = row.as_mut() {
                    cells.push(String::new());
                }
            }
            "p" | "h" if !node.ancestors().any(is_beside) => {
                n_paragraphs += 1;
                let paragraph = paragraph(node, n_paragraphs, &styles);
                if row.as_ref().is_some_and(|(row, _)| !node.ancestors().any(|ancestor| ancestor == *row)) {
                    let cells = row.take().map(|(_, cells)| cells);
                    found.extend(cells.and_then(|cells| paragraphs::row(table, cells, found.last())));
                }
                match row.as_mut().and_then(|(_, cells)| cells.last_mut()) {
                    Some(cell) => *cell = collapse(&format!("{cell} {}", paragraph.text)),
                    None => found.extend(paragraphs::block(paragraph)),
                }
            }
            _ => {}
        }
    }
    found.extend(row.and_then(|(_, cells)| paragraphs::row(table, cells, found.last())));
    styles::announce(&mut found);
    found
}

fn paragraph(node: Node, number: usize, styles: &Styles) -> Paragraph {
    let style = attribute(node, "style-name").unwrap_or("");
    let mut found = Paragraph {
        number,
        heading: heading(node, style),
        style: styles.named(style),
        ..Paragraph::default()
    };
    let mut only_bold = true;
    let mut open: Vec<(Node, bool)> = vec![(node, styles.is_bold(style))];
    while let Some((next, is_bold)) = open.pop() {
        if next.is_text() {
            let text = next.text().unwrap_or("");
            only_bold &= is_bold || text.trim().is_empty();
            found.text.extend(text.chars().map(written));
            if only_bold {
                found.bold = found.text.len();
            }
            continue;
        }
        match name(next) {
            "s" | "tab" => found.text.push(' '),
            "line-break" => found.text.push('\n'),
            "p" | "h" | "table" if next != node => {}
            _ if is_beside(next) => {}
            _ => {
                let is_bold = is_bold || attribute(next, "style-name").is_some_and(|s| styles.is_bold(s));
                open.extend(next.children().rev().map(|child| (child, is_bold)));
            }
        }
    }
    found
}

/// A character as it is laid out: line ends of the XML are spaces.
fn written(c: char) -> char {
    match c {
        '\n' | '\r' | '\t' => ' ',
        c if is_soft_line_end(c) => '\n',
        c => c,
    }
}

/// The level of a heading, 0 for other paragraphs.
fn heading(node: Node, style: &str) -> usize {
    if name(node) != "h" {
        return usize::from(style == "Title");
    }
    attribute(node, "outline-level")
        .and_then(|level| level.parse().ok())
        .map_or(1, |level: usize| level.clamp(1, 6))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::super::read;
    use super::super::tests::{check_invariants, turns};
    use super::*;

    fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    fn content(body: &str) -> String {
        let uri = |name: &str| format!("xmlns:{name}='urn:oasis:names:tc:opendocument:xmlns:{name}:1.0'");
        let declared: Vec<String> = ["office", "text", "style", "table", "fo"].into_iter().map(uri).collect();
        format!(
            "<office:document-content {} xmlns:dc='http://purl.org/dc/elements/1.1/'><office:automatic-styles>\
             <style:style style:name='T1' style:family='text'><style:text-properties fo:font-weight='bold'/></style:style>\
             </office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>",
            declared.join(" ")
        )
    }

    fn session(body: &str) -> Session {
        let bytes = archive(&[("mimetype", MEDIA_TYPE), (CONTENT, &content(body))]);
        let session = read(&bytes, "a.odt", None).unwrap().sessions.remove(0);
        check_invariants(&session);
        session
    }

    #[test]
    fn paragraphs_are_lines_and_deletions_are_left_out() {
        let session = session(
            "<text:tracked-changes><text:changed-region><text:deletion><text:p>Cy: Never.</text:p></text:deletion>\
             </text:changed-region></text:tracked-changes><text:h text:outline-level='1'>Ferry</text:h>\
             <text:p>Ann Lee: One<text:s text:c='2'/>&amp;\n two.</text:p><text:p/>\
             <text:p>Bo Ek:<text:tab/>Three<text:line-break/>fo<text:span>ur.</text:span></text:p>\
             <text:p>Ann Lee: Five.</text:p>",
        );
        assert_eq!(
            turns(&session),
            [("Ann Lee", "One & two."), ("Bo Ek", "Three\nfour."), ("Ann Lee", "Five.")]
        );
        assert_eq!((session.title.as_str(), session.line_of(0, 0), session.line_of(1, 0)), ("Ferry", 2, 4));
        assert!(session.warnings.is_empty(), "{:?}", session.warnings);
    }

    #[test]
    fn names_in_bold_and_tables_are_read() {
        let bold = |name: &str, text: &str| {
            format!("<text:p><text:span text:style-name='T1'>{name}</text:span> {text}</text:p>")
        };
        let paragraphs = [bold("Ann Lee", "One."), bold("Bo Ek", "Two."), bold("Ann Lee", "Three.")].concat();
        assert_eq!(
            turns(&session(&paragraphs)),
            [("Ann Lee", "One."), ("Bo Ek", "Two."), ("Ann Lee", "Three.")]
        );
        let cell = |text: &str| format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>");
        let row = |name: &str, text: &str| {
            format!("<table:table-row>{}{}</table:table-row>", cell(name), cell(text))
        };
        let rows = [row("Ann Lee", "One."), row("Bo Ek", "Two."), row("Ann Lee", "Three.")].concat();
        assert_eq!(turns(&session(&format!("<table:table>{rows}</table:table>"))).len(), 3);
    }

    #[test]
    fn notes_and_comments_are_in_the_ledger_and_nobody_says_them() {
        let session = session(
            "<text:p>Ann Lee: One<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>See \
             this.</text:p></text:note-body></text:note> more.</text:p><text:p>Bo Ek: Two<office:annotation>\
             <dc:creator>Cy</dc:creator><text:p>Check</text:p></office:annotation>.</text:p><text:p>Ann Lee: Three.</text:p>",
        );
        assert_eq!(turns(&session), [("Ann Lee", "One more."), ("Bo Ek", "Two."), ("Ann Lee", "Three.")]);
        assert_eq!((session.outside.headers, session.outside.unattributed), (5, 0));
        assert_eq!(session.warnings.iter().map(|w| w.code.as_str()).collect::<Vec<_>>(), ["notes"]);
    }

    #[test]
    fn what_cannot_be_read_is_refused_with_a_remedy() {
        let manifest = "<manifest><encryption-data/></manifest>";
        let locked = archive(&[("mimetype", MEDIA_TYPE), (CONTENT, "\u{1}"), (MANIFEST, manifest)]);
        let broken = archive(&[("mimetype", MEDIA_TYPE), (CONTENT, "<a><b></a>")]);
        let sheet =
            archive(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), (CONTENT, "<a/>")]);
        for (bytes, needle) in [(&locked, "password"), (&broken, "well-formed"), (&sheet, "ZIP")] {
            let message = read(bytes, "a.odt", None).unwrap_err().to_string();
            assert!(message.contains(needle), "{message}");
        }
    }
}
