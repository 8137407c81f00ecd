//! The order of the stages: the only module that knows them all.

pub mod definition;

pub use definition::{Budget, Definition, InputSettings, SummarySettings};
