//! What sessions hold that could be issues: their headings, and phrases that are said often.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::exact::pairs;
use crate::model::{Analysis, Issue, Language, People, Session};
use crate::text::stems;

use super::found;
use super::headings;
use super::phrases::{Form, Phrase, PhraseKey, Phrases, phrases};
use super::stems::Stems;

/// Phrases that are kept of a session.
const KEPT: usize = 400;
/// Phrases of a session whose common windows are counted.
pub(super) const PAIRED: usize = 100;
/// Headings are issues when there are at least so many.
const FEWEST_HEADINGS: usize = 2;
/// Of the headings those with the most words below them.
const MOST_HEADINGS: usize = 24;
/// Probability of a position, in thousandths, from which on a speaker counts in full as one who takes one.
const TAKEN: u64 = 600;

/// What is known of the phrases and headings of the sessions so far; grows with their vocabulary,
/// not with their number.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gathered {
    pub(super) phrases: BTreeMap<String, Tally>,
    #[serde(with = "pairs")]
    pub(super) pairs: BTreeMap<(String, String), u32>,
    headings: BTreeMap<String, Headed>,
    /// The motions that are debated, by their stems: how they are written, and in how many sessions.
    #[serde(default)]
    motions: BTreeMap<String, BTreeMap<String, u64>>,
    pub(super) n_windows: u64,
    /// Speakers, session by session.
    pub(super) n_speakers: u64,
    n_headed: u64,
    n_sessions: u64,
}

/// Headings of the same words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Headed {
    /// The words before a colon (Decimal: Stage 1), as a key.
    subject: String,
    /// How they are written, and the words that are said below.
    forms: BTreeMap<String, u64>,
}

