//! References: which speakers a sentence takes up, and whether it agrees with them.

use crate::model::{Mention, Reference, ReferenceKind, SentenceId, Span, SpeakerId};
use crate::text::UnitMatch;

use super::context::{CueContext, Subject};
use super::lists::{LanguageLists, Traits};
use super::meanings::Naming;
use super::sentence::SentenceCues;
use super::utterance::{PlacedUnit, SentenceUnits, Utterance};

/// The speakers that anaphoric expressions of a sentence (“you”, “the previous speaker”) may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Antecedents {
    /// “The previous speaker”: of the last turn that was another's and does not lead the session.
    pub previous: Option<SpeakerId>,
    /// “You”, and what “I agree.” answers: the speaker of the turn before.
    pub before: Option<SpeakerId>,
    /// The speaker that the turn has addressed by name last before this sentence; “you” is rather that one.
    pub addressed: Option<SpeakerId>,
    /// Whether the sentence is one of the first of its turn, so that “I agree.” answers the turn before.
    pub opens: bool,
}

/// The references that a sentence makes to other speakers, in the order of their names.
///
/// `cues` are those of the sentence, if they are known. `named` are the speakers named in the turn, in text
/// order; those outside the sentence, and names that fit several speakers, are left out. `antecedents` are
/// those who may be meant by “the previous speaker” and “you”. Nobody refers to itself, and to be named is not
/// enough: a phrase of the lexicon has to say that something said is taken up, so that neither being
/// addressed, thanked or introduced nor being given the floor is a reference. Agreement and disagreement are
/// the speaker's own, not asked and not reported; a negation turns the one into the other.
pub fn references(
    utterance: &Utterance,
    cues: Option<&SentenceCues>,
    from: SpeakerId,
    sentence: SentenceId,
    named: &[Mention],
    antecedents: Antecedents,
) -> Vec<Reference> {
    let named = named_context(utterance, cues, from, named, antecedents.previous);
    let Some(Named { context, namings, names }) = named else { return Vec::new() };
    let mut found: Vec<Reference> = Vec::new();
    let mut add = |to: SpeakerId, (kind, first, last): (ReferenceKind, usize, usize)| {
        let cue = context.units.span_of(first, last);
        if to != from && !found.iter().any(|r| r.to == to && r.kind == kind) {
            found.push(Reference { from, to, kind, sentence, cue });
        }
    };
    for at in (0..context.units.len()).filter(|&at| context.units.has(at, Traits::NAME)) {
        if let Some(to) = owner(context.units.span(at), &names)
            && let Some(relation) = relation_of_name(at, &namings, &context)
        {
            add(to, relation);
        }
    }
    let here = addressee(&context.units, &names, &namings);
    for phrase in &namings {
        if let Some(relation) = anaphoric_relation(phrase, &context, antecedents.opens)
            && let Some(to) = antecedent(phrase.meaning, here, antecedents)
        {
            add(to, relation);
        }
    }
    // A sentence that agrees with somebody does not also mention them.
    let stated: Vec<SpeakerId> =
        found.iter().filter(|r| r.kind != ReferenceKind::Mention).map(|r| r.to).collect();
    found.retain(|r| r.kind != ReferenceKind::Mention || !stated.contains(&r.to));
    found
}

/// A sentence in which names of speakers were replaced.
struct Named {
    context: CueContext,
    namings: Vec<UnitMatch<Naming>>,
    names: Names,
}

/// The sentence with names in place of those of others, and of phrases that mean the `previous` speaker; none
/// where it neither names nor otherwise means a speaker.
fn named_context(
    utterance: &Utterance,
    cues: Option<&SentenceCues>,
    from: SpeakerId,
    named: &[Mention],
    previous: Option<SpeakerId>,
) -> Option<Named> {
    let lists = utterance.language_lists()?;
    // Who speaks of itself by name is the subject: “Kestria aligns itself with …”.
    let mut names = names_in(utterance, named, Some(from));
    let is_anaphoric = |found: UnitMatch<Naming>| {
        matches!(found.meaning, Naming::Previous | Naming::Addressed { .. } | Naming::Answers { .. })
    };
    if names.is_empty() && cues.is_some_and(|cues| !cues.context.units.namings().any(is_anaphoric)) {
        return None;
    }
    let units = SentenceUnits::new(utterance)?;
    let mut units = with_names(units, utterance, lists, &names);
    if names.is_empty() && !units.namings().any(is_anaphoric) {
        return None;
    }
    if let Some(previous) = previous {
        units = with_previous(units, utterance, lists, previous, &mut names);
    }
    let namings = units.namings().collect();
    Some(Named { context: CueContext::new(units), namings, names })
}

