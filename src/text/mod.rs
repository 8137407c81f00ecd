//! Text: sentences, words, stems, noise, and what a reader sees. Everything is a span of the text;
//! what is known about a language is data of `language`.

mod analysis;
mod atoms;
mod categories;
mod clauses;
mod cues;
mod disfluency;
pub mod display;
mod marks;
pub mod noise;
mod query;
pub mod sentences;
mod spoken;
mod tails;
mod tokens;

pub use crate::language::words::{self, normalize, words};
pub use analysis::analyse;
pub use categories::{Categories, Hits};
pub use cues::{CueTable, Found, cues};
pub use display::{display, word_count};
pub use query::{asks_named, content_words, question, subject_start};
pub use sentences::split;
pub use spoken::spoken;
pub use tails::{asks, main_clause};
