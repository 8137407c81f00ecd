//! Plain text: `Name: text` on a line, or `Name:` on a line of its own and the text below.
//!
//! Not every line with a colon is a turn; [`label`](super::label) decides over the whole text.
//! Labels of parliamentary records, which have no colon, are those of [`proceedings`](super::proceedings).
//! A line that begins with a time (`[00:12:30] Ann: …`) keeps it.

mod chat;
mod court;
mod forms;
mod labels;
mod messages;
mod prose;

use self::labels::{Labels, find_labels, labelled_after};
use super::date::find_date;
use super::decode::{Line, lines};
use super::lines::LineWriter;
use super::outcomes::{self, Outcomes};
use super::time::{bare_clock, close_times, lone_time};
use super::{
    Confidence, Document, Format, colophon, count, fields, frontmatter, inner, no_turns, proceedings, unnamed,
};
use crate::error::Result;
use crate::model::Session;

pub(super) const FORMAT: Format = Format {
    name: "plain",
    about: "plain text: \"Name: text\" on a line, or \"Name:\" on a line of its own and the text below",
    extensions: &["txt", "text"],
    confidence,
    read,
    source_text: count::text_lines,
};

fn confidence(document: &Document) -> Confidence {
    let text = document.sample();
    let start = text.trim_start();
    // Of most texts the first character tells.
    let is_markup =
        || start.contains("</") || start.contains("/>") || start.contains("<!") || start.contains("<?");
    if start.starts_with('{') || start.starts_with('<') && is_markup() {
        return Confidence::NONE;
    }
    let body = text.get(frontmatter::of(text).map_or(0, |front| front.bytes)..).unwrap_or("");
    let labels = find_labels(body);
    if labels.taken.is_empty() && !text.contains("-->") && unnamed::is_prose(body) {
        // Less than a file of a folder needs to be taken for a transcript: it may be any text.
        return Confidence::new(0.25, "text in which no line begins with a label");
    }
    let reason = format!("{} lines begin with one of {} labels", labels.uses, labels.taken.len());
    match (labels.uses, labels.taken.len()) {
        (0 | 1, _) => Confidence::new(0.2 * labels.uses as f64, reason),
        (2, 1) => Confidence::new(0.25, reason),
        _ => Confidence::new(0.3 + 0.4 * labels.share.min(1.0), reason),
    }
}

fn read(document: &Document) -> Result<Vec<Session>> {
    let front = frontmatter::of(document.seen()).unwrap_or_default();
    let body = document.seen().get(front.bytes..).unwrap_or("");
    let labels = find_labels(body);
    let mut writer = LineWriter::new(document);
    if labels.taken.is_empty() {
        if !unnamed::is_prose(body) {
            return Err(no_turns("this is text without speakers: no line begins with a name and a colon"));
        }
        prose::write(&mut writer, document.seen(), front.last);
    } else {
        if labels.is_stamped {
            writer.builder.session().date = messages::date(body);
        }
        write(&mut writer, document.seen(), &labels, front.last);
    }
    front.tell(writer.builder.session());
    let mut session = writer.finish();
    close_times(&mut session);
    if !labels.taken.is_empty() {
        inner::set_apart(&mut session);
    }
    Ok(vec![session])
}

/// Writes the lines of a text with labels; those up to `front` are settings.
fn write(writer: &mut LineWriter, text: &str, labels: &Labels, front: usize) {
    let people = fields::people_lines(text);
    let mut after_blank = true;
    let mut outcomes = Outcomes::default();
    for line in lines(text) {
        let begins = std::mem::replace(&mut after_blank, line.is_blank());
        if line.number <= front || people.contains(&line.number) {
            writer.header(&line);
            continue;
        }
        let start = court::body(&line, labels.is_numbered);
        let found = labelled_after(&line, start, labels.split);
        let is_outcome = outcomes::key(line.text.get(start..).unwrap_or("").trim()).is_some();
        let found = found.filter(|found| labels.taken.contains(found.label) && !is_outcome);
        match found.filter(|found| found.is_stamped || !labels.is_stamped) {
            Some(found)
                if labels.is_stamped
                    && messages::is_left_out(line.text.get(found.speech..).unwrap_or("")) =>
            {
                writer.header(&line);
            }
            Some(found) => {
                let clock = || bare_clock(line.text).filter(|_| labels.is_clocked).map(|(time, _)| time);
                let time = found.time.or_else(clock);
                writer.turn(found.label, &line, line.start + found.speech..line.end(), time);
            }
            // What the program says: that somebody has joined.
            None if labels.is_stamped && chat::stamp(line.text) > 0 => writer.header(&line),
            None if writer.builder.is_empty() => front_matter(writer, &line),
            None if begins && fields::is_roster(line.text) => writer.header(&line),
            None if outcomes.keyed(&line, start) || outcomes.goes_on(&line) => writer.header(&line),
            None => unlabelled(writer, &line, start),
        }
    }
    outcomes.finish(writer);
}

/// A line without a label below one that has; what is said on it begins at byte `start`.
fn unlabelled(writer: &mut LineWriter, line: &Line, start: usize) {
    let text = line.text.get(start..).unwrap_or("");
    if proceedings::is_interjection(text) || colophon::is_colophon(text) || court::is_heading(text) {
        writer.header(line);
    } else if proceedings::is_column(text) {
        writer.page_furniture(line);
    } else if let Some(time) = lone_time(text) {
        writer.time(line, line.end()..line.end(), Some(time));
    } else {
        writer.part_of_turn(line, line.start + start..line.end(), None);
    }
}

