//! Issues found in sessions where the user lists none and no headings name them: phrases on which several
//! speakers take positions.
//!
//! The termhood of a phrase is its C-value (Frantzi, Ananiadou & Mima 2000, "Automatic recognition of
//! multi-word terms"), which takes from a phrase what longer phrases account for, times the inverse
//! document frequency of Spärck Jones 1972 over windows of speech. An occurrence counts as much as its
//! sentence probably takes a position. Phrases that say more or less of the same thing, and phrases that
//! share windows (cosine of their occurrences) with a single word, belong to the same issue. The text that is negotiated goes
//! first where positions are taken on it throughout.

use std::collections::BTreeMap;

use crate::model::Issue;

use super::gather::{Gathered, PAIRED, Tally, length, ordered};
use super::phrases::Form;

/// Issues of a short comparison and of a long one.
const FEWEST: usize = 4;
const MOST: usize = 13;
/// By how much longer sessions must be for one issue more.
const LONGER: f64 = 1.23;
/// Share of its occurrences in which a phrase stands where a noun stands.
const NOUN: f64 = 0.3;
/// Share of its occurrences right after a word before verbs from which on a word is a verb.
const VERB: f64 = 0.4;
/// Share of its occurrences behind a word for a place from which on a name is that of a place.
const PLACE: f64 = 0.25;
/// How much names, phrases for those who act, and single words that say little count beside a phrase for a
/// subject.
const NAME: f64 = 0.2;
const ACTOR: f64 = 0.35;
const VAGUE: f64 = 0.5;
/// What is added to the number of words of a phrase before its logarithm is taken: single words count
/// 0.38, of two words 1.2, of three 1.72 (Barrón-Cedeño et al. 2009 add 1).
const ALONE: f64 = 0.3;
/// Speakers that say nothing of the worth of a phrase: what one alone says is hardly an issue of several.
const ONE_SPEAKER: f64 = 0.8;
/// Terms of a found issue.
pub(super) const TERMS: usize = 6;
/// A word whose occurrences have a greater cosine with those of a phrase belongs to its issue, if both occur
/// so often.
const ALIKE: f64 = 0.35;
const OFTEN: u64 = 4;
/// Phrases of an issue with which another is compared.
const COMPARED: usize = 3;
/// Share of the weight of a word that a longer phrase must have to be the label in its place.
const LABEL: f64 = 0.12;
/// Share of the speakers that take positions on a text, and of the windows in which it is spoken of, from
/// which on it is what is negotiated.
const SPOKEN_OF_BY: f64 = 0.5;
const SPOKEN_OF_IN: f64 = 0.1;

/// The issues, the weightiest first, the text that is negotiated before all.
pub(super) fn issues(gathered: &Gathered) -> Vec<Issue> {
    let found = Found::new(gathered);
    let mut groups: Vec<Vec<&str>> = found.negotiated().into_iter().collect();
    let negotiated = groups.len();
    let taken: Vec<&str> = groups.iter().flatten().copied().collect();
    let most = sensible_number(gathered);
    for key in found.ranked() {
        if taken.contains(&key) {
            continue;
        }
        let is_same =
            |group: &Vec<&str>| group.iter().take(COMPARED).any(|member| found.is_same(member, key));
        let at = groups.iter().skip(negotiated).position(is_same).map(|at| at + negotiated);
        match at {
            Some(at) => groups[at].push(key),
            None if groups.len() < most => groups.push(vec![key]),
            None => {}
        }
    }
    groups.iter_mut().skip(negotiated).for_each(|group| found.put_label_first(group));
    groups.iter().filter_map(|group| found.issue(group)).collect()
}

/// From `FEWEST` at a thousand words, one more with each part longer, to `MOST`.
fn sensible_number(gathered: &Gathered) -> usize {
    let thousands = (gathered.n_windows as f64 * 0.06).max(1.0);
    (FEWEST + (thousands.ln() / LONGER.ln()) as usize).min(MOST)
}

