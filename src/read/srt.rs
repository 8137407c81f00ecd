//! SubRip: number, `00:00:01,000 --> 00:00:02,000`, text; `Name:` or `[SPEAKER_00]:` in the text.
//!
//! Written by many programs in many ways: the number may be missing or negative, the arrow spaced,
//! fractions after `.`, `,` or their wide forms or absent, empty lines missing or inside the text.

use super::colours::{self, ColouredStretch};
use super::cues::{self, Stretch};
use super::decode::{Line, lines};
use super::entities::decode_entity;
use super::{Confidence, Document, Format, count, label, no_turns};
use crate::error::Result;
use crate::model::{Session, Time, Warning, WarningCode, count_words, label_text};

pub(super) const FORMAT: Format = Format {
    name: "srt",
    about: "SubRip subtitles with \"Name:\" or \"[SPEAKER_00]:\" in the text",
    extensions: &["srt"],
    confidence,
    read,
    source_text: count::srt,
};

/// Longest tag or code in bytes.
const MAX_MARKUP: usize = 300;

/// A subtitle.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Subtitle<'a> {
    /// When it is shown; zero where its times cannot be read.
    pub(super) time: Time,
    /// Whether its times can be read, and in which order they stand.
    timing: Timing,
    /// From the first to the last line of text, as in what was parsed.
    pub(super) text: &'a str,
    line: usize,
    /// Byte at which its number, or else its line of times, stands.
    begins: usize,
}

/// What the line of times of a subtitle is like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Timing {
    Sound,
    /// It ends before it starts; it is taken to end where it starts.
    Backwards,
    Unreadable,
}

fn confidence(document: &Document) -> Confidence {
    if document.sample().starts_with("WEBVTT") {
        return Confidence::NONE;
    }
    let found = lines(document.sample()).filter(|line| timings(line.text).is_some()).take(3).count();
    let first =
        lines(document.sample()).filter(|line| !line.is_blank()).take(2).any(|l| timings(l.text).is_some());
    let reason = format!(
        "{} lines with two times and an arrow",
        if found < 3 { found.to_string() } else { "3 or more".into() }
    );
    match (found, first) {
        (0, _) => Confidence::NONE,
        (_, true) => Confidence::new(0.95, reason),
        (1 | 2, false) => Confidence::new(0.4, reason),
        (_, false) => Confidence::new(0.8, reason),
    }
}

fn read(document: &Document) -> Result<Vec<Session>> {
    let subtitles = parse(document.seen());
    let coloured: Vec<ColouredStretch> = subtitles
        .iter()
        .map(|subtitle| stretch(subtitle, document.original(subtitle.text)))
        .filter(|cue| !cue.stretch.text.trim().is_empty())
        .collect();
    let stretches: Vec<Stretch> = coloured.iter().map(|cue| cue.stretch.clone()).collect();
    let mut session = cues::session_of(document.stem(), &stretches);
    if session.turns.is_empty()
        && let Some(named) = named_above(&stretches)
    {
        session = cues::session_of(document.stem(), &named);
        // Here the names stand in the text and not in a tag.
        session.metadata_words = 0;
    }
    if session.turns.is_empty()
        && let Some(voices) = colours::voices(&coloured)
    {
        session = cues::session_of(document.stem(), &voices);
        colours::warn(&mut session);
    }
    if session.turns.is_empty() {
        session = cues::unnamed_session_of(document.stem(), &stretches);
    }
    if session.turns.is_empty() {
        return Err(no_turns("no subtitle says a word"));
    }
    account_for_rest(&mut session, &subtitles, document.seen());
    document.lead_back(&mut session);
    Ok(vec![session])
}

/// A subtitle without its markup, of which the colours are kept.
fn stretch(subtitle: &Subtitle, text: &str) -> ColouredStretch {
    let (text, colours) = with_colours(text);
    let time = Some(subtitle.time).filter(|_| subtitle.timing != Timing::Unreadable);
    ColouredStretch { stretch: Stretch { line: subtitle.line, time, text, ..Stretch::default() }, colours }
}

