//! What a comparison takes from each session, and what it says of all of them.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::exact;
use super::issue::Issue;
use super::ledger::Ledger;
use super::reference::{ReferenceKind, Relation};
use super::report::{Evidence, Reason, SessionInfo, SpeakerInfo};
use super::sentence::Kind;
use super::span::Span;
use super::stance::{Basis, Stance, Stated};
use super::timing::Timing;
use super::warning::Warning;

/// One session of a comparison: the rows of the tables that go by session.
#[derive(Debug, Clone, PartialEq)]
pub struct SessionPart {
    /// The session; its identifier is unique in the comparison.
    pub info: SessionInfo,
    /// Its voices, in order of first appearance.
    pub speakers: Vec<SpeakerInfo>,
    /// Every sentence, in reading order.
    pub sentences: Vec<SentenceRow>,
    /// What each stakeholder put forward on each issue, by stakeholder, issue and place.
    pub positions: Vec<Position>,
    /// Where each stakeholder stands on each issue.
    pub stances: Vec<IssueStance>,
    /// Who speaks of whom, in reading order.
    pub references: Vec<ReferenceRow>,
    /// Who agrees with whom, and who differs.
    pub agreements: Vec<AgreementRow>,
    /// Where every word went.
    pub ledger: Ledger,
    /// What it adds to the totals of all sessions.
    pub counts: SessionCounts,
    /// What is contradictory in what is known of its people.
    pub warnings: Vec<Warning>,
}

/// What a session adds to the totals of all sessions.
///
/// This and what is in it can be written as JSON and read back exactly, for those who make a comparison in several
/// processes; the format is that of one version of the program.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SessionCounts {
    /// What it adds to each stakeholder, in order of first appearance.
    pub stakeholders: Vec<StakeholderCounts>,
    /// The terms that the compared voices use.
    pub terms: Vec<TermCounts>,
}

/// What a session adds to the totals of a stakeholder.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct StakeholderCounts {
    /// The stakeholder that is compared.
    pub name: String,
    /// The kinds of stakeholder of its voices, without those unknown.
    pub groups: BTreeSet<String>,
    /// The names of its voices.
    pub speakers: BTreeSet<String>,
    /// Turns of all its voices.
    pub turns: u64,
    /// Sentences of all its voices.
    pub sentences: u64,
    /// Words of all its voices, as a reader sees them.
    pub words: u64,
    /// Words of those of its voices whose role is compared.
    pub words_compared: u64,
    /// Whether any of its voices has a role that is compared.
    pub is_compared: bool,
    /// What it said on each issue, in the order of the issues.
    pub on_issues: Vec<OnIssue>,
}

/// What a stakeholder said on an issue. Most say nothing on most issues, so that what is 0 is not written as JSON.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct OnIssue {
    /// Sentences of all its voices.
    #[serde(skip_serializing_if = "is_default")]
    pub sentences_of_all: u64,
    /// Sentences of its compared voices.
    #[serde(skip_serializing_if = "is_default")]
    pub sentences: u64,
    /// Words in them.
    #[serde(skip_serializing_if = "is_default")]
    pub words: u64,
    /// Sentences that state each stance.
    #[serde(skip_serializing_if = "is_default")]
    pub counts: StanceCounts,
    /// One sentence's stance of each kind on a motion, to tell the stance of all.
    #[serde(skip_serializing_if = "is_default")]
    pub stated: Vec<Stated>,
    /// The sides that its compared voices take where the issue is a motion.
    #[serde(skip_serializing_if = "is_default")]
    pub sides: Vec<Stated>,
    /// What its sentences add up to, where the issue is no motion.
    #[serde(skip_serializing_if = "is_default")]
    pub sums: StanceSums,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl OnIssue {
    /// Remembers that a sentence states a stance so; the place does not matter any more.
    pub fn state(&mut self, stated: Stated) {
        remember(&mut self.stated, stated);
    }

    /// Remembers that a voice takes a side.
    pub fn take_side(&mut self, side: Stated) {
        remember(&mut self.sides, side);
    }
}

/// Adds what is stated, without its place, if it is new.
fn remember(known: &mut Vec<Stated>, stated: Stated) {
    let kind = Stated { cue: Span::default(), ..stated };
    if !known.contains(&kind) {
        known.push(kind);
    }
}

/// How often the stakeholders use a term in a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermCounts {
    /// The stem.
    pub stem: String,
    /// A word that has it, in lower case.
    pub form: String,
    /// Pairs of an index in [`SessionCounts::stakeholders`] and a count.
    pub by_stakeholder: Vec<(usize, u64)>,
}

