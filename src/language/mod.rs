//! What is known about each language, as data: one row of [`LANGUAGES`] and one folder of word lists a
//! language, which one parser reads.
//!
//! This is a foundation: every stage may use it, and it uses nothing but `model`. A stage asks for a list
//! of a language ([`Row::list`]) or keeps what it made of one in a [`ByLanguage`].

mod by_language;
mod detect;
mod lists;
mod phrases;
mod sections;
mod segmenter;
mod shared;
pub mod stems;
mod table;
mod word_lists;
pub mod words;

#[cfg(test)]
mod tests;

pub use by_language::ByLanguage;
pub use detect::{Detection, ENOUGH, detect, has_data, is_likely};
pub use lists::{Form, List, SectionForm};
pub use phrases::{Phrases, fill, phrases};
pub use sections::{Line, Sections};
pub use shared::SharedList;
pub use stems::Stemmer;
pub use table::{LANGUAGES, Row, Script, english, row};
pub use word_lists::{Abbreviation, LanguageData, StopWord, data};
pub use words::{normalize, words};
