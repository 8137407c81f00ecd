//! What a body says of itself, and for whom somebody says to be there: `The ACDP calls for an inquiry`,
//! `I am here this morning representing the Harbour Union`.

use super::phrases::Lead;
use super::sentence::SentenceOf;
use crate::model::Span;

/// `The ACDP therefore calls for an inquiry`: an abbreviation as the subject of what a body says of itself.
pub(super) fn collective(sentence: &SentenceOf<'_>) -> Option<(Span, Span)> {
    if sentence.leads(Lead::SaysOfItself).is_empty() {
        return None;
    }
    let opening = sentence.leads(Lead::Opening).into_iter().find(|found| found.opens);
    let begin = opening.map_or(sentence.range.start, |found| found.last as usize + 1);
    let first = sentence.word_from(begin)?;
    // The name is read without its article.
    let found = sentence.passage().name_at(sentence.start_of(first)?, sentence.span.end())?;
    let name = found.of(sentence.text());
    let is_short = (2..=8).contains(&name.chars().count()) && !name.contains(' ');
    let is_abbreviation = is_short && name.chars().filter(|c| c.is_uppercase()).count() >= 2;
    let after = sentence.token_from(found.end());
    let after = sentence.lead_at(Lead::Adverb, after).map_or(after, |adverb| adverb.last as usize + 1);
    let says = sentence.lead_at(Lead::SaysOfItself, after).is_some();
    (is_abbreviation && says).then(|| (found, Span::new(sentence.span.start(), found.end())))
}

/// `I am here this morning representing the Harbour Union`.
pub(super) fn representing(sentence: &SentenceOf<'_>) -> Option<(Span, Span)> {
    if sentence.leads(Lead::Here).is_empty() {
        return None;
    }
    let lead = *sentence.leads(Lead::Representing).first()?;
    let place = sentence.turn.place(lead)?;
    let found = sentence.passage().name_at(place.end(), sentence.span.end())?;
    (!sentence.is_denied_before(lead.first as usize)).then(|| (found, Span::new(place.start(), found.end())))
}
