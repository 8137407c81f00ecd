//! Every word of a source is accounted for, whatever is wrong with the source: it is said by whom the
//! source says, or nobody is quoted with it and a warning or a failure leads to it.
//!
//! `MUTATED_INPUTS=5000 cargo test --test ledger` tries that many damaged files.

use std::path::{Path, PathBuf};

use rapporteur::model::{Session, count_words};
use rapporteur::read::{self, FORMATS};

/// Damaged files where `MUTATED_INPUTS` does not say: enough to see that each format is tried.
const FEW: usize = 170;

/// What a source is read as.
enum Read {
    /// Turns (label and text), words that are nobody's, and the codes of warnings with their lines.
    As(&'static [(&'static str, &'static str)], u64, &'static [(&'static str, u32)]),
    /// Not at all: what the message holds.
    Not(&'static str),
}

use Read::{As, Not};

fn check(format: &str, text: &str, expected: &Read) {
    let found = read::read(text.as_bytes(), "source", Some(format));
    match (found, expected) {
        (Ok(reading), As(turns, nobodys, warnings)) => {
            let session = &reading.sessions[0];
            let found: Vec<(&str, &str)> =
                (0..session.turns.len()).map(|at| (session.turn_label(at), session.turn_text(at))).collect();
            assert_eq!(&found, turns, "{text}");
            assert_eq!(session.outside.headers + session.outside.unattributed, *nobodys, "{text}");
            let found: Vec<(&str, u32)> =
                session.warnings.iter().map(|warning| (warning.code.as_str(), warning.line)).collect();
            assert_eq!(&found, warnings, "{text}");
            check_balance(session);
        }
        (Err(error), Not(message)) => assert!(error.to_string().contains(message), "{error}\n{text}"),
        (Ok(reading), Not(message)) => panic!("not refused with {message:?}: {reading:?}\n{text}"),
        (Err(error), As(..)) => panic!("{error}\n{text}"),
    }
}

/// The classes add up to the words of the source.
fn check_balance(session: &Session) {
    let said: u64 = (0..session.turns.len()).map(|turn| count_words(session.turn_text(turn))).sum();
    let outside = session.outside.headers + session.outside.unattributed;
    assert_eq!(said + session.label_words.iter().sum::<u64>() + outside, session.input_words);
}

const OPPOSE: (&str, &str) = ("Ann Lee", "We oppose it.");
const SUPPORT: (&str, &str) = ("Bo Ek", "We support it.");

#[test]
fn a_damaged_table_gives_nobody_the_words_of_others() {
    let cases: &[(&str, &str, Read)] = &[
        (
            "a comma in prose",
            "speaker,text\nAnn Lee,We oppose it, but only now.\nBo Ek,We support it.",
            As(&[("Ann Lee", "We oppose it, but only now."), SUPPORT], 0, &[("long-row", 2)]),
        ),
        (
            "a comma in a number",
            "speaker,text\nAnn Lee,We pay 1,000,000 crowns.\nBo Ek,We support it.",
            As(&[("Ann Lee", "We pay 1,000,000 crowns."), SUPPORT], 0, &[("long-row", 2)]),
        ),
        (
            "a comma in prose before another column",
            "speaker,text,start\nAnn Lee,We oppose it, now.,5\nBo Ek,We support it.,9",
            As(&[("Ann Lee", "We oppose it, now."), SUPPORT], 0, &[("long-row", 2)]),
        ),
        (
            "a comma in a name",
            "speaker,text\nLee, Ann,We oppose it.\nBo Ek,We support it.",
            As(&[SUPPORT], 5, &[("long-row", 2)]),
        ),
        (
            "a comma in another column",
            "speaker,text,org\nAnn Lee,We oppose it.,Fish, Inc\nBo Ek,We support it.,B",
            As(&[SUPPORT], 6, &[("long-row", 2)]),
        ),
        (
            "padding",
            "speaker,text\nAnn Lee,We oppose it.,,\nBo Ek,We support it.,,",
            As(&[OPPOSE, SUPPORT], 0, &[]),
        ),
        (
            "a quote that nothing closes",
            "speaker,text\nAnn Lee,\"We oppose it.\nBo Ek,We support it.",
            As(&[OPPOSE, SUPPORT], 0, &[("open-quote", 2), ("surplus-words", 0)]),
        ),
        (
            "a quote that nothing closes, with a comma",
            "speaker,text\nAnn Lee,\"We oppose it, now.\nBo Ek,We support it.",
            As(&[("Ann Lee", "We oppose it, now."), SUPPORT], 0, &[("long-row", 2), ("surplus-words", 0)]),
        ),
        (
            "a quote that the next cell's opening quote closes",
            "speaker,text\nAnn Lee,\"We oppose it.\nBo Ek,\"We support it.\"",
            As(&[OPPOSE, SUPPORT], 0, &[("open-quote", 2), ("surplus-words", 0)]),
        ),
        (
            "a quote that is closed in the row of one who has others",
            "speaker,text\nBo Ek,We support it.\nAnn Lee,\"We oppose it.\nBo Ek,We do.\"",
            As(&[SUPPORT, OPPOSE, ("Bo Ek", "We do.\"")], 0, &[("open-quote", 3), ("surplus-words", 0)]),
        ),
        (
            "a quote that is closed in what may be another's row",
            "speaker,text\nAnn Lee,\"We oppose it.\nCara Diaz,We insist.\"\nBo Ek,We support it.",
            As(&[SUPPORT], 8, &[("open-quote", 2)]),
        ),
        (
            "a paragraph in quotes",
            "speaker,text\nAnn Lee,\"We oppose it.\nParis, London and Rome do.\"\nBo Ek,We support it.",
            As(&[("Ann Lee", "We oppose it.\nParis, London and Rome do."), SUPPORT], 0, &[]),
        ),
        (
            "quotes that are not doubled",
            "speaker,text\nAnn Lee,\"We \"oppose\" it.\"\nBo Ek,We support it.",
            As(&[("Ann Lee", "We \"oppose\" it."), SUPPORT], 0, &[("inner-quote", 2)]),
        ),
        (
            "quotes behind a backslash",
            "speaker,text\nAnn Lee,\"We \\\"oppose\\\", all of us, it.\"\nBo Ek,We support it.",
            As(&[("Ann Lee", "We \"oppose\", all of us, it."), SUPPORT], 0, &[]),
        ),
        (
            "quotes in a bare cell",
            "speaker,text\nAnn Lee,We \"oppose\" it.\nBo Ek,We support it.",
            As(&[("Ann Lee", "We \"oppose\" it."), SUPPORT], 0, &[]),
        ),
        (
            "a space before the quote",
            "speaker,text\nAnn Lee, \"We oppose it, now.\"\nBo Ek,We support it.",
            As(&[("Ann Lee", "We oppose it, now."), SUPPORT], 0, &[]),
        ),
        (
            "a line feed without quotes",
            "speaker,text\nAnn Lee,We oppose it.\nAll of us.\nBo Ek,We support it.",
            As(&[OPPOSE, SUPPORT], 3, &[("short-row", 3)]),
        ),
        (
            "two columns of text",
            "speaker,text,comment\nAnn Lee,We oppose it.,as before\nBo Ek,We support it.,",
            As(&[OPPOSE, SUPPORT], 2, &[]),
        ),
        (
            "a column without a title",
            "speaker,text,\nAnn Lee,We oppose it.,as before\nBo Ek,We support it.,",
            As(&[OPPOSE, SUPPORT], 2, &[]),
        ),
        (
            "a delimiter that a spreadsheet names",
            "sep=;\nspeaker;text\nAnn Lee;We oppose it.\nBo Ek;We support it.",
            As(&[OPPOSE, SUPPORT], 0, &[]),
        ),
        (
            "rows divided otherwise than the titles",
            "speaker,text\nAnn Lee;We oppose it.\nBo Ek;We support it, now.",
            Not("the titles are separated by ',' and the rows by ';'"),
        ),
        (
            "no row that can be read",
            "speaker,text\nLee, Ann,We oppose it.\n",
            Not("no row of the table can be read"),
        ),
    ];
    for (name, text, expected) in cases {
        eprintln!("{name}");
        check("csv", text, expected);
    }
}

#[test]
fn speech_in_any_kind_of_json_value_is_read_or_accounted_for() {
    let bo = "\n{\"speaker\": \"Bo Ek\", \"text\": \"We support it.\"}";
    let cases: &[(&str, &str, Read)] = &[
        (
            "half of a surrogate pair",
            "{\"speaker\": \"Ann Lee\", \"text\": \"We \\ud83d oppose it.\"}",
            As(&[("Ann Lee", "We \u{FFFD} oppose it."), SUPPORT], 0, &[("lone-surrogate", 1)]),
        ),
        (
            "half of a pair in a name",
            "{\"speaker\": \"Ann \\udc00 Lee\", \"text\": \"We oppose it.\"}",
            As(&[("Ann \u{FFFD} Lee", "We oppose it."), SUPPORT], 0, &[("lone-surrogate", 1)]),
        ),
        (
            "a whole pair",
            "{\"speaker\": \"Ann Lee\", \"text\": \"We oppose it. \\ud83d\\ude00\"}",
            As(&[("Ann Lee", "We oppose it. 😀"), SUPPORT], 0, &[]),
        ),
        (
            "a list of strings",
            "{\"speaker\": \"Ann Lee\", \"text\": [\"We oppose\", \"it.\"]}",
            As(&[OPPOSE, SUPPORT], 0, &[("text-kind", 1)]),
        ),
        (
            "a list of objects",
            "{\"speaker\": \"Ann Lee\", \"text\": [{\"text\": \"We oppose\"}, {\"content\": \"it.\"}]}",
            As(&[OPPOSE, SUPPORT], 0, &[("text-kind", 1)]),
        ),
        (
            "an object with a text",
            "{\"speaker\": \"Ann Lee\", \"text\": {\"content\": \"We oppose it.\", \"mood\": \"cross\"}}",
            As(&[OPPOSE, SUPPORT], 1, &[("text-kind", 1)]),
        ),
        (
            "an object without a known text",
            "{\"speaker\": \"Ann Lee\", \"text\": {\"en\": \"We oppose it.\"}}",
            As(&[("Ann Lee", ""), SUPPORT], 3, &[("text-kind", 1), ("empty-turn", 0)]),
        ),
        ("a number", "{\"speaker\": \"Ann Lee\", \"text\": 42}", As(&[("Ann Lee", "42"), SUPPORT], 0, &[])),
        (
            "nothing",
            "{\"speaker\": \"Ann Lee\", \"text\": null}",
            As(&[("Ann Lee", ""), SUPPORT], 0, &[("empty-turn", 0)]),
        ),
        (
            "content",
            "{\"speaker\": \"Ann Lee\", \"content\": \"We oppose it.\"}",
            As(&[OPPOSE, SUPPORT], 0, &[]),
        ),
        (
            "utterance",
            "{\"speaker\": \"Ann Lee\", \"utterance\": \"We oppose it.\"}",
            As(&[OPPOSE, SUPPORT], 0, &[]),
        ),
        (
            "transcript",
            "{\"name\": \"Ann Lee\", \"transcript\": \"We oppose it.\"}",
            As(&[OPPOSE, SUPPORT], 0, &[]),
        ),
        (
            "null text beside content",
            "{\"speaker\": \"Ann Lee\", \"text\": null, \"content\": \"We oppose it.\"}",
            As(&[OPPOSE, SUPPORT], 0, &[]),
        ),
        (
            "two texts",
            "{\"speaker\": \"Ann Lee\", \"text\": \"We oppose it.\", \"comment\": \"as before\"}",
            As(&[OPPOSE, SUPPORT], 2, &[]),
        ),
        (
            "the same key twice",
            "{\"speaker\": \"Ann Lee\", \"text\": \"We oppose it.\", \"text\": \"No.\"}",
            As(&[SUPPORT], 9, &[("bad-line", 1), ("surplus-words", 0)]),
        ),
        (
            "a name in an object",
            "{\"speaker\": {\"name\": \"Ann Lee\", \"id\": 7}, \"text\": \"We oppose it.\"}",
            As(&[OPPOSE, SUPPORT], 1, &[]),
        ),
        (
            "no speaker",
            "{\"speaker\": null, \"text\": \"We oppose it.\"}",
            As(&[("", "We oppose it."), SUPPORT], 0, &[("no-speaker", 1)]),
        ),
        (
            "a line that is cut",
            "{\"speaker\": \"Ann Lee\", \"text\": \"We oppo",
            As(&[SUPPORT], 6, &[("bad-line", 1)]),
        ),
        (
            "a line of something else",
            "{\"type\": \"note\", \"of\": \"the clerk\"}",
            As(&[SUPPORT], 5, &[("bad-line", 1)]),
        ),
        ("a line that is no JSON", "# taken down by the clerk", As(&[SUPPORT], 6, &[("bad-line", 1)])),
    ];
    for (name, line, expected) in cases {
        eprintln!("{name}");
        check("jsonl", &format!("{line}{bo}"), expected);
    }
}

#[test]
fn text_of_cues_is_read_wherever_it_stands() {
    let cue = |time: &str, text: &str| format!("{time}\n{text}\n\n");
    let (one, two) = ("00:01.000 --> 00:02.000", "00:03.000 --> 00:04.000");
    let second = cue(two, "<v Bo Ek>We support it.");
    let cases: Vec<(&str, String, Read)> = vec![
        (
            "an empty line after the times",
            cue(one, "\n<v Ann Lee>We oppose it."),
            As(&[OPPOSE, SUPPORT], 0, &[("stray-text", 5)]),
        ),
        (
            "an empty line inside",
            cue(one, "<v Ann Lee>We oppose\n\nit."),
            As(&[("Ann Lee", "We oppose\n\nit."), SUPPORT], 0, &[("stray-text", 6)]),
        ),
        (
            "an arrow in the text",
            cue(one, "<v Ann Lee>From A --> B it goes."),
            As(&[("Ann Lee", "From A --> B it goes."), SUPPORT], 0, &[("stray-text", 4)]),
        ),
        (
            "an empty cue before",
            format!("00:00.000 --> 00:00.500\n{}", cue(one, "<v Ann Lee>We oppose it.")),
            As(&[OPPOSE, SUPPORT], 0, &[]),
        ),
        (
            "times that are none",
            cue("00:1.0 --> 00:02.000", "<v Ann Lee>We oppose it."),
            As(&[OPPOSE, SUPPORT], 0, &[("bad-time", 4)]),
        ),
        (
            "times that run backwards",
            cue("00:02.000 --> 00:01.000", "<v Ann Lee>We oppose it."),
            As(&[OPPOSE, SUPPORT], 0, &[("bad-time", 4)]),
        ),
        (
            "a note",
            format!("NOTE not said\n\n{}", cue(one, "<v Ann Lee>We oppose it.")),
            As(&[OPPOSE, SUPPORT], 0, &[]),
        ),
    ];
    for (name, first, expected) in &cases {
        eprintln!("{name}");
        check("vtt", &format!("WEBVTT\n\n{first}{second}"), expected);
    }
}

#[test]
fn text_of_subtitles_is_read_wherever_it_stands() {
    let second = "2\n00:00:03,000 --> 00:00:04,000\nBo Ek: We support it.\n\n3\n00:00:05,000 --> 00:00:06,000\nAnn Lee: No.\n\n4\n00:00:07,000 --> 00:00:08,000\nBo Ek: Yes.\n";
    let cases: &[(&str, &str, Read)] = &[
        (
            "times that run backwards",
            "1\n00:00:02,000 --> 00:00:01,000\nAnn Lee: We oppose it.\n\n",
            As(&[OPPOSE, SUPPORT, ("Ann Lee", "No."), ("Bo Ek", "Yes.")], 0, &[("bad-time", 3)]),
        ),
        (
            "times that are none",
            "1\n00:00:01,000 --> 00:0x\nAnn Lee: We oppose it.\n\n",
            As(&[OPPOSE, SUPPORT, ("Ann Lee", "No."), ("Bo Ek", "Yes.")], 0, &[("bad-time", 3)]),
        ),
        (
            "no empty line",
            "1\n00:00:01,000 --> 00:00:02,000\nAnn Lee: We oppose it.\n",
            As(&[OPPOSE, SUPPORT, ("Ann Lee", "No."), ("Bo Ek", "Yes.")], 0, &[]),
        ),
        (
            "a number that is said",
            "1\n00:00:01,000 --> 00:00:02,000\nAnn Lee: We oppose it.\n42\n\n",
            As(&[("Ann Lee", "We oppose it.\n42"), SUPPORT, ("Ann Lee", "No."), ("Bo Ek", "Yes.")], 0, &[]),
        ),
        (
            "text above",
            "Taken by the clerk\n\n1\n00:00:01,000 --> 00:00:02,000\nAnn Lee: We oppose it.\n\n",
            As(&[OPPOSE, SUPPORT, ("Ann Lee", "No."), ("Bo Ek", "Yes.")], 4, &[("stray-text", 1)]),
        ),
    ];
    for (name, first, expected) in cases {
        eprintln!("{name}");
        check("srt", &format!("{first}{second}"), expected);
    }
}

#[test]
fn text_of_markup_outside_of_speeches_is_in_the_ledger() {
    let page = "<html><body><nav>Home Contact</nav><table><tr><td>a<table><tr><td>b</td></tr></table></td><td><p>c</p><p>d</p></td></tr></table><p><b>Ann Lee:</b> We oppose it.</p>\
        <p><b>Bo Ek:</b> We support it.</p><p><b>Ann Lee:</b> No.</p><p><b>Bo Ek:</b> Yes.</p><footer>Imprint</footer><script>var x = 1;</script></body></html>";
    let reading = read::read(page.as_bytes(), "page.html", Some("html")).unwrap();
    let session = &reading.sessions[0];
    check_balance(session);
    assert_eq!(session.input_words, 2 + 5 + 4 + 5 + 3 + 3 + 1, "{:?}", session.warnings);
    let debate = "<TEI><teiHeader>Not text</teiHeader><text>Stray words.<body><u who='#lee'>We <odd>oppose</odd> it.</u><trailer>The end.</trailer></body></text></TEI>";
    let reading = read::read(debate.as_bytes(), "debate.xml", Some("tei")).unwrap();
    let session = &reading.sessions[0];
    check_balance(session);
    assert_eq!((session.outside.unattributed, session.input_words), (4, 4 + 3 + 1), "{:?}", session.warnings);
}

/// The samples and fixtures, with the format that each is in.
fn sources() -> Vec<(&'static str, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = |folder: PathBuf| {
        let mut paths: Vec<PathBuf> =
            std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        paths
    };
    let mut paths = files(root.join("tests/samples"));
    files(root.join("fixtures")).into_iter().for_each(|folder| paths.extend(files(folder)));
    let found = paths.iter().filter_map(|path| {
        let bytes = std::fs::read(path).unwrap();
        match read::read_found(&bytes, &path.to_string_lossy()) {
            Ok(read::Found::Transcript(reading)) => Some((reading.guesses[0].format.name, bytes)),
            _ => None,
        }
    });
    found.collect()
}

/// Whether the count of a source apart from its reader is that of the ledger, or a warning names both.
fn is_accounted_for(sessions: &[Session], format: &str, bytes: &[u8]) -> bool {
    let words: u64 = sessions.iter().map(|session| session.input_words - session.metadata_words).sum();
    let is_named = sessions.iter().flat_map(|session| &session.warnings).any(|warning| {
        ["uncounted-words", "surplus-words"].contains(&warning.code.as_str())
            && warning.message.chars().filter(char::is_ascii_digit).count() >= 2
    });
    is_named || counted(format, bytes).is_none_or(|counted| counted == words)
}

/// The words of a source by the row of its format.
fn counted(format: &str, bytes: &[u8]) -> Option<u64> {
    let format = FORMATS.iter().find(|row| row.name == format)?;
    let document = read::Document::new("source", bytes, read::text(bytes).unwrap_or_default());
    let mut words = 0;
    (format.source_text)(&document, &mut |_, text| words += count_words(text));
    Some(words)
}

/// A small random number generator (xorshift), so that a run is the same every time.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }
}

/// What is put into a source to damage it.
const OPENINGS: &[&str] = &["\"", "\\\"", ",", ";", "\n\n", " --> ", "\\ud83d", "{", "]", "<", ">"];

/// A source with one to four damages: bytes flipped, lines taken out or doubled, quotes and brackets
/// opened, marks taken out, the end cut off.
fn damaged(seed: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=random.below(4) {
        let at = random.below(bytes.len());
        let line_start = bytes[..at].iter().rposition(|&b| b == b'\n').map_or(0, |end| end + 1);
        let line_end = bytes[at..].iter().position(|&b| b == b'\n').map_or(bytes.len(), |end| at + end + 1);
        match random.below(6) {
            0 => bytes[at] = random.below(256) as u8,
            1 => drop(bytes.drain(line_start..line_end)),
            2 => drop(bytes.splice(at..at, OPENINGS[random.below(OPENINGS.len())].bytes())),
            3 => {
                let line = bytes[line_start..line_end].to_vec();
                drop(bytes.splice(line_start..line_start, line));
            }
            4 => {
                let mark = bytes[at..].iter().position(|b| b"\"<>{}[]:,".contains(b));
                mark.into_iter().for_each(|mark| {
                    bytes.remove(at + mark);
                });
            }
            _ => bytes.truncate(bytes.len() - random.below(bytes.len() / 4)),
        }
        if bytes.is_empty() {
            return seed.to_vec();
        }
    }
    bytes
}

#[test]
fn sources_as_they_are_have_the_words_that_are_counted_in_them() {
    let sources = sources();
    assert!(FORMATS.iter().all(|format| sources.iter().any(|(name, _)| *name == format.name)));
    for (format, bytes) in sources {
        let reading = read::read(&bytes, "source", Some(format)).unwrap();
        let words: u64 = reading.sessions.iter().map(|s| s.input_words - s.metadata_words).sum();
        assert_eq!(Some(words), counted(format, &bytes), "{format}");
        let codes = reading.sessions.iter().flat_map(|session| &session.warnings).map(|w| w.code.as_str());
        assert!(
            codes.into_iter().all(|code| code != "uncounted-words" && code != "surplus-words"),
            "{format}"
        );
    }
}

#[test]
fn a_damaged_source_is_refused_or_its_words_add_up_or_a_warning_names_the_difference() {
    let n_inputs = std::env::var("MUTATED_INPUTS").map_or(FEW, |value| value.parse().unwrap());
    let sources = sources();
    let mut random = Random(15);
    let (mut refused, mut equal) = (0, 0);
    for round in 0..n_inputs {
        let (format, seed) = &sources[round % sources.len()];
        let bytes = damaged(seed, &mut random);
        let Ok(reading) = read::read(&bytes, "source", Some(format)) else {
            refused += 1;
            continue;
        };
        reading.sessions.iter().for_each(check_balance);
        assert!(is_accounted_for(&reading.sessions, format, &bytes), "{format}: round {round}");
        let words: u64 = reading.sessions.iter().map(|s| s.input_words - s.metadata_words).sum();
        equal += usize::from(counted(format, &bytes) == Some(words));
    }
    eprintln!("{n_inputs} damaged sources: {refused} refused, {equal} equal");
    assert!(equal * 2 > n_inputs - refused, "the counts agree on {equal} of {}", n_inputs - refused);
}
