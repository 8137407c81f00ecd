//! What a session is about: the issues on which positions are compared, the sentences that belong to
//! each, and where the subject changes.

mod assign;
mod found;
mod gather;
mod headings;
pub mod list;
mod lists;
mod naming;
mod pattern;
mod phrases;
mod relevance;
mod subjects;
mod units;

pub use assign::assign;
pub use gather::Gathered;
pub use list::parse;
pub use naming::{Naming, naming};
pub use relevance::{
    FEATURES as RELEVANCE, Manner, Related, Relations, RelevanceWeights, related, relevance,
};
pub use subjects::subjects;
pub use units::Words;
