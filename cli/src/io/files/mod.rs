//! Files: what they are called, which ones a command reads, and how a result is written.
//!
//! Every file that a command reads is noted here, every result goes through a [`Destination`], and all
//! that is written meanwhile is a temporary file that vanishes however the program ends.

mod destination;
pub(crate) mod globs;
pub(crate) mod paths;
pub(crate) mod reads;
pub(crate) mod temporary;

pub(crate) use destination::{Destination, Target, may_replace, replace, writes_over};
