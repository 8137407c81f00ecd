//! The words of a source, counted before and apart from reading it.
//!
//! A reader divides a source into labels, speech and what is neither; what it never sees, it cannot
//! count. So each family of formats has a second, simpler pass over the source that knows where text
//! stands and not what it means, and shares no code with the readers: cells of text columns, strings
//! under the keys of texts, text between tags, payloads of cues, lines. [`reconcile`] holds the reader
//! to that count: what it lost is put into the ledger, with a warning that names the difference.

mod cues;
mod json;
mod markup;
#[cfg(feature = "docx")]
mod word;

pub(super) use cues::{ass, srt, vtt};
pub(super) use json::{line_of, lines as json_lines, meeting, recogniser};
#[cfg(feature = "html")]
pub(super) use markup::html;
pub(super) use markup::{rejoined, xml};
#[cfg(feature = "docx")]
pub(super) use word::{docx, odt};

use rustc_hash::FxHashSet;

use super::Document;
use super::decode::lines;
use crate::model::{Session, Warning, WarningCode, count_words};

/// Takes a stretch of text and the line on which it begins.
pub type Visit<'a> = dyn FnMut(usize, &str) + 'a;

/// Visits the lines of a text: everything in a file of plain text counts.
pub(super) fn text_lines(document: &Document, visit: &mut Visit) {
    lines(&document.text).for_each(|line| visit(line.number, line.text));
}

/// Holds the words that a reader accounts for against those of the source.
///
/// Where the source has more, they are unattributed words of the first session, with the warning
/// `uncounted-words`; where it has fewer, the warning `surplus-words` says so. Both name the numbers.
pub(super) fn reconcile(source: &dyn Fn(&mut Visit), sessions: &mut [Session]) {
    let mut counted = 0;
    source(&mut |_, text| counted += count_words(text));
    let all: u64 = sessions.iter().map(covered).sum();
    let line = if counted > all { first_unread(source, sessions) } else { 0 };
    let Some((first, others)) = sessions.split_first_mut() else { return };
    settle(counted.saturating_sub(others.iter().map(covered).sum()), line, first);
}

/// The words of a session that stand in the text of the source.
fn covered(session: &Session) -> u64 {
    session.input_words.saturating_sub(session.metadata_words)
}

/// Holds the words that a reader accounts for in a session against the `counted` words of its source.
pub(super) fn settle(counted: u64, line: usize, session: &mut Session) {
    let covered = covered(session);
    let (code, message) = if counted > covered {
        let lost = counted - covered;
        session.outside.unattributed += lost;
        session.input_words += lost;
        let message = format!(
            "the text of the source has {counted} words and its reader found {covered}; \
             the {lost} between them were given to nobody"
        );
        (WarningCode::UncountedWords, message)
    } else if counted < covered {
        let message = format!(
            "the reader found {covered} words where a plain count of the source's text has {counted}; \
             words may be cut, or counted twice"
        );
        (WarningCode::SurplusWords, message)
    } else {
        return;
    };
    session.warnings.push(Warning::at_line(code, line, message));
}

/// The line of the first stretch of the source with a word that no session has; 0 where all have.
fn first_unread(source: &dyn Fn(&mut Visit), sessions: &[Session]) -> usize {
    let mut known: FxHashSet<&str> = FxHashSet::default();
    for session in sessions {
        known.extend(session.text.split_whitespace());
        known.extend(session.title.split_whitespace());
        known.extend(session.labels.iter().flat_map(|label| label.split_whitespace()));
        known.extend(session.headings.iter().flat_map(|heading| heading.title.split_whitespace()));
    }
    let mut found = None;
    source(&mut |line, text| {
        if found.is_none() && text.split_whitespace().any(|word| !known.contains(word)) {
            found = Some(line);
        }
    });
    found.unwrap_or(0)
}

#[cfg(test)]
mod tests;
