//! What was found in a source, before anything is summarized.

use textwrap::core::display_width;

use super::super::{counted, name_or_unknown, one_line, thousands, title};
use super::Page;
use crate::model::{Because, Published, Report, Role, SessionInfo, SpeakerInfo};

/// Which side of its column a cell keeps to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
}

const COLUMNS: [(&str, Side); 9] = [
    ("name", Side::Left),
    ("role", Side::Left),
    ("stands for", Side::Left),
    ("turns", Side::Right),
    ("words", Side::Right),
    ("share", Side::Right),
    ("time", Side::Right),
    ("wpm", Side::Right),
    ("published", Side::Left),
];

/// The date and how it is known, where the content does not say it.
fn date_found(session: &SessionInfo) -> String {
    let how = match session.date_known.as_str() {
        "file name" => " (from the file's name)",
        "given" => " (as given)",
        _ => "",
    };
    format!("{}{how}", or_unknown(&session.date))
}

/// The language and how it is known.
fn language_found(session: &SessionInfo) -> String {
    let how = match session.language_known.as_str() {
        "source" => " (named by the source)",
        "given" => " (as given)",
        "detected" => " (detected)",
        "assumed" => " (assumed: too little text to tell)",
        _ => "",
    };
    format!("{}{how}", or_unknown(&session.language))
}

impl Page {
    /// The layout of `inspect`.
    pub(super) fn inspection(&mut self, report: &Report) {
        let session = &report.session;
        self.wrapped(&one_line(title(report)), "", "", |paint, line| paint.bold(line));
        self.fact("source", &one_line(&session.source.path));
        self.fact("format", &format_found(report));
        let companions: Vec<&str> =
            session.source.companions.iter().map(|companion| companion.name.as_str()).collect();
        if !companions.is_empty() {
            self.fact("read with", &one_line(&companions.join(", ")));
        }
        self.fact("date", &date_found(session));
        self.fact("language", &language_found(session));
        self.fact(
            "size",
            &format!(
                "{}, {}, {}",
                counted(session.turns, "turn", "turns"),
                counted(session.sentences, "sentence", "sentences"),
                counted(session.words, "word", "words")
            ),
        );
        self.speakers(&report.speakers);
        self.reasons(&report.speakers);
        self.ledger(report);
        self.warnings(report);
    }

    fn fact(&mut self, name: &str, value: &str) {
        let label = self.paint.dim(&format!("{name:<9}"));
        self.wrapped(value, &format!("{label} "), &" ".repeat(10), |_, line| line.to_owned());
    }

    fn section(&mut self, name: &str) {
        self.line("");
        let name = self.paint.bold(name);
        self.line(&name);
    }

    fn speakers(&mut self, speakers: &[SpeakerInfo]) {
        self.section("Speakers");
        let rows: Vec<[String; 9]> = speakers.iter().map(row).collect();
        let header = COLUMNS.map(|(name, _)| name.to_owned());
        let mut widths = [0; 9];
        for row in rows.iter().chain([&header]) {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = display_width(cell).max(*width);
            }
        }
        // A column that no speaker fills is left out.
        let filled: Vec<bool> = (0..9).map(|c| c == 0 || rows.iter().any(|row| !row[c].is_empty())).collect();
        let lay = |row: &[String; 9]| {
            let cells = row.iter().zip(COLUMNS).zip(widths).zip(&filled).filter(|(_, filled)| **filled);
            let cells: Vec<String> = cells
                .map(|(((cell, (_, side)), width), _)| {
                    let space = " ".repeat(width - display_width(cell));
                    if side == Side::Left { format!("{cell}{space}") } else { format!("{space}{cell}") }
                })
                .collect();
            format!("  {}", cells.join("  ").trim_end())
        };
        let header = self.paint.dim(&lay(&header));
        self.line(&header);
        for row in &rows {
            self.line(&lay(row));
        }
    }

    fn reasons(&mut self, speakers: &[SpeakerInfo]) {
        let known = |s: &&SpeakerInfo| {
            !s.alias_because.is_empty() || !s.role_because.is_empty() || s.stakeholder_because.is_some()
        };
        if !speakers.iter().any(|s| known(&s)) {
            return;
        }
        self.section("Why");
        for speaker in speakers.iter().filter(known) {
            let name = name_or_unknown(&speaker.name);
            if !speaker.role_because.is_empty() {
                self.reason(&format!("{name} is {}: {}", speaker.role, speaker.role_because.join("; ")));
            }
            if let Some(because) = &speaker.stakeholder_because {
                self.reason(&format!("{name} stands for {}: {}", speaker.stakeholder, shown(because)));
            }
            for other in &speaker.alias_because {
                self.reason(&format!("{name} is also called {}: {}", other.alias, shown(&other.because)));
            }
        }
    }

    fn reason(&mut self, text: &str) {
        self.wrapped(&one_line(text), "  ", "    ", |_, line| line.to_owned());
    }

    fn ledger(&mut self, report: &Report) {
        let ledger = &report.ledger;
        self.section("Where the words went");
        let figure = |words: u64| format!("{:>10}", thousands(words));
        for (class, words) in ledger.all.pairs().into_iter().filter(|&(_, words)| words > 0) {
            self.line(&format!("  {class:<12} {}", figure(words)));
        }
        self.line(&format!("  {:<12} {}", "input", figure(ledger.input)));
    }

    fn warnings(&mut self, report: &Report) {
        if report.warnings.is_empty() {
            return;
        }
        self.section("Warnings");
        for warning in &report.warnings {
            let place = if warning.line > 0 { format!("line {}: ", warning.line) } else { String::new() };
            let text = format!("{place}{} ({})", warning.message, warning.code);
            self.wrapped(&one_line(&text), "  ", "    ", |_, line| line.to_owned());
        }
    }
}