/// What a comparison says of all sessions together.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Overall {
    /// All stakeholders, the most talkative first.
    pub stakeholders: Vec<StakeholderTotals>,
    /// The issues, in the order of the comparison.
    pub issues: Vec<IssueTotals>,
    /// The terms of the stakeholders in the matrices, by stakeholder and rank.
    pub terms: Vec<TermRow>,
    /// Likeness in vocabulary of the stakeholders in the matrices, in their order; `None` where one of
    /// two uses no term.
    pub similarity: Vec<Vec<Option<f64>>>,
}

/// A stakeholder over all sessions.
#[derive(Debug, Clone, PartialEq)]
pub struct StakeholderTotals {
    /// What all sessions add up to.
    pub counts: StakeholderCounts,
    /// Sessions in which it speaks.
    pub sessions: u64,
    /// Share of all words spoken, 0 to 1.
    pub share: f64,
    /// Whether it has a row in the matrices.
    pub in_matrices: bool,
    /// Its stance on each issue with what it rests on, in the order of the issues.
    pub stances: Vec<Option<(Stance, Basis)>>,
}

/// An issue over all sessions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueTotals {
    /// The issue.
    pub issue: Issue,
    /// Sentences that are mainly about it, of all voices.
    pub sentences: u64,
    /// Compared stakeholders that spoke on it.
    pub stakeholders: u64,
}

/// A term of a stakeholder.
#[derive(Debug, Clone, PartialEq)]
pub struct TermRow {
    /// The stakeholder.
    pub stakeholder: String,
    /// The word that most often has the stem.
    pub term: String,
    /// The stem.
    pub stem: String,
    /// How often the stakeholder uses it.
    pub count: u64,
    /// Term frequency times inverse document frequency, a document being a stakeholder.
    pub tf_idf: f64,
    /// Signed log-likelihood against all other compared stakeholders; positive where it is more its own.
    pub keyness: f64,
    /// Probability of at least that log-likelihood if all used the term alike.
    pub p: f64,
    /// Place among the stakeholder's terms by keyness, from 1.
    pub rank: u64,
    /// Signed chi-squared against all other compared stakeholders.
    pub chi_squared: f64,
}

/// A sentence and all that is known of it.
#[derive(Debug, Clone, PartialEq)]
pub struct SentenceRow {
    /// Index of the turn, from 0.
    pub turn: u64,
    /// Number in the turn, from 0.
    pub sentence: u64,
    /// The label as in the source turn, without what is invisible in it.
    pub speaker: Arc<str>,
    /// The name of the speaker that the label belongs to.
    pub name: Arc<str>,
    /// The stakeholder that is compared.
    pub stakeholder: Arc<str>,
    /// First byte in the turn's text.
    pub start: u64,
    /// One past the last byte in the turn's text.
    pub end: u64,
    /// When it was said, where the source tells.
    pub time: Option<Timing>,
    /// The issue it is about; empty when none.
    pub issue: Arc<str>,
    /// How well it fits the issue, above 0; `None` where there is none.
    pub issue_score: Option<f64>,
    /// Whether its speaker's role is compared.
    pub is_compared: bool,
    /// The stance it states, on any subject.
    pub stance: Option<Stance>,
    /// The issues that it bears on, the most probable first.
    pub bearings: Vec<BearingRow>,
    /// The stance it states of its issue.
    pub stance_on_issue: Option<Stance>,
    /// The words that state the stance.
    pub cue: String,
    /// How much it says of its stakeholder's positions; `None` where it cannot be quoted.
    pub score: Option<f64>,
    /// Whether it is one of the positions.
    pub selected: bool,
    /// What kind of talk it is.
    pub kind: Kind,
    /// Words a reader sees.
    pub words: u64,
    /// Exactly the slice `start..end` of the turn's text.
    pub text: String,
}

/// An issue that a sentence bears on.
#[derive(Debug, Clone, PartialEq)]
pub struct BearingRow {
    /// The issue.
    pub issue: Arc<str>,
    /// Probability that the sentence bears on it, 0 to 1.
    pub relevance: f64,
    /// Above 0 where its words speak for the issue, below 0 where they speak against it.
    pub score: f64,
}

/// A quotation and the speaker that its label belongs to.
#[derive(Debug, Clone, PartialEq)]
pub struct Position {
    /// The quotation.
    pub evidence: Evidence,
    /// The name of the speaker.
    pub name: String,
}

