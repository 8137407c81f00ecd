//! What is known of each language, read when a text in it first needs it.

use std::sync::OnceLock;

use super::language::Language;

/// A value for each language of a table with `N` rows, made on first use: a program that meets English
/// reads no other lists.
#[derive(Debug)]
pub struct ByLanguage<T, const N: usize>([OnceLock<T>; N]);

impl<T, const N: usize> ByLanguage<T, N> {
    /// Nothing made yet.
    pub const fn empty() -> Self {
        ByLanguage([const { OnceLock::new() }; N])
    }

    /// The value of a language, made from its row the first time; none for a language without a row.
    pub fn get<R>(
        &self,
        language: Language,
        rows: &[R],
        code: impl Fn(&R) -> &str,
        make: impl Fn(&R) -> T,
    ) -> Option<&T> {
        let wanted = language.code();
        let at = rows.iter().position(|row| code(row) == wanted)?;
        Some(self.0.get(at)?.get_or_init(|| make(&rows[at])))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    #[test]
    fn the_value_of_a_language_is_made_once_and_only_when_it_is_asked_for() {
        let rows = [("en", 1), ("fr", 2)];
        let made = Cell::new(0);
        let values: ByLanguage<i32, 2> = ByLanguage::empty();
        let get = |language: Language| {
            let make = |row: &(&str, i32)| {
                made.set(made.get() + 1);
                row.1
            };
            values.get(language, &rows, |row| row.0, make).copied()
        };
        assert_eq!(
            [get(Language::ENGLISH), get(Language::ENGLISH), get(Language::UNKNOWN)],
            [Some(1), Some(1), None]
        );
        assert_eq!(made.get(), 1);
    }
}
