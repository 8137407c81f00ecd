//! Scope: for each word of a sentence, what the words around it do to a cue there.
//!
//! The ideas are those of NegEx (Chapman et al. 2001: a negation reaches forward a few words and stops
//! at words that end it), of contextual valence shifters (Polanyi & Zaenen 2006), and of the contrast
//! rule of VADER (Hutto & Gilbert 2014: what follows “but” weighs more).

use super::lexicon::{Lexicon, Scope};
use super::phrases::Found;
use super::tokens::Token;
use super::utterance::Utterance;

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

/// Who a verb says it of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    Speaker,
    Other,
    /// None stands before it.
    Absent,
}

/// What surrounds each token of a sentence.
pub(super) struct Surroundings<'a> {
    tokens: &'a [Token],
    /// By token: the scope words that begin there and where they end.
    found: Vec<Found<Scope>>,
    own: Vec<bool>,
    other: Vec<bool>,
    between: Vec<bool>,
    /// By token: it is part of a negation.
    negation: Vec<bool>,
    /// By token: the last token of a concession or a contrast that stands there.
    rank: Vec<i32>,
    /// By token: what stands there is not the speaker's, or not stated.
    silent: Vec<bool>,
    interjection: Vec<bool>,
    joining: Vec<bool>,
    barring: Vec<bool>,
    question: bool,
}

impl<'a> Surroundings<'a> {
    pub(super) fn new(tokens: &'a [Token], utterance: &Utterance, lexicon: &Lexicon) -> Self {
        let mut found = lexicon.scopes(tokens);
        found.extend(own_names(tokens, utterance));
        let covered = |scope: Scope| {
            let mut at = vec![false; tokens.len()];
            for f in found.iter().filter(|f| f.meaning == scope) {
                at[f.first..=f.last].fill(true);
            }
            at
        };
        let without = |scope: Scope, but: Scope| {
            let no = covered(but);
            covered(scope).into_iter().zip(no).map(|(yes, no)| yes && !no).collect::<Vec<bool>>()
        };
        let adverb = |at: usize| !tokens[at].is_mark() && lexicon.is_adverb(&tokens[at].text);
        let between = covered(Scope::Between);
        let question = tokens.iter().rev().find(|t| t.text != "\"").is_some_and(|t| t.text == "?");
        let mut negation = without(Scope::Negation, Scope::NoNegation);
        // “Is it not …?” asks for a yes: what it negates is the asking.
        for asking in found.iter().filter(|f| question && f.meaning == Scope::Asking) {
            negation[asking.first..=asking.last].fill(false);
        }
        let interjection = covered(Scope::Interjection);
        let own = covered(Scope::Own);
        let other = covered(Scope::Other);
        let harmless = covered(Scope::NoNegation);
        let between =
            (0..tokens.len()).map(|at| between[at] || negation[at] || harmless[at] || adverb(at)).collect();
        let (joining, barring) = (covered(Scope::Joining), covered(Scope::Barring));
        let rank = vec![0; tokens.len()];
        let silent = vec![false; tokens.len()];
        let mut surroundings = Surroundings {
            tokens,
            found,
            own,
            other,
            between,
            negation,
            rank,
            silent,
            interjection,
            joining,
            barring,
            question,
        };
        surroundings.rank_clauses();
        surroundings.silence();
        surroundings
    }

    fn places(&self, scope: Scope) -> Vec<(usize, usize)> {
        self.found.iter().filter(|f| f.meaning == scope).map(|f| (f.first, f.last)).collect()
    }

    /// How much what stands at a token counts: more after each contrast, below 0 in a concession.
    pub(super) fn rank(&self, at: usize) -> i32 {
        self.rank.get(at).copied().unwrap_or(0)
    }

    /// Whether what stands at a token is another's, a question, a condition or a quotation.
    pub(super) fn is_silent(&self, at: usize) -> bool {
        self.silent.get(at).copied().unwrap_or(true)
    }

    /// Whether a token is a word such as “oh” that says nothing by itself.
    pub(super) fn is_interjection(&self, at: usize) -> bool {
        self.interjection.get(at).copied().unwrap_or(false)
    }

    /// Whether a token joins what stands on both sides of it.
    pub(super) fn joins(&self, at: usize) -> bool {
        self.joining.get(at).copied().unwrap_or(false)
    }