/// The speaker that a sentence addresses by name: “Thank you, Ms. Reyes, I agree.”
pub fn addressed(utterance: &Utterance, named: &[Mention]) -> Option<SpeakerId> {
    let lists = utterance.language_lists()?;
    let names = names_in(utterance, named, None);
    if names.is_empty() {
        return None;
    }
    let units = with_names(SentenceUnits::new(utterance)?, utterance, lists, &names);
    let namings: Vec<UnitMatch<Naming>> = units.namings().collect();
    addressee(&units, &names, &namings)
}

/// The last name that stands between marks, but for words such as “Mr.” and “thank you”.
fn addressee(units: &SentenceUnits, names: &Names, namings: &[UnitMatch<Naming>]) -> Option<SpeakerId> {
    let is_vocative = |at: usize| namings.iter().any(|f| f.meaning == Naming::Vocative && f.covers(at));
    let stands_alone = |&at: &usize| {
        let opening = (0..at).rev().find(|&before| !is_vocative(before));
        units.is_end(at + 1) && opening.is_none_or(|before| units.is_mark(before))
    };
    let is_name = |at: &usize| units.has(*at, Traits::NAME);
    let at = (0..units.len()).rev().filter(is_name).find(stands_alone)?;
    owner(units.span(at), names)
}

/// Whose name stands at a place.
pub(super) fn owner(place: Span, names: &Names) -> Option<SpeakerId> {
    names.iter().find(|(span, _)| *span == place).map(|name| name.1)
}

/// The speaker that an anaphoric phrase means.
fn antecedent(meaning: Naming, here: Option<SpeakerId>, antecedents: Antecedents) -> Option<SpeakerId> {
    match meaning {
        Naming::Addressed { .. } => here.or(antecedents.addressed).or(antecedents.before),
        _ => antecedents.before,
    }
}

/// What an anaphoric phrase says of the speaker that it means: “I agree with you”, and at the opening of a turn
/// “I agree.”
fn anaphoric_relation(
    phrase: &UnitMatch<Naming>,
    context: &CueContext,
    opens: bool,
) -> Option<(ReferenceKind, usize, usize)> {
    let units = &context.units;
    match phrase.meaning {
        Naming::Addressed { kind, needs_subject } => stated(kind, needs_subject, phrase, context),
        Naming::Answers { kind, needs_subject } if opens => {
            let ends = units.is_end(phrase.last + 1);
            let begins = (0..phrase.first).all(|at| units.is_mark(at) || context.is_interjection(at));
            let relation = stated(kind, needs_subject, phrase, context);
            relation.filter(|_| ends && (needs_subject || begins))
        }
        _ => None,
    }
}

/// Places of names, each of one speaker, in text order.
pub(super) type Names = Vec<(Span, SpeakerId)>;

/// The names in a sentence of speakers other than `but`; those that fit several speakers are left out.
pub(super) fn names_in(utterance: &Utterance, named: &[Mention], but: Option<SpeakerId>) -> Names {
    let tokens = utterance.tokens.slice(utterance.range.clone());
    let start = tokens.first().map_or(0, |token| token.span.start());
    let end = tokens.iter().map(|token| token.span.end()).max().unwrap_or(0);
    // Only the mentions of this sentence: a turn may have thousands.
    let first = named.partition_point(|m| m.span.start() < start);
    let within = named[first..].iter().take_while(|m| m.span.start() < end);
    let counts = |m: &&Mention| m.span.end() <= end && !m.span.is_empty() && Some(m.speaker) != but;
    let mut names: Names = within.filter(counts).map(|m| (m.span, m.speaker)).collect();
    names.sort();
    names.dedup();
    let shared: Vec<Span> =
        names.windows(2).filter(|pair| pair[0].0 == pair[1].0).map(|pair| pair[0].0).collect();
    names.retain(|(span, _)| shared.binary_search(span).is_err());
    names
}

/// The units with one in place of each name.
pub(super) fn with_names(
    units: SentenceUnits,
    utterance: &Utterance,
    lists: &LanguageLists,
    names: &Names,
) -> SentenceUnits {
    if names.is_empty() {
        return units;
    }
    let name = |span: Span| (lists.name, span);
    let mut replaced: Vec<PlacedUnit> = Vec::with_capacity(units.len());
    let (mut next, mut is_placed) = (0, false);
    for (at, (unit, place)) in units.placed().enumerate() {
        while let Some((span, _)) = names.get(next).filter(|(span, _)| span.end() <= place.start()) {
            // Initials such as “MM” are no word of the sentence where they look like a pause.
            if !is_placed {
                replaced.push(name(*span));
            }
            (next, is_placed) = (next + 1, false);
        }
        let covering = names.get(next).filter(|(span, _)| {
            let overlaps = place.start() < span.end() && span.start() < place.end();
            overlaps && !units.has(at, Traits::POSSESSIVE)
        });
        match covering {
            Some(_) if is_placed => {}
            Some((span, _)) => {
                replaced.push(name(*span));
                is_placed = true;
            }
            None => replaced.push((unit, place)),
        }
    }
    let left = names.iter().skip(next + usize::from(is_placed));
    replaced.extend(left.map(|(span, _)| name(*span)));
    SentenceUnits::replaced(replaced, utterance, lists)
}

