//! Who speaks of whom, and whether to agree.

use crate::model::{Language, Mention, Reference, ReferenceKind, SentenceId, Span, SpeakerId};

use super::lexicon::{Naming, lexicon};
use super::phrases::Found;
use super::scope::{Subject, Surroundings};
use super::tokens::{Token, tokens};
use super::utterance::Utterance;

/// What stands for a name in the data.
const NAME: &str = "@";

/// The references that a sentence makes to other speakers, in the order of their names.
///
/// `named` are the speakers named in the turn, in text order; those outside the sentence, and names that fit several
/// speakers, are left out. `previous` is the speaker of the last turn that was another's, whom “the
/// previous speaker” means. Nobody refers to itself, and to be named is not enough: a phrase
/// of the lexicon has to say that something said is taken up, so that neither being addressed, thanked or
/// introduced nor being given the floor is a reference. Agreement and disagreement are the speaker's own, not
/// asked and not reported; a negation turns the one into the other.
pub fn references(
    utterance: &Utterance,
    from: SpeakerId,
    sentence: SentenceId,
    named: &[Mention],
    previous: Option<SpeakerId>,
    language: Language,
) -> Vec<Reference> {
    let Some(lexicon) = lexicon(language) else { return Vec::new() };
    let (tokens, mut names) = with_names(tokens(utterance, lexicon), utterance, named);
    let namings = lexicon.namings(&tokens);
    if names.is_empty() && !namings.iter().any(|f| f.meaning == Naming::Previous) {
        return Vec::new();
    }
    let (tokens, namings) = match previous {
        Some(previous) => {
            let tokens = with_previous(tokens, &namings, previous, &mut names);
            let namings = lexicon.namings(&tokens);
            (tokens, namings)
        }
        None => (tokens, namings),
    };
    let surroundings = Surroundings::new(&tokens, utterance, lexicon);
    let mut found: Vec<Reference> = Vec::new();
    for (at, token) in tokens.iter().enumerate().filter(|(_, token)| token.text == NAME) {
        let Some(&(_, to)) = names.iter().find(|(span, _)| *span == token.span) else { continue };
        let Some((kind, first, last)) = relation_of_name(at, &tokens, &namings, &surroundings) else {
            continue;
        };
        let cue = Span::new(tokens[first].span.start(), tokens[last].span.end());
        if to != from && !found.iter().any(|r| r.to == to && r.kind == kind) {
            found.push(Reference { from, to, kind, sentence, cue });
        }
    }
    // A sentence that agrees with somebody does not also mention them.
    let stated: Vec<SpeakerId> =
        found.iter().filter(|r| r.kind != ReferenceKind::Mention).map(|r| r.to).collect();
    found.retain(|r| r.kind != ReferenceKind::Mention || !stated.contains(&r.to));
    found
}

type Names = Vec<(Span, SpeakerId)>;

/// The tokens with one in place of each name, and whose names they are.
fn with_names(tokens: Vec<Token>, utterance: &Utterance, named: &[Mention]) -> (Vec<Token>, Names) {
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
    let mut next = 0;
    for token in tokens {
        next += names[next..].iter().take_while(|(span, _)| span.end() <= token.span.start()).count();
        let name = names.get(next).filter(|(span, _)| {
            token.span.start() < span.end() && span.start() < token.span.end() && token.text != "'s"
        });
        match name {
            Some((span, _)) if replaced.last().is_some_and(|t| t.text == NAME && t.span == *span) => {}
            Some((span, _)) => replaced.push(Token::word(NAME, *span)),
            None => replaced.push(token),
        }
    }
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
        if let Some(phrase) = phrase {
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
            Naming::Previous => {}
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
