//! The real data, read without naming its format. Absent data is skipped, and said so.

use super::*;

/// The files below a folder of the real data; empty, and said so, where the data is absent.
pub(super) fn real_files(folder: &str, extension: &str) -> Vec<std::path::PathBuf> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(folder);
    if !root.exists() {
        assert!(std::env::var("CI").as_deref() != Ok("true"), "{} is missing", root.display());
        eprintln!("skipped: {} is missing", root.display());
        return Vec::new();
    }
    let (mut open, mut found) = (vec![root], Vec::new());
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|e| e == extension) {
                found.push(path);
            }
        }
    }
    found.sort();
    assert!(!found.is_empty(), "no {extension} file in {folder}");
    found
}

/// Reads a real file without naming its format; asserts the guess and the invariants.
fn read_real(path: &std::path::Path, format: &str) -> Result<Vec<Session>> {
    let bytes = std::fs::read(path).unwrap();
    let reading = read(&bytes, &path.to_string_lossy(), None)?;
    let guess = reading.guesses.first().unwrap();
    assert_eq!(guess.format.name, format, "{}: {guess:?}", path.display());
    reading.sessions.iter().for_each(check_invariants);
    Ok(reading.sessions)
}

#[test]
fn the_panel_page_is_read_as_it_is() {
    for path in real_files("seed", "txt") {
        let session = read_real(&path, "digwatch").unwrap().remove(0);
        let page = std::fs::read_to_string(&path).unwrap();
        assert_eq!((session.turns.len(), session.labels.len()), (48, 8));
        assert_eq!(session.date, "2024-07-02");
        assert_eq!(session.published.len(), 8);
        assert_eq!(session.published[0].1.words, Some(3794));
        assert!(
            turns(&session)
                .iter()
                .all(|(label, text)| page.contains(text) && page.contains(&format!("{label}:")))
        );
        assert_eq!(session.outside.unattributed, 0);
        eprintln!("{} | {:?}", session.title, session.warnings);
    }
}

#[test]
fn every_qmsum_meeting_keeps_its_turns() {
    for path in real_files("qmsum", "json") {
        let session = read_real(&path, "qmsum").unwrap().remove(0);
        let value: serde_json::Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        let transcript = value["meeting_transcripts"].as_array().unwrap();
        assert_eq!(transcript.len(), session.turns.len());
        for (turn, source) in transcript.iter().enumerate() {
            assert_eq!(source["content"].as_str().unwrap().trim(), session.turn_text(turn));
            assert_eq!(source["speaker"].as_str().unwrap().trim(), session.turn_label(turn));
        }
    }
}

/// `ABC: text` and `AB/CD: text` at the start of a line, seen without the reader.
fn initials_of(line: &str) -> Option<&str> {
    let (label, text) = line.split_once(':')?;
    let is_initials =
        |part: &str| (2..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_uppercase());
    (label.split('/').all(is_initials) && text.starts_with(' ') && !text.trim().is_empty()).then_some(label)
}

#[test]
fn every_labelled_paragraph_of_real_minutes_is_a_turn() {
    let (mut n_turns, mut without_turns) = (0, 0);
    for path in real_files("tc39", "md") {
        let source = std::fs::read_to_string(&path).unwrap();
        let Ok(mut sessions) = read_real(&path, "markdown") else {
            without_turns += 1;
            assert_eq!(source.lines().filter_map(initials_of).count(), 0, "{}", path.display());
            continue;
        };
        let session = sessions.remove(0);
        // A line may hold several turns; the first is the one that it begins with.
        let labels: rustc_hash::FxHashMap<usize, &str> = (0..session.turns.len())
            .rev()
            .map(|turn| (session.line_of(turn, 0) as usize, session.turn_label(turn)))
            .collect();
        for (index, line) in source.lines().enumerate() {
            if let Some(label) = initials_of(line) {
                n_turns += 1;
                assert_eq!(labels.get(&(index + 1)), Some(&label), "{}:{}", path.display(), index + 1);
            }
        }
        for turn in (0..session.turns.len()).step_by(40) {
            let paragraphs = session.turn_text(turn).split("\n\n");
            paragraphs.for_each(|text| assert!(source.contains(text), "{}: {text}", path.display()));
        }
        let said: u64 = count_words(&session.text);
        let outside = session.outside.unattributed;
        assert!(outside * 20 < said, "{}: {outside} words unattributed, {said} said", path.display());
    }
    assert!(without_turns < 20);
    eprintln!("{n_turns} turns");
}

