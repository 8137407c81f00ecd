//! The terms of a stakeholder: phrases that it says and others do not, as its card names them.

use crate::issues::{NamedPhrase, named_phrases};
use crate::model::{Kind, SpeakerId};
use crate::prepare::Prepared;
use crate::prepare::scope::Members;
use crate::stats::log_likelihood;

/// Terms on a card: one line of a wide screen.
const SHOWN: usize = 5;
/// Log-likelihoods of p = 0.01 and of p = 0.0001 (one degree of freedom). A phrase of several words tells its
/// subject; a single word must be said often to be more than chance among the thousands that are tried.
const OF_PHRASE: f64 = 6.63;
const OF_WORD: f64 = 15.13;
/// How often it is said at least: a word that is said twice in a session may be an aside.
const LEAST_PHRASE: u64 = 2;
const LEAST_WORD: u64 = 4;

/// The terms of each stakeholder, phrases before single words, the most distinctive first; none where a single
/// stakeholder is compared.
pub(super) fn own_terms(prepared: &Prepared<'_>, stakeholders: &[Members]) -> Vec<Vec<String>> {
    if stakeholders.len() < 2 {
        return vec![Vec::new(); stakeholders.len()];
    }
    let phrases = named_phrases(prepared.session, &prepared.people, &prepared.analysis, prepared.stems());
    let mut words = vec![0_u64; prepared.people.speakers.len()];
    for id in prepared.analysis.ids() {
        let sentence = prepared.analysis.sentence(id);
        if let (Kind::Speech, Some(n)) = (sentence.kind, words.get_mut(prepared.speaker(id).0 as usize)) {
            *n += u64::from(sentence.words);
        }
    }
    let said = |members: &Members| -> u64 {
        members.speakers.iter().filter_map(|speaker| words.get(speaker.0 as usize)).sum()
    };
    let all: u64 = stakeholders.iter().map(said).sum();
    let compared: Vec<SpeakerId> = stakeholders.iter().flat_map(|members| members.speakers.clone()).collect();
    let of = |members: &Members| {
        let own_size = said(members);
        let mut rated: Vec<(&NamedPhrase, f64)> = Vec::new();
        for phrase in &phrases {
            let (own, both) = (uses(phrase, &members.speakers), uses(phrase, &compared));
            let others = (both.saturating_sub(own) as f64, all.saturating_sub(own_size) as f64);
            let keyness = log_likelihood(own as f64, others.0, own_size as f64, others.1);
            let (least, chance) =
                if phrase.n_words > 1 { (LEAST_PHRASE, OF_PHRASE) } else { (LEAST_WORD, OF_WORD) };
            if own >= least && keyness >= chance {
                rated.push((phrase, keyness));
            }
        }
        chosen(rated)
    };
    stakeholders.iter().map(of).collect()
}

fn uses(phrase: &NamedPhrase, speakers: &[SpeakerId]) -> u64 {
    phrase.said_by.iter().filter(|(speaker, _)| speakers.contains(speaker)).map(|(_, count)| count).sum()
}

/// The best of the rated phrases, of those of which one holds the other only the better.
fn chosen(mut rated: Vec<(&NamedPhrase, f64)>) -> Vec<String> {
    let is_word = |phrase: &NamedPhrase| phrase.n_words == 1;
    // Stable, so that of equal ones the first by alphabet comes first.
    rated.sort_by(|a, b| is_word(a.0).cmp(&is_word(b.0)).then(b.1.total_cmp(&a.1)));
    let mut chosen: Vec<String> = Vec::new();
    for (phrase, _) in rated {
        if chosen.len() == SHOWN {
            break;
        }
        let is_said = |other: &String| is_part(other, &phrase.written) || is_part(&phrase.written, other);
        if !chosen.iter().any(is_said) {
            chosen.push(phrase.written.clone());
        }
    }
    chosen
}

/// Whether one text stands within another, without regard to case.
fn is_part(part: &str, whole: &str) -> bool {
    whole.to_lowercase().contains(&part.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_come_before_words_and_none_holds_another() {
        let phrase = |written: &str| NamedPhrase {
            written: written.to_owned(),
            n_words: written.split(' ').count(),
            said_by: Vec::new(),
        };
        let all = [
            "curfew",
            "night flights",
            "flights",
            "Night flights of jets",
            "noise charge",
            "a b",
            "c d",
            "e f",
        ]
        .map(phrase);
        let rated = all.iter().zip([90.0, 20.0, 60.0, 15.0, 25.0, 9.0, 8.0, 7.0]).collect();
        assert_eq!(chosen(rated), ["noise charge", "night flights", "a b", "c d", "e f"]);
        let rated = all[..4].iter().zip([90.0, 20.0, 60.0, 15.0]).collect();
        assert_eq!(chosen(rated), ["night flights", "curfew"]);
    }
}
