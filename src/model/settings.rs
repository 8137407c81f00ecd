//! The settings of a run: what the command line's flags and a definition file both map to.

use std::num::NonZeroU32;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::background::TermStatistics;
use super::day::Day;
use super::issue::Issue;
use super::language::Language;
use super::pseudonym::Pseudonyms;
use super::report::Scope;
use super::speaker::Role;
use super::stance::Basis;

/// Everything that decides what a run does, complete; part of every report.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// The version of this format.
    pub schema: SchemaVersion,
    /// What the definition is called; empty for the flags of a command.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// What it is good for, in a line.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub about: String,
    /// How the input is read.
    #[serde(default)]
    pub input: InputSettings,
    /// What is summarized and how.
    #[serde(default)]
    pub summary: SummarySettings,
    /// Who and what `run` compares for the archive; as by default when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compare: Option<CompareSettings>,
    /// Which files `run` writes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outputs: Option<OutputSettings>,
    /// Where `run` keeps what it has done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub archive: Option<ArchiveSettings>,
    /// When `schedule` runs it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schedule: Option<ScheduleSettings>,
}

/// The version of the definition format; there is only one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SchemaVersion;

impl SchemaVersion {
    /// The number in definition files.
    pub const NUMBER: u64 = 1;
}

impl Serialize for SchemaVersion {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(Self::NUMBER)
    }
}

impl<'de> Deserialize<'de> for SchemaVersion {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match u64::deserialize(deserializer)? {
            Self::NUMBER => Ok(SchemaVersion),
            other => Err(serde::de::Error::custom(format!(
                "definitions of schema {other} are unknown to this version, which reads schema 1"
            ))),
        }
    }
}

/// How the input is read.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct InputSettings {
    /// Files, folders and globs that `run` reads unless the command line names others.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub paths: Vec<String>,
    /// Name of the input format; detected when absent.
    pub format: Option<String>,
    /// Language of the text; the session's own or detected when absent.
    pub language: Option<Language>,
    /// Date of the sessions of which neither the content nor the file's name says one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Day>,
    /// Whether warnings are failures.
    pub strict: bool,
    /// Whether links are followed that lead out of the folder in which they were found.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub follow_links: bool,
    /// Path of the roster, when there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub roster: Option<String>,
    /// Path of a list of issues, for the sections that have none of their own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issues: Option<String>,
    /// SHA-256 of the roster's bytes, in hexadecimal; filled in when the roster is read, and checked
    /// then where it is given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub roster_sha256: Option<String>,
    /// Path of a vocabulary that says how common words are beside each session; rarity and keyness are told by the
    /// session alone when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub background: Option<String>,
    /// SHA-256 of the vocabulary's bytes, in hexadecimal; filled in when it is read, and checked then where it is given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub background_sha256: Option<String>,
    /// The counts in that vocabulary, once it is read; no output has them.
    #[serde(skip)]
    pub term_statistics: Option<Arc<TermStatistics>>,
    /// Path of the file with the key to the codes that stand for the names of voices, where they do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pseudonyms: Option<String>,
    /// The codes by that key, once it is read; no output has it.
    #[serde(skip)]
    pub codes: Option<Pseudonyms>,
}

/// What is summarized and how.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SummarySettings {
    /// What a summary is about.
    pub by: Scope,
    /// How long a summary may be.
    pub budget: Budget,
    /// Name of the summarization method; the default of the scope when absent.
    pub method: Option<String>,
    /// Only what concerns this text, when given.
    pub about: Option<String>,
    /// Only these speakers, when any is named: by name or label, or by the organisation that they speak for.
    pub speakers: Vec<String>,
    /// Roles that have summaries of their own besides plain speakers.
    pub include: Vec<Role>,
    /// Issues to name beside quotations; the headings of the source where there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub issues: Vec<Issue>,
}

/// Who and what is compared.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CompareSettings {
    /// What a stakeholder is: [`Scope::Speaker`], [`Scope::Stakeholder`] or [`Scope::Group`].
    pub by: Scope,
    /// Words in the quotations of a stakeholder on an issue in a session, never exceeded.
    pub words: NonZeroU32,
    /// Roles that are compared besides plain speakers.
    pub include: Vec<Role>,
    /// The issues that the user gives; those of the sources, or discovered ones, where there are none.
    pub issues: Vec<Issue>,
    /// Stakeholders that tables with a column or row for each hold at most: the most talkative.
    pub max_stakeholders: usize,
    /// Terms of each stakeholder that the table of terms holds at most: the most distinctive.
    pub max_terms: usize,
    /// What a stance must rest on to be shown: [`Basis::Stated`] leaves out those that are inferred.
    pub stances: Basis,
}

