//! Arguments that several commands share.

use std::num::NonZeroU32;

use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Args, ValueEnum};
use rapporteur::definition::{Budget, CompareSettings, Definition, InputSettings, SummarySettings};
use rapporteur::language::LANGUAGES;
use rapporteur::model::{Basis, Day, Issue, Language, Role, Roster, Scope};
use rapporteur::{Error, ErrorKind, Result, rank, read, write};

use crate::io::configuration;
use crate::io::files::{Destination, Target, paths};
use crate::io::limits::Limits;
use crate::io::named::{read_issues, read_roster};
use crate::io::output::Color;

/// Flags of every command.
#[derive(Debug, Args)]
pub(crate) struct CommonArguments {
    /// Worker threads, 1 to 256; the result is the same at any number [default: one per core]
    #[arg(long, global = true, help_heading = "Common", value_name = "N", value_parser = threads, allow_negative_numbers = true)]
    pub(crate) threads: Option<usize>,
    /// Say nothing but errors
    #[arg(long, short, global = true, help_heading = "Common")]
    pub(crate) quiet: bool,
    /// When to use bold and colors
    #[arg(long, global = true, help_heading = "Common", value_name = "WHEN", default_value = "auto")]
    pub(crate) color: Color,
    /// Read no rapporteur.toml
    #[arg(long, global = true, help_heading = "Common")]
    pub(crate) no_config: bool,
    #[command(flatten)]
    pub(crate) limits: Limits,
}

impl CommonArguments {
    /// Makes the number of threads hold for the whole run.
    pub(crate) fn set_threads(&self) -> Result<()> {
        let Some(threads) = self.threads else { return Ok(()) };
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
        pool.build_global().map_err(|error| Error::new(ErrorKind::Internal(error.to_string())))
    }
}

/// How sources are read.
#[derive(Debug, Args)]
#[command(next_help_heading = "Reading")]
pub(crate) struct ReadingArguments {
    /// Format of the input; see `rapporteur formats` [default: detected from the content]
    #[arg(long, value_name = "FORMAT", value_parser = input_formats(), hide_possible_values = true)]
    pub(crate) input_format: Option<String>,
    /// Language of the input, such as `en` [default: the source's own, or detected]
    #[arg(long, value_name = "CODE")]
    pub(crate) language: Option<Language>,
    /// Date of the sessions, as YYYY-MM-DD, where neither their content nor the file's name says one
    #[arg(long, value_name = "DATE")]
    pub(crate) date: Option<Day>,
    /// Take warnings for failures
    #[arg(long)]
    pub(crate) strict: bool,
    /// Put a code in the place of each voice's name, in what is said too, in every output. KEY is the file that says
    /// which is whose, made where it is not there: keep it apart. `docs/privacy.md` says what stays
    #[arg(long, value_name = "KEY", value_parser = paths::parser())]
    pub(crate) pseudonymize: Option<String>,
    /// Read links in folders that lead out of the folder too
    #[arg(long)]
    pub(crate) follow_links: bool,
}

impl ReadingArguments {
    /// Whether warnings are failures.
    pub(crate) fn is_strict(&self) -> bool {
        self.strict
    }

    pub(crate) fn settings(&self) -> InputSettings {
        InputSettings {
            format: self.input_format.clone(),
            language: self.language.or(configuration::get().language),
            date: self.date,
            strict: self.strict,
            follow_links: self.follow_links,
            pseudonyms: self.pseudonymize.clone(),
            ..InputSettings::default()
        }
    }
}

/// What a person has written down about the voices.
#[derive(Debug, Args)]
#[command(next_help_heading = "Reading")]
pub(crate) struct RosterArguments {
    /// Who is who: CSV or JSON with speaker, aliases, stakeholder, group, role; holds over anything
    /// found. `inspect --write-roster` makes one
    #[arg(long, value_name = "FILE", value_parser = paths::parser())]
    roster: Option<String>,
}

impl RosterArguments {
    /// Reads the roster, and notes it in the settings.
    pub(crate) fn roster(&self, settings: &mut InputSettings) -> Result<Roster> {
        settings.roster = self.roster.clone().or_else(|| configuration::get().roster.clone());
        read_roster(settings)
    }
}

/// What words are weighed by, besides the session.
#[derive(Debug, Args)]
#[command(next_help_heading = "Reading")]
pub(crate) struct BackgroundArguments {
    /// Vocabulary that says how common words are elsewhere, as `rapporteur vocabulary build` makes it: what is rare
    /// there weighs more [default: the session alone]
    #[arg(long, value_name = "FILE", value_parser = paths::parser())]
    background: Option<String>,
}

impl BackgroundArguments {
    /// Notes the vocabulary in the settings, to be read with the roster.
    pub(crate) fn note(&self, settings: &mut InputSettings) {
        settings.background.clone_from(&self.background);
    }
}

