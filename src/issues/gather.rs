//! Issues found in sessions, where the user lists none: their headings, else phrases that are said
//! often, together and by several speakers.
//!
//! The termhood of a phrase is its C-value (Frantzi, Ananiadou & Mima 2000, "Automatic recognition of
//! multi-word terms"), which takes from a phrase what longer phrases account for, times the inverse
//! document frequency of Spärck Jones 1972 over windows of speech. Phrases that share windows (cosine
//! of their occurrences) or words belong to the same issue.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Analysis, Issue, Language, People, Session};

use super::headings;
use super::phrases::{Phrase, Phrases, phrases};
use super::units::{Words, stems};

/// Phrases that are kept of a session.
const KEPT: usize = 300;
/// Phrases of a session whose common windows are counted.
const PAIRED: usize = 100;
/// Issues of a short comparison and of a long one.
const FEWEST: usize = 4;
const MOST: usize = 12;
/// Headings are issues when there are at least so many.
const FEWEST_HEADINGS: usize = 2;
/// Of the headings those with the most words below them.
const MOST_HEADINGS: usize = 24;
/// Share of its occurrences in which a phrase stands where a noun stands.
const NOUN: f64 = 0.3;
/// How much the name of a body counts beside a phrase for a subject.
const BODY: f64 = 0.5;
/// What is added to the number of words of a phrase before its logarithm is taken: single words count
/// 0.26, of two words 1.14, of three 1.68 (Barrón-Cedeño et al. 2009 add 1).
const ALONE: f64 = 0.2;
/// Terms of a found issue.
const TERMS: usize = 6;
/// Phrases that are this alike belong to one issue.
const ALIKE: f64 = 0.35;

/// What is known of the phrases and headings of the sessions so far; grows with their vocabulary,
/// not with their number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Gathered {
    phrases: BTreeMap<String, Tally>,
    pairs: BTreeMap<(String, String), u32>,
    headings: BTreeMap<String, BTreeMap<String, u64>>,
    n_windows: u64,
    n_headed: u64,
    n_sessions: u64,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Tally {
    count: u64,
    nominal: u64,
    windows: u64,
    /// Speakers, session by session.
    speakers: u64,
    forms: BTreeMap<String, u64>,
}

impl Gathered {
    /// What a session holds. `words` is its language as the `text` stage knows it.
    pub fn of(session: &Session, people: &People, analysis: &Analysis, words: &Words<'_>) -> Self {
        let found = phrases(session, people, analysis, words);
        let mut gathered =
            Gathered { n_windows: found.n_windows.into(), n_sessions: 1, ..Gathered::default() };
        gathered.add_headings(session, analysis, words);
        gathered.add_phrases(&found);
        gathered
    }

    /// Adds what other sessions hold; the order of the sessions does not matter.
    pub fn merge(&mut self, other: Gathered) {
        for (key, tally) in other.phrases {
            let own = self.phrases.entry(key).or_default();
            own.count += tally.count;
            own.nominal += tally.nominal;
            own.windows += tally.windows;
            own.speakers += tally.speakers;
            tally.forms.into_iter().for_each(|(form, n)| *own.forms.entry(form).or_default() += n);
        }
        other.pairs.into_iter().for_each(|(pair, n)| *self.pairs.entry(pair).or_default() += n);
        for (key, forms) in other.headings {
            let own = self.headings.entry(key).or_default();
            forms.into_iter().for_each(|(form, n)| *own.entry(form).or_default() += n);
        }
        self.n_windows += other.n_windows;
        self.n_headed += other.n_headed;
        self.n_sessions += other.n_sessions;
    }

    /// The issues of the sessions together, the weightiest first: their headings where most have
    /// headings, else what their phrases tell. Labels are unique and written as in the sessions; each
    /// issue has terms. Empty where nothing is said often enough.
    pub fn issues(&self) -> Vec<Issue> {
        if self.n_headed * 2 > self.n_sessions && self.headings.len() >= FEWEST_HEADINGS {
            return self.headed();
        }
        self.discovered()
    }

