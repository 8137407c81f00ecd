//! Text: sentences, words, stems, noise, and what a reader sees. Everything is a span of the text;
//! what is known about a language is data in `data/<language>/`.

mod analysis;
mod atoms;
mod categories;
mod clauses;
mod cues;
mod detect;
mod disfluency;
pub mod display;
pub mod language;
mod marks;
pub mod noise;
mod query;
mod segmenter;
pub mod sentences;
mod spoken;
pub mod stems;
mod tails;
mod tokens;
pub mod words;

pub use analysis::analyse;
pub use categories::{Categories, Hits};
pub use cues::{CueTable, Found, cues};
pub use detect::{Detection, ENOUGH, detect, has_data, is_likely};
pub use display::{display, word_count};
pub use language::{LanguageData, data};
pub use query::{asks_named, content_words, question, subject_start};
pub use sentences::split;
pub use spoken::spoken;
pub use stems::Stemmer;
pub use tails::{asks, main_clause};
pub use words::{normalize, words};