/// What is compared, or named beside a quotation.
#[derive(Debug, Args)]
pub(crate) struct IssueArguments {
    /// List of issues: JSON with label, terms and text of each, or a table with these columns [default:
    /// the headings of the sources; `compare` then looks for issues]
    #[arg(long, value_name = "FILE", value_parser = paths::parser())]
    issues: Option<String>,
}

impl IssueArguments {
    /// Reads the list; empty where none is named.
    pub(crate) fn issues(&self) -> Result<Vec<Issue>> {
        let named = self.issues.as_deref().or(configuration::get().issues.as_deref());
        named.map_or_else(|| Ok(Vec::new()), read_issues)
    }
}

/// Who and what is compared, in how many words.
#[derive(Debug, Args)]
pub(crate) struct ComparisonArguments {
    #[command(flatten)]
    subjects: IssueArguments,
    /// Who is compared
    #[arg(long, default_value = "stakeholder")]
    by: ComparedBy,
    /// Roles to compare besides plain speakers, separated by commas
    #[arg(long, value_name = "ROLES", value_delimiter = ',')]
    include: Vec<IncludedRole>,
    /// At most N words of quotations of a stakeholder on an issue in a session
    #[arg(long, value_name = "N", default_value = "60", value_parser = at_least_one, allow_negative_numbers = true)]
    words: NonZeroU32,
    /// Which stances to show: those that a sentence states with its own cue, or also those inferred from what
    /// the sentences on an issue add up to
    #[arg(long, default_value = "inferred")]
    stances: ShownStances,
}

/// What a stance must rest on to be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ShownStances {
    /// A sentence on the issue states it
    Stated,
    /// That, or what all sentences on the issue add up to
    Inferred,
}

/// Who is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ComparedBy {
    /// Each voice
    Speaker,
    /// Each organisation or delegation
    Stakeholder,
    /// Each kind of stakeholder
    Group,
}

impl ComparisonArguments {
    /// The settings of the comparison, its limits as by default.
    pub(crate) fn settings(&self) -> Result<CompareSettings> {
        Ok(CompareSettings {
            by: match self.by {
                ComparedBy::Speaker => Scope::Speaker,
                ComparedBy::Stakeholder => Scope::Stakeholder,
                ComparedBy::Group => Scope::Group,
            },
            words: self.words,
            include: self.include.iter().map(|&role| role.into()).collect(),
            issues: self.subjects.issues()?,
            stances: match self.stances {
                ShownStances::Stated => Basis::Stated,
                ShownStances::Inferred => Basis::Inferred,
            },
            ..CompareSettings::default()
        })
    }
}

/// Where the result goes and in which format.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct OutputArguments {
    /// Format of the output [default: by the extension of FILE, else text]
    #[arg(long, value_name = "FORMAT", value_parser = output_formats())]
    pub(crate) format: Option<String>,
    #[command(flatten)]
    target: Target,
}

impl OutputArguments {
    /// The output format that the flags ask for.
    pub(crate) fn format(&self) -> &'static write::Format {
        let named = self.format.as_deref().and_then(write::format);
        let by_extension = || write::format_of_path(&self.target.output.as_ref()?.to_string_lossy());
        named.or_else(by_extension).unwrap_or(&write::text::FORMAT)
    }

    /// Where the result goes.
    pub(crate) fn destination(&self) -> Result<Destination> {
        self.target.destination(&extensions())
    }
}

/// The extensions of all formats of reports.
fn extensions() -> Vec<&'static str> {
    write::FORMATS.iter().flat_map(|format| format.extensions).copied().collect()
}

/// Text or JSON, for what is no summary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TextOrJson {
    /// To read
    Text,
    /// For programs
    Json,
}

impl TextOrJson {
    /// The output format of that name.
    pub(crate) fn format(self) -> &'static write::Format {
        match self {
            TextOrJson::Text => &write::text::FORMAT,
            TextOrJson::Json => &write::json::FORMAT,
        }
    }

    /// The format that a flag names, else the one that an extension asks for.
    pub(crate) fn of(named: Option<TextOrJson>, target: &Target) -> TextOrJson {
        let known = || write::format_of_path(&target.output.as_ref()?.to_string_lossy());
        let is_json = || known().is_some_and(|format| format.name == write::json::FORMAT.name);
        named.unwrap_or(if is_json() { TextOrJson::Json } else { TextOrJson::Text })
    }

    /// The extensions of both.
    pub(crate) fn extensions() -> Vec<&'static str> {
        [write::text::FORMAT, write::json::FORMAT]
            .iter()
            .flat_map(|format| format.extensions)
            .copied()
            .collect()
    }
}

