//! What Python's tools make of the tables: Frictionless checks the package, openpyxl opens the workbook,
//! and the walk-through of `docs/compare.md` runs as it stands.

use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use super::{ISSUES, SESSIONS, compared, root};

/// The Python that has a module; none where it is not there, which is an error where CI installs it.
fn python(module: &str) -> Option<String> {
    let python = std::env::var("TABLES_PYTHON").unwrap_or_else(|_| "python3".into());
    let output = Command::new(&python).args(["-c", &format!("import {module}")]).output();
    if output.is_ok_and(|output| output.status.success()) {
        return Some(python);
    }
    let installed = std::env::var_os("TABLES_PYTHON").is_some();
    assert!(!installed, "{python} has no {module}");
    eprintln!("skipped: {python} has no {module}; pip install frictionless pandas openpyxl datasette");
    None
}

fn run(python: &str, folder: &Path, script: &str) -> String {
    let output = Command::new(python).args(["-c", script]).current_dir(folder).output().unwrap();
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{script}\n{out}{err}");
    out.into_owned()
}

#[test]
fn frictionless_finds_every_table_as_its_package_says() {
    let Some(python) = python("frictionless") else { return };
    let script = "\
from frictionless import validate
report = validate('datapackage.json')
print(report.flatten(['name', 'type', 'message']))
print(len(report.tasks), 'tables', 'valid' if report.valid else 'broken')";
    for flags in
        [&["--issues", ISSUES][..], &["--by", "group", "--excel"], &["--tables", "positions,stances"]]
    {
        let (_folder, tables) = compared(&SESSIONS, flags);
        let said = run(&python, &tables, script);
        assert!(said.contains("valid"), "{flags:?}: {said}");
        let clinic = ["fixtures/clinic-standup/clinic-standup.jsonl"];
        let (_folder, tables) = compared(&clinic, flags);
        assert!(run(&python, &tables, script).contains("valid"), "voices without a name, {flags:?}");
    }
    let (_folder, tables) = compared(&SESSIONS[..1], &["--issues", ISSUES]);
    let broken = std::fs::read_to_string(tables.join("stances.csv")).unwrap().replace("Finance", "Finances");
    std::fs::write(tables.join("stances.csv"), broken).unwrap();
    assert!(run(&python, &tables, script).contains("broken"), "an unknown issue passed");
}

