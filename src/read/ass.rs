//! Subtitle scripts (Advanced SubStation Alpha): lines `Dialogue: …` with the fields that a line
//! `Format: …` names. The voice stands in the field `Name`; where that is empty throughout, in the
//! style, as programs write it that give each speaker one.

use rustc_hash::FxHashSet;

use super::cues::{self, Stretch};
use super::decode::lines;
use super::{Confidence, Document, Format, count, no_turns, srt, time};
use crate::error::Result;
use crate::model::{Session, Time, count_words};

pub(super) const FORMAT: Format = Format {
    name: "ass",
    about: "subtitle scripts (ASS, SSA) with the voice in Name or Style",
    extensions: &["ass", "ssa"],
    confidence,
    read,
    source_text: count::ass,
};

/// The fields of a line of dialogue where no line names them.
const FIELDS: &str = "Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text";

/// Styles that are no voice (lower case).
const PLAIN_STYLES: &[&str] = &["default", "title", "main", "subtitle", "normal", "*default"];

fn confidence(document: &Document) -> Confidence {
    let mut first = lines(document.sample()).filter(|line| !line.is_blank());
    let has_head = first.next().is_some_and(|line| line.text.trim().eq_ignore_ascii_case("[Script Info]"));
    let has_dialogue = lines(document.sample()).any(|line| line.text.starts_with("Dialogue:"));
    match (has_head, has_dialogue) {
        (true, _) => Confidence::new(0.97, "the first line is [Script Info]"),
        (false, true) if document.sample().contains("[Events]") => {
            Confidence::new(0.9, "lines of dialogue below [Events]")
        }
        _ => Confidence::NONE,
    }
}

/// A line of dialogue.
struct Event<'a> {
    line: usize,
    time: Option<Time>,
    style: &'a str,
    name: &'a str,
    text: &'a str,
    is_comment: bool,
}

fn read(document: &Document) -> Result<Vec<Session>> {
    let events = events(document);
    let said = || events.iter().filter(|event| !event.is_comment);
    let has_names = said().any(|event| !event.name.is_empty());
    let styles: FxHashSet<&str> = said().map(|event| event.style).filter(|style| is_voice(style)).collect();
    let by_style = !has_names && !styles.is_empty();
    let stretches: Vec<Stretch> = said()
        .map(|event| {
            let voice = if by_style { event.style } else { event.name };
            Stretch {
                line: event.line,
                time: event.time,
                voice: Some(voice.to_owned()).filter(|voice| is_voice(voice)),
                text: plain(document.original(event.text)),
                ..Stretch::default()
            }
        })
        .filter(|stretch| !stretch.text.trim().is_empty())
        .collect();
    let mut session = cues::session_of(document.stem(), &stretches);
    if session.turns.is_empty() {
        session = cues::unnamed_session_of(document.stem(), &stretches);
    }
    if session.turns.is_empty() {
        return Err(no_turns("no line of dialogue says a word"));
    }
    let comments = events.iter().filter(|event| event.is_comment);
    let words: u64 = comments.map(|event| count_words(&plain(document.original(event.text)))).sum();
    session.outside.headers += words;
    session.input_words += words;
    document.lead_back(&mut session);
    Ok(vec![session])
}

/// Whether a name or a style says who speaks.
fn is_voice(name: &str) -> bool {
    !name.is_empty() && !PLAIN_STYLES.contains(&name.to_lowercase().as_str())
}

fn events<'a>(document: &'a Document) -> Vec<Event<'a>> {
    let mut fields: Vec<&str> = FIELDS.split(',').map(str::trim).collect();
    let (mut found, mut in_events) = (Vec::new(), true);
    for line in lines(document.seen()) {
        let text = line.text.trim_start();
        if text.starts_with('[') {
            in_events = text.trim_end().eq_ignore_ascii_case("[Events]");
        } else if let Some(named) = text.strip_prefix("Format:").filter(|_| in_events) {
            fields = named.split(',').map(str::trim).collect();
        } else if let Some(values) = text.strip_prefix("Dialogue:").or(text.strip_prefix("Comment:")) {
            let values: Vec<&str> = values.splitn(fields.len().max(1), ',').collect();
            let value = |name: &str| {
                let at = fields.iter().position(|field| field.eq_ignore_ascii_case(name));
                at.and_then(|at| values.get(at)).map_or("", |value| value.trim())
            };
            let start = time::seconds(value("Start"));
            let end = time::seconds(value("End"));
            let time = start.map(|start| Time { start, end: end.unwrap_or(start).max(start) });
            let name = if fields.contains(&"Actor") { value("Actor") } else { value("Name") };
            let is_comment = text.starts_with("Comment:");
            found.push(Event {
                line: line.number,
                time,
                style: value("Style"),
                name,
                text: value("Text"),
                is_comment,
            });
        }
    }
    found
}

/// The text of an event without codes; its line breaks are blanks.
fn plain(text: &str) -> String {
    srt::without_markup(&text.replace("\\N", " ").replace("\\n", " ").replace("\\h", " "))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{read_as, turns};
    use crate::model::WarningCode;

    const HEAD: &str = "[Script Info]\nTitle: Transcript\nScriptType: v4.00+\n\n[V4+ Styles]\nFormat: Name, Fontname\n\
        Style: Voice01,Arial\n\n[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n";

    fn check(events: &str, expected: &[(&str, &str)]) {
        let session = read_as("ass", &format!("{HEAD}{events}"));
        assert_eq!(turns(&session), expected);
        assert!(session.warnings.iter().all(|w| w.code == WarningCode::NoSpeakers), "{:?}", session.warnings);
    }

    #[test]
    fn the_voice_is_the_name_or_else_the_style() {
        check(
            "Dialogue: 0,0:00:01.00,0:00:01.50,Default,Ann Lee,0,0,0,,{\\i1}We oppose{\\i0}, all of us,\\Nthe levy.\n\
             Comment: 0,0:00:01.00,0:00:01.50,Default,,0,0,0,,check this\n\
             Dialogue: 0,0:00:02.00,0:00:02.50,Default,Bo Ek,0,0,0,,Why?\n",
            &[("Ann Lee", "We oppose, all of us, the levy."), ("Bo Ek", "Why?")],
        );
        check(
            "Dialogue: 0,0:00:01.00,0:00:01.50,Voice01,,0,0,0,,We\nDialogue: 0,0:00:01.50,0:00:02.00,Voice01,,0,0,0,,oppose.\n\
             Dialogue: 0,0:00:02.00,0:00:02.50,Voice02,,0,0,0,,Why?\n",
            &[("Voice01", "We oppose."), ("Voice02", "Why?")],
        );
        check("Dialogue: 0,0:00:01.00,0:00:01.50,Default,,0,0,0,,We oppose.\n", &[("", "We oppose.")]);
        check(
            "Dialogue: 0,0:00:01.00,0:00:01.50,Default,,0,0,0,,Ann: One.\nDialogue: 0,0:00:02.00,0:00:02.50,Default,,0,0,0,,Bo: Two.\n\
             Dialogue: 0,0:00:03.00,0:00:03.50,Default,,0,0,0,,Ann: Three.\n",
            &[("Ann", "One."), ("Bo", "Two."), ("Ann", "Three.")],
        );
    }
}
