//! Parliamentary debates in TEI (Parla-CLARIN, ParlaMint): `<u who="#id" ana="#chair"><seg>…`.
//!
//! Notes, gaps and incidents are not speech; heads are issues. Names come from the list of persons,
//! else from the note that announces the speaker, else the identifier is the label. Speeches that
//! an interruption splits (`next`, `prev`) stay split, as in the source. In linguistically annotated
//! corpora the words are put together again.

use roxmltree::Node;
use rustc_hash::{FxHashMap, FxHashSet};

use super::decode::LineIndex;
use super::xml::{self, Dialect, Names, collapse, reference, text_of};
use super::{Confidence, Document, Format, count, date};
use crate::error::Result;
use crate::model::{Attendee, Role, Session, count_words, label_text};

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
        Some(name @ ("TEI" | "teiCorpus" | "TEI.2")) => {
            Confidence::new(0.97, format!("the outermost element is {name}"))
        }
        _ => Confidence::NONE,
    }
}

fn read(document: &Document) -> Result<Vec<Session>> {
    let parsed = xml::parse(document, FORMAT.name)?;
    let index = LineIndex::new(&document.text);
    let people = People::find(parsed.root(), &index);
    let texts: Vec<Node> = parsed.descendants().filter(|node| node.has_tag_name_of("TEI")).collect();
    let roots = if texts.is_empty() { vec![parsed.root_element()] } else { texts };
    Ok(roots
        .into_iter()
        .map(|root| session(document, root, &index, &people))
        .filter(|s| !s.turns.is_empty())
        .collect())
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
        let is_nameless_chair = speaker_of(node).is_empty() && node.attribute("ana").is_some_and(is_chair);
        Some(if is_nameless_chair { CHAIR.to_owned() } else { people.names.label(speaker_of(node)) })
    };
    let mut session = xml::session_of(id, root, &DIALECT, index, &label);
    describe(&mut session, root);
    session.language = xml::language(root, &DIALECT);
    let present: FxHashSet<&str> = session.labels.iter().map(String::as_str).collect();
    session.attendees =
        people.attendees.iter().filter(|a| present.contains(label_text(&a.name).as_ref())).cloned().collect();
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

/// Who the speakers of a document are.
struct People {
    names: Names,
    attendees: Vec<Attendee>,
}

impl People {
    fn find(root: Node, index: &LineIndex) -> Self {
        let organisations = organisations(root);
        let sittings = root.below("setting").flat_map(|s| s.children()).filter(|n| n.has_tag_name_of("date"));
        let date = sittings.filter_map(|date| date.attribute("when")).next().unwrap_or("");
        let persons: Vec<(&str, Node)> = root.below("person").filter_map(|p| Some((xml_id(p)?, p))).collect();
        let announced = announcements(root);
        let listed = persons.iter().map(|(id, person)| ((*id).to_owned(), name_of(*person)));
        let noted = announced.iter().filter_map(|(id, notes)| Some((id.clone(), notes.first()?.clone())));
        let names = Names::new(listed.chain(noted));
        let chairs = chairs(root);
        let notes: FxHashMap<&str, &Vec<String>> =
            announced.iter().map(|(id, notes)| (id.as_str(), notes)).collect();
        let by_id: FxHashMap<&str, Node> = persons.iter().copied().collect();
        let attendees = speakers(root).into_iter().map(|(id, first)| {
            let person = by_id.get(id).copied();
            let standing = person.and_then(|p| affiliation(p, &organisations, date)).unwrap_or_default();
            let line = index.line(person.unwrap_or(first).range().start);
            let name = names.label(id);
            let aliases = notes.get(id).into_iter().flat_map(|notes| notes.iter());
            Attendee {
                aliases: aliases.filter(|alias| **alias != name).cloned().collect(),
                name,
                stakeholder: standing.name,
                group: standing.kind,
                role: chairs.contains(id).then_some(Role::Chair),
                line: u32::try_from(line).unwrap_or(u32::MAX),
            }
        });
        let presides = |node: &Node| {
            node.has_tag_name_of("u")
                && speaker_of(*node).is_empty()
                && node.attribute("ana").is_some_and(is_chair)
        };
        let nameless = root.descendants().find(presides).map(|first| Attendee {
            name: CHAIR.to_owned(),
            role: Some(Role::Chair),
            line: u32::try_from(index.line(first.range().start)).unwrap_or(u32::MAX),
            ..Attendee::default()
        });
        People { attendees: attendees.chain(nameless).collect(), names }
    }
}

/// The label of who presides where no identifier says who that is.
const CHAIR: &str = "chair";

fn is_chair(ana: &str) -> bool {
    ana.split_whitespace().any(|value| matches!(reference(value), "chair" | "speaker.chair" | "chairperson"))
}

/// The identifiers of those who speak from the chair more often than not.
fn chairs<'a>(root: Node<'a, '_>) -> FxHashSet<&'a str> {
    let mut utterances: FxHashMap<&str, (usize, usize)> = FxHashMap::default();
    for utterance in root.descendants().filter(|node| node.has_tag_name_of("u")) {
        let (all, chairing) = utterances.entry(speaker_of(utterance)).or_default();
        *all += 1;
        *chairing += usize::from(utterance.attribute("ana").is_some_and(is_chair));
    }
    utterances.into_iter().filter(|(_, (all, chairing))| 2 * chairing > *all).map(|(id, _)| id).collect()
}

