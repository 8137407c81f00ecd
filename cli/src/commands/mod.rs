//! The command line: arguments, one file per command, and what the exit code says.

pub(crate) mod ask;
pub(crate) mod batch;
pub(crate) mod cluster;
pub(crate) mod compare;
pub(crate) mod completions;
pub(crate) mod diff;
pub(crate) mod evaluate;
pub(crate) mod formats;
pub(crate) mod history;
pub(crate) mod inspect;
pub(crate) mod man;
pub(crate) mod methods;
pub(crate) mod pipelines;
pub(crate) mod report;
pub(crate) mod run;
pub(crate) mod schedule;
pub(crate) mod search;
pub(crate) mod segment;
pub(crate) mod summarize;
pub(crate) mod verify;
pub(crate) mod vocabulary;
pub(crate) mod worker;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use rapporteur::Result;

use crate::args::CommonArguments;
pub(crate) use crate::io::output::{Outcome, pretty};
use crate::io::stop;
use crate::io::{configuration, limits, output, pseudonyms};
use rapporteur::write::terminal::is_command;

const EXAMPLES: &str = "\
Examples:
  rapporteur summarize panel.txt                 where each speaker stands, in quotations
  rapporteur inspect panel.txt                   who speaks, and how the file was understood
  rapporteur ask panel.txt \"What did Ms Reyes say about nights?\"
  rapporteur summarize sessions/ --format json -o brief.jsonl
  rapporteur compare sessions/ -o tables/        who stands where, as tables
  rapporteur report panel.txt -o report.html     one page with all of it, to read and to send
  rapporteur verify brief.jsonl                  is every quotation where the brief says it is?
  rapporteur evaluate brief.jsonl --references references.jsonl

Exit codes: 0 all done; 1 some sessions failed, the rest are done; 2 bad usage, nothing started;
3 `verify` found a mismatch; 4 stopped by a signal, what was done is kept.";

/// Who said what, where each of them stands, and the exact words that show it.
///
/// Reads transcripts of sessions with many voices and quotes what each speaker put forward. It runs
/// offline and never writes a sentence of its own: each line of a summary is a located quotation.
#[derive(Debug, Parser)]
#[command(name = "rapporteur", version, after_help = EXAMPLES, max_term_width = 100, arg_required_else_help = true)]
pub struct Cli {
    #[command(flatten)]
    common: CommonArguments,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Inspect(inspect::Arguments),
    Segment(segment::Arguments),
    Summarize(summarize::Arguments),
    Ask(ask::Arguments),
    Compare(compare::Arguments),
    Report(report::Arguments),
    Verify(verify::Arguments),
    Evaluate(evaluate::Arguments),
    Run(run::Arguments),
    Schedule(schedule::Arguments),
    Worker(worker::Arguments),
    Cluster(cluster::Arguments),
    Vocabulary(vocabulary::Arguments),
    Pipelines(pipelines::Arguments),
    Search(search::Arguments),
    History(history::Arguments),
    Diff(diff::Arguments),
    Formats(formats::Arguments),
    Methods(methods::Arguments),
    Completions(completions::Arguments),
    Man(man::Arguments),
}

impl Command {
    /// Whether `rapporteur.toml` holds for it. Definitions and reports that are checked say everything themselves.
    fn takes_settings(&self) -> bool {
        matches!(
            self,
            Command::Inspect(_)
                | Command::Segment(_)
                | Command::Summarize(_)
                | Command::Ask(_)
                | Command::Compare(_)
                | Command::Report(_)
        )
    }
}

/// Runs the command and says how it ended.
pub fn run_command(cli: Cli) -> ExitCode {
    cli.common.color.write_global();
    cli.common.limits.set();
    let outcome = cli.common.set_threads().and_then(|()| dispatch(&cli));
    // What was written has codes, so that their names are kept even where something failed.
    let outcome = pseudonyms::write_names().and(outcome);
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::SomeFailed) => ExitCode::from(1),
        Ok(Outcome::BadUsage) => ExitCode::from(2),
        Ok(Outcome::Mismatch) => ExitCode::from(3),
        Ok(Outcome::Stopped) => ExitCode::from(4),
        Err(error) => {
            output::complain(&error);
            ExitCode::from(if error.is_usage() { 2 } else { 1 })
        }
    }
}

/// Says what clap found wrong with the arguments, or shows the help that was asked for. An argument may
/// be the name of any file, so that it is shown like one.
pub fn explain(error: &clap::Error) -> ExitCode {
    let is_plain = |argument: std::ffi::OsString| !argument.to_string_lossy().contains(is_command);
    if std::env::args_os().all(is_plain) {
        let _ = error.print();
    } else {
        output::note(error.render().to_string().trim_end());
    }
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}

fn dispatch(cli: &Cli) -> Result<Outcome> {
    // Runs finish what is in hand and keep it; all else has nothing to keep.
    if !matches!(cli.command, Command::Run(_) | Command::Schedule(_)) {
        stop::end_on_signal()?;
        limits::watch();
    }
    if cli.command.takes_settings() && !cli.common.no_config {
        configuration::load()?;
    }
    match &cli.command {
        Command::Inspect(arguments) => inspect::run(arguments, &cli.common),
        Command::Segment(arguments) => segment::run(arguments),
        Command::Summarize(arguments) => summarize::run(arguments, &cli.common),
        Command::Ask(arguments) => ask::run(arguments, &cli.common),
        Command::Compare(arguments) => compare::run(arguments, &cli.common),
        Command::Report(arguments) => report::run(arguments, &cli.common),
        Command::Verify(arguments) => verify::run(arguments),
        Command::Evaluate(arguments) => evaluate::run(arguments, &cli.common),
        Command::Run(arguments) => run::run(arguments, &cli.common),
        Command::Schedule(arguments) => schedule::run(arguments, &cli.common),
        Command::Worker(arguments) => worker::run(arguments),
        Command::Cluster(arguments) => cluster::run(arguments, &cli.common),
        Command::Vocabulary(arguments) => vocabulary::run(arguments, &cli.common),
        Command::Pipelines(arguments) => pipelines::run(arguments),
        Command::Search(arguments) => search::run(arguments),
        Command::History(arguments) => history::run(arguments),
        Command::Diff(arguments) => diff::run(arguments, &cli.common),
        Command::Formats(arguments) => formats::run(arguments),
        Command::Methods(arguments) => methods::run(arguments),
        Command::Completions(arguments) => completions::run(arguments),
        Command::Man(arguments) => man::run(arguments),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_are_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_command_has_examples_and_says_what_it_does() {
        let command = Cli::command();
        let mut n_commands = 0;
        for sub in command.get_subcommands() {
            n_commands += 1;
            assert!(sub.get_about().is_some(), "{} has no description", sub.get_name());
            let help = sub.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(
                help.contains(&format!("rapporteur {}", sub.get_name())),
                "{} has no example",
                sub.get_name()
            );
        }
        assert!(n_commands >= 8);
    }
}