    fn add_headings(&mut self, session: &Session, analysis: &Analysis, words: &Words<'_>) {
        let language = analysis.language.unwrap_or(Language::UNKNOWN);
        let opening = headings::opening(&session.headings, language, words);
        for (at, heading) in opening.iter().enumerate() {
            let Some(label) = headings::label(&heading.title, language, words) else { continue };
            let end = opening.get(at + 1).map_or(session.turns.len() as u32, |next| next.turn);
            let turns = heading.turn..end;
            let below = analysis.sentences.iter().filter(|s| turns.contains(&s.turn));
            let said: u64 = below.map(|s| u64::from(s.words)).sum();
            if said > 0 {
                let key = stems(words, &label).join(" ");
                *self.headings.entry(key).or_default().entry(label).or_default() += said;
            }
        }
        self.n_headed = u64::from(self.headings.len() > 1);
    }

    fn add_phrases(&mut self, found: &Phrases) {
        let often = |key: &str, phrase: &Phrase| phrase.count > if length(key) > 1 { 1 } else { 2 };
        let mut keys: Vec<&String> =
            found.phrases.iter().filter(|(key, phrase)| often(key, phrase)).map(|(key, _)| key).collect();
        let weight = |key: &str| found.phrases.get(key).map_or(0, |p| p.count as usize * length(key));
        keys.sort_by(|a, b| weight(b).cmp(&weight(a)).then(a.cmp(b)));
        keys.truncate(KEPT);
        for (at, key) in keys.iter().enumerate() {
            let Some(phrase) = found.phrases.get(*key) else { continue };
            let forms = phrase.forms.iter().map(|(form, &n)| (form.clone(), u64::from(n))).collect();
            let tally = Tally {
                count: phrase.count.into(),
                nominal: phrase.nominal.into(),
                windows: phrase.windows.len() as u64,
                speakers: phrase.speakers.len() as u64,
                forms,
            };
            self.phrases.insert((*key).clone(), tally);
            for other in keys.iter().take(at.min(PAIRED)) {
                let both =
                    found.phrases.get(*other).map_or(0, |o| phrase.windows.intersection(&o.windows).count());
                if both > 0 && at < PAIRED {
                    self.pairs.insert(ordered(key, other), both as u32);
                }
            }
        }
    }

    fn headed(&self) -> Vec<Issue> {
        let mut issues: Vec<(u64, &String)> = self
            .headings
            .values()
            .filter_map(|forms| Some((forms.values().sum(), most_said(forms)?)))
            .collect();
        issues.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
        issues.truncate(MOST_HEADINGS);
        let issue = |(_, label): (u64, &String)| Issue {
            label: label.clone(),
            terms: vec![label.clone()],
            text: String::new(),
        };
        issues.into_iter().map(issue).collect()
    }

    fn discovered(&self) -> Vec<Issue> {
        let mut ranked: Vec<(&str, f64)> =
            self.phrases.iter().map(|(key, tally)| (key.as_str(), self.termhood(key, tally))).collect();
        ranked.retain(|(_, score)| *score > 0.0);
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
        ranked.truncate(PAIRED);
        let mut groups: Vec<Vec<&str>> = Vec::new();
        let most = self.sensible_number();
        for (key, _) in ranked {
            let alike = |group: &Vec<&str>| group.first().map_or(0.0, |first| self.likeness(first, key));
            let best =
                (0..groups.len()).rev().max_by(|&a, &b| alike(&groups[a]).total_cmp(&alike(&groups[b])));
            match best.filter(|&best| alike(&groups[best]) >= ALIKE) {
                Some(best) => groups[best].push(key),
                None if groups.len() < most => groups.push(vec![key]),
                None => {}
            }
        }
        groups.iter().filter_map(|group| self.issue(group)).collect()
    }

