//! Debates of the British parliaments as parlparse publishes them: `<speech speakername="…"><p>…`
//! between headings. Speeches marked `nospeaker` are words of the record, not of a speaker.

use roxmltree::Node;

use super::decode::LineIndex;
use super::xml::{self, Dialect};
use super::{Confidence, Document, Format, date};
use crate::error::Result;
use crate::model::Session;

pub(super) const FORMAT: Format = Format {
    name: "hansard",
    about: "Hansard XML: <speech speakername=\"…\"> between headings",
    extensions: &["xml"],
    confidence,
    read,
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
    Ok(vec![session])
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
             speakername='Bo Ek'><p>No.</p></speech></publicwhip>",
        );
        assert_eq!(turns(&session), [("Ann Lee", "I beg to move.\n\nAnd more."), ("Bo Ek", "No.")]);
        assert_eq!((session.headings[0].turn, session.outside.unattributed), (0, 3));
    }
}
