//! Which row of a table is which row of the table as it should be: rows may have been sorted, filtered
//! and changed since.

use std::collections::HashMap;

use rapporteur::model::ColumnKind;

use crate::commands::verify::cells::{CellMatch, likeness};
use crate::commands::verify::comparison::ExpectedTable;
use crate::commands::verify::sheet::{Row, Sheet};

/// Comparisons of rows beyond which only rows with the same key are compared: more take minutes.
const MOST_COMPARISONS: usize = 2_000_000;

/// A column of the table: where it stands, where it should stand, what its values are.
pub(crate) type Place = (usize, usize, ColumnKind);

/// The rows of a table beside what they should be.
pub(crate) struct MatchedRows<'t> {
    /// A row and the row that it should be.
    pub(crate) pairs: Vec<(&'t Row, &'t [String])>,
    /// Rows that nothing is like.
    pub(crate) unknown: Vec<&'t Row>,
    /// Rows that should be there and are not.
    pub(crate) n_left: usize,
    /// The columns that both have.
    pub(crate) columns: Vec<Place>,
}

/// Finds for each row the one that it should be: the same, else the one that is most like it.
pub(crate) fn matched<'t>(sheet: &'t Sheet, expected: &'t ExpectedTable, key: &[&str]) -> MatchedRows<'t> {
    let columns: Vec<Place> = expected
        .columns
        .iter()
        .enumerate()
        .filter_map(|(of, (name, kind))| Some((sheet.column(name)?, of, *kind)))
        .collect();
    let mut same: HashMap<Vec<&str>, Vec<usize>> = HashMap::new();
    for (number, row) in expected.rows.iter().enumerate().rev() {
        same.entry(columns.iter().map(|&(_, of, _)| row[of].as_str()).collect()).or_default().push(number);
    }
    let mut is_left = vec![true; expected.rows.len()];
    let mut changed = Vec::new();
    for row in &sheet.rows {
        let cells: Vec<&str> = columns.iter().map(|&(at, _, _)| row.cell(Some(at))).collect();
        match same.get_mut(&cells).and_then(Vec::pop) {
            Some(number) => is_left[number] = false,
            None => changed.push(row),
        }
    }
    let mut left: Vec<usize> = (0..expected.rows.len()).filter(|&number| is_left[number]).collect();
    let keys: Vec<Place> = columns
        .iter()
        .copied()
        .filter(|&(_, of, _)| key.contains(&expected.columns[of].0.as_str()))
        .collect();
    let by_key_only = changed.len().saturating_mul(left.len()) > MOST_COMPARISONS;
    let mut matched = MatchedRows { pairs: Vec::new(), unknown: Vec::new(), n_left: 0, columns };
    for row in changed {
        match most_like(row, &left, expected, &matched.columns, &keys, by_key_only) {
            Some(at) => {
                let number = left.remove(at);
                matched.pairs.push((row, &expected.rows[number]));
            }
            None => matched.unknown.push(row),
        }
    }
    matched.n_left = left.len();
    matched
}

/// The row of those left that is most like a row, by key first; none where not even a third of its cells
/// is the same.
fn most_like(
    row: &Row,
    left: &[usize],
    expected: &ExpectedTable,
    columns: &[Place],
    keys: &[Place],
    by_key_only: bool,
) -> Option<usize> {
    let n_same = |should: &[String], columns: &[Place]| {
        let is_same = |&&(at, of, kind): &&Place| {
            likeness(row.cell(Some(at)), &should[of], kind) != CellMatch::Different
        };
        columns.iter().filter(is_same).count()
    };
    let has_key = |at: &usize| !keys.is_empty() && n_same(&expected.rows[left[*at]], keys) == keys.len();
    if let Some(at) = (0..left.len()).find(has_key) {
        let is_same_otherwise = n_same(&expected.rows[left[at]], columns) > keys.len();
        if is_same_otherwise || by_key_only {
            return Some(at);
        }
    }
    if by_key_only {
        return None;
    }
    let likes = (0..left.len()).map(|at| (n_same(&expected.rows[left[at]], columns), at));
    // The first of equals.
    let (n, at) = likes.max_by_key(|&(n, at)| (n, std::cmp::Reverse(at)))?;
    (n * 3 > columns.len()).then_some(at)
}
