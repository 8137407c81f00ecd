//! Phrases that name a thing, with who says each how often: what a voice speaks of that others do not.

use crate::model::{Analysis, People, Session, SpeakerId};

use super::phrases::{Form, Phrase, phrases};
use super::stems::{StemId, Stems};

/// Share of its occurrences where nouns stand from which on a phrase names a thing; a verb or an adjective that
/// is a noun now and then stays below.
const NOUN: f64 = 0.5;
/// Share of its occurrences after a word before verbs (to, will) from which on it is a verb.
const VERB: f64 = 0.25;

/// A phrase and who says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedPhrase {
    /// How it is written most.
    pub written: String,
    /// The stems of its words with content, in order.
    pub stems: Vec<StemId>,
    /// How often each voice says it, in the order of the voices.
    pub said_by: Vec<(SpeakerId, u64)>,
}

/// The phrases of a session that name a thing and are said at least twice, in alphabetical order. Names of those
/// present, numbers and words that fit any subject are none; a single word is one only where it is
/// neither somebody who acts nor says too little alone.
pub fn named_phrases(
    session: &Session,
    people: &People,
    analysis: &Analysis,
    stems: &Stems,
) -> Vec<NamedPhrase> {
    let found = phrases(session, people, analysis, stems, &[]);
    let mut named: Vec<NamedPhrase> = found
        .phrases
        .iter()
        .filter_map(|(key, phrase)| {
            let stems: Vec<StemId> = key.stems().collect();
            let (written, form) = most_said(phrase)?;
            let says_enough = stems.len() > 1 || !form.is_vague && !form.is_actor;
            let is_named = phrase.count > 1 && is_noun(phrase) && says_enough;
            is_named.then(|| NamedPhrase { written: written.to_owned(), stems, said_by: said_by(phrase) })
        })
        .collect();
    named.sort_by(|a, b| (&a.written, &a.stems).cmp(&(&b.written, &b.stems)));
    named
}

fn is_noun(phrase: &Phrase<'_>) -> bool {
    let share = |n: u32| f64::from(n) / f64::from(phrase.count);
    share(phrase.nominal) >= NOUN && share(phrase.verbal) < VERB
}

/// The form that is said most, of several the first by alphabet.
fn most_said<'p>(phrase: &'p Phrase<'_>) -> Option<(&'p str, Form)> {
    let forms = phrase.forms.iter().map(|(written, form)| (&**written, *form));
    forms.min_by(|a, b| b.1.count.cmp(&a.1.count).then(a.0.cmp(b.0)))
}

fn said_by(phrase: &Phrase<'_>) -> Vec<(SpeakerId, u64)> {
    let mut said_by: Vec<(SpeakerId, u64)> =
        phrase.counts.iter().map(|(speaker, count)| (SpeakerId(*speaker), u64::from(*count))).collect();
    said_by.sort_unstable();
    said_by
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Join, LabelId, Language, SessionBuilder, Speaker};
    use crate::text::{analyse, read};

    #[test]
    fn things_are_named_and_numbers_verbs_adjectives_and_words_for_any_subject_are_not() {
        let mut builder = SessionBuilder::new("s");
        let text = "The cargo flights are too loud, five of them a day. We implement the curfew slowly. \
                    It is hard to ban the cargo flights. They will implement the curfew in five days. \
                    A hard day follows when cargo flights implement nothing of the curfew.";
        builder.turn("A").text(text, Join::Line, 1, None);
        builder.turn("B").text("The curfew is for cargo flights.", Join::Line, 2, None);
        builder.session().language = Language::ENGLISH;
        let session = builder.finish(0);
        let voice = |label| Speaker { labels: vec![LabelId(label)], ..Speaker::default() };
        let people = People {
            speakers: vec![voice(0), voice(1)],
            of_label: vec![SpeakerId(0), SpeakerId(1)],
            ..People::default()
        };
        let analysis = analyse(&session, &people, read(&session));
        let stems = Stems::new(&session, &analysis);
        let named = named_phrases(&session, &people, &analysis, &stems);
        let found: Vec<(&str, usize)> = named.iter().map(|n| (n.written.as_str(), n.stems.len())).collect();
        assert_eq!(found, [("cargo flights", 2), ("curfew", 1), ("flights", 1)]);
        assert_eq!(named[0].said_by, [(SpeakerId(0), 3), (SpeakerId(1), 1)]);
    }
}
