//! WebVTT as the W3C standard defines its parser: blocks, times, cue text as a tree.
//!
//! <https://www.w3.org/TR/webvtt1/#file-parsing> and `#cue-text-parsing-rules`. Positions and
//! styles are read over; regions and style sheets are blocks that are not cues.

use super::entities::decode_entities;
use super::language;
use crate::model::{Language, Time};

/// A cue: when it is shown and what it says, still with markup.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cue {
    pub id: String,
    pub time: Time,
    pub text: String,
    /// Line of the first line of text, from 1.
    pub line: usize,
}

/// Lines in no cue though they are no note, style or region either.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct StrayLines {
    /// How many cues stand above them.
    pub above: usize,
    /// Line of the first, from 1.
    pub line: usize,
    pub text: String,
    /// Whether they follow times that cannot be read: they are a cue of their own.
    pub is_cue: bool,
}

/// Whether a text begins as WebVTT must: `WEBVTT` and then nothing, white space or a line end.
pub(super) fn has_signature(text: &str) -> bool {
    text.strip_prefix("WEBVTT").is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\n']))
}

/// The cues of a WebVTT text with `\n` as line end, and what stands in none of them; `None` without
/// the signature.
pub(super) fn parse(text: &str) -> Option<(Vec<Cue>, Vec<StrayLines>)> {
    if !has_signature(text) {
        return None;
    }
    let lines: Vec<&str> = text.split('\n').collect();
    let (mut at, mut cues, mut strays) = (1, Vec::new(), Vec::new());
    if lines.get(1).is_some_and(|line| !line.is_empty()) {
        at = block(&lines, 1, true).1;
    }
    while at < lines.len() {
        if lines.get(at).is_some_and(|line| line.is_empty()) {
            at += 1;
            continue;
        }
        let (cue, next) = block(&lines, at, false);
        let next = next.max(at + 1);
        if cue.is_none() {
            strays.extend(stray(&lines, at, next, cues.len()));
        }
        cues.extend(cue);
        at = next;
    }
    Some((cues, strays))
}

/// The lines of a block that is no cue, unless it is a note, a style sheet or a region.
fn stray(lines: &[&str], start: usize, end: usize, above: usize) -> Option<StrayLines> {
    let block = lines.get(start..end)?;
    let first = block.first()?;
    let is_named = |name: &str| {
        first.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
    };
    if ["NOTE", "STYLE", "REGION"].into_iter().any(is_named) {
        return None;
    }
    // What stands above times is the name of the cue, where it is one line.
    let times = block.iter().take(2).position(|line| is_broken_timing(line));
    let from = times.map_or(0, |at| at + 1);
    let said = block.get(from..)?;
    let is_line = |line: &&&str| !is_broken_timing(line);
    let text = said.iter().take_while(is_line).copied().collect::<Vec<_>>().join("\n");
    let text = text.trim_end_matches('\n').replace('\0', "\u{FFFD}");
    let is_cue = times.is_some();
    (!text.trim().is_empty()).then_some(StrayLines { above, line: start + from + 1, text, is_cue })
}

/// Whether a line is two times with an arrow between, and settings, of which the times cannot be read.
fn is_broken_timing(line: &str) -> bool {
    let Some((start, rest)) = line.split_once("-->") else { return false };
    let is_time = |text: &str| {
        let marks = |c: char| c.is_ascii_digit() || matches!(c, ':' | '.' | ',');
        text.starts_with(|c: char| c.is_ascii_digit()) && text.chars().all(marks)
    };
    let (end, settings) = rest.trim().split_once(char::is_whitespace).unwrap_or((rest.trim(), ""));
    is_time(start.trim()) && is_time(end) && settings.split_whitespace().all(|setting| setting.contains(':'))
}

/// The language that the header names as captions of video sites do: `Language: en`.
pub(super) fn language(text: &str) -> Language {
    let header = text.split('\n').skip(1).take_while(|line| !line.trim().is_empty() && !line.contains("-->"));
    let stated = header.filter_map(|line| line.split_once(':')).find(|(key, _)| key.trim() == "Language");
    stated.map_or(Language::UNKNOWN, |(_, code)| language::named(code))
}

/// Collects a block that begins at line `start`: its cue, if it is one, and the line after it.
fn block(lines: &[&str], start: usize, in_header: bool) -> (Option<Cue>, usize) {
    let (mut cue, mut buffer, mut at) = (None::<Cue>, String::new(), start);
    let mut seen_arrow = false;
    while let Some(&line) = lines.get(at) {
        let count = at - start + 1;
        if line.contains("-->") {
            if in_header || !(count == 1 || count == 2 && !seen_arrow) {
                return (with_text(cue, buffer), at);
            }
            seen_arrow = true;
            cue = timings(line).map(|time| Cue {
                id: std::mem::take(&mut buffer),
                time,
                text: String::new(),
                line: at + 2,
            });
        } else if line.is_empty() {
            return (with_text(cue, buffer), at + 1);
        } else {
            if !buffer.is_empty() {
                buffer.push('\n');
            }
            buffer.push_str(line);
        }
        at += 1;
    }
    (with_text(cue, buffer), at)
}

fn with_text(cue: Option<Cue>, buffer: String) -> Option<Cue> {
    let clean = |text: &str| text.replace('\0', "\u{FFFD}");
    cue.map(|cue| Cue { id: clean(&cue.id), text: clean(&buffer), ..cue })
}

/// The times of a line with `-->`.
fn timings(line: &str) -> Option<Time> {
    let (start, rest) = timestamp(skip_space(line))?;
    let (end, _) = timestamp(skip_space(skip_space(rest).strip_prefix("-->")?))?;
    Some(Time { start, end })
}