    /// C-value times inverse document frequency over windows, more where more speakers say it.
    fn termhood(&self, key: &str, tally: &Tally) -> f64 {
        let longer = self.phrases.iter().filter(|(other, _)| contains(other, key));
        let (sum, n) = longer.fold((0, 0), |(sum, n), (_, t)| (sum + t.count, n + 1));
        let nested = if n > 0 { sum as f64 / f64::from(n) } else { 0.0 };
        let own = (tally.count as f64 - nested) * (length(key) as f64 + ALONE).log2();
        let idf = (self.n_windows.max(1) as f64 / tally.windows.max(1) as f64).ln();
        // What one speaker alone says is hardly an issue of several.
        let noun = tally.nominal as f64 >= NOUN * tally.count as f64;
        let speakers = tally.speakers as f64 - if self.n_sessions < tally.speakers { 0.0 } else { 0.7 };
        let body = length(key) > 1 && most_said(&tally.forms).is_some_and(|form| is_name(form));
        let own = if body { own * BODY } else { own };
        if noun { own * idf * (1.0 + speakers).ln() } else { 0.0 }
    }

    /// How much two phrases are of one issue, from 0: the cosine of their occurrences in windows beyond
    /// what chance brings together, and the share of words that they have in common.
    fn likeness(&self, a: &str, b: &str) -> f64 {
        let windows = |key: &str| self.phrases.get(key).map_or(0, |t| t.windows) as f64;
        let both = self.pairs.get(&ordered(a, b)).copied().unwrap_or(0);
        let by_chance = windows(a) * windows(b) / self.n_windows.max(1) as f64;
        let cosine = (f64::from(both) - by_chance).max(0.0) / (windows(a) * windows(b)).sqrt().max(1.0);
        let (words_a, words_b): (BTreeSet<&str>, BTreeSet<&str>) =
            (a.split(' ').collect(), b.split(' ').collect());
        let shared = words_a.intersection(&words_b).count() as f64;
        cosine + shared / words_a.len().max(words_b.len()) as f64
    }

    fn issue(&self, group: &[&str]) -> Option<Issue> {
        let form = |key: &&str| self.phrases.get(*key).and_then(|tally| most_said(&tally.forms));
        let label = form(group.first()?)?.clone();
        let terms = group.iter().take(TERMS).filter_map(form).cloned().collect();
        Some(Issue { label, terms, text: String::new() })
    }

    /// From `FEWEST` at a thousand words, one more with each half as much again, to `MOST`.
    fn sensible_number(&self) -> usize {
        let thousands = (self.n_windows as f64 * 0.06).max(1.0);
        (FEWEST + (thousands.ln() / 1.5f64.ln()) as usize).min(MOST)
    }
}

/// The form that is said most; of equals the shortest, then the first in the alphabet from its end,
/// which prefers lower case.
fn most_said(forms: &BTreeMap<String, u64>) -> Option<&String> {
    forms
        .iter()
        .max_by(|a, b| a.1.cmp(b.1).then(b.0.len().cmp(&a.0.len())).then(a.0.cmp(b.0)))
        .map(|(f, _)| f)
}

/// Whether all longer words have a capital, as in the name of a body (House of Commons).
fn is_name(form: &str) -> bool {
    form.split([' ', '-']).all(|word| word.chars().count() < 4 || word.starts_with(char::is_uppercase))
}

fn length(key: &str) -> usize {
    key.split(' ').count()
}

/// Whether `part` stands in the longer phrase `whole`.
fn contains(whole: &str, part: &str) -> bool {
    whole.len() > part.len() && format!(" {whole} ").contains(&format!(" {part} "))
}

fn ordered(a: &str, b: &str) -> (String, String) {
    if a < b { (a.to_owned(), b.to_owned()) } else { (b.to_owned(), a.to_owned()) }
}
