//! Text between the tags of XML and HTML, cut from the source by a scan for angle brackets.

use super::Visit;
use crate::read::Document;
#[cfg(feature = "html")]
use crate::read::elements;
use crate::read::xml::Dialect;

/// What a tag does to the text around it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    /// It stands within words.
    None,
    /// A word ends at it.
    Break,
    /// What it holds is no text.
    Skip,
    /// What it holds is no text, nor are there tags in it.
    Raw,
}

/// A tag of markup.
pub(super) struct Tag<'a> {
    /// Its name without prefix, in lower case for HTML.
    pub(super) name: &'a str,
    pub(super) closes: bool,
    pub(super) is_empty: bool,
    attributes: &'a str,
}

/// A scan over markup.
struct Scan<'v, 'd> {
    visit: &'v mut Visit<'d>,
    /// Text since the last break and the line on which it begins.
    text: String,
    line: usize,
    /// The element that is being skipped, and how many of its name are open.
    skipped: Option<(String, usize)>,
}

impl Scan<'_, '_> {
    fn add(&mut self, text: &str, line: usize) {
        if self.skipped.is_some() {
            return;
        }
        if self.text.trim().is_empty() {
            self.line = line + text.chars().take_while(|c| c.is_whitespace()).filter(|&c| c == '\n').count();
        }
        self.text.push_str(text);
    }

    fn end(&mut self) {
        if !self.text.trim().is_empty() {
            (self.visit)(self.line, &self.text);
        }
        self.text.clear();
    }

    fn tag(&mut self, tag: &Tag, effect: Effect) {
        if let Some((name, depth)) = self.skipped.as_mut() {
            if tag.name == name.as_str() {
                match (tag.closes, tag.is_empty) {
                    (true, _) => *depth -= 1,
                    (false, false) => *depth += 1,
                    (false, true) => {}
                }
            }
            if *depth == 0 {
                self.skipped = None;
            }
            return;
        }
        if effect != Effect::None {
            self.end();
        }
        if matches!(effect, Effect::Skip | Effect::Raw) && !tag.closes && !tag.is_empty {
            self.skipped = Some((tag.name.to_owned(), 1));
        }
    }
}

/// Scans markup; `effect` says what a tag does, `joins` whether white space between two tags is none.
pub(super) fn scan(
    source: &str,
    is_html: bool,
    effect: &dyn Fn(&Tag) -> Effect,
    joins: &dyn Fn(&[Option<Joint>; 2]) -> bool,
    visit: &mut Visit,
) {
    let mut scan = Scan { visit, text: String::new(), line: 1, skipped: None };
    let (mut rest, mut line) = (source, 1);
    let mut before: Option<Joint> = None;
    let mut open: Vec<Option<Joint>> = Vec::new();
    while !rest.is_empty() {
        let at = rest.find('<').unwrap_or(rest.len());
        let (text, markup) = rest.split_at(at);
        let begins = line;
        line += n_line_ends(text);
        let (length, tag) = markup_at(markup, is_html);
        let joint = tag.as_ref().and_then(|tag| Joint::of(tag.attributes));
        let after = joint.filter(|_| tag.as_ref().is_some_and(|tag| !tag.closes));
        let is_joint = text.trim().is_empty() && joins(&[before, after]);
        if !is_joint {
            // Most text holds no reference.
            match text.contains('&') {
                true => scan.add(&decoded(text, is_html), begins),
                false => scan.add(text, begins),
            }
        }
        let taken = markup.get(..length).unwrap_or("");
        if let Some(cdata) = taken.strip_prefix("<![CDATA[").filter(|_| !is_html) {
            scan.add(cdata.strip_suffix("]]>").unwrap_or(cdata), line);
        } else if tag.is_none() && length == 1 {
            scan.add("<", line);
        }
        line += n_line_ends(taken);
        rest = markup.get(length..).unwrap_or("");
        let Some(tag) = tag else { continue };
        before = if tag.closes {
            open.pop().flatten()
        } else if tag.is_empty {
            joint
        } else {
            None
        };
        if !tag.closes && !tag.is_empty {
            open.push(joint);
        }
        let what = effect(&tag);
        scan.tag(&tag, what);
        if what == Effect::Raw && !tag.closes && scan.skipped.is_some() {
            let end = raw_end(rest, tag.name);
            line += n_line_ends(rest.get(..end).unwrap_or(""));
            rest = rest.get(end..).unwrap_or("");
        }
    }
    scan.end();
}

fn n_line_ends(text: &str) -> usize {
    memchr::memchr_iter(b'\n', text.as_bytes()).count()
}

/// Where the closing tag of an element without markup in it begins.
fn raw_end(text: &str, name: &str) -> usize {
    let is_end = |at: &usize| {
        let tag = text.get(at + 2..).unwrap_or("");
        tag.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name))
    };
    text.match_indices("</").map(|(at, _)| at).find(is_end).unwrap_or(text.len())
}

