//! Text as transcription services export it: `Ann Lee  0:49` and the text below (Otter, Teams),
//! `Speaker 1 (00:11):` (Rev); a bare `(00:49)` goes on with the turn. Where times are switched
//! off, a name stands alone above each paragraph.

use rustc_hash::{FxHashMap, FxHashSet};

use super::date::find_date;
use super::decode::{Line, lines};
use super::label;
use super::lines::LineWriter;
use super::time::{close_times, seconds};
use super::{Confidence, Document, Format, alone, colophon, count, no_turns, plain, proceedings};
use crate::error::Result;
use crate::model::{Session, Time};

pub(super) const FORMAT: Format = Format {
    name: "otter",
    about: "text of Otter, Rev, Teams: \"Name  0:49\" or \"Name (00:49):\" above the text",
    extensions: &["txt"],
    confidence,
    read,
    source_text: count::text_lines,
};

/// Marks of bold and slanted type.
const MARKS: [char; 2] = ['*', '_'];

/// Longest name in words.
const MAX_NAME_WORDS: usize = 8;

/// What a line is.
enum Kind<'a> {
    /// A name and a time; the offset of speech on the same line.
    Speaker(&'a str, f64, usize),
    Time(f64, usize),
    Colophon,
    Other,
}

fn kind(line: &str) -> Kind<'_> {
    let text = line.trim();
    if colophon::is_colophon(text) {
        return Kind::Colophon;
    }
    if let Some((name, start)) = named_below_time(text) {
        return Kind::Speaker(name, start, line.len());
    }
    if let Some((start, length)) = stamp(text) {
        let offset = line.len() - line.trim_start().len() + length;
        return Kind::Time(start, offset);
    }
    speaker(line).unwrap_or(Kind::Other)
}

/// `0:49 - Ann Lee (Harbour Board)`, `[00:00:49.120] - Ann Lee`, `0:49 | Ann`: a name alone behind its time.
fn named_below_time(text: &str) -> Option<(&str, f64)> {
    // Most lines begin with no time.
    if !text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '[' | '(')) {
        return None;
    }
    let marks = [" - ", " | ", " – "].into_iter().filter_map(|mark| Some((text.find(mark)?, mark)));
    let (at, mark) = marks.min()?;
    let (time, name) = (text.get(..at)?, text.get(at + mark.len()..)?.trim());
    let bare = time.trim_matches(['[', ']', '(', ')']);
    let start = seconds(bare).filter(|_| bare.contains(':'))?;
    // In brackets a time may stand before a line of dialogue: `[0:49] - Thanks`.
    let shape = label::shape(name)?;
    let is_name = name.split_whitespace().count() <= MAX_NAME_WORDS
        && !name.ends_with(['.', '?', '!', ':'])
        && (bare.len() == time.len() || shape == label::Shape::Strong);
    is_name.then_some((name, start))
}

/// A time that a text begins with, with what surrounds it: `(00:49)`, `[0:49]:`, `*(00:49)*`, `[9:02 AM]`, `00:49`.
fn stamp(text: &str) -> Option<(f64, usize)> {
    let bare = text.trim_start_matches(MARKS);
    if let Some(start) = written_out(bare) {
        return Some((start, text.len()));
    }
    let open = bare.starts_with(['(', '[']);
    let body = bare.get(usize::from(open)..)?;
    let digits = body.find(|c: char| !(c.is_ascii_digit() || c == ':' || c == '.')).unwrap_or(body.len());
    let time = body.get(..digits)?.trim_end_matches([':', '.']);
    let start = seconds(time).filter(|_| time.contains(':'))?;
    let after = body.get(digits..)?;
    let half = half_of_day(after);
    let start = half.map_or(start, |(hours, _)| start % (12.0 * 60.0) * 60.0 + hours * 3600.0);
    let after = after.get(half.map_or(0, |(_, length)| length)..)?;
    let after = after.get(length_of_end(after)..)?;
    if open {
        let rest = after.strip_prefix([')', ']'])?;
        let rest = rest.trim_start_matches(MARKS);
        let rest = rest.strip_prefix(':').map_or(rest, |rest| rest.trim_start_matches(MARKS));
        return Some((start, text.len() - rest.len()));
    }
    after.trim_matches(['*', '_', ' ', '\t']).is_empty().then_some((start, text.len()))
}

