//! Scope: for each word of a sentence, what the words around it do to a cue there.
//!
//! The ideas are those of NegEx (Chapman et al. 2001: a negation reaches forward a few words and stops
//! at words that end it), of contextual valence shifters (Polanyi & Zaenen 2006), and of the contrast
//! rule of VADER (Hutto & Gilbert 2014: what follows “but” weighs more).

use crate::text::UnitMatch;

use super::lists::Traits;
use super::meanings::Scope;
use super::utterance::SentenceUnits;

/// How many words a negation reaches over inside its clause.
const NEGATION_REACH: usize = 5;
/// How many words it reaches over after a verb such as “think”, whose object it belongs to.
const RAISED_REACH: usize = 12;
/// How many words “prevent”, “an end to” and the like reach over.
const ENDING_REACH: usize = 6;
/// How many commas may stand between a speaker and its verb.
const COMMAS_BETWEEN: usize = 2;
/// Longest insertion between a speaker and its verb, in words.
const INSERTION_WORDS: usize = 12;
/// Longest stretch of words, quotation marks around it, that is a term and no quotation.
const TERM_WORDS: usize = 2;

/// Whether the question mark at `end` belongs to a tag: “We oppose it, right?”.
fn is_tagged(units: &SentenceUnits, found: &[UnitMatch<Scope>], end: usize) -> bool {
    let is_tag = |f: &UnitMatch<Scope>| f.meaning == Scope::Tag && f.last + 1 == end;
    found
        .iter()
        .filter(|f| is_tag(f))
        .any(|f| f.first.checked_sub(1).is_some_and(|at| units.mark(at) == b','))
}

/// Who a verb says it of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    Speaker,
    Other,
    /// None stands before it.
    Absent,
}

/// The kinds of scope words that a unit is part of, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Scopes(u32);

impl Scopes {
    fn add(&mut self, scope: Scope) {
        self.0 |= 1 << scope as u32;
    }

    fn has(self, scope: Scope) -> bool {
        self.0 & 1 << scope as u32 != 0
    }
}

/// The units of a sentence with what surrounds each of them.
#[derive(Debug, Clone)]
pub(super) struct CueContext {
    pub(super) units: SentenceUnits,
    /// The scope words, and the speaker's own names.
    found: Vec<UnitMatch<Scope>>,
    /// By unit: the scope words that it is part of.
    scopes: Vec<Scopes>,
    /// By unit: it may stand between the speaker and what the speaker does.
    between: Vec<bool>,
    /// By unit: it is part of a negation.
    negation: Vec<bool>,
    /// By unit: how much its clause counts.
    rank: Vec<i32>,
    /// By unit: what stands there is not the speaker's, or not stated.
    unstated: Vec<bool>,
    question: bool,
}

impl CueContext {
    pub(super) fn new(units: SentenceUnits) -> Self {
        let n_units = units.len();
        let mut found: Vec<UnitMatch<Scope>> = units.scopes().collect();
        let own_name = |&(first, last): &(usize, usize)| UnitMatch { first, last, meaning: Scope::Own };
        found.extend(units.own_names.iter().map(own_name));
        let mut scopes = vec![Scopes::default(); n_units];
        for f in &found {
            scopes[f.first..=f.last].iter_mut().for_each(|of_unit| of_unit.add(f.meaning));
        }
        let question = (0..n_units).rev().find(|&at| !units.is_quote(at));
        let question =
            question.is_some_and(|last| units.mark(last) == b'?' && !is_tagged(&units, &found, last));
        let negates = |of_unit: &Scopes| of_unit.has(Scope::Negation) && !of_unit.has(Scope::NoNegation);
        let mut negation: Vec<bool> = scopes.iter().map(negates).collect();
        // “Is it not …?” asks for a yes: what it negates is the asking.
        for asking in found.iter().filter(|f| question && f.meaning == Scope::Asking) {
            negation[asking.first..=asking.last].fill(false);
        }
        let may_stand_between = |(at, of_unit): (usize, &Scopes)| {
            let harmless = of_unit.has(Scope::Between) || of_unit.has(Scope::NoNegation);
            harmless || negation[at] || units.has(at, Traits::ADVERB)
        };
        let between = scopes.iter().enumerate().map(may_stand_between).collect();
        let mut context = CueContext {
            scopes,
            between,
            negation,
            rank: vec![0; n_units],
            unstated: vec![false; n_units],
            question,
            found,
            units,
        };
        context.rank_clauses();
        context.mark_unstated();
        context
    }

    /// Whether a unit is part of a scope word of that kind.
    fn is(&self, at: usize, scope: Scope) -> bool {
        self.scopes.get(at).is_some_and(|of_unit| of_unit.has(scope))
    }

    fn places(&self, scope: Scope) -> Vec<(usize, usize)> {
        self.found.iter().filter(|f| f.meaning == scope).map(|f| (f.first, f.last)).collect()
    }

