//! Tables: made anew with the settings that stand beside them and compared cell by cell, else held to
//! their source row by row.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rapporteur::definition::InputSettings;
use rapporteur::model::ColumnKind;
use rapporteur::pipeline;
use rapporteur::verify::{Claim, Mismatch};
use rapporteur::write::tables::TABLES;
use rapporteur::{Error, Result};

use crate::commands::verify::Findings;
use crate::commands::verify::cells::{CellMatch, likeness};
use crate::commands::verify::comparison::{self, ExpectedTable, RecordedComparison, Tables};
use crate::commands::verify::matching::{MatchedRows, matched};
use crate::commands::verify::reports::read_roster;
use crate::commands::verify::sheet::{Row, Sheet, malformed};
use crate::commands::verify::sources::{NamedSource, Sources};
use crate::io::files::paths;

/// What tells the quotation of a row.
const PLACE: [&str; 5] = ["turn", "sentence", "start", "end", "text"];

/// Tables that were made anew already, by the folder that they are in.
#[derive(Default)]
pub(crate) struct RemadeTables(BTreeMap<PathBuf, std::result::Result<Tables, String>>);

/// Checks a table.
///
/// # Errors
/// When it cannot be read, or its source.
pub(crate) fn check<'a>(
    file: &'a str,
    content: &[u8],
    sources: &mut Sources,
    roster: Option<&str>,
    made: &mut RemadeTables,
    findings: &mut Findings<'a>,
) -> Result<()> {
    let sheet = Sheet::read(content)?;
    let why = match comparison::recorded(file) {
        Ok(Some(recorded)) => match made.of(file, &recorded, sources, roster) {
            Ok(tables) => match fitting(file, &sheet, tables) {
                Some((name, expected)) => {
                    count(&sheet, findings);
                    compare(file, name, &sheet, expected, findings);
                    return Ok(());
                }
                None => "it is none of the tables of the comparison beside it".to_owned(),
            },
            Err(reason) => reason,
        },
        Ok(None) => "the settings it was made with are not recorded beside it".to_owned(),
        Err(error) => error.to_string(),
    };
    without_settings(file, &sheet, sources, roster, &why, findings)
}

impl RemadeTables {
    /// The tables of the folder of a file, made anew once; why they cannot be.
    fn of(
        &mut self,
        file: &str,
        recorded: &RecordedComparison,
        sources: &mut Sources,
        roster: Option<&str>,
    ) -> std::result::Result<&Tables, String> {
        let folder = paths::path(file).parent().unwrap_or(Path::new("")).to_owned();
        let make = || {
            let roster = read_roster(&recorded.definition.input, roster, file)?;
            recorded.remake(sources, roster, file).map_err(|error| error.to_string())
        };
        self.0.entry(folder).or_insert_with(make).as_ref().map_err(Clone::clone)
    }
}

/// The table that a file is: the one whose name it has or holds, as in “positions (2)”, else the one whose
/// columns it has.
fn fitting<'t>(file: &str, sheet: &Sheet, tables: &'t Tables) -> Option<(&'static str, &'t ExpectedTable)> {
    let stem = Path::new(file).file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let shared = |expected: &ExpectedTable| {
        expected.columns.iter().filter(|(name, _)| sheet.column(name).is_some()).count()
    };
    let fits = |expected: &ExpectedTable| shared(expected) * 2 > sheet.columns.len();
    let fitting: Vec<_> = tables.iter().filter(|(_, expected)| fits(expected)).collect();
    let named = fitting.iter().filter(|(name, _)| stem.contains(*name)).max_by_key(|(name, _)| name.len());
    let best = named.or_else(|| fitting.iter().max_by_key(|(_, expected)| shared(expected)));
    best.map(|(name, expected)| (**name, *expected))
}

/// Counts the table, and the quotations in it.
fn count(sheet: &Sheet, findings: &mut Findings<'_>) {
    findings.reports += 1;
    let quotes = ["text", "text_a"].iter().any(|name| sheet.column(name).is_some());
    match quotes {
        true => findings.quotations += sheet.rows.len(),
        false => findings.rows += sheet.rows.len(),
    }
}

/// Adds every cell that is not as it should be.
fn compare<'a>(
    file: &'a str,
    name: &str,
    sheet: &Sheet,
    expected: &ExpectedTable,
    findings: &mut Findings<'a>,
) {
    let key = TABLES.iter().find(|table| table.name == name).map_or(&[][..], |table| table.key);
    let MatchedRows { pairs, unknown, n_left, columns } = matched(sheet, expected, key);
    let mut n_reformatted = 0;
    let mut mismatches = Vec::new();
    for (row, should) in pairs {
        for &(at, of, kind) in &columns {
            let (found, expected) = (row.cell(Some(at)), should.get(of).map_or("", String::as_str));
            match likeness(found, expected, kind) {
                CellMatch::Same => {}
                CellMatch::Reformatted => n_reformatted += 1,
                CellMatch::Different => {
                    mismatches.push(mismatch(sheet, row, &sheet.columns[at], expected, found));
                }
            }
        }
    }
    for row in unknown {
        let found = row.cells.iter().filter(|cell| !cell.is_empty()).take(6).cloned().collect::<Vec<_>>();
        mismatches.push(mismatch(sheet, row, "row", "a row of the comparison", &found.join(", ")));
    }
    findings.add(file, mismatches);
    if n_reformatted > 0 {
        let what = format!("{n_reformatted} cells that a spreadsheet has reformatted");
        findings.unchecked(file, &what, "they are the same only as far as they show");
    }
    if n_left > 0 {
        findings.unchecked(file, &format!("{n_left} rows of the comparison"), "they are not in the table");
    }
    let strange: Vec<&str> = sheet
        .columns
        .iter()
        .filter(|name| !expected.columns.iter().any(|(known, _)| known == *name))
        .map(String::as_str)
        .collect();
    if !strange.is_empty() {
        findings.unchecked(
            file,
            &format!("the columns {}", strange.join(", ")),
            "the table has none of that name",
        );
    }
}

