//! Text: sentences, words, stems, noise, and what a reader sees. Everything is a span of the text;
//! what is known about a language is data in `data/<language>/`.

mod clauses;
pub mod display;
pub mod language;
pub mod noise;
pub mod sentences;
pub mod stems;
mod tokens;
pub mod words;

pub use display::{display, word_count};
pub use language::{LanguageData, data};
pub use sentences::split;
pub use stems::Stemmer;
pub use words::{normalize, words};
