//! `man`: manual pages.

use clap::{Args, Command, CommandFactory};
use rapporteur::{Error, Result};

use crate::commands::{Cli, Outcome};
use crate::io::output;

const EXAMPLES: &str = "\
Examples:
  rapporteur man > rapporteur.1
  rapporteur man summarize > rapporteur-summarize.1";

/// Print a manual page
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Print the page of this command [default: the page of the program]
    command: Option<String>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    let mut program = Cli::command();
    program.build();
    let page = match &arguments.command {
        None => program,
        Some(name) => page_of(&program, name)?,
    };
    let mut text = Vec::new();
    clap_mangen::Man::new(page).render(&mut text).map_err(|error| Error::io("standard output", &error))?;
    output::emit(&String::from_utf8_lossy(&text))?;
    Ok(Outcome::Done)
}

fn page_of(program: &Command, name: &str) -> Result<Command> {
    program.find_subcommand(name).cloned().ok_or_else(|| {
        let names: Vec<&str> = program.get_subcommands().map(Command::get_name).collect();
        Error::usage(format!("there is no command `{name}`"))
            .remedy(format!("choose one of {}", names.join(", ")))
    })
}
