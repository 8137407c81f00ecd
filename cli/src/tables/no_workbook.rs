//! In place of the workbook, in a build without the feature `xlsx`.

use std::path::Path;

use rapporteur::model::Overall;
use rapporteur::write::tables::Table;
use rapporteur::{Error, Result};

/// The name of the file that other builds write.
pub(crate) const FILE: &str = "comparison.xlsx";

/// Refuses to write a workbook.
pub(crate) fn write(_: &Path, _: &[&Table], _: &Overall) -> Result<usize> {
    Err(Error::usage("this build writes no workbook")
        .remedy("leave out --excel, or build the program with the feature xlsx"))
}
