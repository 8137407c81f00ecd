//! Conformance of the SubRip reader: the test file of the `srt` library for Python, read as it stands.
//! Each of its tests has a row here that says how it changes subtitles before they are parsed; strings
//! that it replaces are taken from its source. A test without a row fails.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::super::srt::{Subtitle, parse, timings};
use super::real::real_files;

/// What a test of the file does before, or instead of, comparing what was parsed with what was written.
#[derive(Clone, Copy)]
enum Case {
    /// Parses what the function makes of the subtitles, given the source of the test.
    Parsed(fn(&[Sub], &str) -> String),
    /// As `Parsed`, of subtitles whose content the first function makes.
    Changed(fn(&str) -> String, fn(&[Sub], &str) -> String),
    /// Puts something that is no subtitle between the subtitles; what can be read is read.
    Damaged,
    /// Two ways to write a time are the same time.
    EqualTimes,
    /// A time that is none.
    NoTime,
    /// About writing, sorting and comparing subtitles, or about the exceptions of the library.
    NotReading,
}

use Case::{Changed, Damaged, EqualTimes, NoTime, NotReading, Parsed};

#[rustfmt::skip]
const CASES: &[(&str, Case)] = &[
    ("compose_and_parse_from_file", Parsed(|subs, _| composed(subs))),
    ("compose_and_parse_from_file_bom", Parsed(|subs, _| format!("\u{FEFF}{}", composed(subs)))),
    ("compose_and_parse_strict", Parsed(|subs, _| composed(subs))),
    ("can_compose_without_ending_blank_line", Parsed(|subs, _| without_last(&composed(subs), 1))),
    ("can_compose_without_eol_at_all", Parsed(|subs, _| composed(subs).trim_end_matches(['\r', '\n']).to_owned())),
    ("compose_and_parse_strict_mode", Changed(|text| format!("\n{text}\n\n{text}\n"), |subs, _| composed(subs))),
    ("subtitle_from_scratch_equality", Parsed(|subs, _| composed(subs))),
    ("parsing_spaced_arrow", Parsed(replaced)),
    ("parsing_spaced_ender_arrow", Parsed(replaced)),
    ("parsing_no_ws_arrow", Parsed(replaced)),
    ("parsing_leading_whitespace", Parsed(|subs, _| format!(" \t\n\r\u{B}\u{C}{}", composed(subs)))),
    ("parsing_negative_index", Parsed(|subs, _| subs.iter().map(|sub| format!("-{}", sub.block())).collect())),
    ("parsing_content_with_blank_lines", Changed(|text| format!("{text}\n\n{text}"), |subs, _| composed(subs))),
    ("parsing_no_content", Changed(|_| String::new(), |subs, _| composed(subs))),
    ("parser_noncontiguous_ignore_errors", Damaged),
    ("parser_noncontiguous_leading", Parsed(|subs, _| format!("garbage{}", composed(subs)))),
    ("parser_can_parse_with_dot_msec_delimiter", Parsed(in_times)),
    ("parser_can_parse_with_fullwidth_delimiter", Parsed(in_times)),
    ("parser_can_parse_with_no_msec", Parsed(|subs, _| subs.iter().map(Sub::in_whole_seconds).collect())),
    ("parser_accepts_final_no_newline_no_content", Changed(|_| String::new(), |subs, _| without_last(&composed(subs), 2))),
    ("parser_accepts_newline_no_content", Changed(|_| String::new(), |subs, _| {
        subs.iter().map(|sub| without_last(&sub.block(), 1)).collect()
    })),
    ("compose_and_parse_strict_crlf", Parsed(|subs, _| composed(subs).replace('\n', "\r\n"))),
    ("compose_and_parse_strict_custom_eol", Parsed(|subs, _| composed(subs).replace('\n', "\r\n"))),
    ("equal_timestamps_despite_different_fields_parsed_as_equal", EqualTimes),
    ("bad_timestamp_format_raises", NoTime),
    ("can_parse_index_trailing_ws", Parsed(|subs, _| behind_index(subs, " \t\n\r\u{B}\u{C}"))),
    ("can_parse_index_with_dot", Parsed(|subs, _| {
        subs.iter().map(|sub| format!("{}.{}", sub.index, sub.block())).collect()
    })),
    ("can_parse_index_leading_zeroes", Parsed(|subs, _| subs.iter().map(|sub| format!("000{}", sub.block())).collect())),
    ("parse_file_with_missing_index", Parsed(|subs, _| {
        subs.iter().map(|sub| sub.block().split_once('\n').unwrap().1.to_owned()).collect()
    })),
    ("timedelta_to_srt_timestamp_can_go_over_24_hours", NotReading),
    ("subtitle_equality", NotReading),
    ("subtitle_inequality", NotReading),
    ("subtitle_inequality_to_non_matching_type", NotReading),
    ("subs_missing_content_removed", NotReading),
    ("subs_starts_before_zero_removed", NotReading),
    ("sort_and_reindex", NotReading),
    ("sort_and_reindex_no_skip", NotReading),
    ("sort_and_reindex_handles_no_index", NotReading),
    ("sort_and_reindex_same_start_time_uses_end", NotReading),
    ("sort_and_reindex_same_start_and_end_time_uses_index", NotReading),
    ("sort_and_reindex_not_in_place_matches", NotReading),
    ("parser_noncontiguous", NotReading),
    ("parser_didnt_match_to_end_raises", NotReading),
    ("repr_doesnt_crash", NotReading),
];

