//! The words of a sentence that a reader sees, with their places in the source.

use crate::model::{Language, Span, Word};

use super::atoms::push_written;
use super::display::decide;
use super::intern::Interner;

/// The normalised words of the stretch `span` of `text` without noise, sounds such as “uh”, false
/// starts and repetitions; their places are places of `text`. Words that may be fillers (“right”,
/// “you know”) stay, since they can also be answers. The token table of a session has the same
/// ([`Tokens::spoken_words`](crate::model::Tokens::spoken_words)).
pub fn spoken(text: &str, span: Span, language: Language) -> Vec<Word> {
    let mut interner = Interner::default();
    interner.speak(language, false);
    let mut tokens = Vec::new();
    push_written(text, span, &mut interner, &mut tokens);
    decide(text, &mut tokens, &interner);
    let spoken = tokens.iter().filter(|token| token.is_spoken_word());
    spoken.map(|token| Word { text: interner.words.text(token.word).to_owned(), span: token.span }).collect()
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
