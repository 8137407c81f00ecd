//! How two stakeholders stand to each other on an issue, with both sides quoted.

use crate::model::{ReferenceKind, Relation, SentenceId, Stance, Stated};

use super::several::of_sentences;

/// A reference in a sentence that names nothing is to what the other said so many turns before at most.
const TURNS_BACK: u32 = 6;

/// A sentence of a stakeholder on the issue.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Held<'a> {
    /// The stakeholder, as a number of the caller's.
    pub party: usize,
    /// The sentence.
    pub sentence: SentenceId,
    /// Its turn.
    pub turn: u32,
    /// How well it fits the issue.
    pub score: f64,
    /// The stance it states of the issue.
    pub stated: Option<Stated>,
    /// The names of the issue that the stance is said of, by number.
    pub said_of: &'a [usize],
    /// All names of the issue that it holds, by number.
    pub named: &'a [usize],
    /// Whether a user lists the names, so that all of them stand for one thing where one refers to another.
    pub is_listed: bool,
    /// Whether it is so short that it says nothing but whom it refers to.
    pub is_bare: bool,
}

/// A reference in a sentence on the issue: where, from whom, to whom, and its kind.
pub type Referred = (SentenceId, usize, usize, ReferenceKind);

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
/// `held` are the sentences on the issue in reading order; `references` are references made in them. A row
/// needs two sentences on the same thing. Who says that it agrees or disagrees with the other does, where
/// the other has said something before that has a name of the issue in common with it; a sentence that says
/// nothing else is about what the other stated of the issue in the turns before. A pair that does both is left to
/// its stances. Else two who state the same stance of the same name agree, and one for it and one against it
/// or concerned differ; opposition beside concern is neither, and who is mixed or states nothing of the
/// issue's names is in no row.
pub fn agreements(held: &[Held], references: &[Referred]) -> Vec<Agreement> {
    let mut parties: Vec<usize> = held.iter().map(|h| h.party).collect();
    parties.sort_unstable();
    parties.dedup();
    let mut found = Vec::new();
    for (i, &a) in parties.iter().enumerate() {
        for &b in &parties[i + 1..] {
            let said = by_reference(held, references, a, b);
            found.extend(said.or_else(|| by_stance(held, a, b)));
        }
    }
    found
}

fn shares(a: &[usize], b: &[usize]) -> bool {
    a.iter().any(|name| b.contains(name))
}

fn stance_of(held: &[Held], party: usize) -> Option<Stance> {
    of_sentences(held.iter().filter(|h| h.party == party).filter_map(|h| h.stated.as_ref()))
}

/// How two stances stand to each other, if they do.
fn related(a: Stance, b: Stance) -> Option<Relation> {
    match (a, b) {
        (Stance::Mixed, _) | (_, Stance::Mixed) => None,
        (a, b) if a == b => Some(Relation::Agree),
        (Stance::Support, _) | (_, Stance::Support) => Some(Relation::Differ),
        _ => None,
    }
}

fn by_stance(held: &[Held], a: usize, b: usize) -> Option<Agreement> {
    let (stance_a, stance_b) = (stance_of(held, a)?, stance_of(held, b)?);
    let relation = related(stance_a, stance_b)?;
    let shows = |party: usize, stance: Stance| {
        held.iter().filter(move |h| h.party == party && h.stated.is_some_and(|s| s.stance == stance))
    };
    let has_match = |h: &&Held| shows(b, stance_b).any(|other| shares(h.said_of, other.said_of));
    let first = best(shows(a, stance_a).filter(has_match))?;
    let second = best(shows(b, stance_b).filter(|h| shares(h.said_of, first.said_of)))?;
    Some(Agreement { a, b, relation, sentence_a: first.sentence, sentence_b: second.sentence })
}

fn by_reference(held: &[Held], references: &[Referred], a: usize, b: usize) -> Option<Agreement> {
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
        let Some(said) = held.iter().find(|h| h.sentence == sentence && h.party == from) else { continue };
        let Some(other) = referred_to(held, said, to, relation) else { continue };
        if found.is_some_and(|f| f.relation != relation) {
            return None;
        }
        let (sentence_a, sentence_b) = if from == a { (sentence, other) } else { (other, sentence) };
        found = found.or(Some(Agreement { a, b, relation, sentence_a, sentence_b }));
    }
    found
}

/// What a sentence agrees with, of what `to` said before it.
fn referred_to(held: &[Held], said: &Held, to: usize, relation: Relation) -> Option<SentenceId> {
    let before = held.iter().filter(|h| h.party == to && h.sentence < said.sentence);
    let contradicts = |h: &Held| match (said.stated, h.stated) {
        (Some(one), Some(other)) => related(one.stance, other.stance).is_some_and(|r| r != relation),
        _ => false,
    };
    let fits = |h: &&Held| {
        let recent = said.turn.saturating_sub(h.turn) <= TURNS_BACK;
        let meant = said.is_bare && said.named.is_empty() && recent && h.stated.is_some();
        // That somebody differs from what states nothing would show nothing.
        let listed = said.is_listed && !said.named.is_empty() && !h.named.is_empty();
        let shared =
            (listed || shares(said.named, h.named)) && (relation == Relation::Agree || h.stated.is_some());
        (shared || meant) && !contradicts(h)
    };
    let latest = before.clone().filter(fits).map(|h| h.turn).max()?;
    best(before.filter(fits).filter(|h| h.turn == latest)).map(|h| h.sentence)
}

/// The sentence that states its stance most explicitly, then the one that fits the issue best, then
/// the first.
fn best<'h, 'a>(held: impl Iterator<Item = &'h Held<'a>>) -> Option<&'h Held<'a>>
where
    'a: 'h,
{
    let explicit = |h: &Held| h.stated.map(|stated| stated.ground);
    let mut best: Option<&Held> = None;
    for one in held {
        // Some ground before none, the most explicit first.
        let ground = |h: &Held| (explicit(h).is_none(), explicit(h));
        let better =
            |best: &Held| ground(one).cmp(&ground(best)).then(best.score.total_cmp(&one.score)).is_lt();
        if best.is_none_or(better) {
            best = Some(one);
        }
    }
    best
}