/// Counts what stands above the first subtitle, and warns of times that are none.
fn account_for_rest(session: &mut Session, subtitles: &[Subtitle], text: &str) {
    let of = |timing: Timing| subtitles.iter().filter(move |subtitle| subtitle.timing == timing);
    for (timing, what) in [
        (Timing::Backwards, "subtitles that end before they start; they end where they start"),
        (Timing::Unreadable, "subtitles whose times cannot be read; they were read without"),
    ] {
        if let Some(first) = of(timing).next() {
            let message = format!("{what}: {}", of(timing).count());
            warn(session, WarningCode::BadTime, first.line, message);
        }
    }
    let end = subtitles.first().map_or(text.len(), |first| first.begins);
    let above = without_markup(text.get(..end).unwrap_or(""));
    let words = count_words(&above);
    if words > 0 {
        session.outside.headers += words;
        session.input_words += words;
        let line = above.lines().position(|line| !line.trim().is_empty()).map_or(1, |at| at + 1);
        warn(
            session,
            WarningCode::StrayText,
            line,
            format!("words above the first subtitle, counted as headers: {words}"),
        );
    }
}

fn warn(session: &mut Session, code: WarningCode, line: usize, message: String) {
    session.warnings.push(Warning::at_line(code, line, message));
}

/// The subtitles with the name that stands on their first line, as meeting services export
/// transcripts, where nearly all have one and some have the same.
fn named_above(stretches: &[Stretch]) -> Option<Vec<Stretch>> {
    let split = |stretch: &Stretch| -> Option<Stretch> {
        let (name, text) = stretch.text.trim_start().split_once('\n')?;
        let name = label_text(name);
        let is_name = label::shape(&name).is_some() && !name.ends_with(['.', '?', '!', ',']);
        let line = stretch.line + 1 + (text.len() - text.trim_start_matches('\n').len());
        let voice = Some(name.into_owned());
        is_name.then(|| Stretch {
            voice,
            line,
            text: text.trim_start_matches('\n').to_owned(),
            ..stretch.clone()
        })
    };
    let named: Vec<Stretch> = stretches.iter().map(|s| split(s).unwrap_or_else(|| s.clone())).collect();
    let mut names: Vec<&str> = named.iter().filter_map(|stretch| stretch.voice.as_deref()).collect();
    let n_named = names.len();
    names.sort_unstable();
    names.dedup();
    (n_named * 10 >= stretches.len() * 9 && names.len() < n_named).then_some(named)
}

/// The subtitles of a text: each begins at a line of times, preceded by its number, and ends
/// before the next one.
pub(super) fn parse(text: &str) -> Vec<Subtitle<'_>> {
    let all: Vec<Line> = lines(text).collect();
    let starts: Vec<(usize, Time, Timing)> = all
        .iter()
        .enumerate()
        .filter_map(|(at, line)| timing_of(line.text).map(|(time, timing)| (at, time, timing)))
        .collect();
    starts
        .iter()
        .enumerate()
        .map(|(nth, &(at, time, timing))| {
            let end = starts.get(nth + 1).map_or(all.len(), |&(next, ..)| number_above(&all, next, at + 1));
            let above =
                nth.checked_sub(1).and_then(|before| starts.get(before)).map_or(0, |&(at, ..)| at + 1);
            let begins = all.get(number_above(&all, at, above)).map_or(0, |line| line.start);
            let body = all.get(at + 1..end).unwrap_or(&[]);
            let filled = body.iter().rposition(|line| !line.text.is_empty()).map_or(0, |last| last + 1);
            let first = body.iter().take(filled).position(|line| !line.text.is_empty()).unwrap_or(0);
            let range = body.get(first).zip(body.get(..filled).and_then(<[Line]>::last));
            let text = range.and_then(|(first, last)| text.get(first.start..last.end())).unwrap_or("");
            Subtitle { time, timing, text, line: at + 2 + first, begins }
        })
        .collect()
}

/// Where the subtitle whose times stand on line `at` begins: at its number, if it has one. A number that
/// stands directly below the times above, or below text, with an empty line after it is said by somebody.
fn number_above(all: &[Line], at: usize, limit: usize) -> usize {
    let between = all.get(limit..at).unwrap_or(&[]);
    let Some(last) = between.iter().rposition(|line| !line.is_blank()) else { return at };
    let is_number = between.get(last).is_some_and(|line| {
        let text = line.text.trim().trim_start_matches('-');
        text.starts_with(|c: char| c.is_ascii_digit()) && text.chars().all(|c| c.is_ascii_digit() || c == '.')
    });
    let stands_apart = if last == 0 { limit == 0 } else { between.get(last - 1).is_some_and(Line::is_blank) };
    let is_adjacent = last + 1 == between.len();
    if is_number && (is_adjacent || stands_apart) { limit + last } else { at }
}

