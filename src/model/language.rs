//! The language of a session or a turn, as an ISO 639-1 code.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::session::Session;

/// A two-letter ISO 639-1 language code, or "unknown".
///
/// Any code can be named; what is known about a language is data of `language`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language([u8; 2]);

impl Language {
    /// No language is known: no stop words, no stemming.
    pub const UNKNOWN: Language = Language([0, 0]);
    /// English, `en`.
    pub const ENGLISH: Language = Language(*b"en");

    /// The code, or an empty string when the language is unknown.
    pub fn code(&self) -> &str {
        if *self == Language::UNKNOWN { "" } else { std::str::from_utf8(&self.0).unwrap_or("") }
    }
}

/// How the language of a session is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LanguageKnown {
    /// It is not, or nobody has asked yet.
    #[default]
    No,
    /// The source itself names it.
    Source,
    /// The user gave it.
    Given,
    /// Found from the text.
    Detected,
    /// There is too little text to tell, and nothing in it speaks against this language.
    Assumed,
}

impl LanguageKnown {
    /// The name used in reports.
    pub fn name(self) -> &'static str {
        match self {
            LanguageKnown::No => "unknown",
            LanguageKnown::Source => "source",
            LanguageKnown::Given => "given",
            LanguageKnown::Detected => "detected",
            LanguageKnown::Assumed => "assumed",
        }
    }
}

impl Session {
    /// The language of turn `turn`: its own where it differs from the session's.
    pub fn language_of(&self, turn: usize) -> Language {
        let own = self.turn_languages.binary_search_by_key(&turn, |&(turn, _)| turn as usize);
        own.map_or(self.language, |at| self.turn_languages[at].1)
    }
}

impl FromStr for Language {
    type Err = String;

    fn from_str(code: &str) -> Result<Self, String> {
        // A region or script after the language ("en-GB", "zh_Hans") does not matter here.
        let primary = code.split(['-', '_']).next().unwrap_or("").to_ascii_lowercase();
        match primary.as_bytes() {
            [] => Ok(Language::UNKNOWN),
            [a, b] if a.is_ascii_lowercase() && b.is_ascii_lowercase() => Ok(Language([*a, *b])),
            _ => Err(format!("`{code}` is no two-letter language code such as `en` or `fr`")),
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl Serialize for Language {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Language {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn a_region_is_ignored_and_a_word_is_refused() {
        assert_eq!("en-GB".parse(), Ok(Language::ENGLISH));
        assert_eq!("".parse(), Ok(Language::UNKNOWN));
        assert!("english".parse::<Language>().is_err());
    }
}
