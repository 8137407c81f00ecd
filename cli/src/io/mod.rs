//! Files, terminal, clock and signals: what the commands and unattended runs have to do with the outside.

pub(crate) mod archived;
pub(crate) mod batch;
pub(crate) mod clock;
pub(crate) mod files;
pub(crate) mod input;
pub(crate) mod limits;
pub(crate) mod output;
pub(crate) mod sources;
pub(crate) mod stop;
