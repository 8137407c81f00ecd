//! QMSum JSON: `meeting_transcripts[]{speaker, content}`; its topics are kept as headings.
//!
//! Turn `i` is `meeting_transcripts[i]`, even where its content is empty.

use serde::Deserialize;

use super::decode::LineIndex;
use super::json::{Fields, TurnFields};
use super::{Confidence, Document, Format, count};
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Join, Session, SessionBuilder, count_words};

pub(super) const FORMAT: Format = Format {
    name: "qmsum",
    about: "QMSum JSON: meeting_transcripts[]{speaker, content}",
    extensions: &["json"],
    confidence,
    read,
    source_text: count::meeting,
};

#[derive(Deserialize)]
struct Meeting<'a> {
    #[serde(borrow)]
    meeting_transcripts: Vec<Fields<'a>>,
}

fn confidence(document: &Document) -> Confidence {
    let object = document.text.trim_start().starts_with('{');
    if object && document.text.contains("\"meeting_transcripts\"") {
        Confidence::new(0.95, "a JSON object with meeting_transcripts")
    } else {
        Confidence::NONE
    }
}

fn read(document: &Document) -> Result<Vec<Session>> {
    let text = document.text.as_str();
    let meeting: Meeting = serde_json::from_str(text).map_err(|error| {
        Error::new(ErrorKind::Malformed { format: "qmsum", reason: error.to_string() })
            .at_line(error.line() as u64)
            .remedy("the file must be a JSON object with meeting_transcripts[]{speaker, content}")
    })?;
    let index = LineIndex::new(text);
    let mut builder = SessionBuilder::new(document.stem());
    let mut words = 0;
    for turn in &meeting.meeting_transcripts {
        let TurnFields { label, text: content, beside, warnings } = TurnFields::of(turn);
        let line = turn.find("text").or(turn.find("speaker")).map_or(0, |raw| raw.line(text, &index));
        words += count_words(&label) + count_words(&content) + beside;
        for (code, message) in warnings {
            builder.warn(code, line, message);
        }
        builder.turn(&label).label_words(&label, count_words(&label)).unattributed_words(beside);
        builder.text_of_one_line(&content, Join::Line, line, None);
    }
    Ok(vec![builder.finish(words)])
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::super::tests::{read_as, turns};

    #[test]
    fn turns_keep_their_number_and_line_even_when_empty() {
        let text = "{\"topic_list\": [],\n \"meeting_transcripts\": [\n  {\"speaker\": \"A\", \"content\": \"One {gap}.\"},\n  \
            {\"speaker\": \"B\", \"content\": \" \"},\n  {\"speaker\": \"A\",\n   \"content\": \"Three\\nlines \\u00e9.\"}]}";
        let session = read_as("qmsum", text);
        assert_eq!(turns(&session), [("A", "One {gap}."), ("B", ""), ("A", "Three\nlines é.")]);
        assert_eq!([session.line_of(0, 0), session.line_of(2, 0), session.line_of(2, 7)], [3, 6, 6]);
    }

    #[test]
    fn broken_json_is_refused_with_its_line() {
        let error = read(b"{\"meeting_transcripts\": [\n{\"speaker\": }]}", "m.json", None).unwrap_err();
        assert_eq!(error.line(), 2);
    }
}
