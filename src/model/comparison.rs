//! What a comparison takes from each session, and what it says of all of them.

use super::ledger::Ledger;
use super::reference::ReferenceKind;
use super::report::{Evidence, SessionInfo, SpeakerInfo};
use super::sentence::Kind;
use super::session::Time;
use super::stance::Stance;

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
}

/// A sentence and all that is known of it.
#[derive(Debug, Clone, PartialEq)]
pub struct SentenceRow {
    /// Index of the turn, from 0.
    pub turn: u64,
    /// Number in the turn, from 0.
    pub sentence: u64,
    /// The label exactly as in the source turn.
    pub speaker: String,
    /// The name of the speaker that the label belongs to.
    pub name: String,
    /// The stakeholder that is compared.
    pub stakeholder: String,
    /// First byte in the turn's text.
    pub start: u64,
    /// One past the last byte in the turn's text.
    pub end: u64,
    /// When it was said, where the source tells.
    pub time: Option<Time>,
    /// The issue it is about; empty when none.
    pub issue: String,
    /// The stance it states.
    pub stance: Option<Stance>,
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
    /// Sentences that state each stance: support, oppose, concern.
    pub counts: StanceCounts,
    /// Sentences on the issue.
    pub n_sentences: u64,
    /// Words in them.
    pub words: u64,
    /// Share of the stakeholder's words in the session, 0 to 1.
    pub salience: f64,
    /// The places of the sentences that state a stance, as turn and sentence.
    pub evidence: Vec<(u64, u64)>,
}

/// How many sentences state each stance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
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

/// Two stakeholders that agree or differ on an issue, both quoted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreementRow {
    /// The issue; empty where it is on none.
    pub issue: String,
    /// One stakeholder.
    pub stakeholder_a: String,
    /// The other.
    pub stakeholder_b: String,
    /// Whether they agree; else they differ.
    pub agree: bool,
    /// What the one said.
    pub quoted_a: Quoted,
    /// What the other said.
    pub quoted_b: Quoted,
}