/// The names before the colon of each cue, in order, without the reader.
fn names_in_cues(source: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let cues = source.split("\n\n").filter_map(|block| block.split_once("-->")?.1.split_once('\n'));
    for (_, text) in cues {
        if let Some((name, _)) = text.split_once(": ")
            && names.last().is_none_or(|last| last != name.trim())
        {
            names.push(name.trim().to_owned());
        }
    }
    names
}

#[test]
fn every_cue_of_real_calls_keeps_its_label() {
    for path in real_files("formats/zoom", "vtt") {
        let session = read_real(&path, "vtt").unwrap().remove(0);
        let source = std::fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
        let labels: Vec<String> = turns(&session).iter().map(|(label, _)| (*label).to_owned()).collect();
        assert_eq!(labels, names_in_cues(&source), "{}", path.display());
        let n_cues = source.matches(" --> ").count();
        let pieces: usize = session.turns.iter().map(|turn| turn.pieces.len()).sum();
        assert_eq!((pieces, session.outside.unattributed), (n_cues, 0), "{}", path.display());
    }
}

/// Opening tags of the named elements and the distinct values of one of their attributes, counted
/// in the source without an XML parser.
fn count_in_xml(source: &str, elements: &[&str], attribute: &str) -> (usize, usize) {
    let mut bare = String::new();
    for (at, part) in source.split("<!--").enumerate() {
        bare.push_str(if at == 0 { part } else { part.split_once("-->").map_or("", |(_, rest)| rest) });
    }
    let mut values = std::collections::BTreeSet::new();
    let mut n_elements = 0;
    for tag in bare.split('<').skip(1) {
        let tag = tag.split('>').next().unwrap();
        if elements.contains(&tag.split([' ', '\n', '\t']).next().unwrap()) {
            n_elements += 1;
            let value = tag.split_once(&format!("{attribute}=\"")).and_then(|(_, rest)| rest.split_once('"'));
            values.extend(value.map(|(value, _)| value.to_owned()));
        }
    }
    (n_elements, values.len())
}

/// Utterances and distinct speakers as XPath counts them (`count(//u)`, distinct `//u/@who`; for debates
/// `//speech|//question|//answer` and `@by`), by another parser: ElementTree of Python.
const COUNTED_BY_XPATH: [(&str, usize, usize); 6] = [
    ("AkomaNtosoKE-Example.xml", 11, 7),
    ("KPZONOJFSPD-Redna-021-1998-11-25.xml", 9, 4),
    ("OZKGIP-Redna-025-1998-12-08.xml", 9, 4),
    ("Parla-CLARIN-Exemplar.xml", 7, 4),
    ("Debate_Bungeni_2010-12-07.xml", 8, 6),
    ("Debate_Bungeni_2011-06-10.xml", 11, 7),
];

#[test]
fn parliamentary_xml_has_as_many_utterances_and_speakers_as_the_source() {
    let cases = [
        ("formats/tei", "tei", &["u"][..], "who"),
        ("formats/akomantoso", "akomantoso", &["speech", "question", "answer"][..], "by"),
    ];
    for (folder, format, elements, attribute) in cases {
        for path in real_files(folder, "xml") {
            let session = read_real(&path, format).unwrap().remove(0);
            let counted = count_in_xml(&std::fs::read_to_string(&path).unwrap(), elements, attribute);
            assert_eq!(
                (session.turns.len(), session.labels.len()),
                counted,
                "{}: {:?}",
                path.display(),
                session.labels
            );
            let name = path.file_name().unwrap().to_string_lossy();
            let by_xpath = COUNTED_BY_XPATH.iter().find(|(file, ..)| *file == name);
            assert_eq!(by_xpath.map(|&(_, turns, speakers)| (turns, speakers)), Some(counted), "{name}");
            assert!(!session.date.is_empty() && !session.title.is_empty() || format == "akomantoso");
            eprintln!("{} {counted:?} {:?} {}", session.title, session.labels, session.outside.unattributed);
        }
    }
}