fn mismatch(sheet: &Sheet, row: &Row, what: &str, expected: &str, found: &str) -> Mismatch {
    Mismatch {
        session: row.cell(sheet.column("session")).to_owned(),
        summary: format!("line {}", row.line),
        rank: 0,
        what: what.to_owned(),
        expected: expected.to_owned(),
        found: found.to_owned(),
    }
}

/// A table of which nobody knows how it was made: it is compared with what the settings by default make
/// where that is the same quotations, else each row is held to the source.
fn without_settings<'a>(
    file: &'a str,
    sheet: &Sheet,
    sources: &mut Sources,
    roster: Option<&str>,
    why: &str,
    findings: &mut Findings<'a>,
) -> Result<()> {
    let roster = read_roster(
        &InputSettings { roster: roster.map(str::to_owned), ..InputSettings::default() },
        roster,
        file,
    )
    .map_err(Error::usage)?;
    if sources.are_named() {
        for tables in comparison::by_default(sources, &roster, file)? {
            if let Some((name, expected)) =
                fitting(file, sheet, &tables).filter(|(_, e)| are_the_same(sheet, e))
            {
                count(sheet, findings);
                compare(file, name, sheet, expected, findings);
                return Ok(());
            }
        }
    }
    let claims = claims(sheet).map_err(|error| error.remedy(remedy(why)))?;
    // The rows of a session stand together; its source is taken apart once.
    let mut found = Vec::new();
    for rows in claims.chunk_by(|a, b| a.session == b.session) {
        let Some(first) = rows.first() else { continue };
        let opened = of_session(&first.session, file, sources)?;
        let sessions: Vec<_> = opened.iter().flat_map(|source| &source.sessions).collect();
        let own: Vec<_> = sessions.iter().copied().filter(|session| session.id == first.session).collect();
        found.extend(pipeline::verify_claims(rows, if own.is_empty() { &sessions } else { &own }));
    }
    count(sheet, findings);
    findings.add(file, found);
    findings.unchecked(file, "ranks, scores, choices and what depends on settings", why);
    Ok(())
}

fn remedy(why: &str) -> String {
    format!(
        "as {why}, only tables with quotations can be checked; keep datapackage.json and sessions.csv beside it"
    )
}

/// Whether a table has the quotations of another, but for one in ten.
fn are_the_same(sheet: &Sheet, expected: &ExpectedTable) -> bool {
    let has_place = PLACE.iter().filter(|name| sheet.column(name).is_some()).count() > 2;
    if sheet.rows.len() != expected.rows.len() || sheet.rows.is_empty() {
        return false;
    }
    let columns: Vec<(usize, usize)> = expected
        .columns
        .iter()
        .enumerate()
        .filter(|(_, (name, _))| !has_place || PLACE.contains(&name.as_str()))
        .filter_map(|(of, (name, _))| Some((sheet.column(name)?, of)))
        .collect();
    let is_same = |(row, should): &(&Row, &Vec<String>)| {
        let differing = columns.iter().filter(|(at, of)| {
            likeness(row.cell(Some(*at)), &should[*of], ColumnKind::Text) == CellMatch::Different
        });
        differing.count() == 0
    };
    let same = sheet.rows.iter().zip(&expected.rows).filter(is_same).count();
    same + 1 + sheet.rows.len() / 10 >= sheet.rows.len() && (same > 0 || has_place)
}

/// The sources in which a session of a table may be.
fn of_session(
    id: &str,
    file: &str,
    sources: &mut Sources,
) -> Result<Vec<std::rc::Rc<crate::commands::verify::sources::OpenedSource>>> {
    if sources.are_named() {
        return sources.all_named(&InputSettings::default());
    }
    let listed = comparison::listed(file)?;
    let Some(listed) = listed.iter().find(|listed| listed.id == id).or(listed.first()) else {
        let error = Error::usage("neither the table nor a sessions.csv beside it names the source");
        return Err(error.remedy("name it with --source FILE"));
    };
    let settings = InputSettings { format: Some(listed.format.clone()), ..InputSettings::default() };
    Ok(vec![sources.open(NamedSource { path: &listed.path, sha256: &listed.sha256, by: file }, &settings)?])
}

/// The rows as claims on the source.
///
/// # Errors
/// When the table quotes nothing, or a place is no number.
fn claims(sheet: &Sheet) -> Result<Vec<Claim>> {
    let label = sheet.column("label").or(sheet.column("speaker"));
    for name in ["session", "turn", "text"] {
        sheet.needed(name)?;
    }
    let column = |name: &str| sheet.column(name);
    sheet.needed("start").and(sheet.needed("end"))?;
    let mut claims = Vec::new();
    for row in &sheet.rows {
        let number = |name: &str| {
            let cell = row.cell(column(name));
            cell.parse::<u64>().map_err(|_| malformed(format!("{cell:?} is no whole number"), row.line))
        };
        claims.push(Claim {
            session: row.cell(column("session")).to_owned(),
            speaker: row.cell(label).to_owned(),
            rank: column("rank").map_or(Ok(0), |_| number("rank"))?,
            turn: number("turn")?,
            sentence: column("sentence").map(|_| number("sentence")).transpose()?,
            start: number("start")?,
            end: number("end")?,
            text: row.cell(column("text")).to_owned(),
        });
    }
    Ok(claims)
}
