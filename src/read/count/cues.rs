//! Payloads of cues: every line of a caption file that is no time, number, note or style.

use super::Visit;
use crate::read::Document;

/// Visits the payloads of WebVTT, line by line, without tags.
pub(in crate::read) fn vtt(document: &Document, visit: &mut Visit) {
    let lines: Vec<&str> = document.text.split('\n').collect();
    let header = lines.iter().take_while(|line| !line.is_empty() && !is_timing(line)).count();
    let (mut begins, mut skips) = (true, false);
    for (at, line) in lines.iter().enumerate().skip(header) {
        if line.is_empty() {
            (begins, skips) = (true, false);
            continue;
        }
        let is_note = ["NOTE", "STYLE", "REGION"].iter().any(|name| {
            line.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
        });
        skips |= begins && is_note;
        if is_timing(line) {
            skips = false;
        } else {
            let is_name = begins && lines.get(at + 1).is_some_and(|next| is_timing(next));
            if !(skips || is_name) {
                visit_parts(line, at + 1, visit);
            }
        }
        begins = false;
    }
}

/// Visits a line between the changes of voice, without tags.
fn visit_parts(line: &str, number: usize, visit: &mut Visit) {
    let mut text = String::new();
    let mut rest = line;
    while let Some(at) = rest.find('<') {
        text.push_str(rest.get(..at).unwrap_or(""));
        let tag = rest.get(at + 1..).unwrap_or("");
        // A tag that nothing closes, or that another one begins in, has swallowed what is said.
        let Some(length) = tag.find(['<', '>']).filter(|&end| tag.as_bytes().get(end) == Some(&b'>')) else {
            text.push(' ');
            rest = tag;
            continue;
        };
        let name = tag.get(..length).unwrap_or("");
        if name.trim_start_matches('/').starts_with('v') {
            visit(number, &decoded(&text));
            text.clear();
        }
        rest = tag.get(length + 1..).unwrap_or("");
    }
    text.push_str(rest);
    visit(number, &decoded(&text));
}

/// The text with spaces for references to them: what else a reference stands for is part of a word.
fn decoded(text: &str) -> String {
    text.replace("&nbsp;", " ").replace("&nbsp", " ")
}

/// Whether a line gives the times of a cue: two of them, an arrow between, and settings.
fn is_timing(line: &str) -> bool {
    let Some((start, rest)) = line.split_once("-->") else { return false };
    let is_time = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_digit())
            && text.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | ','))
    };
    let mut fields = rest.split_whitespace();
    is_time(start.trim()) && fields.next().is_some_and(is_time) && fields.all(|field| field.contains(':'))
}

/// Visits the texts of events of a subtitle script: what follows the ninth comma, without codes.
pub(in crate::read) fn ass(document: &Document, visit: &mut Visit) {
    for (at, line) in document.text.split('\n').enumerate() {
        let Some(fields) =
            ["Dialogue:", "Comment:"].iter().find_map(|kind| line.trim_start().strip_prefix(kind))
        else {
            continue;
        };
        let text = fields.splitn(10, ',').nth(9).unwrap_or("");
        let text = text.replace("\\N", " ").replace("\\n", " ").replace("\\h", " ");
        visit(at + 1, &without_tags(&text));
    }
}

/// Visits the payloads of SubRip, line by line, without tags.
pub(in crate::read) fn srt(document: &Document, visit: &mut Visit) {
    let lines: Vec<&str> = document.seen().split('\n').collect();
    for (at, line) in lines.iter().enumerate() {
        let number = line.trim().trim_start_matches('-');
        let is_number = number.starts_with(|c: char| c.is_ascii_digit())
            && number.chars().all(|c| c.is_ascii_digit() || c == '.');
        let is_blank = |line: &&str| line.trim().is_empty();
        let below = lines.get(at + 1..).unwrap_or(&[]);
        let is_above = below.first().is_some_and(|next| is_subtitle_timing(next));
        let is_apart = at.checked_sub(1).is_none_or(|above| lines.get(above).is_some_and(is_blank))
            && is_number
            && below.iter().find(|line| !is_blank(line)).is_some_and(|next| is_subtitle_timing(next));
        if !is_subtitle_timing(line) && !(is_number && (is_above || is_apart)) {
            visit(at + 1, &decoded(&without_tags(line)));
        }
    }
}

/// Whether a line begins with a time, an arrow in any spelling, and a time.
fn is_subtitle_timing(line: &str) -> bool {
    let time = |text: &str| {
        let digits = |c: char| c.is_ascii_digit();
        text.trim().starts_with(|c: char| digits(c) || c == '-') && text.contains([':', '：'])
    };
    let Some((start, end)) = line.split_once('>') else { return false };
    let start = start.trim_end();
    let arrow = start.trim_end_matches(['-', ' ']);
    let marks = start.get(arrow.len()..).unwrap_or("");
    marks.contains('-') && time(arrow) && arrow.chars().all(|c| !c.is_alphabetic()) && time(end)
}

fn without_tags(line: &str) -> String {
    let mut text = String::new();
    let mut rest = line;
    while let Some(at) = rest.find(['<', '{']) {
        text.push_str(rest.get(..at).unwrap_or(""));
        let tag = rest.get(at..).unwrap_or("");
        let close = if tag.starts_with('<') { '>' } else { '}' };
        let length = tag.find(close).filter(|&end| is_tag(tag.get(1..end).unwrap_or("")));
        match length {
            Some(length) => rest = tag.get(length + 1..).unwrap_or(""),
            None => {
                text.push_str(tag.get(..1).unwrap_or(""));
                rest = tag.get(1..).unwrap_or("");
            }
        }
    }
    text.push_str(rest);
    text
}

fn is_tag(inside: &str) -> bool {
    let name = inside.trim_start_matches('/').split(' ').next().unwrap_or("").to_lowercase();
    inside.starts_with('\\') || ["i", "b", "u", "s", "font"].contains(&name.as_str())
}
