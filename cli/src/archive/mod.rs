//! The archive: one SQLite file with all that runs have made, to be searched and compared over time.
//!
//! It belongs to the program: the library opens no files. Tables and columns are described in `docs/archive.md`.

mod connection;
mod diff;
mod history;
mod lock;
mod mend;
mod names;
mod pages;
mod runs;
mod search;
mod sessions;
mod state;

pub use connection::{Archive, VERSION};
pub use history::Period;
pub use lock::{Holder, Lock, real_path};
pub use mend::{Recovery, is_damage};
pub use runs::{Outcome, RunRecord, StartedBy};
pub use search::{Passage, Search};
pub use sessions::{IndexedSession, SessionEntry};
pub use state::{Failure, InputState, Output, ProcessedInput, Status};

#[cfg(test)]
mod tests;
