//! The program around the library: arguments, commands, files and signals, unattended runs, the archive.
//!
//! [`run`] and [`schedule`] are an engine that other programs can use: what they tell goes to a
//! [`run::Messages`], and nothing in them parses arguments.
#![cfg_attr(not(test), warn(clippy::unwrap_used, clippy::expect_used))]

pub mod archive;
mod args;
mod commands;
mod io;
pub mod run;
pub mod schedule;
mod tables;

pub use commands::{Cli, explain, run_command};
