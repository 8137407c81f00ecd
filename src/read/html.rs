//! Transcripts saved as web pages: scripts, styles and navigation are left out, the rest is read
//! as lines of text.

mod head;

use std::borrow::Cow;

use ego_tree::iter::Edge;
use memchr::memmem;

use self::head::{stated_language, title};
use super::blocks::{self, Block};
use super::decode::LineIndex;
use super::elements::{is_block, is_skipped, is_without_text};
use super::laid_out::{self, TextLines};
use super::page;
use super::spaces::{collapse, push_collapsed};
use super::tree::{Element, Node};
use super::xml::root_name;
use super::{Confidence, Document, Format, count};
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Language, Session, count_words, is_soft_line_end};

pub(super) const FORMAT: Format = Format {
    name: "html",
    about: "a saved web page with any of the text formats in it",
    extensions: &["html", "htm", "xhtml"],
    confidence,
    read,
    source_text: count::html,
};

fn confidence(document: &Document) -> Confidence {
    let is_html = root_name(&document.text).is_some_and(|name| {
        ["html", "body", "div", "article", "main"].contains(&name.to_lowercase().as_str())
    });
    if !is_html {
        return Confidence::NONE;
    }
    if let Some(found) = by_beginning(document) {
        return found;
    }
    match page_of(document) {
        Ok(page) => of_lines(&laid_out::confidence(document, page.lines.clone())),
        Err(reason) => Confidence::new(0.9, format!("a web page; {reason}")),
    }
}

/// Bytes of the beginning by which a long page is told.
const BEGINNING: usize = 256 << 10;

/// How sure a long page is one with speakers, where its beginning has some: the rest is parsed when it is read.
fn by_beginning(document: &Document) -> Option<Confidence> {
    if document.text.len() <= 2 * BEGINNING || document.page.get().is_some() {
        return None;
    }
    let beginning = document.text.get(..document.text.floor_char_boundary(BEGINNING))?;
    let page = parse(beginning.get(..beginning.rfind('<')?)?).ok()?;
    let found = laid_out::confidence(document, page.lines);
    (found.value >= super::RECOGNISED).then(|| of_lines(&found))
}

/// How sure a page is one, by how sure its lines are in a format.
fn of_lines(found: &Confidence) -> Confidence {
    // A page without speakers is still a page: reading it says what is missing.
    let has_voices = found.value >= super::RECOGNISED;
    Confidence::new(
        0.9_f64.max(found.value).min(if has_voices { 0.95 } else { 0.3 }),
        if found.reason.is_empty() {
            "a web page".to_owned()
        } else {
            format!("a web page; {}", found.reason)
        },
    )
}

fn read(document: &Document) -> Result<Vec<Session>> {
    let page = page_of(document).as_ref().map_err(|reason| {
        Error::new(ErrorKind::Malformed { format: FORMAT.name, reason: reason.clone() })
            .remedy("save the text of the page instead, one paragraph a line")
    })?;
    let mut sessions = laid_out::read(document, page.lines.clone(), &page.title)?;
    sessions.iter_mut().for_each(|session| session.language = page.language);
    if let Some(session) = sessions.first_mut() {
        session.outside.headers += page.words_around;
        session.input_words += page.words_around;
    }
    Ok(sessions)
}

/// The parsed page, or why it cannot be parsed.
fn page_of<'d>(document: &'d Document) -> &'d std::result::Result<Page, String> {
    document.page.get_or_init(|| parse(&document.text))
}

/// What a page holds.
#[derive(Debug)]
pub(super) struct Page {
    lines: TextLines,
    title: String,
    language: Language,
    /// Words of navigation and the like.
    words_around: u64,
}

/// Takes a page apart; the reason where it is too deep or too large.
fn parse(text: &str) -> std::result::Result<Page, String> {
    let page = page::parse(text)?;
    let mut writer = Writer { source: text, index: LineIndex::new(text), ..Writer::default() };
    for edge in page.root().traverse() {
        match edge {
            Edge::Open(node) => writer.open(node.value()),
            Edge::Close(node) => writer.close(node.value()),
        }
    }
    writer.flush();
    writer.end_around();
    let (title, language) = (title(&page).unwrap_or_default(), stated_language(&page));
    let lines = blocks::to_lines(&writer.blocks);
    Ok(Page { lines, title, language, words_around: writer.words_around })
}

