//! From surveyed sources to files: session after session, then what is about all of them.

use rapporteur::compare::{self, ComparisonPlan, CorpusTotals};
use rapporteur::corpus::{Corpus, Source};
use rapporteur::definition::Definition;
use rapporteur::model::{Overall, SessionCounts, Warning};
use rapporteur::prepare::Prepared;
use rapporteur::write::exports::{self, Addition, Export};
use rapporteur::write::tables::{self, Encoding, Rows, Table};
use rapporteur::{Error, ErrorKind, Result};

use crate::io::progress::Bar;
use crate::tables::folder::{Folder, PlacedFiles};
use crate::tables::workbook;

/// Tables that are being written.
pub(crate) struct Writing<'a> {
    plan: &'a ComparisonPlan,
    tables: Vec<&'static Table>,
    exports: Vec<&'static Export>,
    folder: Folder,
    tally: CorpusTotals,
    encoding: Encoding,
    /// Sessions that are in the tables.
    pub(crate) n_sessions: usize,
    /// What is contradictory about the people of a source, by its path.
    pub(crate) warnings: Vec<(String, Vec<Warning>)>,
}

/// What a session gives.
pub(crate) struct SessionRows {
    /// Its rows of each table.
    pub(crate) texts: Vec<String>,
    /// What it adds to exports.
    pub(crate) additions: Vec<Addition>,
    pub(crate) counts: SessionCounts,
    pub(crate) warnings: Vec<Warning>,
}

/// What is said of all tables when they are done.
pub(crate) struct WrittenTables {
    /// Where the files are, and which were removed.
    pub(crate) placed: PlacedFiles,
    pub(crate) overall: Overall,
    /// Texts that are cut off in the workbook.
    pub(crate) n_cut: usize,
    /// Speakers of the roster that no session was matched with.
    pub(crate) unmatched: Vec<String>,
}

impl<'a> Writing<'a> {
    /// Begins the tables in a folder.
    ///
    /// # Errors
    /// When it cannot be written to.
    pub(crate) fn new(
        folder: Folder,
        tables: Vec<&'static Table>,
        exports: Vec<&'static Export>,
        encoding: Encoding,
        plan: &'a ComparisonPlan,
    ) -> Result<Self> {
        let mut writing = Writing {
            plan,
            tables,
            exports,
            encoding,
            folder,
            tally: CorpusTotals::default(),
            n_sessions: 0,
            warnings: Vec::new(),
        };
        for table in writing.tables.clone() {
            if matches!(table.rows, Rows::Session(_)) {
                writing.begin(table, &Overall::default())?;
            }
        }
        Ok(writing)
    }

    fn begin(&mut self, table: &Table, overall: &Overall) -> Result<()> {
        let mark = if self.encoding == Encoding::Utf8WithMark { "\u{feff}" } else { "" };
        self.folder.append(&file_of(table), &format!("{mark}{}", tables::header(table, overall)?))
    }

    /// Adds all sessions in the order of the sources, and gives what failed.
    ///
    /// # Errors
    /// When the tables cannot be written.
    pub(crate) fn sessions<S: Source>(&mut self, corpus: &Corpus<'_, S>, bar: &Bar) -> Result<Vec<Error>> {
        let (tables, exports) = (self.tables.clone(), self.exports.clone());
        let work = |prepared: &Prepared<'_>, id: &str| made(prepared, id, &corpus.plan, &tables, &exports);
        corpus.sessions(bar, work, |path, made| self.add(path, made))
    }

    /// Adds a session, in the order of the tables.
    ///
    /// # Errors
    /// When the tables cannot be written.
    pub(crate) fn add(&mut self, path: &str, made: SessionRows) -> Result<()> {
        for (table, text) in self.tables.iter().zip(made.texts) {
            self.folder.append(&file_of(table), &text)?;
        }
        for addition in &made.additions {
            self.folder.add_to_heap(&addition.heap, &addition.lines)?;
        }
        self.tally.add(&made.counts);
        self.n_sessions += 1;
        if !made.warnings.is_empty() {
            self.warnings.push((path.to_owned(), made.warnings));
        }
        Ok(())
    }

    /// Adds the tables on all sessions and puts everything in its place; the tables' description has
    /// the definition.
    ///
    /// # Errors
    /// When the tables cannot be written.
    pub(crate) fn finish(mut self, definition: &Definition) -> Result<WrittenTables> {
        let unmatched = self.tally.unmatched(self.plan).into_iter().map(str::to_owned).collect();
        let overall = std::mem::take(&mut self.tally).overall(self.plan);
        for table in self.tables.clone() {
            if !matches!(table.rows, Rows::Session(_)) {
                self.begin(table, &overall)?;
                let text = tables::csv(&tables::rows_overall(table, &overall))?;
                self.folder.append(&file_of(table), &text)?;
            }
        }
        for export in self.exports.clone() {
            for file in (export.files)(&overall)? {
                self.folder.assemble(&file)?;
            }
        }
        if !self.exports.is_empty() {
            self.folder.append(exports::ABOUT_FILE, &exports::about(&self.exports))?;
        }
        let definition = serde_json::to_value(definition)
            .map_err(|error| Error::new(ErrorKind::Internal(error.to_string())))?;
        let package = tables::datapackage(&self.tables, &overall, &definition, self.encoding)?;
        self.folder.append(PACKAGE, &package)?;
        self.folder.append(METADATA, &tables::datasette(&self.tables, &overall)?)?;
        let n_cut = match self.encoding {
            Encoding::Utf8 => 0,
            Encoding::Utf8WithMark => workbook::write(self.folder.path()?, &self.tables, &overall)?,
        };
        Ok(WrittenTables { placed: self.folder.finish()?, overall, n_cut, unmatched })
    }
}

/// The rows of a session in each table, and what it adds to exports.
fn made(
    prepared: &Prepared<'_>,
    id: &str,
    plan: &ComparisonPlan,
    tables: &[&Table],
    exports: &[&Export],
) -> Result<SessionRows> {
    let part = compare::session(prepared, id, plan)?;
    let texts = tables.iter().map(|table| tables::csv(&tables::rows_of_session(table, &part)));
    let additions: Result<Vec<Vec<Addition>>> =
        exports.iter().map(|export| (export.of_session)(&part)).collect();
    Ok(SessionRows {
        texts: texts.collect::<Result<_>>()?,
        additions: additions?.into_iter().flatten().collect(),
        counts: part.counts,
        warnings: part.warnings,
    })
}

/// The file that describes the tables.
pub(crate) const PACKAGE: &str = "datapackage.json";

/// The file that describes the tables for Datasette.
pub(crate) const METADATA: &str = "metadata.json";

/// The file of a table.
pub(crate) fn file_of(table: &Table) -> String {
    format!("{}.csv", table.name)
}
