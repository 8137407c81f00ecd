//! What the XML formats share: parsing that refuses what is dangerous, and one walk over the
//! document that turns its elements into turns, headings and asides.

mod limits;

use roxmltree::{Document as Xml, Node, ParsingOptions};
use rustc_hash::FxHashMap;

pub(super) use self::limits::declares_entities;
use self::limits::{MAX_PREFIXES, beyond_prefixes, line_of};
use super::Document;
use super::decode::LineIndex;
use super::language::{self, Shares};
use super::spaces::collapse;
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Join, Language, Session, SessionBuilder, count_words, label_text};

/// Most nodes of a document: a larger one is refused. A year of debates, every word an element, has
/// some two million.
const MAX_NODES: u32 = 5_000_000;

/// Parses the text of a source. Documents that declare entities are refused: these can blow up. A DTD that is
/// only named, as archives do, declares none, since it is not fetched.
pub(super) fn parse<'a>(document: &'a Document, format: &'static str) -> Result<Xml<'a>> {
    if let Some(at) = beyond_prefixes(&document.text) {
        let line = document.text.get(..at).map_or(0, |above| above.matches('\n').count() as u64 + 1);
        let reason = format!("it declares more than {MAX_PREFIXES} prefixes of namespaces");
        let remedy = "declare the namespaces once, in the outermost element";
        return Err(Error::new(ErrorKind::Malformed { format, reason }).at_line(line).remedy(remedy));
    }
    let options = ParsingOptions {
        allow_dtd: !declares_entities(&document.text),
        nodes_limit: MAX_NODES,
        ..ParsingOptions::default()
    };
    Xml::parse_with_options(&document.text, options).map_err(|error| {
        let remedy = match error {
            roxmltree::Error::DtdDetected => "remove the <!DOCTYPE …> declaration, which may define entities",
            roxmltree::Error::NodesLimitReached => "split the document",
            _ => "check that the file is complete and well-formed",
        };
        let row = match error {
            roxmltree::Error::UnclosedRootNode => document.text.lines().count() as u64,
            roxmltree::Error::DtdDetected => line_of(&document.text, "<!DOCTYPE"),
            _ => u64::from(error.pos().row),
        };
        let reason = match error {
            roxmltree::Error::NodesLimitReached => format!("it has more than {MAX_NODES} elements and texts"),
            _ => error.to_string(),
        };
        Error::new(ErrorKind::Malformed { format, reason }).at_line(row).remedy(remedy)
    })
}

/// The name of the outermost element of a text, without its prefix, found without parsing it all.
pub(super) fn root_name(text: &str) -> Option<&str> {
    let mut rest = text.trim_start();
    loop {
        let tag = rest.strip_prefix('<')?;
        if let Some(declared) = tag.strip_prefix("!DOCTYPE") {
            let name = declared.trim_start();
            return name.get(..name.find(|c: char| c.is_whitespace() || matches!(c, '>' | '['))?);
        }
        if tag.starts_with(['?', '!']) {
            let end = if tag.starts_with("!--") {
                tag.find("-->").map(|at| at + 3)
            } else {
                tag.find('>').map(|at| at + 1)
            };
            rest = tag.get(end?..)?.trim_start();
            continue;
        }
        let end = tag.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'))?;
        let name = tag.get(..end)?;
        return Some(name.rsplit(':').next().unwrap_or(name));
    }
}

/// The collapsed text of an element.
pub(super) fn text_of(node: Node) -> String {
    let text: String = node.descendants().filter_map(|n| if n.is_text() { n.text() } else { None }).collect();
    collapse(&text)
}

/// The text of an element with a line end where an element of the dialect in it begins or ends.
pub(super) fn text_with_breaks(node: Node, dialect: &Dialect) -> String {
    let mut text = String::new();
    for edge in edges(node) {
        match edge {
            Edge::Open(inner) if inner.is_text() => text.push_str(inner.text().unwrap_or("")),
            Edge::Open(inner) | Edge::Close(inner)
                if inner.is_element() && dialect.knows(inner.tag_name().name()) =>
            {
                text.push('\n');
            }
            _ => {}
        }
    }
    text
}

/// A reference `#id` without its mark.
pub(super) fn reference(value: &str) -> &str {
    value.trim().trim_start_matches('#')
}

const XML_LANG: (&str, &str) = ("http://www.w3.org/XML/1998/namespace", "lang");