impl Default for CompareSettings {
    fn default() -> Self {
        CompareSettings {
            by: Scope::Stakeholder,
            words: NonZeroU32::MIN.saturating_add(59),
            include: Vec::new(),
            issues: Vec::new(),
            max_stakeholders: 200,
            max_terms: 100,
            stances: Basis::Inferred,
        }
    }
}

/// How long a summary may be.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Budget {
    /// The most words, as a reader counts them; never exceeded.
    Words(NonZeroU32),
    /// The most sentences.
    Sentences(NonZeroU32),
    /// At most this share of the words that could be quoted, above 0 and up to 100.
    Percent(f64),
}

/// Which files `run` writes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OutputSettings {
    /// The files, each for every session or for all sessions that share a path.
    pub files: Vec<OutputFile>,
    /// The tables of `compare` over all sessions; none when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tables: Option<TableSettings>,
    /// Where the account of the last run goes, as JSON; none when absent.
    pub manifest: Option<String>,
}

/// A kind of output file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OutputFile {
    /// Path with placeholders such as `{date}`; see `definition::Template`.
    pub path: String,
    /// Name of the output format; by the extension of the path when absent.
    #[serde(default)]
    pub format: Option<String>,
    /// What is in it.
    #[serde(default, skip_serializing_if = "Content::is_summary")]
    pub content: Content,
}

/// What an output file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Content {
    /// Summaries, as `summarize` writes them; the section `summary` has their settings.
    #[default]
    Summary,
    /// The page of `report`, in HTML or Markdown; the section `compare` has its settings.
    Page,
}

impl Content {
    fn is_summary(&self) -> bool {
        *self == Content::Summary
    }
}

/// Which tables `run` writes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableSettings {
    /// The folder they go to.
    pub folder: String,
    /// Names of the tables; all when none is named.
    #[serde(default)]
    pub only: Vec<String>,
    /// Names of the tools that there are files for too.
    #[serde(default)]
    pub export: Vec<String>,
    /// Whether they are for Excel: with a byte order mark, and a workbook with all of them.
    #[serde(default)]
    pub excel: bool,
}

/// Where `run` keeps what it has done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArchiveSettings {
    /// Path of the SQLite file.
    pub path: String,
}

/// When `schedule` runs a definition, and what it starts afterwards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScheduleSettings {
    /// Cron expression of five fields: minute, hour, day of the month, month, day of the week.
    pub cron: String,
    /// Time zone of the expression, by its IANA name.
    #[serde(default = "utc")]
    pub timezone: String,
    /// Program and arguments started after a run that did everything; its standard input is the
    /// manifest.
    #[serde(default)]
    pub on_success: Vec<String>,
    /// The same, after a run in which something failed.
    #[serde(default)]
    pub on_failure: Vec<String>,
    /// Seconds that such a command may take before it is ended with its children.
    #[serde(default = "hook_seconds")]
    pub hook_seconds: NonZeroU32,
    /// Whether a run has failed of which such a command fails.
    #[serde(default)]
    pub hooks_must_succeed: bool,
}

/// Five minutes: enough to send or to copy, and short enough that a command that hangs is noticed.
fn hook_seconds() -> NonZeroU32 {
    NonZeroU32::MIN.saturating_add(299)
}

fn utc() -> String {
    "UTC".to_owned()
}

impl Default for SummarySettings {
    fn default() -> Self {
        SummarySettings {
            by: Scope::Speaker,
            budget: Budget::default(),
            method: None,
            about: None,
            speakers: Vec::new(),
            include: Vec::new(),
            issues: Vec::new(),
        }
    }
}

impl Default for Budget {
    fn default() -> Self {
        Budget::Words(NonZeroU32::MIN.saturating_add(99))
    }
}

/// Writes settings with their keys in alphabetical order, as reports and manifests have them.
///
/// # Errors
/// As the serializer.
pub fn serialize_sorted<S: Serializer>(settings: &impl Serialize, to: S) -> Result<S::Ok, S::Error> {
    let sorted = serde_json::to_value(settings).map_err(serde::ser::Error::custom)?;
    sorted.serialize(to)
}
