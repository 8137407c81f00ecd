//! Categories of words and phrases: how often a text has each, and which one it opens with.

use crate::language::{Line, Sections};
use crate::model::{Language, SentenceId, Tokens};

use super::find::{Matches, find_all};
use super::matches::Over;
use super::phrases::{Forms, PhraseList, PhraseListBuilder, Selection};
use super::read::read_line;

/// The phrases of some categories in one language.
#[derive(Debug)]
pub struct Categories {
    language: Language,
    list: PhraseList<u16>,
}

/// Categories that a list may have.
const MOST_CATEGORIES: usize = 32;

/// What a text has of each category.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Hits {
    counts: [u16; MOST_CATEGORIES],
    /// A bit for each category.
    opens: u32,
}

impl Hits {
    /// How many phrases of a category there are, without overlaps.
    pub fn count(&self, category: usize) -> u16 {
        self.counts.get(category).copied().unwrap_or(0)
    }

    /// Whether the text opens with a phrase of a category.
    pub fn opens(&self, category: usize) -> bool {
        category < MOST_CATEGORIES && self.opens >> category & 1 == 1
    }

    /// The hits in a sentence.
    pub fn of_sentence(matches: &Matches<u16>, id: SentenceId) -> Self {
        let mut hits = Hits::default();
        for found in matches.of_sentence(id) {
            let category = usize::from(found.meaning);
            hits.counts[category] = hits.counts[category].saturating_add(1);
            hits.opens |= u32::from(found.opens) << category;
        }
        hits
    }
}

impl Categories {
    /// Reads a list: `[name]` begins a category, phrases are divided by semicolons, `#` begins a
    /// comment; a word ending in `*` stands for every word that begins so.
    ///
    /// Categories have the numbers of `names`; a test keeps the shipped lists free of other names.
    ///
    /// # Panics
    /// On more names than 32, which are constants of the caller.
    pub fn parse(list: &'static str, names: &[&str], language: Language) -> Self {
        assert!(names.len() <= MOST_CATEGORIES, "more categories than are counted");
        let mut table = PhraseListBuilder::new(language, Forms::Folded);
        let sections = Sections::parse(list);
        for (category, name) in (0..).zip(names) {
            for phrase in sections.lines(name).flat_map(Line::phrases) {
                table.add(phrase, category, category);
            }
        }
        Categories { language, list: table.build(Selection::Longest) }
    }

    /// The phrases, each with the number of its category.
    pub fn phrases(&self) -> &PhraseList<u16> {
        &self.list
    }

    /// The hits in a text that is no sentence of a session.
    pub fn find(&self, text: &str) -> Hits {
        let tokens: Tokens = read_line(text, self.language);
        let matches = find_all(&tokens, Over::Source, |_| Some(&self.list));
        Hits::of_sentence(&matches, SentenceId(0))
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
