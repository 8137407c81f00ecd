//! Outcomes that the record itself sets down, where a question asks what was decided.

use std::num::NonZeroU32;

use rustc_hash::FxHashSet;

use crate::model::settings::Budget;
use crate::model::{Question, RecordedOutcome, Session, count_words};
use crate::prepare::Prepared;
use crate::text::{stances_named, stems};

use super::sections::{asked, parts};

/// Share of what a question is about that an item of the record has in its heading and its outcomes, to be what the
/// question is about: as much as a heading alone needs ([`super::sections`]).
const NAMED: f64 = 0.7;

/// Share of a budget of words that outcomes of the record take at most; the rest is for who said so.
const SHARE: f64 = 0.6;

/// Words from which an outcome tells a reader something: minutes keep the words of their template (“List”).
const SHORTEST: u64 = 2;

/// The outcomes that answer a question, and what of its budget is left for quotations.
pub(super) struct Recorded {
    pub(super) outcomes: Vec<RecordedOutcome>,
    pub(super) rest: Budget,
}

impl Recorded {
    /// None.
    fn nothing(budget: Budget) -> Self {
        Recorded { outcomes: Vec::new(), rest: budget }
    }

    /// Outcomes of the items that a question what was decided is about; of all items, one after the other, where
    /// it asks what the whole session came to; of a question who takes a stand those that tell of such a stand.
    pub(super) fn of(prepared: &Prepared<'_>, question: &Question, budget: Budget) -> Self {
        let is_asked = !question.settling.is_empty() || question.stand.is_some();
        let is_asked = is_asked && question.speakers.is_empty();
        let recorded = &prepared.session.recorded;
        if !is_asked || recorded.is_empty() {
            return Recorded::nothing(budget);
        }
        let items = items(recorded);
        let mut chosen = match question.wants_outcome {
            true => in_turns(&items),
            false => named(prepared, question, &items),
        };
        // Who took a stand stands in some: “with explicit support from the Harbour Board”.
        if let Some(stand) = &question.stand {
            let language = prepared.session.language;
            chosen.retain(|outcome| stances_named(outcome.shown(), language).contains(&stand.stance));
        }
        Recorded::within(budget, chosen)
    }

    /// What of the outcomes a budget has room for, in the order of the record.
    fn within(budget: Budget, chosen: Vec<&RecordedOutcome>) -> Self {
        let (mut outcomes, rest): (Vec<RecordedOutcome>, Budget) = match budget {
            Budget::Words(all) => {
                let (outcomes, words) = fitting(chosen, (f64::from(all.get()) * SHARE) as u64);
                let rest = all.get().saturating_sub(u32::try_from(words).unwrap_or(u32::MAX));
                (outcomes, Budget::Words(NonZeroU32::new(rest).unwrap_or(all)))
            }
            Budget::Sentences(n) => {
                let room = (f64::from(n.get()) * SHARE) as usize;
                let outcomes: Vec<RecordedOutcome> = chosen.into_iter().take(room).cloned().collect();
                let rest = n.get().saturating_sub(u32::try_from(outcomes.len()).unwrap_or(u32::MAX));
                (outcomes, Budget::Sentences(NonZeroU32::new(rest).unwrap_or(n)))
            }
            Budget::Percent(_) => (chosen.into_iter().cloned().collect(), budget),
        };
        in_order(&mut outcomes);
        Recorded { outcomes, rest }
    }
}

/// What the record sets down of a whole session, of each item something, in at most `words` words.
pub(crate) fn of_session(session: &Session, words: u64) -> Vec<RecordedOutcome> {
    let (mut outcomes, _) = fitting(in_turns(&items(&session.recorded)), words);
    in_order(&mut outcomes);
    outcomes
}

/// The outcomes by the item that they are on, those that tell something; each alone where no heading stands above.
fn items(recorded: &[RecordedOutcome]) -> Vec<Vec<&RecordedOutcome>> {
    let told = |outcome: &&RecordedOutcome| count_words(outcome.shown()) >= SHORTEST;
    let items = recorded
        .chunk_by(|a, b| a.item == b.item && !a.item.is_empty())
        .map(|item| item.iter().filter(told).collect());
    items.filter(|item: &Vec<&RecordedOutcome>| !item.is_empty()).collect()
}

/// Those outcomes, in their order, that `room` words have room for, and their words.
fn fitting(chosen: Vec<&RecordedOutcome>, room: u64) -> (Vec<RecordedOutcome>, u64) {
    let (mut fitting, mut words) = (Vec::new(), 0);
    for outcome in chosen {
        let more = count_words(outcome.shown());
        if words + more <= room {
            fitting.push(outcome.clone());
            words += more;
        }
    }
    (fitting, words)
}

fn in_order(outcomes: &mut [RecordedOutcome]) {
    outcomes.sort_by_key(|outcome| outcome.line);
}

/// The first outcome of each item, then the second of each, so that a small budget tells of all.
fn in_turns<'r>(items: &[Vec<&'r RecordedOutcome>]) -> Vec<&'r RecordedOutcome> {
    let longest = items.iter().map(|item| item.len()).max().unwrap_or(0);
    (0..longest).flat_map(|n| items.iter().filter_map(move |item| item.get(n).copied())).collect()
}

/// The outcomes of the items that have most of what a question is about, and as much of it as any.
fn named<'r>(
    prepared: &Prepared<'_>,
    question: &Question,
    items: &[Vec<&'r RecordedOutcome>],
) -> Vec<&'r RecordedOutcome> {
    let language = prepared.session.language;
    let asked = asked(prepared, question);
    let all: f64 = asked.iter().map(|(_, weight)| weight).sum();
    let share = |item: &Vec<&RecordedOutcome>| {
        let titles = item.first().into_iter().flat_map(|outcome| parts(&outcome.item, language));
        let of_line = |outcome: &RecordedOutcome| {
            let heading = stems(&outcome.heading, language);
            heading.into_iter().chain(stems(outcome.shown(), language)).collect::<Vec<String>>()
        };
        let lines = item.iter().copied().flat_map(of_line);
        let said: FxHashSet<String> = titles.chain(lines).collect();
        let found = asked.iter().filter(|(stem, _)| said.contains(stem));
        found.map(|(_, weight)| weight).sum::<f64>() / all
    };
    if all <= 0.0 {
        return Vec::new();
    }
    let shares: Vec<f64> = items.iter().map(share).collect();
    let best = shares.iter().copied().fold(NAMED, f64::max);
    let named = items.iter().zip(shares).filter(|(_, share)| *share >= best);
    in_turns(&named.map(|(item, _)| item.clone()).collect::<Vec<_>>())
}
