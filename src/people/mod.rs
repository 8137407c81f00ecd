//! Who the voices are: labels merged into speakers, their roles and stakeholders.
//!
//! A name is never guessed: labels are merged on strong evidence only, and a role is given only with
//! reasons that a reader can check.

mod labels;
mod mentions;
mod roles;

pub use mentions::{Mention, mentions};

use crate::model::{People, Session};

/// The speakers of a session, in order of first appearance, with role and stakeholder.
pub fn resolve(session: &Session) -> People {
    let mut people = labels::merge(session);
    roles::assign(session, &mut people);
    people
}
