//! Where speakers stand, from the words in which they say so.
//!
//! A stance is stated or absent, never guessed: a sentence has one where a cue of the language's
//! lexicon stands in it, is the speaker's own, and is not asked, reported, quoted or made a condition.
//! What is known of a language is data of `language`. `docs/stance.md` says how it is decided.

mod acceptance;
mod agreement;
mod classes;
mod context;
mod leaning;
mod lexicon;
mod lists;
mod meanings;
mod motion;
mod references;
mod sentence;
mod several;
mod sides;
mod target;
mod tone;
mod utterance;

pub use agreement::{Agreement, Referred, Standing, compared, said};
pub use leaning::{
    CONFIDENCE_NAMES, EVIDENCE_RELEVANCE, FILLED_NAMES, LEAST_RELEVANCE, Leaning, STANCE_NAMES,
    STATED_RELEVANCE, WeighedSentence, Weights, add, best_evidence, filled, leaning, means, worth,
};
pub use lexicon::{Lexicon, lexicon, short_name};
pub use lists::StanceLists;
pub use motion::{Motion, MotionStance, motion, towards};
pub use references::{Antecedents, addressed, references};
pub use sentence::{SentenceCues, of_sentence};
pub use several::of_sentences;
pub use sides::{
    DebateSentence, DebateTurn, Side, SideClaim, SideClue, SideGround, side_clues, side_of_all, sides,
};
pub use target::of_issue;
pub use tone::{Tone, feature_names, tone};
pub use utterance::{OwnName, Utterance};
