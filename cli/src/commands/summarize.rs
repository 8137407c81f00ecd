//! `summarize`: what each speaker, stakeholder or session put forward.

use clap::Args;
use rapporteur::Result;
use rapporteur::answer;
use rapporteur::definition::{Definition, SummarySettings};

use crate::args::{CommonArguments, IncludedRole, QuotingArguments, ScopeArgument, methods};
use crate::commands::Outcome;
use crate::commands::batch;
use crate::io::files::paths;

const EXAMPLES: &str = "\
Examples:
  rapporteur summarize panel.txt
  rapporteur summarize panel.txt --by session --words 450
  rapporteur summarize panel.txt --speaker \"Ana Reyes\" --about \"night shifts\" --sentences 3
  rapporteur summarize sessions/ --format csv -o positions.csv
  rapporteur summarize minutes.md --include chair,moderator -o brief.md
  cat panel.txt | rapporteur summarize - --format json";

/// Quote what each speaker, stakeholder or the whole session put forward
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Transcripts; a folder stands for its files, `-` for standard input
    #[arg(required = true, value_parser = paths::parser())]
    input: Vec<String>,
    /// What a summary is about
    #[arg(long, default_value = "speaker")]
    by: ScopeArgument,
    /// Summarization method [default: position; with --by session overview, or ensemble above 200
    /// words]
    #[arg(long, value_name = "METHOD", value_parser = methods())]
    method: Option<String>,
    /// Only what concerns TEXT
    #[arg(long, value_name = "TEXT")]
    about: Option<String>,
    /// Only this speaker, by name or label, or those who speak for this organisation; may be repeated
    #[arg(long, visible_alias = "stakeholder", value_name = "NAME")]
    speaker: Vec<String>,
    /// Roles to summarize besides plain speakers, separated by commas
    #[arg(long, value_name = "ROLES", value_delimiter = ',')]
    include: Vec<IncludedRole>,
    #[command(flatten)]
    quoting: QuotingArguments,
}

impl Arguments {
    fn definition(&self) -> Result<Definition> {
        let shared = self.quoting.definition()?;
        let summary = SummarySettings {
            by: self.by.into(),
            method: self.method.clone(),
            about: self.about.clone(),
            speakers: self.speaker.clone(),
            include: self.include.iter().map(|&role| role.into()).collect(),
            ..shared.summary
        };
        Ok(Definition { summary, ..shared })
    }
}

pub(crate) fn run(arguments: &Arguments, common: &CommonArguments) -> Result<Outcome> {
    let definition = arguments.definition()?;
    batch::quote(&arguments.input, &arguments.quoting, definition, common, answer::summarize)
}
