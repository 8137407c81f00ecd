//! The text of a session page: a report, then the transcript with `Name:` alone on a line, then
//! speech statistics per speaker.
//!
//! The report above the transcript is kept as the page's own account and is never speech. A line
//! of speech may end in a colon: a lone `Name:` is a label only where the statistics know the
//! name, or where it is used like one. A turn that the page cuts in mid-sentence stays cut.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::date::find_date;
use super::decode::{Line, lines};
use super::label::{self, Shape};
use super::lines::LineWriter;
use super::{Confidence, Document, Format, count, no_turns};
use crate::error::Result;
use crate::language::{List, english};
use crate::model::{Published, Session, WarningCode};

pub(super) const FORMAT: Format = Format {
    name: "digwatch",
    about: "text of a session page: report, transcript with \"Name:\" on a line of its own, speech statistics",
    extensions: &["txt"],
    confidence,
    read,
    source_text: count::text_lines,
};

/// Headings of a page, in lower case.
struct Headings {
    /// Above the transcript.
    transcript: Vec<&'static str>,
    /// Above the page's own report.
    report: Vec<&'static str>,
    /// Above the statistics.
    statistics: Vec<&'static str>,
    /// Those that say nothing of the subject.
    generic: Vec<&'static str>,
}

static HEADINGS: LazyLock<Headings> = LazyLock::new(|| {
    let sections = english(List::SessionPages);
    let headings = |section| sections.texts(section).collect();
    Headings {
        transcript: headings("transcript headings"),
        report: headings("report headings"),
        statistics: headings("statistics headings"),
        generic: headings("generic titles"),
    }
});

fn confidence(document: &Document) -> Confidence {
    let statistics =
        document.sample().contains("Speech speed") && document.sample().contains("words per minute");
    let heading = lines(document.sample()).any(|line| is_any(line.text, &HEADINGS.transcript));
    let labels = lines(document.sample()).filter(|line| lone_label(line.text).is_some()).count();
    match (labels >= 2, heading, statistics) {
        (true, true, true) => {
            Confidence::new(0.99, "a transcript heading, labels on lines of their own, statistics")
        }
        (true, false, true) => Confidence::new(0.95, "labels on lines of their own and speech statistics"),
        (true, true, false) => Confidence::new(0.9, "a transcript heading and labels on lines of their own"),
        _ => Confidence::NONE,
    }
}

/// What part of the page a line belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum PagePart {
    Front,
    Report,
    Transcript,
    Statistics,
}

fn read(document: &Document) -> Result<Vec<Session>> {
    let all: Vec<Line> = lines(document.seen()).collect();
    let statistics = find_statistics(&all);
    let body = all.get(..statistics.first_line).unwrap_or(&all);
    let first_speech = find_transcript(body);
    let speakers = find_speakers(body.get(first_speech..).unwrap_or(&[]), &statistics.names());
    if speakers.is_empty() {
        return Err(no_turns("no line holds only a speaker's name and a colon"));
    }
    let mut writer = LineWriter::new(document);
    let mut part = if first_speech == 0 { PagePart::Transcript } else { PagePart::Front };
    let (mut narrative, mut headline) = (String::new(), String::new());
    for (index, line) in all.iter().enumerate() {
        part = part_of(index, line, part, first_speech, statistics.first_line);
        let label = lone_label(line.text).filter(|label| speakers.contains(label));
        match (part, label) {
            (PagePart::Transcript, Some(label)) => writer.turn(label, line, line.end()..line.end(), None),
            (PagePart::Transcript, None) if writer.builder.is_empty() || is_section_heading(line) => {
                writer.header(line)
            }
            (PagePart::Transcript, None) => writer.speech(line),
            (PagePart::Report, _) => {
                writer.header(line);
                if !is_section_heading(line) {
                    narrative.push_str(line.text.trim_end());
                    narrative.push('\n');
                    if headline.is_empty() {
                        line.text.trim().clone_into(&mut headline);
                    }
                }
            }
            (PagePart::Statistics, Some(label)) => {
                writer.header(line);
                let message =
                    format!("{label:?} stands below the statistics; what it says there is not read");
                writer.builder.warn(WarningCode::UnreadLabel, line.number, message);
            }
            (PagePart::Front | PagePart::Statistics, None) | (PagePart::Front, Some(_)) => {
                writer.header(line)
            }
        }
    }
    let session = writer.builder.session();
    session.title = title(body.get(..first_speech).unwrap_or(&[]), &headline);
    session.date = body
        .get(..first_speech)
        .unwrap_or(&[])
        .iter()
        .map(|l| find_date(l.text))
        .find(|d| !d.is_empty())
        .unwrap_or_default();
    narrative.trim().clone_into(&mut session.narrative);
    session.published = statistics.published;
    Ok(vec![writer.finish()])
}

