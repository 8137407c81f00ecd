//! Which issues each sentence bears on, and what it says towards each.

use rayon::prelude::*;

use crate::issues::{Manner, RELEVANCE, Related, Relations, related, relevance};
use crate::model::{Assignment, Ground, Issue, IssueId, Kind, SentenceId, Stance, Stated};
use crate::prepare::Prepared;
use crate::prepare::stances::tone;
use crate::stance::{Tone, Weights};

use crate::compare::findings::OnIssue;

/// A sentence on an issue.
#[derive(Debug, Clone, PartialEq)]
pub struct Bearing {
    /// The issue.
    pub issue: IssueId,
    /// What tells that the sentence bears on it: one value for each of `issues::RELEVANCE`.
    pub related: [f64; RELEVANCE.len()],
    /// Probability that it does, 0 to 1.
    pub relevance: f64,
    /// What it says towards the issue: one value for each of `stance::feature_names`.
    pub features: Vec<f64>,
    /// The sum of the weighted features: above 0 for the issue, below 0 against it.
    pub score: f64,
    /// The stance that it states with its own cue, on any issue.
    pub stated: Option<Stance>,
    /// The stance that it states of the issue by name.
    pub by_name: Option<Stance>,
}

/// What is known of the sentences of a session before their bearings.
pub(super) struct BearingContext<'a> {
    pub(super) prepared: &'a Prepared<'a>,
    pub(super) issues: &'a [Issue],
    /// The main issue of each sentence.
    pub(super) main: &'a [Option<Assignment>],
    /// The stance that each sentence states, on any issue.
    pub(super) stances: &'a [Option<Stated>],
    /// Least relevance of a bearing.
    pub(super) least: f64,
}

impl BearingContext<'_> {
    /// The bearings of each sentence of speech, by sentence and issue. `on_issue` tells what a sentence states
    /// of an issue that it names or is mainly about.
    pub(super) fn bearings(
        &self,
        on_issue: impl Fn(SentenceId, IssueId, bool) -> Option<OnIssue> + Sync,
    ) -> Vec<Vec<Bearing>> {
        let ids: Vec<SentenceId> = self.prepared.analysis.ids().collect();
        if self.issues.is_empty() {
            return vec![Vec::new(); ids.len()];
        }
        let tones: Vec<Option<Tone>> = ids.par_iter().map(|&id| self.tone(id)).collect();
        let manner = |(tone, stated): (&Option<Tone>, &Option<Stated>)| Manner {
            addresses: tone.as_ref().is_some_and(Tone::addresses),
            negates: tone.as_ref().is_some_and(Tone::negates),
            procedural: tone.as_ref().map_or(0.0, Tone::procedural),
            states: stated.is_some(),
        };
        let manners: Vec<Manner> = tones.iter().zip(self.stances).map(manner).collect();
        let (analysis, stems) = (&self.prepared.analysis, self.prepared.stems());
        let relations = related(self.issues, analysis, self.main, &manners, stems);
        ids.par_iter()
            .map(|&id| match &tones[id.index()] {
                Some(tone) => self.of_sentence(id, tone, &relations, &on_issue),
                None => Vec::new(),
            })
            .collect()
    }

    fn tone(&self, id: SentenceId) -> Option<Tone> {
        let is_speech = self.prepared.analysis.sentence(id).kind == Kind::Speech;
        is_speech.then(|| tone(self.prepared, id, self.stated(id)))?
    }

    /// The stance that a sentence states, if not by a mere answer.
    fn stated(&self, id: SentenceId) -> Option<Stance> {
        let stated = self.stances.get(id.index()).copied().flatten();
        stated.filter(|stated| stated.ground != Ground::Answer).map(|stated| stated.stance)
    }

    fn of_sentence(
        &self,
        id: SentenceId,
        tone: &Tone,
        relations: &Relations,
        on_issue: impl Fn(SentenceId, IssueId, bool) -> Option<OnIssue>,
    ) -> Vec<Bearing> {
        let Some(rows) = relations.of_sentence.get(id.index()).filter(|rows| !rows.is_empty()) else {
            return Vec::new();
        };
        let words = self.prepared.stems().words_of(id);
        let targets: Vec<Option<OnIssue>> =
            rows.iter().map(|row| on_issue(id, row.issue, row.features[0] > 0.0)).collect();
        // “We oppose the levy because it harms small ports” states nothing of small ports.
        let has_target = targets.iter().flatten().any(|target| target.by_name);
        let bearing = |(row, target): (&Related, &Option<OnIssue>)| {
            let relevance = relevance(&row.features);
            if relevance < self.least {
                return None;
            }
            let stated_of_it = target.map(|target| target.stated.stance);
            let of_another = has_target && !target.is_some_and(|target| target.by_name);
            let features = tone.towards(&row.places(words), stated_of_it);
            Some(Bearing {
                issue: row.issue,
                related: row.features,
                relevance,
                score: Weights::shipped().score(&features),
                features,
                stated: stated_of_it.or(self.stated(id)).filter(|_| !of_another),
                by_name: target.filter(|target| target.by_name).map(|target| target.stated.stance),
            })
        };
        rows.iter().zip(&targets).filter_map(bearing).collect()
    }
}
