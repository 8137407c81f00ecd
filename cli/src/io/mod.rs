//! Files, terminal, clock and signals: what the commands and unattended runs have to do with the outside.

pub(crate) mod archived;
pub(crate) mod checksums;
pub(crate) mod clock;
pub(crate) mod companions;
pub(crate) mod configuration;
pub(crate) mod divided;
pub(crate) mod files;
pub(crate) mod input;
pub(crate) mod limits;
pub(crate) mod messages;
pub(crate) mod named;
pub(crate) mod output;
pub(crate) mod progress;
pub(crate) mod pseudonyms;
pub(crate) mod stop;
