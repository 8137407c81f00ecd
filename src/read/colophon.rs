//! What programs write around a transcript of their own: `Transcribed by https://otter.ai`, `Meeting ended after
//! 00:24:17`, `Ann Lee stopped transcription`. Nobody says it.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use crate::language::SharedList;

/// Longest such line in bytes: a sentence that only begins alike goes on.
const MAX_LINE: usize = 240;

/// How such a line begins, and how one ends that begins with a name; in lower case.
struct Lists {
    beginnings: Vec<&'static str>,
    endings: Vec<&'static str>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let sections = SharedList::Labels.read();
    let texts = |section| sections.texts(section).collect();
    Lists { beginnings: texts("colophon beginnings"), endings: texts("colophon endings") }
});

/// Most words of a line that ends like one and begins with a name.
const MAX_WORDS: usize = 8;

/// What stands before the address of the moment in the recording to which a note belongs.
static WATCH: LazyLock<Finder> = LazyLock::new(|| Finder::new(" - WATCH: http"));

/// `END  1:20 P.M. EDT`
fn is_end(text: &str) -> bool {
    let time = text.strip_prefix("END").filter(|rest| rest.starts_with(' ')).map_or("", str::trim_start);
    time.starts_with(|c: char| c.is_ascii_digit()) && time.contains(':') && time.len() <= 20
}

/// Whether a line is what a program wrote of itself or of the recording.
pub(super) fn is_colophon(line: &str) -> bool {
    let text = line.trim().trim_matches(['*', '_', '-', '#', '>', ' ']);
    if text.len() > MAX_LINE || !text.starts_with(|c: char| c.is_alphabetic() || c == '©') {
        return false;
    }
    if WATCH.find(text.as_bytes()).is_some() || is_end(text) {
        return true;
    }
    if text.is_ascii() {
        return is_listed_ascii(text);
    }
    let lower = text.to_lowercase();
    let is_short = || lower.split_whitespace().count() <= MAX_WORDS;
    LISTS.beginnings.iter().any(|beginning| lower.starts_with(beginning))
        || LISTS.endings.iter().any(|ending| lower.trim_end_matches('.').ends_with(ending)) && is_short()
}

/// Whether a line in ASCII begins or ends like one, without a copy of it in lower case: nearly all lines are asked.
fn is_listed_ascii(text: &str) -> bool {
    let begins_with =
        |beginning: &&str| text.get(..beginning.len()).is_some_and(|own| own.eq_ignore_ascii_case(beginning));
    let end = text.trim_end_matches('.');
    let ends_with = |ending: &&str| {
        let at = end.len().checked_sub(ending.len());
        at.and_then(|at| end.get(at..)).is_some_and(|own| own.eq_ignore_ascii_case(ending))
    };
    LISTS.beginnings.iter().any(begins_with)
        || LISTS.endings.iter().any(ends_with) && text.split_whitespace().count() <= MAX_WORDS
}

#[cfg(test)]
mod tests {
    use super::super::tests::{read_as, turns};
    use super::is_colophon;

    #[test]
    fn lines_of_programs_are_told_from_speech() {
        for line in [
            "Transcribed by https://otter.ai",
            "Meeting ended after 00:24:17 👋",
            "Transcription ended after 01:02:03",
            "**This editable transcript was computer generated and might contain errors.** People can also change it.",
            "Ann Lee stopped transcription",
            "ACTION ITEM: Send the costs - WATCH: https://example.org/x?timestamp=12",
            "END                1:20 P.M. EDT",
            "Copyright 2024 Quay Radio. All rights reserved.",
            "© 2024 Quay Radio",
            "Examination of witnesses",
            "Minutes manually created (not a transcript), formatted by scribe.perl version 221.",
        ] {
            assert!(is_colophon(line), "{line}");
        }
        for line in [
            "The meeting ended after two hours.",
            "Ann: Transcribed by hand.",
            "We stopped.",
            "",
            "***",
            "END of it: 3",
            "Copyright is dear.",
        ] {
            assert!(!is_colophon(line), "{line}");
        }
    }

    #[test]
    fn what_a_program_adds_is_said_by_nobody() {
        let text = "Ann Lee: We begin.\nBo Ek: Yes.\n\n00:05:00\n\nAnn Lee: We end.\n\nTranscription ended after 00:06:10\n\n\
            This editable transcript was computer generated and might contain errors. People can also change the text.\n";
        let session = read_as("plain", text);
        let expected = [("Ann Lee", "We begin."), ("Bo Ek", "Yes."), ("Ann Lee", "We end.")];
        assert_eq!(turns(&session), expected);
        let minutes =
            format!("# Call\n\n{}", text.replace("Ann Lee:", "**Ann Lee:**").replace("Bo Ek:", "**Bo Ek:**"));
        assert_eq!(turns(&read_as("markdown", &minutes)).last(), Some(&("Ann Lee", "We end.")));
    }
}
