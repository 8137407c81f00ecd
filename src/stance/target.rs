//! What a stance is about: whether a cue is said of a thing that the sentence names.
//!
//! There is no parser. A cue is said of a thing where nothing stands between the two that could carry the
//! cue elsewhere: an attitude of what follows it (“we oppose any levy”, “concerned about the levy”), a
//! judgement of what stands before its verb (“the levy is unacceptable”), and both of what the clause is put
//! under (“on the levy, we have doubts”). Where that cannot be told, it is not said of it.

use crate::model::{Ground, Language, Span, Stance, Stated};

use super::lexicon::{Lexicon, Link, lexicon};
use super::scope::Surroundings;
use super::sentence::{Reading, decide};
use super::tokens::{Token, tokens};
use super::utterance::Utterance;

/// Most words with content between a cue and its object.
const WORDS_BETWEEN: usize = 3;
/// Most words of what may stand between a thing and its verb: “the levy *of two dollars* is …”.
const WORDS_OF_COMPLEMENT: usize = 8;

/// The stance that a sentence states of a thing; `named` are the places of its names in the sentence's
/// turn. None where no cue is said of one of them, and where the sentence says the opposite of something
/// that it does not name (“we support the levy, but it is too high”). Answers are about nothing.
///
/// Deterministic, and a function of the words and places alone. `docs/stance.md` has the rules.
pub fn of_issue(utterance: &Utterance, named: &[Span], language: Language) -> Option<Stated> {
    let lexicon = lexicon(language)?;
    let tokens = tokens(utterance, lexicon);
    let inside = |name: &Span| {
        let covered =
            |t: &Token| !t.is_mark() && t.span.start() >= name.start() && t.span.end() <= name.end();
        let first = tokens.iter().position(covered)?;
        Some((first, tokens.iter().rposition(covered)?))
    };
    let things: Vec<(usize, usize)> = named.iter().filter_map(inside).collect();
    if things.is_empty() {
        return None;
    }
    let surroundings = Surroundings::new(&tokens, utterance, lexicon);
    let readings = lexicon.read_all(&tokens, &surroundings, utterance);
    let sentence = Sentence::new(&tokens, &surroundings, lexicon, &readings);
    let mut about: Vec<Reading> = Vec::new();
    let mut open: Vec<Reading> = Vec::new();
    for reading in readings.iter().filter(|reading| reading.ground != Ground::Answer) {
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

/// A sentence and what each of its tokens does.
struct Sentence<'a> {
    tokens: &'a [Token],
    surroundings: &'a Surroundings<'a>,
    /// By token.
    links: Vec<Vec<Link>>,
    /// Where topics begin and what leads to them ends.
    topics: Vec<(usize, usize)>,
    adverb: Vec<bool>,
    gerund: Vec<bool>,
    participle: Vec<bool>,
    /// By token: it is part of a cue.
    cue: Vec<bool>,
    /// By token: it is part of an attitude that is stated here.
    stated: Vec<bool>,
}

impl<'a> Sentence<'a> {
    fn new(
        tokens: &'a [Token],
        surroundings: &'a Surroundings<'a>,
        lexicon: &Lexicon,
        readings: &[Reading],
    ) -> Self {
        let mut links = vec![Vec::new(); tokens.len()];
        let mut topics = Vec::new();
        for found in lexicon.links(tokens) {
            if found.meaning == Link::Topic {
                topics.push((found.first, found.last));
            }
            for of_token in &mut links[found.first..=found.last] {
                of_token.push(found.meaning);
            }
        }
        let gerund = tokens.iter().map(|token| lexicon.is_gerund(&token.text)).collect();
        let participle = tokens.iter().map(|token| lexicon.is_participle(&token.text)).collect();
        let adverb = tokens.iter().map(|token| !token.is_mark() && lexicon.is_adverb(&token.text)).collect();
        let covered = |places: &mut dyn Iterator<Item = (usize, usize)>| {
            let mut covered = vec![false; tokens.len()];
            places.for_each(|(first, last)| covered[first..=last].fill(true));
            covered
        };
        let cue = covered(&mut lexicon.cues(tokens).iter().map(|found| (found.first, found.last)));
        let attitudes = readings.iter().filter(|reading| reading.ground == Ground::Attitude);
        let stated = covered(&mut attitudes.map(|reading| reading.at));
        Sentence { tokens, surroundings, links, topics, adverb, gerund, participle, cue, stated }
    }

    fn is(&self, at: usize, link: Link) -> bool {
        self.links.get(at).is_some_and(|links| links.contains(&link))
    }

    fn is_mark(&self, at: usize) -> bool {
        self.tokens.get(at).is_none_or(Token::is_mark)
    }

    fn is_quote(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.text == "\"")
    }

    /// Whether what a cue is said of cannot lie beyond a token.
    fn bars(&self, at: usize) -> bool {
        self.is_mark(at) && !self.is_quote(at)
            || self.is(at, Link::Clause)
            || self.stated.get(at).copied().unwrap_or(true)
            || self.surroundings.is_person(at) && !self.is(at, Link::Determiner)
            || self.surroundings.changes(at)
    }

    /// Whether a token does nothing but what a noun or an adjective does.
    fn names_something(&self, at: usize) -> bool {
        let nominal = |link: &Link| matches!(link, Link::Carrying | Link::Turning | Link::FreeRelative);
        self.links.get(at).is_none_or(|links| links.iter().all(nominal))
    }

    /// Whether a token is a word with content.
    fn has_content(&self, at: usize) -> bool {
        !self.is_mark(at)
            && self.names_something(at)
            && !self.adverb.get(at).copied().unwrap_or(false)
            && !self.surroundings.joins(at)
    }

    fn is_said_of(&self, reading: &Reading, thing: (usize, usize)) -> bool {
        let (first, last) = reading.at;
        let rank = |at: usize| self.surroundings.rank(at);
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
        let plain = self.tokens.get(reading.at.0).is_some_and(|t| t.span.start() <= reading.cue.start());
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
            if self.surroundings.joins(at) {
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
                let doing = self.gerund[at] && !self.is(at, Link::Carrying);
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
    fn is_attribute(&self, first: usize, last: usize, thing: (usize, usize)) -> bool {
        let before = (0..first).rev().find(|&at| !self.adverb[at]);
        before.is_some_and(|at| self.is(at, Link::Determiner)) && thing.0 == last + 1 && self.is_whole(thing)
    }

    /// Whether the name is not the first part of a longer one: “levy” in “levy exemption”.
    fn is_whole(&self, thing: (usize, usize)) -> bool {
        let next = thing.1 + 1;
        let Some(token) = self.tokens.get(next) else { return true };
        token.is_mark()
            || !self.names_something(next)
            || self.adverb[next]
            || self.participle[next]
            || self.surroundings.joins(next)
            || self.surroundings.is_person(next)
            || self.surroundings.changes(next)
    }

    /// Whether nothing that a cue before `from` could be said of stands there: “we have doubts.”, “we
    /// support it”.
    fn is_bare(&self, from: usize) -> bool {
        let mut at = from;
        while self.adverb.get(at).copied().unwrap_or(false) {
            at += 1;
        }
        let pronoun = self.is(at, Link::Pronoun) && !self.has_content(at + 1);
        self.is_mark(at)
            || pronoun
            || self.is(at, Link::Clause)
            || self.is(at, Link::Follows)
            || self.surroundings.joins(at)
    }

    /// Whether what a reading is said of cannot be told: it may be the thing.
    fn is_open(&self, reading: &Reading) -> bool {
        let (first, last) = reading.at;
        let clause = (0..first).rev().take_while(|&at| !self.bars(at) && !self.surroundings.joins(at));
        let has_subject = clause.into_iter().any(|at| self.has_content(at));
        self.is_bare(last + 1) && (reading.is_own || !has_subject)
    }

    /// “as for the levy, we have doubts”: the thing is the first after what opens the clause, and the cue
    /// has no object.
    fn is_topic(&self, thing: (usize, usize), reading: &Reading) -> bool {
        let (first, last) = reading.at;
        let opens = |at: usize| {
            at == 0 || self.is_mark(at - 1) || self.surroundings.joins(at - 1) || self.adverb[at - 1]
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
        if self.tokens.get(at).is_some_and(|token| token.text == ",") {
            at += 1;
        }
        let rest = |at: usize| self.surroundings.is_person(at) || self.surroundings.is_between(at);
        self.is(at, Link::Relative)
            && at < first
            && (at + 1..first).all(rest)
            && (self.is_mark(last + 1) || self.is(last + 1, Link::Verb))
    }

    /// “the levy is unacceptable”, “the levy of two dollars threatens small ports”.
    fn is_subject(&self, thing: (usize, usize), first: usize) -> bool {
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
                || self.adverb[at]
                || self.is(at, Link::Determiner)
                || self.surroundings.is_between(at)
                || !self.is_mark(at) && self.surroundings.changes(at)
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
                || self.surroundings.joins(before)
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
