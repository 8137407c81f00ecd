//! Who said what, where each of them stands, and the exact words that show it.
#![cfg_attr(not(test), warn(clippy::unwrap_used, clippy::expect_used))]

pub mod answer;
pub mod compare;
pub mod corpus;
pub mod definition;
pub mod error;
pub mod evaluate;
pub mod issues;
pub mod language;
pub mod model;
mod nearest;
pub mod page;
pub mod people;
pub mod pipeline;
pub mod prepare;
pub mod rank;
pub mod read;
pub mod stance;
pub mod stats;
pub mod summary;
pub mod text;
pub mod verify;
pub mod write;

pub use error::{Error, ErrorKind, Result};
pub use nearest::nearest;

/// Name and version of the program, as in every report.
pub const TOOL: &str = concat!("rapporteur ", env!("CARGO_PKG_VERSION"));
