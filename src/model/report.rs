//! What a run reports: `rapporteur/summary/1`, the contract of `summarize`, `ask` and `inspect`.

use serde::{Deserialize, Serialize};

use super::ledger::Ledger;
use super::recorded::RecordedOutcome;
use super::session::{Published, Source};
use super::settings::Definition;
use super::speaker::{Because, Role};
use super::stance::Stance;
use super::timing::Timing;
use super::warning::Warning;

/// Name and version of the report's schema.
pub const SCHEMA: &str = "rapporteur/summary/1";

/// A session, its speakers, their summaries and the account of all words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// [`SCHEMA`].
    pub schema: String,
    /// Name and version of the program.
    pub tool: String,
    /// The settings in force, complete.
    #[serde(serialize_with = "super::settings::serialize_sorted")]
    pub definition: Definition,
    /// The session that was read.
    pub session: SessionInfo,
    /// Sources that were read together, whose lists of people hold for this session too; absent where it
    /// was understood from its own source alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_together: Option<u64>,
    /// What the source looked like, surest first; for `inspect`, empty where the format was named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub detected: Vec<Detected>,
    /// The question, for `ask`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    /// The voices, in order of first appearance.
    pub speakers: Vec<SpeakerInfo>,
    /// The summaries; absent for `inspect`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summaries: Option<Vec<Summary>>,
    /// Outcomes from the record that answer the question; only for `ask`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recorded: Vec<RecordedOutcome>,
    /// Where every word went.
    pub ledger: Ledger,
    /// What was met and worked around.
    pub warnings: Vec<Warning>,
}

/// The session in figures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SessionInfo {
    /// Identifier.
    pub id: String,
    /// Title, empty where none was found.
    pub title: String,
    /// `YYYY-MM-DD`, empty where none was found.
    pub date: String,
    /// How the date is known where the content does not say it; for `inspect`, else empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub date_known: String,
    /// ISO 639-1 code, empty where unknown.
    pub language: String,
    /// How the language is known; for `inspect`, else empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub language_known: String,
    /// Number of turns.
    pub turns: u64,
    /// Number of sentences in the turns.
    pub sentences: u64,
    /// Number of words in the turns.
    pub words: u64,
    /// Where it came from.
    pub source: Source,
}

/// A guess at the format of a source.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Detected {
    /// Name of the input format.
    pub format: String,
    /// How sure the guess is, 0 to 1.
    pub confidence: f64,
    /// What in the content speaks for it.
    pub reason: String,
}

/// A voice in figures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SpeakerInfo {
    /// The roster's name, else the fullest label in the source.
    pub name: String,
    /// All other labels the source uses for it.
    pub aliases: Vec<String>,
    /// Why these labels, and names that others call it by, are taken for the same voice.
    #[serde(default)]
    pub alias_because: Vec<AliasInfo>,
    /// Who it speaks for; its name when nothing better is known.
    pub stakeholder: String,
    /// What the source calls that, where another name took its place; for rosters that are written, and no part of
    /// the JSON.
    #[serde(skip)]
    pub stakeholder_spelling: String,
    /// Why it is taken to speak for it; none where nothing better than its name is known.
    #[serde(default)]
    pub stakeholder_because: Option<Because>,
    /// Kind of stakeholder, empty when unknown.
    pub group: String,
    /// What it does in the session.
    pub role: Role,
    /// Why it has that role; empty for plain speakers.
    #[serde(default)]
    pub role_because: Vec<String>,
    /// Number of turns.
    pub turns: u64,
    /// Number of words in them.
    pub words: u64,
    /// Share of all words spoken, 0 to 1.
    pub share: f64,
    /// Seconds of speech, where the source has times.
    pub seconds: Option<f64>,
    /// Words per minute, where the source has times.
    pub wpm: Option<f64>,
    /// Figures the source itself publishes.
    pub published: Option<Published>,
}

/// Another name of a voice, and why it is taken for one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AliasInfo {
    /// The name as the source or the roster writes it.
    pub alias: String,
    /// Why it is the same voice.
    #[serde(flatten)]
    pub because: Because,
}

/// What a summary is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// One voice.
    Speaker,
    /// All who speak for one organisation or delegation.
    Stakeholder,
    /// All stakeholders of a kind.
    Group,
    /// The whole session.
    Session,
    /// A question.
    Answer,
}

impl Scope {
    /// The name used in reports.
    pub fn name(self) -> &'static str {
        match self {
            Scope::Speaker => "speaker",
            Scope::Stakeholder => "stakeholder",
            Scope::Group => "group",
            Scope::Session => "session",
            Scope::Answer => "answer",
        }
    }
}

/// Quotations that say what somebody put forward.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// What the summary is about.
    pub scope: Scope,
    /// The name of its subject: a speaker or stakeholder, the session's title, the question.
    pub name: String,
    /// Words a reader sees in the quotations (their contexts not counted).
    pub words: u64,
    /// Sentences it was chosen from.
    pub candidates: u64,
    /// The quotations, in reading order.
    pub evidence: Vec<Evidence>,
}

/// One named part of a score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reason {
    /// What it is, such as `term:safeguard` or `cue:call for`.
    pub feature: String,
    /// What it adds to the score.
    pub value: f64,
}

/// A sentence quoted verbatim, with its place, its score and the reasons for the score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// Order of choice within its summary, from 1.
    pub rank: u64,
    /// The sum of the reasons.
    pub score: f64,
    /// The parts of the score, largest first.
    pub because: Vec<Reason>,
    /// The label as in the source turn, without what is invisible in it.
    pub speaker: String,
    /// Who the speaker stands for.
    pub stakeholder: String,
    /// Index of the turn in the source, from 0.
    pub turn: u64,
    /// Number of the sentence in its turn, from 0.
    pub sentence: u64,
    /// First byte in the turn's text.
    pub start: u64,
    /// One past the last byte in the turn's text.
    pub end: u64,
    /// Line of the source, from 1.
    pub line: u64,
    /// When it was said, where the source tells.
    pub time: Option<Timing>,
    /// Exactly the slice `start..end` of the turn's text.
    pub text: String,
    /// The text without fillers and noise; empty if no different.
    #[serde(default)]
    pub display: String,
    /// The sentence before, where this one leans on it; else empty.
    #[serde(default)]
    pub context: String,
    /// The kind of position that the sentence takes; empty when none.
    #[serde(default)]
    pub kind: String,
    /// Stance that the sentence states; empty in JSON when none.
    #[serde(default, with = "super::stance::or_empty")]
    pub stance: Option<Stance>,
    /// The issue it is about; empty when none.
    #[serde(default)]
    pub issue: String,
}

impl Evidence {
    /// What a reader sees: the display where there is one, else the text.
    pub fn shown(&self) -> &str {
        if self.display.is_empty() { &self.text } else { &self.display }
    }
}