/// The units with one in place of each phrase that means the speaker before.
fn with_previous(
    units: SentenceUnits,
    utterance: &Utterance,
    lists: &LanguageLists,
    previous: SpeakerId,
    names: &mut Names,
) -> SentenceUnits {
    // “The honourable member for …” is somebody else.
    let identifies = |at: usize| {
        let leads = |found: UnitMatch<Naming>| found.meaning == Naming::Identifying && found.first == at;
        units.has(at, Traits::NAME) || units.namings().any(leads)
    };
    let n_names = names.len();
    let mut replaced: Vec<PlacedUnit> = Vec::with_capacity(units.len());
    let mut at = 0;
    let placed: Vec<PlacedUnit> = units.placed().collect();
    while let Some(&unit) = placed.get(at) {
        let phrase = units.namings().find(|found| found.meaning == Naming::Previous && found.first == at);
        if let Some(phrase) = phrase.filter(|found| !identifies(found.last + 1)) {
            let span = units.span_of(at, phrase.last);
            names.push((span, previous));
            replaced.push((lists.name, span));
            at = phrase.last + 1;
        } else {
            replaced.push(unit);
            at += 1;
        }
    }
    if names.len() == n_names { units } else { SentenceUnits::replaced(replaced, utterance, lists) }
}

/// What the sentence says of the name at a unit, or of the name that is joined to it: “what @ and @ said”.
fn relation_of_name(
    at: usize,
    namings: &[UnitMatch<Naming>],
    context: &CueContext,
) -> Option<(ReferenceKind, usize, usize)> {
    let before = at.checked_sub(2).filter(|_| joined(context, at - 1));
    let after = Some(at + 2).filter(|_| joined(context, at + 1));
    let places = [Some(at), before, after].into_iter().flatten();
    let found: Vec<_> = places.filter_map(|at| relation(at, namings, context)).collect();
    let stated = found.iter().find(|(kind, ..)| *kind != ReferenceKind::Mention);
    stated.or(found.first()).copied()
}

/// What the sentence says of the name at a unit, and the first and last unit that say it.
fn relation(
    at: usize,
    namings: &[UnitMatch<Naming>],
    context: &CueContext,
) -> Option<(ReferenceKind, usize, usize)> {
    let around = namings.iter().filter(|f| f.covers(at));
    let mut mention = None;
    for phrase in around {
        match phrase.meaning {
            Naming::Previous | Naming::Addressed { .. } | Naming::Answers { .. } => {}
            Naming::Vocative | Naming::Identifying => {}
            Naming::Joins { kind: ReferenceKind::Mention, .. } => {
                mention = mention.or(Some((ReferenceKind::Mention, phrase.first, phrase.last)));
            }
            Naming::Joins { kind, needs_subject } => {
                if let Some(found) = stated(kind, needs_subject, phrase, context) {
                    return Some(found);
                }
                // Somebody else's agreement, or a question about it, still speaks of them.
                mention = mention.or(Some((ReferenceKind::Mention, phrase.first, phrase.last)));
            }
        }
    }
    mention
}

/// Agreement or disagreement as the speaker states it.
fn stated(
    kind: ReferenceKind,
    needs_subject: bool,
    phrase: &UnitMatch<Naming>,
    context: &CueContext,
) -> Option<(ReferenceKind, usize, usize)> {
    let foreign = needs_subject && context.subject(phrase.first) != Subject::Speaker;
    if foreign || context.is_unstated(phrase.first) {
        return None;
    }
    match (context.negated(phrase.first), kind) {
        (None, _) => Some((kind, phrase.first, phrase.last)),
        (Some(negation), ReferenceKind::Agree) => Some((ReferenceKind::Disagree, negation, phrase.last)),
        (Some(_), _) => None,
    }
}

/// Whether the unit joins two names: “what @ and @ said”.
fn joined(context: &CueContext, at: usize) -> bool {
    let is_name = |at: Option<usize>| at.is_some_and(|at| context.units.has(at, Traits::NAME));
    context.joins(at) && is_name(at.checked_sub(1)) && is_name(at.checked_add(1))
}
