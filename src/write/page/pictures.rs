//! From a session's data to the pictures of its page; none where there would be nothing to see.

use rustc_hash::FxHashMap;

use crate::model::{Evidence, IssueStance, Page, ReferenceKind, SpeakerInfo};
use crate::write::charts::{self, Arrow, Axis, Bar, Chart, HeatCell, Stretch, Voice};
use crate::write::one_line;

use super::view::{View, of_page};

/// Words of a sentence that stand behind a cell: what a pointer's note holds in two lines.
const HOVER_WORDS: usize = 14;

/// Who spoke when, and on which issue.
pub(super) fn timeline(view: &View<'_>) -> Option<Chart> {
    let rows = &view.session.part.sentences;
    let issues: Vec<String> = view.issues().map(|issue| issue.issue.label.clone()).collect();
    let lanes = voices(view);
    let speakers = view.session.part.speakers.iter().enumerate();
    // Where two speakers have one name, the first has the lane.
    let lane_of: FxHashMap<&str, usize> = speakers.rev().map(|(at, s)| (s.name.as_str(), at)).collect();
    let issue_of: FxHashMap<&str, usize> =
        issues.iter().enumerate().rev().map(|(at, label)| (label.as_str(), at)).collect();
    let is_timed = rows.iter().all(|row| row.time.is_some());
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut words = 0.0;
    for row in rows {
        let (start, end) = match row.time.filter(|_| is_timed) {
            Some(time) => (time.start, time.end),
            None => (words, words + row.words as f64),
        };
        words += row.words as f64;
        let issue = issue_of.get(&*row.issue).copied();
        let Some(&lane) = lane_of.get(&*row.name) else { continue };
        match stretches.last_mut().filter(|s| s.turn == row.turn && s.issue == issue && s.lane == lane) {
            Some(last) => last.end = end.max(last.end),
            None => stretches.push(Stretch { lane, start, end, issue, turn: row.turn }),
        }
    }
    let lasts = stretches.iter().any(|stretch| stretch.end > stretch.start);
    let axis = if is_timed { Axis::Seconds } else { Axis::Words };
    let is_worth = lasts && lanes.len() > 1;
    is_worth.then(|| charts::timeline(view.phrases, &view.id("timeline"), &lanes, &issues, &stretches, axis))
}

/// Who holds how much of the floor, the most talkative first.
pub(super) fn floor(view: &View<'_>) -> Option<Chart> {
    let stakeholders = &view.session.part.counts.stakeholders;
    let all: u64 = stakeholders.iter().map(|counts| counts.words).sum();
    let mut sorted: Vec<_> = stakeholders.iter().collect();
    sorted.sort_by_key(|counts| std::cmp::Reverse(counts.words));
    let bar = |counts: &&crate::model::StakeholderCounts| Bar {
        name: view.phrases.name_of(&counts.name),
        share: counts.words as f64 / all.max(1) as f64,
        figures: view.phrases.size(counts.words, counts.turns),
        is_quiet: !counts.is_compared,
    };
    let bars: Vec<Bar> = sorted.iter().map(bar).collect();
    (all > 0 && bars.len() > 1).then(|| charts::bars(view.phrases, &view.id("floor"), &bars))
}

/// Where each stakeholder stands on each issue.
pub(super) fn stances(view: &View<'_>) -> Option<Chart> {
    let stances = &view.session.part.stances;
    let issues: Vec<String> = view.issues().map(|issue| issue.issue.label.clone()).collect();
    let issues: Vec<String> =
        issues.into_iter().filter(|issue| stances.iter().any(|on| on.issue == *issue)).collect();
    let names: Vec<&str> = view.session.positions.iter().map(|summary| summary.name.as_str()).collect();
    let cell = |stakeholder: &str, issue: &str| {
        let on = stances.iter().find(|on| on.stakeholder == stakeholder && on.issue == issue);
        on.map_or_else(HeatCell::default, |on| HeatCell {
            stance: on.stance,
            salience: on.salience,
            n_sentences: on.n_sentences,
            words: shown_by(view, on),
        })
    };
    let cells: Vec<Vec<HeatCell>> =
        names.iter().map(|name| issues.iter().map(|issue| cell(name, issue)).collect()).collect();
    let shown: Vec<String> = names.iter().map(|name| view.phrases.name_of(name)).collect();
    let is_worth = !issues.is_empty() && !names.is_empty();
    is_worth.then(|| charts::heat_map(view.phrases, &view.id("stances"), &shown, &issues, &cells))
}

/// The beginning of the sentence that best shows a stance; empty where none is taken.
fn shown_by(view: &View<'_>, on: &IssueStance) -> String {
    let evidence = on.evidence.iter().filter_map(|&(turn, sentence)| view.quoted(turn, sentence));
    let words = |evidence: &Evidence| {
        let line = one_line(evidence.shown());
        let shown: Vec<&str> = line.split(' ').take(HOVER_WORDS).collect();
        let shown = shown.join(" ");
        if shown.len() < line.len() { format!("{shown} […]") } else { shown }
    };
    on.stance.and(evidence.map(words).next()).unwrap_or_default()
}

/// How alike the vocabularies of stakeholders are.
pub(super) fn likeness(page: &Page, id: &str) -> Option<Chart> {
    let overall = &page.overall;
    let in_matrices = overall.stakeholders.iter().filter(|totals| totals.in_matrices);
    let names: Vec<String> = in_matrices.map(|totals| of_page(page).name_of(&totals.counts.name)).collect();
    (names.len() > 2).then(|| charts::matrix(of_page(page), id, &names, &overall.similarity))
}

/// Who speaks of whom.
pub(super) fn references(view: &View<'_>) -> Option<Chart> {
    let names: Vec<&str> = view.session.part.speakers.iter().map(|s| s.name.as_str()).collect();
    let mut arrows: Vec<Arrow> = Vec::new();
    for row in &view.session.part.references {
        let index = |name: &str| names.iter().position(|known| *known == name);
        let (Some(from), Some(to)) = (index(&row.from), index(&row.to)) else { continue };
        let kind: ReferenceKind = row.kind;
        match arrows.iter_mut().find(|a| a.from == from && a.to == to && a.kind == kind) {
            Some(known) => known.count += 1,
            None => arrows.push(Arrow { from, to, kind, count: 1 }),
        }
    }
    (!arrows.is_empty()).then(|| charts::graph(view.phrases, &view.id("refers"), &voices(view), &arrows))
}

/// The voices of a session under the names that its quotations have.
fn voices(view: &View<'_>) -> Vec<Voice> {
    let shown = |name: &str| view.phrases.name_of(name);
    let voice = |s: &SpeakerInfo| Voice { name: shown(&s.name), stakeholder: shown(&s.stakeholder) };
    view.session.part.speakers.iter().map(voice).collect()
}
