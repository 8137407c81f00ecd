//! What is read in labels, in names that the source lists and in names that users give: whose a label is,
//! the name in it without titles, the offices and organisations beside it.
//!
//! Labels are no speech and have no tokens: this is the one place of `people` that divides and folds text,
//! and each label is read when the session is prepared, not in each turn.

pub(super) mod affiliations;
pub(super) mod merge;
pub(super) mod names;
pub(super) mod offices;
pub(super) mod roles;
