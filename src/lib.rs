//! Who said what, where each of them stands, and the exact words that show it.
#![cfg_attr(not(test), warn(clippy::unwrap_used, clippy::expect_used))]

pub mod archive;
pub mod compare;
pub mod error;
pub mod evaluate;
pub mod issues;
pub mod language;
pub mod model;
pub mod people;
pub mod pipeline;
pub mod rank;
pub mod read;
pub mod select;
pub mod stance;
pub mod text;
pub mod verify;
pub mod weigh;
pub mod write;

pub use error::{Error, ErrorKind, Result};
