//! Captions of live events as published afterwards: `>> NAME: text`, and paragraphs without a mark
//! that go on with the turn.
//!
//! A change of speaker without a name (`>> text`) is a turn of an unknown voice, whose label is the
//! mark itself. Lines of stars and page numbers are not speech; remarks such as `(Off microphone)`
//! stay in the text as noise.

use rustc_hash::FxHashSet;

use super::decode::{Line, lines};
use super::label;
use super::lines::LineWriter;
use super::{Confidence, Document, Format, count, no_turns, plain};
use crate::error::Result;
use crate::model::Session;

pub(super) const FORMAT: Format = Format {
    name: "captions",
    about: "captions of an event: \">> NAME: text\", unmarked paragraphs go on with the turn",
    extensions: &["txt"],
    confidence,
    read,
    source_text: count::text_lines,
};

/// A change of speaker within a line: the offsets of its mark and of its speech, and its label.
struct Change<'a> {
    start: usize,
    speech: usize,
    label: &'a str,
    named: bool,
}

/// The changes of speaker that marks on a line announce.
fn changes<'a>(line: &'a str) -> Vec<Change<'a>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = line.get(at..) {
        let lead = if at == 0 { rest.len() - rest.trim_start().len() } else { 0 };
        let single = at == 0 && rest.trim_start().starts_with("> ");
        let mark = if single { Some(lead) } else { rest.find(">>") };
        let Some(offset) = mark else { break };
        let start = at + offset;
        let after = line.get(start..).unwrap_or("");
        let body = after.trim_start_matches(['>', ' ', '\t']);
        let mark = after.len() - body.len();
        // A mark inside a word is none: the word would be cut in two.
        if line.get(..start).is_some_and(|before| before.ends_with(|c: char| !c.is_whitespace())) {
            at = start + mark.max(1);
            continue;
        }
        match name(body) {
            Some((label, speech)) => {
                found.push(Change { start, speech: start + mark + speech, label, named: true })
            }
            None if single => {}
            None => found.push(Change {
                start,
                speech: start + mark,
                label: after.get(..mark).unwrap_or(">>").trim(),
                named: false,
            }),
        }
        at = start + mark.max(1);
    }
    found
}

/// The name after a mark: whatever stands before a colon and looks like a label, or is short and
/// in capitals.
fn name(body: &str) -> Option<(&str, usize)> {
    if let Some(found) = label::split_label(body) {
        return Some(found);
    }
    let colon = body.get(..body.floor_char_boundary(80))?.find(':')?;
    let label = body.get(..colon)?.trim();
    let capitals = label.chars().any(char::is_alphabetic) && !label.chars().any(char::is_lowercase);
    let glued = body.get(colon + 1..)?.starts_with(|c: char| c.is_ascii_digit() || c == '/');
    (capitals && !glued).then_some((label, colon + 1))
}

fn confidence(document: &Document) -> Confidence {
    if document.sample().trim_start().starts_with(['{', '<']) {
        return Confidence::NONE;
    }
    let (mut named, mut nameless) = (0usize, 0usize);
    for line in lines(document.sample()) {
        for change in changes(line.text) {
            named += usize::from(change.named);
            nameless += usize::from(!change.named && change.start == 0);
        }
    }
    let reason = format!("{named} marks >> with a name, {nameless} without");
    match (named, nameless) {
        (2.., _) => Confidence::new(0.93, reason),
        (1, _) => Confidence::new(0.6, reason),
        (0, 3..) => Confidence::new(0.5, reason),
        _ => Confidence::NONE,
    }
}

fn read(document: &Document) -> Result<Vec<Session>> {
    let marked: Vec<(&str, bool)> =
        lines(document.seen()).flat_map(|line| changes(line.text)).map(|c| (c.label, c.named)).collect();
    if marked.is_empty() {
        return Err(no_turns("no line changes the speaker with >>"));
    }
    let known: FxHashSet<String> =
        marked.iter().filter(|(_, named)| *named).map(|(l, _)| (*l).to_owned()).collect();
    let candidates: Vec<&str> = lines(document.seen())
        .filter_map(|line| label::split_label(line.text).map(|(label, _)| label))
        .collect();
    let inline = label::accepted(&candidates, &known, 0.0);
    let mut writer = LineWriter::new(document);
    for line in lines(document.seen()) {
        caption(&mut writer, &line, &inline);
    }
    Ok(vec![writer.finish()])
}

fn caption(writer: &mut LineWriter, line: &Line, inline: &FxHashSet<&str>) {
    let changes = changes(line.text);
    let first = changes.first().map_or(line.text.len(), |change| change.start);
    let before = part(line, 0, first);
    if !before.is_blank() || changes.is_empty() {
        unmarked(writer, &before, inline);
    }
    for (nth, change) in changes.iter().enumerate() {
        let end = changes.get(nth + 1).map_or(line.text.len(), |next| next.start);
        let whole = part(line, change.start, end);
        writer.turn(change.label, &whole, line.start + change.speech.min(end)..whole.end(), None);
    }
}

/// A part of a line as a line of its own.
fn part<'a>(line: &Line<'a>, start: usize, end: usize) -> Line<'a> {
    Line { number: line.number, start: line.start + start, text: line.text.get(start..end).unwrap_or("") }
}

fn unmarked(writer: &mut LineWriter, line: &Line, inline: &FxHashSet<&str>) {
    if is_furniture(line.text) {
        writer.page_furniture(line);
    } else if let Some((label, speech)) = label::split_label(line.text).filter(|(l, _)| inline.contains(l)) {
        writer.turn(label, line, line.start + speech..line.end(), None);
    } else if writer.builder.is_empty() {
        plain::front_matter(writer, line);
    } else {
        writer.speech(line);
    }
}

/// Lines of stars, page numbers.
fn is_furniture(line: &str) -> bool {
    let text = line.trim();
    let lower = text.to_lowercase();
    let is_page =
        lower.strip_prefix("page ").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    !text.is_empty()
        && (!text.contains(char::is_alphabetic) && !text.contains(['(', '[', '?'])
            || is_page && text.len() < 20)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{read_as, turns};

    fn check(text: &str, expected: &[(&str, &str)]) {
        assert_eq!(turns(&read_as("captions", text)), expected, "{text}");
    }

    #[test]
    fn marks_change_the_speaker_and_paragraphs_go_on() {
        check(
            "Ferry Forum\n***\nThese captions are not a record.\n***\n\n>> MODERATOR: Welcome.\n\nAnd again.\n\
             >> Ann Lee-Fox: Thank you. [ Applause ]\n(Off microphone)\n\n>> No name here.\n> FRANCE: We agree.",
            &[
                ("MODERATOR", "Welcome.\n\nAnd again."),
                ("Ann Lee-Fox", "Thank you. [ Applause ]\n(Off microphone)"),
                (">>", "No name here."),
                ("FRANCE", "We agree."),
            ],
        );
    }

    #[test]
    fn a_mark_within_a_line_and_a_name_without_a_mark_change_the_speaker() {
        check(
            ">> ANN LEE: One. >> BO EK: Two.\nANN LEE: Three: four.\nThe point is: five.",
            &[("ANN LEE", "One."), ("BO EK", "Two."), ("ANN LEE", "Three: four.\nThe point is: five.")],
        );
    }

    #[test]
    fn a_page_break_does_not_end_a_sentence() {
        check(
            ">> ANN: We raise the\n\nPage 2\n\nfares.\n\n3\n\nToday.\n>> BO: No.",
            &[("ANN", "We raise the\nfares.\n\nToday."), ("BO", "No.")],
        );
    }
}
