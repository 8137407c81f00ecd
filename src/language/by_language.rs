//! What a stage makes of the lists of a language, made when a text in it first needs it.

use std::sync::OnceLock;

use crate::model::Language;

use super::lists::List;
use super::sections::Sections;
use super::table::{LANGUAGES, Row};

/// A value for each row of [`LANGUAGES`], made on first use: a program that meets English reads no other
/// lists.
#[derive(Debug)]
pub struct ByLanguage<T>([OnceLock<T>; LANGUAGES.len()]);

impl<T> ByLanguage<T> {
    /// No value made yet.
    pub const fn new() -> Self {
        ByLanguage([const { OnceLock::new() }; LANGUAGES.len()])
    }

    /// The value of a language, made from its row the first time; none for a language without a row.
    pub fn get(&self, language: Language, make: impl FnOnce(&'static Row) -> T) -> Option<&T> {
        let wanted = language.code();
        let at = LANGUAGES.iter().position(|row| row.code == wanted)?;
        let (value, row) = (self.0.get(at)?, LANGUAGES.get(at)?);
        Some(value.get_or_init(|| make(row)))
    }
}

impl<T> ByLanguage<Option<T>> {
    /// The value of a language, made from the sections of one of its lists the first time; none where the
    /// language has no such list.
    pub fn of_list(
        &self,
        language: Language,
        list: List,
        make: impl FnOnce(&'static Row, Sections<'static>) -> T,
    ) -> Option<&T> {
        let of_row = |row: &'static Row| row.list(list).map(|text| make(row, Sections::parse(text)));
        self.get(language, of_row)?.as_ref()
    }
}

impl<T> Default for ByLanguage<T> {
    fn default() -> Self {
        ByLanguage::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    #[test]
    fn the_value_of_a_language_is_made_once_and_only_when_it_is_asked_for() {
        let n_made = Cell::new(0);
        let values: ByLanguage<String> = ByLanguage::new();
        let get = |language: Language| {
            let make = |row: &Row| {
                n_made.set(n_made.get() + 1);
                row.name.to_owned()
            };
            values.get(language, make).cloned()
        };
        let [first, second] = [(); 2].map(|()| get(Language::ENGLISH));
        assert_eq!([first.as_deref(), second.as_deref()], [Some("English"); 2]);
        assert_eq!((get(Language::UNKNOWN), n_made.get()), (None, 1));
    }

    #[test]
    fn a_language_without_a_list_has_no_value_of_it() {
        let values: ByLanguage<Option<usize>> = ByLanguage::new();
        let n_sections = |code: &str| {
            let language = code.parse().unwrap();
            values.of_list(language, List::Wording, |_, sections| sections.iter().count()).copied()
        };
        assert_eq!((n_sections("en"), n_sections("zh"), n_sections("fi")), (Some(5), None, None));
    }
}