fn part_of(
    index: usize,
    line: &Line,
    before: PagePart,
    first_speech: usize,
    first_statistics: usize,
) -> PagePart {
    if index >= first_statistics {
        PagePart::Statistics
    } else if is_any(line.text, &HEADINGS.report) {
        PagePart::Report
    } else if index == first_speech || is_any(line.text, &HEADINGS.transcript) {
        PagePart::Transcript
    } else {
        before
    }
}

/// The line after the transcript heading, else the first line that looks like a label.
fn find_transcript(body: &[Line]) -> usize {
    let heading = body.iter().position(|line| is_any(line.text, &HEADINGS.transcript));
    let label = || body.iter().position(|line| lone_label(line.text).is_some());
    heading.or_else(label).unwrap_or(0)
}

/// The labels that are speakers': those of the statistics, and those that are used like names.
fn find_speakers<'a>(transcript: &[Line<'a>], known: &FxHashSet<String>) -> FxHashSet<&'a str> {
    let candidates: Vec<&str> = transcript.iter().filter_map(|line| lone_label(line.text)).collect();
    let taken = label::accepted(&candidates, known, 0.0);
    if known.is_empty() {
        return taken;
    }
    let mut uses: FxHashMap<&str, usize> = FxHashMap::default();
    candidates.iter().for_each(|label| *uses.entry(label).or_default() += 1);
    let is_known = |label: &str| known.contains(label) || known.iter().any(|name| shares_a_name(name, label));
    let has_role = |label: &str| label.split_whitespace().any(label::is_role);
    taken
        .into_iter()
        .filter(|label| is_known(label) || has_role(label) || uses.get(label) >= Some(&2))
        .collect()
}

fn shares_a_name(name: &str, label: &str) -> bool {
    label
        .split_whitespace()
        .any(|word| word.chars().count() > 2 && name.split_whitespace().any(|part| part == word))
}

/// The label of a line that holds nothing but `Name:`.
fn lone_label(line: &str) -> Option<&str> {
    let label = line.trim().strip_suffix(':')?.trim_end();
    let found = label::shape(label)?;
    let bare = !label.contains(':') && (found == Shape::Strong || !label.contains(' '));
    bare.then_some(label)
}

fn is_any(line: &str, headings: &[&str]) -> bool {
    let line = line.trim().trim_end_matches(':').trim_start_matches('#').trim();
    line.len() < 60 && headings.contains(&line.to_lowercase().as_str())
}

fn is_section_heading(line: &Line) -> bool {
    is_any(line.text, &HEADINGS.transcript) || is_any(line.text, &HEADINGS.report)
}

/// The page's title; where that says nothing, the headline of its report.
fn title(front: &[Line], headline: &str) -> String {
    let first = front.iter().map(|line| line.text.trim_start_matches('#').trim()).find(|text| {
        let key = text.to_lowercase();
        !text.is_empty() && !HEADINGS.generic.contains(&key.as_str()) && !is_any(text, &HEADINGS.report)
    });
    let is_title = |text: &str| text.split_whitespace().count() <= 30 && !text.ends_with('.');
    first
        .filter(|text| is_title(text) && find_date(text).is_empty() && !text.starts_with("Disclaimer"))
        .or(Some(headline).filter(|text| is_title(text)))
        .unwrap_or_default()
        .to_owned()
}

/// The speech statistics at the end of a page.
struct Statistics {
    /// Index of their first line; the number of lines where there are none.
    first_line: usize,
    published: Vec<(String, Published)>,
}

