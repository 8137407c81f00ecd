//! How two stakeholders stand to each other on an issue, with both sides quoted.

use crate::model::{Ground, ReferenceKind, Relation, SentenceId, Stance, Stated};

use super::several::of_sentences;

/// A sentence of a stakeholder on the issue.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Held {
    /// The stakeholder, as a number of the caller's.
    pub party: usize,
    /// The sentence.
    pub sentence: SentenceId,
    /// How well it fits the issue.
    pub score: f64,
    /// The stance it states.
    pub stated: Option<Stated>,
}

/// Two stakeholders that agree or differ on an issue, and a sentence of each that shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Agreement {
    /// The stakeholder with the lower number.
    pub a: usize,
    /// The other one.
    pub b: usize,
    /// Whether they agree.
    pub relation: Relation,
    /// What `a` says.
    pub sentence_a: SentenceId,
    /// What `b` says.
    pub sentence_b: SentenceId,
}

/// Which pairs of stakeholders agree or differ on an issue, by pair.
///
/// `held` are the sentences on the issue in reading order; `references` are references made in them:
/// the referring sentence, from whom, to whom, and the kind. Who says that it agrees or disagrees with the
/// other does, where the other has said something on the issue before: its best sentence stands beside the
/// reference; a pair that does both is left to its stances. Else two who state the same stance agree, and
/// one for it and one against it or concerned differ; opposition beside concern is neither, and who is
/// mixed or states nothing is in no row.
pub fn agreements(held: &[Held], references: &[(SentenceId, usize, usize, ReferenceKind)]) -> Vec<Agreement> {
    let mut parties: Vec<usize> = held.iter().map(|h| h.party).collect();
    parties.sort_unstable();
    parties.dedup();
    let stances: Vec<Option<Stance>> = parties.iter().map(|&party| stance_of(held, party)).collect();
    let mut found = Vec::new();
    for (i, &a) in parties.iter().enumerate() {
        for (j, &b) in parties.iter().enumerate().skip(i + 1) {
            let said = by_reference(held, references, a, b);
            found.extend(said.or_else(|| by_stance(held, (a, stances[i]), (b, stances[j]))));
        }
    }
    found
}

fn stance_of(held: &[Held], party: usize) -> Option<Stance> {
    let own = held.iter().filter(|h| h.party == party).filter_map(|h| h.stated.as_ref());
    of_sentences(own.filter(|stated| stated.ground != Ground::Answer))
}

fn by_stance(held: &[Held], a: (usize, Option<Stance>), b: (usize, Option<Stance>)) -> Option<Agreement> {
    let (stance_a, stance_b) = (a.1?, b.1?);
    let relation = match (stance_a, stance_b) {
        (Stance::Mixed, _) | (_, Stance::Mixed) => return None,
        (x, y) if x == y => Relation::Agree,
        (Stance::Support, _) | (_, Stance::Support) => Relation::Differ,
        _ => return None,
    };
    let shows = |party: usize, stance: Stance| {
        best(held.iter().filter(|h| {
            h.party == party && h.stated.is_some_and(|s| s.stance == stance && s.ground != Ground::Answer)
        }))
    };
    Some(Agreement {
        a: a.0,
        b: b.0,
        relation,
        sentence_a: shows(a.0, stance_a)?,
        sentence_b: shows(b.0, stance_b)?,
    })
}

fn by_reference(
    held: &[Held],
    references: &[(SentenceId, usize, usize, ReferenceKind)],
    a: usize,
    b: usize,
) -> Option<Agreement> {
    let mut found: Option<Agreement> = None;
    for &(sentence, from, to, kind) in references {
        let relation = match kind {
            ReferenceKind::Agree => Relation::Agree,
            ReferenceKind::Disagree => Relation::Differ,
            ReferenceKind::Mention => continue,
        };
        if (from, to) != (a, b) && (from, to) != (b, a) {
            continue;
        }
        if found.is_some_and(|f| f.relation != relation) {
            return None;
        }
        let before = held.iter().filter(|h| h.party == to && h.sentence < sentence);
        let Some(other) = best(before) else { continue };
        let (sentence_a, sentence_b) = if from == a { (sentence, other) } else { (other, sentence) };
        found = found.or(Some(Agreement { a, b, relation, sentence_a, sentence_b }));
    }
    found
}

/// The sentence that states its stance most explicitly, then the one that fits the issue best, then
/// the first.
fn best<'a>(held: impl Iterator<Item = &'a Held>) -> Option<SentenceId> {
    let explicit = |h: &Held| h.stated.map_or(Ground::Answer, |s| s.ground);
    let mut best: Option<&Held> = None;
    for one in held {
        let better =
            |best: &Held| (explicit(one).cmp(&explicit(best))).then(best.score.total_cmp(&one.score)).is_lt();
        if best.is_none_or(better) {
            best = Some(one);
        }
    }
    best.map(|h| h.sentence)
}
