//! What the stages on issues, stances and references say of a session, by sentence.

use rayon::prelude::*;

use crate::issues::Naming;
use crate::model::{
    Assignment, Basis, Ground, IssueId, Kind, Reference, SentenceId, Span, SpeakerId, Stance, Stated,
};

use crate::prepare::Prepared;
use crate::prepare::sides::of_motions;
use crate::prepare::stances::{motion_of, of_issue, references, stances};
use crate::stance::{self, Motion, Side, Weights};

use crate::compare::ComparisonPlan;
use crate::compare::bearings::{Bearing, BearingContext};

/// The issue, the stance and the references of the sentences of a session.
#[derive(Debug, Default)]
pub(super) struct Findings {
    /// The main issue of each sentence.
    pub(super) issues: Vec<Option<Assignment>>,
    /// The stance that each sentence states, on any issue.
    pub(super) stances: Vec<Option<Stated>>,
    /// The stance that each sentence states of its issue.
    pub(super) on_issue: Vec<Option<OnIssue>>,
    /// By issue, the motion that its text is.
    pub(super) motions: Vec<Option<Motion>>,
    /// By issue, the side of each speaker where the issue is a motion of the session.
    pub(super) sides: Vec<Vec<Option<Side>>>,
    /// The issues that each sentence bears on.
    pub(super) bearings: Vec<Vec<Bearing>>,
    /// The references of speakers to each other, in reading order.
    pub(super) references: Vec<Reference>,
}

/// A stance on an issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct OnIssue {
    /// The stance and the words that state it.
    pub(super) stated: Stated,
    /// Whether it is said of the issue by a name; else only the talk around it is about the issue.
    pub(super) by_name: bool,
}

impl Findings {
    /// The side of a speaker on an issue that is a motion of the session.
    pub(super) fn side(&self, issue: IssueId, speaker: SpeakerId) -> Option<&Side> {
        self.sides.get(issue.0 as usize)?.get(speaker.0 as usize)?.as_ref()
    }

    /// Asks the stages; sentences that bear on an issue less probably than `least` have no bearing on it.
    pub(super) fn new(prepared: &Prepared<'_>, plan: &ComparisonPlan, least: f64) -> Self {
        let is_found = plan.settings.issues.is_empty();
        let namings: Vec<Naming> = plan.issues.iter().map(|issue| prepared.naming(issue, is_found)).collect();
        let issues = prepared.assigned(&plan.issues);
        let stances = stances(prepared);
        let ask = Ask { prepared, namings: &namings, issues: &issues };
        let on_issue = ask.main_issues(&stances);
        let known =
            BearingContext { prepared, issues: &plan.issues, main: &issues, stances: &stances, least };
        let bearings = known.bearings(|id, issue, is_named| {
            if issues.get(id.index()).copied().flatten().is_some_and(|main| main.issue == issue) {
                return on_issue[id.index()];
            }
            let naming = namings.get(issue.0 as usize).filter(|_| is_named)?;
            ask.by_name(id, naming).map(|stated| OnIssue { stated, by_name: true })
        });
        let motions: Vec<Option<Motion>> =
            plan.issues.iter().map(|issue| motion_of(prepared, &issue.text)).collect();
        let sides = of_motions(prepared, &plan.issues, &motions);
        Findings { issues, stances, on_issue, motions, sides, bearings, references: references(prepared) }
    }
}

/// What is asked of each sentence.
struct Ask<'a> {
    prepared: &'a Prepared<'a>,
    namings: &'a [Naming],
    issues: &'a [Option<Assignment>],
}

impl Ask<'_> {
    /// The stance that each sentence states of its main issue; `stances` are those on any issue.
    fn main_issues(&self, stances: &[Option<Stated>]) -> Vec<Option<OnIssue>> {
        let ids: Vec<SentenceId> = self.prepared.analysis.ids().collect();
        let is_named: Vec<bool> = ids.par_iter().map(|&id| self.names_main_issue(id)).collect();
        let goes_on = self.going_on(&is_named);
        let one = |&id: &SentenceId| {
            let at = id.index();
            let issue = self.issues[at]?.issue.0 as usize;
            let naming = self.namings.get(issue)?;
            if self.prepared.analysis.sentence(id).kind != Kind::Speech {
                return None;
            }
            if let Some(stated) = self.by_name(id, naming).filter(|_| is_named[at]) {
                return Some(OnIssue { stated, by_name: true });
            }
            if naming.is_strict || !is_named[at] && !goes_on[at] {
                return None;
            }
            let stated = stances[at].filter(|stated| stated.ground != Ground::Answer)?;
            (!self.is_of_another(id, issue)).then_some(OnIssue { stated, by_name: false })
        };
        ids.par_iter().map(one).collect()
    }

    fn names_main_issue(&self, id: SentenceId) -> bool {
        let issue = self.issues[id.index()].and_then(|main| self.namings.get(main.issue.0 as usize));
        issue.is_some_and(|naming| !self.prepared.named(naming, id).is_empty())
    }

    /// Whether each sentence goes on about an issue that its turn named before; all is about the only one.
    fn going_on(&self, is_named: &[bool]) -> Vec<bool> {
        let analysis = &self.prepared.analysis;
        let mut goes_on = vec![self.namings.len() == 1; is_named.len()];
        // The issue that the turn is on and has named.
        let mut current: Option<(u32, Option<crate::model::IssueId>)> = None;
        for id in analysis.ids() {
            let sentence = analysis.sentence(id);
            let issue = self.issues[id.index()].map(|main| main.issue);
            if sentence.kind == Kind::Speech {
                let same = current == Some((sentence.turn, issue)) && issue.is_some();
                goes_on[id.index()] |= same;
                if !same {
                    current = (issue.is_some() && is_named[id.index()]).then_some((sentence.turn, issue));
                }
            }
        }
        goes_on
    }

    /// What the sentence states of an issue by its name.
    fn by_name(&self, id: SentenceId, naming: &Naming) -> Option<Stated> {
        let named: Vec<Span> = self.prepared.named(naming, id);
        if named.is_empty() { None } else { of_issue(self.prepared, id, &named) }
    }

    /// Whether the sentence says what it states of another issue.
    fn is_of_another(&self, id: SentenceId, issue: usize) -> bool {
        let others = self.namings.iter().enumerate().filter(|&(other, _)| other != issue);
        others.into_iter().any(|(_, naming)| self.by_name(id, naming).is_some())
    }
}

/// Where a stakeholder stands on an issue over all sessions: on a motion what its sentences state, else what
/// they add up to.
pub(super) fn overall(on: &crate::model::OnIssue, least: Basis) -> Option<(Stance, Basis)> {
    // A side that is taken outright goes before what is said in its favour or against it.
    if !on.sides.is_empty() {
        return stance::of_sentences(&on.sides).map(|stance| (stance, Basis::Stated));
    }
    if !on.stated.is_empty() {
        return stance::of_sentences(&on.stated).map(|stance| (stance, Basis::Stated));
    }
    let leaning = stance::leaning(&on.sums, Weights::shipped())?;
    (least == Basis::Inferred || leaning.basis == Basis::Stated).then_some((leaning.stance, leaning.basis))
}
