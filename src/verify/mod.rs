//! Checks what a report or a table says against the source itself. It only compares: the caller
//! has opened the source anew.

mod fields;
mod ledger;
mod quotation;
mod shown;

use serde::Serialize;

use crate::model::settings::Budget;
use crate::model::{RecordedOutcome, Report, Session, Span, count_words};
use crate::text;

pub use fields::fields;
pub use quotation::{Claim, claim};

/// Something that is not as the report says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mismatch {
    /// The session's identifier.
    pub session: String,
    /// The summary's name; empty where it concerns the whole report.
    pub summary: String,
    /// The quotation's rank in its summary; 0 where it concerns no single quotation.
    pub rank: u64,
    /// What differs: `source`, `turn`, `speaker`, `text`, `place`, `line`, `display`, `ledger`, …; else the
    /// field, such as `speakers[1].stakeholder`, or the column.
    pub what: String,
    /// What the source says.
    pub expected: String,
    /// What the report says.
    pub found: String,
}

/// A session as it reads now.
#[derive(Debug)]
pub struct Original<'a> {
    session: &'a Session,
    sentences: Vec<Vec<Span>>,
}

impl<'a> Original<'a> {
    /// A session, divided into sentences as it is now.
    pub fn new(session: &'a Session) -> Self {
        let of_turn = |turn| text::split(session.turn_text(turn), session.language_of(turn));
        Original { session, sentences: (0..session.turns.len()).map(of_turn).collect() }
    }

    /// The sentence of that number in that turn.
    fn sentence(&self, turn: usize, number: usize) -> Option<Span> {
        self.sentences.get(turn)?.get(number).copied()
    }

    fn shown(&self, turn: usize, quoted: &str) -> String {
        text::display(quoted, self.session.language_of(turn))
    }
}

/// Everything in a report that is not as in its source, in the order of the report.
pub fn report(report: &Report, original: &Original<'_>) -> Vec<Mismatch> {
    let mut list = List { session: &report.session.id, summary: "", rank: 0, found: Vec::new() };
    let claimed = &report.session.source.sha256;
    let is_same = *claimed == original.session.source.sha256;
    if !is_same {
        list.add("source", &format!("SHA-256 {}", original.session.source.sha256), claimed);
    }
    let n_turns = original.session.turns.len();
    list.compare("turns", n_turns as u64, report.session.turns);
    let recorded: u64 = report.recorded.iter().map(|outcome| count_words(outcome.shown())).sum();
    for summary in report.summaries.iter().flatten() {
        list.summary = &summary.name;
        for evidence in &summary.evidence {
            list.rank = evidence.rank;
            quotation::evidence(&mut list, report, summary, evidence, original);
        }
        list.rank = 0;
        let words = summary.evidence.iter().map(|evidence| count_words(evidence.shown())).sum();
        list.compare("words", words, summary.words);
        let all = words + recorded;
        if let Some(budget) = word_budget(report).filter(|&budget| all > budget) {
            list.add("budget", &format!("at most {budget} words"), &format!("{all} words"));
        }
    }
    list.summary = "";
    for outcome in &report.recorded {
        let is_same = |other: &&RecordedOutcome| *other == outcome;
        if original.session.recorded.iter().find(is_same).is_none() {
            let at_line = original.session.recorded.iter().filter(|other| other.line == outcome.line);
            let expected: Vec<&str> = at_line.map(|other| other.text.as_str()).collect();
            list.add("recorded", &expected.join(" "), &outcome.text);
        }
    }
    ledger::check(&mut list, report, is_same.then_some(original.session.input_words));
    list.found
}

/// The word budget of the run, if it had one.
fn word_budget(report: &Report) -> Option<u64> {
    match report.definition.summary.budget {
        Budget::Words(words) => Some(u64::from(words.get())),
        Budget::Sentences(_) | Budget::Percent(_) => None,
    }
}

/// The mismatches so far, and which quotation is being looked at.
struct List<'r> {
    session: &'r str,
    summary: &'r str,
    rank: u64,
    found: Vec<Mismatch>,
}

impl List<'_> {
    fn add(&mut self, what: &str, expected: &str, found: &str) {
        self.found.push(Mismatch {
            session: self.session.to_owned(),
            summary: self.summary.to_owned(),
            rank: self.rank,
            what: what.to_owned(),
            expected: expected.to_owned(),
            found: found.to_owned(),
        });
    }

    fn compare(&mut self, what: &str, expected: u64, found: u64) {
        if expected != found {
            self.add(what, &expected.to_string(), &found.to_string());
        }
    }
}

#[cfg(test)]
mod tests;
