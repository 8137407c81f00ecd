//! Who the voices are: labels merged into speakers, their roles and stakeholders.
//!
//! A name is never guessed: labels are merged on strong evidence only, and a role is given only with
//! reasons that a reader can check.

mod affiliations;
mod aliases;
mod conduct;
mod directory;
mod floor_phrases;
mod labels;
mod lookalikes;
mod mentions;
mod organisations;
mod phrases;
mod roles;
pub mod roster;
mod stakeholders;

pub use directory::Directory;
pub use mentions::Names;
pub(crate) use mentions::office_in;
pub use phrases::Phrases;

use crate::model::{People, Roster, Session, Text};

/// What is known of people besides the session at hand.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KnownPeople {
    /// What a person has written down; it holds over anything found.
    pub roster: Roster,
    /// What other sessions list.
    pub directory: Directory,
}

/// The speakers of a session, in order of first appearance, with role, stakeholder and aliases, and
/// the reasons for them.
///
/// `text` is the session read ([`text::read`](crate::text::read)).
pub fn resolve(session: &Session, text: &Text, known: &KnownPeople) -> People {
    resolve_with(session, text, &Phrases::find(&text.tokens), known)
}

/// As [`resolve`], with the phrases of the session that were found before.
pub fn resolve_with(session: &Session, text: &Text, phrases: &Phrases, known: &KnownPeople) -> People {
    let mut people = labels::merge::merge(session, known);
    roles::assign(session, text, &phrases.floor, &mut people);
    stakeholders::assign(session, text, phrases, known, &mut people);
    people.warnings.extend(lookalikes::warnings(session, &people));
    for (speaker, alias) in aliases::find(session, &text.name_words, &people, &known.roster) {
        if let Some(speaker) = people.speakers.get_mut(speaker.0 as usize) {
            speaker.aliases.push(alias);
        }
    }
    people
}

#[cfg(test)]
mod growth;
