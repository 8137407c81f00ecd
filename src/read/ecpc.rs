//! Debates in the XML of the European Comparable and Parallel Corpora: `<intervention>` with a
//! `<speaker>` with name, party and office, and a `<speech>`.
//!
//! Who presides is often given by the office alone. The index above the debate, page numbers and
//! comments are not speech.

use roxmltree::Node;
use rustc_hash::FxHashSet;

use super::decode::LineIndex;
use super::xml::{self, Dialect, text_of};
use super::{Confidence, Document, Format, count, date};
use crate::error::Result;
use crate::model::{Attendee, Role, Session};

pub(super) const FORMAT: Format = Format {
    name: "ecpc",
    about: "debates in ECPC XML: <intervention> with <speaker> and <speech>",
    extensions: &["xml"],
    confidence,
    read,
    source_text: |document, visit| count::xml(document, &DIALECT, visit),
};

const DIALECT: Dialect = Dialect {
    speeches: &["speech"],
    paragraphs: &["p"],
    headings: &["heading"],
    asides: &["header", "page_number", "omit", "note", "stage", "writing"],
    skipped: &["speaker"],
};

/// What stands in the place of a name or an office that is not known.
const PLACEHOLDERS: &[&str] = &["UNKNOWN", "NA", "XY", ""];

/// How offices of those who preside begin (upper case).
const CHAIRS: &[&str] =
    &["PRESIDENT", "PRESIDENTE", "PRESIDENTA", "VICEPRESIDENT", "SPEAKER", "DEPUTY SPEAKER", "CHAIR"];

fn confidence(document: &Document) -> Confidence {
    match xml::root_name(&document.text) {
        Some(name) if name.starts_with("ecpc") => {
            Confidence::new(0.97, format!("the outermost element is {name}"))
        }
        _ => Confidence::NONE,
    }
}

fn read(document: &Document) -> Result<Vec<Session>> {
    let parsed = xml::parse(document, FORMAT.name)?;
    let index = LineIndex::new(&document.text);
    let label = |speech: Node| speaker_of(speech).map(label_of);
    let mut session = xml::session_of(document.stem(), parsed.root_element(), &DIALECT, &index, &label);
    let first = |name: &str| parsed.descendants().find(|node| node.tag_name().name() == name);
    session.title = first("title").map(text_of).unwrap_or_default();
    session.date = first("date").map(|node| date::find_date(&text_of(node))).unwrap_or_default();
    session.attendees = attendees(parsed.root(), &index);
    session.language = xml::language(parsed.root(), &DIALECT);
    Ok(vec![session])
}

fn speaker_of<'a, 'd>(speech: Node<'a, 'd>) -> Option<Node<'a, 'd>> {
    speech.parent()?.children().find(|node| node.tag_name().name() == "speaker")
}

/// The text of a part of a speaker's description, unless it stands for nothing.
fn part(speaker: Node, name: &str) -> Option<String> {
    let node = speaker.descendants().find(|node| node.tag_name().name() == name)?;
    Some(text_of(node)).filter(|text| !PLACEHOLDERS.contains(&text.as_str()))
}

/// The name, else the office; empty where neither is known.
fn label_of(speaker: Node) -> String {
    part(speaker, "name").or_else(|| part(speaker, "post")).unwrap_or_default()
}

/// The speakers with their party, else their group, and whether they preside.
fn attendees(root: Node, index: &LineIndex) -> Vec<Attendee> {
    let mut found: Vec<Attendee> = Vec::new();
    let mut known: FxHashSet<String> = FxHashSet::default();
    for speaker in root.descendants().filter(|node| node.tag_name().name() == "speaker") {
        let name = label_of(speaker);
        if name.is_empty() || !known.insert(name.clone()) {
            continue;
        }
        let group = speaker.descendants().find_map(|node| node.attribute("group"));
        let group = group.filter(|group| !PLACEHOLDERS.contains(group)).map(str::to_owned);
        let is_chair = CHAIRS.contains(&name.as_str());
        found.push(Attendee {
            name,
            stakeholder: part(speaker, "national_party").or(group).unwrap_or_default(),
            role: is_chair.then_some(Role::Chair),
            line: u32::try_from(index.line(speaker.range().start)).unwrap_or(u32::MAX),
            ..Attendee::default()
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::tests::{read_as, turns};

    const DEBATE: &str = "<?xml version='1.0'?>\n<!DOCTYPE ecpc_CD SYSTEM 'cd.dtd'>\n<ecpc_CD><header><title>Diario del puerto</title>\n\
        <date>celebrada el martes, 4 de marzo de 2025</date><index><indexitem>Tasas ... <page_number>Página 2</page_number>\n\
        </indexitem></index></header><body><heading number='1'>TASAS</heading>\n\
        <intervention><speaker><name>UNKNOWN</name><post> PRESIDENTA</post></speaker><speech language='ES'>\n\
        Tiene la palabra <omit type='comment'>Rumores</omit> la señora Lago.</speech></intervention>\n\
        <intervention><speaker><name>Lago Prado, Ana</name><affiliation><national_party>Isla</national_party>\n\
        <cd group='GI'/></affiliation><post>NA</post></speaker><speech>Nos oponemos\n<page_number>Página 3</page_number>\n\
        a la tasa.</speech></intervention></body></ecpc_CD>";

    #[test]
    fn the_office_is_the_voice_where_no_name_is_known() {
        let session = read_as("ecpc", DEBATE);
        assert_eq!(
            turns(&session),
            [
                ("PRESIDENTA", "Tiene la palabra la señora Lago."),
                ("Lago Prado, Ana", "Nos oponemos a la tasa.")
            ]
        );
        let people: Vec<_> =
            session.attendees.iter().map(|a| (a.name.as_str(), a.stakeholder.as_str(), a.role)).collect();
        let chair = Some(crate::model::Role::Chair);
        assert_eq!(people, [("PRESIDENTA", "", chair), ("Lago Prado, Ana", "Isla", None)]);
        assert_eq!((session.date.as_str(), session.title.as_str()), ("2025-03-04", "Diario del puerto"));
        assert_eq!(session.headings.len(), 1);
        assert!(session.warnings.is_empty(), "{:?}", session.warnings);
    }
}