/// A phrase with the form in which it is said most.
struct CountedPhrase<'a> {
    tally: &'a Tally,
    written: &'a str,
    form: Form,
}

impl CountedPhrase<'_> {
    /// The stem of the head.
    fn head<'k>(&self, key: &'k str) -> &'k str {
        key.split(' ').nth(self.form.head).unwrap_or(key)
    }
}

struct Found<'a> {
    gathered: &'a Gathered,
    known: BTreeMap<&'a str, CountedPhrase<'a>>,
    /// For each phrase the weight of the longer ones that hold it, in all, and their number.
    nested: BTreeMap<&'a str, (u64, u64)>,
}

impl<'a> Found<'a> {
    fn new(gathered: &'a Gathered) -> Self {
        let known: BTreeMap<&str, CountedPhrase<'_>> = gathered
            .phrases
            .iter()
            .filter_map(|(key, tally)| {
                let (written, &form) = most_said(&tally.forms)?;
                Some((key.as_str(), CountedPhrase { tally, written, form }))
            })
            .collect();
        let mut nested: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
        for (key, phrase) in &known {
            for part in parts(key) {
                let (weight, n) = nested.entry(part).or_default();
                *weight += phrase.tally.weight;
                *n += 1;
            }
        }
        Found { gathered, known, nested }
    }

