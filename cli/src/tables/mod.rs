//! The files of a comparison: its tables, a workbook, files for other tools, in a folder that is written
//! whole or not at all.

pub(crate) mod folder;
#[cfg(feature = "xlsx")]
mod workbook;
#[cfg(not(feature = "xlsx"))]
#[path = "no_workbook.rs"]
mod workbook;
mod writing;

use std::path::PathBuf;

use rapporteur::compare::ComparisonPlan;
use rapporteur::corpus::Corpus;
use rapporteur::definition::Definition;
use rapporteur::model::{Roster, Warning};
use rapporteur::write::exports::{EXPORTS, Export};
use rapporteur::write::tables::{Encoding, TABLES, Table};
use rapporteur::{Error, Result};

use crate::io::files::placing;
use crate::io::input;
use crate::io::progress::Bar;
pub(crate) use folder::Folder;
pub(crate) use writing::{METADATA, SessionRows, file_of};
use writing::{Writing, WrittenTables};

/// The tables of these names, in their order; all where none is named.
pub(crate) fn tables(names: &[String]) -> Vec<&'static Table> {
    let is_wanted = |table: &&Table| names.is_empty() || names.iter().any(|name| name == table.name);
    TABLES.iter().filter(is_wanted).collect()
}

/// The files for other tools of these names, in their order.
pub(crate) fn exports(names: &[String]) -> Vec<&'static Export> {
    EXPORTS.iter().filter(|export| names.iter().any(|name| name == export.name)).collect()
}

/// How tables for Excel, or for other programs, are encoded.
pub(crate) fn encoding(excel: bool) -> Encoding {
    if excel { Encoding::Utf8WithMark } else { Encoding::Utf8 }
}

/// What is compared, and which files are made of that.
pub(crate) struct Comparison<'a> {
    /// How sources are read, and who and what is compared.
    pub(crate) definition: &'a Definition,
    pub(crate) roster: Roster,
    pub(crate) tables: Vec<&'static Table>,
    pub(crate) exports: Vec<&'static Export>,
    pub(crate) encoding: Encoding,
}

/// What came of a comparison.
pub(crate) struct ComparisonOutput {
    /// The files that were written; none where there was no session to compare.
    pub(crate) files: Vec<PathBuf>,
    /// What failed, source by source.
    pub(crate) failures: Vec<Error>,
    /// What was worked around, by the path of the source.
    pub(crate) warnings: Vec<(String, Vec<Warning>)>,
    /// What the reader of the tables should know.
    pub(crate) notes: Vec<String>,
}

impl Comparison<'_> {
    /// The names of files that will be there in any case.
    pub(crate) fn names(&self) -> Vec<String> {
        let tables = self.tables.iter().map(|table| writing::file_of(table));
        let others = [writing::PACKAGE, writing::METADATA, placing::SUMS];
        tables.chain(others.map(str::to_owned)).collect()
    }

    /// Reads the sources, in two passes, and writes the files into a folder: all of them, or none.
    ///
    /// # Errors
    /// When they cannot be written.
    pub(crate) fn write(
        self,
        inputs: &[input::Source],
        folder: Folder,
        bar: &Bar,
    ) -> Result<ComparisonOutput> {
        let settings = self.definition.compare.clone().unwrap_or_default();
        let mut corpus = Corpus::survey(inputs, &self.definition.input, settings, self.roster, bar);
        let mut failures = std::mem::take(&mut corpus.failures);
        let mut said = std::mem::take(&mut corpus.left_out);
        let plan = &corpus.plan;
        let mut writing = Writing::new(folder, self.tables, self.exports, self.encoding, plan)?;
        failures.extend(writing.sessions(&corpus, bar)?);
        bar.finish();
        let of_source = |(path, warnings): (&str, &[Warning])| (path.to_owned(), warnings.to_vec());
        let mut warnings: Vec<(String, Vec<Warning>)> = corpus.warnings().map(of_source).collect();
        warnings.append(&mut writing.warnings);
        said.extend(corpus.notes());
        let mut files = Vec::new();
        if writing.n_sessions > 0 {
            let written = writing.finish(self.definition)?;
            said.extend(written.notes(plan));
            let removed = &written.placed.removed;
            if !removed.is_empty() {
                said.push(format!("removed, as of an earlier comparison: {}", removed.join(", ")));
            }
            files = written.placed.files;
        }
        Ok(ComparisonOutput { files, failures, warnings, notes: said })
    }
}

impl Comparison<'_> {
    /// Writes the files into a folder from what other processes have made of each session, in the order of the
    /// tables: all of them, or none. `each` hands over the sessions.
    ///
    /// # Errors
    /// As `each`, and when they cannot be written.
    pub(crate) fn put_together(
        self,
        plan: &ComparisonPlan,
        folder: Folder,
        each: impl FnOnce(&mut dyn FnMut(&str, SessionRows) -> Result<()>) -> Result<Vec<Error>>,
    ) -> Result<ComparisonOutput> {
        let mut writing = Writing::new(folder, self.tables, self.exports, self.encoding, plan)?;
        let failures = each(&mut |path, rows| writing.add(path, rows))?;
        let warnings = std::mem::take(&mut writing.warnings);
        let written = writing.finish(self.definition)?;
        let notes = written.notes(plan);
        Ok(ComparisonOutput { files: written.placed.files, failures, warnings, notes })
    }
}

impl WrittenTables {
    /// What the reader of the tables should know of them.
    fn notes(&self, plan: &ComparisonPlan) -> Vec<String> {
        let mut notes = Vec::new();
        let n_compared = self.overall.stakeholders.iter().filter(|totals| totals.counts.is_compared).count();
        let limit = plan.settings.max_stakeholders;
        if n_compared > limit {
            notes.push(format!(
                "the matrices and the table of terms hold the {limit} most talkative of {n_compared} \
                 stakeholders; --max-stakeholders sets how many"
            ));
        }
        if self.n_cut > 0 {
            let (n_cut, file) = (self.n_cut, workbook::FILE);
            notes.push(format!(
                "{file}: {n_cut} texts are too long for a cell and end with …; the CSV has all"
            ));
        }
        if !self.unmatched.is_empty() {
            notes.push(format!("no session has these speakers of the roster: {}", self.unmatched.join(", ")));
        }
        notes
    }
}
