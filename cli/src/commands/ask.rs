//! `ask`: the passages that answer a question.

use clap::Args;
use rapporteur::answer;
use rapporteur::definition::Definition;
use rapporteur::prepare::Prepared;
use rapporteur::{Error, Result};

use crate::args::{CommonArguments, QuotingArguments};
use crate::commands::Outcome;
use crate::commands::batch;
use crate::io::files::paths;

const EXAMPLES: &str = "\
Examples:
  rapporteur ask panel.txt \"What did Ana Reyes say about night shifts?\"
  rapporteur ask minutes.md \"Why was the budget postponed?\" --sentences 3
  rapporteur ask panel.txt \"How many ports are meant?\" --stakeholder \"Harbour Union\"
  rapporteur ask sessions/ \"Who opposes the levy?\" --format json";

/// Quote the passages that answer a question
///
/// Names in the question are resolved to speakers.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Transcript; a folder stands for its files, `-` for standard input
    #[arg(value_parser = paths::parser())]
    input: String,
    /// The question, in quotation marks
    question: String,
    /// Only in the words of this speaker, by name or label, or of those who speak for this organisation; may be
    /// repeated
    #[arg(long, visible_alias = "stakeholder", value_name = "NAME")]
    speaker: Vec<String>,
    #[command(flatten)]
    quoting: QuotingArguments,
}

pub(crate) fn run(arguments: &Arguments, common: &CommonArguments) -> Result<Outcome> {
    let question = arguments.question.trim();
    if question.is_empty() {
        return Err(Error::usage("the question is empty").remedy("put it in quotation marks after the input"));
    }
    let (inputs, quoting) = (std::slice::from_ref(&arguments.input), &arguments.quoting);
    let ask = |prepared: &Prepared<'_>, definition: &Definition| answer::ask(prepared, question, definition);
    let mut definition = quoting.definition()?;
    definition.summary.speakers.clone_from(&arguments.speaker);
    batch::quote(inputs, quoting, definition, common, ask)
}
