//! Outcomes that a record sets down beside what is said: under a heading “Conclusion”, after a key “RESOLUTION”.

use std::ops::Range;

use super::attendees::without_links;
use super::decode::Line;
use super::lines::LineWriter;
use crate::model::RecordedOutcome;

/// Words (lower case) of headings above outcomes. A summary alone tells what was said, not what came of it.
const OUTCOME_WORDS: &[&str] =
    &["conclusion", "conclusions", "resolution", "resolutions", "decision", "decisions", "steps"];

/// Words (lower case) of headings above what was written after the session.
const REPORT_WORDS: &[&str] =
    &["summary", "conclusion", "conclusions", "resolution", "decision", "decisions"];

/// What a scribe writes before an outcome; what is only proposed is none.
const OUTCOME_KEYS: &[&str] = &[
    "ACTION",
    "ACTIONS",
    "ACTION ITEM",
    "RESOLUTION",
    "RESOLVED",
    "DECISION",
    "AGREED",
    "CONCLUSION",
    "POLL",
    "STRAW POLL",
    "VOTE",
];

/// The same where it is in bold type.
const BOLD_KEYS: &[&str] = &["Action", "Resolution", "Resolved", "Decision", "Poll", "Straw poll", "Vote"];

/// Whether a heading stands above what was written after the session.
pub(super) fn is_report(title: &str) -> bool {
    let title = title.to_lowercase();
    let mut words = words(&title);
    let start = words.next().unwrap_or("");
    let known = REPORT_WORDS.contains(&start) || start == "speaker" || title.starts_with("next steps");
    known && title.split_whitespace().count() <= 8 && words_of(&title, REPORT_WORDS)
}

