//! Text: sentences, words, stems, noise, and what a reader sees. Everything is a span of the text;
//! what is known about a language is data of `language`.
//!
//! A session is read once, by [`read`], into one table of tokens
//! ([`Tokens`](crate::model::Tokens)), which [`Analysis`](crate::model::Analysis) holds. No stage divides
//! text or changes its case again; it asks the table:
//!
//! ```
//! use rapporteur::model::{Language, WordTraits};
//! use rapporteur::text::read_line;
//!
//! // `read_line` is for what is no session (a question, a name); of a session: `analysis.tokens`.
//! let text = "We, uh, don't support the port-levy.";
//! let tokens = read_line(text, Language::ENGLISH);
//! // A range of the table: `of_sentence(id)`, `of_turn(turn)`, `of_span(turn, span)`.
//! let range = tokens.of_turn(0);
//! let words = |t: &rapporteur::model::Token| tokens.words.text(t.word).to_owned();
//! // Words that are spoken on purpose as written, that a reader sees, that carry content; their stems.
//! assert_eq!(tokens.spoken_words(range.clone()).map(words).collect::<Vec<_>>()[..2], ["we", "don't"]);
//! assert_eq!(tokens.shown_words(range.clone()).count(), 5);
//! let content: Vec<&str> = tokens.content_words(range.clone()).map(|t| tokens.words.text(t.word)).collect();
//! assert_eq!(content, ["support", "port-levy"]);
//! // Where they stand, what each distinct word is, and the parts of a compound.
//! let last = tokens.content_words(range.clone()).last().unwrap();
//! assert_eq!(last.span.of(text), "port-levy");
//! assert!(!tokens.words.is(last.word, WordTraits::STOP_WORD));
//! assert_eq!(tokens.words.parts_of(last.word).len(), 2);
//! // What a reader sees.
//! let mut shown = String::new();
//! tokens.show(range, text, &mut shown);
//! assert_eq!(shown, "We don't support the port-levy.");
//! ```
//!
//! Phrases are found in the table by one matcher: [`PhraseList`] has an example. Where a stage needs the
//! words and marks of a sentence as the matcher sees them, contractions written out, it resolves its list
//! once ([`Resolved::new`]) and asks for the units of a range ([`Resolved::units`]).

mod analysis;
mod atoms;
mod categories;
mod clauses;
mod credits;
mod cues;
mod disfluency;
pub mod display;
mod find;
mod intern;
mod marks;
mod matches;
mod name_words;
pub mod noise;
mod phrases;
mod query;
mod read;
mod runs;
pub mod sentences;
mod simple;
mod tails;
#[cfg(test)]
pub(crate) mod tally;
mod tokens;
mod told;

pub use crate::language::words::{self, normalize, words};
pub use analysis::analyse;
pub use categories::{Categories, Hits};
pub use display::{display, uncapitalized, word_count};
pub use find::{Matches, PhraseMatch, find_all};
pub use matches::{Over, Resolved, Unit, UnitMatch};
pub use name_words::{FoldedWord, fold_name, name_words};
pub use phrases::{Between, Forms, Insertions, PhraseList, PhraseListBuilder, Selection};
pub use query::{QuestionText, stances_named};
pub use read::{read, read_label, read_line};
pub use runs::{run_span, runs};
pub use sentences::split;
pub use simple::{SimpleWord, simple_words, stems};
pub use tails::{asks, main_clause};
pub use told::Told;
