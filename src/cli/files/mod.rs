//! Files: what they are called, which ones a command reads, and how a result is written.
//!
//! Every file that a command reads is noted here, every result goes through a [`Destination`], and all
//! that is written meanwhile is a temporary file that vanishes however the program ends.

mod destination;
pub(super) mod globs;
pub(super) mod paths;
pub(super) mod reads;
pub(super) mod temporary;

pub(super) use destination::{Destination, Target, may_replace, replace, writes_over};