fn skip_space(text: &str) -> &str {
    text.trim_start_matches([' ', '\t', '\u{C}', '\n'])
}

/// Seconds of `mm:ss.ttt` or `h…h:mm:ss.ttt`, and what follows.
fn timestamp(text: &str) -> Option<(f64, &str)> {
    let (first, rest) = digits(text)?;
    let (second, rest) = two_digits(rest.strip_prefix(':')?)?;
    let long = first.len() != 2 || number(first)? > 59.0;
    let (hours, minutes, seconds, rest) = match rest.strip_prefix(':') {
        Some(rest) => {
            let (third, rest) = two_digits(rest)?;
            (number(first)?, second, third, rest)
        }
        None if long => return None,
        None => (0.0, number(first)?, second, rest),
    };
    let (thousandths, rest) = digits(rest.strip_prefix('.')?)?;
    if thousandths.len() != 3 || minutes > 59.0 || seconds > 59.0 {
        return None;
    }
    Some((hours * 3600.0 + minutes * 60.0 + seconds + number(thousandths)? / 1000.0, rest))
}

fn digits(text: &str) -> Option<(&str, &str)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    if length == 0 { None } else { text.split_at_checked(length) }
}

fn two_digits(text: &str) -> Option<(f64, &str)> {
    let (digits, rest) = digits(text)?;
    if digits.len() == 2 { Some((number(digits)?, rest)) } else { None }
}

fn number(digits: &str) -> Option<f64> {
    digits.parse().ok()
}

/// A node of a cue's text.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node {
    /// An element: `c`, `i`, `b`, `u`, `ruby`, `rt`, `v` (annotation: the voice), `lang`.
    Element {
        name: String,
        classes: Vec<String>,
        annotation: String,
        children: Vec<Node>,
    },
    Text(String),
    /// Seconds from the start.
    Timestamp(f64),
}

/// The names of cue elements.
const ELEMENTS: [&str; 8] = ["c", "i", "b", "u", "ruby", "rt", "v", "lang"];

/// A token of cue text.
enum Token {
    Text(String),
    Start { name: String, classes: Vec<String>, annotation: String },
    End(String),
    Timestamp(String),
}

/// The tree of a cue's text.
pub(super) fn parse_text(text: &str) -> Vec<Node> {
    let mut open: Vec<(String, Vec<String>, String, Vec<Node>)> = vec![Default::default()];
    let mut input = text;
    while let Some((token, rest)) = next_token(input) {
        input = rest;
        match token {
            Token::Text(text) => push(&mut open, Node::Text(text)),
            Token::Timestamp(text) => {
                if let Some((seconds, "")) = timestamp(&text) {
                    push(&mut open, Node::Timestamp(seconds));
                }
            }
            Token::Start { name, classes, annotation } => {
                let current = open.last().map_or("", |(name, ..)| name);
                let is_known = ELEMENTS.contains(&name.as_str());
                if is_known && (name != "rt" || current == "ruby") && open.len() < 200 {
                    open.push((name, classes, annotation, Vec::new()));
                }
            }
            Token::End(name) => {
                let current = open.last().map_or("", |(name, ..)| name);
                if open.len() > 1 && name == current {
                    close(&mut open);
                } else if name == "ruby" && current == "rt" {
                    close(&mut open);
                    close(&mut open);
                }
            }
        }
    }
    while open.len() > 1 {
        close(&mut open);
    }
    open.pop().map(|(.., children)| children).unwrap_or_default()
}

fn push(open: &mut [(String, Vec<String>, String, Vec<Node>)], node: Node) {
    if let Some((.., children)) = open.last_mut() {
        children.push(node);
    }
}

fn close(open: &mut Vec<(String, Vec<String>, String, Vec<Node>)>) {
    if open.len() > 1
        && let Some((name, classes, annotation, children)) = open.pop()
    {
        push(open, Node::Element { name, classes, annotation, children });
    }
}

/// The next token and what follows it; `None` at the end.
fn next_token(input: &str) -> Option<(Token, &str)> {
    if input.is_empty() {
        return None;
    }
    if let Some(tag) = input.strip_prefix('<') {
        return Some(tag_token(tag));
    }
    let end = input.find('<').unwrap_or(input.len());
    let (text, rest) = input.split_at(end);
    Some((Token::Text(decode_entities(text)), rest))
}

/// A token that begins with `<`; `tag` is what follows it.
fn tag_token(tag: &str) -> (Token, &str) {
    let end = tag.find('>').unwrap_or(tag.len());
    let inside = tag.get(..end).unwrap_or("");
    let rest = tag.get(end + 1..).unwrap_or("");
    if let Some(name) = inside.strip_prefix('/') {
        return (Token::End(name.to_owned()), rest);
    }
    if inside.starts_with(|c: char| c.is_ascii_digit()) {
        return (Token::Timestamp(inside.to_owned()), rest);
    }
    let is_space = |c: char| matches!(c, ' ' | '\t' | '\n' | '\u{C}');
    let (head, annotation) = inside.find(is_space).map_or((inside, ""), |at| inside.split_at(at));
    let mut parts = head.split('.');
    let name = parts.next().unwrap_or("").to_owned();
    let classes = parts.filter(|class| !class.is_empty()).map(str::to_owned).collect();
    let annotation = decode_entities(annotation).split_whitespace().collect::<Vec<_>>().join(" ");
    (Token::Start { name, classes, annotation }, rest)
}
