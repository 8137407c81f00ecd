//! Who the voices are: labels merged into speakers, their roles and stakeholders.
//!
//! A name is never guessed: labels are merged on strong evidence only, and a role is given only with
//! reasons that a reader can check.

mod affiliations;
mod aliases;
mod directory;
mod labels;
mod lookalikes;
mod mentions;
mod names;
mod offices;
mod organisations;
mod phrases;
mod roles;
pub mod roster;
mod stakeholders;

pub use directory::Directory;
pub use mentions::Names;

use crate::model::{People, Roster, Session};

/// What is known of people besides the session at hand.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Known {
    /// What a person has written down; it holds over anything found.
    pub roster: Roster,
    /// What other sessions list.
    pub directory: Directory,
}

/// The speakers of a session, in order of first appearance, with role, stakeholder and aliases, and
/// the reasons for them.
pub fn resolve(session: &Session, known: &Known) -> People {
    let mut people = labels::merge(session, known);
    roles::assign(session, &mut people);
    stakeholders::assign(session, known, &mut people);
    people.warnings.extend(lookalikes::warnings(session, &people));
    for (speaker, alias) in aliases::find(session, &people, &known.roster) {
        if let Some(speaker) = people.speakers.get_mut(speaker.0 as usize) {
            speaker.aliases.push(alias);
        }
    }
    people
}
