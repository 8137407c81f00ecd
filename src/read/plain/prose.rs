//! Text in which no line begins with a label: all of it is one unknown voice, but for times, headings and what programs
//! wrote around it.

use super::super::decode::{Line, lines};
use super::super::lines::LineWriter;
use super::super::time::{self, bare_clock};
use super::super::{colophon, unnamed};
use crate::model::Time;

/// Fewest times by which lines of times are told from others.
const FEWEST: usize = 3;

/// How times stand in a text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Clocks {
    None,
    /// On lines of their own, as a video's text has them.
    Alone,
    /// Before the text of nearly all lines.
    Before,
}

/// The time of a line, and the byte offset of what is said on it.
fn clock(line: &str) -> Option<(Time, usize)> {
    let alone = time::lone_time(line).map(|time| (time, line.len()));
    alone
        .or_else(|| Some(time::leading_time(line)).and_then(|(time, at)| Some((time?, at))))
        .or_else(|| bare_clock(line))
}

fn clocks(text: &str) -> Clocks {
    let (mut n_lines, mut alone, mut before) = (0usize, 0usize, 0usize);
    for line in lines(text).filter(|line| !line.is_blank()) {
        n_lines += 1;
        match clock(line.text) {
            Some((_, at)) if line.text.get(at..).is_none_or(|rest| rest.trim().is_empty()) => alone += 1,
            Some(_) => before += 1,
            None => {}
        }
    }
    if before >= FEWEST && 5 * before >= 3 * n_lines {
        Clocks::Before
    } else if alone >= FEWEST && 5 * alone >= n_lines {
        Clocks::Alone
    } else {
        Clocks::None
    }
}

/// Writes a text as one unknown voice; the lines up to `front` are settings.
pub(super) fn write(writer: &mut LineWriter, text: &str, front: usize) {
    let clocks = clocks(text);
    writer.builder.turn(unnamed::UNKNOWN);
    for line in lines(text) {
        let time = clock(line.text).filter(|&(_, at)| {
            let is_alone = line.text.get(at..).is_none_or(|rest| rest.trim().is_empty());
            clocks == Clocks::Before || clocks == Clocks::Alone && is_alone
        });
        if line.number <= front || colophon::is_colophon(line.text) {
            writer.header(&line);
        } else if let Some((time, at)) = time {
            writer.time(&line, line.start + at..line.end(), Some(time));
        } else if let Some((level, title)) = heading(&line) {
            let session = writer.builder.session();
            if level == 1 && session.title.is_empty() {
                title.clone_into(&mut session.title);
                writer.header(&line);
            } else {
                writer.heading(title, &line);
            }
        } else {
            writer.speech(&line);
        }
    }
}

/// The level and the title of a heading in Markdown.
fn heading<'a>(line: &Line<'a>) -> Option<(usize, &'a str)> {
    let text = line.text.trim();
    let title = text.trim_start_matches('#');
    let level = text.len() - title.len();
    ((1..=6).contains(&level) && title.starts_with(' '))
        .then(|| (level, title.trim().trim_end_matches('#').trim_end()))
}

#[cfg(test)]
mod tests {
    use super::super::super::tests::{read_as, turns};

    const SAID: [&str; 8] = [
        "welcome to the channel of the quay where we",
        "talk about the night ferry and what it costs",
        "all of the islanders who have no other way",
        "to reach the hospital in the winter and the",
        "board has not given any numbers so far which",
        "is a pity because we have asked it three times",
        "and will go on asking until somebody answers",
        "in writing as they should have done in spring",
    ];

    #[test]
    fn times_of_a_video_are_no_words_of_it() {
        let clock = |at: usize| format!("{}:{:02}", at / 2, at % 2 * 30);
        for text in [
            SAID.iter().enumerate().map(|(at, said)| format!("{}\n{said}\n", clock(at))).collect::<String>(),
            SAID.iter().enumerate().map(|(at, said)| format!("{} {said}\n", clock(at))).collect(),
            SAID.iter().enumerate().map(|(at, said)| format!("[0{}] {said}\n", clock(at))).collect(),
        ] {
            let session = read_as("plain", &text);
            assert_eq!(turns(&session).len(), 1, "{text}");
            assert_eq!(
                session.turn_text(0).split_whitespace().collect::<Vec<_>>().join(" "),
                SAID.join(" "),
                "{text}"
            );
            assert_eq!(session.outside.headers, 8, "{text}");
            assert_eq!(
                session.turns[0].pieces[3].time.map(|time| (time.start, time.end)),
                Some((90.0, 120.0)),
                "{text}"
            );
        }
    }

    #[test]
    fn headings_are_said_by_nobody() {
        let text = format!(
            "# The quay\n\n{}\n\n## Winter\n\n{}\n\nCopyright 2024 Quay Radio\n",
            SAID[..4].join("\n"),
            SAID[4..].join("\n")
        );
        let session = read_as("plain", &text);
        assert_eq!((session.title.as_str(), session.headings.len()), ("The quay", 1));
        assert_eq!(
            session.turn_text(0).split_whitespace().count(),
            SAID.join(" ").split_whitespace().count()
        );
        let page = format!(
            "<html><body><h1>The quay</h1><p>{}</p><h2>Winter</h2><p>{}</p></body></html>",
            SAID[..4].join(" "),
            SAID[4..].join(" ")
        );
        let session = read_as("html", &page);
        assert!(
            session.warnings.iter().all(|warning| warning.code.as_str() == "no-speakers"),
            "{:?}",
            session.warnings
        );
    }
}