/// Whether a page says that an element is not shown.
fn is_hidden(element: &Element) -> bool {
    let style = element.attr("style").unwrap_or("").replace([' ', '\t', '\n'], "").to_ascii_lowercase();
    element.attr("hidden").is_some() || style.contains("display:none")
}

/// Whether an element shows when something was said, beside a name and not as a part of it.
fn is_time(element: &Element) -> bool {
    element.name() == "time" || element.classes().any(|class| class.to_ascii_lowercase().contains("time"))
}

/// What stands before the first line end of a text, the line end, and what stands behind it. What ends a line in text
/// does so on a page too, but for the characters that HTML calls white space.
fn split_at_line_end(text: &str) -> Option<(&str, char, &str)> {
    let is_end = |c: char| c == '\n' || is_soft_line_end(c) && !c.is_ascii();
    let at = if text.is_ascii() { text.find('\n') } else { text.find(is_end) }?;
    let (before, rest) = text.split_at(at);
    let c = rest.chars().next()?;
    Some((before, c, rest.get(c.len_utf8()..)?))
}

/// How far ahead the words of a block are looked for, in bytes, and how many times the length of
/// the source may be searched in all.
const SEARCH_WINDOW: usize = 200_000;

/// How far ahead they are looked for first, in bytes: more than a paragraph and its markup take.
const NEAR_WINDOW: usize = 4096;

const MAX_SEARCHES: usize = 50;

#[derive(Default)]
struct Writer<'a> {
    source: &'a str,
    index: LineIndex,
    /// Where in the source the last block was found.
    cursor: usize,
    /// Bytes searched for blocks, bounded by a multiple of the source.
    searched: usize,
    blocks: Vec<Block>,
    buffer: String,
    bold_buffer: String,
    skipped: usize,
    /// Open elements without text.
    without_text: usize,
    /// Text of the elements around the page's own, and how many words were in it.
    around: String,
    words_around: u64,
    bold: usize,
    heading: usize,
    /// Open elements in which line ends are kept.
    preformatted: usize,
    /// The tables that are open, by number, and how many there are.
    tables: Vec<usize>,
    n_tables: usize,
    cells: Option<Vec<String>>,
    /// The cells, and the text of the last, of the rows around a table in a cell.
    outer: Vec<(Option<Vec<String>>, String)>,
}