    /// How much what stands at a unit counts: more after each contrast, below 0 in a concession.
    pub(super) fn rank(&self, at: usize) -> i32 {
        self.rank.get(at).copied().unwrap_or(0)
    }

    /// Whether what stands at a unit is another's, a question, a condition or a quotation.
    pub(super) fn is_unstated(&self, at: usize) -> bool {
        self.unstated.get(at).copied().unwrap_or(true)
    }

    /// Whether a unit is a word such as “oh” that says nothing by itself.
    pub(super) fn is_interjection(&self, at: usize) -> bool {
        self.is(at, Scope::Interjection)
    }

    /// Whether a unit joins what stands on both sides of it.
    pub(super) fn joins(&self, at: usize) -> bool {
        self.is(at, Scope::Joining)
    }

    /// Whether a unit is the speaker: we, my delegation.
    pub(super) fn is_speaker(&self, at: usize) -> bool {
        self.is(at, Scope::Own)
    }

    /// Whether a unit is somebody as a subject: I, they, those who.
    pub(super) fn is_person(&self, at: usize) -> bool {
        self.is(at, Scope::Own) || self.is(at, Scope::Other)
    }

    /// Whether a unit may stand between the speaker and what the speaker does.
    pub(super) fn is_between(&self, at: usize) -> bool {
        self.between.get(at).copied().unwrap_or(false)
    }

    /// Whether a unit turns what follows into something else: a negation, what is to be ended.
    pub(super) fn changes(&self, at: usize) -> bool {
        self.negation.get(at).copied().unwrap_or(false) || self.is(at, Scope::Ending)
    }

    /// Who the verb at a unit is said of.
    pub(super) fn subject(&self, at: usize) -> Subject {
        let (mut commas, mut joined) = (0, false);
        for before in (0..at).rev() {
            if self.is(before, Scope::Own) {
                return Subject::Speaker;
            } else if self.between[before] {
                continue;
            } else if self.units.mark(before) == b',' && commas < COMMAS_BETWEEN {
                commas += 1;
            } else if self.is(before, Scope::Joining) {
                joined = true;
                break;
            } else if commas == 1 && self.is_inserted(before) {
                return Subject::Speaker;
            } else {
                return Subject::Other;
            }
        }
        if !joined {
            return Subject::Absent;
        }
        // “We regret it and oppose …”: the subject is that of the verb before.
        let before =
            (0..at).rev().find(|&before| self.is(before, Scope::Own) || self.is(before, Scope::Other));
        if before.is_some_and(|before| self.is(before, Scope::Own)) {
            Subject::Speaker
        } else {
            Subject::Other
        }
    }

    /// Whether a unit stands in an insertion behind the speaker: “Kestria, as a member of the group, aligns …”.
    fn is_inserted(&self, at: usize) -> bool {
        let opening = (0..at).rev().take(INSERTION_WORDS).find(|&before| self.units.is_mark(before));
        opening.is_some_and(|comma| {
            let is_opening =
                |f: &UnitMatch<Scope>| f.meaning == Scope::InsertionOpening && f.first == comma + 1;
            self.units.mark(comma) == b','
                && self.found.iter().any(is_opening)
                && comma.checked_sub(1).is_some_and(|before| self.is(before, Scope::Own))
        })
    }

    /// Where the negation that reaches a cue begins; none where there is none, or two.
    pub(super) fn negated(&self, first: usize) -> Option<usize> {
        let mut heads = Vec::new();
        let mut words = 0;
        let mut reach = NEGATION_REACH;
        for before in (0..first).rev() {
            if self.negation[before] {
                if words <= reach && (before == 0 || !self.negation[before - 1]) {
                    heads.push(before);
                }
                continue;
            }
            let raises = self.found.iter().any(|f| f.meaning == Scope::Raising && f.last == before);
            if raises {
                reach = RAISED_REACH;
            } else if self.units.mark(before) == b',' && before > 0 && self.negation[before - 1] {
                continue;
            } else if self.units.divides(before) || self.ends_negation(before) {
                break;
            }
            words += usize::from(!self.units.is_mark(before));
            if words > RAISED_REACH {
                break;
            }
        }
        let head = (heads.len() % 2 == 1).then(|| heads.last().copied()).flatten()?;
        // “do not”, “are no longer”: the auxiliary belongs to it.
        let auxiliary = head.checked_sub(1).filter(|&at| self.between[at] && !self.is(at, Scope::Own));
        Some(auxiliary.unwrap_or(head))
    }

    /// Words that a negation does not reach beyond.
    fn ends_negation(&self, at: usize) -> bool {
        let raised = (0..at)
            .rev()
            .take(2)
            .any(|before| self.found.iter().any(|f| f.meaning == Scope::Raising && f.last == before));
        (self.is(at, Scope::Barring) || self.is(at, Scope::Own)) && !raised
    }

