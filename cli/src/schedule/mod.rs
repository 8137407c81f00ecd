//! When a definition is due, and what is started afterwards.

pub(crate) mod emit;
pub(crate) mod hook;
