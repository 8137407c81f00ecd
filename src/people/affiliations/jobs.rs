//! The organisation that a job belongs to: `director of policy at the Harbour Union`, `director, Harbour
//! Union`. Labels and speech say it alike.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::super::organisations::Passage;
use crate::language::{List, english};
use crate::model::Span;

/// Words between a job and its organisation.
struct Lists {
    /// “at”: whatever follows is the organisation.
    at: FxHashSet<&'static str>,
    /// After some jobs what follows is the organisation, after others it must look like one.
    of: FxHashSet<&'static str>,
    /// What follows must look like an organisation.
    with: FxHashSet<&'static str>,
    /// Behind the comma after a job.
    behind_a_job: FxHashSet<&'static str>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let sections = english(List::Affiliations);
    let words = |section| sections.words(section).collect();
    Lists {
        at: words("at"),
        of: words("job of"),
        with: words("job with"),
        behind_a_job: words("behind a job"),
    }
});

/// The organisation in what stands beside a name: of `director of policy at the Harbour Union`, of
/// `director, Harbour Union`, of `Harbour Union`.
pub(in super::super) fn of_appositive(passage: &Passage<'_>, start: usize, stop: usize) -> Option<Span> {
    let text = passage.text;
    let rest = text.get(start..stop)?;
    let end = start + rest.find([',', ';', ')', ':']).unwrap_or(rest.len());
    if let Some(found) = of_job(passage, start, end) {
        return Some(found);
    }
    let is_job = passage.has_job_word(Span::new(start, end));
    if is_job && text.get(end..stop).is_some_and(|t| t.starts_with(", ")) {
        let first = passage.runs(Span::new(end + 1, stop)).next()?;
        let lead = Some(first).filter(|first| LISTS.behind_a_job.contains(first.of(text)));
        let found = passage.name_at(lead.map_or(end + 1, Span::end), stop)?;
        return Some(found).filter(|&found| lead.is_some() || passage.is_organised(found));
    }
    let found = passage.name_at(start, end)?;
    let is_whole = text.get(found.end()..end).is_some_and(|t| t.trim().is_empty());
    (!is_job && is_whole && passage.is_organised(found)).then_some(found)
}

/// The organisation that a job in `start..end` belongs to: what follows `at`; else what follows `of`,
/// `with`, `for`, `from` or `to` where it clearly is an organisation.
pub(super) fn of_job(passage: &Passage<'_>, start: usize, end: usize) -> Option<Span> {
    let job = Span::new(start, end.max(start));
    let before = |lead: Span| Span::new(start, lead.start());
    if let Some(found) = after_at(passage, job, |lead| passage.has_job_word(before(lead))) {
        return Some(found);
    }
    let mut last = None;
    for lead in passage.runs(job).skip(1) {
        let word = lead.of(passage.text);
        let may_take = LISTS.of.contains(word);
        if !may_take && !LISTS.with.contains(word) {
            continue;
        }
        let Some(found) = passage.name_at(lead.end(), end) else { continue };
        let is_sure = may_take && passage.takes_of(before(lead)) || passage.is_organised(found);
        if is_sure
            && passage.has_job_word(before(lead))
            && last.is_none_or(|l: Span| l.start() < found.start())
        {
            last = Some(found);
        }
    }
    last
}

/// The name after the first `at` in a span that is followed by one and fits.
pub(super) fn after_at(passage: &Passage<'_>, span: Span, fits: impl Fn(Span) -> bool) -> Option<Span> {
    let leads = passage.runs(span).skip(1).filter(|lead| LISTS.at.contains(lead.of(passage.text)));
    let mut named = leads.filter_map(|lead| Some((lead, passage.name_at(lead.end(), span.end())?)));
    named.find(|(lead, _)| fits(*lead)).map(|(_, name)| name)
}
