//! Files for neighbouring tools, one module each, listed in [`EXPORTS`]: their schemas, our findings.
//!
//! None of these tools knows quotations with places and stances that are stated or absent, so every
//! export infers something that its tool takes from people; [`about`] says what, in a file beside.

mod key_points;
mod polis;
mod talk_to_the_city;
mod turns;

use super::tables::csv;
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Cell, Overall, SessionPart};

/// Files for one tool.
#[derive(Debug, Clone, Copy)]
pub struct Export {
    /// The name on the command line.
    pub name: &'static str,
    /// What it makes, in a line.
    pub about: &'static str,
    /// What is inferred, for the reader of the files.
    pub inferred: &'static str,
    /// What a session adds.
    pub of_session: fn(&SessionPart) -> Result<Vec<Addition>>,
    /// The files, from what all sessions added.
    pub files: fn(&Overall) -> Result<Vec<ExportFile>>,
}

/// All exports.
pub const EXPORTS: &[Export] = &[talk_to_the_city::EXPORT, polis::EXPORT, key_points::EXPORT];

/// The export of that name.
pub fn export(name: &str) -> Option<&'static Export> {
    EXPORTS.iter().find(|export| export.name == name)
}

/// The name of the file that says what is inferred.
pub const ABOUT_FILE: &str = "exports.md";

/// What the files of these exports are, and what in them is inferred.
pub fn about(exports: &[&Export]) -> String {
    let mut text =
        "# Exports\n\nInferred by rapporteur from the words of each sentence. Nobody voted, and nobody \
                    wrote these comments for these tools.\n"
            .to_owned();
    for export in exports {
        text.push_str(&format!("\n## {}\n\n{}. {}\n", export.name, export.about, export.inferred));
    }
    text
}

/// Lines that a session adds to a heap of lines, from which files are made at the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addition {
    /// Name of the heap.
    pub heap: String,
    /// The lines, each with its line feed.
    pub lines: String,
}

/// A file, put together in order.
#[derive(Debug, Clone)]
pub struct ExportFile {
    /// Its name.
    pub name: &'static str,
    /// Its parts.
    pub parts: Vec<Part>,
}

/// A part of a file.
#[derive(Debug, Clone)]
pub enum Part {
    /// This text.
    Text(String),
    /// All of a heap as it is.
    Heap(String),
    /// The lines of a heap, each made into an item of a list, with commas between; the function takes
    /// the line and its number in the file, from 1.
    Items(String, fn(&str, u64) -> String),
}

/// A row of names.
fn header(names: &[&str]) -> Result<String> {
    csv(&[names.iter().map(|name| Cell::text(name)).collect()])
}

/// A value as JSON on a line.
fn json_line(value: &serde_json::Value) -> Result<String> {
    let text = super::json::compact(value);
    text.map(|text| text + "\n").map_err(|error| Error::new(ErrorKind::Internal(error.to_string())))
}
