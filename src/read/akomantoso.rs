//! Debates in Akoma Ntoso: `<speech by="#id"><from>…</from><p>…`, questions and answers likewise.
//!
//! The name is the one that the list of references shows for the identifier; what stands in `from`
//! is another label of the same person.

use roxmltree::Node;
use rustc_hash::{FxHashMap, FxHashSet};

use super::decode::LineIndex;
use super::xml::{self, Dialect, Names, reference, text_of};
use super::{Confidence, Document, Format, count, date};
use crate::error::Result;
use crate::model::{Attendee, Role, Session, count_words};

pub(super) const FORMAT: Format = Format {
    name: "akomantoso",
    about: "debates in Akoma Ntoso XML",
    extensions: &["xml", "akn"],
    confidence,
    read,
    source_text: |document, visit| count::xml(document, &DIALECT, visit),
};

const SPEECHES: &[&str] = &["speech", "question", "answer"];

const DIALECT: Dialect = Dialect {
    speeches: SPEECHES,
    paragraphs: &["p", "li", "block", "blockContainer", "item", "td", "th", "debateSection", "other"],
    headings: &["heading", "subheading"],
    asides: &[
        "from",
        "narrative",
        "summary",
        "scene",
        "remark",
        "num",
        "coverPage",
        "preface",
        "preamble",
        "conclusions",
        "docTitle",
        "noteRef",
        "authorialNote",
        "recordedTime",
        "attachments",
    ],
    skipped: &["meta"],
};

fn confidence(document: &Document) -> Confidence {
    match xml::root_name(&document.text) {
        Some(name) if name.eq_ignore_ascii_case("akomaNtoso") => {
            Confidence::new(0.97, "the outermost element is akomaNtoso")
        }
        _ => Confidence::NONE,
    }
}

fn read(document: &Document) -> Result<Vec<Session>> {
    let parsed = xml::parse(document, FORMAT.name)?;
    let index = LineIndex::new(&document.text);
    let speeches: Vec<Node> =
        parsed.descendants().filter(|node| SPEECHES.contains(&node.tag_name().name())).collect();
    let names = names(parsed.root(), &speeches);
    let label = |node: Node| match reference(node.attribute("by").unwrap_or("")) {
        "" => Some(from(node)),
        id => Some(names.label(id)),
    };
    let mut session = xml::session_of(document.stem(), parsed.root_element(), &DIALECT, &index, &label);
    session.attendees = attendees(parsed.root(), &speeches, &names, &index);
    describe(&mut session, parsed.root());
    session.language = xml::language(parsed.root(), &DIALECT);
    Ok(vec![session])
}

/// What stands in `from`, without its colon.
fn from(speech: Node) -> String {
    let from = speech.children().find(|node| node.tag_name().name() == "from");
    from.map(|node| text_of(node).trim_end_matches(':').trim().to_owned()).unwrap_or_default()
}

fn names(root: Node, speeches: &[Node]) -> Names {
    let shown =
        root.descendants().filter(|node| node.tag_name().name().starts_with("TLC")).filter_map(|node| {
            let id = node.attribute("eId").or(node.attribute("id"))?;
            Some((id.to_owned(), node.attribute("showAs")?.trim().to_owned()))
        });
    let said = speeches
        .iter()
        .filter_map(|speech| Some((reference(speech.attribute("by")?).to_owned(), from(*speech))));
    Names::new(shown.chain(said))
}

/// Offices (in lower case) of those who preside, as `as` names them.
const CHAIRS: &[&str] =
    &["speaker", "deputyspeaker", "chair", "chairman", "chairperson", "chairwoman", "presidingofficer"];

/// What a speech says of the person who makes it.
fn standing(speech: Node, organisations: &FxHashSet<&str>) -> (Option<Role>, String) {
    let office = reference(speech.attribute("as").unwrap_or("")).to_lowercase();
    let from = from(speech);
    let brackets =
        from.rsplit_once('(').and_then(|(_, rest)| rest.split_once(')')).map_or("", |(inner, _)| inner);
    let organisation = organisations.get(brackets.trim()).copied().unwrap_or("");
    (CHAIRS.contains(&office.as_str()).then_some(Role::Chair), organisation.to_owned())
}

