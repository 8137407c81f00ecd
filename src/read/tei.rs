//! Parliamentary debates in TEI (Parla-CLARIN, ParlaMint): `<u who="#id" ana="#chair"><seg>…`.
//!
//! Notes, gaps and incidents are not speech; heads are issues. Names come from the list of persons,
//! else from the note that announces the speaker, else the identifier is the label. Speeches that
//! an interruption splits (`next`, `prev`) stay split, as in the source. In linguistically annotated
//! corpora the words are put together again. The lists of persons and organisations may stand in the document or, as in
//! the corpora of ParlaMint, in files beside it.

#[cfg(test)]
mod corpus_tests;
mod includes;
mod lists;
mod people;

use roxmltree::{Document as Xml, Node};
use rustc_hash::FxHashSet;

pub(super) use self::includes::{Include, includes};
pub(super) use self::lists::DocumentLists;
use self::lists::Lists;
use self::people::{CHAIR, People};
use super::companion::{Companion, name_of};
use super::decode::{self, LineIndex};
use super::xml::{self, Dialect, reference, text_of};
use super::{Confidence, Document, Format, count, date};
use crate::error::Result;
use crate::model::{CompanionFile, Session, Warning, WarningCode, count_words};

pub(super) const FORMAT: Format = Format {
    name: "tei",
    about: "parliamentary debates in TEI (Parla-CLARIN, ParlaMint)",
    extensions: &["xml", "tei"],
    confidence,
    read,
    source_text: |document, visit| count::xml(document, &DIALECT, visit),
};

const DIALECT: Dialect = Dialect {
    speeches: &["u"],
    paragraphs: &["seg", "p", "l", "ab", "div", "front", "body", "back"],
    headings: &["head"],
    asides: &[
        "note",
        "gap",
        "incident",
        "vocal",
        "kinesic",
        "desc",
        "writing",
        "docDate",
        "listEvent",
        "media",
        "figure",
    ],
    skipped: &["teiHeader", "linkGrp"],
};

fn confidence(document: &Document) -> Confidence {
    match xml::root_name(&document.text) {
        _ if corpus_part(&document.text).is_some() => Confidence::NONE,
        Some(name @ ("TEI" | "teiCorpus" | "TEI.2")) => {
            Confidence::new(0.97, format!("the outermost element is {name}"))
        }
        _ => Confidence::NONE,
    }
}

/// What a document is that belongs to a corpus and holds no session: a list, or the root of the corpus.
pub(super) fn corpus_part(text: &str) -> Option<&'static str> {
    match xml::root_name(text)? {
        "listPerson" => Some("a list of persons, which is read with the sessions beside it"),
        "listOrg" => Some("a list of organisations, which is read with the sessions beside it"),
        "teiCorpus" if !text.contains("<TEI") && !text.contains(":TEI") => {
            Some("the root of a corpus, whose sessions are in files of their own")
        }
        _ => None,
    }
}

fn read(document: &Document) -> Result<Vec<Session>> {
    let parsed = xml::parse(document, FORMAT.name)?;
    let index = LineIndex::new(&document.text);
    let beside = lists_of(&parsed, &index, document);
    let people = People::new(parsed.root(), beside.lists);
    let texts: Vec<Node> = parsed.descendants().filter(|node| node.has_tag_name_of("TEI")).collect();
    let roots = if texts.is_empty() { vec![parsed.root_element()] } else { texts };
    let sessions = roots.into_iter().map(|root| session(document, root, &index, &people));
    let mut sessions: Vec<Session> = sessions.filter(|session| !session.turns.is_empty()).collect();
    for session in &mut sessions {
        session.source.companions.clone_from(&beside.read);
        session.warnings.splice(0..0, beside.warnings.iter().cloned());
    }
    Ok(sessions)
}

/// The lists of a document, and those beside it that it needed.
struct CorpusLists<'a> {
    lists: Lists<'a>,
    read: Vec<CompanionFile>,
    warnings: Vec<Warning>,
}

/// Reads the lists of a document and, where these do not have all speakers with their organisations, those beside it.
fn lists_of<'a>(parsed: &Xml, index: &LineIndex, document: &Document<'a>) -> CorpusLists<'a> {
    let ids = people::speakers(parsed.root());
    let speakers: FxHashSet<&str> = ids.iter().map(|(id, _)| *id).collect();
    let own = DocumentLists::of(parsed.root(), Some(&speakers), Some(index));
    let mut found = CorpusLists { lists: Lists::new(own), read: Vec::new(), warnings: Vec::new() };
    if speakers.iter().all(|id| found.lists.has(id) && found.lists.is_complete(id)) {
        return found;
    }
    let mut warn = |message| found.warnings.push(Warning::at_line(WarningCode::MissingList, 0, message));
    let included = includes(&document.text);
    lacking_includes(document.path, &included, document.companions).into_iter().for_each(&mut warn);
    for companion in document.companions {
        match companion.lists() {
            Ok(list) => {
                found.lists.add(&list.lists);
                found.read.push(companion.file());
                let lacking = lacking_includes(companion.name(), &list.included, document.companions);
                lacking.into_iter().for_each(&mut warn);
            }
            Err(error) => warn(format!("{} cannot be read and was left out: {error}", companion.name())),
        }
    }
    found
}