    /// The phrases that are worth most, the best first.
    fn ranked(&self) -> Vec<&'a str> {
        let mut ranked: Vec<(&str, f64)> =
            self.known.iter().map(|(&key, phrase)| (key, self.termhood(key, phrase))).collect();
        ranked.retain(|(_, termhood)| *termhood > 0.0);
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
        ranked.truncate(PAIRED);
        ranked.into_iter().map(|(key, _)| key).collect()
    }

    /// C-value times inverse document frequency over windows, more where more speakers take a position.
    fn termhood(&self, key: &str, phrase: &CountedPhrase<'_>) -> f64 {
        let (tally, form) = (phrase.tally, phrase.form);
        let is_place = form.is_name && tally.placed as f64 >= PLACE * tally.count as f64;
        let is_verb = tally.verbal as f64 >= VERB * tally.count as f64;
        if is_place || is_verb || (tally.nominal as f64) < NOUN * tally.count as f64 {
            return 0.0;
        }
        let (longer, n) = self.nested.get(key).copied().unwrap_or_default();
        let own = (tally.weight as f64 - longer as f64 / n.max(1) as f64) / 1000.0;
        // What is said in every window of a short session is worth something too.
        let idf = (self.gathered.n_windows as f64 / tally.windows.max(1) as f64).ln_1p();
        let speakers = match tally.speakers as f64 / 1000.0 {
            few if few <= 1.3 && self.gathered.n_speakers > 1 => 0.0,
            speakers => speakers - ONE_SPEAKER,
        };
        let is_alone = length(key) == 1;
        let mut factor = 1.0;
        if is_alone && (form.is_vague || form.instrument.is_some()) {
            factor *= VAGUE;
        }
        if form.is_actor {
            // Who acts is no issue; what is of them may be (elected members).
            factor *= if is_alone || form.is_name { 0.0 } else { ACTOR };
        }
        if form.is_name && !is_alone {
            factor *= NAME;
        }
        own * (length(key) as f64 + ALONE).log2() * idf * (1.0 + speakers.max(0.2)).ln() * factor
    }

    /// Whether two phrases are of one issue: one says more of the other, is its abbreviation, or both are
    /// said together beyond what chance brings together.
    fn is_same(&self, a: &str, b: &str) -> bool {
        let (long, short) = if length(a) < length(b) { (b, a) } else { (a, b) };
        let (Some(more), Some(less)) = (self.known.get(long), self.known.get(short)) else { return false };
        let is_spelling =
            is_abbreviation(less.written, more.written) || is_joined(less.written, more.written);
        if self.says_more(long, more, short, less) || is_spelling {
            return true;
        }
        // Two phrases of several words that are said together are two subjects.
        let is_aspect = length(short) == 1 && more.tally.count.min(less.tally.count) >= OFTEN;
        is_aspect && self.cosine(long, short) >= ALIKE
    }

    fn says_more(&self, long: &str, more: &CountedPhrase<'_>, short: &str, less: &CountedPhrase<'_>) -> bool {
        let is_alone = length(short) == 1;
        let holds = short.split(' ').all(|stem| long.split(' ').any(|other| other == stem));
        if !holds {
            return false;
        }
        // A convention is not the one with that name.
        if more.head(long) == less.head(short) {
            return !(more.form.is_name && is_alone);
        }
        // Human rights are what human rights safeguards are about; a council is not what its reform is about.
        let is_modifier = format!(" {long} ").contains(&format!(" {short} "));
        let is_name = less.form.is_name && !is_alone;
        let is_clear = !is_alone || !less.form.is_vague && less.form.instrument.is_none();
        is_modifier && !is_name && is_clear && !(is_alone && more.form.head == 0 && length(long) > 1)
    }

    /// The cosine of the windows of two phrases beyond what chance brings together, from 0.
    fn cosine(&self, a: &str, b: &str) -> f64 {
        let windows = |key: &str| self.known.get(key).map_or(0, |phrase| phrase.tally.windows) as f64;
        let both = self.gathered.pairs.get(&ordered(a, b)).copied().unwrap_or(0);
        let by_chance = windows(a) * windows(b) / self.gathered.n_windows.max(1) as f64;
        (f64::from(both) - by_chance).max(0.0) / (windows(a) * windows(b)).sqrt().max(1.0)
    }

    /// The phrases for the text that is negotiated: of the kinds of texts the one on which most is said,
    /// where at least half of the speakers take positions on it.
    fn negotiated(&self) -> Option<Vec<&'a str>> {
        let mut kinds: BTreeMap<usize, Vec<&'a str>> = BTreeMap::new();
        for (&key, phrase) in &self.known {
            // The Budapest Convention is not the convention that is negotiated.
            if let Some(kind) = phrase.form.instrument.filter(|_| !phrase.form.is_name) {
                kinds.entry(kind).or_default().push(key);
            }
        }
        let weight = |keys: &[&str]| -> u64 {
            keys.iter().filter(|key| length(key) == 1).map(|key| self.weight(key)).sum()
        };
        let spoken_of = |keys: &Vec<&'a str>| {
            let alone = keys.iter().filter(|key| length(key) == 1).filter_map(|key| self.known.get(key));
            let windows: u64 = alone.clone().map(|phrase| phrase.tally.windows).sum();
            let speakers = alone.map(|phrase| phrase.tally.speakers).max().unwrap_or(0) as f64 / 1000.0;
            speakers >= (SPOKEN_OF_BY * self.gathered.n_speakers as f64).max(2.0)
                && windows as f64 >= SPOKEN_OF_IN * self.gathered.n_windows as f64
        };
        let best = kinds.into_values().filter(spoken_of).max_by_key(|keys| weight(keys));
        best.map(|mut keys| {
            keys.sort_by(|a, b| self.weight(b).cmp(&self.weight(a)).then(a.cmp(b)));
            let least = LABEL * weight(&keys) as f64;
            let is_clearer = |key: &&str| length(key) > 1 && self.weight(key) as f64 >= least;
            if let Some(at) = keys.iter().position(is_clearer) {
                keys[..=at].rotate_right(1);
            }
            keys
        })
    }

    fn weight(&self, key: &str) -> u64 {
        self.known.get(key).map_or(0, |phrase| phrase.tally.weight)
    }

    /// Puts a longer phrase before a single word that it makes clearer.
    fn put_label_first(&self, group: &mut [&'a str]) {
        let Some(first) = group.first().filter(|first| length(first) == 1) else { return };
        let least = LABEL * self.weight(first) as f64;
        let is_clearer = |key: &&str| {
            let is_noun = |k: &CountedPhrase<'_>| k.tally.nominal as f64 >= NOUN * k.tally.count as f64;
            let is_subject = |k: &CountedPhrase<'_>| !k.form.is_name && !k.form.is_actor && is_noun(k);
            length(key) > 1
                && key.split(' ').any(|stem| stem == *first)
                && self.weight(key) as f64 >= least
                && self.known.get(*key).is_some_and(is_subject)
        };
        let longer = group.iter().enumerate().filter(|(_, key)| is_clearer(key));
        let best = longer.max_by(|a, b| self.weight(a.1).cmp(&self.weight(b.1)).then(b.0.cmp(&a.0)));
        if let Some((at, _)) = best {
            group[..=at].rotate_right(1);
        }
    }

    fn issue(&self, group: &[&str]) -> Option<Issue> {
        let written = |key: &&str| self.known.get(*key).map(|phrase| phrase.written.to_owned());
        let label = written(group.first()?)?;
        let terms = group.iter().take(TERMS).filter_map(written).collect();
        Some(Issue { label, terms, text: String::new() })
    }
}

