//! What a session adds to the totals of the stakeholders.

use rustc_hash::FxHashMap;

use crate::model::{
    Ground, IssueId, Kind, OnIssue, SentenceId, SessionCounts, Span, SpeakerId, StakeholderCounts, Stated,
    TermCounts, TermId,
};
use crate::stance::add;

use crate::compare::matrix::said;
use crate::compare::session::View;

/// The counts of each stakeholder, in order of first appearance, and of the terms they use.
pub(super) fn counts(view: &View<'_>) -> SessionCounts {
    let (mut stakeholders, of_speaker) = stakeholders(view);
    let prepared = view.prepared;
    for turn in &prepared.session.turns {
        stakeholders[of_speaker[prepared.people.id(turn.label).0 as usize]].turns += 1;
    }
    let mut uses: Vec<Vec<(usize, u64)>> = vec![Vec::new(); prepared.analysis.vocabulary.len()];
    let mut place_of: FxHashMap<(TermId, usize), usize> = FxHashMap::default();
    for id in prepared.analysis.ids() {
        let speaker = prepared.speaker(id).0 as usize;
        let index = of_speaker[speaker];
        let is_compared = view.units.is_compared(prepared.people.speakers[speaker].role);
        add_sentence(view, id, is_compared, &mut stakeholders[index]);
        if is_compared && prepared.analysis.sentence(id).kind == Kind::Speech {
            for term in prepared.analysis.terms_of(id) {
                let by_stakeholder = &mut uses[term.index()];
                let next = by_stakeholder.len();
                let place = *place_of.entry((*term, index)).or_insert(next);
                match by_stakeholder.get_mut(place) {
                    Some((_, count)) => *count += 1,
                    None => by_stakeholder.push((index, 1)),
                }
            }
        }
    }
    let vocabulary = &prepared.analysis.vocabulary;
    let terms = (0..vocabulary.len() as u32).map(TermId).zip(uses).filter(|(_, uses)| !uses.is_empty());
    let terms = terms.map(|(term, by_stakeholder)| TermCounts {
        stem: vocabulary.stem(term).to_owned(),
        form: vocabulary.form(term).to_owned(),
        by_stakeholder,
    });
    SessionCounts { terms: terms.collect(), stakeholders }
}

/// The stakeholders with their voices, and the index of each speaker's.
fn stakeholders(view: &View<'_>) -> (Vec<StakeholderCounts>, Vec<usize>) {
    let mut stakeholders: Vec<StakeholderCounts> = Vec::new();
    let mut of_speaker = Vec::with_capacity(view.units.of_speaker.len());
    let mut number_of: FxHashMap<&str, usize> = FxHashMap::default();
    for (speaker, name) in view.prepared.people.speakers.iter().zip(&view.units.of_speaker) {
        let next = stakeholders.len();
        let index = *number_of.entry(name).or_insert(next);
        if index == next {
            let on_issues = vec![OnIssue::default(); view.plan.issues.len()];
            stakeholders.push(StakeholderCounts { name: name.clone(), on_issues, ..Default::default() });
        }
        stakeholders[index].speakers.insert(speaker.name.clone());
        stakeholders[index].groups.extend(Some(speaker.group.clone()).filter(|group| !group.is_empty()));
        let is_compared = view.units.is_compared(speaker.role);
        stakeholders[index].is_compared |= is_compared;
        let id = SpeakerId(of_speaker.len() as u32);
        for (issue, on) in (0..).map(IssueId).zip(&mut stakeholders[index].on_issues) {
            let side = view.findings.side(issue, id).filter(|_| is_compared);
            side.into_iter().for_each(|side| {
                on.take_side(Stated { stance: side.stance, ground: Ground::Attitude, cue: Span::default() });
            });
        }
        of_speaker.push(index);
    }
    (stakeholders, of_speaker)
}

fn add_sentence(view: &View<'_>, id: SentenceId, is_compared: bool, counts: &mut StakeholderCounts) {
    let sentence = view.prepared.analysis.sentence(id);
    let words = u64::from(sentence.words);
    counts.sentences += 1;
    counts.words += words;
    counts.words_compared += if is_compared { words } else { 0 };
    let is_motion = |issue: IssueId| view.findings.motions.get(issue.0 as usize).is_some_and(Option::is_some);
    if is_compared {
        for bearing in view.bearings(id).iter().filter(|bearing| !is_motion(bearing.issue)) {
            if let Some(on) = counts.on_issues.get_mut(bearing.issue.0 as usize) {
                add(&mut on.sums, &said(bearing));
            }
        }
    }
    let issue = view.issue(id).and_then(|issue| counts.on_issues.get_mut(issue.0 as usize));
    let Some(on) = issue else { return };
    on.sentences_of_all += 1;
    if is_compared && sentence.kind == Kind::Speech {
        on.sentences += 1;
        on.words += words;
        if let Some(stated) = view.stated_on_issue(id) {
            on.counts.add(stated.stance);
            if view.issue(id).is_some_and(is_motion) {
                on.state(stated);
            }
        }
    }
}
