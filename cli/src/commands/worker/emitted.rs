//! What a worker writes of each session.

use std::collections::BTreeMap;

use rapporteur::compare::{CorpusFacts, Survey};
use rapporteur::corpus::{CompiledDefinition, SharedPlan};
use rapporteur::model::{Cell, Session, SessionCounts, SessionPart, Warning};
use rapporteur::write::json;
use rapporteur::write::tables::{self, Table, rows_of_session};
use rapporteur::{Error, Result};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::failure::{FailureFields, broken};
use super::rows::{Row, cells};

/// What is written.
pub(super) enum Emitted {
    /// A report a session.
    Report,
    /// The rows of tables.
    Rows(Vec<&'static Table>),
    /// What sessions tell of each other: the key of each, and at the end what all tell.
    Facts,
    /// Rows and counts of a session on a line.
    Parts(Vec<&'static Table>),
}

/// What came of a session.
pub(super) enum Made {
    /// Lines, each without its line feed.
    Lines(Vec<String>),
    /// The line with its key, and what it tells.
    Facts(String, Box<CorpusFacts>),
}

/// A line of facts: the key of a session, or what several tell.
#[derive(Deserialize)]
pub(crate) struct FactsLine {
    pub(crate) survey: Option<Survey>,
    pub(crate) facts: Option<CorpusFacts>,
    pub(crate) error: Option<FailureFields>,
}

#[derive(Serialize)]
struct SurveyLine<'a> {
    survey: &'a Survey,
}

#[derive(Serialize)]
struct AllFactsLine<'a> {
    facts: &'a CorpusFacts,
}

/// The line with the key of a session.
pub(crate) fn survey_line(survey: &Survey) -> Result<String> {
    serde_json::to_string(&SurveyLine { survey }).map_err(broken)
}

/// The line with what sessions tell together.
pub(crate) fn facts_line(facts: &CorpusFacts) -> Result<String> {
    serde_json::to_string(&AllFactsLine { facts }).map_err(broken)
}

/// The rows and counts of a session, as they are written.
#[derive(Serialize)]
struct WrittenPart<'a> {
    survey: &'a Survey,
    tables: BTreeMap<&'a str, Vec<Row<'a>>>,
    counts: &'a SessionCounts,
    warnings: &'a [Warning],
}

/// The rows and counts of a session, as they are read, or why there are none.
#[derive(Deserialize)]
pub(crate) struct PartLine {
    pub(crate) survey: Option<Survey>,
    #[serde(default)]
    tables: BTreeMap<String, Vec<BTreeMap<String, Value>>>,
    #[serde(default)]
    pub(crate) counts: SessionCounts,
    #[serde(default)]
    pub(crate) warnings: Vec<Warning>,
    pub(crate) error: Option<FailureFields>,
}

impl PartLine {
    /// The rows of a table as lines of CSV.
    ///
    /// # Errors
    /// When the part has no rows of it, not even none.
    pub(crate) fn csv(&self, table: &Table) -> Result<String> {
        let Some(rows) = self.tables.get(table.name) else {
            let error = Error::usage(format!("the parts hold no rows of the table {}", table.name));
            return Err(error.remedy("name the same tables with --tables here and for `worker --emit parts`"));
        };
        let rows: Vec<Vec<Cell>> = rows.iter().map(|row| cells(table, row)).collect();
        tables::csv(&rows)
    }
}

impl Emitted {
    /// What is written of a session.
    pub(super) fn make(
        &self,
        session: Session,
        compiled: &CompiledDefinition,
        plan: Option<&SharedPlan>,
    ) -> Result<Made> {
        Ok(match self {
            Emitted::Report => Made::Lines(vec![json::line(&compiled.report(session)?)?]),
            Emitted::Facts => {
                let (survey, facts) = compiled.facts(session)?;
                Made::Facts(survey_line(&survey)?, Box::new(facts))
            }
            Emitted::Rows(tables) => {
                let (_, part) = compiled.part(session, plan)?;
                let lines: Result<Vec<Vec<String>>> =
                    tables.iter().map(|table| row_lines(table, &part)).collect();
                Made::Lines(lines?.into_iter().flatten().collect())
            }
            Emitted::Parts(tables) => {
                let (survey, part) = compiled.part(session, plan)?;
                Made::Lines(vec![part_line(&survey, &part, tables)?])
            }
        })
    }
}

fn row_lines(table: &Table, part: &SessionPart) -> Result<Vec<String>> {
    let rows = rows_of_session(table, part);
    let line = |cells: &Vec<Cell>| json::compact(&Row { table, cells }).map_err(broken);
    rows.iter().map(line).collect()
}

fn part_line(survey: &Survey, part: &SessionPart, tables: &[&Table]) -> Result<String> {
    let rows: Vec<Vec<Vec<Cell>>> = tables.iter().map(|table| rows_of_session(table, part)).collect();
    let mut by_name: BTreeMap<&str, Vec<Row<'_>>> = BTreeMap::new();
    for (table, rows) in tables.iter().zip(&rows) {
        by_name.insert(table.name, rows.iter().map(|cells| Row { table, cells }).collect());
    }
    let part = WrittenPart { survey, tables: by_name, counts: &part.counts, warnings: &part.warnings };
    json::compact(&part).map_err(broken)
}
