//! Invisible characters, special spaces and rare line ends change nobody's name and hide no label, in any
//! format.

mod records;

use rapporteur::model::{Session, WarningCode};

use super::sessions::{Case, FORMATS, Format};
use super::{open, read_back};

/// Characters that show nothing.
const INVISIBLE: &[char] = &[
    '\u{200B}', '\u{200C}', '\u{200D}', '\u{200E}', '\u{200F}', '\u{202A}', '\u{202B}', '\u{202C}',
    '\u{202D}', '\u{202E}', '\u{2060}', '\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}', '\u{FEFF}', '\u{AD}',
    '\u{61C}', '\u{180E}', '\u{34F}',
];

/// Spaces at which no line breaks.
const NO_BREAK: &[char] = &['\u{A0}', '\u{202F}', '\u{2007}'];

/// Line ends that no editor counts.
const LINE_ENDS: &[char] = &['\u{2028}', '\u{2029}', '\u{85}', '\u{B}', '\u{C}'];

fn dialogue(ann: &str) -> Case {
    let turn = |speaker: &str, text: &str| (speaker.to_owned(), text.to_owned());
    Case {
        turns: vec![
            turn("Ann Lee", "We oppose the levy on the harbour."),
            turn("Bo Ek", "We support it, since it pays for the quay."),
            turn(ann, "We will never accept this levy."),
            turn("Bo Ek", "We close here."),
        ],
    }
}

fn turns_of(session: &Session) -> Vec<(String, String)> {
    let turn = |at| (session.turn_label(at).to_owned(), session.turn_text(at).to_owned());
    (0..session.turns.len()).map(turn).collect()
}

/// Reads a dialogue with Ann's label written in another way: everything is as with the usual label.
fn check(format: &Format, written: &str) {
    let usual = read_back(&format.render(&dialogue("Ann Lee")).1, format);
    let mut case = dialogue(written);
    // Where persons have identifiers, two of one name stay two.
    if ["tei", "akomantoso"].contains(&format.name) {
        case.turns[0].0 = written.to_owned();
    }
    let (_, bytes) = format.render(&case);
    for named in [Some(format.name), None] {
        let session = open(bytes.clone(), named).unwrap_or_else(|e| panic!("{e} {written:?}")).remove(0);
        let shown = format!("{} {written:?}: {}", format.name, String::from_utf8_lossy(&bytes));
        assert_eq!(session.source.format, format.name, "{shown}");
        assert_eq!(turns_of(&session), turns_of(&usual), "{shown}");
        assert_eq!(session.labels, usual.labels, "{shown}");
        let lines = |s: &Session| (0..s.turns.len()).map(|turn| s.line_of(turn, 0)).collect::<Vec<_>>();
        assert_eq!(lines(&session), lines(&usual), "{shown}");
    }
}

#[test]
fn invisible_characters_in_a_label_are_ignored_in_every_format() {
    for format in FORMATS {
        for c in INVISIBLE {
            for written in [
                format!("{c}Ann Lee"),
                format!("{c}{c}Ann Lee{c}"),
                format!("An{c}n Lee"),
                format!("Ann {c}Lee"),
                format!("Ann Lee{c}"),
            ] {
                check(format, &written);
            }
        }
    }
}

#[test]
fn no_break_spaces_in_a_label_are_spaces_in_every_format() {
    for format in FORMATS {
        for c in NO_BREAK {
            for written in [format!("{c}Ann Lee"), format!("Ann{c}Lee"), format!("Ann Lee{c}")] {
                check(format, &written);
            }
        }
    }
}

