//! The settings of a run: what the command line's flags and a definition file both map to.

use std::num::NonZeroU32;

use serde::{Deserialize, Serialize};

use crate::model::{Issue, Language, Role, Scope};

/// Everything that decides what a run does, complete; part of every report.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Definition {
    /// How the input is read.
    pub input: InputSettings,
    /// What is summarized and how.
    pub summary: SummarySettings,
}

/// How the input is read.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct InputSettings {
    /// Name of the input format; detected when absent.
    pub format: Option<String>,
    /// Language of the text; the session's own or detected when absent.
    pub language: Option<Language>,
    /// Whether warnings are failures.
    pub strict: bool,
    /// Path of the roster, when there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub roster: Option<String>,
    /// SHA-256 of the roster's bytes, in hexadecimal; filled in when the roster is read, and checked
    /// then where it is given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub roster_sha256: Option<String>,
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
    /// Only these speakers, when any is named.
    pub speakers: Vec<String>,
    /// Roles that have summaries of their own besides plain speakers.
    pub include: Vec<Role>,
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
        }
    }
}

/// How long a summary may be.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Budget {
    /// At most so many words, as a reader counts them; never exceeded.
    Words(NonZeroU32),
    /// At most so many sentences.
    Sentences(NonZeroU32),
    /// At most this share of the words that could be quoted, above 0 and up to 100.
    Percent(f64),
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
        }
    }
}

impl Default for Budget {
    fn default() -> Self {
        Budget::Words(NonZeroU32::MIN.saturating_add(99))
    }
}
