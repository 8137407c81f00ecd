//! Introductions: `Ana Reyes, director of policy at the Harbour Union`, `From the Harbour Union we
//! have its president, Ana Reyes`.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::super::labels::names::is_title;
use super::jobs::{after_at, of_appositive, of_job};
use super::phrases::{Lead, LeadPhrases};
use super::{Finding, Names, Turn};
use crate::language::{List, SharedList, english};
use crate::model::{NameWord, Span, SpeakerId, Token, TokenFlags, TokenKind};

/// Words around the name of somebody who is introduced.
struct Lists {
    /// Behind the name, with or without a comma: “who leads the team at …”.
    who: FxHashSet<&'static str>,
    /// Behind the name, before the organisation.
    represents: FxHashSet<&'static str>,
    /// The same, with or without a comma.
    representing: FxHashSet<&'static str>,
    /// Behind the name and a comma, before what must look like an organisation.
    speaking_for: FxHashSet<&'static str>,
    /// Behind the name, before what must look like an organisation.
    from: FxHashSet<&'static str>,
    /// Behind the name, before what the person is.
    is: FxHashSet<&'static str>,
    /// Before the organisation, at the beginning of a sentence: “From the Harbour Union we have …”.
    opening: Vec<Vec<&'static str>>,
    /// Behind that organisation.
    introducing: Vec<Vec<&'static str>>,
    /// What an insertion that ends is followed by.
    ending: Vec<String>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let sections = english(List::Affiliations);
    let words = |section| sections.words(section).collect();
    let phrases = |section| sections.lines(section).map(|line| line.words().collect()).collect();
    Lists {
        who: words("who"),
        represents: words("represents"),
        representing: words("representing"),
        speaking_for: words("speaking for"),
        from: words("from"),
        is: words("is"),
        opening: phrases("opening an introduction"),
        introducing: phrases("introducing"),
        ending: sections.words("after an insertion").map(|word| format!(" {word} ")).collect(),
    }
});

/// Finds who is introduced in a turn, by full name, with an organisation.
pub(super) fn find(turn: &Turn<'_>, leads: &LeadPhrases, names: &Names, findings: &mut Vec<Finding>) {
    let places = places(turn.words().of_turn(turn.number), names);
    for (number, &(speaker, name)) in places.iter().enumerate() {
        if speaker == turn.speaker {
            continue;
        }
        let next = places.get(number + 1).map_or(turn.text.len(), |(_, next)| next.start());
        let before = number.checked_sub(1).and_then(|n| places.get(n)).map_or(0, |(_, last)| last.end());
        let sentence = sentence_around(turn.text, name, Span::new(before, next));
        let found = behind(turn, leads, name.end(), sentence.end())
            .map(|organisation| (organisation, Span::new(name.start(), organisation.end())))
            .or_else(|| {
                let organisation = ahead(turn, sentence.start(), name.start())?;
                Some((organisation, Span::new(sentence.start(), name.end()).trimmed(turn.text)))
            });
        let Some((organisation, shown)) = found else { continue };
        if !names.names_somebody(turn, organisation) {
            findings.push(turn.finding(speaker, organisation, shown));
        }
    }
}

/// Where the full names of speakers stand, in order; the longest name counts.
fn places(words: &[NameWord], names: &Names) -> Vec<(SpeakerId, Span)> {
    let mut found: Vec<(SpeakerId, Span)> = Vec::new();
    for (at, word) in words.iter().enumerate().filter(|(_, word)| word.is_capital) {
        let Some((speaker, name)) = words.get(at..).and_then(|rest| names.at(rest)) else { continue };
        let Some(last) = words.get(at + name.len() - 1) else { continue };
        let span = Span::new(word.span.start(), last.span.end());
        if found.last().is_none_or(|(_, before)| before.end() <= span.start()) {
            found.push((speaker, span));
        }
    }
    found
}

/// The sentence that a name stands in, as far as it lies in `within`: from the last end of a sentence
/// before the name to the first after it.
///
/// The names around bound the search, so that many names of a turn together cost its length.
fn sentence_around(text: &str, name: Span, within: Span) -> Span {
    const MARKS: [char; 4] = ['.', '?', '!', '\n'];
    let above = text.get(within.start()..name.start()).unwrap_or("");
    let start = above.rmatch_indices(MARKS).find(|(at, _)| is_end(above, *at)).map_or(0, |(at, _)| at + 1);
    let below = text.get(name.end()..within.end()).unwrap_or("");
    let end = below.match_indices(MARKS).find(|(at, _)| is_end(below, *at)).map_or(below.len(), |(at, _)| at);
    Span::new(within.start() + start, name.end() + end)
}

/// Titles of three letters and more that are written with a full stop; shorter ones look like initials.
static SHORT_TITLES: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| SharedList::Names.read().words("short titles").collect());

/// Whether the mark at byte `at` ends a sentence: a line feed, or a mark with white space and no
/// abbreviation before it.
pub(super) fn is_end(text: &str, at: usize) -> bool {
    let after = text.get(at + 1..).unwrap_or("");
    if text.get(at..).is_some_and(|t| t.starts_with('\n')) {
        return true;
    }
    let word = text.get(..at).unwrap_or("").rsplit(char::is_whitespace).next().unwrap_or("");
    let short = word.chars().count() < 3 && word.chars().next().is_some_and(char::is_uppercase);
    let title = SHORT_TITLES.contains(word);
    after.is_empty() || after.starts_with(char::is_whitespace) && !short && !title
}

