//! The program: parse, run, exit code.

use std::process::ExitCode;

use clap::Parser;
use rapporteur_cli::{Cli, explain, run_command};

fn main() -> ExitCode {
    match Cli::try_parse() {
        Ok(cli) => run_command(cli),
        Err(error) => explain(&error),
    }
}