/// The format, how sure it is, and what else it could have been.
fn format_found(report: &Report) -> String {
    let format = &report.session.source.format;
    let Some(found) = report.detected.iter().find(|guess| guess.format == *format) else {
        return format!("{format} (as named)");
    };
    let mut text = format!("{format} (confidence {:.2}: {}", found.confidence, found.reason);
    if let Some(next) = report.detected.iter().find(|guess| guess.format != *format) {
        text.push_str(&format!("; next {} {:.2}", next.format, next.confidence));
    }
    text.push(')');
    one_line(&text)
}

/// A reason with the place and the words that show it.
fn shown(because: &Because) -> String {
    let mut text = because.reason.clone();
    if !because.session.is_empty() {
        text.push_str(&format!(", {}", because.session));
    }
    if let Some(line) = because.line {
        text.push_str(&format!(", line {line}"));
    }
    if !because.text.is_empty() {
        text.push_str(&format!(": “{}”", because.text));
    }
    text
}

fn row(speaker: &SpeakerInfo) -> [String; 9] {
    let stands_for = if speaker.stakeholder == speaker.name { "" } else { &speaker.stakeholder };
    [
        name_or_unknown(&speaker.name),
        if speaker.role == Role::Speaker { String::new() } else { speaker.role.name().to_owned() },
        one_line(stands_for),
        thousands(speaker.turns),
        thousands(speaker.words),
        format!("{:.1} %", 100.0 * speaker.share),
        speaker.seconds.map_or_else(String::new, clock),
        speaker.wpm.map_or_else(String::new, |wpm| format!("{wpm:.0}")),
        speaker.published.as_ref().map_or_else(String::new, published),
    ]
}

/// Seconds as `h:mm:ss` or `m:ss`.
fn clock(seconds: f64) -> String {
    let whole = seconds.round().max(0.0) as u64;
    let (hours, minutes, seconds) = (whole / 3600, whole / 60 % 60, whole % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

fn published(figures: &Published) -> String {
    let mut parts = Vec::new();
    if let Some(words) = figures.words {
        parts.push(counted(words, "word", "words"));
    }
    if let Some(seconds) = figures.seconds {
        parts.push(format!("{} s", thousands(seconds.round().max(0.0) as u64)));
    }
    if let Some(wpm) = figures.wpm {
        parts.push(format!("{wpm:.0} wpm"));
    }
    parts.join(", ")
}

fn or_unknown(text: &str) -> &str {
    if text.is_empty() { "unknown" } else { text }
}

#[cfg(test)]
mod tests {
    use super::super::super::examples::report;
    use super::super::super::{Layout, text::write};
    use crate::model::report::Detected;

    #[test]
    fn an_inspection_shows_format_speakers_reasons_ledger_and_warnings() {
        let mut report = report();
        report.summaries = None;
        for (format, confidence) in [("plain", 0.91), ("markdown", 0.4)] {
            let reason = "5 lines begin with a name".into();
            report.detected.push(Detected { format: format.into(), confidence, reason });
        }
        let text = write(&[report], Layout::PLAIN).unwrap();
        for line in [
            "format    plain (confidence 0.91: 5 lines begin with a name; next markdown 0.40)",
            "date      2024-07-02",
            "size      5 turns, 90 sentences, 1,600 words",
            "  Ana Reyes             Harbour Union      2  1,200  75.0 %  8:00  150  1,300 words, 500 s, 156 wpm",
            "  Moderator  moderator                     3    400  25.0 %",
            "  Moderator is moderator: opens the session; hands over the floor 3 times",
            "  Ana Reyes is also called Ms Reyes: the attendee table gives both, line 4",
            "  input             1,627",
            "  line 7: line 7 has no label (bad-line)",
        ] {
            assert!(text.lines().any(|found| found == line), "{line:?} is missing in\n{text}");
        }
    }
}
