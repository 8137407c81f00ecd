//! Debates of the British parliaments as parlparse publishes them: `<speech speakername="…"><p>…`
//! between headings. Speeches marked `nospeaker` are words of the record, not of a speaker.

use roxmltree::Node;
use rustc_hash::FxHashSet;

use super::decode::LineIndex;
use super::xml::{self, Dialect};
use super::{Confidence, Document, Format, count, date};
use crate::error::Result;
use crate::model::{Attendee, Session};

pub(super) const FORMAT: Format = Format {
    name: "hansard",
    about: "Hansard XML: <speech speakername=\"…\"> between headings",
    extensions: &["xml"],
    confidence,
    read,
    source_text: |document, visit| count::xml(document, &DIALECT, visit),
};

const DIALECT: Dialect = Dialect {
    speeches: &["speech"],
    paragraphs: &["p", "li", "td"],
    headings: &["major-heading", "minor-heading", "oral-heading"],
    asides: &["division", "divisioncount", "mplist", "stage-directions"],
    skipped: &["gidredirect"],
};

fn confidence(document: &Document) -> Confidence {
    let Some(name) = xml::root_name(&document.text) else { return Confidence::NONE };
    if document.text.contains("<speech ") && document.text.contains("speakername=") {
        Confidence::new(0.95, format!("speeches with a speakername below {name}"))
    } else {
        Confidence::NONE
    }
}

fn read(document: &Document) -> Result<Vec<Session>> {
    let parsed = xml::parse(document, FORMAT.name)?;
    let index = LineIndex::new(&document.text);
    let label = |node: Node| node.attribute("speakername").map(|name| name.trim().to_owned());
    let mut session = xml::session_of(document.stem(), parsed.root_element(), &DIALECT, &index, &label);
    session.date = date::find_date(document.stem());
    session.attendees = attendees(parsed.root(), &index);
    session.language = xml::language(parsed.root(), &DIALECT);
    Ok(vec![session])
}

/// The speakers whose party stands with a speech of theirs.
fn attendees(root: Node, index: &LineIndex) -> Vec<Attendee> {
    let mut found: Vec<Attendee> = Vec::new();
    let mut known: FxHashSet<&str> = FxHashSet::default();
    for speech in root.descendants().filter(|node| node.tag_name().name() == "speech") {
        let name = speech.attribute("speakername").unwrap_or("").trim();
        let party = speech.attribute("party").unwrap_or("").trim();
        if !name.is_empty() && !party.is_empty() && known.insert(name) {
            found.push(Attendee {
                name: name.to_owned(),
                stakeholder: party.to_owned(),
                line: u32::try_from(index.line(speech.range().start)).unwrap_or(u32::MAX),
                ..Attendee::default()
            });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::tests::{read_as, turns};

    #[test]
    fn speeches_have_the_name_of_their_speaker_and_headings_are_issues() {
        let session = read_as(
            "hansard",
            "<publicwhip>\n<major-heading id='1'>Night ferry</major-heading>\n<speech id='2' nospeaker='true'><p>The \
             House met.</p></speech>\n<speech id='3' speakername='Ann Lee' person_id='p'><p>I beg to move.</p>\
             <p>And <i>more</i>.</p></speech>\n<division><divisioncount/>Ayes 3</division>\n<speech id='4' \
             speakername='Bo Ek' party='Island'><p>No.</p></speech></publicwhip>",
        );
        assert_eq!(turns(&session), [("Ann Lee", "I beg to move.\n\nAnd more."), ("Bo Ek", "No.")]);
        let people: Vec<_> =
            session.attendees.iter().map(|a| (a.name.as_str(), a.stakeholder.as_str())).collect();
        assert_eq!(people, [("Bo Ek", "Island")]);
        assert_eq!((session.headings[0].turn, session.outside.unattributed), (0, 3));
    }
}
