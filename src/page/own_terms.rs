//! The terms of a stakeholder: phrases that it says and others do not, as its card names them.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

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
    let mut stakeholder_of: FxHashMap<SpeakerId, usize> = FxHashMap::default();
    for (at, members) in stakeholders.iter().enumerate() {
        stakeholder_of.extend(members.speakers.iter().map(|&speaker| (speaker, at)));
    }
    let sizes: Vec<u64> = stakeholders.iter().map(said).collect();
    let mut rated: Vec<Vec<(&NamedPhrase, f64)>> = vec![Vec::new(); stakeholders.len()];
    for phrase in &phrases {
        let uses = uses(phrase, &stakeholder_of);
        let both: u64 = uses.values().sum();
        let (least, chance) =
            if phrase.stems.len() > 1 { (LEAST_PHRASE, OF_PHRASE) } else { (LEAST_WORD, OF_WORD) };
        for (at, own) in uses.into_iter().filter(|&(_, own)| own >= least) {
            let own_size = sizes.get(at).copied().unwrap_or(0);
            let others = ((both - own) as f64, all.saturating_sub(own_size) as f64);
            let keyness = log_likelihood(own as f64, others.0, own_size as f64, others.1);
            if keyness >= chance
                && let Some(rated) = rated.get_mut(at)
            {
                rated.push((phrase, keyness));
            }
        }
    }
    rated.into_iter().map(chosen).collect()
}

/// How often each of the stakeholders says a phrase.
fn uses(phrase: &NamedPhrase, stakeholder_of: &FxHashMap<SpeakerId, usize>) -> BTreeMap<usize, u64> {
    let mut uses = BTreeMap::new();
    for (speaker, count) in &phrase.said_by {
        if let Some(&at) = stakeholder_of.get(speaker) {
            *uses.entry(at).or_default() += count;
        }
    }
    uses
}

/// The best of the rated phrases, of those of which one holds the other only the better.
fn chosen(mut rated: Vec<(&NamedPhrase, f64)>) -> Vec<String> {
    let is_word = |phrase: &NamedPhrase| phrase.stems.len() == 1;
    // Stable, so that of equal ones the first by alphabet comes first.
    rated.sort_by(|a, b| is_word(a.0).cmp(&is_word(b.0)).then(b.1.total_cmp(&a.1)));
    let mut chosen: Vec<&NamedPhrase> = Vec::new();
    for (phrase, _) in rated {
        if chosen.len() == SHOWN {
            break;
        }
        if !chosen.iter().any(|other| is_part(other, phrase) || is_part(phrase, other)) {
            chosen.push(phrase);
        }
    }
    chosen.into_iter().map(|phrase| phrase.written.clone()).collect()
}

/// Whether one phrase stands within another.
fn is_part(part: &NamedPhrase, whole: &NamedPhrase) -> bool {
    whole.stems.windows(part.stems.len()).any(|stems| stems == part.stems)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issues::StemId;

    #[test]
    fn phrases_come_before_words_and_none_holds_another() {
        let phrase = |(written, stems): (&str, &[u32])| NamedPhrase {
            written: written.to_owned(),
            stems: stems.iter().map(|&stem| StemId(stem)).collect(),
            said_by: Vec::new(),
        };
        let words: [(&str, &[u32]); 8] = [
            ("curfew", &[0]),
            ("cargo flights", &[1, 2]),
            ("flights", &[2]),
            ("Cargo flight of jets", &[1, 2, 3]),
            ("noise charge", &[4, 5]),
            ("noise fund", &[4, 6]),
            ("flight noise", &[2, 4]),
            ("ferry landing", &[7, 8]),
        ];
        let all = words.map(phrase);
        let rated = all.iter().zip([90.0, 20.0, 60.0, 15.0, 25.0, 9.0, 8.0, 7.0]).collect();
        let expected = ["noise charge", "cargo flights", "noise fund", "flight noise", "ferry landing"];
        assert_eq!(chosen(rated), expected);
        let rated = all[..4].iter().zip([90.0, 20.0, 60.0, 15.0]).collect();
        assert_eq!(chosen(rated), ["cargo flights", "curfew"]);
    }
}
