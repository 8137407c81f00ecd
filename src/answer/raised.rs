//! Sentences that say what kind of thing a question asks for: a figure, a time, a decision, the subject by its name.
//!
//! The trained scores find the place; of the sentences there, one that says a figure answers “How many …?”.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::{Cue, CueKind, Keyness, Question, SentenceId, Stance, TermId};
use crate::prepare::Prepared;
use crate::prepare::stances::stances_of;
use crate::rank::{self, Scores};
use crate::text::{Told, asks};

use crate::definition::Budget;

/// Sentences before and after one in its turn that may name what its figure is of.
const NEAR: usize = 1;

/// Share of the question's words from which a figure is said of the same: of “How many people die from guns each
/// year?”, a figure of guns in a year says something else.
const LEAST: f64 = 0.6;

/// The same where the figure stands before what is counted, which tells most of it.
const LEAST_COUNTED: f64 = 0.4;

/// The same for times: what happens then is often said in one word of the question's.
const LEAST_OF_TIMES: f64 = 0.5;

/// Parts of a session of which most speak of its subject, and how many these are.
const PARTS: usize = 10;
const MOST_PARTS: usize = 7;

/// Sentences after a question within which it is answered: of “When will this come back?”, the date stands some remarks
/// below.
const REPLY_WITHIN: usize = 12;

/// What a word of the question beside a sentence is worth, in words in the sentence itself.
const BESIDE: f64 = 0.5;

/// Strength from which a cue of a decision records one (“we agreed”, not “we will”): with intentions among them, ROUGE-1 of
/// val was 28.39, without 28.42.
const RECORDS: f64 = 0.8;

/// Relevance from which a decision is one about the subject.
const RELEVANT: f64 = 0.4;

/// The same where the sentence has all words of the question: “We will use the kinetic battery”.
const RECORDS_ALL: f64 = 0.7;

/// How much less near than the best a sentence of the kind may be to be quoted beside it: one word of the question.
const AS_NEAR: f64 = 1.0;

/// Whether the kind of thing that a question asks for is said.
pub(super) enum AskedKind {
    /// It asks for no kind of thing that words tell.
    Any,
    /// By these candidates, given by index.
    Said(Vec<usize>),
    /// By none that is about the question.
    NotSaid,
}

/// The candidates of an answer, as far as one may be raised.
pub(super) struct Candidates<'a> {
    pub(super) prepared: &'a Prepared<'a>,
    pub(super) question: &'a Question,
    pub(super) ids: &'a [SentenceId],
    /// Which of them stand under a heading that names what the question is about.
    pub(super) headed: &'a [bool],
    pub(super) budget: Budget,
}

