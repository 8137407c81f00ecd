//! Many sessions: what a definition makes of each of them.

mod recipe;

pub use recipe::{Made, Recipe};
