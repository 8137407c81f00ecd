//! What a page says of sessions: the data of `report`, before it is laid out.

use serde::{Serialize, Serializer};

use super::comparison::{Overall, SessionPart};
use super::language::Language;
use super::recorded::RecordedOutcome;
use super::report::{Evidence, Summary};
use super::session::Published;
use super::settings::{CompareSettings, Definition, serialize_sorted};
use super::timing::Timing;
use super::warning::Warning;

/// The settings that a page was made with.
#[derive(Debug, Clone, PartialEq)]
pub enum PageSettings {
    /// Those of a comparison.
    Comparison(CompareSettings),
    /// A whole definition.
    Definition(Box<Definition>),
}

impl PageSettings {
    /// Those of the comparison; none where a definition compares as by default.
    pub fn comparison(&self) -> Option<&CompareSettings> {
        match self {
            PageSettings::Comparison(settings) => Some(settings),
            PageSettings::Definition(definition) => definition.compare.as_ref(),
        }
    }
}

impl Serialize for PageSettings {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            PageSettings::Comparison(settings) => serialize_sorted(settings, to),
            PageSettings::Definition(definition) => serialize_sorted(definition, to),
        }
    }
}

/// Where a recording is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Media {
    /// The session's identifier; empty for all sessions that have none of their own.
    pub session: String,
    /// The address.
    pub url: MediaUrl,
}

/// The address of a recording, which a page may lead to: of the web, or relative to the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaUrl(String);

impl MediaUrl {
    /// The address; none where it has a scheme other than `http` and `https`, names a host without one, has a
    /// part after `#`, which the time takes, or characters that no address has.
    pub fn new(url: &str) -> Option<MediaUrl> {
        let is_written = |c: char| !c.is_control() && !c.is_whitespace() && !"\\\"<>`{}|^#".contains(c);
        let before_path = url.split(['/', '?']).next().unwrap_or("");
        let is_web = ["http://", "https://"].iter().any(|scheme| {
            url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
                && url.len() > scheme.len()
        });
        let is_relative = !before_path.contains(':') && !url.starts_with("//");
        (!url.is_empty() && url.chars().all(is_written) && (is_web || is_relative))
            .then(|| MediaUrl(url.to_owned()))
    }

    /// The address of what is said from this second on.
    pub fn at(&self, seconds: f64) -> String {
        format!("{}#t={}", self.0, seconds.max(0.0) as u64)
    }
}

/// How a page is laid out: what depends on its reader and not on what was said.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Presentation {
    /// The language of the page's own words; none for that of the sessions.
    pub language: Option<Language>,
    /// Where recordings of the sessions are.
    pub media: Vec<Media>,
    /// The files that hold the sessions, in their order; empty where they are on the page itself.
    pub session_files: Vec<String>,
    /// The file of the page on all sessions, where this is the page of one of them; else empty.
    pub index_file: String,
}

/// Everything that a page shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// Name and version of the program.
    pub tool: String,
    /// How it is laid out.
    pub presentation: Presentation,
    /// The settings in force.
    pub settings: PageSettings,
    /// The sessions, in order of date.
    pub sessions: Vec<PageSession>,
    /// What is said of all sessions together.
    pub overall: Overall,
    /// What was left out and other things that a reader should know.
    pub notes: Vec<String>,
}

impl Page {
    /// Whether the sessions are in files of their own.
    pub fn is_divided(&self) -> bool {
        !self.presentation.session_files.is_empty()
    }
}

/// One session of a page.
#[derive(Debug, Clone, PartialEq)]
pub struct PageSession {
    /// Speakers, sentences, positions, stances, references, agreements and the ledger. The ledger's
    /// class `selected` holds what is quoted anywhere on the page.
    pub part: SessionPart,
    /// What the session as a whole was about.
    pub overview: Summary,
    /// What was decided or agreed, and the next steps; without evidence where nobody says so.
    pub outcome: Summary,
    /// What the record sets down of it, in source order.
    pub recorded: Vec<RecordedOutcome>,
    /// What each compared stakeholder put forward over all issues, in order of first appearance.
    pub positions: Vec<Summary>,
    /// The phrases that each of these says and the others do not, the most distinctive first.
    pub own_terms: Vec<Vec<String>>,
    /// The turns in source order.
    pub turns: Vec<PageTurn>,
    /// What agreements, references and stances quote besides the positions, by place, each sentence once.
    pub quoted: Vec<Evidence>,
    /// The questions that were asked, in reading order.
    pub questions: Vec<PageQuestion>,
    /// The source's own report on the session; never evidence.
    pub narrative: String,
    /// Figures that the source publishes for names of nobody in the session.
    pub published: Vec<(String, Published)>,
    /// What the reader of the source worked around.
    pub warnings: Vec<Warning>,
}

/// A turn of the transcript.
#[derive(Debug, Clone, PartialEq)]
pub struct PageTurn {
    /// The label as in the source, without what is invisible in it.
    pub label: String,
    /// The name of the speaker that the label belongs to.
    pub name: String,
    /// The stakeholder that the speaker counts for.
    pub stakeholder: String,
    /// The language of the turn.
    pub language: Language,
    /// Line of the source, from 1; 0 where the turn is empty.
    pub line: u64,
    /// When it was said, where the source tells.
    pub time: Option<Timing>,
    /// Indices in the session's sentences, one list a paragraph.
    pub paragraphs: Vec<Vec<usize>>,
}

/// A question that somebody asked.
#[derive(Debug, Clone, PartialEq)]
pub struct PageQuestion {
    /// The question.
    pub evidence: Evidence,
    /// The voices that the turn names, in order of first mention.
    pub named: Vec<String>,
    /// Index of the turn in which somebody else speaks next.
    pub next: Option<u64>,
}