/// Lines above the first turn: the first is the title, dates are looked for, all are headers.
pub(super) fn front_matter(writer: &mut LineWriter, line: &Line) {
    writer.header(line);
    let session = writer.builder.session();
    if session.date.is_empty() {
        session.date = find_date(line.text);
    }
    let text = line.text.trim().trim_start_matches('#').trim();
    let value = text.strip_prefix("Title:").map_or(text, str::trim);
    if session.title.is_empty() && value.split_whitespace().count() <= 30 {
        value.clone_into(&mut session.title);
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::super::tests::{read_as, turns};

    fn check(text: &str, expected: &[(&str, &str)]) {
        assert_eq!(turns(&read_as("plain", text)), expected, "{text}");
    }

    #[test]
    fn labels_stand_before_the_text_or_above_it() {
        check(
            "Ann: One.\nBo Ek: Two.\nThree.\n\nFour.",
            &[("Ann", "One."), ("Bo Ek", "Two.\nThree.\n\nFour.")],
        );
        check("Ann:\nOne.\n\nBo:\nTwo.\nAnn:\nYes.", &[("Ann", "One."), ("Bo", "Two."), ("Ann", "Yes.")]);
    }

    #[test]
    fn not_every_line_with_a_colon_is_a_turn() {
        check(
            "Ann: We agreed.\nNote: not a person.\n10:30 Meeting: resumed.\nhttp://a.org: a link\n\
             Result: fine.\nthere are three: a, b, c\n\nMore.\n\nAnd more.\n\nBo: Two.\nAnn: Three.\nBo: Four.",
            &[
                (
                    "Ann",
                    "We agreed.\nNote: not a person.\n10:30 Meeting: resumed.\nhttp://a.org: a link\n\
                     Result: fine.\nthere are three: a, b, c\n\nMore.\n\nAnd more.",
                ),
                ("Bo", "Two."),
                ("Ann", "Three."),
                ("Bo", "Four."),
            ],
        );
    }

    #[test]
    fn nicknames_in_lower_case_are_labels_where_every_line_has_one() {
        check(
            "ann: one\nbo: two\nann: three\nbo: four\nann: five\nbo: see: six",
            &[
                ("ann", "one"),
                ("bo", "two"),
                ("ann", "three"),
                ("bo", "four"),
                ("ann", "five"),
                ("bo", "see: six"),
            ],
        );
        assert!(read(b"size: 1\ncolour: red\nweight: 3\n", "a.txt", Some("plain")).is_err());
    }

    #[test]
    fn labels_without_a_colon_are_taken_where_every_paragraph_has_one() {
        let expected = [("Ann Lee", "One, two."), ("Bo Ek", "Three: four."), ("Ann Lee", "Five - six.")];
        for (open, close) in [("[", "] "), ("<", "> "), ("", " - "), ("", " – "), ("", ". – ")] {
            let line = |(name, said): (&str, &str)| format!("{open}{name}{close}{said}\n");
            let text: String = expected.map(line).concat();
            if open != "<" {
                check(&text, &expected);
            }
            assert!(
                read(b"[1] A book - by Ann\n[2] A chart - by Bo\n[1] More\n", "a.txt", Some("plain"))
                    .is_err()
            );
        }
        check(
            "- **Ann Lee** – One, two.\n- **Bo Ek** – Three: four.\n- **Ann Lee** – Five - six.\n",
            &expected,
        );
        check(
            "<ann> one\n<bo> two: yes\n<ann> three",
            &[("ann", "one"), ("bo", "two: yes"), ("ann", "three")],
        );
        check(
            "[12/03/2025, 10:04:05] Ann: One.\n[12/03/2025, 10:05:01] Bo: Two.\n[12/03/2025, 10:05:09] Ann: Three.",
            &[("Ann", "One."), ("Bo", "Two."), ("Ann", "Three.")],
        );
    }

    #[test]
    fn times_before_a_label_are_kept() {
        let session = read_as("plain", "[00:01:02] Ann: One.\n[00:01:10] Bo: Two.");
        assert_eq!(turns(&session), [("Ann", "One."), ("Bo", "Two.")]);
        assert_eq!(session.turns[0].pieces[0].time.map(|t| (t.start, t.end)), Some((62.0, 70.0)));
    }

    #[test]
    fn what_stands_above_the_first_turn_is_no_speech() {
        let session = read_as("plain", "Ferry committee\n3 May 2023\n\nAnn: One.\nBo: Two.");
        assert_eq!((session.title.as_str(), session.date.as_str()), ("Ferry committee", "2023-05-03"));
        assert_eq!(session.outside.headers, 5);
    }

    #[test]
    fn text_without_speakers_is_refused_with_a_remedy() {
        let prose = b"It was a long day.\nNobody spoke, and the rain did not stop.\n";
        for format in [None, Some("plain")] {
            let message = read(prose, "day.txt", format).unwrap_err().to_string();
            assert!(
                message.starts_with("day.txt: no turns were found") && message.contains("--input-format")
            );
        }
    }

    #[test]
    fn one_speaker_in_ten_thousand_words_is_refused() {
        let text = format!("Ann: {}", "word ".repeat(10_001));
        let message = read(text.as_bytes(), "a.txt", Some("plain")).unwrap_err().to_string();
        assert!(message.contains("single speaker \"Ann\""), "{message}");
    }
}
