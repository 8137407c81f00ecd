//! From surveyed sources to files: session after session, then what is about all of them.

use indicatif::ProgressBar;
use rapporteur::compare::{self, Plan, Tally};
use rapporteur::definition::{Definition, InputSettings};
use rapporteur::model::{Overall, Session, SessionCounts, Warning};
use rapporteur::write::exports::{self, Addition, Export};
use rapporteur::write::tables::{self, Encoding, Rows, Table};
use rapporteur::{Error, ErrorKind, Result};
use rayon::prelude::*;

use crate::io::limits;
use crate::io::sources::{Source, TOGETHER};
use crate::tables::folder::{Folder, Placed};
use crate::tables::workbook;

/// Tables that are being written.
pub(crate) struct Writing<'a> {
    plan: &'a Plan,
    tables: Vec<&'static Table>,
    exports: Vec<&'static Export>,
    folder: Folder,
    tally: Tally,
    encoding: Encoding,
    /// Sessions that are in the tables.
    pub(crate) n_sessions: usize,
    /// What is contradictory about the people of a source, by its path.
    pub(crate) warnings: Vec<(String, Vec<Warning>)>,
}

/// What a session gives.
struct Made {
    /// Its rows of each table.
    texts: Vec<String>,
    /// What it adds to exports.
    additions: Vec<Addition>,
    counts: SessionCounts,
    warnings: Vec<Warning>,
}

/// What is said of all tables when they are done.
pub(crate) struct Written {
    /// Where the files are, and which were removed.
    pub(crate) placed: Placed,
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
        plan: &'a Plan,
    ) -> Result<Self> {
        let mut writing = Writing {
            plan,
            tables,
            exports,
            encoding,
            folder,
            tally: Tally::default(),
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
    pub(crate) fn sessions(
        &mut self,
        sources: &[Source],
        reading: &InputSettings,
        bar: &ProgressBar,
    ) -> Result<Vec<Error>> {
        let mut failures = Vec::new();
        let mut ids = self.plan.ids.iter();
        for some in sources.chunks(TOGETHER) {
            let opened: Vec<_> = some.par_iter().map(|source| source.open(reading)).collect();
            let mut jobs: Vec<(&Session, &str, &str)> = Vec::new();
            for (source, opened) in some.iter().zip(&opened) {
                let ids: Vec<&String> = ids.by_ref().take(source.surveys.len()).collect();
                match opened {
                    Ok(sessions) => jobs.extend(
                        sessions.iter().zip(ids).map(|(s, id)| (s, id.as_str(), source.path.as_str())),
                    ),
                    Err(error) => failures.push(error.clone()),
                }
            }
            for jobs in jobs.chunks(TOGETHER) {
                failures.extend(self.add(jobs)?);
            }
            bar.inc(some.len() as u64);
        }
        Ok(failures)
    }

    fn add(&mut self, jobs: &[(&Session, &str, &str)]) -> Result<Vec<Error>> {
        let made: Vec<Result<Made>> = jobs
            .par_iter()
            .map(|&(session, id, path)| self.made(session, id).map_err(|error| error.in_file(path)))
            .collect();
        let mut failures = Vec::new();
        for (made, (_, _, path)) in made.into_iter().zip(jobs) {
            match made {
                Ok(made) => {
                    for (table, text) in self.tables.iter().zip(made.texts) {
                        self.folder.append(&file_of(table), &text)?;
                    }
                    for addition in &made.additions {
                        self.folder.add_to_heap(&addition.heap, &addition.lines)?;
                    }
                    self.tally.add(&made.counts);
                    self.n_sessions += 1;
                    if !made.warnings.is_empty() {
                        self.warnings.push(((*path).to_owned(), made.warnings));
                    }
                }
                Err(error) => failures.push(error),
            }
        }
        Ok(failures)
    }

    fn made(&self, session: &Session, id: &str) -> Result<Made> {
        let _timed = limits::begin(&session.source.path);
        let part = compare::session(session, id, self.plan)?;
        let texts = self.tables.iter().map(|table| tables::csv(&tables::rows_of_session(table, &part)));
        let additions: Result<Vec<Vec<Addition>>> =
            self.exports.iter().map(|export| (export.of_session)(&part)).collect();
        let additions = additions?.into_iter().flatten().collect();
        Ok(Made {
            texts: texts.collect::<Result<_>>()?,
            additions,
            counts: part.counts,
            warnings: part.warnings,
        })
    }

    /// Adds the tables on all sessions and puts everything in its place; the tables' description has
    /// the definition.
    ///
    /// # Errors
    /// When the tables cannot be written.
    pub(crate) fn finish(mut self, definition: &Definition) -> Result<Written> {
        let overall = self.tally.overall(self.plan);
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
        let n_cut = match self.encoding {
            Encoding::Utf8 => 0,
            Encoding::Utf8WithMark => workbook::write(self.folder.path()?, &self.tables, &overall)?,
        };
        let unmatched = self.tally.unmatched(self.plan).into_iter().map(str::to_owned).collect();
        Ok(Written { placed: self.folder.finish()?, overall, n_cut, unmatched })
    }
}

/// The file that describes the tables.
pub(crate) const PACKAGE: &str = "datapackage.json";

/// The file of a table.
pub(crate) fn file_of(table: &Table) -> String {
    format!("{}.csv", table.name)
}