/// The times of a line and what they are like, if it is a line of times.
fn timing_of(line: &str) -> Option<(Time, Timing)> {
    if let Some(time) = timings(line) {
        let backwards = is_backwards(line);
        return Some((time, if backwards { Timing::Backwards } else { Timing::Sound }));
    }
    // Most lines have no arrow.
    memchr::memchr(b'>', line.as_bytes())?;
    let (start, end) = line.split_once("-->")?;
    let begins_like_time =
        |text: &str| text.trim().starts_with(|c: char| c.is_ascii_digit()) && text.contains(':');
    let is_plain = !start.contains(char::is_alphabetic);
    let nothing = Time { start: 0.0, end: 0.0 };
    (is_plain && begins_like_time(start) && begins_like_time(end)).then_some((nothing, Timing::Unreadable))
}

/// The times of a line: two times with an arrow between; what follows is ignored.
pub(super) fn timings(line: &str) -> Option<Time> {
    times_of(line).map(|(start, end)| Time { start, end: end.max(start) })
}

fn is_backwards(line: &str) -> bool {
    times_of(line).is_some_and(|(start, end)| end < start)
}

fn times_of(line: &str) -> Option<(f64, f64)> {
    let line = line.trim();
    if !line.starts_with(|c: char| c.is_ascii_digit() || c == '-') {
        return None;
    }
    let (start, rest) = timestamp(line)?;
    let rest = rest.trim_start().strip_prefix('-')?.trim_start();
    let rest = rest.strip_prefix('-').unwrap_or(rest).trim_start().strip_prefix('>')?.trim_start();
    let (end, _) = timestamp(rest)?;
    Some((start, end))
}

/// Seconds of `hours:minutes:seconds,thousandths` with any number of digits, and what follows.
fn timestamp(text: &str) -> Option<(f64, &str)> {
    let end = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '：' | ',' | '.' | '，' | '。')));
    let (stamp, rest) = text.split_at(end.unwrap_or(text.len()));
    let mut fields = stamp.split([':', '：']);
    let (hours, minutes, last) = (fields.next()?, fields.next()?, fields.next()?);
    let mut parts = last.split([',', '.', '，', '。']);
    let (seconds, thousandths) = (parts.next()?, parts.next().unwrap_or("0"));
    let value = |digits: &str| digits.parse::<f64>().ok().filter(|value| value.is_finite());
    let total =
        value(hours)? * 3600.0 + value(minutes)? * 60.0 + value(seconds)? + value(thousandths)? / 1000.0;
    (fields.next().is_none() && parts.next().is_none()).then_some((total, rest))
}

/// Text without `<i>`-like tags and `{\an8}`-like codes, with character references decoded.
pub(super) fn without_markup(text: &str) -> String {
    with_colours(text).0
}

/// Text without markup, and the places from which on a colour holds.
fn with_colours(text: &str) -> (String, Vec<(usize, Option<String>)>) {
    let (mut plain, mut rest) = (String::with_capacity(text.len()), text);
    let mut colours = vec![(0, None)];
    let mut open: Vec<Option<String>> = Vec::new();
    while let Some(at) = memchr::memchr3(b'<', b'{', b'&', rest.as_bytes()) {
        plain.push_str(rest.get(..at).unwrap_or(""));
        rest = rest.get(at..).unwrap_or("");
        let skip = if rest.starts_with('&') {
            let (characters, length) = decode_entity(rest);
            plain.push_str(&characters);
            length
        } else {
            let length = markup_length(rest);
            if length.is_none() {
                plain.push_str(rest.get(..1).unwrap_or(""));
            }
            match length.and_then(|length| font(rest.get(..length)?)) {
                Some(Font::Open(colour)) => {
                    open.push(colour.or_else(|| open.last().cloned().flatten()));
                    colours.push((plain.len(), open.last().cloned().flatten()));
                }
                Some(Font::Close) => {
                    open.pop();
                    colours.push((plain.len(), open.last().cloned().flatten()));
                }
                None => {}
            }
            length.unwrap_or(1)
        };
        rest = rest.get(skip..).unwrap_or("");
    }
    plain.push_str(rest);
    (plain, colours)
}

