//! Proceedings of the European Parliament as corpora keep them: a line `<SPEAKER ID=… NAME="…">`, then
//! paragraphs divided by `<P>`. Neither is closed, so this is no XML.
//!
//! What stands before the first words is no speech: the language (`(DE)`), the group
//! (`on behalf of the … Group. –`), `in writing. –`.

use super::decode::{Line, lines};
use super::entities::decode_entities;
use super::lines::LineWriter;
use super::{Confidence, Document, Format, count, no_turns};
use crate::error::Result;
use crate::model::{Attendee, Session, count_words};

pub(super) const FORMAT: Format = Format {
    name: "europarl",
    about: "proceedings of the European Parliament: <SPEAKER ID NAME> and <P> on lines of their own",
    extensions: &["txt"],
    confidence,
    read,
    source_text: count::text_lines,
};

/// Longest introduction of a speech in bytes: `on behalf of the … Group, in writing. – `.
const MAX_INTRODUCTION: usize = 160;

fn confidence(document: &Document) -> Confidence {
    let mut tags = lines(document.sample()).filter(|line| line.text.trim_start().starts_with("<SPEAKER "));
    match (tags.next().is_some(), tags.next().is_some()) {
        (true, true) => Confidence::new(0.96, "lines with <SPEAKER …>"),
        (true, false) => Confidence::new(0.6, "a line with <SPEAKER …>"),
        _ => Confidence::NONE,
    }
}

/// What a tag is for.
enum Tag<'a> {
    Chapter,
    Speaker(&'a str),
    Other,
}

fn tag(line: &str) -> Option<Tag<'_>> {
    let inside = line.trim().strip_prefix('<')?.strip_suffix('>')?;
    let name = inside.split_whitespace().next().unwrap_or("");
    let is_tag = !name.is_empty() && name.chars().all(|c| c.is_ascii_uppercase() || c == '/');
    match name {
        "CHAPTER" => Some(Tag::Chapter),
        "SPEAKER" => Some(Tag::Speaker(inside)),
        _ => is_tag.then_some(Tag::Other),
    }
}

/// An attribute of a tag, in quotes or not.
fn attribute(inside: &str, name: &str) -> String {
    let Some(at) = inside.find(&format!("{name}=")) else { return String::new() };
    let value = inside.get(at + name.len() + 1..).unwrap_or("");
    let value = match value.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next().unwrap_or(""),
        None => value.split_whitespace().next().unwrap_or(""),
    };
    decode_entities(value).trim().to_owned()
}

fn read(document: &Document) -> Result<Vec<Session>> {
    let mut writer = LineWriter::new(document);
    let (mut after_chapter, mut is_first) = (false, false);
    let mut people: Vec<Attendee> = Vec::new();
    for line in lines(document.seen()) {
        match tag(line.text) {
            Some(Tag::Speaker(inside)) => {
                let name = attribute(inside, "NAME");
                writer.turn(&name, &line, line.end()..line.end(), None);
                join(&mut people, &name, &attribute(inside, "AFFILIATION"), &line);
                (after_chapter, is_first) = (false, true);
            }
            Some(Tag::Chapter) => {
                writer.header(&line);
                after_chapter = true;
            }
            Some(Tag::Other) => writer.header(&line),
            None if line.is_blank() => {}
            None if after_chapter => {
                let title = line.text.trim();
                writer.heading(title, &line);
                let session = writer.builder.session();
                if session.title.is_empty() {
                    title.clone_into(&mut session.title);
                }
            }
            None if writer.builder.is_empty() => writer.unattributed(&line),
            None => {
                let introduction = if is_first { introduction(line.text) } else { 0 };
                if let Some(group) = group(line.text.get(..introduction).unwrap_or("")) {
                    let name = people.last().map_or(String::new(), |person| person.name.clone());
                    join(&mut people, &name, group, &line);
                }
                writer.part_of_turn(&line, line.start + introduction..line.end(), None);
                is_first = false;
            }
        }
    }
    if writer.builder.is_empty() {
        return Err(no_turns("no line says <SPEAKER …>"));
    }
    let mut session = writer.finish();
    people.retain(|person| !person.stakeholder.is_empty());
    session.attendees = people;
    Ok(vec![session])
}