#[test]
fn invisible_characters_and_no_break_spaces_where_lines_begin_are_ignored_in_every_format() {
    for format in FORMATS.iter().filter(|format| !["docx", "odt", "pdf"].contains(&format.name)) {
        let bytes = format.render(&dialogue("Ann Lee")).1;
        let usual = read_back(&bytes, format);
        let text = String::from_utf8(bytes).expect("text");
        for c in INVISIBLE.iter().chain(NO_BREAK) {
            let marked: String =
                text.split_inclusive('\n').flat_map(|line| [c.to_string(), line.to_owned()]).collect();
            let session = open(marked.into_bytes(), None).unwrap_or_else(|e| panic!("{e} {c:?}")).remove(0);
            assert_eq!(session.source.format, format.name, "{c:?}");
            assert_eq!(turns_of(&session), turns_of(&usual), "{} {c:?}", format.name);
        }
    }
}

#[test]
fn rare_line_ends_part_turns_and_are_no_lines_to_count() {
    let session =
        |text: String, format: &str| open(text.into_bytes(), Some(format)).expect("a session").remove(0);
    for format in FORMATS
        .iter()
        .filter(|f| ["captions", "un", "otter", "digwatch", "markdown", "plain"].contains(&f.name))
    {
        let (held, bytes) = format.render(&dialogue("Ann Lee"));
        let text = String::from_utf8(bytes).expect("text");
        for c in LINE_ENDS {
            let parted = text.replace('\n', &c.to_string());
            let found = session(format!("{parted}\nlast."), format.name);
            let labels: Vec<&str> = (0..found.turns.len()).map(|turn| found.turn_label(turn)).collect();
            let expected: Vec<&str> = held.turns.iter().map(|(speaker, _)| speaker.as_str()).collect();
            assert_eq!(labels, expected, "{} {c:?}", format.name);
            let lines: Vec<u32> = (0..found.turns.len()).map(|turn| found.line_of(turn, 0)).collect();
            assert_eq!(lines, [1; 4], "{} {c:?}", format.name);
        }
        let returns = session(text.replace('\n', "\r"), format.name);
        assert_eq!(turns_of(&returns), turns_of(&session(text, format.name)), "{}", format.name);
    }
}

#[test]
fn files_put_together_with_a_byte_order_mark_each_keep_all_labels() {
    for format in FORMATS.iter().filter(|f| {
        !["docx", "odt", "pdf", "tei", "akomantoso", "hansard", "ecpc", "bundestag", "qmsum", "asr"]
            .contains(&f.name)
    }) {
        let bytes = format.render(&dialogue("Ann Lee")).1;
        let once = read_back(&bytes, format);
        let marked = [b"\xEF\xBB\xBF", bytes.as_slice()].concat();
        let twice =
            open([marked.as_slice(), &marked].concat(), Some(format.name)).expect("a session").remove(0);
        assert_eq!(twice.labels, once.labels, "{}", format.name);
        if format.name == "digwatch" {
            // A page ends with its statistics.
            assert_eq!(twice.warnings[0].code, WarningCode::UnreadLabel);
            continue;
        }
        if format.name == "csv" {
            assert_eq!((twice.warnings[0].code.as_str(), twice.warnings[0].line), ("repeated-header", 6));
        }
        let speakers = |s: &Session| (0..s.turns.len()).filter(|&t| s.turn_label(t) == "Bo Ek").count();
        assert_eq!(speakers(&twice), 2 * speakers(&once), "{}", format.name);
    }
}

#[test]
fn what_is_said_keeps_its_invisible_characters() {
    let said = "We\u{AD} oppose\u{A0}the \u{200E}levy\u{200F} no\u{200B}w";
    for format in FORMATS {
        let turn = |speaker: &str, text: &str| (speaker.to_owned(), text.to_owned());
        let case = Case { turns: vec![turn("Ann Lee", said), turn("Bo Ek", "No."), turn("Ann Lee", said)] };
        let session = read_back(&format.render(&case).1, format);
        // Pages and markup collapse white space of any kind.
        let spaced = |text: &str| text.replace('\u{A0}', " ");
        assert_eq!(spaced(session.turn_text(0)), spaced(said), "{}", format.name);
    }
}