/// Where a stakeholder stands on an issue in a session.
#[derive(Debug, Clone, PartialEq)]
pub struct IssueStance {
    /// The stakeholder that is compared.
    pub stakeholder: String,
    /// The issue; empty where the comparison has none.
    pub issue: String,
    /// The stance of all its sentences on the issue.
    pub stance: Option<Stance>,
    /// What the stance rests on.
    pub basis: Option<Basis>,
    /// Probability that a reader would say the same, 0 to 1; `None` on a motion.
    pub confidence: Option<f64>,
    /// Above 0 for the issue, below 0 against it; `None` on a motion.
    pub score: Option<f64>,
    /// What adds up to the score, the weightiest first.
    pub because: Vec<Reason>,
    /// Sentences that state each stance: support, oppose, concern.
    pub counts: StanceCounts,
    /// Sentences on the issue.
    pub n_sentences: u64,
    /// Words in them.
    pub words: u64,
    /// Share of the stakeholder's words in the session, 0 to 1.
    pub salience: f64,
    /// The places of the sentences that show the stance, best first, as turn and sentence.
    pub evidence: Vec<(u64, u64)>,
}

impl IssueStance {
    /// What adds up to the score, as `name=value`, the weightiest first, separated by spaces: as tables have it.
    pub fn because_text(&self) -> String {
        let parts: Vec<String> =
            self.because.iter().map(|reason| format!("{}={}", reason.feature, reason.value)).collect();
        parts.join(" ")
    }
}

/// What a stakeholder's sentences on an issue add up to, of one session or of several.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct StanceSums {
    /// Sum of the weights of the sentences.
    #[serde(with = "exact::number")]
    pub weight: f64,
    /// Sums of the weighted features; empty where no sentence counts.
    #[serde(with = "exact::numbers")]
    pub features: Vec<f64>,
    /// Logarithm of the probability that no sentence bears on the issue.
    #[serde(with = "exact::number")]
    pub log_none: f64,
    /// The greatest probability that a sentence bears on it.
    #[serde(with = "exact::number")]
    pub greatest: f64,
    /// How many sentences that surely bear on it state each stance with their own cue.
    pub stated: StanceCounts,
    /// How many of these state it of the issue by name.
    pub by_name: StanceCounts,
}

impl StanceSums {
    /// Adds other sums to these.
    pub fn merge(&mut self, other: &StanceSums) {
        if self.features.is_empty() {
            self.features = vec![0.0; other.features.len()];
        }
        self.weight += other.weight;
        self.features.iter_mut().zip(&other.features).for_each(|(sum, x)| *sum += x);
        self.log_none += other.log_none;
        self.greatest = self.greatest.max(other.greatest);
        self.stated.merge(&other.stated);
        self.by_name.merge(&other.by_name);
    }
}

/// How many sentences state each stance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct StanceCounts {
    /// For it.
    pub support: u64,
    /// Against it.
    pub oppose: u64,
    /// Worried about it.
    pub concern: u64,
}

impl StanceCounts {
    /// Counts one more sentence.
    pub fn add(&mut self, stance: Stance) {
        match stance {
            Stance::Support => self.support += 1,
            Stance::Oppose => self.oppose += 1,
            Stance::Concern => self.concern += 1,
            Stance::Mixed => {}
        }
    }

    /// Adds other counts to these.
    pub fn merge(&mut self, other: &StanceCounts) {
        self.support += other.support;
        self.oppose += other.oppose;
        self.concern += other.concern;
    }

    /// The stances that were counted, each as often as it was.
    pub fn stances(&self) -> impl Iterator<Item = Stance> + use<> {
        let counts =
            [(Stance::Support, self.support), (Stance::Oppose, self.oppose), (Stance::Concern, self.concern)];
        counts.into_iter().flat_map(|(stance, n)| (0..n).map(move |_| stance))
    }
}

/// A reference with its quotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReferenceRow {
    /// The name of who speaks.
    pub from: String,
    /// The name of who is spoken of.
    pub to: String,
    /// What is said.
    pub kind: ReferenceKind,
    /// Where it is said.
    pub place: Quoted,
}

/// A whole sentence and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quoted {
    /// Index of the turn, from 0.
    pub turn: u64,
    /// Number in the turn, from 0.
    pub sentence: u64,
    /// The sentence, verbatim.
    pub text: String,
}

/// Two stakeholders and how they stand to each other on an issue, both quoted.
#[derive(Debug, Clone, PartialEq)]
pub struct AgreementRow {
    /// The issue; empty where it is on none.
    pub issue: String,
    /// One stakeholder.
    pub stakeholder_a: String,
    /// The other.
    pub stakeholder_b: String,
    /// How they stand to each other.
    pub relation: Relation,
    /// How sure that is, 0 to 1: 1 where one says it of the other, else the confidence of the less sure stance.
    pub strength: f64,
    /// What the one said.
    pub quoted_a: Quoted,
    /// What the other said.
    pub quoted_b: Quoted,
}
