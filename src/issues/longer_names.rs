//! Whether a phrase is cut out of a longer name (“York State” out of “New York State”), told by capitals.

use crate::model::Span;

/// Whether two words beside each other belong to one name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Joint {
    /// They do not.
    #[default]
    None,
    /// Both have capitals; the first opens the sentence, where any word has one.
    Unclear,
    /// Both have capitals.
    Name,
}

/// The joint of two words of a sentence; `opens` tells whether nothing but punctuation is before the first. A
/// single letter joins nothing: it is a pronoun (I) or the number of an annex.
pub(super) fn joint(text: &str, first: Span, second: Span, opens: bool) -> Joint {
    let gap = text.get(first.end()..second.start()).unwrap_or("");
    let is_beside = !gap.is_empty() && gap.chars().all(|c| c == ' ');
    let has_capital = |word: Span| {
        let mut letters = word.of(text).chars();
        letters.next().is_some_and(char::is_uppercase) && letters.next().is_some()
    };
    match is_beside && has_capital(first) && has_capital(second) {
        true if opens => Joint::Unclear,
        true => Joint::Name,
        false => Joint::None,
    }
}

/// How often a phrase is cut out of a longer name, and how often it is not; occurrences of which that is unclear
/// are in neither.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Cuts {
    cut: u32,
    whole: u32,
}

impl Cuts {
    /// Counts an occurrence between two joints.
    pub(super) fn add(&mut self, before: Joint, after: Joint) {
        match (before, after) {
            (Joint::Name, _) | (_, Joint::Name) => self.cut += 1,
            (Joint::None, Joint::None) => self.whole += 1,
            _ => {}
        }
    }

    /// Whether it is cut out of longer names most of the times.
    pub(super) fn is_cut(self) -> bool {
        self.cut > self.whole
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_side_by_side_make_one_name_where_the_sentence_does_not_open() {
        let check = |text: &str, first: &str, second: &str, opens: bool, expected: Joint| {
            let span = |word: &str| {
                let start = text.find(word).unwrap();
                Span::new(start, start + word.len())
            };
            assert_eq!(joint(text, span(first), span(second), opens), expected, "{text}");
        };
        check("in East Lund Harbour", "East", "Lund", false, Joint::Name);
        check("East Lund waits", "East", "Lund", true, Joint::Unclear);
        check("in East Lund waits", "Lund", "waits", false, Joint::None);
        check("the East, Lund says", "East", "Lund", false, Joint::None);
        check("the East-Lund line", "East", "Lund", false, Joint::None);
        check("what I Lund", "I", "Lund", false, Joint::None);
    }

    #[test]
    fn a_phrase_is_cut_where_most_of_its_clear_occurrences_are() {
        let check = |joints: &[(Joint, Joint)], expected: bool| {
            let mut cuts = Cuts::default();
            joints.iter().for_each(|&(before, after)| cuts.add(before, after));
            assert_eq!(cuts.is_cut(), expected, "{joints:?}");
        };
        let (cut, whole) = ((Joint::Name, Joint::Unclear), (Joint::None, Joint::None));
        check(&[], false);
        check(&[cut, whole], false);
        check(&[cut, whole, (Joint::None, Joint::Name)], true);
        check(&[cut, (Joint::Unclear, Joint::None), (Joint::None, Joint::Unclear)], true);
    }
}
