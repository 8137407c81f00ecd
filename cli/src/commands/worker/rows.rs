//! Rows of tables as JSON objects with the names of the columns, and back.

use std::collections::BTreeMap;

use rapporteur::model::Cell;
use rapporteur::write::tables::Table;
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;

/// A row with its columns; an empty cell is `null`.
pub(super) struct Row<'a> {
    pub(super) table: &'a Table,
    pub(super) cells: &'a [Cell],
}

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.cells.len()))?;
        for (column, cell) in self.table.columns.iter().zip(self.cells) {
            map.serialize_key(column.name)?;
            match cell {
                Cell::Empty => map.serialize_value(&())?,
                Cell::Text(text) => map.serialize_value(text)?,
                Cell::Integer(count) => map.serialize_value(count)?,
                Cell::Number(number) => map.serialize_value(number)?,
                Cell::Boolean(value) => map.serialize_value(value)?,
            }
        }
        map.end()
    }
}

/// The cells of a row that was written as an object; what is no cell is empty.
pub(super) fn cells(table: &Table, row: &BTreeMap<String, Value>) -> Vec<Cell> {
    let cell = |name: &str| match row.get(name) {
        Some(Value::String(text)) => Cell::Text(text.clone()),
        Some(Value::Bool(value)) => Cell::Boolean(*value),
        Some(Value::Number(number)) => match (number.as_u64(), number.as_f64()) {
            (Some(count), _) => Cell::Integer(count),
            (None, Some(number)) => Cell::Number(number),
            (None, None) => Cell::Empty,
        },
        _ => Cell::Empty,
    };
    table.columns.iter().map(|column| cell(column.name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rapporteur::write::tables::{csv, table};

    #[test]
    fn a_row_comes_back_as_the_same_line_of_a_table() {
        let table = table("sentence_issues").unwrap();
        let row = [
            Cell::Text("=a\"1".to_owned()),
            Cell::Integer(3),
            Cell::Integer(0),
            Cell::Empty,
            Cell::Number(1.0),
            Cell::Number(-0.123457),
        ];
        let json = serde_json::to_string(&Row { table, cells: &row }).unwrap();
        assert!(
            json.starts_with(r#"{"session":"=a\"1","turn":3,"sentence":0,"issue":null,"relevance":1.0,"#),
            "{json}"
        );
        let back = cells(table, &serde_json::from_str(&json).unwrap());
        assert_eq!(csv(&[back]).unwrap(), csv(&[row.to_vec()]).unwrap());
    }
}