/// How long a summary may be.
#[derive(Debug, Args)]
#[command(next_help_heading = "Length")]
#[group(multiple = false)]
pub(crate) struct BudgetArguments {
    /// At most N words in each summary, never exceeded [default: 100]
    #[arg(long, value_name = "N", value_parser = at_least_one, allow_negative_numbers = true)]
    words: Option<NonZeroU32>,
    /// At most N sentences in each summary
    #[arg(long, value_name = "N", value_parser = at_least_one, allow_negative_numbers = true)]
    sentences: Option<NonZeroU32>,
    /// At most P percent of the words that could be quoted
    #[arg(long, value_name = "P", value_parser = percent, allow_negative_numbers = true)]
    percent: Option<f64>,
}

impl BudgetArguments {
    pub(crate) fn budget(&self) -> Budget {
        let words = self.words.map(Budget::Words);
        let sentences = self.sentences.map(Budget::Sentences);
        let settled = configuration::get().words.map(Budget::Words);
        words.or(sentences).or(self.percent.map(Budget::Percent)).or(settled).unwrap_or_default()
    }
}

/// What `summarize` and `ask` have in common: how much is quoted of which sources, and where it goes.
#[derive(Debug, Args)]
pub(crate) struct QuotingArguments {
    #[command(flatten)]
    length: BudgetArguments,
    #[command(flatten)]
    pub(crate) writing: OutputArguments,
    #[command(flatten)]
    reading: ReadingArguments,
    #[command(flatten)]
    pub(crate) listed: RosterArguments,
    #[command(flatten)]
    weighed: BackgroundArguments,
    #[command(flatten)]
    subjects: IssueArguments,
}

impl QuotingArguments {
    /// The settings of these flags, the others as by default. The roster is not read yet.
    pub(crate) fn definition(&self) -> Result<Definition> {
        let (budget, issues) = (self.length.budget(), self.subjects.issues()?);
        let mut input = self.reading.settings();
        self.weighed.note(&mut input);
        Ok(Definition {
            input,
            summary: SummarySettings { budget, issues, ..SummarySettings::default() },
            ..Definition::default()
        })
    }
}

/// What a summary is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ScopeArgument {
    /// Each voice
    Speaker,
    /// Each organisation or delegation
    Stakeholder,
    /// Each kind of stakeholder
    Group,
    /// The session as a whole
    Session,
}

impl From<ScopeArgument> for Scope {
    fn from(by: ScopeArgument) -> Scope {
        match by {
            ScopeArgument::Speaker => Scope::Speaker,
            ScopeArgument::Stakeholder => Scope::Stakeholder,
            ScopeArgument::Group => Scope::Group,
            ScopeArgument::Session => Scope::Session,
        }
    }
}

/// A role that has no summaries of its own unless asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum IncludedRole {
    Moderator,
    Chair,
    Interpreter,
    Audience,
}

impl From<IncludedRole> for Role {
    fn from(role: IncludedRole) -> Role {
        match role {
            IncludedRole::Moderator => Role::Moderator,
            IncludedRole::Chair => Role::Chair,
            IncludedRole::Interpreter => Role::Interpreter,
            IncludedRole::Audience => Role::Audience,
        }
    }
}

/// The names of the summarization methods.
pub(crate) fn methods() -> PossibleValuesParser {
    PossibleValuesParser::new(rank::METHODS.iter().map(|m| PossibleValue::new(m.name).help(m.about)))
}

fn input_formats() -> PossibleValuesParser {
    PossibleValuesParser::new(read::FORMATS.iter().map(|f| PossibleValue::new(f.name).help(f.about)))
}

fn output_formats() -> PossibleValuesParser {
    PossibleValuesParser::new(write::FORMATS.iter().map(|f| PossibleValue::new(f.name).help(f.about)))
}

/// Threads that a machine has a use for; each takes memory of its own.
const MAX_THREADS: usize = 256;

fn threads(text: &str) -> std::result::Result<usize, String> {
    let number = text.parse().ok().filter(|number| (1..=MAX_THREADS).contains(number));
    number.ok_or_else(|| format!("a whole number from 1 to {MAX_THREADS} is needed"))
}

/// The languages that have the words of a page.
pub(crate) fn ui_languages() -> PossibleValuesParser {
    PossibleValuesParser::new(LANGUAGES.iter().map(|row| PossibleValue::new(row.code).help(row.name)))
}

pub(crate) fn at_least_one(text: &str) -> std::result::Result<NonZeroU32, String> {
    text.parse().map_err(|_| "a whole number of at least 1 is needed".to_owned())
}

fn percent(text: &str) -> std::result::Result<f64, String> {
    match text.trim_end_matches('%').trim_end().parse() {
        Ok(percent) if percent > 0.0 && percent <= 100.0 => Ok(percent),
        _ => Err("a number above 0 and up to 100 is needed".to_owned()),
    }
}
