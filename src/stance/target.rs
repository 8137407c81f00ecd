//! What a stance is about: whether a cue is said of a thing that the sentence names.
//!
//! There is no parser. A cue is said of a thing where nothing stands between the two that could carry the
//! cue elsewhere: an attitude of what follows it (“we oppose any levy”, “concerned about the levy”), a
//! judgement of what stands before its verb (“the levy is unacceptable”), and both of what the clause is put
//! under (“on the levy, we have doubts”). Where that cannot be told, it is not said of it.

use crate::model::{Ground, Span, Stance, Stated};

use super::context::CueContext;
use super::lists::Traits;
use super::meanings::{Link, Meaning};
use super::sentence::{Reading, SentenceCues, decide};
use super::utterance::{SentenceUnits, Utterance};

/// Most words with content between a cue and its object.
const WORDS_BETWEEN: usize = 3;
/// Most words of what may stand between a thing and its verb: “the levy *of two dollars* is …”.
const WORDS_OF_COMPLEMENT: usize = 8;

/// The stance that a sentence states of a thing; see [`SentenceCues::of_issue`].
pub fn of_issue(utterance: &Utterance, named: &[Span]) -> Option<Stated> {
    SentenceCues::of(utterance)?.of_issue(named)
}

impl SentenceCues {
    /// The stance that the sentence states of a thing; `named` are the places of its names in the sentence's
    /// turn. None where no cue is said of one of them, and where the sentence says the opposite of something
    /// that it does not name (“we support the levy, but it is too high”). Answers are about nothing.
    ///
    /// Deterministic, and a function of the words and places alone. `docs/stance.md` has the rules.
    pub fn of_issue(&self, named: &[Span]) -> Option<Stated> {
        let readings = self.readings.iter().filter(|reading| reading.ground != Ground::Answer);
        let readings: Vec<&Reading> = readings.collect();
        let things = things(&self.context.units, named);
        if things.is_empty() || readings.is_empty() {
            return None;
        }
        let sentence = Sentence::new(self);
        let mut about: Vec<Reading> = Vec::new();
        let mut open: Vec<Reading> = Vec::new();
        for reading in readings {
            if things.iter().any(|&thing| sentence.is_said_of(reading, thing)) {
                about.push(*reading);
                open.push(*reading);
            } else if sentence.is_open(reading) {
                open.push(*reading);
            }
        }
        let stated = decide(&about)?;
        let is_for = |reading: &Reading| reading.stance == Stance::Support;
        let kept = decide(&open).is_none_or(|all| is_for(&all) == is_for(&stated));
        kept.then_some(Stated { stance: stated.stance, ground: stated.ground, cue: stated.cue })
    }
}

/// The first and the last word of each name, of those that hold a word.
fn things(units: &SentenceUnits, named: &[Span]) -> Vec<(usize, usize)> {
    let words = |name: &Span| {
        let inside = |&at: &usize| {
            let span = units.span(at);
            !units.is_mark(at) && span.start() >= name.start() && span.end() <= name.end()
        };
        let first = (0..units.len()).find(inside)?;
        Some((first, (0..units.len()).rev().find(inside)?))
    };
    named.iter().filter_map(words).collect()
}

/// What the words of a unit do between a cue and a thing, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Links(u32);

impl Links {
    /// What a noun or an adjective may do.
    const NOMINAL: Links = Links(
        1 << Link::Carrying as u32
            | 1 << Link::Turning as u32
            | 1 << Link::FreeRelative as u32
            | 1 << Link::NegotiatedText as u32,
    );

    fn add(&mut self, link: Link) {
        self.0 |= 1 << link as u32;
    }

    fn has(self, link: Link) -> bool {
        self.0 & 1 << link as u32 != 0
    }
}

/// A sentence and what each of its units does.
pub(super) struct Sentence<'a> {
    pub(super) units: &'a SentenceUnits,
    pub(super) context: &'a CueContext,
    /// By unit.
    links: Vec<Links>,
    /// Where topics begin and what leads to them ends.
    topics: Vec<(usize, usize)>,
    /// By unit: it is part of a cue.
    cue: Vec<bool>,
    /// By unit: it is part of an attitude that is stated here.
    stated: Vec<bool>,
}

impl<'a> Sentence<'a> {
    pub(super) fn new(cues: &'a SentenceCues) -> Self {
        let units = &cues.context.units;
        let mut links = vec![Links::default(); units.len()];
        let mut cue = vec![false; units.len()];
        let mut topics = Vec::new();
        for found in &units.matches {
            match found.meaning {
                Meaning::Cue(_) => cue[found.first..=found.last].fill(true),
                Meaning::Link(link) => {
                    if link == Link::Topic {
                        topics.push((found.first, found.last));
                    }
                    links[found.first..=found.last].iter_mut().for_each(|of_unit| of_unit.add(link));
                }
                _ => {}
            }
        }
        let mut stated = vec![false; units.len()];
        for reading in cues.readings.iter().filter(|reading| reading.ground == Ground::Attitude) {
            stated[reading.at.0..=reading.at.1].fill(true);
        }
        Sentence { units, context: &cues.context, links, topics, cue, stated }
    }