fn words(title: &str) -> impl Iterator<Item = &str> {
    title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

fn words_of(title: &str, list: &[&str]) -> bool {
    words(title).any(|word| list.contains(&word))
}

/// What a scribe notes of a decision, in capitals: `ACTION: Bo to write it down`.
pub(super) fn key(text: &str) -> Option<&str> {
    let key = text.split(':').next().unwrap_or("").trim_matches(['*', '_', ' ']);
    let is_bold = text.starts_with("**") && BOLD_KEYS.contains(&key);
    let is_key = OUTCOME_KEYS.contains(&key) || is_bold || key == "Conclusion";
    (is_key && text.contains(':')).then_some(key)
}

/// The outcomes of a record, while its lines are read.
#[derive(Default)]
pub(super) struct Outcomes {
    /// The heading of the subject that is being discussed.
    item: String,
    /// The heading of the outcomes that are being read.
    heading: Option<String>,
    found: Vec<Found>,
    /// Number of the line that the last outcome goes on from.
    last_line: usize,
    /// Whether nothing but blank lines and rows stands below the last key: the votes of a poll.
    counts: bool,
}

/// An outcome and where it stands in the text as it is seen.
struct Found {
    outcome: RecordedOutcome,
    range: Range<usize>,
}

impl Outcomes {
    /// Notes that a subject begins.
    pub(super) fn begin(&mut self, item: &str) {
        item.clone_into(&mut self.item);
        self.heading = None;
    }

    /// Notes that a part of the report begins.
    pub(super) fn begin_report(&mut self, title: &str) {
        self.heading = words_of(&title.to_lowercase(), OUTCOME_WORDS).then(|| title.to_owned());
    }

    /// Takes a line of the report.
    pub(super) fn line(&mut self, line: &Line<'_>) {
        let Some(heading) = self.heading.clone() else { return };
        // What is quoted or asked there is a remark on the notes.
        let text = line.text.trim();
        if text.starts_with('>') || text.ends_with('?') {
            return;
        }
        let marked = line.text.len() - without_mark(line.text).len();
        let goes_on =
            self.last_line + 1 == line.number && line.text.get(..marked).is_none_or(|m| m.trim().is_empty());
        match self.found.last_mut().filter(|_| goes_on) {
            Some(last) => last.range.end = line.end(),
            None => self.add(heading, line, marked),
        }
        self.last_line = line.number;
    }

    /// Takes a line with the key of an outcome from byte `start` on; whether it is one.
    pub(super) fn keyed(&mut self, line: &Line<'_>, start: usize) -> bool {
        let text = line.text.get(start..).unwrap_or("");
        let Some(key) = key(text.trim()) else { return false };
        let after = text.find(':').map_or("", |at| text.get(at + 1..).unwrap_or(""));
        let said = after.trim_start_matches(['*', '_', ' ', '\t']);
        self.add(key.to_owned(), line, line.text.len() - said.len());
        (self.last_line, self.counts) = (line.number, true);
        true
    }

    /// Takes a row of a table, which belongs to the outcome above it if nothing else stands between.
    pub(super) fn row(&mut self, line: &Line<'_>) {
        if let Some(last) = self.found.last_mut().filter(|_| self.counts) {
            last.range.end = line.end();
        }
    }

    /// Notes a line that is neither blank nor a row.
    pub(super) fn other(&mut self) {
        self.counts = false;
    }

    /// Takes a line that goes on with the outcome on the line above; whether it does.
    pub(super) fn goes_on(&mut self, line: &Line<'_>) -> bool {
        let goes_on = !self.found.is_empty() && self.last_line + 1 == line.number && !line.is_blank();
        if let Some(last) = self.found.last_mut().filter(|_| goes_on) {
            last.range.end = line.end();
            self.last_line = line.number;
        }
        goes_on
    }

    /// Adds what a line says from `offset` on.
    fn add(&mut self, heading: String, line: &Line<'_>, offset: usize) {
        let outcome = RecordedOutcome {
            item: self.item.clone(),
            heading,
            line: u32::try_from(line.number).unwrap_or(u32::MAX),
            text: String::new(),
            display: String::new(),
        };
        self.found.push(Found { outcome, range: line.start + offset..line.end() });
    }

    /// Writes the outcomes into the session.
    pub(super) fn finish(self, writer: &mut LineWriter<'_>) {
        for Found { mut outcome, range } in self.found {
            writer.source(range).trim().clone_into(&mut outcome.text);
            let is_read = |word: &&str| word.contains(|c: char| !matches!(c, '|' | '-' | ':'));
            let plain = without_links(&outcome.text);
            let shown = plain.split_whitespace().filter(is_read).collect::<Vec<&str>>().join(" ");
            if shown != outcome.text {
                outcome.display = shown;
            }
            if outcome.text.contains(char::is_alphanumeric) {
                writer.builder.session().recorded.push(outcome);
            }
        }
    }
}

/// A line without its indentation and the mark of an item.
fn without_mark(line: &str) -> &str {
    let text = line.trim_start();
    let marked = |text: &'_ str| text.starts_with("- ") || text.starts_with("* ") || text.starts_with("+ ");
    if marked(text) {
        return text.get(2..).unwrap_or("").trim_start();
    }
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    match rest.strip_prefix(". ").or_else(|| rest.strip_prefix(") ")) {
        Some(after) if rest.len() < text.len() => after.trim_start(),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{read_as, turns};

    #[test]
    fn what_a_scribe_notes_of_a_decision_is_no_voice() {
        let log = "10:00:00 <ann> scribe+\n10:00:01 <ann> topic: Fares\n10:00:02 <ann> Bo: We raise them.\n10:00:03 <ann> Cy: No.\n\
             10:00:04 <ann> RESOLUTION: fares rise\n10:00:05 <ann> ACTION: Bo to write\n10:00:06 <ann> Bo: Thanks.\n";
        let plain = "Bo: We raise them all in May.\n\nCy: No, we do not.\n\nRESOLUTION: fares rise\nin May\n\n\
             Bo: Thanks to all of you.\n\nACTION: Bo to write\n\nCy: Fine with me.\n\nBo: Good night.\n";
        let page = "<html><body><h2>Fares</h2><p><cite>Bo:</cite> We raise them.</p><p><cite>Cy:</cite> No.</p>\
             <p class=resolution><strong>RESOLUTION:</strong> fares rise</p><p><strong>ACTION:</strong> Bo to write</p><p><cite>Bo:</cite> \
             Thanks.</p><p><cite>Cy:</cite> Fine.</p></body></html>";
        for (format, text, item, rise) in [
            ("irc", log, "Fares", "fares rise"),
            ("plain", plain, "", "fares rise in May"),
            ("html", page, "Fares", "fares rise"),
        ] {
            let session = read_as(format, text);
            let found: Vec<_> =
                session.recorded.iter().map(|o| (o.item.as_str(), o.heading.as_str(), o.shown())).collect();
            assert_eq!(found, [(item, "RESOLUTION", rise), (item, "ACTION", "Bo to write")], "{format}");
            let labels: Vec<&str> = turns(&session).into_iter().map(|(label, _)| label).collect();
            assert!("Bo Cy Bo Cy Bo".starts_with(&labels.join(" ")), "{format}: {labels:?}");
        }
    }

    #[test]
    fn conclusions_and_keys_are_outcomes_of_their_item_and_nobodys_words() {
        let session = read_as(
            "markdown",
            "# Ferry meeting\n\n## Fares\n\nAL: We raise fares.\n\nBE: No.\n\nRESOLUTION: fares rise by 5 %\n\n\
             ### Summary\n\n- AL wants more\n\n### Conclusion / next steps\n\n- Fares go up\n  from May.\n- AL: to write\n  - to [the council](https://a.example)\n\n\
             1. Review in a year\n\n## Night boats\n\nBE: They stay.\n\n**Poll:** keep them all\n\n|For|Against|\n|---|---|\n|12|3|\n\n\
             ### Conclusion\n\nThe night boats stay, says the council.\n\n>> Shall I write that down.\n\nShall I?\n\n## Closing\n\nAL: Bye.\n",
        );
        let found: Vec<_> = session
            .recorded
            .iter()
            .map(|o| (o.item.as_str(), o.heading.as_str(), o.line, o.shown()))
            .collect();
        let conclusion = "Conclusion / next steps";
        assert_eq!(
            found,
            [
                ("Fares", "RESOLUTION", 9, "fares rise by 5 %"),
                ("Fares", conclusion, 17, "Fares go up from May."),
                ("Fares", conclusion, 19, "AL: to write"),
                ("Fares", conclusion, 20, "to the council"),
                ("Fares", conclusion, 22, "Review in a year"),
                ("Night boats", "Poll", 28, "keep them all |For|Against| |12|3|"),
                ("Night boats", "Conclusion", 36, "The night boats stay, says the council."),
            ]
        );
        assert_eq!(session.recorded[1].text, "Fares go up\n  from May.");
        assert_eq!(session.turns.len(), 4);
    }
}