/// A tag of fonts, with the colour that it sets.
enum Font {
    Open(Option<String>),
    Close,
}

fn font(tag: &str) -> Option<Font> {
    let lower = tag.to_lowercase();
    if lower.starts_with("</font") {
        return Some(Font::Close);
    }
    let attributes = lower.strip_prefix("<font")?.trim_end_matches('>');
    let value = attributes.split_once("color").and_then(|(_, rest)| rest.trim_start().strip_prefix('='));
    let value = value.map(str::trim_start).map(|value| match value.strip_prefix(['"', '\'']) {
        Some(quoted) => quoted.split(['"', '\'']).next().unwrap_or(""),
        None => value.split_whitespace().next().unwrap_or(""),
    });
    Some(Font::Open(value.and_then(colours::name)))
}

fn markup_length(text: &str) -> Option<usize> {
    let text = text.get(..text.floor_char_boundary(MAX_MARKUP))?;
    if text.starts_with("{\\") {
        return text.find('}').map(|end| end + 1);
    }
    let end = text.find('>')?;
    let name = text.get(1..end)?.trim_start_matches('/');
    let known = ["i", "b", "u", "s", "font"];
    known.contains(&name.split([' ', '\n']).next()?.to_lowercase().as_str()).then_some(end + 1)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{read_as, turns};
    use super::*;

    fn check(text: &str, expected: &[(f64, f64, &str)]) {
        let found: Vec<_> = parse(text).into_iter().map(|s| (s.time.start, s.time.end, s.text)).collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn subtitles_are_read_however_programs_write_them() {
        let expected = [(1.0, 2.5, "One."), (3.0, 4.0, "Two.\n\nThree.")];
        let usual =
            "1\n00:00:01,000 --> 00:00:02,500\nOne.\n\n2\n00:00:03,000 --> 00:00:04,000\nTwo.\n\nThree.\n\n";
        for text in [
            usual.to_owned(),
            usual.trim_end().to_owned(),
            usual.replace("-->", "- >"),
            usual.replace("-->", "-- >"),
            usual.replace(" --> ", "-->"),
            usual.replace(",", "."),
            usual.replace(",", "，").replace(":", "："),
            usual.replace("\n2\n", "2\n"),
            usual.replace("1\n00", "-1 \n00"),
            usual.replace("2\n00", "00"),
            format!(" \n\t\n{usual}"),
            usual.replace("00:00:04,000", "00:00:04,000 X1:20 Y2:30"),
        ] {
            check(&text, &expected);
        }
        check("1\n00:00:01 --> 00:00:02\nOne.", &[(1.0, 2.0, "One.")]);
        check(
            "1\n100:00:60,1000 --> 9999:00:00,0\n\n\n2\n00:00:00,0 --> 00:00:01,0\nx",
            &[(360_061.0, 35_996_400.0, ""), (0.0, 1.0, "x")],
        );
    }

    #[test]
    fn names_may_stand_above_the_text() {
        let session = read_as(
            "srt",
            "0:0:0.0 --> 0:0:3.470\nAnn Lee\nWe raise\n\n0:0:3.470 --> 0:0:5.0\nAnn Lee\nthe fares.\n\n\
             0:0:5.0 --> 0:0:6.0\nBo Ek\n\nWhy?\n",
        );
        assert_eq!(turns(&session), [("Ann Lee", "We raise the fares."), ("Bo Ek", "Why?")]);
        assert_eq!([session.line_of(0, 0), session.line_of(1, 0)], [3, 12]);
    }

    #[test]
    fn speakers_stand_in_the_text() {
        let session = read_as(
            "srt",
            "1\n00:00:01,000 --> 00:00:02,500\n[SPEAKER_00]: We raise\n\n2\n00:00:02,500 --> 00:00:04,000\n\
             [SPEAKER_00]: the <i>fares</i> &amp; fees.\n\n3\n00:00:04,000 --> 00:00:05,000\n{\\an8}[SPEAKER_01]: a < b\n",
        );
        assert_eq!(turns(&session), [("SPEAKER_00", "We raise the fares & fees."), ("SPEAKER_01", "a < b")]);
        assert_eq!(session.turns[0].pieces[1].time.map(|t| t.end), Some(4.0));
    }
}