/// The speakers with the labels in `from` that nobody else has, their office where they preside, and
/// the organisation that stands in brackets after their name.
fn attendees(root: Node, speeches: &[Node], names: &Names, index: &LineIndex) -> Vec<Attendee> {
    let mut users: FxHashMap<String, FxHashSet<&str>> = FxHashMap::default();
    let mut found: Vec<Attendee> = Vec::new();
    let mut places: FxHashMap<String, usize> = FxHashMap::default();
    let organisations: FxHashSet<&str> = root
        .descendants()
        .filter(|node| node.tag_name().name() == "TLCOrganization")
        .filter_map(|node| node.attribute("showAs"))
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .collect();
    let by: Vec<(&str, String, Node)> = speeches
        .iter()
        .filter_map(|speech| Some((reference(speech.attribute("by")?), from(*speech), *speech)))
        .collect();
    for (id, from, _) in &by {
        users.entry(from.clone()).or_default().insert(*id);
    }
    for (id, from, speech) in by {
        let name = names.label(id);
        let is_alias = !from.is_empty() && from != name && users.get(&from).is_some_and(|ids| ids.len() == 1);
        let at = *places.entry(name.clone()).or_insert_with(|| {
            let line = u32::try_from(index.line(speech.range().start)).unwrap_or(u32::MAX);
            found.push(Attendee { name, line, ..Attendee::default() });
            found.len() - 1
        });
        let (role, organisation) = standing(speech, &organisations);
        if let Some(attendee) = found.get_mut(at) {
            attendee.role = attendee.role.or(role);
            if attendee.stakeholder.is_empty() {
                attendee.stakeholder = organisation;
            }
        }
        if let Some(attendee) = found.get_mut(at).filter(|a| is_alias && !a.aliases.contains(&from)) {
            attendee.aliases.push(from);
        }
    }
    found
}

fn describe(session: &mut Session, root: Node) {
    let first = |name: &str| root.descendants().find(|node| node.tag_name().name() == name);
    session.title = first("docTitle").map(text_of).unwrap_or_default();
    session.outside.headers += count_words(&session.title);
    session.input_words += count_words(&session.title);
    session.metadata_words += count_words(&session.title);
    let written = first("FRBRdate").and_then(|node| node.attribute("date")).unwrap_or("");
    session.date = date::find_date(written);
}

#[cfg(test)]
mod tests {
    use super::super::tests::{read_as, turns};

    #[test]
    fn speeches_questions_and_answers_are_turns() {
        let session = read_as(
            "akomantoso",
            "<akomaNtoso><debate><meta><identification><FRBRWork><FRBRdate date='2025-03-04'/><FRBRlanguage language='eng'/></FRBRWork>\
             </identification><references><TLCPerson eId='lee' showAs='Ann Lee'/><TLCOrganization eId='ip' showAs='Island Party'/></references></meta><debateBody>\n\
             <debateSection><heading>Night ferry</heading><speech by='#lee' as='#speaker'><from>Madam Lee:</from><p>We begin\n\
             <remark>(applause)</remark> now.</p></speech><scene>(Noise)</scene>\n<question by='#ek'><from>Mr. Ek (Island Party): \
             </from><p>Why?</p><ul><li>(a) money</li></ul></question><p>Nobody’s words.</p></debateSection>\
             </debateBody></debate></akomaNtoso>",
        );
        assert_eq!(
            turns(&session),
            [("Ann Lee", "We begin now."), ("Mr. Ek (Island Party)", "Why?\n\n(a) money")]
        );
        assert_eq!(session.headings[0].title, "Night ferry");
        assert_eq!(session.attendees[0].aliases, ["Madam Lee"]);
        assert_eq!(
            (session.attendees[0].role, session.attendees[0].line),
            (Some(crate::model::Role::Chair), 2)
        );
        assert_eq!(
            (session.attendees[1].stakeholder.as_str(), session.attendees[1].line),
            ("Island Party", 4)
        );
        assert_eq!(session.language.code(), "en");
        assert_eq!((session.outside.unattributed, session.date.as_str()), (2, "2025-03-04"));
    }
}