/// The language that a document names: that of most of its speeches by `xml:lang`, which elements
/// inherit, else the only one in its header (`<language ident>`, `<FRBRlanguage language>`).
pub(super) fn language(root: Node, dialect: &Dialect) -> Language {
    let mut shares = Shares::default();
    let above = root.ancestors().find_map(|node| node.attribute(XML_LANG));
    let (mut languages, mut n_speeches) = (vec![above], 0usize);
    let is_speech = |node: Node| dialect.speeches.contains(&node.tag_name().name());
    for edge in edges(root) {
        match edge {
            Edge::Open(node) if node.is_text() && n_speeches > 0 => {
                shares.add(languages.last().copied().flatten(), node.text().map_or(0, |t| t.trim().len()));
            }
            Edge::Open(node) if node.is_element() => {
                let inherited = languages.last().copied().flatten();
                languages.push(node.attribute(XML_LANG).or(inherited));
                n_speeches += usize::from(is_speech(node));
            }
            Edge::Close(node) if node.is_element() => {
                languages.pop();
                n_speeches -= usize::from(is_speech(node));
            }
            _ => {}
        }
    }
    if shares.most() != Language::UNKNOWN {
        return shares.most();
    }
    let mut listed: Vec<Language> = root
        .descendants()
        .filter_map(|node| match node.tag_name().name() {
            "language" => node.attribute("ident"),
            "FRBRlanguage" => node.attribute("language"),
            _ => None,
        })
        .map(language::named)
        .collect();
    listed.dedup();
    if let [only] = listed.as_slice() { *only } else { Language::UNKNOWN }
}

/// What the elements of a format mean.
pub(super) struct Dialect {
    /// Elements that hold the speech of one speaker.
    pub speeches: &'static [&'static str],
    /// Elements that begin a paragraph of speech.
    pub paragraphs: &'static [&'static str],
    pub headings: &'static [&'static str],
    /// Elements in or between speeches that are not said.
    pub asides: &'static [&'static str],
    /// Elements without content for readers.
    pub skipped: &'static [&'static str],
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Target {
    Outside,
    Speech,
    Heading,
    Aside,
    Skipped,
}

/// Writes a session from the elements below `root`; `label` names the speaker of a speech. What has
/// no speaker is unattributed.
pub(super) fn session_of(
    id: &str,
    root: Node,
    dialect: &Dialect,
    index: &LineIndex,
    label: &dyn Fn(Node) -> Option<String>,
) -> Session {
    let mut walk = Walk {
        builder: SessionBuilder::new(id),
        words: 0,
        buffer: String::new(),
        line: 0,
        target: Target::Outside,
        new_paragraph: true,
        speakers: Vec::new(),
        interrupted: false,
    };
    let mut targets = vec![Target::Outside];
    for edge in edges(root) {
        match edge {
            Edge::Open(node) if node.is_text() => walk.text(node, index),
            Edge::Open(node) if node.is_element() => {
                let name = node.tag_name().name();
                let inherited = targets.last().copied().unwrap_or(Target::Outside);
                let is_speech = dialect.speeches.contains(&name);
                let speaker = if is_speech { label(node) } else { None };
                let target = match dialect.target(name, inherited) {
                    Target::Speech if is_speech && speaker.is_none() => Target::Outside,
                    target => target,
                };
                walk.change(target);
                if let Some(speaker) = speaker.filter(|_| target == Target::Speech) {
                    walk.open_speech(speaker);
                } else if dialect.paragraphs.contains(&name) {
                    walk.flush();
                    walk.new_paragraph = true;
                }
                targets.push(target);
            }
            Edge::Close(node) if node.is_element() => {
                let name = node.tag_name().name();
                let closed = targets.pop();
                if dialect.headings.contains(&name) || dialect.asides.contains(&name) {
                    walk.flush();
                }
                if dialect.paragraphs.contains(&name) {
                    walk.flush();
                    walk.new_paragraph = true;
                }
                walk.change(targets.last().copied().unwrap_or(Target::Outside));
                if dialect.speeches.contains(&name) && closed == Some(Target::Speech) {
                    walk.close_speech();
                }
            }
            _ => {}
        }
    }
    walk.flush();
    walk.builder.finish(walk.words)
}

/// A step of a walk over a tree.
enum Edge<'a, 'd> {
    Open(Node<'a, 'd>),
    Close(Node<'a, 'd>),
}

/// All nodes of a tree in document order, each opened and closed; without recursion, so that
/// no depth is too deep.
fn edges<'a, 'd>(root: Node<'a, 'd>) -> impl Iterator<Item = Edge<'a, 'd>> {
    std::iter::successors(Some(Edge::Open(root)), move |edge| match *edge {
        Edge::Open(node) => Some(node.first_child().map_or(Edge::Close(node), Edge::Open)),
        Edge::Close(node) if node == root => None,
        Edge::Close(node) => node.next_sibling().map(Edge::Open).or_else(|| node.parent().map(Edge::Close)),
    })
}

impl Dialect {
    fn knows(&self, name: &str) -> bool {
        [self.speeches, self.paragraphs, self.headings, self.asides].iter().any(|names| names.contains(&name))
    }

    fn target(&self, name: &str, inherited: Target) -> Target {
        if inherited == Target::Skipped || self.skipped.contains(&name) {
            Target::Skipped
        } else if self.asides.contains(&name) || inherited == Target::Aside {
            Target::Aside
        } else if self.headings.contains(&name) || inherited == Target::Heading {
            Target::Heading
        } else if self.speeches.contains(&name) {
            Target::Speech
        } else {
            inherited
        }
    }
}