/// The length of the time until which somebody speaks, behind that from which on: `00:01 - 00:05`.
fn length_of_end(text: &str) -> usize {
    let rest = text.trim_start();
    let end = ["-->", "-", "–", "—"]
        .into_iter()
        .find_map(|mark| rest.strip_prefix(mark))
        .unwrap_or("")
        .trim_start();
    let digits = end.find(|c: char| !(c.is_ascii_digit() || c == ':' || c == '.')).unwrap_or(end.len());
    let time = end.get(..digits).unwrap_or("");
    if time.contains(':') && seconds(time).is_some() { text.len() - end.len() + digits } else { 0 }
}

/// `1 minute 3 seconds`, `1 hour 0 minutes 3 seconds`, as programs write a time for those who listen.
fn written_out(text: &str) -> Option<f64> {
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let mut words = text.split_whitespace();
    let mut total = 0.0;
    while let Some(number) = words.next() {
        let unit = match words.next()?.trim_end_matches([',', 's']) {
            "hour" => 3600.0,
            "minute" => 60.0,
            "second" => 1.0,
            _ => return None,
        };
        total += f64::from(number.parse::<u16>().ok()?) * unit;
    }
    Some(total)
}

/// The lines that only announce the line of a speaker: the name, and below it the time, before both stand on one line.
fn announcements(text: &str) -> FxHashSet<usize> {
    let mut found = FxHashSet::default();
    let mut above: Option<(&str, usize)> = None;
    for line in lines(text).filter(|line| !line.is_blank()) {
        match kind(line.text) {
            Kind::Speaker(name, ..) => {
                let announced = above.take().filter(|&(announced, _)| announced == name);
                found.extend(announced.map(|(_, number)| number));
            }
            Kind::Time(_, speech) if line.text.get(speech..).is_none_or(|rest| rest.trim().is_empty()) => {}
            _ => above = Some((line.text.trim(), line.number)),
        }
    }
    found
}

/// `AM` or `PM` behind an hour: how many hours it adds, and its length with the space before it.
fn half_of_day(text: &str) -> Option<(f64, usize)> {
    let half = text.trim_start_matches([' ', '\u{202F}']);
    let hours = [("AM", 0.0), ("PM", 12.0)].into_iter().find_map(|(name, hours)| {
        half.get(..2).filter(|written| written.eq_ignore_ascii_case(name)).map(|_| hours)
    })?;
    Some((hours, text.len() - half.len() + 2))
}

/// `Ann Lee  0:49`, `Ann Lee (00:49): …`, `Ann Lee [00:49] …`.
fn speaker(line: &str) -> Option<Kind<'_>> {
    let text = line.trim();
    let lead = line.len() - line.trim_start().len();
    let start = text.len() - text.trim_start_matches(MARKS).len();
    let digit = text.get(start..)?.find(|c: char| c.is_ascii_digit() || matches!(c, '(' | '['));
    let at = text.get(..start + digit.filter(|&at| at > 0)?)?.trim_end_matches(MARKS).len();
    // A name may hold digits and brackets itself: `Speaker 1`, `Ann (Harbour)`.
    let mut places = text.match_indices([' ', '\t']).map(|(at, _)| at).filter(|&space| space + 1 >= at);
    places.find_map(|space| {
        let rest = text.get(space..)?;
        let (start, length) = stamp(rest.trim_start())?;
        let name =
            text.get(..space)?.trim_matches(MARKS).trim().trim_end_matches(':').trim_end_matches(MARKS);
        let name = name.trim_start_matches(['#', ' ']).trim_matches(MARKS);
        // A date and an hour are those of the recording: `Fri, Jul 05, 2024 9:00AM • 24:17`.
        let is_name = name.split_whitespace().count() <= MAX_NAME_WORDS
            && find_date(name).is_empty()
            && name.contains(char::is_alphabetic)
            && !name.ends_with(['.', ',', ';', '?', '!'])
            && name.chars().count() <= 60;
        let speech = lead + text.len() - rest.trim_start().len() + length;
        is_name.then_some(Kind::Speaker(name, start, speech))
    })
}

