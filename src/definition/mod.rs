//! Definition files: the settings of a run as JSON, read, checked and shipped.
//!
//! `schemas/definition-1.schema.json` says the same to other programs. What a report holds as `definition`
//! is a definition file again.

mod embedded;
mod file;
mod place;
mod template;

pub use crate::model::settings::{
    ArchiveSettings, Budget, CompareSettings, Content, Definition, InputSettings, OutputFile, OutputSettings,
    ScheduleSettings, SchemaVersion, SummarySettings, TableSettings,
};
pub use embedded::{EMBEDDED, Embedded, embedded};
pub use file::{parse, parse_with};
pub use template::{Target, Template, Values};
