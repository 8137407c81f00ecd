//! Warnings: what was met and worked around, by a closed list of codes.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Something that was met and worked around.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// The kind of trouble.
    pub code: WarningCode,
    /// Line of the source, from 1; 0 where it concerns the whole.
    pub line: u32,
    /// What was found and what was done about it.
    pub message: String,
}

impl Warning {
    /// A warning that concerns the whole session.
    pub fn of_session(code: WarningCode, message: impl Into<String>) -> Self {
        Warning { code, line: 0, message: message.into() }
    }

    /// A warning that concerns a line, from 1.
    pub fn at_line(code: WarningCode, line: usize, message: impl Into<String>) -> Self {
        Warning { code, line: u32::try_from(line).unwrap_or(u32::MAX), message: message.into() }
    }
}

/// Makes the codes and their table from one list, so that neither can miss a row of the other.
macro_rules! warning_codes {
    ($($variant:ident $name:literal $about:literal)*) => {
        /// The kind of trouble that a warning tells of. New codes may be added.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[non_exhaustive]
        pub enum WarningCode {
            $(
                #[doc = concat!($about, ".")]
                #[serde(rename = $name)]
                $variant,
            )*
        }

        /// All codes in alphabetical order.
        pub const WARNING_CODES: &[WarningCode] = &[$(WarningCode::$variant),*];

        impl WarningCode {
            /// The name in reports.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(WarningCode::$variant => $name,)*
                }
            }

            /// What it means, in a line.
            pub fn about(self) -> &'static str {
                match self {
                    $(WarningCode::$variant => $about,)*
                }
            }
        }
    };
}

warning_codes! {
    BadLine "bad-line" "a line of JSON Lines cannot be read; it was left out"
    BadTime "bad-time" "the times of a cue cannot be read, or it ends before it starts"
    ColourVoices "colour-voices" "no cue names a speaker; each colour of the text was taken for one voice"
    EmptyTurn "empty-turn" "turns have a label and no text"
    Encoding "encoding" "the source is not plain UTF-8; its encoding was guessed"
    GuessedLayout "guessed-layout" "JSON is in no dialect that is known; its fields were told by their shape"
    InnerLabel "inner-label" "a voice's label follows a sentence within a paragraph; what is behind it was read as its turn"
    InnerQuote "inner-quote" "a quoted cell of a table holds quotes that are not doubled"
    LanguageDiffers "language-differs" "the source names another language than the one it is in"
    LanguageMixed "language-mixed" "turns are in several languages"
    LanguageUnknown "language-unknown" "the language is none that the program knows words of, or cannot be told"
    LoneSurrogate "lone-surrogate" "half of a surrogate pair stands for no character"
    LongRow "long-row" "a row has more cells than its table has columns"
    LookAlikeName "look-alike-name" "two names are written in other letters that look alike"
    MissingList "missing-list" "a list of persons or organisations lacks speakers, is not there or is included from a place that is not read; what it lacks was left out"
    NoAnswer "no-answer" "nothing in the session answers the question"
    NoSpeaker "no-speaker" "a turn has no speaker; its voice stays unknown"
    NoSpeakers "no-speakers" "the source has no labels; all is said by one unknown voice"
    NoSuchStance "no-such-stance" "nobody takes the stand that the question asks for; what comes nearest is quoted"
    Notes "notes" "a document has footnotes, endnotes or comments, which nobody says"
    OpenQuote "open-quote" "a cell of a table begins with a quote that nothing closes"
    RepeatedHeader "repeated-header" "a row repeats the titles of the columns"
    RepeatedLines "repeated-lines" "rolling captions show lines again; the words of them were counted as headers"
    ShortRow "short-row" "a row has no text column; it was left out"
    StakeholderUnclear "stakeholder-unclear" "a speaker may speak for another stakeholder too, or for either of two"
    StrayText "stray-text" "text stands outside of a cue"
    SurplusWords "surplus-words" "the reader found more words than a plain count of the source"
    TextKind "text-kind" "the text of a turn is no string"
    TwoStakeholders "two-stakeholders" "rows of a table give two stakeholders to a speaker"
    UncountedWords "uncounted-words" "the source has words that its reader did not find; they were given to nobody"
    UnknownTerms "unknown-terms" "nobody says some of the words that are asked about"
    UnnamedCue "unnamed-cue" "cues without a name went on with the speaker before, where most cues have one"
    UnorderedCue "unordered-cue" "a cue begins before the one above it"
    UnreadLabel "unread-label" "what looks like a label was read as part of somebody's text"
    WeakAnswer "weak-answer" "no place in the session has most of what the question is about"
}

impl fmt::Display for WarningCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = include_str!("../../docs/warnings.md");

    #[test]
    fn the_page_on_warnings_has_every_code_and_no_other() {
        let row = |code: &WarningCode| format!("| `{code}` | {} |", code.about());
        let shown: Vec<&str> = PAGE.lines().filter(|line| line.starts_with("| `")).collect();
        assert_eq!(shown, WARNING_CODES.iter().map(row).collect::<Vec<_>>());
    }

    #[test]
    fn codes_are_in_alphabetical_order_and_written_as_they_are_named() {
        assert!(WARNING_CODES.is_sorted_by_key(|code| code.as_str()));
        for &code in WARNING_CODES {
            assert_eq!(serde_json::to_value(code).unwrap(), code.as_str());
        }
    }
}
