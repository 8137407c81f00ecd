//! What a quotation says besides its words: the stance that it states, the issue that it is about.

use crate::model::{Evidence, Issue, SentenceId, Stance, Stated};

use crate::prepare::Prepared;
use crate::prepare::stances::stances_of;
use crate::summary::QuotedSummary;

/// Headings from which on a source says itself what it is about.
const FEWEST_HEADINGS: usize = 2;

/// Fills in issues, and stances where none is known yet: the issues are those of the list, else those that the source's headings name.
pub(crate) fn annotate(prepared: &Prepared<'_>, made: &mut [QuotedSummary], issues: &[Issue]) {
    let headed = issues.is_empty() && prepared.session.headings.len() >= FEWEST_HEADINGS;
    let found = if headed { prepared.gathered().issues() } else { Vec::new() };
    let issues = if headed { &found } else { issues };
    let assigned = if issues.is_empty() { Vec::new() } else { prepared.assigned(issues) };
    for evidence in made.iter_mut().flat_map(|made| &mut made.summary.evidence) {
        let Some(id) = sentence_of(prepared, evidence) else { continue };
        if evidence.stance.is_none() {
            let stated = stances_of(prepared, &[id]).into_iter().next().flatten();
            evidence.stance = stance_in(evidence, stated);
        }
        let issue = assigned.get(id.index()).copied().flatten();
        let issue = issue.and_then(|assignment| issues.get(assignment.issue.0 as usize));
        evidence.issue = issue.map_or_else(String::new, |issue| issue.label.clone());
    }
}

/// The stance of the quotation's sentence, if the words that state it are quoted: the quotation may be
/// cut.
pub(crate) fn stance_in(evidence: &Evidence, stated: Option<Stated>) -> Option<Stance> {
    let is_quoted = |stated: &Stated| {
        stated.cue.start() as u64 >= evidence.start && stated.cue.end() as u64 <= evidence.end
    };
    stated.filter(is_quoted).map(|stated| stated.stance)
}

/// The sentence that a quotation is of.
pub(crate) fn sentence_of(prepared: &Prepared<'_>, evidence: &Evidence) -> Option<SentenceId> {
    let first = prepared.analysis.first_of_turn.get(usize::try_from(evidence.turn).ok()?)?;
    Some(SentenceId(first + u32::try_from(evidence.sentence).ok()?))
}