impl Statistics {
    fn names(&self) -> FxHashSet<String> {
        self.published.iter().map(|(name, _)| name.clone()).collect()
    }
}

/// Finds the blocks of initials, name, `Speech speed`, `Speech length`, `Speech time`.
fn find_statistics(all: &[Line]) -> Statistics {
    let filled: Vec<usize> =
        (0..all.len()).filter(|&at| all.get(at).is_some_and(|line| !line.is_blank())).collect();
    let line =
        |at: usize| filled.get(at).and_then(|&index| all.get(index)).map_or("", |line| line.text.trim());
    let mut statistics = Statistics { first_line: all.len(), published: Vec::new() };
    for at in (1..filled.len()).filter(|&at| line(at) == "Speech speed") {
        if statistics.published.is_empty() {
            let initials = at >= 2 && is_initials_of(line(at - 2), line(at - 1));
            let mut first = if initials { at - 2 } else { at - 1 };
            while first > 0 && is_any(line(first - 1), &HEADINGS.statistics) {
                first -= 1;
            }
            statistics.first_line = filled.get(first).copied().unwrap_or(all.len());
        }
        statistics.published.push((line(at - 1).to_owned(), published(at, &line)));
    }
    statistics
}

fn is_initials_of(initials: &str, name: &str) -> bool {
    let count = initials.chars().count();
    (1..=4).contains(&count)
        && initials.chars().all(char::is_uppercase)
        && initials.chars().next() == name.chars().next()
}

fn published<'a>(speed: usize, line: &impl Fn(usize) -> &'a str) -> Published {
    let value = |title: &str| {
        let at = (speed..speed + 6).find(|&at| line(at) == title)?;
        line(at + 1).split_whitespace().next()?.replace(',', "").parse::<f64>().ok()
    };
    Published {
        words: value("Speech length").map(|words| words as u64),
        seconds: value("Speech time"),
        wpm: value("Speech speed"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{read_as, turns};

    const PAGE: &str = "Session\n\n3 May 2023 10:00h\n\nDisclaimer: not an official record.\n\nFull session report\n\n\
        Delegates discuss the ferry\n\nAnn Lee: she said much in the report.\n\nSession transcript\n\n\
        Ann Lee:\nWelcome. There are two questions:\n\nWho pays?\n\nHuman Rights:\nmatter.\n\nBo Ek:\nI pay\n\n\
        Ann Lee:\nand thank you.\n\nAL\n\nAnn Lee\n\nSpeech speed\n\n150 words per minute\n\nSpeech length\n\n\
        1,000 words\n\nSpeech time\n\n400 secs\n\nBE\n\nBo Ek\n\nSpeech speed\n\n120 words per minute\n\n\
        Speech length\n\n90 words\n\nSpeech time\n\n45 secs\n";

    #[test]
    fn the_parts_of_a_page_go_to_their_places() {
        let session = read_as("digwatch", PAGE);
        assert_eq!(
            turns(&session),
            [
                ("Ann Lee", "Welcome. There are two questions:\n\nWho pays?\n\nHuman Rights:\nmatter."),
                ("Bo Ek", "I pay"),
                ("Ann Lee", "and thank you."),
            ]
        );
        assert_eq!(
            (session.title.as_str(), session.date.as_str()),
            ("Delegates discuss the ferry", "2023-05-03")
        );
        assert!(session.narrative.contains("she said much"));
        assert_eq!(session.published.len(), 2);
        assert_eq!(session.published[0].1.words, Some(1000));
        assert_eq!(session.published[1].1.seconds, Some(45.0));
        assert_eq!(session.line_of(1, 0), 24);
    }

    #[test]
    fn other_headings_and_an_order_with_the_report_below_are_understood() {
        let page = "Ferry day\n\nEvent transcript\n\nAnn Lee:\nOne.\n\nModerator:\nTwo.\n\nEvent report\n\nAnn Lee:\n\
            a report\n";
        let session = read_as("digwatch", page);
        assert_eq!(turns(&session), [("Ann Lee", "One."), ("Moderator", "Two.")]);
        assert_eq!(session.title, "Ferry day");
        assert!(session.narrative.contains("a report"));
    }
}
