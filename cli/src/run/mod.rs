//! A definition over many sessions, again and again, without doing anything twice.

mod account;
mod execute;
mod files;
mod keep;
mod order;
mod pages;
pub(crate) mod plan;
mod shared;
mod tables;
pub(crate) mod work;

pub use crate::io::stop::Stop;
pub use execute::{FinishedRun, RunContext, execute, execute_all};
pub(crate) use execute::{archive_of, not_started, note_not_started};

use std::collections::BTreeMap;

use rapporteur::Result;
use rapporteur::corpus::CompiledDefinition;
use rapporteur::definition::{Definition, InputSettings};
use rapporteur::model::Roster;

use crate::archive::{InputState, Status};
use crate::io::input;
pub use crate::io::messages::Messages;
use crate::io::named::read_named;

/// A definition with what it names in other files.
pub(crate) struct LoadedDefinition {
    pub(crate) definition: Definition,
    roster: Roster,
    /// What it makes of a session.
    pub(crate) compiled: CompiledDefinition,
}

impl LoadedDefinition {
    pub(crate) fn new(definition: &Definition) -> Result<LoadedDefinition> {
        let mut definition = definition.clone();
        let roster = read_named(&mut definition)?;
        let compiled = CompiledDefinition::new(&definition, roster.clone())?;
        Ok(LoadedDefinition { definition, roster, compiled })
    }
}

/// The inputs among the files of a definition; what stands beside transcripts in a folder is left out, unless it was
/// done before.
pub(crate) fn inputs(
    gathered: Vec<input::Gathered>,
    settings: &InputSettings,
    states: &BTreeMap<String, InputState>,
    messages: &dyn Messages,
) -> Vec<String> {
    let is_known = |path: &str| states.get(path).is_some_and(|state| state.status == Status::Done);
    input::without_others(gathered, settings, is_known, messages)
}

#[cfg(test)]
pub(crate) mod tests;
