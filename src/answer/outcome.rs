//! What a session came to, where a question asks for no more than that: what was decided or agreed, the
//! next steps.

use crate::model::settings::Budget;
use crate::model::{
    Cue, CueKind, Keyness, Policy, Question, Role, Scope, SentenceId, SpeakerId, Warning, WarningCode,
};
use crate::rank::{self, Feature};
use crate::text::{asks, runs};

use crate::prepare::Prepared;
use crate::summary::{QuotedSummary, chosen};

/// Strength from which a cue of a decision records one (“we agreed”, not “we will”).
const RECORDS: f64 = 0.9;
/// Strength from which a cue of a conclusion sums up (“to sum up”, not “therefore”).
const SUMS_UP: f64 = 1.0;
/// Words of a sentence within which it says that it sums up: “May I try to sum up?”.
const SOON: usize = 4;
/// Words below which a sentence tells nothing to a reader.
const SHORTEST: u32 = 5;
/// What a sentence of a summing-up is worth beside others, in distances from the mean score to the best.
const SUMMED_UP: f64 = 3.0;
/// The same for the end of a session beside its beginning.
const LATE: f64 = 1.0;
/// A floor of selection that nothing lies under: all that is left says what is asked.
const EVERYTHING: f64 = -100.0;

/// Whether a question asks what a session as a whole came to.
pub(crate) fn is_asked(question: &Question) -> bool {
    question.wants_outcome && question.speakers.is_empty()
}

/// What those who lead the session sum up, and what anybody says in its second half was decided or agreed.
/// Empty, with a note that says so, where nobody does.
pub(crate) fn answer(prepared: &Prepared<'_>, text: &str, budget: Budget) -> (QuotedSummary, Vec<Warning>) {
    let all = prepared.candidates(|_| true);
    let leaders = SessionLeaders::of(prepared);
    let summed_up = leaders.summing_up(&all);
    // Where those who lead sum up, what others call a decision is part of the debate.
    let records = |id| leaders.records(id) && (summed_up.is_empty() || leaders.leads(id));
    let told = |id: &SentenceId| summed_up.contains(id) || records(*id);
    let is_long = |id: &SentenceId| prepared.analysis.sentence(*id).words >= SHORTEST;
    let candidates: Vec<SentenceId> = all.into_iter().filter(told).filter(is_long).collect();
    let method = rank::default_method(Scope::Session, 0);
    let mut scores = (method.rank)(&prepared.context(&candidates, &Keyness::default()));
    let spread = scores.spread();
    let n_sentences = prepared.analysis.sentences.len().max(1) as f64;
    for (&id, score) in candidates.iter().zip(scores.iter_mut()) {
        let is_summed_up = f64::from(summed_up.contains(&id));
        score.add(Feature::Property("summed-up"), SUMMED_UP * spread * is_summed_up);
        score.add(Feature::Property("late"), LATE * spread * id.index() as f64 / n_sentences);
    }
    let policy = Policy { floor: EVERYTHING, ..(method.policy)() };
    let made = chosen(prepared, Scope::Answer, text, &candidates, &scores, budget, policy);
    let none = || Warning {
        code: WarningCode::NoAnswer,
        line: 0,
        message: "nobody in this session sums it up or says in so many words what was decided".to_owned(),
    };
    let notes = if made.quoted.is_empty() { vec![none()] } else { Vec::new() };
    (made, notes)
}

/// A session and who leads it.
struct SessionLeaders<'a> {
    prepared: &'a Prepared<'a>,
    leaders: Vec<SpeakerId>,
}

impl<'a> SessionLeaders<'a> {
    /// Those who moderate or preside; else whoever opens the session.
    fn of(prepared: &'a Prepared<'a>) -> Self {
        let speakers = (0..prepared.people.speakers.len() as u32).map(SpeakerId);
        let is_leader = |id: &SpeakerId| matches!(prepared.role(*id), Role::Moderator | Role::Chair);
        let mut leaders: Vec<SpeakerId> = speakers.filter(is_leader).collect();
        if leaders.is_empty() {
            leaders.extend(prepared.analysis.ids().next().map(|id| prepared.speaker(id)));
        }
        SessionLeaders { prepared, leaders }
    }

    fn leads(&self, id: SentenceId) -> bool {
        self.leaders.contains(&self.prepared.speaker(id))
    }

    fn turn(&self, id: SentenceId) -> u32 {
        self.prepared.analysis.sentence(id).turn
    }

    fn text(&self, id: SentenceId) -> &'a str {
        let sentence = self.prepared.analysis.sentence(id);
        sentence.span.of(self.prepared.session.turn_text(sentence.turn as usize))
    }

    /// Whether a sentence belongs to the second half of the session.
    fn is_late(&self, id: SentenceId) -> bool {
        self.turn(id) as usize >= self.prepared.session.turns.len() / 2
    }

    /// Whether a late sentence tells of a decision or a next step.
    fn records(&self, id: SentenceId) -> bool {
        let records = |cue: &Cue| cue.kind == CueKind::Decision && cue.strength >= RECORDS;
        self.is_late(id) && !asks(self.text(id)) && self.prepared.analysis.cues_of(id).iter().any(records)
    }

    /// The sentences in which those who lead sum up: in a late turn, from the cue that says so to the end.
    fn summing_up(&self, candidates: &[SentenceId]) -> Vec<SentenceId> {
        let mut found: Vec<SentenceId> = Vec::new();
        for &id in candidates {
            let goes_on = found.last().is_some_and(|&last| self.turn(last) == self.turn(id));
            if goes_on || self.is_late(id) && self.leads(id) && self.begins_to_sum_up(id) {
                found.push(id);
            }
        }
        found
    }

    fn begins_to_sum_up(&self, id: SentenceId) -> bool {
        let analysis = &self.prepared.analysis;
        let start = analysis.tokens.of_sentence(id).start;
        let is_soon = |first: u32| runs(&analysis.tokens, start..first as usize).count() <= SOON;
        let sums_up = |cue: &Cue| cue.kind == CueKind::Conclusion && cue.strength >= SUMS_UP;
        analysis.placed_cues_of(id).any(|(cue, first)| sums_up(cue) && is_soon(first))
    }
}