    /// Whether a word says that the thing at `first` is to be ended.
    pub(super) fn is_ended(&self, first: usize) -> bool {
        let reaches = |&(_, last): &(usize, usize)| {
            last < first
                && first - last <= ENDING_REACH
                && !(last + 1..first).any(|at| self.units.divides(at))
        };
        self.places(Scope::Ending).iter().any(reaches)
    }

    /// Whether what stands at a unit is only thought of: “we might support”, “we would have supported”.
    pub(super) fn is_hypothetical(&self, at: usize) -> bool {
        self.places(Scope::Unreal).iter().any(|&(_, last)| last < at && at - last <= 3)
    }

    fn rank_clauses(&mut self) {
        let spared = self.places(Scope::NoContrast);
        let is_spared = |at: usize| spared.iter().any(|&(first, last)| (first..=last).contains(&at));
        let mut contrasts = self.places(Scope::Contrast);
        contrasts.retain(|&(first, _)| !is_spared(first));
        for &(_, last) in &contrasts {
            self.rank[last..].iter_mut().for_each(|rank| *rank += 1);
        }
        for (first, last) in self.places(Scope::Conceded) {
            if contrasts.iter().any(|&(contrast, _)| contrast > last) {
                self.rank[first..=last].fill(-1);
            }
        }
        let mut concessions = self.places(Scope::Concession);
        concessions.retain(|&(first, _)| !is_spared(first));
        for (first, last) in concessions {
            let end = self.clause_end(last + 1);
            self.rank[first..end].fill(-1);
        }
    }

    /// The end of the clause that holds unit `at`: the next mark, or the end of the sentence.
    fn clause_end(&self, at: usize) -> usize {
        (at..self.units.len()).find(|&at| self.units.divides(at)).unwrap_or(self.units.len())
    }

    /// Marks what the speaker does not state.
    fn mark_unstated(&mut self) {
        if self.question {
            let asked = self.places(Scope::Asking).first().map(|&(_, last)| last + 1);
            self.unstated[..asked.unwrap_or(self.units.len())].fill(true);
        }
        for (first, last) in self.places(Scope::Report) {
            self.mark_report(first, last);
        }
        for (first, last) in self.places(Scope::Condition) {
            let end = self.condition_end(last + 1);
            self.unstated[first..end].fill(true);
        }
        self.mark_quotations();
    }

    fn condition_end(&self, at: usize) -> usize {
        let comma = self.clause_end(at);
        let then =
            self.places(Scope::Consequence).into_iter().map(|(first, _)| first).find(|&first| first >= at);
        then.map_or(comma, |then| then.min(comma))
    }

    /// What somebody else says, from the verb to the next contrast; what stands before it where the
    /// verb ends its clause (“…, he said”).
    fn mark_report(&mut self, first: usize, last: usize) {
        let asked = |f: &UnitMatch<Scope>| f.meaning == Scope::Asking && f.first <= first && last <= f.last;
        let asks = self.question && self.found.iter().any(asked);
        let endorses = self.places(Scope::Endorsing).iter().any(|&(from, _)| from > last);
        if asks || endorses || self.subject(first) == Subject::Speaker || self.is_joined(first) {
            return;
        }
        let closes = last + 1 >= self.units.len() || self.units.divides(last + 1);
        if closes {
            // “…, he said.” and “They said, …”: the whole sentence is theirs.
            self.unstated.fill(true);
            return;
        }
        let rank = self.rank[last];
        let end = (last + 1..self.units.len())
            .find(|&at| {
                self.rank[at] > rank
                    || self.units.mark(at) == b';'
                    || (self.is(at, Scope::Own)
                        && (self.is(at - 1, Scope::Joining)
                            || matches!(self.units.mark(at - 1), b',' | b'-')))
            })
            .unwrap_or(self.units.len());
        self.unstated[last + 1..end].fill(true);
    }

    /// Whether the speaker takes up what is said: “as she said, …”, “what she said, …”.
    fn is_joined(&self, verb: usize) -> bool {
        let taken_up = self.places(Scope::TakingUp);
        let clause = (0..verb).rev().take(6).take_while(|&at| !self.units.is_mark(at));
        clause.into_iter().any(|at| taken_up.iter().any(|&(_, last)| last == at))
    }

    fn mark_quotations(&mut self) {
        let quotes: Vec<usize> = (0..self.units.len()).filter(|&at| self.units.is_quote(at)).collect();
        for pair in quotes.chunks(2) {
            let [open, close] = *pair else { continue };
            let whole = open == 0 && close + 2 >= self.units.len();
            if close - open - 1 > TERM_WORDS && !whole {
                self.unstated[open..close].fill(true);
            }
        }
    }
}