/// The walk over a document: what is being collected, and for what.
struct Walk {
    builder: SessionBuilder,
    words: u64,
    buffer: String,
    line: usize,
    target: Target,
    new_paragraph: bool,
    /// The speakers of the speeches that are open, outermost first.
    speakers: Vec<String>,
    /// Whether a speech within a speech has ended, so that the outer one goes on as a turn.
    interrupted: bool,
}

impl Walk {
    fn text(&mut self, node: Node, index: &LineIndex) {
        let Some(text) = node.text().filter(|_| self.target != Target::Skipped) else { return };
        if text.trim().is_empty() && is_joined(node) {
            return;
        }
        if self.buffer.trim().is_empty() {
            let lead = text.len() - text.trim_start().len();
            self.line = index.line(node.range().start + lead);
        }
        self.buffer.push_str(text);
    }

    fn change(&mut self, target: Target) {
        if target != self.target {
            self.flush();
            self.target = target;
        }
    }

    fn open_speech(&mut self, label: String) {
        self.flush();
        self.begin(&label);
        self.speakers.push(label);
    }

    fn begin(&mut self, label: &str) {
        let words = count_words(label);
        self.builder.turn(label).label_words(label, words).metadata_words(words);
        self.words += words;
        self.interrupted = false;
        self.new_paragraph = true;
    }

    fn close_speech(&mut self) {
        self.flush();
        self.speakers.pop();
        self.interrupted = !self.speakers.is_empty();
    }

    fn flush(&mut self) {
        let text = collapse(&self.buffer);
        self.buffer.clear();
        if text.is_empty() {
            return;
        }
        let words = count_words(&text);
        self.words += words;
        match self.target {
            Target::Speech => {
                if self.interrupted
                    && let Some(label) = self.speakers.last().cloned()
                {
                    self.begin(&label);
                }
                let join = if self.new_paragraph { Join::Paragraph } else { Join::Space };
                self.builder.text_of_one_line(&text, join, self.line, None);
                self.new_paragraph = false;
            }
            Target::Heading => {
                self.builder.header_words(words).heading(&text, self.line);
            }
            Target::Aside => {
                self.builder.header_words(words);
            }
            Target::Outside | Target::Skipped => {
                self.builder.unattributed_words(words);
            }
        }
    }
}

/// Whether white space stands between two words that the source says belong together
/// (`<w join="right">`).
fn is_joined(space: Node) -> bool {
    let joins = |node: Option<Node>, side: &str| {
        node.and_then(|node| node.attribute("join")).is_some_and(|join| join == side || join == "both")
    };
    joins(space.prev_sibling(), "right") || joins(space.next_sibling(), "left")
}

/// Labels of the speakers' identifiers: their names, where no two share one.
pub(super) struct Names(FxHashMap<String, String>);

impl Names {
    /// Takes pairs of identifier and name; the first name of an identifier counts.
    pub(super) fn new(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut names: FxHashMap<String, String> = FxHashMap::default();
        for (id, name) in pairs {
            let name = label_text(&name);
            if !name.is_empty() {
                names.entry(id).or_insert_with(|| name.into_owned());
            }
        }
        let mut uses: FxHashMap<&String, usize> = FxHashMap::default();
        names.values().for_each(|name| *uses.entry(name).or_default() += 1);
        let unique = |name: &String| uses.get(name) == Some(&1);
        let kept = names.iter().filter(|(_, name)| unique(name)).map(|(id, name)| (id.clone(), name.clone()));
        Names(kept.collect())
    }

    /// The name of an identifier, else the identifier.
    pub(super) fn label(&self, id: &str) -> String {
        self.0.get(id).cloned().unwrap_or_else(|| id.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    #[test]
    fn the_outermost_element_is_found_past_declarations() {
        for (text, name) in [
            ("<?xml version='1.0'?>\n<!-- <u> -->\n<tei:TEI xmlns='x'>", Some("TEI")),
            ("<akomaNtoso/>", Some("akomaNtoso")),
            ("<!DOCTYPE x><x>", Some("x")),
            ("text <a>", None),
            ("<", None),
            ("", None),
        ] {
            assert_eq!(root_name(text), name, "{text}");
        }
    }

    #[test]
    fn entities_that_could_blow_up_are_refused() {
        let bomb = "<?xml version='1.0'?>\n<!DOCTYPE TEI [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]>\n\
            <TEI><text><body><u who='#x'>&b;</u></body></text></TEI>";
        let message = read(bomb.as_bytes(), "bomb.xml", None).unwrap_err().to_string();
        assert!(message.contains("DOCTYPE"), "{message}");
    }

    #[test]
    fn an_incomplete_document_is_refused_with_its_line() {
        let error = read(b"<TEI>\n<text><u who='#x'>a</u>\n", "a.xml", None).unwrap_err();
        assert!(error.line() >= 2, "{error}");
    }

    #[test]
    fn deeply_nested_elements_are_no_danger() {
        let deep = format!(
            "<TEI><text><u who='#x'>a{}b{}</u></text></TEI>",
            "<c>".repeat(50_000),
            "</c>".repeat(50_000)
        );
        assert!(read(deep.as_bytes(), "a.xml", Some("tei")).is_ok());
    }
}
