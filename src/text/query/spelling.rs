//! Words of a question that the session spells otherwise: `color` where it has `colour`.

use crate::language::{ByLanguage, List};
use crate::model::{Analysis, Language, TermId};

use crate::text::stems;

/// Parts of words that are spelt in two ways.
type Pairs = Vec<(&'static str, &'static str)>;

/// The term of a word that nobody says as it is spelt, where one part of it spelt in the other way gives one.
pub(super) fn respelt(word: &str, language: Language, analysis: &Analysis) -> Option<TermId> {
    let both = pairs(language)?.iter().flat_map(|&(one, other)| [(one, other), (other, one)]);
    both.filter_map(|(from, to)| replaced(word, from, to)).find_map(|word| {
        let stems = stems(&word, language);
        stems.first().filter(|_| stems.len() == 1).and_then(|stem| analysis.vocabulary.get(stem))
    })
}

/// A word with the last `from` in it made `to`; none in its first two letters, which no spelling changes.
fn replaced(word: &str, from: &str, to: &str) -> Option<String> {
    let at = word.rfind(from).filter(|&at| at > 1)?;
    Some(format!("{}{to}{}", word.get(..at)?, word.get(at + from.len()..)?))
}

fn pairs(language: Language) -> Option<&'static Pairs> {
    static PARSED: ByLanguage<Option<Pairs>> = ByLanguage::new();
    PARSED.of_list(language, List::Question, |_, sections| {
        let pair = |words: Vec<&'static str>| match words.as_slice() {
            &[one, other] => Some((one, other)),
            _ => None,
        };
        sections.lines("spellings").filter_map(|line| pair(line.words().collect())).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Join, LabelId, People, SessionBuilder, Speaker, SpeakerId};

    #[test]
    fn a_word_is_known_in_the_spelling_of_the_session() {
        let mut builder = SessionBuilder::new("s");
        let text =
            "The colour of the harbour is a programme of our organisation; we analyse the centre of theatre.";
        builder.turn("A").text(text, Join::Line, 1, None);
        builder.session().language = Language::ENGLISH;
        let session = builder.finish(0);
        let people = People {
            speakers: vec![Speaker { labels: vec![LabelId(0)], ..Speaker::default() }],
            of_label: vec![SpeakerId(0)],
            ..People::default()
        };
        let analysis = crate::text::analyse(&session, &people, crate::text::read(&session));
        for word in ["color", "harbor", "program", "organization", "analyze", "center"] {
            assert!(respelt(word, Language::ENGLISH, &analysis).is_some(), "{word}");
        }
        for word in ["colander", "tutor", "orange"] {
            assert!(respelt(word, Language::ENGLISH, &analysis).is_none(), "{word}");
        }
    }
}
