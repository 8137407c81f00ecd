//! `completions`: scripts that complete the command line in a shell.

use clap::{Args, CommandFactory};
use clap_complete::Shell;
use rapporteur::Result;

use crate::commands::{Cli, Outcome};
use crate::io::output;

const EXAMPLES: &str = "\
Examples:
  rapporteur completions bash > ~/.local/share/bash-completion/completions/rapporteur
  rapporteur completions zsh > ~/.zfunc/_rapporteur
  rapporteur completions fish > ~/.config/fish/completions/rapporteur.fish";

/// Print a completion script for a shell
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The shell
    shell: Shell,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Cli::command(), "rapporteur", &mut script);
    output::emit(&String::from_utf8_lossy(&script))?;
    Ok(Outcome::Done)
}