/// Notes the last speaker, with the affiliation where that is known.
fn join(people: &mut Vec<Attendee>, name: &str, stakeholder: &str, line: &Line) {
    let at = people.iter().position(|person| person.name == name);
    let mut person = match at {
        Some(at) => people.remove(at),
        None => Attendee {
            name: name.to_owned(),
            line: u32::try_from(line.number).unwrap_or(u32::MAX),
            ..Attendee::default()
        },
    };
    if person.stakeholder.is_empty() {
        stakeholder.clone_into(&mut person.stakeholder);
    }
    people.push(person);
}

/// The bytes of what stands before the first words of a speech.
fn introduction(line: &str) -> usize {
    let mut at = line.len() - line.trim_start().len();
    let near = line.get(at..line.floor_char_boundary(at + MAX_INTRODUCTION)).unwrap_or("");
    let stop = [". - ", ". – ", ". — "].iter().filter_map(|stop| Some((near.find(stop)?, stop.len()))).min();
    // An office or `in writing` before a dash, not the first sentence of a speech that has a dash later.
    let is_short =
        |end: usize| count_words(near.get(..end).unwrap_or("")) <= 8 || near.starts_with("on behalf");
    if let Some((end, length)) =
        stop.filter(|&(end, _)| is_short(end) && !near.get(..end).is_some_and(|i| i.contains(". ")))
    {
        at += end + length;
    }
    let rest = line.get(at..).unwrap_or("");
    let code = rest.strip_prefix('(').and_then(|rest| rest.split_once(") ")).map(|(code, _)| code);
    if code.is_some_and(|code| code.len() == 2 && code.chars().all(|c| c.is_ascii_uppercase())) {
        at += "(DE) ".len();
    }
    at
}

/// The group that an introduction names: `on behalf of the Coast Group`.
fn group(introduction: &str) -> Option<&str> {
    let (_, rest) = introduction.split_once("on behalf of the ")?;
    let group = rest.split([',', '.']).next()?.trim();
    (count_words(group) > 0).then_some(group.trim_end_matches(" Group"))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{read_as, turns};

    #[test]
    fn tags_name_speakers_and_introductions_are_no_speech() {
        let session = read_as(
            "europarl",
            "<CHAPTER ID=\"1\">\nNight ferries (debate)\n<SPEAKER ID=\"1\" NAME=\"President\">\nThe next item is the report.\n\
             <SPEAKER ID=\"2\" NAME=\"Ann Lee\" LANGUAGE=\"DE\" AFFILIATION=\"S&amp;D\">\n(DE) Madam President, we oppose it.\n<P>\nIt is \
             too high.\n<SPEAKER ID=3 NAME=\"Bo Ek\">\non behalf of the Coast Group. - (ES) We support it. - Yes.\n\
             <SPEAKER ID=4 NAME=\"Cy Fox\">\nPresident-in-Office of the Council. - (CS) No.\n",
        );
        assert_eq!(
            turns(&session),
            [
                ("President", "The next item is the report."),
                ("Ann Lee", "Madam President, we oppose it.\n\nIt is too high."),
                ("Bo Ek", "We support it. - Yes."),
                ("Cy Fox", "No."),
            ]
        );
        let people: Vec<_> =
            session.attendees.iter().map(|a| (a.name.as_str(), a.stakeholder.as_str())).collect();
        assert_eq!(people, [("Ann Lee", "S&D"), ("Bo Ek", "Coast")]);
        assert_eq!(session.title, "Night ferries (debate)");
        assert!(session.warnings.is_empty(), "{:?}", session.warnings);
    }
}