/// What is said of the files that a document includes and that are not among those beside it.
fn lacking_includes(path: &str, included: &[Include], companions: &[Companion]) -> Vec<String> {
    let lacking = included.iter().filter_map(|include| match include {
        Include::Refused { href, reason } => Some(format!(
            "{} includes {href:?}, which {reason} and was not read; a list beside the source is read",
            name_of(path)
        )),
        Include::Path(wanted) => {
            let is_there = companions.iter().any(|companion| companion.name() == name_of(wanted));
            (!is_there).then(|| {
                format!("{} includes {wanted}, which is not there or cannot be opened", name_of(path))
            })
        }
    });
    lacking.collect()
}

/// What a file beside a source holds: lists, and the names of other files with lists.
#[derive(Debug)]
pub(super) struct CompanionLists {
    lists: DocumentLists,
    included: Vec<Include>,
}

/// Reads the lists of a file beside a source.
pub(super) fn companion_lists(path: &str, bytes: &[u8]) -> Result<CompanionLists> {
    let text = decode::decode(bytes)?.text;
    let document = Document::new(path, bytes, text);
    let lists = DocumentLists::of(xml::parse(&document, FORMAT.name)?.root(), None, None);
    Ok(CompanionLists { lists, included: includes(&document.text) })
}

/// Element names without regard to the namespace.
trait Named {
    fn has_tag_name_of(&self, name: &str) -> bool;
    fn below<'a>(&'a self, name: &'a str) -> impl Iterator<Item = Self> + 'a
    where
        Self: Sized;
}

impl<'d> Named for Node<'d, '_> {
    fn has_tag_name_of(&self, name: &str) -> bool {
        self.is_element() && self.tag_name().name() == name
    }

    fn below<'a>(&'a self, name: &'a str) -> impl Iterator<Item = Self> + 'a {
        self.descendants().filter(move |node| node.has_tag_name_of(name))
    }
}

fn session(document: &Document, root: Node, index: &LineIndex, people: &People) -> Session {
    let id = xml_id(root).unwrap_or_else(|| document.stem());
    let label = |node: Node| {
        let is_nameless = people::is_nameless_chair(&node);
        Some(if is_nameless { CHAIR.to_owned() } else { people.names.label(speaker_of(node)) })
    };
    let mut session = xml::session_of(id, root, &DIALECT, index, &label);
    describe(&mut session, root);
    session.language = xml::language(root, &DIALECT);
    let named = || date::of_path(document.path, &session.title);
    let day = if session.date.is_empty() { named() } else { session.date.clone() };
    session.attendees = people.attendees(root, &day, index);
    session.warnings.extend(people.lacking(root, &day, document.path));
    session
}

fn xml_id<'a>(node: Node<'a, '_>) -> Option<&'a str> {
    node.attribute(("http://www.w3.org/XML/1998/namespace", "id"))
}

fn speaker_of<'a>(utterance: Node<'a, '_>) -> &'a str {
    reference(utterance.attribute("who").unwrap_or(""))
}

fn describe(session: &mut Session, root: Node) {
    let Some(header) = root.below("teiHeader").next() else { return };
    let titles: Vec<Node> =
        header.below("titleStmt").flat_map(|s| s.children()).filter(|n| n.has_tag_name_of("title")).collect();
    let sub = titles.iter().find(|title| title.attribute("type") == Some("sub")).or(titles.first());
    session.title = sub.map(|title| text_of(*title)).unwrap_or_default();
    session.outside.headers += count_words(&session.title);
    session.input_words += count_words(&session.title);
    session.metadata_words += count_words(&session.title);
    let setting = header.below("setting").flat_map(|s| s.children()).filter(|n| n.has_tag_name_of("date"));
    let when = setting.filter_map(|date| date.attribute("when")).next().unwrap_or("");
    session.date = Some(date::find_date(when))
        .filter(|d| !d.is_empty())
        .unwrap_or_else(|| date::find_date(&session.title));
}

#[cfg(test)]
mod tests {
    use super::super::tests::{read_as, turns};

