//! The phrases that tell of people, found once a session: they depend on its words alone.

use super::affiliations::LeadPhrases;
use super::floor_phrases::FloorPhrases;
use crate::model::Tokens;

/// Phrases by which the floor is given, and by which speakers say for whom they speak.
#[derive(Debug)]
pub struct Phrases {
    pub(super) floor: FloorPhrases,
    pub(super) leads: LeadPhrases,
}

impl Phrases {
    /// The phrases of a session.
    pub fn find(tokens: &Tokens) -> Self {
        Phrases { floor: FloorPhrases::find(tokens), leads: LeadPhrases::find(tokens) }
    }
}
