//! The words of a sentence that a reader sees, with their places in the source.

use crate::model::{Language, Span, Word};

use super::atoms::{Kind, atoms};
use super::disfluency::{drop_fillers, drop_fragments, drop_repetitions};
use crate::language::data;

/// The normalised words of the stretch `span` of `text` without noise, sounds such as “uh”, false
/// starts and repetitions; their places are places of `text`. Words that may be fillers (“right”,
/// “you know”) stay, since they can also be answers.
pub fn spoken(text: &str, span: Span, language: Language) -> Vec<Word> {
    let (slice, data) = (span.of(text), data(language));
    let mut atoms = atoms(slice, language);
    drop_fillers(&mut atoms, data);
    drop_fragments(&mut atoms, data);
    drop_repetitions(&mut atoms, data);
    let mut found = Vec::with_capacity(atoms.len());
    let mut at = 0;
    for atom in atoms {
        // Atoms stand in text order, so that each begins at its next occurrence.
        let Some(lead) = slice.get(at..).and_then(|rest| rest.find(atom.text)) else { continue };
        let start = at + lead;
        at = start + atom.text.len();
        if atom.kept && atom.kind == Kind::Word {
            let place = Span::new(start, at).shifted(span.start());
            found.push(Word { text: atom.word.into_owned(), span: place });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn fillers_and_noise_are_left_out_and_places_are_those_of_the_source() {
        let text = "Hm. We, uh, don’t {cough} really supp- support it.";
        let words = spoken(text, Span::new(4, text.len()), Language::ENGLISH);
        let shown: Vec<(&str, &str)> = words.iter().map(|w| (w.text.as_str(), w.span.of(text))).collect();
        let expected = [("we", "We"), ("don't", "don’t"), ("really", "really"), ("support", "support")];
        assert_eq!(shown, [&expected[..], &[("it", "it")]].concat());
    }

    proptest! {
        #[test]
        fn every_word_slices_what_it_says(text in "([a-zA-Z]{1,3}|uh|’s|you know|the|, |\\. | |-- |\\{pause\\}|\\PC){0,30}") {
            let mut end = 0;
            for word in spoken(&text, Span::new(0, text.len()), Language::ENGLISH) {
                prop_assert!(word.span.start() >= end);
                prop_assert_eq!(super::super::normalize(word.span.of(&text)).into_owned(), word.text);
                end = word.span.end();
            }
        }
    }
}
