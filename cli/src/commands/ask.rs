//! `ask`: the passages that answer a question.

use clap::Args;
use rapporteur::answer;
use rapporteur::definition::{Definition, SummarySettings};
use rapporteur::{Error, Result};

use crate::args::{
    BudgetArguments, CommonArguments, IssueArguments, OutputArguments, ReadingArguments, RosterArguments,
};
use crate::commands::Outcome;
use crate::commands::batch;
use crate::io::files::paths;

const EXAMPLES: &str = "\
Examples:
  rapporteur ask panel.txt \"What did Ana Reyes say about night shifts?\"
  rapporteur ask minutes.md \"Why was the budget postponed?\" --sentences 3
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
    #[command(flatten)]
    length: BudgetArguments,
    #[command(flatten)]
    writing: OutputArguments,
    #[command(flatten)]
    reading: ReadingArguments,
    #[command(flatten)]
    listed: RosterArguments,
    #[command(flatten)]
    subjects: IssueArguments,
}

pub(crate) fn run(arguments: &Arguments, common: &CommonArguments) -> Result<Outcome> {
    let question = arguments.question.trim();
    if question.is_empty() {
        return Err(Error::usage("the question is empty").remedy("put it in quotation marks after the input"));
    }
    let mut definition = Definition {
        input: arguments.reading.settings(),
        summary: SummarySettings {
            budget: arguments.length.budget(),
            issues: arguments.subjects.issues()?,
            ..SummarySettings::default()
        },
        ..Definition::default()
    };
    let destination = arguments.writing.destination()?;
    let roster = arguments.listed.roster(&mut definition.input)?;
    let definition = &definition;
    let inputs = std::slice::from_ref(&arguments.input);
    let batch = batch::reports(inputs, &definition.input, roster, &[&destination], common, |_| {
        move |prepared: &_| answer::ask(prepared, question, definition)
    })?;
    batch::finish(batch, arguments.writing.format(), &destination, common)
}
