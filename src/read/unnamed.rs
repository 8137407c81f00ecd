//! Transcripts that name no speaker: all of it is one unknown voice.

use rustc_hash::FxHashSet;

use super::decode::lines;
use crate::model::{Session, Warning, WarningCode, count_words};

/// The label of a voice that nothing names.
pub(super) const UNKNOWN: &str = "";

/// Fewest words of a text that is read though nothing in it says who speaks: less is a note.
const MIN_WORDS: u64 = 40;

/// Fewest different words of such a text: fewer are noise, or a file of test data.
const MIN_DISTINCT: usize = 15;

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
            code: WarningCode::NoSpeakers,
            line: 0,
            message: message.to_owned(),
        });
    }
}

/// Whether a text without labels reads like speech or prose: enough words, most of them in lower case, and no
/// line that looks like a row of a table or like code.
pub(super) fn is_prose(text: &str) -> bool {
    let distinct = || text.split_whitespace().take(10_000).collect::<FxHashSet<&str>>().len();
    if count_words(text) < MIN_WORDS || distinct() < MIN_DISTINCT {
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

#[cfg(test)]
mod tests {
    use super::super::tests::{read_as, turns};
    use super::*;

    const TALK: &str = "so today we talk about the night ferry and what it costs the islanders\n\nthere are two things to say: it is \
        late and it is full\n\nthe crew has asked for a second boat since the winter before last and nobody has answered them yet\n";

    #[test]
    fn text_without_labels_is_one_unknown_voice_where_it_reads_like_prose() {
        let session = read_as("plain", TALK);
        assert_eq!(turns(&session).len(), 1);
        assert_eq!((session.turn_label(0), session.outside.headers), (UNKNOWN, 0));
        assert_eq!(session.warnings.iter().map(|w| w.code.as_str()).collect::<Vec<_>>(), ["no-speakers"]);
        let found = super::super::read_found(TALK.as_bytes(), "inbox/talk.txt").unwrap();
        assert!(matches!(found, super::super::Found::Other(_)), "a file of a folder may be any text");
    }

    #[test]
    fn notes_tables_and_code_are_no_prose() {
        let repeated = "word ".repeat(500);
        let table = "id,name,city,sum\n1,Ann,Quay,12\n".repeat(40);
        let code = "let x = f(y); // sets x\nif (x) { return y; }\n".repeat(40);
        for text in ["Nobody speaks.", &repeated, &table, &code] {
            assert!(!is_prose(text), "{text}");
        }
        assert!(is_prose(TALK));
    }
}
