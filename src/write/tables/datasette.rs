//! `metadata.json`: the tables described for Datasette, which shows it beside them.
//!
//! The file follows Datasette's metadata: descriptions of tables and columns, and the columns by which it offers
//! to filter. The database is called `tables`, as `docs/compare.md` loads it.

use serde_json::{Map, Value, json};

use super::super::csv::guard;
use super::{Rows, Table, columns};
use crate::error::{Error, ErrorKind, Result};
use crate::model::{ColumnKind, Overall};

/// What the file says of its origin, before the version: it is known again by it.
pub(crate) const SOURCE: &str = "rapporteur ";

/// Columns with few values, by which people filter; in this order.
const FACETS: [&str; 10] =
    ["issue", "stance", "basis", "kind", "relation", "class", "role", "group", "stakeholder", "session"];

/// Facets of a table: each is a query on every view of it.
const MOST_FACETS: usize = 4;

/// The description of the tables for Datasette.
///
/// # Errors
/// When it cannot be put into JSON, which is a bug.
pub fn datasette(tables: &[&Table], overall: &Overall) -> Result<String> {
    let described: Map<String, Value> =
        tables.iter().map(|table| (table.name.to_owned(), of_table(table, overall))).collect();
    let metadata = json!({
        "title": "Comparison of stakeholders",
        "description": super::datapackage::ABOUT,
        "source": concat!("rapporteur ", env!("CARGO_PKG_VERSION")),
        "databases": { "tables": { "tables": described } },
    });
    let text = super::super::json::pretty(&metadata);
    text.map(|text| text + "\n").map_err(|error| Error::new(ErrorKind::Internal(error.to_string())))
}

fn of_table(table: &Table, overall: &Overall) -> Value {
    let further = match table.rows {
        Rows::Wide(wide) => wide.about,
        Rows::Session(_) | Rows::Overall(_) => "",
    };
    let abouts = table.columns.iter().map(|column| column.about).chain(std::iter::repeat(further));
    let described: Map<String, Value> = columns(table, overall)
        .into_iter()
        .zip(abouts)
        .map(|(name, about)| (guard(&name).into_owned(), Value::from(about)))
        .collect();
    json!({ "description": table.about, "columns": described, "facets": facets(table) })
}

/// The columns to filter by; none of a matrix, whose rows are few.
fn facets(table: &Table) -> Vec<&'static str> {
    let is_column = |name: &&&str| {
        let of_text =
            |column: &crate::model::Column| column.name == **name && column.kind == ColumnKind::Text;
        table.columns.iter().any(of_text) && table.key != [**name]
    };
    match table.rows {
        Rows::Wide(_) => Vec::new(),
        Rows::Session(_) | Rows::Overall(_) => {
            FACETS.iter().filter(is_column).take(MOST_FACETS).copied().collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{TABLES, table};
    use super::*;

    #[test]
    fn every_table_is_described_with_its_columns_and_what_to_filter_by() {
        let all: Vec<&Table> = TABLES.iter().collect();
        let text = datasette(&all, &Overall::default()).unwrap();
        let metadata: Value = serde_json::from_str(&text).unwrap();
        for table in TABLES {
            let described = &metadata["databases"]["tables"]["tables"][table.name];
            assert_eq!(described["description"], table.about);
            for column in table.columns {
                assert_eq!(described["columns"][column.name], column.about, "{}", table.name);
            }
        }
        assert!(metadata["source"].as_str().is_some_and(|source| source.starts_with(SOURCE)));
        assert_eq!(facets(table("stances").unwrap()), ["issue", "stance", "basis", "stakeholder"]);
        assert_eq!(facets(table("similarity").unwrap()), Vec::<&str>::new());
        assert_eq!(facets(table("sessions").unwrap()), Vec::<&str>::new());
    }
}