impl Candidates<'_> {
    /// Raises what says the kind of thing that the question asks for.
    pub(super) fn raise(&self, scores: &mut Scores) -> AskedKind {
        self.raise_the_subject(scores);
        match self.question {
            question if question.wants_figure => self.figures(scores),
            question if question.wants_time => self.times(scores),
            question => {
                if let Some(stance) = question.wants_stance {
                    self.raise_the_stance(stance, scores);
                } else if question.wants_request && !question.speakers.is_empty() {
                    self.raise_the_request(scores);
                } else if question.wants_decision {
                    self.raise_the_decision(scores);
                } else {
                    self.raise_what_says_all(scores);
                }
                AskedKind::Any
            }
        }
    }

    /// Raises the sentence in which one of those who are asked states the stance that is asked for; of opposition and
    /// concern the other does too.
    fn raise_the_stance(&self, stance: Stance, scores: &mut Scores) {
        let keyness = Keyness::default();
        let context = self.prepared.context(self.ids, &keyness);
        let relevance = rank::answer::relevance(&context, self.question);
        let is_asked = |&at: &usize| {
            let id = self.ids[at];
            let speaks = self.question.speakers.contains(&self.prepared.speaker(id));
            speaks && (relevance[at] >= RELEVANT || self.question.terms.is_empty()) && self.fits(id)
        };
        let asked: Vec<usize> = (0..self.ids.len()).filter(is_asked).collect();
        let ids: Vec<SentenceId> = asked.iter().map(|&at| self.ids[at]).collect();
        let is_against = |stance: Stance| matches!(stance, Stance::Oppose | Stance::Concern);
        let is_such = |stated: Stance| stated == stance || is_against(stated) && is_against(stance);
        let stated = stances_of(self.prepared, &ids);
        let group = asked.iter().zip(stated).filter(|(_, stated)| stated.is_some_and(|s| is_such(s.stance)));
        let group: Vec<usize> = group.map(|(&at, _)| at).collect();
        let places = self.places(scores);
        let worth: Vec<f64> =
            relevance.iter().zip(&places).map(|(near, place)| near + BESIDE * place).collect();
        scores.raise_first("states-it", &worth, group);
    }

    /// Raises the question or the demand of those who are asked that says most of what it is to be about.
    fn raise_the_request(&self, scores: &mut Scores) {
        let needed = LEAST * self.question.terms.len().max(1) as f64;
        let analysis = &self.prepared.analysis;
        let demands = |id: SentenceId| analysis.cues_of(id).iter().any(|cue| cue.kind == CueKind::Position);
        let is_such = |&at: &usize| {
            let id = self.ids[at];
            let speaks = self.question.speakers.contains(&self.prepared.speaker(id));
            speaks && (asks(self.text(id)) || demands(id)) && self.nearness(id) >= needed && self.fits(id)
        };
        let group: Vec<usize> = (0..self.ids.len()).filter(is_such).collect();
        let places = self.places(scores);
        let worth = |at: usize| self.nearness(self.ids[at]) + BESIDE * places[at];
        let worth: Vec<f64> = (0..self.ids.len()).map(worth).collect();
        scores.raise_first("asks-for-it", &worth, group);
    }

    /// Where somebody or a reason is asked for, raises the best sentence that says all words of the question; of a reason
    /// one that gives some, or denies what the question says is not so. For questions of every kind it brought ROUGE-1
    /// of val from 28.40 to 28.24.
    fn raise_what_says_all(&self, scores: &mut Scores) {
        let question = self.question;
        if !question.wants_person && !question.wants_reason {
            return;
        }
        let keyness = Keyness::default();
        let context = self.prepared.context(self.ids, &keyness);
        let explains = |id: SentenceId| {
            rank::answer::reason(&context, id) > 0.0 || question.denies && self.prepared.told(id).denies()
        };
        let is_such = |&at: &usize| {
            let id = self.ids[at];
            let is_such = match question.wants_person {
                // What else tells who it is than a name?
                true => self.says_all(id) || self.says_the_subject(id) && self.prepared.told(id).has_name(),
                false => self.says_all(id) && explains(id),
            };
            is_such && self.fits(id) && !asks(self.text(id))
        };
        let group: Vec<usize> = (0..self.ids.len()).filter(is_such).collect();
        if !group.is_empty() {
            scores.raise_first("says-all", &scores.totals(), group);
            return;
        }
        // Of a longer question half of the words say something else.
        if !question.wants_person || question.terms.len() > 2 {
            return;
        }
        // “Who will write the minutes?” may be answered by “I do the minutes”.
        let half = question.terms.len() as f64 / 2.0;
        let names = |&at: &usize| {
            let id = self.ids[at];
            let is_near = self.nearness(id) >= half.max(1.0) && self.fits(id) && !asks(self.text(id));
            is_near && self.prepared.told(id).has_name()
        };
        let group: Vec<usize> = (0..self.ids.len()).filter(names).collect();
        let places = self.places(scores);
        let worth: Vec<f64> =
            (0..self.ids.len()).map(|at| self.nearness(self.ids[at]) + BESIDE * places[at]).collect();
        scores.raise_best("says-most", &worth, [group]);
    }

    /// The sentences with a figure: first that which has most of the question's words in it and beside it, and the
    /// figure before what is counted.
    fn figures(&self, scores: &mut Scores) -> AskedKind {
        let vocabulary = &self.prepared.analysis.vocabulary;
        let counted: FxHashSet<&str> =
            self.question.counted.iter().map(|&term| vocabulary.stem(term)).collect();
        let replies = self.replies(|told| told.asks_for_figure(), LEAST);
        self.of_kind(scores, "says-a-figure", &replies, |told| {
            let is_of_money = !self.question.money.is_empty();
            let figure = told.figure(&counted);
            let amount = if is_of_money { told.money() } else { told.amount() };
            let strength = if self.question.wants_amount && amount == 0.0 { 0.0 } else { figure + amount };
            (strength, if figure > 1.0 { LEAST_COUNTED } else { LEAST })
        })
    }

    fn times(&self, scores: &mut Scores) -> AskedKind {
        let replies = self.replies(|told| told.asks_for_time(), LEAST_OF_TIMES);
        self.of_kind(scores, "says-a-time", &replies, |told| (told.time(), LEAST_OF_TIMES))
    }

    /// The sentences that tell a kind of thing about as surely and as near to the question as the best, which is
    /// raised; `tells` gives how surely, and the share of the question's words that must be near; `replies` how near the
    /// replies to the same question are.
    fn of_kind(
        &self,
        scores: &mut Scores,
        reason: &'static str,
        replies: &FxHashMap<SentenceId, f64>,
        tells: impl Fn(&Told<'_>) -> (f64, f64),
    ) -> AskedKind {
        let n_terms = self.question.terms.len().max(1) as f64;
        let given = self.given();
        let near = |id: SentenceId| {
            let nearness = self.nearness(id) + self.said_otherwise(id, &given);
            let nearness = nearness.max(replies.get(&id).copied().unwrap_or_default());
            let (strength, least) = if nearness > 0.0 { tells(&self.prepared.told(id)) } else { (0.0, 1.0) };
            let is_such = strength > 0.0 && nearness >= least * n_terms && self.fits(id);
            is_such.then_some(nearness + strength)
        };
        let near: Vec<Option<f64>> = self.ids.iter().map(|id| near(*id)).collect();
        let best = near.iter().flatten().copied().fold(0.0, f64::max);
        let is_as_near = |near: &Option<f64>| near.is_some_and(|near| near >= best - AS_NEAR);
        let group: Vec<usize> = (0..near.len()).filter(|&at| is_as_near(&near[at])).collect();
        // Of as near ones that of the better place.
        let places = self.places(scores);
        let worth = |at: usize| near[at].unwrap_or_default() + BESIDE * places[at];
        scores.raise_first(reason, &(0..near.len()).map(worth).collect::<Vec<f64>>(), group.clone());
        if group.is_empty() {
            self.raise_of_kind_in_place(scores, reason, tells);
            return AskedKind::NotSaid;
        }
        AskedKind::Said(group)
    }

    /// Where none is near enough, raises the sentence that tells the kind of thing surely in the best place and nearest:
    /// the question may say otherwise what is said there.
    fn raise_of_kind_in_place(
        &self,
        scores: &mut Scores,
        reason: &'static str,
        tells: impl Fn(&Told<'_>) -> (f64, f64),
    ) {
        let n_terms = self.question.terms.len().max(1) as f64;
        let places = self.places(scores);
        let worth = |at: usize| {
            let id = self.ids[at];
            let nearness = self.nearness(id) + self.said_otherwise(id, &[]);
            let (strength, _) = if nearness > 0.0 { tells(&self.prepared.told(id)) } else { (0.0, 1.0) };
            (strength >= 1.0 && self.fits(id)).then(|| nearness / n_terms + places[at])
        };
        let worth: Vec<Option<f64>> = (0..self.ids.len()).map(worth).collect();
        let group: Vec<usize> = (0..worth.len()).filter(|&at| worth[at].is_some()).collect();
        let worth: Vec<f64> = worth.into_iter().map(Option::unwrap_or_default).collect();
        scores.raise_first(reason, &worth, group);
    }

    /// How near the replies are to a question that the session asks itself with `least` of this one's words: those of
    /// the sentences after it that nobody asks, the first the nearest.
    fn replies(&self, asks_for: impl Fn(&Told<'_>) -> bool, least: f64) -> FxHashMap<SentenceId, f64> {
        let needed = least * self.question.terms.len().max(1) as f64;
        let all: Vec<SentenceId> = self.prepared.analysis.ids().collect();
        let mut replies = FxHashMap::default();
        for (at, &id) in all.iter().enumerate().filter(|(_, id)| asks(self.text(**id))) {
            let nearness = self.nearness(id);
            if nearness == 0.0 || nearness < needed || !asks_for(&self.prepared.told(id)) {
                continue;
            }
            let after = all.iter().skip(at + 1).take(REPLY_WITHIN).enumerate();
            for (nth, &reply) in after.filter(|(_, reply)| !asks(self.text(**reply))) {
                let near = nearness + 1.0 - nth as f64 / REPLY_WITHIN as f64;
                let known = replies.entry(reply).or_insert(0.0);
                *known = near.max(*known);
            }
        }
        replies
    }

    /// Raises the sentence that records a decision where the subject was discussed, the later of two alike.
    fn raise_the_decision(&self, scores: &mut Scores) {
        let keyness = Keyness::default();
        let context = self.prepared.context(self.ids, &keyness);
        let mut relevance = rank::answer::relevance(&context, self.question);
        for (relevance, _) in relevance.iter_mut().zip(self.headed).filter(|(_, headed)| **headed) {
            *relevance = 1.0;
        }
        let decides: Vec<f64> = self.ids.iter().map(|id| self.decides(*id)).collect();
        let records =
            |at: usize| decides[at] >= RECORDS || decides[at] >= RECORDS_ALL && self.says_all(self.ids[at]);
        let is_relevant = |at: usize| relevance[at] >= RELEVANT;
        let is_such = |&at: &usize| records(at) && self.fits(self.ids[at]);
        let mut group: Vec<usize> =
            (0..self.ids.len()).filter(|at| is_relevant(*at) && is_such(at)).collect();
        if group.is_empty() && self.is_about_all() {
            group = (0..self.ids.len()).filter(is_such).collect();
        }
        let places = self.places(scores);
        let worth = |at: usize| {
            // What comes later among them is more likely the end of the matter.
            let late = group.partition_point(|&other| other < at) as f64 / group.len().max(1) as f64;
            relevance[at] + decides[at] + BESIDE * places[at] + BESIDE * late
        };
        let worth: Vec<f64> = (0..self.ids.len()).map(worth).collect();
        scores.raise_first("records-a-decision", &worth, group);
    }

    /// The terms of the question that most parts of the session say: nobody need say them beside a figure.
    fn given(&self) -> Vec<TermId> {
        let analysis = &self.prepared.analysis;
        let ids: Vec<SentenceId> = analysis.ids().collect();
        let parts: Vec<&[SentenceId]> = ids.chunks(ids.len().div_ceil(PARTS).max(1)).collect();
        let says = |part: &&&[SentenceId], term: &TermId| {
            part.iter().any(|id| analysis.terms_of(*id).contains(term))
        };
        let is_given = |term: &&TermId| parts.iter().filter(|part| says(part, term)).count() >= MOST_PARTS;
        let own = self.question.terms.iter().filter(|term| !self.question.money.contains(term));
        own.filter(is_given).copied().collect()
    }

    /// What a sentence need not say of the question in its words, in words of the sentence itself: an amount says that
    /// it is one of money, and what is given counts as a word beside it.
    fn said_otherwise(&self, id: SentenceId, given: &[TermId]) -> f64 {
        let said = self.prepared.analysis.terms_of(id);
        let unsaid = |terms: &[TermId]| terms.iter().filter(|term| !said.contains(term)).count() as f64;
        let money = match unsaid(&self.question.money) {
            0.0 => 0.0,
            n if self.prepared.told(id).money() > 0.0 => n,
            _ => 0.0,
        };
        money + BESIDE * unsaid(given)
    }

    /// Whether the subject of the question is that of the session, so that any decision is one about it: its words are
    /// said together in most of the session's parts.
    fn is_about_all(&self) -> bool {
        let ids: Vec<SentenceId> = self.prepared.analysis.ids().collect();
        let needed = (self.question.terms.len() as f64 / 2.0).max(1.0);
        let has_it = |part: &[SentenceId]| part.iter().any(|id| self.nearness(*id) >= needed);
        let parts = ids.chunks(ids.len().div_ceil(PARTS).max(1));
        parts.filter(|part| has_it(part)).count() >= MOST_PARTS
    }

    /// How surely a sentence records a decision; 0 of a question.
    fn decides(&self, id: SentenceId) -> f64 {
        let analysis = &self.prepared.analysis;
        let strength = |cue: &Cue| if cue.kind == CueKind::Decision { cue.strength } else { 0.0 };
        match asks(self.text(id)) {
            true => 0.0,
            false if self.prepared.told(id).settles() => 1.0,
            false => analysis.cues_of(id).iter().map(strength).fold(0.0, f64::max),
        }
    }

    /// Where a question is about one thing, raises the best sentence that names it, or says a word related to it
    /// where none does, to the highest score: an answer from the right place that does not say its word is no answer
    /// to a reader.
    fn raise_the_subject(&self, scores: &mut Scores) {
        let [subject] = self.question.terms.as_slice() else { return };
        let says = |at: usize, is_meant: &dyn Fn(&TermId) -> bool| {
            let id = self.ids[at];
            self.prepared.analysis.terms_of(id).iter().any(is_meant) && self.fits(id)
        };
        let all = 0..self.ids.len();
        let mut naming: Vec<usize> = all.clone().filter(|&at| says(at, &|term| term == subject)).collect();
        if naming.is_empty() {
            naming = all.filter(|&at| says(at, &|term| self.question.related.contains(term))).collect();
        }
        scores.raise_best("names-it", &scores.totals(), [naming]);
    }

    /// The scores in distances from the mean to the highest: how good the place of each is; 0 where all are alike.
    fn places(&self, scores: &Scores) -> Vec<f64> {
        let spread = scores.spread();
        let scale = if spread > 0.0 { 1.0 / spread } else { 0.0 };
        scores.totals().iter().map(|total| total * scale).collect()
    }

    /// Whether a sentence may be quoted whole: one that is raised and left out for its length answers nothing.
    fn fits(&self, id: SentenceId) -> bool {
        match self.budget {
            Budget::Words(words) => self.prepared.quotable_words(id) <= words.get(),
            Budget::Sentences(_) | Budget::Percent(_) => true,
        }
    }

    /// Whether a sentence says all words of the question that the session knows, and these are two at least.
    fn says_all(&self, id: SentenceId) -> bool {
        let said = self.prepared.analysis.terms_of(id);
        self.question.terms.len() > 1 && self.question.terms.iter().all(|term| said.contains(term))
    }

    /// Whether a sentence says the one word of the question that the session knows.
    fn says_the_subject(&self, id: SentenceId) -> bool {
        let said = self.prepared.analysis.terms_of(id);
        matches!(self.question.terms.as_slice(), [subject] if said.contains(subject))
    }

    fn text(&self, id: SentenceId) -> &str {
        let sentence = self.prepared.analysis.sentence(id);
        sentence.span.of(self.prepared.session.turn_text(sentence.turn as usize))
    }

    /// How many of the question's words a sentence has, those of the sentences beside it in its turn counting half.
    fn nearness(&self, id: SentenceId) -> f64 {
        let analysis = &self.prepared.analysis;
        let says = |id: SentenceId, term: TermId| {
            let said = analysis.terms_of(id);
            let stands_for = |(short, long): &(TermId, TermId)| *long == term && said.contains(short);
            said.contains(&term) || self.question.short_forms.iter().any(stands_for)
        };
        let turn = analysis.sentence(id).turn;
        let beside: Vec<SentenceId> = analysis
            .ids()
            .skip(id.index().saturating_sub(NEAR))
            .take(2 * NEAR + 1)
            .filter(|other| *other != id && analysis.sentence(*other).turn == turn)
            .collect();
        // “Member states of the United Nations” are not the United States.
        let names = &self.question.names;
        let in_pieces: Vec<&Vec<TermId>> = names
            .iter()
            .filter(|name| !analysis.terms_of(id).windows(name.len()).any(|said| said == name.as_slice()))
            .collect();
        let is_whole = |term: &TermId| !in_pieces.iter().any(|name| name.contains(term));
        let of_term = |&term: &TermId| match says(id, term) {
            true if is_whole(&term) => 1.0,
            true => BESIDE,
            false if beside.iter().any(|&other| says(other, term)) => BESIDE,
            false => 0.0,
        };
        self.question.terms.iter().map(of_term).sum()
    }
}