    const TEI: &str = "<TEI xmlns='http://www.tei-c.org/ns/1.0' xml:id='s1'><teiHeader><fileDesc><titleStmt>\n\
        <title>Ferry debate</title></titleStmt></fileDesc><profileDesc><settingDesc><setting>\n\
        <date when='2025-03-04'>today</date></setting></settingDesc><particDesc><listOrg><org xml:id='g1'>\n\
        <orgName>Island Party</orgName></org></listOrg><listPerson><person xml:id='LeeAnn'><persName>\n\
        <surname>Lee</surname><forename>Ann</forename></persName><affiliation ref='#g1'/></person></listPerson>\n\
        </particDesc></profileDesc></teiHeader><text><body><div><head>Night ferry</head>\n\
        <note type='speaker'>MADAM LEE:</note>\n<u who='#LeeAnn' ana='#chair'><seg>We be<pb/>gin\n   now.</seg>\n\
        <note>Applause.</note><seg>Go <gap reason='inaudible'/>on.</seg></u>\n<note type='speaker'>MR EK:</note>\n\
        <u who='#EkBo'><seg>One <note>?</note> more &amp; <vocal><desc>shouts</desc></vocal>two.</seg></u>\n\
        </div></body></text></TEI>";

    #[test]
    fn utterances_notes_and_people_go_to_their_places() {
        let session = read_as("tei", TEI);
        assert_eq!(turns(&session), [("Ann Lee", "We begin now.\n\nGo on."), ("MR EK", "One more & two.")]);
        assert_eq!(
            (session.id.as_str(), session.title.as_str(), session.date.as_str()),
            ("s1", "Ferry debate", "2025-03-04")
        );
        assert_eq!(session.headings[0].title, "Night ferry");
        assert_eq!(session.attendees[0].stakeholder, "Island Party");
        assert_eq!(session.attendees[0].role, Some(crate::model::Role::Chair));
        assert_eq!(session.attendees[0].aliases, ["MADAM LEE"]);
        assert_eq!([session.line_of(0, 0), session.line_of(1, 0)], [8, 12]);
    }

    #[test]
    fn a_member_speaks_for_the_party_of_the_day_and_who_mostly_presides_is_the_chair() {
        let session = read_as(
            "tei",
            "<TEI><teiHeader><profileDesc><settingDesc><setting><date when='2025-03-04'/></setting></settingDesc>\n\
             <particDesc><listOrg><org xml:id='p1' role='politicalParty'><orgName>Coast</orgName></org>\n\
             <org xml:id='p2' role='parliamentaryGroup'><orgName>IP</orgName><orgName full='yes'>Island Party</orgName></org>\n\
             <org xml:id='gov' role='government'><orgName>Cabinet</orgName></org></listOrg><listPerson>\n\
             <person xml:id='a'><persName>Ann Lee</persName><affiliation ref='#p1' to='2024-12-31'/>\
             <affiliation ref='#p2' from='2025-01-01'/><affiliation ref='#gov' from='2025-02-01'/></person>\n\
             <person xml:id='b'><persName>Bo Ek</persName><affiliation ref='#gov' from='2026-01-01'/></person>\
             </listPerson></particDesc></profileDesc></teiHeader><text><body>\n\
             <u who='#a' ana='#chair'><seg>One.</seg></u><u who='#b' ana='#regular'><seg>Two.</seg></u>\
             <u who='#b' ana='#chair'><seg>Three.</seg></u><u who='#a' ana='#chair'><seg>Four.</seg></u>\
             <u who='#a' ana='#regular'><seg>Five.</seg></u></body></text></TEI>",
        );
        let found: Vec<_> = session
            .attendees
            .iter()
            .map(|a| (a.name.as_str(), a.stakeholder.as_str(), a.group.as_str(), a.role.is_some(), a.line))
            .collect();
        assert_eq!(
            found,
            [("Ann Lee", "Island Party", "parliamentary group", true, 5), ("Bo Ek", "", "", false, 6)]
        );
    }

    #[test]
    fn the_language_is_that_of_most_speeches_else_the_one_in_the_header() {
        let debate = |header: &str, root: &str, seg: &str| {
            format!(
                "<TEI{root}><teiHeader>{header}</teiHeader><text><body><u who='#a'><seg{seg}>One two three.</seg></u>\
                 <u who='#b'><seg xml:lang='sl'>Ne.</seg></u></body></text></TEI>"
            )
        };
        let used = "<langUsage><language ident='es'>Spanish</language></langUsage>";
        for (header, root, seg, expected) in [
            ("", " xml:lang='fr'", "", "fr"),
            ("", " xml:lang='fr'", " xml:lang='pt-BR'", "pt"),
            (used, "", "", "es"),
            ("", "", "", ""),
        ] {
            assert_eq!(read_as("tei", &debate(header, root, seg)).language.code(), expected, "{root} {seg}");
        }
    }

    #[test]
    fn words_of_annotated_corpora_are_put_together_again() {
        let session = read_as(
            "tei",
            "<TEI><text><body><u who='#a'><seg><s>\n  <w>We</w>\n  <w join='right'>begin</w>\n  <pc>.</pc>\n</s></seg></u>\
             <u who='#b'><seg>No.</seg></u></body></text></TEI>",
        );
        assert_eq!(turns(&session), [("a", "We begin."), ("b", "No.")]);
    }
}