/// The identifiers of all speakers, in order of first appearance, each with its first utterance.
fn speakers<'a, 'd>(root: Node<'a, 'd>) -> Vec<(&'a str, Node<'a, 'd>)> {
    let mut seen = FxHashSet::default();
    let mut found = Vec::new();
    for utterance in root.descendants().filter(|node| node.has_tag_name_of("u")) {
        let id = speaker_of(utterance);
        if !id.is_empty() && seen.insert(id) {
            found.push((id, utterance));
        }
    }
    found
}

/// The texts of the notes that announce each speaker, in order of first appearance.
fn announcements(root: Node) -> Vec<(String, Vec<String>)> {
    let mut found: Vec<(String, Vec<String>)> = Vec::new();
    let mut at: FxHashMap<String, usize> = FxHashMap::default();
    let mut pending: Option<String> = None;
    let mut add = |id: &str, note: String| {
        if id.is_empty() || note.is_empty() {
            return;
        }
        let entry = *at.entry(id.to_owned()).or_insert_with(|| {
            found.push((id.to_owned(), Vec::new()));
            found.len() - 1
        });
        if let Some((_, notes)) = found.get_mut(entry).filter(|(_, notes)| !notes.contains(&note)) {
            notes.push(note);
        }
    };
    for node in root.descendants().filter(Node::is_element) {
        let is_note = node.has_tag_name_of("note") && node.attribute("type") == Some("speaker");
        if is_note {
            let note = text_of(node).trim_end_matches(':').trim().to_owned();
            match node.parent().filter(|parent| parent.has_tag_name_of("u")) {
                Some(parent) => add(speaker_of(parent), note),
                None => pending = Some(note),
            }
        } else if node.has_tag_name_of("u")
            && let Some(note) = pending.take()
        {
            add(speaker_of(node), note);
        }
    }
    found
}

/// Forenames and surname, else the whole name.
fn name_of(person: Node) -> String {
    let Some(name) = person.below("persName").next() else { return String::new() };
    let parts = |tag: &str| name.below(tag).map(text_of).collect::<Vec<_>>();
    let (forenames, surnames) = (parts("forename"), parts("surname"));
    if forenames.is_empty() || surnames.is_empty() {
        return text_of(name);
    }
    collapse(&[forenames.join(" "), surnames.join(" ")].join(" "))
}

/// An organisation: its name and its kind.
#[derive(Debug, Clone, Default)]
struct Organisation {
    name: String,
    kind: String,
}

fn organisations<'a>(root: Node<'a, '_>) -> FxHashMap<&'a str, Organisation> {
    let organisation = |org: Node<'a, '_>| {
        let names: Vec<Node> = org.below("orgName").collect();
        let full = names.iter().find(|name| name.attribute("full") == Some("yes")).or(names.first())?;
        Some((xml_id(org)?, Organisation { name: text_of(*full), kind: kind(org.attribute("role")?) }))
    };
    let with_role = root.below("org").filter_map(organisation).collect::<FxHashMap<_, _>>();
    let without = root.below("org").filter(|org| org.attribute("role").is_none()).filter_map(|org| {
        let name = org.below("orgName").next().map(text_of).unwrap_or_default();
        Some((xml_id(org)?, Organisation { name, kind: String::new() }))
    });
    without.chain(with_role).collect()
}

/// The kind of an organisation in words: `politicalParty` is a political party.
fn kind(role: &str) -> String {
    let mut words = String::with_capacity(role.len() + 2);
    for letter in role.trim().chars() {
        if letter.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(letter.to_lowercase());
    }
    words
}

/// Kinds of organisations that a member of a parliament speaks for, the closest first.
const SPOKEN_FOR: &[&str] = &["parliamentary group", "political group", "political party", ""];

/// The organisation of a person on the day of the sitting: the group or party before anything else
/// (the parliament itself, the government), the latest before the earlier ones.
fn affiliation(
    person: Node,
    organisations: &FxHashMap<&str, Organisation>,
    date: &str,
) -> Option<Organisation> {
    let on_the_day = |node: &Node| {
        let from = node.attribute("from").unwrap_or("");
        let to = node.attribute("to").filter(|to| !to.is_empty());
        from <= date && to.is_none_or(|to| date <= to)
    };
    let all: Vec<Node> = person.below("affiliation").collect();
    let current: Vec<Node> = all.iter().copied().filter(|node| date.is_empty() || on_the_day(node)).collect();
    let named = |node: &Node| {
        let known = node.attribute("ref").and_then(|id| organisations.get(reference(id)).cloned());
        known.or_else(|| Some(Organisation { name: text_of(*node), kind: String::new() }))
    };
    let candidates: Vec<Organisation> =
        current.iter().rev().filter_map(named).filter(|organisation| !organisation.name.is_empty()).collect();
    let rank =
        |o: &Organisation| SPOKEN_FOR.iter().position(|kind| *kind == o.kind).unwrap_or(SPOKEN_FOR.len());
    candidates.into_iter().min_by_key(rank)
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