    /// Whether a token is somebody as a subject: I, they, those who.
    pub(super) fn is_person(&self, at: usize) -> bool {
        self.own.get(at).copied().unwrap_or(false) || self.other.get(at).copied().unwrap_or(false)
    }

    /// Whether a token may stand between the speaker and what the speaker does.
    pub(super) fn is_between(&self, at: usize) -> bool {
        self.between.get(at).copied().unwrap_or(false)
    }

    /// Whether a token turns what follows into something else: a negation, what is to be ended.
    pub(super) fn changes(&self, at: usize) -> bool {
        let ends = |f: &Found<Scope>| f.meaning == Scope::Ending && (f.first..=f.last).contains(&at);
        self.negation.get(at).copied().unwrap_or(false) || self.found.iter().any(ends)
    }

    /// Who the verb at a token is said of.
    pub(super) fn subject(&self, at: usize) -> Subject {
        let (mut commas, mut joined) = (0, false);
        for before in (0..at).rev() {
            let text = self.tokens[before].text.as_str();
            if self.own[before] {
                return Subject::Speaker;
            } else if self.between[before] {
                continue;
            } else if text == "," && commas < COMMAS_BETWEEN {
                commas += 1;
            } else if self.joining[before] {
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
        let before = (0..at).rev().find(|&before| self.own[before] || self.other[before]);
        if before.is_some_and(|before| self.own[before]) { Subject::Speaker } else { Subject::Other }
    }

    /// Whether a token stands in an insertion behind the speaker: “Kestria, as a member of the group, aligns …”.
    fn is_inserted(&self, at: usize) -> bool {
        let opening = (0..at).rev().take(INSERTION_WORDS).find(|&before| self.tokens[before].is_mark());
        opening.is_some_and(|comma| {
            self.tokens[comma].text == ","
                && self.tokens[comma + 1].text == "as"
                && comma.checked_sub(1).is_some_and(|before| self.own[before])
        })
    }

    /// Where the negation that reaches a cue begins; none where there is none, or two.
    pub(super) fn negated(&self, first: usize) -> Option<usize> {
        let mut heads = Vec::new();
        let mut words = 0;
        let mut reach = NEGATION_REACH;
        for before in (0..first).rev() {
            let token = &self.tokens[before];
            if self.negation[before] {
                if words <= reach && (before == 0 || !self.negation[before - 1]) {
                    heads.push(before);
                }
                continue;
            }
            let raises = self.found.iter().any(|f| f.meaning == Scope::Raising && f.last == before);
            if raises {
                reach = RAISED_REACH;
            } else if token.text == "," && before > 0 && self.negation[before - 1] {
                continue;
            } else if token.is_mark() && token.text != "\"" || self.ends_negation(before) {
                break;
            }
            words += usize::from(!token.is_mark());
            if words > RAISED_REACH {
                break;
            }
        }
        let head = (heads.len() % 2 == 1).then(|| heads.last().copied()).flatten()?;
        // “do not”, “are no longer”: the auxiliary belongs to it.
        let auxiliary = head.checked_sub(1).filter(|&at| self.between[at] && !self.own[at]);
        Some(auxiliary.unwrap_or(head))
    }

    /// Words that a negation does not reach beyond.
    fn ends_negation(&self, at: usize) -> bool {
        let raised = (0..at)
            .rev()
            .take(2)
            .any(|before| self.found.iter().any(|f| f.meaning == Scope::Raising && f.last == before));
        (self.barring[at] || self.own[at]) && !raised
    }

    /// Whether a word says that the thing at `first` is to be ended.
    pub(super) fn is_ended(&self, first: usize) -> bool {
        let reaches = |&(_, last): &(usize, usize)| {
            last < first
                && first - last <= ENDING_REACH
                && self.tokens[last + 1..first].iter().all(|t| !t.is_mark() || t.text == "\"")
        };
        self.places(Scope::Ending).iter().any(reaches)
    }

    /// Whether what stands at a token is only thought of: “we might support”, “we would have supported”.
    pub(super) fn is_hypothetical(&self, at: usize) -> bool {
        self.places(Scope::Unreal).iter().any(|&(_, last)| last < at && at - last <= 3)
    }

    fn rank_clauses(&mut self) {
        let spared = self.places(Scope::NoContrast);
        let is_spared = |at: usize| spared.iter().any(|&(first, last)| (first..=last).contains(&at));
        let mut contrasts = self.places(Scope::Contrast);
        contrasts.retain(|&(first, _)| !is_spared(first));
        for (_, last) in contrasts {
            self.rank[last..].iter_mut().for_each(|rank| *rank += 1);
        }
        let mut concessions = self.places(Scope::Concession);
        concessions.retain(|&(first, _)| !is_spared(first));
        for (first, last) in concessions {
            let end = self.clause_end(last + 1);
            self.rank[first..end].fill(-1);
        }
    }

    /// The end of the clause that holds token `at`: the next mark, or the end of the sentence.
    fn clause_end(&self, at: usize) -> usize {
        let mark = |t: &Token| t.is_mark() && t.text != "\"";
        self.tokens.iter().skip(at).position(mark).map_or(self.tokens.len(), |n| at + n)
    }

    /// Marks what the speaker does not state.
    fn silence(&mut self) {
        if self.question {
            let asked = self.places(Scope::Asking).first().map(|&(_, last)| last + 1);
            self.silent[..asked.unwrap_or(self.tokens.len())].fill(true);
        }
        for (first, last) in self.places(Scope::Report) {
            self.silence_report(first, last);
        }
        for (first, last) in self.places(Scope::Condition) {
            let end = self.condition_end(last + 1);
            self.silent[first..end].fill(true);
        }
        self.silence_quotations();
    }

    fn condition_end(&self, at: usize) -> usize {
        let comma = self.clause_end(at);
        let then =
            self.places(Scope::Consequence).into_iter().map(|(first, _)| first).find(|&first| first >= at);
        then.map_or(comma, |then| then.min(comma))
    }

    /// What somebody else says, from the verb to the next contrast; what stands before it where the
    /// verb ends its clause (“…, he said”).
    fn silence_report(&mut self, first: usize, last: usize) {
        let asked = |f: &Found<Scope>| f.meaning == Scope::Asking && f.first <= first && last <= f.last;
        let asks = self.question && self.found.iter().any(asked);
        if asks || self.subject(first) == Subject::Speaker || self.is_joined(first) {
            return;
        }
        let closes = self.tokens.get(last + 1).is_none_or(|t| t.is_mark() && t.text != "\"");
        if closes {
            // “…, he said.” and “They said, …”: the whole sentence is theirs.
            self.silent.fill(true);
            return;
        }
        let rank = self.rank[last];
        let end = (last + 1..self.tokens.len())
            .find(|&at| {
                self.rank[at] > rank
                    || self.tokens[at].text == ";"
                    || (self.own[at]
                        && (self.joining[at - 1] || matches!(self.tokens[at - 1].text.as_str(), "," | "-")))
            })
            .unwrap_or(self.tokens.len());
        self.silent[last + 1..end].fill(true);
    }

    /// Whether the speaker takes up what is said: “as she said, …”, “what she said, …”.
    fn is_joined(&self, verb: usize) -> bool {
        let taken_up = self.places(Scope::TakingUp);
        let clause = (0..verb).rev().take(6).take_while(|&at| !self.tokens[at].is_mark());
        clause.into_iter().any(|at| taken_up.iter().any(|&(_, last)| last == at))
    }

    fn silence_quotations(&mut self) {
        let quotes: Vec<usize> = (0..self.tokens.len()).filter(|&at| self.tokens[at].text == "\"").collect();
        for pair in quotes.chunks(2) {
            let [open, close] = *pair else { continue };
            let whole = open == 0 && close + 2 >= self.tokens.len();
            if close - open - 1 > TERM_WORDS && !whole {
                self.silent[open..close].fill(true);
            }
        }
    }
}

/// The places of the speaker's own names: “the European Union supports …”, said by its delegate.
fn own_names(tokens: &[Token], utterance: &Utterance) -> Vec<Found<Scope>> {
    let mut found = Vec::new();
    for name in utterance.own {
        let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
        if words.is_empty() {
            continue;
        }
        let named = |first: usize| tokens[first..].iter().map(|t| &t.text).take(words.len()).eq(&words);
        found.extend((0..tokens.len()).filter(|&first| named(first)).map(|first| Found {
            first,
            last: first + words.len() - 1,
            meaning: Scope::Own,
        }));
    }
    found
}