impl Headed {
    /// Takes note of the subject of one more heading of these words. Where a colon stands elsewhere in them it is
    /// another, and the first by alphabet holds, in whatever order sessions come.
    fn tell_subject(&mut self, subject: String) {
        if self.forms.is_empty() || subject < self.subject {
            self.subject = subject;
        }
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Tally {
    pub(super) count: u64,
    pub(super) nominal: u64,
    pub(super) placed: u64,
    pub(super) verbal: u64,
    pub(super) windows: u64,
    /// How probably the sentences with the phrase take a position, added up, in thousandths.
    pub(super) weight: u64,
    /// Speakers who take a position in a sentence with the phrase, in thousandths, session by session.
    pub(super) speakers: u64,
    pub(super) forms: BTreeMap<String, Form>,
}

impl Tally {
    fn of(phrase: &Phrase<'_>) -> Self {
        Tally {
            count: phrase.count.into(),
            nominal: phrase.nominal.into(),
            placed: phrase.placed.into(),
            verbal: phrase.verbal.into(),
            windows: phrase.windows.len() as u64,
            weight: phrase.weight,
            speakers: phrase.speakers.values().map(|most| (most * 1000 / TAKEN).min(1000)).sum(),
            forms: phrase.forms.iter().map(|(form, known)| (form.clone().into_owned(), *known)).collect(),
        }
    }
}

impl Gathered {
    /// What a session holds. `positions` tells how probably each sentence takes a position, and is asked
    /// only where no headings name the issues.
    pub fn of(
        session: &Session,
        people: &People,
        analysis: &Analysis,
        session_stems: &Stems,
        positions: impl FnOnce() -> Vec<Option<f64>>,
    ) -> Self {
        let n_speakers = people.speakers.len() as u64;
        let mut gathered = Gathered { n_sessions: 1, n_speakers, ..Gathered::default() };
        gathered.add_headings(session, analysis);
        let positions = if gathered.n_headed > 0 { Vec::new() } else { positions() };
        let found = phrases(session, people, analysis, session_stems, &positions);
        gathered.n_windows = found.n_windows.into();
        gathered.add_phrases(&found, analysis, session_stems);
        gathered
    }

    /// The same with the motion that the session debates. Phrases with none but its words are no issues beside it, nor
    /// are names for a motion (`is_called`): who argues against it would stand for it there.
    pub fn with_motion(
        mut self,
        motion: Option<String>,
        language: Language,
        is_called: impl Fn(&str) -> bool,
    ) -> Self {
        let Some(motion) = motion else { return self };
        let of_motion = stems(&motion, language);
        let is_own = |key: &String, tally: &Tally| {
            key.split(' ').all(|stem| of_motion.iter().any(|own| own == stem))
                || length(key) == 1 && tally.forms.keys().any(|form| is_called(form))
        };
        self.phrases.retain(|key, tally| !is_own(key, tally));
        let Gathered { phrases, pairs, .. } = &mut self;
        pairs.retain(|(a, b), _| phrases.contains_key(a) && phrases.contains_key(b));
        self.motions.insert(of_motion.join(" "), BTreeMap::from([(motion, 1)]));
        self
    }

    /// Adds what other sessions hold; the order of the sessions does not matter.
    pub fn merge(&mut self, other: Gathered) {
        for (key, tally) in other.phrases {
            let own = self.phrases.entry(key).or_default();
            own.count += tally.count;
            own.nominal += tally.nominal;
            own.placed += tally.placed;
            own.verbal += tally.verbal;
            own.windows += tally.windows;
            own.weight += tally.weight;
            own.speakers += tally.speakers;
            for (written, form) in tally.forms {
                match own.forms.get_mut(&written) {
                    Some(known) => known.add(form),
                    None => drop(own.forms.insert(written, form)),
                }
            }
        }
        other.pairs.into_iter().for_each(|(pair, n)| *self.pairs.entry(pair).or_default() += n);
        for (key, headed) in other.headings {
            let own = self.headings.entry(key).or_default();
            own.tell_subject(headed.subject);
            headed.forms.into_iter().for_each(|(form, n)| *own.forms.entry(form).or_default() += n);
        }
        for (key, forms) in other.motions {
            let own = self.motions.entry(key).or_default();
            forms.into_iter().for_each(|(form, n)| *own.entry(form).or_default() += n);
        }
        self.n_windows += other.n_windows;
        self.n_speakers += other.n_speakers;
        self.n_headed += other.n_headed;
        self.n_sessions += other.n_sessions;
    }

    /// The issues of the sessions together, the weightiest first: the motions that they debate, then their headings where most have
    /// headings, else what their phrases tell. Labels are unique and written as in the sessions; each
    /// issue has terms. Empty where nothing is said often enough.
    pub fn issues(&self) -> Vec<Issue> {
        let mut issues = self.motions();
        let others = match self.n_headed * 2 > self.n_sessions && self.headings.len() >= FEWEST_HEADINGS {
            true => self.headed(),
            false => found::issues(self),
        };
        issues
            .extend(others.into_iter().filter(|other| !self.is_motion(&other.label)).collect::<Vec<Issue>>());
        issues
    }

    /// The motions as issues, where most sessions debate one: each is a text that is all about.
    fn motions(&self) -> Vec<Issue> {
        let n_debates: u64 = self.motions.values().flat_map(|forms| forms.values()).sum();
        if n_debates * 2 <= self.n_sessions {
            return Vec::new();
        }
        let issue = |forms: &BTreeMap<String, u64>| {
            let label = most_said(forms)?.clone();
            Some(Issue { terms: Vec::new(), text: label.clone(), label })
        };
        self.motions.values().filter_map(issue).collect()
    }

    fn is_motion(&self, label: &str) -> bool {
        self.motions.values().flat_map(|forms| forms.keys()).any(|motion| motion == label)
    }

    fn add_headings(&mut self, session: &Session, analysis: &Analysis) {
        let language = analysis.language.unwrap_or(Language::UNKNOWN);
        let opening = headings::opening(&session.headings, language);
        for (at, heading) in opening.iter().enumerate() {
            let Some(label) = headings::label(&heading.title, language) else { continue };
            let end = opening.get(at + 1).map_or(session.turns.len() as u32, |next| next.turn);
            let turns = heading.turn..end;
            let below = analysis.sentences.iter().filter(|s| turns.contains(&s.turn));
            let said: u64 = below.map(|s| u64::from(s.words)).sum();
            if said > 0 {
                let key = |text: &str| stems(text, language).join(" ");
                let headed = self.headings.entry(key(&label)).or_default();
                headed.tell_subject(key(headings::subject(&label)));
                *headed.forms.entry(label).or_default() += said;
            }
        }
        self.n_headed = u64::from(self.headings.len() > 1);
    }

    fn add_phrases(&mut self, found: &Phrases<'_>, analysis: &Analysis, stems: &Stems) {
        let often = |key: &PhraseKey, phrase: &Phrase<'_>| phrase.count > if is_alone(key) { 2 } else { 1 };
        let written = |key: &PhraseKey| -> String {
            let parts: Vec<&str> = key.stems().map(|stem| stems.text(analysis, stem)).collect();
            parts.join(" ")
        };
        let kept = found.phrases.iter().filter(|(key, phrase)| often(key, phrase));
        let mut kept: Vec<(usize, String, &Phrase<'_>)> = kept
            .map(|(key, phrase)| (phrase.count as usize * key.stems().count(), written(key), phrase))
            .collect();
        kept.sort_unstable_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        kept.truncate(KEPT);
        for (at, (_, key, phrase)) in kept.iter().enumerate() {
            for (_, other, known) in kept.iter().take(at.min(PAIRED)).filter(|_| at < PAIRED) {
                let both = n_common(&phrase.windows, &known.windows);
                if both > 0 {
                    self.pairs.insert(ordered(key, other), both);
                }
            }
            self.phrases.insert(key.clone(), Tally::of(phrase));
        }
    }

    fn headed(&self) -> Vec<Issue> {
        // “Decimal: Stage 1” continues “Decimal”, where there is such a heading.
        let mut continued: BTreeMap<&str, Vec<&Headed>> = BTreeMap::new();
        for (key, headed) in &self.headings {
            let is_known = self.headings.contains_key(&headed.subject);
            let subject = if is_known { headed.subject.as_str() } else { key.as_str() };
            continued.entry(subject).or_default().push(headed);
        }
        let issue = |(subject, all): (&str, Vec<&Headed>)| {
            let own = self.headings.get(subject).and_then(|headed| most_said(&headed.forms))?;
            let others = all.iter().filter_map(|headed| most_said(&headed.forms)).filter(|form| *form != own);
            let terms = std::iter::once(own).chain(others).take(found::TERMS).cloned().collect();
            let said: u64 = all.iter().flat_map(|headed| headed.forms.values()).sum();
            Some((said, Issue { label: own.clone(), terms, text: String::new() }))
        };
        let mut issues: Vec<(u64, Issue)> = continued.into_iter().filter_map(issue).collect();
        issues.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.label.cmp(&b.1.label)));
        issues.truncate(MOST_HEADINGS);
        issues.into_iter().map(|(_, issue)| issue).collect()
    }
}

/// The form that is said most; of equals the shortest, then the first in the alphabet from its end,
/// which prefers lower case.
fn most_said(forms: &BTreeMap<String, u64>) -> Option<&String> {
    forms
        .iter()
        .max_by(|a, b| a.1.cmp(b.1).then(b.0.len().cmp(&a.0.len())).then(a.0.cmp(b.0)))
        .map(|(form, _)| form)
}

/// Number of words of a phrase.
pub(super) fn length(key: &str) -> usize {
    key.split(' ').count()
}

/// The pair of two phrases, whatever their order.
pub(super) fn ordered(a: &str, b: &str) -> (String, String) {
    if a < b { (a.to_owned(), b.to_owned()) } else { (b.to_owned(), a.to_owned()) }
}

fn is_alone(key: &PhraseKey) -> bool {
    key.stems().count() == 1
}

/// How many numbers two ascending lists have in common.
fn n_common(a: &[u32], b: &[u32]) -> u32 {
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    let mut n_common = 0;
    while let (Some(first), Some(second)) = (a.peek(), b.peek()) {
        let order = first.cmp(second);
        n_common += u32::from(order.is_eq());
        if order.is_le() {
            a.next();
        }
        if order.is_ge() {
            b.next();
        }
    }
    n_common
}