    pub(super) fn is(&self, at: usize, link: Link) -> bool {
        self.links.get(at).is_some_and(|links| links.has(link))
    }

    fn is_mark(&self, at: usize) -> bool {
        self.units.is_end(at)
    }

    fn is_quote(&self, at: usize) -> bool {
        self.units.is_quote(at)
    }

    fn is_adverb(&self, at: usize) -> bool {
        self.units.has(at, Traits::ADVERB)
    }

    /// Whether what a cue is said of cannot lie beyond a unit.
    fn bars(&self, at: usize) -> bool {
        self.is_mark(at) && !self.is_quote(at)
            || self.is(at, Link::Clause)
            || self.stated.get(at).copied().unwrap_or(true)
            || self.context.is_person(at) && !self.is(at, Link::Determiner)
            || self.context.changes(at)
    }

    /// Whether a unit does nothing but what a noun or an adjective does.
    fn names_something(&self, at: usize) -> bool {
        self.links.get(at).is_none_or(|links| links.0 & !Links::NOMINAL.0 == 0)
    }

    /// Whether a unit is a word with content.
    fn has_content(&self, at: usize) -> bool {
        !self.is_mark(at) && self.names_something(at) && !self.is_adverb(at) && !self.context.joins(at)
    }

    fn is_said_of(&self, reading: &Reading, thing: (usize, usize)) -> bool {
        let (first, last) = reading.at;
        let rank = |at: usize| self.context.rank(at);
        if rank(first) != rank(thing.0) {
            return false;
        }
        let own = reading.ground == Ground::Attitude;
        if thing.0 > last {
            if own {
                return self.is_object(last + 1, thing, reading)
                    || self.is_cleft(first, last, thing, reading);
            }
            let about = self.is(last + 1, Link::About) && self.is_object(last + 1, thing, reading);
            return about || self.is_attribute(first, last, thing);
        }
        if thing.1 >= first {
            return false;
        }
        self.is_topic(thing, reading)
            || own && self.is_relative(thing, reading)
            || !reading.is_own && self.is_subject(thing, first)
    }

    /// “we oppose any levy”, “concerned about the levy”, “in favour of introducing the levy”.
    fn is_object(&self, from: usize, thing: (usize, usize), reading: &Reading) -> bool {
        let concern = reading.stance == Stance::Concern;
        let (mut words, mut determined, mut last_word) = (0, false, None);
        let mut at = from;
        // “concerned that the levy …”: worry about what it does is worry about it; “not sure that” is less.
        let plain = self.units.span(reading.at.0).start() <= reading.cue.start();
        if !plain && self.is(reading.at.1, Link::Clause) {
            return false;
        }
        if concern && plain && self.is(at, Link::Complementizer) {
            at += 1;
        }
        while at < thing.0 {
            let opens = last_word.is_none() && !determined;
            let turned = !concern && (self.cue[at] || self.is(at, Link::Turning)) || self.is(at, Link::Verb);
            if self.is(at, Link::Infinitive) && !self.leads_to_thing(at, reading.stance)
                || turned
                || self.bars(at)
            {
                return false;
            }
            if self.context.joins(at) {
                (words, determined, last_word) = (0, false, None);
            } else if self.is(at, Link::Preposition) && !self.is(at, Link::Carrying) {
                let carried = last_word.is_some_and(|word| self.is(word, Link::Carrying));
                let genitive = concern && self.is(at, Link::Genitive);
                if !(carried || genitive || opens && self.is(at, Link::Leading)) {
                    return false;
                }
                (determined, last_word) = (false, None);
            } else if self.is(at, Link::Determiner) {
                determined = true;
            } else if self.has_content(at) {
                let doing = self.units.has(at, Traits::GERUND) && !self.is(at, Link::Carrying);
                words += 1;
                if doing && opens || words > WORDS_BETWEEN {
                    return false;
                }
                last_word = Some(at);
            }
            at += 1;
        }
        concern && reading.is_own || self.is_whole(thing)
    }

    /// Whether “to” leads to a thing, not to something done: “opposed to a levy”, “agree to the levy”.
    fn leads_to_thing(&self, at: usize, stance: Stance) -> bool {
        let next = at + 1;
        stance != Stance::Support || self.is(next, Link::Determiner) || self.is(next, Link::Carrying)
    }

    /// “what we cannot accept is the levy”.
    fn is_cleft(&self, first: usize, last: usize, thing: (usize, usize), reading: &Reading) -> bool {
        let opens = (0..first).rev().find(|&at| self.is_mark(at)).map_or(0, |mark| mark + 1);
        let what = (opens..first).any(|at| self.is(at, Link::FreeRelative));
        what && self.is(last + 1, Link::Verb) && self.is_object(last + 2, thing, reading)
    }

    /// “an unacceptable levy”.
    pub(super) fn is_attribute(&self, first: usize, last: usize, thing: (usize, usize)) -> bool {
        let before = (0..first).rev().find(|&at| !self.is_adverb(at));
        before.is_some_and(|at| self.is(at, Link::Determiner)) && thing.0 == last + 1 && self.is_whole(thing)
    }

