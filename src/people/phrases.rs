//! Fixed phrases of a list, found in one pass over a text, however many there are.

use rustc_hash::FxHashMap;

use crate::model::is_ideograph;

/// Phrases by what they begin with.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    phrases: Vec<String>,
    /// By the letters and digits that a phrase begins with.
    by_word: FxHashMap<String, Vec<u32>>,
    /// Those with ideographs by their first letter: no space sets them apart from what is around them.
    by_ideograph: FxHashMap<char, Vec<u32>>,
}

impl Phrases {
    /// The phrases of a list, each of which begins with a letter or digit; others are never found.
    pub(super) fn new(phrases: impl IntoIterator<Item = String>) -> Self {
        let phrases: Vec<String> = phrases.into_iter().collect();
        let mut index = Phrases::default();
        for (number, phrase) in (0..).zip(&phrases) {
            if phrase.contains(is_ideograph) {
                let first = phrase.chars().next().unwrap_or_default();
                index.by_ideograph.entry(first).or_default().push(number);
            } else {
                index.by_word.entry(word_at(phrase, 0).to_owned()).or_default().push(number);
            }
        }
        Phrases { phrases, ..index }
    }

    /// The first phrase of the list that stands in a text between word boundaries, where its script has
    /// any: its number.
    pub(super) fn first_in(&self, text: &str) -> Option<usize> {
        let mut first = None;
        self.each(text, |number, _| first = Some(first.map_or(number, |known: usize| known.min(number))));
        first
    }

    /// The places of all phrases in a text, in text order: the number of each and the byte where it begins.
    pub(super) fn places(&self, text: &str) -> Vec<(usize, usize)> {
        let mut places = Vec::new();
        self.each(text, |number, at| places.push((number, at)));
        places
    }

    fn each(&self, text: &str, mut found: impl FnMut(usize, usize)) {
        let mut is_inside = false;
        for (at, c) in text.char_indices() {
            if let Some(numbers) = self.by_ideograph.get(&c).filter(|_| !c.is_ascii()) {
                for &number in numbers.iter().filter(|&&number| self.begins(text, at, number)) {
                    found(number as usize, at);
                }
            }
            let was_inside = std::mem::replace(&mut is_inside, c.is_alphanumeric());
            if !is_inside || was_inside {
                continue;
            }
            for &number in self.by_word.get(word_at(text, at)).into_iter().flatten() {
                let length = self.phrases.get(number as usize).map_or(0, String::len);
                let after = text.get(at + length..).and_then(|rest| rest.chars().next());
                if self.begins(text, at, number) && after.is_none_or(|c| !c.is_alphanumeric()) {
                    found(number as usize, at);
                }
            }
        }
    }

    fn begins(&self, text: &str, at: usize, number: u32) -> bool {
        let phrase = self.phrases.get(number as usize);
        phrase.is_some_and(|phrase| text.get(at..).is_some_and(|rest| rest.starts_with(phrase.as_str())))
    }
}

/// The letters and digits from a byte on.
fn word_at(text: &str, at: usize) -> &str {
    let rest = text.get(at..).unwrap_or("");
    rest.get(..rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(phrases: &[&str], text: &str, expected: &[(usize, usize)]) {
        let found = Phrases::new(phrases.iter().map(|&phrase| phrase.to_owned())).places(text);
        assert_eq!(found, expected, "{phrases:?} in {text:?}");
    }

    #[test]
    fn phrases_are_found_between_word_boundaries() {
        check(&["over to you", "over"], "so over to you, over", &[(0, 3), (1, 3), (1, 16)]);
        check(&["over to"], "over tour, rover to", &[]);
        check(&["i'm from"], "i'm from, oi'm from", &[(0, 0)]);
        check(&["и так"], "и так далее и", &[(0, 0)]);
    }

    #[test]
    fn ideographs_have_no_word_boundaries() {
        check(&["请发言"], "下面请发言人讲", &[(0, 6)]);
    }

    #[test]
    fn the_first_of_the_list_counts() {
        let phrases = Phrases::new(["the floor is yours".to_owned(), "over to you".to_owned()]);
        assert_eq!(phrases.first_in("over to you, the floor is yours"), Some(0));
        assert_eq!(phrases.first_in("we agree"), None);
    }
}