/// The length of the markup that a text begins with, and its tag, if it is one.
pub(super) fn markup_at(text: &str, is_html: bool) -> (usize, Option<Tag<'_>>) {
    let until = |end: &str, from: usize| {
        text.get(from..).and_then(|rest| rest.find(end)).map_or(text.len(), |at| from + at + end.len())
    };
    if text.is_empty() {
        return (0, None);
    }
    if text.starts_with("<!--") {
        return (until("-->", 4), None);
    }
    if text.starts_with("<![CDATA[") && !is_html {
        return (until("]]>", 9), None);
    }
    if text.starts_with("<?") || text.starts_with("<!") {
        return (until(">", 1), None);
    }
    let inner = text.get(1..).unwrap_or("");
    let closes = inner.starts_with('/');
    let named = inner.trim_start_matches('/');
    if !named.starts_with(|c: char| c.is_alphabetic() || c == '_') {
        return (1, None);
    }
    let length = end_of_tag(text);
    let inside = text.get(1..length.saturating_sub(1)).unwrap_or("").trim_start_matches('/');
    let name_end = inside.find(|c: char| c.is_whitespace() || c == '/').unwrap_or(inside.len());
    let (name, attributes) = inside.split_at(name_end);
    let name = name.rsplit(':').next().unwrap_or(name);
    (length, Some(Tag { name, closes, is_empty: attributes.ends_with('/'), attributes }))
}

/// Bytes of a tag to its `>`, which may stand in quotes before.
fn end_of_tag(text: &str) -> usize {
    let mut quote: Option<char> = None;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        match quote {
            Some(mark) if c == mark => quote = None,
            Some(_) => {}
            None if matches!(c, '"' | '\'') && before == '=' => quote = Some(c),
            None if c == '>' => return at + 1,
            None => {}
        }
        if !c.is_whitespace() {
            before = c;
        }
    }
    text.len()
}

/// What an annotated word says of the white space beside it.
#[derive(Clone, Copy)]
pub(super) struct Joint {
    left: bool,
    right: bool,
}

impl Joint {
    fn of(attributes: &str) -> Option<Joint> {
        let (_, value) = attributes.split_once("join=")?;
        let value = value.get(1..)?;
        let is = |side: &str| value.starts_with(side) || value.starts_with("both");
        Some(Joint { left: is("left"), right: is("right") })
    }
}

/// The text of references: white space, or what is part of a word.
fn decoded(text: &str, is_html: bool) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        decoded.push_str(rest.get(..at).unwrap_or(""));
        let body = rest.get(at + 1..).unwrap_or("");
        let end = body.find(|c: char| !(c.is_ascii_alphanumeric() || c == '#')).unwrap_or(body.len());
        let name = body.get(..end).unwrap_or("");
        let number = name.strip_prefix('#').and_then(|digits| match digits.strip_prefix(['x', 'X']) {
            Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok(),
            None => digits.parse().ok(),
        });
        let is_closed = body.get(end..).is_some_and(|rest| rest.starts_with(';'));
        match number.and_then(char::from_u32) {
            Some(character) => decoded.push(character),
            None if is_html && SPACES.contains(&name) => decoded.push(' '),
            None if is_closed => decoded.push('x'),
            None => {
                decoded.push('&');
                rest = body;
                continue;
            }
        }
        rest = body.get(end + usize::from(is_closed)..).unwrap_or("");
    }
    decoded.push_str(rest);
    decoded
}

/// Names of white space in HTML.
const SPACES: &[&str] = &[
    "nbsp",
    "NonBreakingSpace",
    "ensp",
    "emsp",
    "emsp13",
    "emsp14",
    "numsp",
    "puncsp",
    "thinsp",
    "ThinSpace",
    "hairsp",
    "VeryThinSpace",
    "MediumSpace",
    "Tab",
    "NewLine",
];

/// Visits the text of an XML document outside of the elements that hold none of it.
pub(in crate::read) fn xml(document: &Document, dialect: &Dialect, visit: &mut Visit) {
    let effect = |tag: &Tag| {
        let is_in = |names: &[&str]| names.contains(&tag.name);
        if is_in(dialect.skipped) {
            Effect::Skip
        } else if is_in(dialect.speeches)
            || is_in(dialect.paragraphs)
            || is_in(dialect.headings)
            || is_in(dialect.asides)
        {
            Effect::Break
        } else {
            Effect::None
        }
    };
    let joins = |[before, after]: &[Option<Joint>; 2]| {
        before.is_some_and(|joint| joint.right) || after.is_some_and(|joint| joint.left)
    };
    scan(&document.text, false, &effect, &joins, visit);
}

/// Visits the text of a web page outside of scripts and the like.
#[cfg(feature = "html")]
pub(in crate::read) fn html(document: &Document, visit: &mut Visit) {
    let effect = |tag: &Tag| {
        let name = tag.name.to_ascii_lowercase();
        let name = name.as_str();
        if ["script", "style", "noscript", "iframe", "title", "noembed", "noframes"].contains(&name) {
            Effect::Raw
        } else if elements::is_without_text(name) && name != "head" {
            Effect::Skip
        } else if elements::is_block(name)
            || elements::is_skipped(name)
            || ["td", "th", "br", "time", "html"].contains(&name)
            || tag.attributes.to_ascii_lowercase().contains("time")
        {
            Effect::Break
        } else {
            Effect::None
        }
    };
    scan(&document.text, true, &effect, &|_| false, visit);
}

/// A text without the hyphens that divide words at line ends.
pub(in crate::read) fn rejoined(text: &str) -> String {
    let mut whole = String::with_capacity(text.len());
    for line in text.split('\n').map(str::trim) {
        let is_divided = whole.strip_suffix('-').is_some_and(|stem| stem.ends_with(char::is_alphabetic));
        if is_divided && line.starts_with(char::is_lowercase) {
            whole.pop();
        } else {
            whole.push('\n');
        }
        whole.push_str(line);
    }
    whole
}