    /// Whether the name is not the first part of a longer one: “levy” in “levy exemption”.
    fn is_whole(&self, thing: (usize, usize)) -> bool {
        let next = thing.1 + 1;
        self.units.is_end(next)
            || !self.names_something(next)
            || self.is_adverb(next)
            || self.units.has(next, Traits::PARTICIPLE)
            || self.context.joins(next)
            || self.context.is_person(next)
            || self.context.changes(next)
    }

    /// Whether nothing that a cue before `from` could be said of stands there: “we have doubts.”, “we
    /// support it”.
    fn is_bare(&self, from: usize) -> bool {
        let mut at = from;
        while self.is_adverb(at) {
            at += 1;
        }
        let pronoun = self.is(at, Link::Pronoun) && !self.has_content(at + 1);
        self.is_mark(at)
            || pronoun
            || self.is(at, Link::Clause)
            || self.is(at, Link::Follows)
            || self.context.joins(at)
    }

    /// Whether what a reading is said of cannot be told: it may be the thing.
    fn is_open(&self, reading: &Reading) -> bool {
        let (first, last) = reading.at;
        let clause = (0..first).rev().take_while(|&at| !self.bars(at) && !self.context.joins(at));
        let has_subject = clause.into_iter().any(|at| self.has_content(at));
        self.is_bare(last + 1) && (reading.is_own || !has_subject)
    }

    /// “as for the levy, we have doubts”: the thing is the first after what opens the clause, and the cue
    /// has no object.
    fn is_topic(&self, thing: (usize, usize), reading: &Reading) -> bool {
        let (first, last) = reading.at;
        let opens = |at: usize| {
            at == 0 || self.is_mark(at - 1) || self.context.joins(at - 1) || self.is_adverb(at - 1)
        };
        let leads = |&(start, end): &(usize, usize)| {
            opens(start)
                && end < thing.0
                && (end + 1..thing.0).all(|at| self.is(at, Link::Determiner) || self.has_content(at))
                && thing.0 - end <= WORDS_BETWEEN
                && !(thing.1 + 1..first).any(|at| self.stated[at])
        };
        self.is_whole(thing) && self.is_bare(last + 1) && self.topics.iter().any(leads)
    }

    /// “the levy, which we oppose”.
    fn is_relative(&self, thing: (usize, usize), reading: &Reading) -> bool {
        let (first, last) = reading.at;
        let mut at = thing.1 + 1;
        if self.units.mark(at) == b',' {
            at += 1;
        }
        let rest = |at: usize| self.context.is_person(at) || self.context.is_between(at);
        self.is(at, Link::Relative)
            && at < first
            && (at + 1..first).all(rest)
            && (self.is_mark(last + 1) || self.is(last + 1, Link::Verb))
    }

    /// “the levy is unacceptable”, “the levy of two dollars threatens small ports”.
    pub(super) fn is_subject(&self, thing: (usize, usize), first: usize) -> bool {
        if self.is_mark(thing.1 + 1) {
            return false;
        }
        let mut at = thing.1 + 1;
        // What belongs to the thing: “of two dollars”, “in Article 9”.
        if self.is(at, Link::Preposition) {
            // “a levy below two dollars is …” says nothing of the levy.
            if self.is(at, Link::Turning) {
                return false;
            }
            let verb = (at..first).find(|&at| self.is(at, Link::Verb) || self.bars(at));
            let Some(verb) = verb else { return false };
            if verb - at > WORDS_OF_COMPLEMENT || !self.is(verb, Link::Verb) {
                return false;
            }
            at = verb;
        }
        let says = (at..first).all(|at| {
            self.is(at, Link::Verb)
                || self.is_adverb(at)
                || self.is(at, Link::Determiner)
                || self.context.is_between(at)
                || !self.is_mark(at) && self.context.changes(at)
        });
        let has_verb = self.is(at, Link::Verb)
            || (at..=first)
                .any(|at| self.is(at, Link::Verbal) && at == first || at < first && self.is(at, Link::Verb));
        says && has_verb && self.heads_clause(thing.0)
    }

    /// Whether a thing's name is not part of something else's: “the fear of the levy is …”.
    fn heads_clause(&self, first: usize) -> bool {
        let mut words = 0;
        let mut at = first;
        while let Some(before) = at.checked_sub(1) {
            if self.is_mark(before) && !self.is_quote(before)
                || self.is(before, Link::Clause)
                || self.context.joins(before)
            {
                return true;
            }
            if self.is(before, Link::Preposition) {
                let carried = before.checked_sub(1).is_some_and(|word| self.is(word, Link::Carrying));
                if !carried {
                    return false;
                }
            } else if self.is(before, Link::Verb) || self.bars(before) {
                return false;
            } else if self.has_content(before) {
                words += 1;
                if words > WORDS_BETWEEN {
                    return false;
                }
            }
            at = before;
        }
        true
    }
}
