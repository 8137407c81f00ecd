//! Conformance of the WebVTT parser: the web-platform-tests and the cases of vtt.js, of which
//! what is said about cues, times, texts and voices counts here (not positions and regions).

use serde_json::Value;

use super::super::decode::decode;
use super::super::webvtt::{Cue, Node, parse, parse_text};
use super::real::real_files;

/// The cues of a file as a browser sees it: a file without the signature has none.
fn cues_of(path: &std::path::Path) -> Vec<Cue> {
    let text = decode(&std::fs::read(path).unwrap()).unwrap().text;
    parse(&text).unwrap_or_default().0
}

/// What an assertion of a script names, in a cue: `id`, `text`, `startTime`, `endTime`.
fn property(cue: &Cue, name: &str) -> Option<Value> {
    Some(match name {
        "id" => cue.id.as_str().into(),
        "text" => cue.text.as_str().into(),
        "startTime" => cue.time.start.into(),
        "endTime" => cue.time.end.into(),
        _ => return None,
    })
}

/// The value of `'text' + i`, `"text0"`, `1`, with `i` as given.
fn literal(source: &str, i: usize) -> Option<Value> {
    let mut text = String::new();
    let mut is_text = false;
    for part in source.split(" + ") {
        let part = part.trim();
        if part == "i" {
            text.push_str(&i.to_string());
        } else if let Some(inner) = part.strip_prefix('\'').and_then(|p| p.strip_suffix('\'')) {
            is_text = true;
            text.push_str(inner);
        } else if part.starts_with('"') {
            is_text = true;
            text.push_str(
                serde_json::from_str::<&str>(part)
                    .map(str::to_owned)
                    .unwrap_or_else(|_| serde_json::from_str::<String>(part).unwrap())
                    .as_str(),
            );
        } else {
            return part.parse::<f64>().ok().map(Value::from);
        }
    }
    is_text.then(|| text.into())
}

/// Checks a line `assert_equals(cues[0].text, 'text0');`; says whether it was about a cue.
fn check_assertion(line: &str, cues: &[Cue], current: usize, place: &str) -> bool {
    let Some(body) = line.trim().strip_prefix("assert_equals(") else { return false };
    let body = body.trim_end_matches(';').trim_end_matches(')');
    let Some((subject, rest)) = body.split_once(", ") else { return false };
    let value = rest.split(", 'Failed").next().unwrap().split(", cues").next().unwrap();
    if subject == "cues.length" {
        assert_eq!(Some(Value::from(cues.len() as f64)), literal(value, 0), "{place}");
        return true;
    }
    let (cue, name) = subject.split_once('.').unwrap();
    let index = match cue.strip_prefix("cues[").and_then(|c| c.strip_suffix(']')) {
        Some("i") | None => current,
        Some(index) => match index.parse() {
            Ok(index) => index,
            Err(_) => return false,
        },
    };
    let Some(found) = cues.get(index).and_then(|cue| property(cue, name)) else { return false };
    let Some(expected) = literal(value, index) else { return false };
    assert_eq!(found, expected, "{place}");
    true
}

#[test]
fn files_are_parsed_as_the_web_platform_tests_assert() {
    let (mut n_checked, mut n_files) = (0, 0);
    for script in real_files("formats/webvtt/wpt-file-parsing", "js") {
        let cues = cues_of(&script.with_extension("vtt"));
        n_files += 1;
        let source = std::fs::read_to_string(&script).unwrap();
        let (mut current, mut looped) = (0, false);
        for (number, line) in source.lines().enumerate() {
            let place = format!("{}:{}", script.display(), number + 1);
            if let Some(rest) = line.strip_prefix("var cue = cues[") {
                current = rest.trim_end_matches("];").parse().unwrap();
            }
            looped = (looped || line.contains("i < cues.length")) && line != "}";
            let indices = if looped { 0..cues.len() } else { current..current + 1 };
            for index in indices {
                n_checked += usize::from(check_assertion(line, &cues, index, &place));
            }
        }
    }
    assert!(n_files == 0 || n_checked > 80, "{n_checked} assertions in {n_files} files");
    eprintln!("{n_checked} assertions in {n_files} files");
}

