//! Who speaks of whom, and whether to agree.

use crate::model::{Language, Mention, Reference, ReferenceKind, SentenceId, Span, SpeakerId};

use super::lexicon::{Naming, references_of};
use super::phrases::Found;
use super::scope::{Subject, Surroundings};
use super::tokens::{Token, tokens};
use super::utterance::Utterance;

/// What stands for a name in the data.
pub(super) const NAME: &str = "@";

/// Who may be meant in a sentence that does not name them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Unnamed {
    /// “The previous speaker”: of the last turn that was another's and does not lead the session.
    pub previous: Option<SpeakerId>,
    /// “You”, and what “I agree.” answers: the speaker of the turn before.
    pub before: Option<SpeakerId>,
    /// Whom the turn has addressed by name last before this sentence; “you” is rather that one.
    pub addressed: Option<SpeakerId>,
    /// Whether the sentence is one of the first of its turn, so that “I agree.” answers the turn before.
    pub opens: bool,
}

/// The references that a sentence makes to other speakers, in the order of their names.
///
/// `named` are the speakers named in the turn, in text order; those outside the sentence, and names that fit several
/// speakers, are left out. `unnamed` are those who may be meant by “the previous speaker” and “you”. Nobody
/// refers to itself, and to be named is not enough: a phrase of the lexicon has to say that something said is
/// taken up, so that neither being addressed, thanked or introduced nor being given the floor is a
/// reference. Agreement and disagreement are the speaker's own, not asked and not reported; a negation turns
/// the one into the other.
pub fn references(
    utterance: &Utterance,
    from: SpeakerId,
    sentence: SentenceId,
    named: &[Mention],
    unnamed: Unnamed,
    language: Language,
) -> Vec<Reference> {
    let Some(lexicon) = references_of(language) else { return Vec::new() };
    // Who speaks of itself by name is the subject: “Kestria aligns itself with …”.
    let others: Vec<Mention> = named.iter().filter(|mention| mention.speaker != from).copied().collect();
    let (tokens, mut names) = with_names(tokens(utterance, lexicon), utterance, &others);
    let namings = lexicon.namings(&tokens);
    let is_told = |found: &Found<Naming>| {
        matches!(found.meaning, Naming::Previous | Naming::Addressed { .. } | Naming::Answers { .. })
    };
    if names.is_empty() && !namings.iter().any(is_told) {
        return Vec::new();
    }
    let (tokens, namings) = match unnamed.previous {
        Some(previous) => {
            let tokens = with_previous(tokens, &namings, previous, &mut names);
            let namings = lexicon.namings(&tokens);
            (tokens, namings)
        }
        None => (tokens, namings),
    };
    let surroundings = Surroundings::new(&tokens, utterance, lexicon);
    let mut found: Vec<Reference> = Vec::new();
    let mut add = |to: SpeakerId, (kind, first, last): (ReferenceKind, usize, usize)| {
        let cue = Span::new(tokens[first].span.start(), tokens[last].span.end());
        if to != from && !found.iter().any(|r| r.to == to && r.kind == kind) {
            found.push(Reference { from, to, kind, sentence, cue });
        }
    };
    for (at, token) in tokens.iter().enumerate().filter(|(_, token)| token.text == NAME) {
        let Some(&(_, to)) = names.iter().find(|(span, _)| *span == token.span) else { continue };
        if let Some(relation) = relation_of_name(at, &tokens, &namings, &surroundings) {
            add(to, relation);
        }
    }
    let here = addressee(&tokens, &names, &namings);
    for phrase in &namings {
        if let Some(relation) = unnamed_relation(phrase, &tokens, &surroundings, unnamed.opens)
            && let Some(to) = whom(phrase.meaning, here, unnamed)
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

/// Whom a sentence addresses by name: “Thank you, Ms. Reyes, I agree.”
pub fn addressed(utterance: &Utterance, named: &[Mention], language: Language) -> Option<SpeakerId> {
    let lexicon = references_of(language)?;
    let (tokens, names) = with_names(tokens(utterance, lexicon), utterance, named);
    if names.is_empty() {
        return None;
    }
    addressee(&tokens, &names, &lexicon.namings(&tokens))
}

/// The last name that stands between marks, but for words such as “Mr.” and “thank you”.
fn addressee(tokens: &[Token], names: &Names, namings: &[Found<Naming>]) -> Option<SpeakerId> {
    let is_vocative =
        |at: usize| namings.iter().any(|f| f.meaning == Naming::Vocative && (f.first..=f.last).contains(&at));
    let stands_alone = |at: usize| {
        let is_closed = tokens.get(at + 1).is_none_or(Token::is_mark);
        let opening = (0..at).rev().find(|&before| !is_vocative(before));
        is_closed && opening.is_none_or(|before| tokens[before].is_mark())
    };
    let alone = |&(at, token): &(usize, &Token)| token.text == NAME && stands_alone(at);
    let (_, token) = tokens.iter().enumerate().rev().find(alone)?;
    names.iter().find(|(span, _)| *span == token.span).map(|name| name.1)
}

/// Whom a phrase without a name means.
fn whom(meaning: Naming, here: Option<SpeakerId>, unnamed: Unnamed) -> Option<SpeakerId> {
    match meaning {
        Naming::Addressed { .. } => here.or(unnamed.addressed).or(unnamed.before),
        _ => unnamed.before,
    }
}

/// What a phrase without a name says of whom it means: “I agree with you”, and at the opening of a turn
/// “I agree.”
fn unnamed_relation(
    phrase: &Found<Naming>,
    tokens: &[Token],
    surroundings: &Surroundings<'_>,
    opens: bool,
) -> Option<(ReferenceKind, usize, usize)> {
    match phrase.meaning {
        Naming::Addressed { kind, needs_subject } => stated(kind, needs_subject, phrase, surroundings),
        Naming::Answers { kind, needs_subject } if opens => {
            let ends = tokens.get(phrase.last + 1).is_none_or(Token::is_mark);
            let begins = (0..phrase.first).all(|at| tokens[at].is_mark() || surroundings.is_interjection(at));
            let relation = stated(kind, needs_subject, phrase, surroundings);
            relation.filter(|_| ends && (needs_subject || begins))
        }
        _ => None,
    }
}

pub(super) type Names = Vec<(Span, SpeakerId)>;

/// The tokens with one in place of each name, and whose names they are.
pub(super) fn with_names(
    tokens: Vec<Token>,
    utterance: &Utterance,
    named: &[Mention],
) -> (Vec<Token>, Names) {
    // Only the mentions of this sentence: a turn may have thousands.
    let first = named.partition_point(|m| m.span.start() < utterance.span.start());
    let within = named[first..].iter().take_while(|m| m.span.start() < utterance.span.end());
    let inside = |m: &&Mention| m.span.end() <= utterance.span.end() && !m.span.is_empty();
    let mut names: Names = within.filter(inside).map(|m| (m.span, m.speaker)).collect();
    names.sort();
    names.dedup();
    let is_shared: Vec<Span> =
        names.windows(2).filter(|pair| pair[0].0 == pair[1].0).map(|pair| pair[0].0).collect();
    names.retain(|(span, _)| is_shared.binary_search(span).is_err());
    let mut replaced: Vec<Token> = Vec::with_capacity(tokens.len());
    let (mut next, mut is_placed) = (0, false);
    for token in tokens {
        while let Some((span, _)) = names.get(next).filter(|(span, _)| span.end() <= token.span.start()) {
            // Initials such as “MM” are no word of the sentence where they look like a pause.
            if !is_placed {
                replaced.push(Token::word(NAME, *span));
            }
            (next, is_placed) = (next + 1, false);
        }
        let name = names.get(next).filter(|(span, _)| {
            token.span.start() < span.end() && span.start() < token.span.end() && token.text != "'s"
        });
        match name {
            Some(_) if is_placed => {}
            Some((span, _)) => {
                replaced.push(Token::word(NAME, *span));
                is_placed = true;
            }
            None => replaced.push(token),
        }
    }
    let left = names.iter().skip(next + usize::from(is_placed));
    replaced.extend(left.map(|(span, _)| Token::word(NAME, *span)));
    (replaced, names)
}

/// The tokens with one in place of each phrase that means the speaker before.
fn with_previous(
    tokens: Vec<Token>,
    namings: &[Found<Naming>],
    previous: SpeakerId,
    names: &mut Names,
) -> Vec<Token> {
    let mut replaced: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        let phrase = namings.iter().find(|f| f.meaning == Naming::Previous && f.first == at);
        // “The honourable member for …” is somebody else.
        let is_told = |f: &&Found<Naming>| tokens.get(f.last + 1).is_none_or(|next| !is_of(&next.text));
        if let Some(phrase) = phrase.filter(is_told) {
            let span = Span::new(tokens[at].span.start(), tokens[phrase.last].span.end());
            names.push((span, previous));
            replaced.push(Token::word(NAME, span));
            at = phrase.last + 1;
        } else {
            replaced.push(tokens[at].clone());
            at += 1;
        }
    }
    replaced
}

/// Whether a word leads from somebody to what tells who it is.
fn is_of(word: &str) -> bool {
    matches!(word, "for" | "from" | "of" | NAME)
}

/// What the sentence says of the name at a token, or of the name that is joined to it: “what @ and @ said”.
fn relation_of_name(
    at: usize,
    tokens: &[Token],
    namings: &[Found<Naming>],
    surroundings: &Surroundings,
) -> Option<(ReferenceKind, usize, usize)> {
    let before = at.checked_sub(2).filter(|_| joined(surroundings, tokens, at - 1));
    let after = Some(at + 2).filter(|_| joined(surroundings, tokens, at + 1));
    let places = [Some(at), before, after].into_iter().flatten();
    let found: Vec<_> = places.filter_map(|at| relation(at, namings, surroundings)).collect();
    let stated = found.iter().find(|(kind, ..)| *kind != ReferenceKind::Mention);
    stated.or(found.first()).copied()
}

/// What the sentence says of the name at a token, and the first and last token that say it.
fn relation(
    at: usize,
    namings: &[Found<Naming>],
    surroundings: &Surroundings,
) -> Option<(ReferenceKind, usize, usize)> {
    let around = namings.iter().filter(|f| (f.first..=f.last).contains(&at));
    let mut mention = None;
    for phrase in around {
        match phrase.meaning {
            Naming::Previous | Naming::Addressed { .. } | Naming::Answers { .. } | Naming::Vocative => {}
            Naming::Joins { kind: ReferenceKind::Mention, .. } => {
                mention = mention.or(Some((ReferenceKind::Mention, phrase.first, phrase.last)));
            }
            Naming::Joins { kind, needs_subject } => {
                if let Some(found) = stated(kind, needs_subject, phrase, surroundings) {
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
    phrase: &Found<Naming>,
    surroundings: &Surroundings,
) -> Option<(ReferenceKind, usize, usize)> {
    let foreign = needs_subject && surroundings.subject(phrase.first) != Subject::Speaker;
    if foreign || surroundings.is_silent(phrase.first) {
        return None;
    }
    match (surroundings.negated(phrase.first), kind) {
        (None, _) => Some((kind, phrase.first, phrase.last)),
        (Some(negation), ReferenceKind::Agree) => Some((ReferenceKind::Disagree, negation, phrase.last)),
        (Some(_), _) => None,
    }
}

/// Whether the token joins two names: “what @ and @ said”.
fn joined(surroundings: &Surroundings, tokens: &[Token], at: usize) -> bool {
    let name = |at: Option<usize>| at.and_then(|at| tokens.get(at)).is_some_and(|token| token.text == NAME);
    surroundings.joins(at) && name(at.checked_sub(1)) && name(at.checked_add(1))
}