/// The form that is said most; of equals the shortest, then the last in the alphabet, which prefers lower
/// case.
fn most_said(forms: &BTreeMap<String, Form>) -> Option<(&String, &Form)> {
    forms.iter().max_by(|a, b| a.1.count.cmp(&b.1.count).then(b.0.len().cmp(&a.0.len())).then(a.0.cmp(b.0)))
}

/// The shorter phrases in a phrase.
fn parts(key: &str) -> Vec<&str> {
    let starts: Vec<usize> = std::iter::once(0).chain(key.match_indices(' ').map(|(at, _)| at + 1)).collect();
    let ends: Vec<usize> = key.match_indices(' ').map(|(at, _)| at).chain([key.len()]).collect();
    let mut parts = Vec::new();
    for &start in &starts {
        parts.extend(ends.iter().filter(|&&end| end > start).filter_map(|&end| key.get(start..end)));
    }
    parts.retain(|part| part.len() < key.len());
    parts.sort_unstable();
    parts.dedup();
    parts
}

/// Whether `short` is made of the initials of the words of `long` (USO, universal service obligation).
fn is_abbreviation(short: &str, long: &str) -> bool {
    let is_short = short.chars().count() > 1 && short.chars().all(char::is_uppercase);
    let initials = long.split([' ', '-']).filter_map(|word| word.chars().next()).flat_map(char::to_uppercase);
    is_short && initials.eq(short.chars())
}

/// Whether `short` is `long` written as one word (cybercrime, cyber crime).
fn is_joined(short: &str, long: &str) -> bool {
    let letters =
        |text: &str| text.split([' ', '-']).flat_map(str::chars).flat_map(char::to_lowercase).collect();
    let (short_letters, long_letters): (String, String) = (letters(short), letters(long));
    !short.contains([' ', '-']) && short_letters == long_letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_a_phrase_are_all_shorter_ones() {
        assert_eq!(parts("port levy fund"), ["fund", "levy", "levy fund", "port", "port levy"]);
        assert_eq!(parts("levy"), [""; 0]);
    }

    #[test]
    fn a_phrase_may_be_written_as_one_word() {
        assert!(is_joined("Cybercrime", "cyber crime") && is_joined("shorepower", "shore-power"));
        assert!(!is_joined("cybercrimes", "cyber crime") && !is_joined("crime", "cyber crime"));
    }

    #[test]
    fn initials_abbreviate_a_phrase() {
        assert!(is_abbreviation("USO", "universal service obligation"));
        assert!(!is_abbreviation("USO", "universal obligation"));
        assert!(!is_abbreviation("so", "service obligation"));
    }
}