/// The organisation in what follows a name.
fn behind(turn: &Turn<'_>, leads: &LeadPhrases, start: usize, stop: usize) -> Option<Span> {
    let passage = turn.passage();
    let first = turn.token_from(start);
    let token = turn.token_before(first, stop).filter(|token| is_blank(turn.text, start, token))?;
    let has_comma = token.kind == TokenKind::Comma;
    let at = first + usize::from(has_comma);
    let after = turn.token_before(at, stop).filter(|token| token.is(TokenFlags::SPACED))?;
    let word = turn.word(at);
    let next = after.span.end();
    if LISTS.who.contains(word) {
        let clause = turn.text.get(next..stop)?;
        let end = next + clause.find([',', ';']).unwrap_or(clause.len());
        return after_at(&passage, Span::new(next, end), |_| true);
    }
    if LISTS.representing.contains(word) || !has_comma && LISTS.represents.contains(word) {
        return passage.name_at(next, stop);
    }
    if let Some(lead) = leads.at(Lead::OnBehalf, turn.tokens(), at).filter(|_| has_comma) {
        return passage.name_at(turn.place(lead)?.end(), stop);
    }
    let must_look_like_one = if has_comma { &LISTS.speaking_for } else { &LISTS.from };
    if must_look_like_one.contains(word) {
        return passage.name_at(next, stop).filter(|&found| passage.is_organised(found));
    }
    if !has_comma && LISTS.is.contains(word) {
        return of_appositive(&passage, next, stop);
    }
    let opens = matches!(after.span.of(turn.text), "(" | "–" | "-") && is_set_off(turn, at);
    let start = if has_comma { Some(token.span.end()) } else { opens.then_some(next) };
    let found = of_appositive(&passage, start?, stop);
    found.filter(|found| is_closed(turn.text, found.end(), stop))
}

/// Whether nothing but white space stands between a byte and a token.
fn is_blank(text: &str, start: usize, token: &Token) -> bool {
    text.get(start..token.span.start()).is_some_and(|between| between.trim().is_empty())
}

/// Whether a mark opens an insertion: a bracket, or a dash with white space on both sides.
fn is_set_off(turn: &Turn<'_>, at: usize) -> bool {
    let tokens = &turn.tokens().all;
    let is_dash = tokens.get(at).is_some_and(|token| token.kind == TokenKind::Dash);
    !is_dash || tokens.get(at + 1).is_some_and(|next| next.is(TokenFlags::SPACED))
}

/// Whether an insertion ends at byte `end`: `Ana, the director of A, …` and not `unlike Ana, the
/// director of A is …`.
pub(super) fn is_closed(text: &str, end: usize, stop: usize) -> bool {
    let after = text.get(end..stop).unwrap_or("");
    let marks = [",", ";", ")", ".", "'", "’", " –", " -", " & "];
    after.trim().is_empty()
        || marks.iter().any(|mark| after.starts_with(mark))
        || LISTS.ending.iter().any(|word| after.starts_with(word.as_str()))
}

/// The organisation in what stands before a name in its sentence: `From the Harbour Union we have
/// its president, `, `the president of the Harbour Union, `.
fn ahead(turn: &Turn<'_>, start: usize, name: usize) -> Option<Span> {
    let passage = turn.passage();
    let first = turn.token_from(start);
    if let Some(end) = phrase_end(turn, first, &LISTS.opening) {
        let found = passage.name_at(turn.tokens().all.get(end - 1)?.span.end(), name)?;
        let after = turn.token_from(found.end());
        let is_comma = |at: usize| turn.token_before(at, name).is_some_and(|t| t.kind == TokenKind::Comma);
        let after = after + usize::from(is_comma(after));
        return phrase_end(turn, after, &LISTS.introducing).map(|_| found);
    }
    // The job must lead straight up to the name.
    let mut runs: Vec<Span> = passage.runs(Span::new(start, name)).collect();
    while runs.pop_if(|run| is_written_title(turn, *run)).is_some() {}
    let last = runs.last().filter(|last| last.of(turn.text).ends_with(','))?;
    let end = last.end() - 1;
    let from = turn.text.get(start..end)?.rfind([',', ';', ':']).map_or(0, |at| at + 1);
    let found = of_job(&passage, start + from, end)?;
    let is_last = turn.text.get(found.end()..end).is_some_and(|t| t.trim().is_empty());
    (is_last && passage.phrase(found).is_possible()).then_some(found)
}

/// One past the last token of the longest phrase of a list whose words stand at a token.
fn phrase_end(turn: &Turn<'_>, first: usize, phrases: &[Vec<&str>]) -> Option<usize> {
    let stands = |phrase: &&Vec<&str>| phrase.iter().zip(first..).all(|(word, at)| turn.word(at) == *word);
    phrases.iter().filter(stands).map(|phrase| first + phrase.len()).max()
}

/// Whether a run is a title before a name: `Dr.`.
fn is_written_title(turn: &Turn<'_>, run: Span) -> bool {
    let words = turn.words().of_span(turn.number, run);
    let [word] = words else { return false };
    let rest = turn.text.get(word.span.end()..run.end()).unwrap_or("");
    word.span.start() == run.start() && matches!(rest, "" | ".") && is_title(turn.words().text(word.form))
}
