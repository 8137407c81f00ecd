//! What speakers say of themselves: `I'm a fellow at the Harbour Union`, `on behalf of Kestria`,
//! `as Microsoft, we`.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::super::labels::names::is_title;
use super::collective::{collective, representing};
use super::introductions::is_closed;
use super::jobs::of_job;
use super::phrases::{Lead, LeadPhrases};
use super::sentence::SentenceOf;
use super::{Finding, Names, Turn};
use crate::language::{List, english};
use crate::model::{Span, TokenFlags, TokenKind};

/// What is a speaker's own at an organisation.
static OURS: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| english(List::Affiliations).texts("ours").collect());

/// Words that show that a job goes on to another thing than an organisation.
static NOT_IN_JOBS: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| english(List::Affiliations).texts("not in jobs").collect());

/// Words of a speaker before what is its own: “our team at …”.
static OWNERS: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| english(List::Affiliations).texts("owners").collect());

/// Bytes of a turn in which somebody says whom they speak for; later it is a subject.
const OPENING: usize = 1500;

/// Finds what the speaker of a turn says of whom it speaks for.
pub(super) fn find(turn: &Turn<'_>, phrases: &LeadPhrases, names: &Names, findings: &mut Vec<Finding>) {
    for id in turn.tokens().sentences_of(turn.number) {
        // Every rule needs a phrase of the list.
        if !phrases.are_in(turn.tokens().of_sentence(id)) {
            continue;
        }
        let Some(sentence) = SentenceOf::new(turn, phrases, id) else { continue };
        if sentence.span.end() > OPENING {
            // What a body does it says of itself throughout, and “we, as the Harbour Union,” too.
            let found = collective(&sentence).or_else(|| as_ours(&sentence));
            if let Some((organisation, shown)) = found
                && !names.names_somebody(turn, organisation)
            {
                findings.push(turn.finding(turn.speaker, organisation, shown));
            }
            continue;
        }
        let behalf = behalf(&sentence);
        let found = job(&sentence)
            .or_else(|| lead(&sentence))
            .or(behalf)
            .or_else(|| as_organisation(&sentence))
            .or_else(|| as_ours(&sentence))
            .or_else(|| ours_at(&sentence))
            .or_else(|| collective(&sentence))
            .or_else(|| representing(&sentence));
        let Some((organisation, shown)) = found else { continue };
        let opens_with_job =
            turn.passage().runs(organisation).next().is_some_and(|first| turn.passage().has_job_word(first));
        if !names.names_somebody(turn, organisation) && !opens_with_job {
            let on_behalf = behalf == found;
            findings.push(Finding { on_behalf, ..turn.finding(turn.speaker, organisation, shown) });
        }
    }
}

/// `I'm a Cyber Diplomacy Fellow at Diplo Foundation`.
fn job(sentence: &SentenceOf<'_>) -> Option<(Span, Span)> {
    let text = sentence.text();
    let is_written = |at: u32| sentence.token(at as usize).is_some_and(|t| t.is(TokenFlags::CAPITALISED));
    let lead = sentence.leads(Lead::SelfDescription).into_iter().find(|found| is_written(found.first))?;
    let start = sentence.turn.place(lead)?.start();
    let next = lead.last as usize + 1;
    let article = sentence.lead_at(Lead::Article, next);
    let first = article.map_or(next, |article| article.last as usize + 1);
    // Without an article it is a name or a state: “I'm speaking at Davos”.
    let begins = |at: usize| sentence.token(at).is_some_and(|t| t.is(TokenFlags::CAPITALISED));
    if article.is_none() && !begins(first) {
        return None;
    }
    let begin = sentence.start_of(first)?;
    let ends = |at: &usize| {
        sentence.token(*at).is_some_and(|token| {
            token.kind == TokenKind::Comma || token.kind == TokenKind::Stop && token.span.of(text) == ";"
        })
    };
    let end = (first..sentence.range.end).find(ends).and_then(|at| sentence.start_of(at));
    let found = of_job(&sentence.passage(), begin, end.unwrap_or(sentence.span.end()))?;
    let mut before = first..sentence.token_from(found.start());
    (!before.any(|at| NOT_IN_JOBS.contains(sentence.word(at))))
        .then(|| (found, Span::new(start, found.end())))
}

/// `I work for the Harbour Union`, `I represent the Harbour Union`, `we at Microsoft`.
fn lead(sentence: &SentenceOf<'_>) -> Option<(Span, Span)> {
    let text = sentence.text();
    [Lead::For, Lead::ForOrganised].into_iter().find_map(|kind| {
        let mut leads = sentence.leads(kind);
        // The first place of each phrase.
        leads.dedup_by_key(|lead| lead.meaning.number);
        let is_any = kind == Lead::For;
        leads.into_iter().find_map(|lead| {
            let place = sentence.turn.place(lead)?;
            let found = sentence.passage().name_at(place.end(), sentence.span.end())?;
            let is_clear =
                is_closed(text, found.end(), sentence.span.end()) || is_any && lead.meaning.ends_at;
            let is_denied = sentence.is_denied_before(lead.first as usize);
            let is_sure = is_any || sentence.passage().is_organised(found);
            (is_clear && !is_denied && is_sure).then(|| (found, Span::new(place.start(), found.end())))
        })
    })
}

