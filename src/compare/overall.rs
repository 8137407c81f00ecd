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
    totals: &Totals,
    issues: &[Issue],
    limits: Limits,
    stance: impl Fn(&OnIssue) -> Option<(Stance, Basis)>,
) -> Overall {
    let all_words: u64 = totals.stakeholders.values().map(|counted| counted.counts.words).sum();
    let mut ordered: Vec<&StakeholderSums> = totals.stakeholders.values().collect();
    // Stable, so that those who say equally much stay in the order of their names.
    ordered.sort_by_key(|counted| Reverse((counted.counts.words_compared, counted.counts.words)));
    let mut room = limits.stakeholders;
    let mut shown = Vec::new();
    let mut stakeholders = Vec::with_capacity(ordered.len());
    for counted in ordered {
        let in_matrices = counted.counts.is_compared && room > 0;
        if in_matrices {
            room -= 1;
            shown.push(counted);
        }
        stakeholders.push(StakeholderTotals {
            counts: counted.counts.clone(),
            sessions: counted.sessions,
            share: counted.counts.words as f64 / all_words.max(1) as f64,
            in_matrices,
            stances: counted.counts.on_issues.iter().map(&stance).collect(),
        });
    }
    let corpus = Corpus::new(totals);
    let vectors: Vec<SparseVec> = shown.iter().map(|counted| corpus.vector(counted)).collect();
    Overall {
        issues: issues.iter().enumerate().map(|(at, issue)| of_issue(totals, at, issue)).collect(),
        terms: shown.iter().flat_map(|counted| corpus.rows(counted, limits.terms)).collect(),
        similarity: similarity(&vectors),
        stakeholders,
    }
}

fn of_issue(totals: &Totals, at: usize, issue: &Issue) -> IssueTotals {
    let on = || totals.stakeholders.values().filter_map(|counted| counted.counts.on_issues.get(at));
    IssueTotals {
        issue: issue.clone(),
        sentences: on().map(|on| on.sentences_of_all).sum(),
        stakeholders: on().filter(|on| on.sentences > 0).count() as u64,
    }
}