/// What tells the format: lines with a name and a time, bare times, and names used twice.
struct Evidence {
    timed: usize,
    /// Lines with the label of a member or an office as records of parliaments have them, and no time.
    of_record: usize,
    /// Lines that are not blank.
    filled: usize,
    repeated: bool,
    /// Paragraphs with a name alone above them, and all paragraphs.
    headed: usize,
    paragraphs: usize,
}

fn evidence(text: &str) -> Evidence {
    let mut found = Evidence { timed: 0, of_record: 0, filled: 0, repeated: false, headed: 0, paragraphs: 0 };
    let mut uses: FxHashMap<&str, usize> = FxHashMap::default();
    for line in lines(text) {
        found.filled += usize::from(!line.is_blank());
        if let Kind::Speaker(name, ..) = kind(line.text) {
            found.timed += 1;
            *uses.entry(name).or_default() += 1;
        } else if proceedings::is_labelled(line.text) {
            found.of_record += 1;
        }
    }
    for (name, _) in headed_paragraphs(text, &mut found.paragraphs) {
        found.headed += 1;
        *uses.entry(name).or_default() += 1;
    }
    found.repeated = uses.values().any(|&n| n >= 2);
    found
}

/// Names that stand alone above a paragraph, with the number of their line.
fn headed_paragraphs<'a>(text: &'a str, n_paragraphs: &mut usize) -> Vec<(&'a str, usize)> {
    let mut found = Vec::new();
    let all: Vec<Line> = lines(text).collect();
    for (at, line) in all.iter().enumerate() {
        let begins =
            !line.is_blank() && at.checked_sub(1).and_then(|above| all.get(above)).is_none_or(Line::is_blank);
        *n_paragraphs += usize::from(begins);
        let below = all.get(at + 1).is_some_and(|line| !line.is_blank());
        let name = line.text.trim();
        let is_name =
            name.split_whitespace().count() <= 5 && label::shape(name).is_some() && !name.ends_with('.');
        if begins && below && is_name {
            found.push((name, line.number));
        }
    }
    found
}

/// The names that stand alone, with the numbers of their lines: above nearly all paragraphs, or as [`alone`] tells.
fn names_alone(text: &str) -> Vec<(&str, usize)> {
    let mut n_paragraphs = 0;
    let headed = headed_paragraphs(text, &mut n_paragraphs);
    let found = alone::find(text);
    if found.is_empty() || headed.len() * 5 >= n_paragraphs * 4 { headed } else { found }
}

fn confidence(document: &Document) -> Confidence {
    if document.sample().trim_start().starts_with(['{', '<']) || document.sample().contains("-->") {
        return Confidence::NONE;
    }
    let found = evidence(document.sample());
    match (found.timed, found.repeated) {
        _ if found.timed * 40 < found.filled && found.timed > 0 => Confidence::new(
            0.3,
            format!("only {} of {} lines have a name and a time", found.timed, found.filled),
        ),
        // A record gives the time where somebody speaks first.
        _ if found.timed > 0 && found.of_record >= found.timed => {
            Confidence::new(0.3, format!("{} labels of a record have no time", found.of_record))
        }
        (3.., true) => Confidence::new(0.92, format!("{} lines with a name and a time", found.timed)),
        (2.., _) => Confidence::new(0.8, format!("{} lines with a name and a time", found.timed)),
        _ if found.repeated && found.headed >= 3 && found.headed * 5 >= found.paragraphs * 4 => {
            Confidence::new(
                0.6,
                format!("{} of {} paragraphs stand under a name", found.headed, found.paragraphs),
            )
        }
        _ => match alone::find(document.sample()).len() {
            0 => Confidence::NONE,
            n_names => Confidence::new(0.6, format!("{n_names} names stand alone above what is said")),
        },
    }
}