/// `I have the honour to speak on behalf of the European Union`, `On behalf of Kestria, thank you`.
fn behalf(sentence: &SentenceOf<'_>) -> Option<(Span, Span)> {
    let lead = *sentence.leads(Lead::OnBehalf).first()?;
    let place = sentence.turn.place(lead)?;
    let found = sentence.passage().name_at(place.end(), sentence.span.end())?;
    let name = found.of(sentence.text());
    let is_before = |kind| sentence.leads(kind).iter().any(|other| other.last < lead.first);
    let opens = lead.opens && sentence.is_comma(sentence.token_from(found.end()));
    let (own, speaks) = (is_before(Lead::Own), is_before(Lead::Behalf));
    // “on behalf of Canadians” is no delegation.
    let people = !name.contains(' ') && name.ends_with('s') && !sentence.passage().is_organised(found);
    let words = sentence.turn.words();
    let first = words.of_span(sentence.turn.number, found).first();
    let is_person = first.is_some_and(|word| is_title(words.text(word.form)));
    let is_stated = opens || own && speaks && !sentence.is_denied_before(lead.first as usize);
    (!people && !is_person && ends_at(sentence, found) && is_stated)
        .then(|| (found, Span::new(place.start(), found.end())))
}

/// Whether a name is whole: “the Nordic countries” and “Kestria and Pelagia” go on.
fn ends_at(sentence: &SentenceOf<'_>, name: Span) -> bool {
    let after = sentence.token_from(name.end());
    let Some(token) = sentence.token(after) else { return true };
    match token.kind {
        TokenKind::Comma => true,
        TokenKind::Stop => matches!(token.span.of(sentence.text()), "." | ":" | ";"),
        TokenKind::Dash => token.is(TokenFlags::SPACED),
        TokenKind::Mark => matches!(token.span.of(sentence.text()), "(" | ")"),
        _ => sentence.lead_at(Lead::AfterName, after).is_some(),
    }
}

/// `As Microsoft, we have a view`.
fn as_organisation(sentence: &SentenceOf<'_>) -> Option<(Span, Span)> {
    let text = sentence.text();
    let lead = *sentence.leads(Lead::As).first()?;
    let at = lead.first as usize;
    let place = sentence.turn.place(lead)?;
    let found = sentence.passage().name_at(place.end(), sentence.span.end())?;
    let name = found.of(text);
    let after = sentence.token_from(found.end());
    let is_inserted = sentence.is_comma(after);
    let next = if is_inserted { after + 1 } else { after };
    let before = at.checked_sub(2).filter(|_| sentence.is_comma(at.wrapping_sub(1)));
    let is_apposition = before.is_some_and(|before| sentence.lead_at(Lead::AsWe, before).is_some());
    let ours = is_apposition
        || sentence.lead_at(Lead::We, next).is_some()
        || is_inserted && sentence.lead_at(Lead::Our, next).is_some();
    let people = !name.contains(' ') && name.ends_with('s') && !sentence.passage().is_organised(found);
    (ours && !people && !sentence.passage().has_job_word(found))
        .then(|| (found, Span::new(place.start(), found.end())))
}

/// `All that we, as the Harbour Union, can see`, `We, the Harbour Union, demand`.
fn as_ours(sentence: &SentenceOf<'_>) -> Option<(Span, Span)> {
    let text = sentence.text();
    let mut leads = sentence.leads(Lead::WeAre);
    leads.dedup_by_key(|lead| lead.meaning.number);
    leads.into_iter().find_map(|lead| {
        let place = sentence.turn.place(lead)?;
        let found = sentence.passage().name_at(place.end(), sentence.span.end())?;
        let rest = text.get(found.end()..sentence.span.end())?;
        let is_closed = !lead.meaning.has_comma && rest.starts_with(' ') || rest.starts_with(',');
        (is_closed && sentence.passage().is_organised(found))
            .then(|| (found, Span::new(place.start(), found.end())))
    })
}

/// `our module system at Deno`, `my team at Deno`.
fn ours_at(sentence: &SentenceOf<'_>) -> Option<(Span, Span)> {
    /// Most words between “our” and what is ours.
    const BETWEEN: usize = 2;
    sentence.leads(Lead::At).into_iter().find_map(|lead| {
        let at = lead.first as usize;
        let mut before = sentence.words_before(at);
        let is_ours = OURS.contains(sentence.word(before.next()?));
        let owner = before.take(BETWEEN + 1).find(|&at| OWNERS.contains(sentence.word(at)))?;
        let found = sentence.passage().name_at(sentence.turn.place(lead)?.end(), sentence.span.end())?;
        let after = sentence.token(sentence.token_from(found.end()));
        let goes_on = after.is_some_and(|token| token.is(TokenFlags::CAPITALISED));
        let begin = sentence.start_of(owner)?;
        (is_ours && !goes_on && !sentence.is_denied_before(at))
            .then(|| (found, Span::new(begin, found.end())))
    })
}
