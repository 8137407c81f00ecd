//! Transcripts that name no speaker: all of it is one unknown voice.

use super::decode::lines;
use crate::model::{Session, Warning, count_words};

/// The label of a voice that nothing names.
pub(super) const UNKNOWN: &str = "";

/// Fewest words of a text that is read though nothing in it says who speaks: less is a note.
const MIN_WORDS: u64 = 40;

/// Whether nobody in a session has a name.
pub(super) fn is_unnamed(session: &Session) -> bool {
    session.labels.iter().all(String::is_empty)
}

/// Warns where nobody has a name, and says what can be done with such a session.
pub(super) fn warn(session: &mut Session) {
    if is_unnamed(session) {
        let message = "the source names no speaker, so all of it is one unknown voice; summarize it with --by session, \
             or name the speakers in the source (a recogniser does so with speaker labels, or diarization, switched on)";
        session.warnings.push(Warning {
            code: "no-speakers".to_owned(),
            line: 0,
            message: message.to_owned(),
        });
    }
}

/// Whether a text without labels reads like speech or prose: enough words, most of them in lower case, and no
/// line that looks like a row of a table or like code.
pub(super) fn is_prose(text: &str) -> bool {
    if count_words(text) < MIN_WORDS {
        return false;
    }
    let (mut plain, mut other) = (0usize, 0usize);
    for word in text.split_whitespace() {
        let core = word.trim_matches(|c: char| !c.is_alphanumeric());
        let is_plain = core.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-'))
            && !core.chars().skip(1).any(char::is_uppercase);
        if is_plain && !core.is_empty() { plain += 1 } else { other += 1 }
    }
    let filled = lines(text).filter(|line| !line.is_blank());
    let is_row = |text: &str| {
        text.contains(['\t', '|', '{', '}', ';', '='])
            || text.matches(',').count() > 2 + count_words(text) as usize / 4
    };
    let (n_lines, n_rows) =
        filled.fold((0, 0), |(all, rows), line| (all + 1, rows + usize::from(is_row(line.text))));
    plain >= 4 * other && 10 * n_rows <= n_lines
}
