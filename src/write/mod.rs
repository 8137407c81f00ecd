//! Reports on paper: one file per output format, listed in [`FORMATS`], each owning its escaping.
//!
//! A writer turns finished reports into one text and decides nothing else. Where that text goes is
//! the caller's business.

pub mod changes;
pub mod charts;
pub mod csv;
#[cfg(feature = "docx")]
mod document;
#[cfg(feature = "docx")]
mod docx;
pub mod exports;
pub mod html;
pub mod json;
pub mod markdown;
pub mod origin;
pub mod page;
mod phrases;
pub mod tables;
pub mod terminal;
pub mod text;

use crate::error::Result;
use crate::model::{Evidence, RecordedOutcome, Report, Role, Scope, SpeakerInfo, Summary};

/// How reports are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// Columns that text for a reader is wrapped at.
    pub width: usize,
    /// Whether escape codes for bold and dim are wanted in text for a reader.
    pub styled: bool,
    /// Whether these are the reports of several sessions, even if only one of them came through:
    /// programs that read them can then rely on one report a line.
    pub several: bool,
}

impl Layout {
    /// One session for a file or pipe: 80 columns, no escape codes.
    pub const PLAIN: Layout = Layout { width: 80, styled: false, several: false };
}

/// An output format.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// The name that `--format` takes.
    pub name: &'static str,
    /// What it is good for, in a line.
    pub about: &'static str,
    /// File name extensions, without the dot, that ask for it.
    pub extensions: &'static [&'static str],
    /// The reports in this format, ending in a line feed.
    pub write: fn(&[Report], Layout) -> Result<String>,
}

/// All output formats; the first is the default.
pub const FORMATS: &[Format] = &[text::FORMAT, json::FORMAT, markdown::FORMAT, csv::FORMAT, html::FORMAT];

/// What the record sets down, by the heading that it stands under.
fn recorded(report: &Report) -> Vec<(String, &[RecordedOutcome])> {
    let is_same = |a: &RecordedOutcome, b: &RecordedOutcome| a.item == b.item && a.heading == b.heading;
    let source = |outcomes: &[RecordedOutcome]| {
        let of_first =
            |of: fn(&RecordedOutcome) -> &String| outcomes.first().map(of).map(|text| one_line(text));
        let named = [of_first(|outcome| &outcome.item), of_first(|outcome| &outcome.heading)];
        named.into_iter().flatten().filter(|name| !name.is_empty()).collect::<Vec<String>>().join(": ")
    };
    report.recorded.chunk_by(is_same).map(|outcomes| (source(outcomes), outcomes)).collect()
}

/// The output format of that name.
pub fn format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}

/// The output format that a file name asks for by its extension.
pub fn format_of_path(path: &str) -> Option<&'static Format> {
    let (_, extension) = path.rsplit_once('.')?;
    FORMATS.iter().find(|format| format.extensions.iter().any(|known| known.eq_ignore_ascii_case(extension)))
}

/// The speaker that a label of the source belongs to.
fn speaker_of_label<'r>(report: &'r Report, label: &str) -> Option<&'r SpeakerInfo> {
    report.speakers.iter().find(|speaker| speaker.name == label || speaker.aliases.iter().any(|a| a == label))
}

/// Where a quotation stands, for a reader: turn, line, time.
fn place(evidence: &Evidence) -> String {
    let mut place = format!("turn {}", evidence.turn);
    if evidence.line > 0 {
        place.push_str(&format!(", line {}", evidence.line));
    }
    if let Some(time) = evidence.time {
        place.push_str(&format!(", {}", clock(time.start)));
    }
    place
}

/// All that stands after a quotation: its place, an unusual label, its stance.
fn remark(report: &Report, summary: &Summary, evidence: &Evidence) -> String {
    let mut remark = place(evidence);
    if names_its_voice(report, summary) && evidence.speaker != summary.name {
        remark.push_str(&format!(", as {}", evidence.speaker));
    }
    if let Some(stance) = evidence.stance {
        remark.push_str(&format!(", {stance}"));
    }
    one_line(&remark)
}

/// Whether the summary's name says already who speaks in all its quotations.
fn names_its_voice(report: &Report, summary: &Summary) -> bool {
    summary.scope == Scope::Speaker || summary.evidence.iter().all(|e| voice(report, e).0 == summary.name)
}

/// The speaker and the stakeholder, the latter empty where it adds nothing.
fn voice<'r>(report: &'r Report, evidence: &'r Evidence) -> (&'r str, &'r str) {
    let name = speaker_of_label(report, &evidence.speaker).map_or(evidence.speaker.as_str(), |s| &s.name);
    (name, if adds_to(name, &evidence.stakeholder) { &evidence.stakeholder } else { "" })
}

