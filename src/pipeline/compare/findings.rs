//! What the stages on issues, stances and references say of a session, by sentence.

use rayon::prelude::*;

use crate::issues::Naming;
use crate::model::{Assignment, Ground, Kind, Reference, SentenceId, Span, Stance, Stated};

use crate::pipeline::Prepared;
use crate::pipeline::stances::{OwnNames, references, stances};
use crate::stance;

use super::Plan;

/// The issue, the stance and the references of the sentences of a session.
#[derive(Debug, Default)]
pub(super) struct Findings {
    /// The main issue of each sentence.
    pub(super) issues: Vec<Option<Assignment>>,
    /// The stance that each sentence states, of whatever it is.
    pub(super) stances: Vec<Option<Stated>>,
    /// The stance that each sentence states of its issue.
    pub(super) on_issue: Vec<Option<OnIssue>>,
    /// The names of its issue that each sentence holds, by number.
    pub(super) names: Vec<Vec<usize>>,
    /// Who speaks of whom, in reading order.
    pub(super) references: Vec<Reference>,
}

/// A stance on an issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct OnIssue {
    /// The stance and the words that state it.
    pub(super) stated: Stated,
    /// The names of the issue that it is said of, by number; none where only the talk around it is about
    /// the issue.
    pub(super) names: Vec<usize>,
}

impl Findings {
    /// Asks the stages.
    pub(super) fn new(prepared: &Prepared<'_>, plan: &Plan) -> Self {
        let is_found = plan.settings.issues.is_empty();
        let namings: Vec<Naming> = plan.issues.iter().map(|issue| prepared.naming(issue, is_found)).collect();
        let issues = prepared.assigned(&plan.issues);
        let stances = stances(prepared);
        let names = OwnNames::of(prepared);
        let ask = Ask { prepared, namings: &namings, names: &names, issues: &issues };
        let ids: Vec<SentenceId> = prepared.analysis.ids().collect();
        let found: Vec<(Option<OnIssue>, Vec<usize>)> = ids
            .par_iter()
            .map(|&id| {
                let assigned = issues.get(id.index()).copied().flatten();
                let stated = stances.get(id.index()).copied().flatten();
                assigned.map_or_else(Default::default, |a| ask.sentence(id, a.issue.0 as usize, stated))
            })
            .collect();
        let (on_issue, names) = found.into_iter().unzip();
        Findings { issues, stances, on_issue, names, references: references(prepared) }
    }
}

/// What is asked of each sentence.
struct Ask<'a> {
    prepared: &'a Prepared<'a>,
    namings: &'a [Naming],
    names: &'a OwnNames,
    issues: &'a [Option<Assignment>],
}

impl Ask<'_> {
    /// The stance that a sentence states of its issue, and the issue's names in it. `stated` is what it
    /// states of whatever it is about.
    fn sentence(
        &self,
        id: SentenceId,
        issue: usize,
        stated: Option<Stated>,
    ) -> (Option<OnIssue>, Vec<usize>) {
        let Some(naming) = self.namings.get(issue) else { return Default::default() };
        if self.prepared.analysis.sentence(id).kind != Kind::Speech {
            return Default::default();
        }
        let places = self.prepared.named(naming, id);
        let mut numbers: Vec<usize> = places.iter().map(|&(number, _)| number).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let on_issue = match self.of(id, &places, |_| true) {
            Some(stated) => {
                let same =
                    |n: &usize| self.of(id, &places, |m| m == *n).is_some_and(|s| s.stance == stated.stance);
                Some(OnIssue { stated, names: numbers.iter().copied().filter(same).collect() })
            }
            None if naming.is_strict || numbers.is_empty() && !self.goes_on(id, issue) => None,
            None => stated
                .filter(|stated| stated.ground != Ground::Answer && !self.is_of_another(id, issue))
                .map(|stated| OnIssue { stated, names: Vec::new() }),
        };
        (on_issue, numbers)
    }

    fn of(&self, id: SentenceId, places: &[(usize, Span)], wanted: impl Fn(usize) -> bool) -> Option<Stated> {
        let named: Vec<Span> = places.iter().filter(|(n, _)| wanted(*n)).map(|&(_, span)| span).collect();
        if named.is_empty() { None } else { self.names.of_issue(self.prepared, id, &named) }
    }

    /// Whether the sentence goes on about an issue that its turn named before; all is about the only one.
    fn goes_on(&self, id: SentenceId, issue: usize) -> bool {
        let Some(naming) = self.namings.get(issue) else { return false };
        let analysis = &self.prepared.analysis;
        let turn = analysis.sentence(id).turn;
        let before = (0..id.0).rev().map(SentenceId).take_while(|id| analysis.sentence(*id).turn == turn);
        let said = before.filter(|id| analysis.sentence(*id).kind == Kind::Speech);
        let on_issue = |id: &SentenceId| self.issues[id.index()].is_some_and(|a| a.issue.0 as usize == issue);
        self.namings.len() == 1
            || said.take_while(on_issue).any(|id| !self.prepared.named(naming, id).is_empty())
    }

    /// Whether the sentence says what it states of another issue.
    fn is_of_another(&self, id: SentenceId, issue: usize) -> bool {
        let others = self.namings.iter().enumerate().filter(|&(other, _)| other != issue);
        others
            .into_iter()
            .any(|(_, naming)| self.of(id, &self.prepared.named(naming, id), |_| true).is_some())
    }
}

/// The stance of several sentences.
pub(super) fn overall(stated: &[Stated]) -> Option<Stance> {
    stance::of_sentences(stated)
}
