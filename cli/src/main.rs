//! The program: parse, run, exit code.

use std::process::ExitCode;

use clap::Parser;
use mimalloc::MiMalloc;
use rapporteur_cli::{Cli, explain, run_command};

/// A session is made of many small texts, and an eighth of all instructions were the system allocator's.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    match Cli::try_parse() {
        Ok(cli) => run_command(cli),
        Err(error) => explain(&error),
    }
}
