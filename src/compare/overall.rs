//! The tables that are about all sessions, from the totals.

use std::cmp::Reverse;

use crate::model::{Basis, Issue, IssueTotals, OnIssue, Overall, SparseVec, StakeholderTotals, Stance};

use super::terms::{Corpus, similarity};
use super::totals::{StakeholderSums, Totals};

/// How much the tables hold at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Stakeholders in the matrices: the most talkative.
    pub stakeholders: usize,
    /// Terms of each of them: the most distinctive.
    pub terms: usize,
}

/// What the totals say of all sessions. `stance` tells where all that is said on an issue stands.
pub fn overall(
    totals: Totals,
    issues: &[Issue],
    limits: Limits,
    stance: impl Fn(&OnIssue) -> Option<(Stance, Basis)>,
) -> Overall {
    let all_words: u64 = totals.stakeholders.values().map(|counted| counted.counts.words).sum();
    let issues = issues.iter().enumerate().map(|(at, issue)| of_issue(&totals, at, issue)).collect();
    let order = |counted: &StakeholderSums| Reverse((counted.counts.words_compared, counted.counts.words));
    let mut shown: Vec<&StakeholderSums> =
        totals.stakeholders.values().filter(|counted| counted.counts.is_compared).collect();
    // Stable, so that those who say equally much stay in the order of their names.
    shown.sort_by_key(|counted| order(counted));
    shown.truncate(limits.stakeholders);
    let corpus = Corpus::new(&totals);
    let vectors: Vec<SparseVec> = shown.iter().map(|counted| corpus.vector(counted)).collect();
    let terms = shown.iter().flat_map(|counted| corpus.rows(counted, limits.terms)).collect();
    let similarity = similarity(&vectors);
    drop(vectors);
    // The terms are not needed any more, the counts are handed on.
    let mut ordered: Vec<StakeholderSums> = totals.stakeholders.into_values().collect();
    ordered.sort_by_key(order);
    let mut room = limits.stakeholders;
    let mut of_stakeholder = |counted: StakeholderSums| {
        let in_matrices = counted.counts.is_compared && room > 0;
        room -= usize::from(in_matrices);
        StakeholderTotals {
            sessions: counted.sessions,
            share: counted.counts.words as f64 / all_words.max(1) as f64,
            in_matrices,
            stances: counted.counts.on_issues.iter().map(&stance).collect(),
            counts: counted.counts,
        }
    };
    let stakeholders = ordered.into_iter().map(&mut of_stakeholder).collect();
    Overall { issues, terms, similarity, stakeholders }
}

fn of_issue(totals: &Totals, at: usize, issue: &Issue) -> IssueTotals {
    let on = || totals.stakeholders.values().filter_map(|counted| counted.counts.on_issues.get(at));
    IssueTotals {
        issue: issue.clone(),
        sentences: on().map(|on| on.sentences_of_all).sum(),
        stakeholders: on().filter(|on| on.sentences > 0).count() as u64,
    }
}
