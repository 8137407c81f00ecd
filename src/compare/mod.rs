//! What all sessions together say of the stakeholders: counts added up session by session, then the
//! matrices that are made of them.
//!
//! Memory grows with the stakeholders, their issues and their words, never with the sessions.

mod overall;
mod terms;
mod totals;

pub use overall::{Limits, overall};
pub use totals::Totals;
