//! `datapackage.json`: what is in the tables, for people and programs.
//!
//! The descriptor follows the Tabular Data Package of Frictionless Standards (profile
//! `tabular-data-package`, version 1), whose tools check the tables against it.

use serde_json::{Map, Value, json};

use super::super::csv::guard;
use super::{Reference, Rows, Table, columns, described};
use crate::error::{Error, ErrorKind, Result};
use crate::model::{ColumnKind, Overall};

/// How the tables are encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// Plain UTF-8.
    Utf8,
    /// UTF-8 with a byte order mark, by which Excel knows it.
    Utf8WithMark,
}

/// The descriptor of the tables. `definition` is the definition in force, complete.
///
/// # Errors
/// When it cannot be put into JSON, which is a bug.
pub fn datapackage(
    tables: &[&Table],
    overall: &Overall,
    definition: &Value,
    encoding: Encoding,
) -> Result<String> {
    let resources: Vec<Value> =
        tables.iter().map(|table| resource(table, tables, overall, encoding)).collect();
    let package = json!({
        "profile": "tabular-data-package",
        "name": "rapporteur-comparison",
        "title": "Comparison of stakeholders",
        "description": ABOUT,
        "rapporteur": {
            "tool": concat!("rapporteur ", env!("CARGO_PKG_VERSION")),
            "settings": definition.get("compare"),
            "definition": definition,
            "pandas": pandas(tables, overall),
        },
        "resources": resources,
    });
    let text = super::super::json::pretty(&package);
    text.map(|text| text + "\n").map_err(|error| Error::new(ErrorKind::Internal(error.to_string())))
}

pub(super) const ABOUT: &str = "Who speaks, on what, where each stands, and in which words. Issues and stances are inferred \
    from the words of each sentence; an empty stance says that none is stated, not that there is none. An empty \
    cell means that nothing is known, never 0. A text that a spreadsheet could take for a formula has an \
    apostrophe before it, which is not part of the text.";

fn resource(table: &Table, tables: &[&Table], overall: &Overall, encoding: Encoding) -> Value {
    let names = columns(table, overall).into_iter();
    let further = match table.rows {
        Rows::Wide(wide) => Some((wide.kind, wide.about)),
        Rows::Session(_) | Rows::Overall(_) => None,
    };
    let known = table.columns.iter().map(|column| (column.kind, column.about));
    let kinds = known.chain(further.into_iter().cycle());
    let fields: Vec<Value> =
        names.zip(kinds).map(|(name, (kind, about))| field(&name, kind, about)).collect();
    let is_there = |reference: &&Reference| tables.iter().any(|table| table.name == reference.table);
    let mut schema = json!({ "fields": fields, "missingValues": [""] });
    if !table.key.is_empty() {
        schema["primaryKey"] = json!(table.key);
    }
    let foreign: Vec<Value> = table.references.iter().filter(is_there).map(foreign_key).collect();
    if !foreign.is_empty() {
        schema["foreignKeys"] = json!(foreign);
    }
    json!({
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": format!("{}.csv", table.name),
        "description": table.about,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": match encoding {
            Encoding::Utf8 => "utf-8",
            Encoding::Utf8WithMark => "utf-8-sig",
        },
        "dialect": { "delimiter": ",", "quoteChar": "\"", "doubleQuote": true, "header": true },
        "schema": schema,
    })
}

fn field(name: &str, kind: ColumnKind, about: &str) -> Value {
    let kind = match kind {
        ColumnKind::Text => "string",
        ColumnKind::Integer => "integer",
        ColumnKind::Number => "number",
        ColumnKind::Boolean => "boolean",
        ColumnKind::Date => "date",
    };
    json!({ "name": guard(name), "type": kind, "description": about })
}

/// The types of the columns of each table as `pandas.read_csv` takes them (`dtype`): such as have a value for
/// what is missing.
fn pandas(tables: &[&Table], overall: &Overall) -> Value {
    let kind = |kind| match kind {
        ColumnKind::Text | ColumnKind::Date => "string",
        ColumnKind::Integer => "Int64",
        ColumnKind::Number => "Float64",
        ColumnKind::Boolean => "boolean",
    };
    let of_table = |table: &&Table| {
        let columns = described(table, overall).into_iter();
        let types: Map<String, Value> =
            columns.map(|(name, of)| (guard(&name).into_owned(), Value::from(kind(of)))).collect();
        (table.name.to_owned(), Value::from(types))
    };
    Value::from(tables.iter().map(of_table).collect::<Map<String, Value>>())
}

fn foreign_key(reference: &Reference) -> Value {
    json!({
        "fields": reference.columns,
        "reference": { "resource": reference.table, "fields": reference.to },
    })
}
