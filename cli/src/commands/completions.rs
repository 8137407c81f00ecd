//! `completions`: scripts that complete the command line in a shell.

use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Args, Command, CommandFactory};
use clap_complete::Shell;
use rapporteur::Result;
use rapporteur::definition::EMBEDDED;

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
    output::emit(&script(arguments.shell))?;
    Ok(Outcome::Done)
}

fn script(shell: Shell) -> String {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut described(Cli::command(), shell), "rapporteur", &mut script);
    let mut script = String::from_utf8_lossy(&script).into_owned();
    let names = EMBEDDED.iter().map(|known| known.name).collect::<Vec<_>>().join(" ");
    match shell {
        // The generator of fish knows no values of positional arguments.
        Shell::Fish => script.push_str(&format!(
            "complete -c rapporteur -n \"__fish_rapporteur_using_subcommand run schedule worker\" -a \"{names}\"\n\
             complete -c rapporteur -n \"__fish_rapporteur_using_subcommand pipelines; and \
             __fish_seen_subcommand_from show validate copy\" -a \"{names}\"\n"
        )),
        // That of zsh would offer the values alone, and a definition may be a file.
        Shell::Zsh => script = zsh_definitions(&script, &names),
        _ => {}
    }
    script
}

/// The script of zsh, where a definition is one of these names or a file.
fn zsh_definitions(script: &str, names: &str) -> String {
    let line = |line: &str| {
        let is_definition = DEFINITIONS.iter().any(|id| line.contains(&format!(":{id} -- ")));
        let replaced = format!(":{{compadd {names}; _files}}'");
        if is_definition { line.replace(":_default'", &replaced) + "\n" } else { format!("{line}\n") }
    };
    script.lines().map(line).collect()
}

/// The arguments that are the name of a definition or its file.
const DEFINITIONS: [&str; 2] = ["definition", "definitions"];

/// The command with its values as completions offer them: definitions by name in bash, and no quotation mark in
/// what is said of a value, which the generator of fish does not escape.
fn described(command: Command, shell: Shell) -> Command {
    let subcommands: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    let command = command.mut_args(|argument| {
        let is_definition = DEFINITIONS.contains(&argument.get_id().as_str());
        let mut values: Vec<PossibleValue> = argument.get_possible_values().into_iter().map(plain).collect();
        if is_definition && shell == Shell::Bash {
            values = EMBEDDED.iter().map(|known| PossibleValue::new(known.name)).collect();
        }
        match values.is_empty() || !argument.get_action().takes_values() {
            true => argument,
            false => argument.value_parser(PossibleValuesParser::new(values)),
        }
    });
    subcommands
        .into_iter()
        .fold(command, |command, name| command.mut_subcommand(name, |sub| described(sub, shell)))
}

/// A value whose description has no quotation mark.
fn plain(value: PossibleValue) -> PossibleValue {
    let help = value.get_help().map(|help| help.to_string().replace(['"', '$', '`'], ""));
    match help {
        Some(help) => value.help(help),
        None => value,
    }
}