fn read(document: &Document) -> Result<Vec<Session>> {
    let text = document.seen();
    let is_timed = lines(text).any(|line| matches!(kind(line.text), Kind::Speaker(..)));
    let names = if is_timed { Vec::new() } else { names_alone(text) };
    if !is_timed && names.is_empty() {
        return Err(no_turns("no line holds a name and a time, such as \"Ann Lee  0:49\""));
    }
    let announced = if is_timed { announcements(text) } else { FxHashSet::default() };
    let mut writer = LineWriter::new(document);
    let at = |start: f64| Some(Time { start, end: start });
    for line in lines(text) {
        let heading = names.binary_search_by_key(&line.number, |&(_, number)| number).ok();
        match kind(line.text) {
            _ if let Some(&(name, _)) = heading.and_then(|at| names.get(at)) => {
                writer.turn(name, &line, line.end()..line.end(), None);
            }
            Kind::Speaker(name, start, speech) => {
                writer.turn(name, &line, line.start + speech..line.end(), at(start));
            }
            Kind::Colophon => writer.header(&line),
            _ if announced.contains(&line.number) => writer.header(&line),
            Kind::Time(..) if writer.builder.is_empty() => writer.header(&line),
            _ if writer.builder.is_empty() => plain::front_matter(&mut writer, &line),
            Kind::Time(start, speech) => writer.time(&line, line.start + speech..line.end(), at(start)),
            Kind::Other => writer.speech(&line),
        }
    }
    let mut session = writer.finish();
    close_times(&mut session);
    Ok(vec![session])
}

#[cfg(test)]
mod tests {
    use super::super::tests::{read_as, turns};

