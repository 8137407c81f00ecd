//! The phrases of a session by which the floor is given, taken and thanked for, from the lists of its
//! languages.

use std::ops::Range;
use std::sync::LazyLock;

use crate::language::{ByLanguage, LANGUAGES, List, Row, Sections};
use crate::model::{Language, TokenFlags, Tokens};
use crate::text::{Forms, Matches, Over, PhraseList, PhraseListBuilder, PhraseMatch, Selection, find_all};

/// What a phrase tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    /// Gives the floor.
    Handover,
    /// Thanks.
    Thanks,
    /// States a view of one's own.
    View,
    /// Stands before the name of those for whom the floor is given.
    FloorFor,
    /// Stands before the name of those who put forward what a speaker is called to defend.
    TabledBy,
    /// Calls a speaker to defend what was put forward.
    Defends,
    /// Gives the floor to those who put something forward, without their name.
    ForAuthors,
    /// Begins the name of a group in an assembly.
    Group,
}

const SECTIONS: [(&str, Sign); 8] = [
    ("handover", Sign::Handover),
    ("thanks", Sign::Thanks),
    ("view", Sign::View),
    ("floor for", Sign::FloorFor),
    ("tabled by", Sign::TabledBy),
    ("defends", Sign::Defends),
    ("for authors", Sign::ForAuthors),
    ("groups", Sign::Group),
];

/// A phrase of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FloorPhrase {
    pub(super) sign: Sign,
    /// Its place in the list; of several the first counts.
    pub(super) number: u16,
    /// Whether the text must have a capital.
    needs_capital: bool,
}

/// A phrase found.
pub(super) type FloorMatch = PhraseMatch<FloorPhrase>;

/// The phrases found in a session.
#[derive(Debug)]
pub(super) struct FloorPhrases(Matches<FloorPhrase>);

impl FloorPhrases {
    pub(super) fn find(tokens: &Tokens) -> Self {
        FloorPhrases(find_all(tokens, Over::Spoken, phrases))
    }

    /// The phrases with a sign in a range of the token table, in reading order.
    pub(super) fn of<'m>(
        &'m self,
        sign: Sign,
        tokens: &'m Tokens,
        range: Range<usize>,
    ) -> impl DoubleEndedIterator<Item = &'m FloorMatch> {
        let is_written = |found: &FloorMatch| {
            let first = tokens.all.get(found.first as usize);
            !found.meaning.needs_capital || first.is_some_and(|token| token.is(TokenFlags::CAPITALISED))
        };
        let found = self.0.in_range(range).iter();
        found.filter(move |found| found.meaning.sign == sign && is_written(found))
    }
}

/// The phrases of a language; those of English for a language without a list.
fn phrases(language: Language) -> Option<&'static PhraseList<FloorPhrase>> {
    static PHRASES: ByLanguage<PhraseList<FloorPhrase>> = ByLanguage::new();
    static OTHERS: LazyLock<PhraseList<FloorPhrase>> = LazyLock::new(|| parse(english(), Language::UNKNOWN));
    let of_row = |row: &'static Row| parse(row.list(List::People).unwrap_or(english()), row.language());
    Some(PHRASES.get(language, of_row).unwrap_or(&OTHERS))
}

fn english() -> &'static str {
    let row = LANGUAGES.iter().find(|row| row.language() == Language::ENGLISH);
    row.and_then(|row| row.list(List::People)).unwrap_or("")
}

fn parse(list: &'static str, language: Language) -> PhraseList<FloorPhrase> {
    let sections = Sections::parse(list);
    let mut phrases = PhraseListBuilder::new(language, Forms::Folded);
    for (section, sign) in SECTIONS {
        for (number, written) in (0..).zip(sections.texts(section)) {
            let needs_capital = written.starts_with(char::is_uppercase);
            let phrase = FloorPhrase { sign, number, needs_capital };
            match sign {
                // The names of groups begin so in the plural too.
                Sign::Group => phrases.add(&format!("{}*", written.to_lowercase()), sign as u16, phrase),
                _ => phrases.add(written, sign as u16, phrase),
            };
        }
    }
    phrases.build(Selection::All)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::read_line;

    fn signs(code: &str, text: &str) -> Vec<Sign> {
        let tokens = read_line(text, code.parse().unwrap());
        let found = FloorPhrases::find(&tokens);
        found.0.all().iter().map(|found| found.meaning.sign).collect()
    }

    #[test]
    fn phrases_are_found_as_words_within_a_clause_in_the_language_of_the_text() {
        assert_eq!(signs("en", "So, uh, over to you, Bo."), [Sign::Handover]);
        assert_eq!(signs("en", "We move over, to your surprise."), []);
        assert_eq!(signs("fr", "Je vous donne la parole, merci."), [Sign::Handover, Sign::Thanks]);
        assert_eq!(signs("zh", "下面请周敏发言"), [Sign::Handover]);
    }

    #[test]
    fn a_language_without_a_list_has_the_english_phrases() {
        assert_eq!(signs("fi", "Over to you."), [Sign::Handover]);
    }
}
