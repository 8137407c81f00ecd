//! What a session is about: the issues on which positions are compared, the sentences that belong to
//! each, and where the subject changes.

mod assign;
mod classes;
mod found;
mod gather;
mod headings;
pub mod list;
mod lists;
mod longer_names;
mod named;
mod naming;
mod pattern;
mod phrases;
mod relevance;
mod stems;
mod subjects;

pub use assign::assign;
pub use gather::Gathered;
pub use headings::opening;
pub use list::parse;
pub use named::{NamedPhrase, named_phrases};
pub use naming::{Naming, naming};
pub use relevance::{
    FEATURES as RELEVANCE, Manner, Related, Relations, RelevanceWeights, related, relevance,
};
pub use stems::{StemId, StemmedWord, Stems};
pub use subjects::subjects;
