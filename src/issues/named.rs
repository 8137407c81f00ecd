//! Phrases that name a thing, with who says each how often: what a voice speaks of that others do not.

use crate::model::{Analysis, People, Session, SpeakerId};

use super::phrases::{Form, Phrase, phrases};
use super::stems::{StemId, Stems};

/// Share of its occurrences where nouns stand from which on a phrase names a thing; a verb or an adjective that
/// is a noun now and then stays below.
const NOUN: f64 = 0.5;
/// Share of its occurrences after a word before verbs (to, will) from which on it is a verb.
const VERB: f64 = 0.25;
/// How often a phrase whose head says too little alone (ideal world) is said at least, where a single turn has it: as
/// often as a single word must be on a card. On a panel of 14,000 words, leaving out all that is said twice in one
/// turn lost “data privacy” and “gender equality” and kept “ideal world”, which is said three times.
const SUBJECT: u32 = 4;

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
/// present, parts of longer names, asides, numbers and words that fit any subject are none; a single word is one only
/// where it is neither somebody who acts nor says too little alone.
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
            let is_aside = form.is_vague && !form.is_name && phrase.n_turns == 1 && phrase.count < SUBJECT;
            let is_named =
                phrase.count > 1 && is_noun(phrase) && says_enough && !is_aside && !phrase.cuts.is_cut();
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
    use crate::model::{Join, LabelId, SessionBuilder, Speaker};
    use crate::text::{analyse, read};

    /// What is named in turns of two voices, in alphabetical order.
    fn named_in(turns: &[&str], language: &str) -> Vec<NamedPhrase> {
        let mut builder = SessionBuilder::new("s");
        for (at, text) in turns.iter().enumerate() {
            builder.turn(["A", "B"][at % 2]).text(text, Join::Line, at + 1, None);
        }
        builder.session().language = language.parse().unwrap();
        let session = builder.finish(0);
        let voice = |label| Speaker { labels: vec![LabelId(label)], ..Speaker::default() };
        let people = People {
            speakers: vec![voice(0), voice(1)],
            of_label: vec![SpeakerId(0), SpeakerId(1)],
            ..People::default()
        };
        let analysis = analyse(&session, &people, read(&session));
        let stems = Stems::new(&session, &analysis);
        named_phrases(&session, &people, &analysis, &stems)
    }

    fn written(named: &[NamedPhrase]) -> Vec<&str> {
        named.iter().map(|phrase| phrase.written.as_str()).collect()
    }

    #[test]
    fn things_are_named_and_numbers_verbs_adjectives_and_words_for_any_subject_are_not() {
        let text = "The cargo flights are too loud, five of them a day. We implement the curfew slowly. \
                    It is hard to ban the cargo flights. They will implement the curfew in five days. \
                    A hard day follows when cargo flights implement nothing of the curfew.";
        let named = named_in(&[text, "The curfew is for cargo flights."], "en");
        let found: Vec<(&str, usize)> = named.iter().map(|n| (n.written.as_str(), n.stems.len())).collect();
        assert_eq!(found, [("cargo flights", 2), ("curfew", 1), ("flights", 1)]);
        assert_eq!(named[0].said_by, [(SpeakerId(0), 3), (SpeakerId(1), 1)]);
    }

    #[test]
    fn a_part_of_a_longer_name_is_no_name() {
        let turns = [
            "We ask the Saltmarsh Lund Harbour Board for a ferry. The rules of the Saltmarsh Lund Harbour Board are old. \
             Every ferry belongs to the Saltmarsh Lund Harbour Board.",
            "Last year the Harbour Board bought a ferry.",
        ];
        let named = named_in(&turns, "en");
        let found = written(&named);
        assert!(found.contains(&"Saltmarsh Lund Harbour Board"), "{found:?}");
        for part in ["Lund Harbour Board", "Harbour Board", "Lund Harbour", "Saltmarsh Lund"] {
            assert!(!found.contains(&part), "{part}: {found:?}");
        }
    }

    #[test]
    fn where_nouns_or_all_words_have_capitals_they_tell_no_longer_name() {
        let german = [
            "Wir brauchen für die Fähre Strom am Hafen. Die Fähre fährt nur mit Strom.",
            "Ohne die Fähre Strom zu geben, hilft die Fähre niemandem.",
        ];
        let named = named_in(&german, "de");
        assert!(written(&named).contains(&"Strom"), "{named:?}");
        let capitals =
            ["WE WANT THE FERRY LANDING NOW. IT IS A FERRY LANDING FOR ALL.", "THE FERRY LANDING WAITS."];
        assert!(!named_in(&capitals, "en").is_empty());
    }

    #[test]
    fn what_a_single_turn_says_of_no_subject_is_an_aside() {
        let aside = "In a granite world the ferry would come. But in a granite world it does not rain. \
                     The granite pier is old. We repair the granite pier.";
        let named = named_in(&[aside, "The ferry is late."], "en");
        assert!(!written(&named).contains(&"granite world"), "{named:?}");
        assert!(written(&named).contains(&"granite pier"), "{named:?}");
        let named = named_in(&[aside, "The ferry is late in a granite world, too."], "en");
        assert!(written(&named).contains(&"granite world"), "{named:?}");
    }
}
