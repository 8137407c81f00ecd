//! A definition over many sessions, again and again, without doing anything twice.

mod account;
pub(crate) mod execute;
mod files;
mod keep;
mod order;
mod pages;
pub(crate) mod plan;
mod shared;
mod tables;
pub(crate) mod work;

use std::collections::BTreeMap;

use rapporteur::Result;
use rapporteur::corpus::Recipe;
use rapporteur::definition::{Definition, InputSettings};
use rapporteur::model::Roster;

use crate::archive::{InputState, Status};
use crate::args::read_named;
use crate::io::input;

/// A definition with what it names in other files.
pub(crate) struct Settled {
    pub(crate) definition: Definition,
    roster: Roster,
    /// What it makes of a session.
    pub(crate) recipe: Recipe,
}

impl Settled {
    pub(crate) fn new(definition: &Definition) -> Result<Settled> {
        let mut definition = definition.clone();
        let roster = read_named(&mut definition)?;
        let recipe = Recipe::new(&definition, roster.clone())?;
        Ok(Settled { definition, roster, recipe })
    }
}

/// The inputs among the files of a definition; what stands beside transcripts in a folder is left out, unless it was
/// done before.
pub(crate) fn inputs(
    gathered: Vec<input::Gathered>,
    settings: &InputSettings,
    states: &BTreeMap<String, InputState>,
    quiet: bool,
) -> Vec<String> {
    let is_known = |path: &str| states.get(path).is_some_and(|state| state.status == Status::Done);
    input::without_others(gathered, settings, is_known, quiet)
}
