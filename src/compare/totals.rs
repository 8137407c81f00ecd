//! Counts of stakeholders, issues and terms, added up session by session.

use std::collections::BTreeMap;

use crate::model::{SessionCounts, StakeholderCounts, TermId, Vocabulary};

/// What was counted so far. Sessions are added in the order of the tables: the numbers of the terms
/// follow it, and so do the last digits of sums.
#[derive(Debug, Clone, Default)]
pub struct Totals {
    pub(super) stakeholders: BTreeMap<String, StakeholderSums>,
    pub(super) vocabulary: Vocabulary,
    /// How many uses of each term come from sessions where a word stands for it.
    pub(super) forms: Vec<BTreeMap<String, u64>>,
}

/// A stakeholder's counts over the sessions so far.
#[derive(Debug, Clone, Default)]
pub(super) struct StakeholderSums {
    pub(super) counts: StakeholderCounts,
    pub(super) sessions: u64,
    /// The terms that it uses and how often, by term. Most voices of a large corpus are heard in one session, so that
    /// what is kept of each is small.
    pub(super) terms: Vec<(TermId, u32)>,
}

impl StakeholderSums {
    /// The terms with their numbers of uses.
    pub(super) fn uses(&self) -> impl Iterator<Item = (TermId, u64)> + '_ {
        self.terms.iter().map(|&(term, count)| (term, u64::from(count)))
    }

    fn add_terms(&mut self, more: Vec<(TermId, u32)>) {
        self.terms.extend(more);
        // What was there is in order, so that little is moved.
        self.terms.sort_by_key(|&(term, _)| term);
        self.terms.dedup_by(|next, kept| {
            let is_same = next.0 == kept.0;
            if is_same {
                kept.1 = kept.1.saturating_add(next.1);
            }
            is_same
        });
        self.terms.shrink_to_fit();
    }
}

impl Totals {
    /// The names of all voices so far, some of them more than once.
    pub fn speakers(&self) -> Vec<&str> {
        let all = self.stakeholders.values().flat_map(|counted| &counted.counts.speakers);
        all.map(String::as_str).collect()
    }

    /// Adds a session.
    pub fn add(&mut self, session: &SessionCounts) {
        for counts in &session.stakeholders {
            let counted = self.stakeholders.entry(counts.name.clone()).or_default();
            counted.sessions += 1;
            add_counts(&mut counted.counts, counts);
        }
        let mut of_stakeholder: Vec<Vec<(TermId, u32)>> = vec![Vec::new(); session.stakeholders.len()];
        for terms in &session.terms {
            let term = self.vocabulary.intern(&terms.stem, &terms.form);
            if self.forms.len() <= term.index() {
                self.forms.resize_with(term.index() + 1, BTreeMap::new);
            }
            let uses: u64 = terms.by_stakeholder.iter().map(|&(_, count)| count).sum();
            *self.forms[term.index()].entry(terms.form.clone()).or_default() += uses;
            for &(index, count) in &terms.by_stakeholder {
                if let Some(own) = of_stakeholder.get_mut(index) {
                    own.push((term, u32::try_from(count).unwrap_or(u32::MAX)));
                }
            }
        }
        for (counts, terms) in session.stakeholders.iter().zip(of_stakeholder) {
            if let Some(counted) = self.stakeholders.get_mut(&counts.name) {
                counted.add_terms(terms);
            }
        }
    }
}

fn add_counts(all: &mut StakeholderCounts, more: &StakeholderCounts) {
    all.name.clone_from(&more.name);
    all.groups.extend(more.groups.iter().cloned());
    all.speakers.extend(more.speakers.iter().cloned());
    all.turns += more.turns;
    all.sentences += more.sentences;
    all.words += more.words;
    all.words_compared += more.words_compared;
    all.is_compared |= more.is_compared;
    if all.on_issues.len() < more.on_issues.len() {
        all.on_issues.resize_with(more.on_issues.len(), Default::default);
    }
    for (all, more) in all.on_issues.iter_mut().zip(&more.on_issues) {
        all.sentences_of_all += more.sentences_of_all;
        all.sentences += more.sentences;
        all.words += more.words;
        all.counts.merge(&more.counts);
        all.sums.merge(&more.sums);
        for stated in &more.stated {
            all.state(*stated);
        }
        for side in &more.sides {
            all.take_side(*side);
        }
    }
}
