//! What a body says of itself, and for whom somebody says to be there: `The ACDP calls for an inquiry`,
//! `I am here this morning representing the Harbour Union`.

use std::sync::LazyLock;

use super::super::organisations::name_at;
use super::own_words::{folded_bytes, is_denied};
use crate::language::{List, Sections, english};
use crate::model::Span;

static PHRASES: LazyLock<Sections<'static>> = LazyLock::new(|| english(List::Affiliations));

/// `The ACDP therefore calls for an inquiry`: an abbreviation as the subject of what a body says of itself.
pub(super) fn collective(text: &str, sentence: Span) -> Option<(Span, Span)> {
    let words = sentence.of(text);
    let folded = folded_bytes(words);
    let opening = PHRASES.texts("opening").find(|opening| folded.starts_with(opening)).map_or(0, str::len);
    let begin = opening + words.get(opening..)?.find(|c: char| c != ',' && c != ' ')?;
    let rest = words.get(begin..)?;
    let article = ["The ", "the "].iter().find(|a| rest.starts_with(**a)).map_or(0, |a| a.len());
    let start = sentence.start() + begin + article;
    let found = name_at(text, start, sentence.end())?;
    let name = found.of(text);
    let is_short = (2..=8).contains(&name.chars().count()) && !name.contains(' ');
    let is_abbreviation = is_short && name.chars().filter(|c| c.is_uppercase()).count() >= 2;
    let after = folded_bytes(text.get(found.end()..sentence.end())?);
    let after = after.trim_start();
    let mut adverbs = PHRASES.texts("adverb");
    let after = adverbs.find_map(|adverb| after.strip_prefix(adverb)).unwrap_or(after).trim_start();
    let says = PHRASES
        .texts("says of itself")
        .any(|verb| after.strip_prefix(verb).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)));
    (is_abbreviation && says).then(|| (found, Span::new(sentence.start(), found.end())))
}

/// `I am here this morning representing the Harbour Union`.
pub(super) fn representing(text: &str, sentence: Span) -> Option<(Span, Span)> {
    let words = folded_bytes(sentence.of(text));
    let opens = PHRASES.texts("here").any(|lead| find_words(&words, lead).is_some());
    let (at, lead) =
        PHRASES.texts("representing").find_map(|lead| Some((find_words(&words, lead)?, lead)))?;
    let start = sentence.start() + at;
    let found = name_at(text, start + lead.len(), sentence.end())?;
    (opens && !is_denied(words.get(..at)?)).then(|| (found, Span::new(start, found.end())))
}

/// Where a phrase stands between word boundaries.
fn find_words(text: &str, phrase: &str) -> Option<usize> {
    let outside = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    text.match_indices(phrase).map(|(at, _)| at).find(|&at| {
        outside(text.get(..at).and_then(|t| t.chars().next_back()))
            && outside(text.get(at + phrase.len()..).and_then(|t| t.chars().next()))
    })
}