/// Whether a stakeholder's name says more than the voice's, which may hold it already: `Ana Reyes (Harbour Union)`.
fn adds_to(name: &str, stakeholder: &str) -> bool {
    let is_edge = |neighbour: Option<char>| !neighbour.is_some_and(char::is_alphanumeric);
    let mut places = name.match_indices(stakeholder);
    let is_named = places.any(|(at, found)| {
        is_edge(name[..at].chars().next_back()) && is_edge(name[at + found.len()..].chars().next())
    });
    !stakeholder.is_empty() && !is_named
}

/// What stands beside a summary's name: an unusual role, the stakeholder, the length.
fn facts(report: &Report, summary: &Summary) -> String {
    let mut facts = Vec::new();
    if summary.scope == Scope::Speaker
        && let Some(speaker) = speaker_of_label(report, &summary.name)
    {
        if speaker.role != Role::Speaker {
            facts.push(speaker.role.name().to_owned());
        }
        if adds_to(&speaker.name, &speaker.stakeholder) {
            facts.push(one_line(&speaker.stakeholder));
        }
    }
    facts.push(counted(summary.words, "word", "words"));
    facts.join(" · ")
}

/// Seconds as `m:ss`, or `h:mm:ss` from an hour on.
fn clock(seconds: f64) -> String {
    let whole = seconds.max(0.0) as u64;
    let (hours, minutes, seconds) = (whole / 3600, whole / 60 % 60, whole % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

/// A count with a comma at each thousand.
fn thousands(count: u64) -> String {
    let digits = count.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A count with its noun, `one` for exactly one.
fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{} {}", thousands(count), if count == 1 { one } else { many })
}

/// A name for a reader, also where the source gives none.
fn name_or_unknown(name: &str) -> String {
    if name.trim().is_empty() { "(unknown speaker)".to_owned() } else { one_line(name) }
}

/// The text with each run of white space as one space; what a terminal could take for a command is
/// written out.
fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    terminal::shown_on_a_line(&words.join(" ")).into_owned()
}

/// What a session is called: its title, else its path, or its identifier where the source gives one.
fn title(report: &Report) -> &str {
    let (session, path) = (&report.session, &report.session.source.path);
    let is_of_path = path.rsplit(['/', '\\']).next().is_some_and(|file| file.starts_with(&session.id));
    match (session.title.is_empty(), is_of_path || session.id.is_empty()) {
        (false, _) => &session.title,
        (true, true) => path,
        (true, false) => &session.id,
    }
}

/// The session in a line: date, size, language.
fn size(report: &Report) -> String {
    let session = &report.session;
    let mut parts = Vec::new();
    if !session.date.is_empty() {
        parts.push(session.date.clone());
    }
    parts.push(counted(report.speakers.len() as u64, "speaker", "speakers"));
    parts.push(counted(session.turns, "turn", "turns"));
    parts.push(counted(session.words, "word", "words"));
    if !session.language.is_empty() {
        parts.push(session.language.clone());
    }
    parts.join(" · ")
}

#[cfg(test)]
pub(crate) mod examples;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stakeholder_that_the_name_holds_adds_nothing() {
        for (name, stakeholder) in [
            ("Ana Reyes (Harbour Union)", "Harbour Union"),
            ("周敏（速达平台）", "速达平台"),
            ("Kestria", "Kestria"),
            ("Ana Reyes", ""),
            ("", ""),
        ] {
            assert!(!adds_to(name, stakeholder), "{name} {stakeholder}");
        }
        for (name, stakeholder) in [("Ana Reyes", "Harbour Union"), ("Eunice", "Eu"), ("", "Kestria")] {
            assert!(adds_to(name, stakeholder), "{name} {stakeholder}");
        }
    }

    #[test]
    fn figures_are_set_for_a_reader() {
        assert_eq!(thousands(0), "0");
        assert_eq!(thousands(999), "999");
        assert_eq!(thousands(1_234_567), "1,234,567");
        assert_eq!(clock(59.9), "0:59");
        assert_eq!(clock(3725.0), "1:02:05");
        assert_eq!(counted(1, "turn", "turns"), "1 turn");
        assert_eq!(one_line(" a \n\n b\u{a0}c "), "a b c");
    }

    #[test]
    fn a_session_without_a_title_is_called_by_its_path_or_its_own_identifier() {
        let mut report = examples::report();
        assert_eq!(title(&report), "The *harbour* talks");
        report.session.title.clear();
        report.session.source.path = "talks/harbour.txt".into();
        assert_eq!(title(&report), "talks/harbour.txt");
        report.session.id = "2024-07-02".into();
        assert_eq!(title(&report), "2024-07-02");
    }

    #[test]
    fn names_and_extensions_lead_to_one_format_each() {
        assert!(!FORMATS.is_empty());
        for known in FORMATS {
            assert_eq!(format(known.name).map(|f| f.name), Some(known.name));
            assert!(!known.extensions.is_empty(), "{} has no extension", known.name);
            for extension in known.extensions {
                assert_eq!(format_of_path(&format!("a.b.{extension}")).map(|f| f.name), Some(known.name));
            }
        }
        assert!(format("docx").is_none());
        assert!(format_of_path("brief").is_none());
    }
}