impl Writer<'_> {
    fn open(&mut self, node: &Node) {
        match node {
            Node::Text(text) if self.skipped == 0 => self.text(text),
            Node::Text(text) if self.without_text == 0 => self.around.push_str(text),
            Node::Element(element) => {
                let name = element.name();
                let has_no_text = is_without_text(name);
                let is_around = is_skipped(name) || is_hidden(element);
                if self.skipped > 0 || has_no_text || is_around {
                    self.skipped += 1;
                    self.without_text += usize::from(has_no_text);
                    self.around(name);
                    return;
                }
                if is_block(name) {
                    self.end_block();
                }
                if is_time(element) {
                    self.buffer.push(' ');
                }
                match name {
                    "br" => self.buffer.push('\n'),
                    "b" | "strong" => self.bold += 1,
                    "pre" => self.preformatted += 1,
                    "table" => {
                        self.n_tables += 1;
                        self.tables.push(self.n_tables);
                    }
                    "tr" if !self.tables.is_empty() => {
                        self.outer.push((self.cells.take(), std::mem::take(&mut self.buffer)));
                        self.cells = Some(Vec::new());
                    }
                    "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                        self.heading = name.trim_start_matches('h').parse().unwrap_or(0);
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, node: &Node) {
        let Node::Element(element) = node else { return };
        let name = element.name();
        if self.skipped > 0 {
            self.skipped -= 1;
            self.around(name);
            self.without_text -= usize::from(is_without_text(name)).min(self.without_text);
            return;
        }
        match name {
            "b" | "strong" => self.bold = self.bold.saturating_sub(1),
            "pre" => self.preformatted = self.preformatted.saturating_sub(1),
            "dt" if !self.buffer.trim().is_empty() && !self.buffer.trim_end().ends_with(':') => {
                self.buffer.truncate(self.buffer.trim_end().len());
                self.buffer.push(':');
            }
            "td" | "th" => {
                if let Some(cells) = self.cells.as_mut() {
                    cells.push(collapse(&std::mem::take(&mut self.buffer)));
                }
            }
            "tr" => self.row(),
            "table" => drop(self.tables.pop()),
            _ => {}
        }
        if is_block(name) {
            self.end_block();
            if name.len() == 2 && name.starts_with('h') {
                self.heading = 0;
            }
        }
    }

    fn text(&mut self, text: &str) {
        if self.bold > 0 && self.buffer.trim() == self.bold_buffer.trim() {
            self.bold_buffer.push_str(text);
        }
        let end = if self.preformatted > 0 { '\n' } else { ' ' };
        let mut rest = text;
        while let Some((before, c, after)) = split_at_line_end(rest) {
            self.buffer.push_str(before);
            self.buffer.push(if c == '\n' { end } else { '\n' });
            rest = after;
        }
        self.buffer.push_str(rest);
    }

    /// Ends a paragraph, or within a cell a word.
    fn end_block(&mut self) {
        if self.cells.is_none() { self.flush() } else { self.buffer.push(' ') }
    }

    /// Notes a boundary of an element around the page's own text.
    fn around(&mut self, name: &str) {
        if self.skipped <= 1
            || matches!(name, "br" | "td" | "th" | "time")
            || is_block(name)
            || is_skipped(name)
        {
            self.end_around();
        }
    }

    fn end_around(&mut self) {
        self.words_around += count_words(&self.around);
        self.around.clear();
    }

    fn row(&mut self) {
        let Some(mut cells) = self.cells.take() else { return };
        let stray = collapse(&std::mem::take(&mut self.buffer));
        cells.extend(Some(stray).filter(|text| !text.is_empty()));
        (self.cells, self.buffer) = self.outer.pop().unwrap_or_default();
        if cells.iter().any(|cell| !cell.is_empty()) {
            let text = cells.join(" ");
            let line = self.locate(&text);
            let table = self.tables.last().copied().unwrap_or(0);
            self.blocks.push(Block { text, row: Some((table, cells)), line, ..Block::default() });
        }
    }

    fn flush(&mut self) {
        let mut lines = String::with_capacity(self.buffer.len());
        for line in self.buffer.split('\n') {
            push_collapsed(&mut lines, line);
            lines.push('\n');
        }
        let text = lines.trim().to_owned();
        let bold = collapse(&self.bold_buffer);
        self.buffer.clear();
        self.bold_buffer.clear();
        if text.is_empty() {
            return;
        }
        let bold = if text.starts_with(&bold) { bold.len() } else { 0 };
        let line = self.locate(&text);
        self.blocks.push(Block { text, heading: self.heading, bold, line, ..Block::default() });
    }

    /// The source line of a text: where its first words stand next, after the block before.
    fn locate(&mut self, text: &str) -> usize {
        let is_changed = |c: char| matches!(c, '&' | '<' | '>' | '"' | '\'' | '\n' | '\u{A0}');
        let plain = text.get(..text.find(is_changed).unwrap_or(text.len())).unwrap_or("");
        // Nearly always single spaces stand between the words.
        let plain =
            if plain.contains("  ") { Cow::Owned(collapse(plain)) } else { Cow::Borrowed(plain.trim()) };
        let ends: Vec<usize> =
            plain.match_indices(' ').map(|(at, _)| at).take(4).chain([plain.len()]).collect();
        let rest = self.source.get(self.cursor..).unwrap_or("");
        if self.searched > MAX_SEARCHES * self.source.len() {
            return self.index.line(self.cursor);
        }
        let within = |window: usize| rest.get(..rest.floor_char_boundary(window)).unwrap_or(rest);
        let (near, far) = (within(NEAR_WINDOW), within(SEARCH_WINDOW));
        let find = |text: &str, n: usize| {
            let end = n.min(ends.len()).checked_sub(1).and_then(|last| ends.get(last));
            let start = plain.get(..end.copied().unwrap_or(0)).unwrap_or("");
            let found = memmem::find(text.as_bytes(), start.as_bytes()).filter(|_| !start.is_empty());
            found.map(|at| (at, start.len()))
        };
        // Nearly all blocks begin close behind the one before; a single word is sure where a tag stands before it.
        let after_tag =
            |&(at, _): &(usize, usize)| near.get(..at).is_some_and(|before| before.trim_end().ends_with('>'));
        let close = find(near, 4).or_else(|| find(near, 2)).or_else(|| find(near, 1).filter(after_tag));
        let found = close.or_else(|| [4, 2, 1].into_iter().find_map(|n| find(far, n)));
        if let Some((at, length)) = found {
            let found = self.cursor + at;
            self.cursor = found + length;
            self.searched += at;
            return self.index.line(found);
        }
        self.searched += 3 * far.len();
        self.index.line(self.cursor)
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::super::tests::{read_as, turns};

    fn check(html: &str, expected: &[(&str, &str)]) {
        assert_eq!(turns(&read_as("html", html)), expected, "{html}");
    }

    #[test]
    fn scripts_styles_and_navigation_are_left_out() {
        let session = read_as(
            "html",
            "<!DOCTYPE html>\n<html lang='en-GB'><head><title>Ferry &amp; co</title><style>p{}</style></head>\n<body>\n<nav>Home: \
             yes</nav>\n<script>let a = \"Bo: x\";</script>\n<p>Ann Lee: One &lt;two&gt;<br>three.</p>\n<div><p>Bo\n\
             Ek: Four.</p></div>\n<p>Ann Lee: Five.</p><footer>Bye: all</footer></body></html>",
        );
        assert_eq!(
            turns(&session),
            [("Ann Lee", "One <two>\nthree."), ("Bo Ek", "Four."), ("Ann Lee", "Five.")]
        );
        assert_eq!((session.title.as_str(), session.language.code()), ("Ferry & co", "en"));
        assert_eq!([session.line_of(0, 0), session.line_of(1, 0)], [6, 7]);
    }

    #[test]
    fn names_in_bold_need_no_colon() {
        check(
            "<html><body><h1>Minutes</h1><p><b>Ann Lee</b> One.</p><p>More.</p><p><strong>Bo Ek</strong></p><p>Two.</p>\
             <p><b>Ann Lee</b> Three.</p></body></html>",
            &[("Ann Lee", "One.\n\nMore."), ("Bo Ek", "Two."), ("Ann Lee", "Three.")],
        );
    }

    #[test]
    fn a_time_beside_a_name_is_no_part_of_it() {
        check(
            "<html><body><div><span>Ann Lee</span><span class='timestamp'>0:01</span><p>One.</p></div><div><span>Bo Ek\
             </span><time>0:05</time><p>Two.</p></div><div><span>Ann Lee</span><time>0:09</time><p>Three.</p></div></body></html>",
            &[("Ann Lee", "One."), ("Bo Ek", "Two."), ("Ann Lee", "Three.")],
        );
    }

    #[test]
    fn a_table_of_speech_is_read_and_a_table_of_people_is_a_roster() {
        let session = read_as(
            "html",
            "<html><body><h1>M</h1><table><tr><th>Name</th><th>Organisation</th></tr><tr><td>Ann Lee</td><td>Harbour</td>\
             </tr></table><table><tr><td>Ann Lee</td><td>One.</td></tr><tr><td>Bo Ek</td><td>Two.</td></tr><tr><td>Ann \
             Lee</td><td>Three.</td></tr><tr><td>Bo Ek</td><td>Four.</td></tr></table></body></html>",
        );
        assert_eq!(turns(&session).len(), 4);
        assert_eq!(session.attendees[0].stakeholder, "Harbour");
    }

    #[test]
    fn what_is_not_shown_is_not_said_and_preformatted_lines_are_lines() {
        check(
            "<html><body><p>Ann Lee: One. <a href='#1' style='display: none;'>mark</a></p><p>Bo Ek: Two.</p><p>Ann Lee: Three.</p></body></html>",
            &[("Ann Lee", "One."), ("Bo Ek", "Two."), ("Ann Lee", "Three.")],
        );
        check(
            "<html><body><pre>\nNIGHT FERRY\n\n  The SPEAKER. The gentleman is heard.\n  Mr. McDOYLE. Mr. Speaker, we oppose\nthe levy.\n  \
             The SPEAKER. Without objection.\n</pre></body></html>",
            &[
                ("The SPEAKER", "The gentleman is heard."),
                ("Mr. McDOYLE", "Mr. Speaker, we oppose\nthe levy."),
                ("The SPEAKER", "Without objection."),
            ],
        );
    }

    #[test]
    fn a_page_without_speakers_is_refused() {
        let message =
            read(b"<html><body><p>Nothing here.</p></body></html>", "a.html", None).unwrap_err().to_string();
        assert!(message.contains("no turns were found"), "{message}");
    }
}
