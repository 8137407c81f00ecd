//! The language that a source itself names: `xml:lang`, `lang`, `"language": "english"`.

use std::sync::LazyLock;

use crate::language::{Sections, SharedList};
use crate::model::Language;

/// Codes of two and three letters and English names, a language a line.
static NAMES: LazyLock<Sections<'static>> = LazyLock::new(|| SharedList::LanguageNames.read());

/// The language that a code (`en-GB`, `eng`) or an English name stands for; unknown for anything
/// else, as for `und` and `mul`.
pub(super) fn named(code: &str) -> Language {
    let primary = code.trim().split(['-', '_']).next().unwrap_or("").to_ascii_lowercase();
    if primary.len() == 2 {
        return primary.parse().unwrap_or(Language::UNKNOWN);
    }
    let mut lines = NAMES.lines("names");
    let line = lines.find(|line| line.words().any(|name| name == primary));
    line.and_then(|line| line.words().next()?.parse().ok()).unwrap_or(Language::UNKNOWN)
}

/// How much of a text each of its parts is said to be in which language.
#[derive(Debug, Default)]
pub(super) struct Shares {
    found: Vec<(Language, usize)>,
    total: usize,
}

impl Shares {
    /// Adds a part by its bytes and its stated language.
    pub(super) fn add(&mut self, code: Option<&str>, bytes: usize) {
        self.total += bytes;
        let language = code.map_or(Language::UNKNOWN, named);
        if language == Language::UNKNOWN {
            return;
        }
        match self.found.iter_mut().find(|(known, _)| *known == language) {
            Some((_, sum)) => *sum += bytes,
            None => self.found.push((language, bytes)),
        }
    }

    /// The language that more than half of the text is said to be in.
    pub(super) fn most(&self) -> Language {
        let most = self.found.iter().find(|(_, bytes)| 2 * bytes > self.total);
        most.map_or(Language::UNKNOWN, |&(language, _)| language)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_known_by_their_codes_and_names() {
        for (code, expected) in [
            ("en-GB", "en"),
            ("pt_br", "pt"),
            ("spa", "es"),
            ("fre", "fr"),
            ("English", "en"),
            (" ru ", "ru"),
            ("zh-Hans-CN", "zh"),
            ("und", ""),
            ("mul", ""),
            ("", ""),
            ("#", ""),
            ("x-klingon", ""),
        ] {
            assert_eq!(named(code).code(), expected, "{code}");
        }
    }

    #[test]
    fn a_text_is_in_the_language_of_more_than_half_of_it() {
        let mut shares = Shares::default();
        shares.add(Some("ru-RU"), 60);
        shares.add(None, 50);
        assert_eq!(shares.most().code(), "ru");
        shares.add(Some("en"), 20);
        assert_eq!(shares.most().code(), "");
    }
}