    fn check(text: &str, expected: &[(&str, &str, Option<f64>)]) {
        let session = read_as("otter", text);
        let found: Vec<_> = turns(&session)
            .into_iter()
            .enumerate()
            .map(|(at, (label, said))| (label, said, session.turns[at].pieces[0].time.map(|t| t.start)))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn names_and_times_stand_above_the_text() {
        check(
            "Night ferry\n\nAnn Lee  0:49  \nWe raise the fares.\nBy half.\n\nUnknown Speaker  1:02:03\nWhy at 10:30?\n\n\
             Transcribed by https://otter.ai\n",
            &[
                ("Ann Lee", "We raise the fares.\nBy half.", Some(49.0)),
                ("Unknown Speaker", "Why at 10:30?", Some(3723.0)),
            ],
        );
        check(
            "Ann Lee  0:49\ncase 10:\nas in: case 12:\nBo Ek  1:02\nWhy?\n",
            &[("Ann Lee", "case 10:\nas in: case 12:", Some(49.0)), ("Bo Ek", "Why?", Some(62.0))],
        );
        check(
            "Speaker 1 (00:11):\nOne.\n\n(00:20)\nStill one.\n\nSpeaker 2 (00:31): Two.\n(00:40): More.\n",
            &[("Speaker 1", "One.\n\nStill one.", Some(11.0)), ("Speaker 2", "Two.\nMore.", Some(31.0))],
        );
    }

    #[test]
    fn names_and_times_may_be_in_bold_and_times_may_be_those_of_a_clock() {
        for (first, second) in [
            ("**Ann Lee** *(00:49)*", "**Bo Ek** *(01:02)*"),
            ("**Ann Lee** [00:49]:", "**Bo Ek** [01:02]:"),
            ("**Ann Lee (00:49):**", "**Bo Ek (01:02):**"),
        ] {
            check(
                &format!(
                    "# Call\n\n{first}\n\nWe raise the fares.\n\n{second}\n\nWhy?\n\n{first}\n\nMoney.\n"
                ),
                &[
                    ("Ann Lee", "We raise the fares.", Some(49.0)),
                    ("Bo Ek", "Why?", Some(62.0)),
                    ("Ann Lee", "Money.", Some(49.0)),
                ],
            );
        }
        check(
            "Ann Lee  [9:02 AM]\nOne.\n\nBo Ek  [12:05 PM]\nTwo.\n\nAnn Lee  1:00 pm\nThree.\n",
            &[
                ("Ann Lee", "One.", Some(32_520.0)),
                ("Bo Ek", "Two.", Some(43_500.0)),
                ("Ann Lee", "Three.", Some(46_800.0)),
            ],
        );
    }

    #[test]
    fn a_time_may_stand_before_a_name_and_a_heading_hold_both() {
        for (first, second) in [
            ("0:49 - Ann Lee (Quay)", "1:02:03 - Bo Ek"),
            ("## Ann Lee (Quay) (0:49)", "### Bo Ek (1:02:03)"),
        ] {
            check(
                &format!("{first}\n  We raise: the fares.\n\n{second}\n  Why?\n\n{first}\n  Money.\n"),
                &[
                    ("Ann Lee (Quay)", "We raise: the fares.", Some(49.0)),
                    ("Bo Ek", "Why?", Some(3723.0)),
                    ("Ann Lee (Quay)", "Money.", Some(49.0)),
                ],
            );
        }
    }

    #[test]
    fn a_time_may_have_an_end_or_be_written_out() {
        for (first, second) in [
            ("Ann Lee  00:49 - 01:02", "Bo Ek  01:02 - 1:01:10"),
            ("Ann Lee [00:49 --> 01:02]", "Bo Ek [01:02 --> 01:10]"),
            ("[00:00:49.120] - Ann Lee", "[00:01:02.000] - Bo Ek"),
            ("0:49 | Ann Lee", "1:02 | Bo Ek"),
            (
                "Ann Lee\n0 minutes 49 seconds\n0:49\nAnn Lee 0 minutes 49 seconds",
                "Bo Ek\n1 minute 2 seconds\n1:02\nBo Ek 1 minute 2 seconds",
            ),
        ] {
            let session = read_as(
                "otter",
                &format!("{first}\nWe raise: the fares.\n\n{second}\nWhy - 3 minutes?\n\n{first}\nMoney.\n"),
            );
            let expected =
                [("Ann Lee", "We raise: the fares."), ("Bo Ek", "Why - 3 minutes?"), ("Ann Lee", "Money.")];
            assert_eq!(turns(&session), expected, "{first}");
            let starts: Vec<f64> = session
                .turns
                .iter()
                .filter_map(|turn| turn.pieces[0].time)
                .map(|time| time.start.floor())
                .collect();
            assert_eq!(starts, [49.0, 62.0, 49.0], "{first}");
            assert_eq!(session.outside.unattributed, 0, "{first}");
        }
    }

    #[test]
    fn a_date_above_a_transcript_is_no_voice() {
        let session = read_as(
            "otter",
            "Ferry call\nFri, Jul 05, 2024 9:00AM • 24:17\n\nSUMMARY KEYWORDS\nferry\n\nAnn Lee  0:49\nOne.\n\nBo Ek  1:02\nTwo.\n",
        );
        assert_eq!(turns(&session), [("Ann Lee", "One."), ("Bo Ek", "Two.")]);
        assert_eq!((session.title.as_str(), session.date.as_str()), ("Ferry call", "2024-07-05"));
    }

    #[test]
    fn a_number_and_a_colon_are_no_time() {
        let minutes = "AB: One.\n\n  case 0:\n  case 1:\n  case 2:\n\nCD: Two.\n\nAB: Three.\n";
        assert_eq!(
            super::super::read(minutes.as_bytes(), "a.md", None).unwrap().guesses[0].format.name,
            "plain"
        );
    }

    #[test]
    fn a_bare_time_begins_a_new_time_within_the_turn() {
        let session =
            read_as("otter", "Ann Lee (00:11):\nOne.\n\n(00:20)\nStill one.\n\nBo Ek (00:31):\nTwo.\n");
        let times: Vec<_> =
            session.turns[0].pieces.iter().map(|p| p.time.map(|t| (t.start, t.end))).collect();
        assert_eq!(times, [Some((11.0, 20.0)), Some((20.0, 31.0))]);
    }

    #[test]
    fn names_stand_alone_where_times_are_switched_off() {
        check(
            "Ann Lee\nWe raise the fares.\n\nBo Ek\nWhy?\n\nAnn Lee\nMoney.\n",
            &[("Ann Lee", "We raise the fares.", None), ("Bo Ek", "Why?", None), ("Ann Lee", "Money.", None)],
        );
    }
}