#[test]
fn a_workbook_has_a_sheet_a_table_with_text_as_text_and_numbers_as_numbers() {
    let Some(python) = python("openpyxl") else { return };
    let folder = TempDir::new().unwrap();
    let source = folder.path().join("talk.jsonl");
    std::fs::write(&source, "{\"speaker\": \"=A1\", \"text\": \"=SUM(A1) is -5 here.\"}\n{\"speaker\": \"Bo Dahl\", \"text\": \"We oppose it.\"}\n").unwrap();
    let (_out, tables) = compared(&[source.to_str().unwrap()], &["--excel"]);
    let script = "\
import csv, openpyxl
book = openpyxl.load_workbook('comparison.xlsx')
for sheet in book:
    rows = list(csv.reader(open(sheet.title + '.csv', encoding='utf-8-sig', newline='')))
    assert sheet.freeze_panes == 'A2', sheet.title
    assert sheet.max_row == len(rows), (sheet.title, sheet.max_row, len(rows))
    header = [name[1:] if name.startswith(\"'=\") else name for name in rows[0]]
    assert [cell.value for cell in sheet[1]] == header, sheet.title
    assert not [c for row in sheet for c in row if c.data_type == 'f'], sheet.title
sheet = book['sentences']
names = [cell.value for cell in sheet[1]]
cell = {name: sheet.cell(2, 1 + names.index(name)) for name in names}
assert cell['text'].value == '=SUM(A1) is -5 here.' and cell['text'].data_type == 's'
assert cell['speaker'].value == '=A1' and cell['speaker'].data_type == 's'
assert cell['turn'].value == 0 and cell['turn'].data_type == 'n'
assert cell['selected'].data_type == 'b'
print(len(book.sheetnames), 'sheets')";
    assert!(run(&python, &tables, script).contains("16 sheets"));
}

/// The code blocks of a page in a language.
pub(super) fn blocks(page: &str, language: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if line == format!("```{language}") {
            blocks.push(lines.by_ref().take_while(|line| *line != "```").collect::<Vec<_>>().join("\n"));
        }
    }
    blocks
}

#[test]
fn types_and_keys_hold_in_pandas_whatever_the_values_look_like() {
    let Some(python) = python("pandas") else { return };
    let folder = TempDir::new().unwrap();
    let turn = |speaker: &str, text: &str| serde_json::json!({"speaker": speaker, "text": text});
    let session = serde_json::json!({"id": "007", "date": "2024-07-02", "turns": [
        turn("NA", "We support the levy on ships."), turn("None", "We oppose the levy on ships."),
        turn("1e5", "The levy is due in May."), turn("nan", "I agree with NA.")]});
    let source = folder.path().join("007.jsonl");
    std::fs::write(&source, format!("{session}\n")).unwrap();
    let (_out, tables) = compared(&[source.to_str().unwrap()], &[]);
    let script = "\
import json, pandas as pd
package = json.load(open('datapackage.json'))
types = package['rapporteur']['pandas']
tables = {name: pd.read_csv(f'{name}.csv', dtype=types[name], keep_default_na=False, na_values=['']) for name in types}
kinds = {'string': 'string', 'integer': 'Int64', 'number': 'Float64', 'boolean': 'boolean', 'date': 'string'}
for resource in package['resources']:
    name, schema, table = resource['name'], resource['schema'], tables[resource['name']]
    for field in schema['fields']:
        assert str(table.dtypes[field['name']]) == kinds[field['type']], (name, field, table.dtypes)
    key = schema.get('primaryKey')
    assert not key or not table.duplicated(key).any(), (name, key)
    for foreign in schema.get('foreignKeys', []):
        there = tables[foreign['reference']['resource']]
        rows = table[foreign['fields']].dropna().drop_duplicates()
        joined = rows.merge(there, left_on=foreign['fields'], right_on=foreign['reference']['fields'])
        assert len(joined) == len(rows), (name, foreign)
assert list(tables['speakers']['speaker']) == ['NA', 'None', '1e5', 'nan'], tables['speakers']
assert list(tables['sessions']['session']) == ['007']
assert len(tables['sentences'].merge(tables['speakers'], on=['session', 'speaker'])) == 4
print(len(tables), 'tables')";
    assert!(run(&python, &tables, script).contains("16 tables"));
}

#[test]
fn datasette_shows_every_table_as_it_is_described() {
    let Some(python) = python("datasette") else { return };
    let (_folder, tables) = compared(&SESSIONS, &["--issues", ISSUES]);
    let script = "\
import asyncio, csv, glob, json, sqlite3
from datasette.app import Datasette
database = sqlite3.connect('tables.db')
for path in glob.glob('*.csv'):
    header, *rows = csv.reader(open(path, encoding='utf-8', newline=''))
    names = ', '.join(json.dumps(name) for name in header)
    database.execute(f'CREATE TABLE [{path[:-4]}] ({names})')
    database.executemany(f'INSERT INTO [{path[:-4]}] VALUES ({\", \".join(\"?\" * len(header))})', rows)
database.commit()
metadata = json.load(open('metadata.json'))
async def pages():
    datasette = Datasette(['tables.db'], metadata=metadata)
    for name, table in metadata['databases']['tables']['tables'].items():
        response = await datasette.client.get(f'/tables/{name}.json?_shape=objects')
        assert response.status_code == 200, (name, response.text)
        facets = response.json()['facet_results']
        facets = facets.get('results', facets)
        assert set(table['facets']) <= set(facets), (name, table['facets'], facets)
        page = (await datasette.client.get(f'/tables/{name}')).text
        assert table['description'][:20] in page, name
asyncio.run(pages())
print('shown')";
    assert!(run(&python, &tables, script).contains("shown"));
}

#[test]
fn the_walk_through_runs_as_it_stands() {
    let page = std::fs::read_to_string(root().join("docs/compare.md")).unwrap();
    let folder = TempDir::new().unwrap();
    let sessions = folder.path().join("sessions");
    std::fs::create_dir(&sessions).unwrap();
    for session in SESSIONS {
        std::fs::copy(root().join(session), sessions.join(Path::new(session).file_name().unwrap())).unwrap();
    }
    for (from, to) in [(ISSUES, "issues.json"), (super::ROSTER, "roster.csv")] {
        std::fs::copy(root().join(from), folder.path().join(to)).unwrap();
    }
    let commands = blocks(&page, "sh");
    let lines: Vec<&str> = commands.iter().flat_map(|block| block.lines()).collect();
    assert!(lines.len() >= 4, "{lines:?}");
    for line in lines {
        let words: Vec<&str> = line.strip_prefix("rapporteur ").unwrap_or(line).split_whitespace().collect();
        let output =
            Command::new(env!("CARGO_BIN_EXE_rapporteur")).args(words).current_dir(&folder).output().unwrap();
        assert!(output.status.success(), "{line}: {}", String::from_utf8_lossy(&output.stderr));
    }
    let scripts = blocks(&page, "python");
    assert!(!scripts.is_empty(), "the page has no Python");
    if let Some(python) = python("pandas") {
        run(&python, folder.path(), &scripts.join("\n"));
        assert!(folder.path().join("stances.html").exists(), "the chart was not written");
    }
}
