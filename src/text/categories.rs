//! Categories of words and phrases: how often a text has each, and which one it opens with.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use crate::model::Language;

use super::cues::{Pattern, Word, parts, units};
use super::words::{normalize, words};
use crate::language::{Line, Sections, data};

/// The phrases of some categories in one language.
#[derive(Debug, Default)]
pub struct Categories {
    language: Option<Language>,
    n_categories: usize,
    /// By first word, where that is a whole word.
    by_word: FxHashMap<Cow<'static, str>, Vec<Phrase>>,
    /// By the letters that the first word begins with, where that is all that is given of it.
    by_beginning: FxHashMap<Cow<'static, str>, Vec<Phrase>>,
    /// Letters of the longest of these beginnings.
    longest_beginning: usize,
}

/// A phrase without its first word.
#[derive(Debug)]
struct Phrase {
    category: usize,
    rest: Vec<Pattern>,
}

/// What a text has of each category.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hits {
    counts: Vec<u16>,
    opens: Vec<bool>,
    n_words: usize,
}

impl Hits {
    /// How many phrases of a category there are, without overlaps.
    pub fn count(&self, category: usize) -> u16 {
        self.counts.get(category).copied().unwrap_or(0)
    }

    /// Whether the text opens with a phrase of a category.
    pub fn opens(&self, category: usize) -> bool {
        self.opens.get(category).copied().unwrap_or(false)
    }

    /// Words of the text; ideographs one by one.
    pub fn n_words(&self) -> usize {
        self.n_words
    }
}

impl Categories {
    /// Reads a list: `[name]` begins a category, phrases are divided by semicolons, `#` begins a
    /// comment; a word ending in `*` stands for every word that begins so.
    ///
    /// Categories have the numbers of `names`; a test keeps the shipped lists free of other names.
    pub fn parse(list: &'static str, names: &[&str], language: Language) -> Self {
        let mut table =
            Categories { language: Some(language), n_categories: names.len(), ..Categories::default() };
        for (name, lines) in Sections::parse(list).iter() {
            let Some(category) = names.iter().position(|known| *known == name) else { continue };
            let phrases = lines.iter().copied().flat_map(Line::phrases);
            phrases.for_each(|phrase| table.add(category, phrase, language));
        }
        let all = table.by_word.values_mut().chain(table.by_beginning.values_mut());
        all.for_each(|phrases| phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.rest.len())));
        table
    }

    fn add(&mut self, category: usize, phrase: &'static str, language: Language) {
        let data = data(language);
        let mut patterns = phrase.split_whitespace().flat_map(parts).map(|word| Pattern::new(word, data));
        let first = patterns.next();
        let rest = Phrase { category, rest: patterns.collect() };
        match first {
            Some(Pattern::Exact(word)) => self.by_word.entry(word).or_default().push(rest),
            Some(Pattern::Prefix(beginning)) => {
                self.longest_beginning = self.longest_beginning.max(beginning.chars().count());
                self.by_beginning.entry(beginning).or_default().push(rest);
            }
            None => {}
        }
    }

    /// The hits in a text.
    pub fn find(&self, text: &str) -> Hits {
        let language = self.language.unwrap_or(Language::UNKNOWN);
        let words: Vec<Cow<'_, str>> = words(text).iter().map(|word| normalize(word.of(text))).collect();
        let words: Vec<&str> = words.iter().map(Cow::as_ref).collect();
        let units = units(&words, language);
        let mut hits = Hits {
            counts: vec![0; self.n_categories],
            opens: vec![false; self.n_categories],
            n_words: units.len(),
        };
        let mut taken = vec![0; self.n_categories];
        for (at, (word, _)) in units.iter().enumerate() {
            self.beginning_with(word, |phrase| {
                let rest = &units[at + 1..];
                let fits = phrase.rest.len() <= rest.len()
                    && phrase.rest.iter().zip(rest).all(|(pattern, (word, _))| word.fits(pattern));
                if fits && taken[phrase.category] <= at {
                    taken[phrase.category] = at + 1 + phrase.rest.len();
                    hits.counts[phrase.category] += 1;
                    hits.opens[phrase.category] |= at == 0;
                }
            });
        }
        hits
    }

    /// Calls `each` with the phrases that may begin with a word, the longest of an entry first.
    fn beginning_with(&self, word: &Word<'_>, mut each: impl FnMut(&Phrase)) {
        for form in word.forms() {
            self.by_word.get(form).into_iter().flatten().for_each(&mut each);
            if !self.by_beginning.is_empty() {
                let ends = form.char_indices().map(|(at, c)| at + c.len_utf8()).take(self.longest_beginning);
                for end in ends {
                    self.by_beginning.get(&form[..end]).into_iter().flatten().for_each(&mut each);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "# made by hand\n[ask]\ncall for; calls for; demand*\n[negation]\nnot; cannot; can't";

    fn counts(code: &str, list: &'static str, text: &str) -> (u16, u16, bool) {
        let table = Categories::parse(list, &["ask", "negation"], code.parse().unwrap());
        let hits = table.find(text);
        (hits.count(0), hits.count(1), hits.opens(0))
    }

    #[test]
    fn phrases_are_counted_by_category_without_overlaps() {
        assert_eq!(counts("en", LIST, "We call for calm and demanded a vote"), (2, 0, false));
        assert_eq!(counts("en", LIST, "Demanding it is not enough, I can’t call."), (1, 2, true));
        assert_eq!(counts("en", LIST, ""), (0, 0, false));
    }

    #[test]
    fn what_is_written_together_with_a_word_hides_no_phrase() {
        assert_eq!(counts("fr", "[ask]\nil faut", "Parce qu’il faut agir"), (1, 0, false));
        assert_eq!(counts("zh", "[ask]\n必须", "我们必须行动"), (1, 0, false));
        assert_eq!(counts("ar", "[ask]\nنطالب", "ونطالب بالحوار"), (1, 0, true));
    }
}