/// The tree in the notation of the tests.
fn show(nodes: &[Node], depth: usize, shown: &mut String) {
    for node in nodes {
        let indent = "  ".repeat(depth);
        match node {
            Node::Text(text) => shown.push_str(&format!("| {indent}\"{text}\"\n")),
            Node::Timestamp(seconds) => {
                let whole = *seconds as u64;
                let thousandths = ((seconds - whole as f64) * 1000.0).round();
                let (hours, minutes, seconds) = (whole / 3600, whole / 60 % 60, whole % 60);
                shown.push_str(&format!(
                    "| {indent}<?timestamp {hours:02}:{minutes:02}:{seconds:02}.{thousandths:03}>\n"
                ));
            }
            Node::Element { name, classes, annotation, children } => {
                let tag = if ["c", "v", "lang"].contains(&name.as_str()) { "span" } else { name };
                shown.push_str(&format!("| {indent}<{tag}>\n"));
                if !classes.is_empty() {
                    shown.push_str(&format!("| {indent}  class=\"{}\"\n", classes.join(" ")));
                }
                match name.as_str() {
                    "v" => shown.push_str(&format!("| {indent}  title=\"{annotation}\"\n")),
                    "lang" => shown.push_str(&format!("| {indent}  lang=\"{annotation}\"\n")),
                    _ => {}
                }
                show(children, depth + 1, shown);
            }
        }
    }
}

#[test]
fn cue_texts_become_the_trees_of_the_web_platform_tests() {
    let mut n_cases = 0;
    for path in real_files("formats/webvtt/wpt-cue-parsing", "json") {
        let cases: Vec<Value> = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        let file = cues_of(&path.with_extension("vtt"));
        for case in &cases {
            let text = case["text"].as_str().unwrap();
            // A cue ends at an empty line and has no null.
            let text = text.split("\n\n").next().unwrap().trim_end_matches('\n').replace('\0', "\u{FFFD}");
            let mut shown = String::new();
            show(&parse_text(&text), 0, &mut shown);
            assert_eq!(shown, case["expectedTree"].as_str().unwrap(), "{}: {text:?}", path.display());
            assert!(file.iter().any(|cue| cue.text == text), "{}: {text:?} is no cue", path.display());
            n_cases += 1;
        }
    }
    eprintln!("{n_cases} cue texts");
}

/// The file names in quotes that end in `ending`.
fn quoted<'a>(line: &'a str, ending: &str) -> Option<&'a str> {
    line.split('"').find(|part| part.ends_with(ending) && part.contains('/'))
}

/// Cases in which vtt.js reads otherwise than the standard and its web-platform-tests do: minutes
/// of three digits without hours, minutes above 59 in front of a fraction, a header directly
/// followed by times, and an arrow alone on a line.
const OTHER_THAN_STANDARD: [&str; 4] = [
    "cue-times/min-top-digits.vtt",
    "cue-times/minimum-spots-over-sixty.vtt",
    "file-layout/header-no-new-line.vtt",
    "integration/id.vtt",
];

#[test]
fn the_cases_of_vtt_js_give_the_expected_cues() {
    let (mut n_cases, mut n_misses) = (0, 0);
    for script in real_files("formats/vttjs", "js") {
        let root = script.ancestors().find(|folder| folder.join("test-runner.js").exists()).unwrap();
        for line in std::fs::read_to_string(&script).unwrap().lines() {
            let (Some(vtt), Some(json)) = (quoted(line, ".vtt"), quoted(line, ".json")) else { continue };
            let Ok(expected) = std::fs::read(root.join(json)) else { continue };
            let expected: Value = serde_json::from_slice(&expected).unwrap();
            let Some(expected) = expected["cues"].as_array().filter(|_| line.contains("jsonEqual")) else {
                continue;
            };
            let cues = cues_of(&root.join(vtt));
            n_cases += 1;
            let same = cues.len() == expected.len()
                && cues.iter().zip(expected).all(|(cue, expected)| {
                    cue.id == expected["id"].as_str().unwrap()
                        && cue.text == expected["text"].as_str().unwrap()
                        && (cue.time.start - expected["startTime"].as_f64().unwrap()).abs() < 1e-6
                        && (cue.time.end - expected["endTime"].as_f64().unwrap()).abs() < 1e-6
                });
            if !same {
                assert!(OTHER_THAN_STANDARD.contains(&vtt), "{vtt}: {cues:?}");
                n_misses += 1;
            }
        }
    }
    assert!(n_misses * 50 <= n_cases, "{n_misses} of {n_cases}");
    eprintln!("{n_cases} cases, {n_misses} otherwise than vtt.js");
}