/// A subtitle as the test file makes them at random; times in thousandths of a second.
#[derive(Debug, Clone)]
struct Sub {
    index: u32,
    start: u64,
    end: u64,
    proprietary: String,
    content: String,
}

fn stamp(time: u64) -> String {
    let (seconds, thousandths) = (time / 1000, time % 1000);
    format!("{:02}:{:02}:{:02},{thousandths:03}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

impl Sub {
    /// The subtitle as the library writes it.
    fn block(&self) -> String {
        let space = if self.proprietary.is_empty() { "" } else { " " };
        let times = format!("{} --> {}{space}{}", stamp(self.start), stamp(self.end), self.proprietary);
        format!("{}\n{times}\n{}\n\n", self.index, self.content)
    }

    /// The same without thousandths; the test file has none but 0.
    fn in_whole_seconds(&self) -> String {
        let plain = |time| stamp(time).split_once(',').unwrap().0.to_owned();
        self.block().replacen(&stamp(self.start), &plain(self.start), 1).replacen(
            &stamp(self.end),
            &plain(self.end),
            1,
        )
    }
}

fn composed(subs: &[Sub]) -> String {
    subs.iter().map(Sub::block).collect()
}

fn without_last(text: &str, n: usize) -> String {
    text.get(..text.len().saturating_sub(n)).unwrap_or("").to_owned()
}

fn behind_index(subs: &[Sub], space: &str) -> String {
    subs.iter().map(|sub| sub.block().replacen('\n', &format!("{space}\n"), 1)).collect()
}

/// The pairs of a test's `.replace("a", "b", n)`.
fn replacements(source: &str) -> Vec<(String, String, usize)> {
    let mut found = Vec::new();
    for call in source.split(".replace(").skip(1) {
        let arguments = call.split(')').next().unwrap();
        let strings: Vec<&str> = arguments.split('"').skip(1).step_by(2).collect();
        let times = arguments.rsplit(", ").next().and_then(|n| n.trim().parse().ok()).unwrap_or(usize::MAX);
        if let [from, to] = strings[..] {
            found.push((from.to_owned(), to.to_owned(), times));
        }
    }
    assert!(!found.is_empty(), "nothing is replaced in {source}");
    found
}

fn replaced(subs: &[Sub], source: &str) -> String {
    replacements(source).iter().fold(composed(subs), |text, (from, to, n)| text.replacen(from, to, *n))
}

/// The replacements of a test in the line of times of each subtitle.
fn in_times(subs: &[Sub], source: &str) -> String {
    let change = |sub: &Sub| {
        let block = sub.block();
        let mut lines: Vec<String> = block.split('\n').map(str::to_owned).collect();
        lines[1] = replacements(source)
            .iter()
            .fold(lines[1].clone(), |line, (from, to, n)| line.replacen(from, to, *n));
        lines.join("\n")
    };
    subs.iter().map(change).collect()
}

/// Random subtitles that the test file counts as legal: content without empty lines, and none that is
/// a number or a line of times by chance.
fn subtitles() -> impl Strategy<Value = Vec<Sub>> {
    let content = "[^\r\0]{1,12}(\n[^\r\0]{1,12}){0,2}".prop_filter("legal content", |text: &String| {
        let number = |line: &str| line.trim().chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-'));
        let last = text.lines().last().unwrap_or("");
        text.trim_matches('\n') == text
            && !text.trim().is_empty()
            && !text.contains("\n\n")
            && !number(last)
            && !text.contains("-->")
    });
    let time = |range: std::ops::Range<u64>| range.prop_map(|seconds| seconds * 1000);
    let parts =
        (any::<u16>(), time(0..1_000_000_000), time(1_000_000_000..3_000_000_000), "[^\r\n\0]{0,9}", content);
    let subtitle = parts.prop_map(|(index, start, end, proprietary, content)| Sub {
        index: u32::from(index),
        start,
        end,
        proprietary,
        content,
    });
    prop::collection::vec(subtitle, 0..5)
}

/// Parses a text as its bytes would be: without the byte order mark, with `\n` as its line end.
fn parsed<T>(text: &str, then: impl Fn(&[Subtitle]) -> T) -> T {
    let text = text.trim_start_matches('\u{FEFF}').replace("\r\n", "\n").replace('\r', "\n");
    then(&parse(&text))
}

fn check_equal(text: &str, subs: &[Sub], name: &str) {
    parsed(text, |found| {
        let found: Vec<_> = found.iter().map(|s| (s.time.start, s.time.end, s.text.to_owned())).collect();
        let written = |s: &Sub| {
            (s.start as f64 / 1000.0, s.end as f64 / 1000.0, s.content.trim_matches('\n').to_owned())
        };
        assert_eq!(found, subs.iter().map(written).collect::<Vec<_>>(), "{name}: {text:?}");
    });
}

fn run(name: &str, case: Case, source: &str) {
    let config = Config { cases: 100, failure_persistence: None, ..Config::default() };
    let rng = proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(config, rng);
    let result = runner.run(&subtitles(), |mut subs| {
        match case {
            Parsed(write) => check_equal(&write(&subs, source), &subs, name),
            Changed(content, write) => {
                subs.iter_mut().for_each(|sub| sub.content = content(&sub.content));
                check_equal(&write(&subs, source), &subs, name);
            }
            Damaged => {
                let text = composed(&subs).replace("\n\n", "\n\n7\n00:00:01,000 garbage");
                parsed(&text, |found| assert!(found.len() >= subs.len(), "{name}: {text:?}"));
            }
            EqualTimes => subs.iter().for_each(equal_times),
            NoTime => {
                for sub in &subs {
                    let line = format!("{} --> {}", stamp(sub.start).replacen(':', "t", 1), stamp(sub.end));
                    assert_eq!(timings(&line), None, "{line}");
                }
            }
            NotReading => {}
        }
        Ok(())
    });
    result.unwrap_or_else(|error| panic!("{name}: {error}"));
}

/// One more in a field is as much as many more in the next, with zeros in front or without.
fn equal_times(sub: &Sub) {
    let (hours, minutes, seconds) = (sub.start / 3_600_000, sub.start / 60_000 % 60, sub.start / 1000 % 60);
    let plain = format!("{}:{}:{},0", hours + 1, minutes + 1, seconds + 1);
    let shifted = format!("00{hours}:0{}:{},61000", minutes + 60, seconds);
    let time = |stamp: &str| timings(&format!("{stamp} --> 99999999:00:00,0")).unwrap().start;
    assert_eq!(time(&plain), time(&shifted), "{plain} {shifted}");
}

#[test]
fn subtitles_are_read_as_the_tests_of_the_srt_library_assert() {
    for path in real_files("formats/srt", "py") {
        let file = std::fs::read_to_string(&path).unwrap();
        let tests: Vec<(&str, &str)> =
            file.split("\ndef test_").skip(1).map(|test| test.split_once('(').unwrap()).collect();
        let named: Vec<&str> = tests.iter().map(|(name, _)| *name).collect();
        assert!(CASES.iter().all(|(name, _)| named.contains(name)), "a row without a test: {named:?}");
        let mut n_reading = 0;
        for (name, source) in tests {
            let (_, case) =
                CASES.iter().find(|(row, _)| *row == name).unwrap_or_else(|| panic!("{name} has no row"));
            n_reading += usize::from(!matches!(case, NotReading));
            run(name, *case, source.split("\n\n\n").next().unwrap());
        }
        assert!(n_reading >= 29, "{n_reading}");
        eprintln!("{n_reading} of {} tests are about reading, and hold", named.len());
    }
}
