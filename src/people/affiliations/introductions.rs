//! Introductions: `Ana Reyes, director of policy at the Harbour Union`, `From the Harbour Union we
//! have its president, Ana Reyes`.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::super::names::folded;
use super::super::organisations::{has_job_word, is_organised, is_possible, name_at, takes_of};
use super::{Finding, Names, Turn};
use crate::language::{List, SharedList, english};
use crate::model::{NameWord, Span, SpeakerId};

/// Finds who is introduced in a turn, by full name, with an organisation.
pub(super) fn find(turn: &Turn<'_>, names: &Names, findings: &mut Vec<Finding>) {
    let places = places(turn.words().of_turn(turn.number), names);
    for (number, &(speaker, name)) in places.iter().enumerate() {
        if speaker == turn.speaker {
            continue;
        }
        let next = places.get(number + 1).map_or(turn.text.len(), |(_, next)| next.start());
        let before = number.checked_sub(1).and_then(|n| places.get(n)).map_or(0, |(_, last)| last.end());
        let sentence = sentence_around(turn.text, name, Span::new(before, next));
        let found = behind(turn.text, name.end(), sentence.end())
            .map(|organisation| (organisation, Span::new(name.start(), organisation.end())))
            .or_else(|| {
                let organisation = ahead(turn.text, sentence.start(), name.start())?;
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

/// What follows the organisation of somebody who is introduced: “From the Harbour Union we have …”.
static INTRODUCING: LazyLock<Vec<&str>> =
    LazyLock::new(|| english(List::Affiliations).texts("introducing").collect());

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
fn behind(text: &str, start: usize, stop: usize) -> Option<Span> {
    let rest = text.get(start..stop)?;
    for lead in [", who ", " who "] {
        if let Some(clause) = rest.strip_prefix(lead) {
            let clause = clause.split([',', ';']).next().unwrap_or(clause);
            return after_word(
                text,
                start + lead.len(),
                start + lead.len() + clause.len(),
                &[" at "],
                |_| true,
            );
        }
    }
    for lead in [" represents ", ", representing ", " representing ", ", on behalf of ", ", for "] {
        if rest.starts_with(lead) {
            let found = name_at(text, start + lead.len(), stop)?;
            return (lead != ", for " || is_organised(found.of(text))).then_some(found);
        }
    }
    for lead in [" from ", " of ", " with ", " at "] {
        if rest.starts_with(lead) {
            return name_at(text, start + lead.len(), stop).filter(|found| is_organised(found.of(text)));
        }
    }
    for lead in [", ", " is ", " (", " – ", " - "] {
        if rest.starts_with(lead) {
            let found = of_appositive(text, start + lead.len(), stop);
            return found.filter(|found| lead == " is " || is_closed(text, found.end(), stop));
        }
    }
    None
}

/// Whether an insertion ends at byte `end`: `Ana, the director of A, …` and not `unlike Ana, the
/// director of A is …`.
pub(super) fn is_closed(text: &str, end: usize, stop: usize) -> bool {
    let after = text.get(end..stop).unwrap_or("");
    let leads = [",", ";", ")", ".", "'", "’", " –", " -", " and ", " who ", " & "];
    after.trim().is_empty() || leads.iter().any(|lead| after.starts_with(lead))
}

/// The organisation of `director of policy at the Harbour Union`, of `director, Harbour Union`, of
/// `Harbour Union`.
fn of_appositive(text: &str, start: usize, stop: usize) -> Option<Span> {
    let rest = text.get(start..stop)?;
    let end = start + rest.find([',', ';', ')', ':']).unwrap_or(rest.len());
    let segment = text.get(start..end)?;
    if let Some(found) = of_job(text, start, end) {
        return Some(found);
    }
    let is_job = has_job_word(segment);
    if is_job && text.get(end..stop).is_some_and(|t| t.starts_with(", ")) {
        let start = end + 2;
        let further = text.get(start..stop)?;
        let lead =
            ["at ", "with ", "from "].into_iter().find(|lead| further.starts_with(lead)).map_or(0, str::len);
        return name_at(text, start + lead, stop).filter(|f| lead > 0 || is_organised(f.of(text)));
    }
    let found = name_at(text, start, end)?;
    let is_whole = text.get(found.end()..end).is_some_and(|t| t.trim().is_empty());
    (!is_job && is_whole && is_organised(found.of(text))).then_some(found)
}

/// The organisation of a job that stands alone: `Director, Tax Policy, at the Harbour Union`.
pub(super) fn organisation_of_job(text: &str) -> Option<&str> {
    of_appositive(text, 0, text.len()).map(|found| found.of(text))
}

/// The organisation that a job in `start..end` belongs to: what follows `at`; else what follows
/// `of`, `with`, `for` or `from` where it clearly is an organisation.
pub(super) fn of_job(text: &str, start: usize, end: usize) -> Option<Span> {
    if let Some(found) = after_word(text, start, end, &[" at "], has_job_word) {
        return Some(found);
    }
    let leads = [" of ", " for ", " with ", " from ", " to "];
    let sure = |before: &str, found: &str| takes_of(before) || is_organised(found);
    let mut last = None;
    for lead in leads {
        for (at, _) in text.get(start..end)?.match_indices(lead) {
            let before = text.get(start..start + at)?;
            let Some(found) = name_at(text, start + at + lead.len(), end) else { continue };
            let own = (lead == " of " || lead == " from " || lead == " for ") && takes_of(before);
            if has_job_word(before)
                && (own || sure("", found.of(text)))
                && last.is_none_or(|l: Span| l.start() < found.start())
            {
                last = Some(found);
            }
        }
    }
    last
}

/// The name after the first of some words in `start..end` that is followed by one, where what comes
/// before fits.
fn after_word(
    text: &str,
    start: usize,
    end: usize,
    leads: &[&str],
    fits: impl Fn(&str) -> bool,
) -> Option<Span> {
    let part = text.get(start..end)?;
    let mut places: Vec<usize> =
        leads.iter().flat_map(|lead| part.match_indices(lead).map(move |(at, _)| at + lead.len())).collect();
    places.sort_unstable();
    places.into_iter().find_map(|at| {
        let found = name_at(text, start + at, end)?;
        fits(text.get(start..start + at)?).then_some(found)
    })
}

/// The organisation in what stands before a name in its sentence: `From the Harbour Union we have
/// its president, `, `the president of the Harbour Union, `.
fn ahead(text: &str, start: usize, name: usize) -> Option<Span> {
    let part = text.get(start..name)?;
    let trimmed = part.trim_start();
    let begin = start + (part.len() - trimmed.len());
    for lead in ["From ", "And from ", "from "] {
        if let Some(rest) = trimmed.strip_prefix(lead) {
            let found = name_at(text, begin + lead.len(), name)?;
            let after = folded(text.get(found.end()..name)?);
            let is_lead = INTRODUCING.iter().any(|join| {
                after.starts_with(join) || after.trim_start_matches([',', ' ']).starts_with(join)
            });
            return (is_lead && !rest.is_empty()).then_some(found);
        }
    }
    // The job must lead straight up to the name.
    let bare = strip_title(part).trim_end();
    let segment = bare.strip_suffix(',')?;
    let from = segment.rfind([',', ';', ':']).map_or(0, |at| at + 1);
    let found = of_job(text, start + from, start + segment.len())?;
    let is_last = text.get(found.end()..start + segment.len()).is_some_and(|t| t.trim().is_empty());
    (is_last && is_possible(found.of(text))).then_some(found)
}

/// A text without titles at its end.
fn strip_title(text: &str) -> &str {
    let trimmed = text.trim_end();
    match trimmed.rsplit_once(char::is_whitespace) {
        Some((before, last)) if super::super::names::is_title(&folded(last)) => strip_title(before),
        _ => text,
    }
}
