//! Mending a damaged archive: every row that can be read goes into a new file, and only then do the files
//! change places. The damaged one is kept.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use rapporteur::error::{Error, Result};

use crate::archive::Archive;
use crate::archive::connection::{DAMAGED, NO_ARCHIVE};
use crate::archive::pages::{Cell, Pages};

/// The tables and how many columns each has; no two have the same number, by which a row is known whose
/// page no tree leads to any more.
const TABLES: [(&str, usize); 9] = [
    ("runs", 13),
    ("inputs", 7),
    ("failures", 5),
    ("sessions", 15),
    ("speakers", 12),
    ("sentences", 17),
    ("positions", 19),
    ("stances", 14),
    ("outputs", 6),
];

/// How many columns rows have that an older version wrote; no other table has as many. A migration adds columns
/// without writing the rows anew.
const OLDER: [(&str, usize); 2] = [("positions", 18), ("stances", 10)];

/// What the columns hold in rows of before that migrations have added to a table.
fn added(table: &str) -> Vec<Value> {
    let empty = || Value::Text(String::new());
    match table {
        "positions" => vec![empty()],
        "stances" => vec![empty(), Value::Null, Value::Null, empty()],
        _ => Vec::new(),
    }
}

/// An input that is lost is known by its sessions. Rows without what they belong to are nobody's; and what
/// was lost cannot be told, so that every input that is there is to be read again.
const SETTLE: &str = "
    INSERT OR IGNORE INTO inputs (id, path, bytes, sha256, status)
        SELECT input, path, bytes, sha256, 'done' FROM sessions WHERE input NOT IN (SELECT id FROM inputs)
        GROUP BY input;
    UPDATE inputs SET run = NULL WHERE run NOT IN (SELECT id FROM runs);
    DELETE FROM sessions WHERE input NOT IN (SELECT id FROM inputs);
    DELETE FROM speakers WHERE session NOT IN (SELECT id FROM sessions);
    DELETE FROM sentences WHERE session NOT IN (SELECT id FROM sessions);
    DELETE FROM positions WHERE session NOT IN (SELECT id FROM sessions);
    DELETE FROM stances WHERE session NOT IN (SELECT id FROM sessions);
    DELETE FROM failures WHERE input NOT IN (SELECT id FROM inputs);
    DELETE FROM outputs WHERE input IS NOT NULL AND input NOT IN (SELECT id FROM inputs);
    UPDATE inputs SET fingerprint = '';
    INSERT OR REPLACE INTO about (key, value) VALUES ('shared outputs', 'due');";

/// What mending saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recovery {
    /// Rows of all tables that are in the archive now.
    pub n_rows: u64,
    /// Sessions among them.
    pub n_sessions: u64,
    /// Pages and rows that could not be read.
    pub n_lost: usize,
    /// Where the damaged file is now.
    pub damaged: PathBuf,
}

/// What can be read of an archive.
#[derive(Debug, Default)]
struct RecoveredRows {
    rows: BTreeMap<&'static str, BTreeMap<i64, Vec<Value>>>,
    facts: BTreeMap<String, String>,
    n_lost: usize,
}

/// Whether an error says that an archive is damaged, so that mending may help.
pub fn is_damage(error: &Error) -> bool {
    let text = error.to_string();
    text.contains(DAMAGED) || text.contains(NO_ARCHIVE)
}

impl Archive {
    /// Looks for damage: at every page, and at whether they fit together.
    ///
    /// # Errors
    /// When there is some.
    pub fn check(&self) -> Result<()> {
        let sql = "PRAGMA quick_check(1)";
        let found: String = self.wrap(self.connection.query_row(sql, [], |row| row.get(0)))?;
        if found == "ok" {
            return Ok(());
        }
        Err(crate::archive::connection::damaged(&self.path, &found))
    }

    /// Makes a damaged archive anew from what can be read of it, and keeps the damaged file under another
    /// name; nothing where no row of an archive can be found. The caller holds the lock.
    ///
    /// # Errors
    /// When a file cannot be read or written; the archive is as it was then.
    pub fn mend(path: &str) -> Result<Option<Recovery>> {
        let failed = |error: std::io::Error| {
            Error::io(path, &error).remedy("nothing was changed; make room and check who may write there")
        };
        let bytes = fs::read(path).map_err(failed)?;
        let salvage = RecoveredRows::of(&bytes);
        if salvage.of_table("inputs") + salvage.of_table("sessions") == 0 {
            return Ok(None);
        }
        let new = format!("{path}.mending");
        for file in [new.clone(), format!("{new}-journal")] {
            // Left behind by a program that was killed while it mended.
            let _ = fs::remove_file(file);
        }
        let archive = Archive::create(&new)?;
        let (n_rows, n_sessions) = archive.wrap(fill(&archive.connection, &salvage))?;
        archive.check()?;
        drop(archive);
        let damaged = exchange(Path::new(path), Path::new(&new)).map_err(failed)?;
        Ok(Some(Recovery { n_rows, n_sessions, n_lost: salvage.n_lost, damaged }))
    }
}

impl RecoveredRows {
    fn of_table(&self, table: &str) -> usize {
        self.rows.get(table).map_or(0, BTreeMap::len)
    }

    fn of(bytes: &[u8]) -> RecoveredRows {
        let pages = Pages::new(bytes);
        let mut salvage = RecoveredRows::default();
        let schema = pages.tree(1);
        let mut known: BTreeSet<usize> = pages.free();
        known.extend(&schema.pages);
        salvage.n_lost += schema.n_lost;
        for (name, root) in schema.cells.iter().filter_map(root) {
            let tree = pages.tree(root);
            known.extend(&tree.pages);
            let table = TABLES.iter().find(|(table, _)| *table == name);
            match table {
                Some(&(table, _)) => {
                    salvage.n_lost += tree.n_lost;
                    tree.cells.into_iter().for_each(|cell| salvage.add(table, cell));
                }
                None if name == "about" => tree.cells.into_iter().for_each(|cell| salvage.add_fact(cell)),
                None => {}
            }
        }
        // What no tree leads to any more, as a page on the way there is damaged.
        for page in (1..=pages.count()).filter(|page| !known.contains(page)) {
            for cell in pages.leaf(page).cells {
                let known = TABLES.iter().chain(&OLDER).find(|(_, width)| *width == cell.values.len());
                match known {
                    Some(&(table, _)) => salvage.add(table, cell),
                    None => salvage.add_fact(cell),
                }
            }
        }
        salvage
    }

    /// Adds a row; its first column is the number of the row, which stands apart.
    fn add(&mut self, table: &'static str, cell: Cell) {
        let Cell { id, mut values } = cell;
        match values.first_mut() {
            Some(first @ Value::Null) => *first = Value::Integer(id),
            _ => return,
        }
        if OLDER.contains(&(table, values.len())) {
            values.extend(added(table));
        }
        if TABLES.contains(&(table, values.len())) {
            self.rows.entry(table).or_default().entry(id).or_insert(values);
        }
    }

    fn add_fact(&mut self, cell: Cell) {
        if let [Value::Text(key), Value::Text(value)] = cell.values.as_slice() {
            self.facts.entry(key.clone()).or_insert_with(|| value.clone());
        }
    }
}

/// The name and the root of a table, from the table of tables.
fn root(cell: &Cell) -> Option<(String, usize)> {
    match cell.values.as_slice() {
        [Value::Text(_), Value::Text(name), _, Value::Integer(root), _] if *root > 0 => {
            Some((name.clone(), usize::try_from(*root).ok()?))
        }
        _ => None,
    }
}

/// Fills a new archive, in one transaction; how many rows it has, and how many sessions.
fn fill(connection: &Connection, salvage: &RecoveredRows) -> rusqlite::Result<(u64, u64)> {
    connection.pragma_update(None, "foreign_keys", "off")?;
    connection.execute_batch("BEGIN IMMEDIATE")?;
    for (key, value) in &salvage.facts {
        connection.execute("INSERT OR IGNORE INTO about (key, value) VALUES (?1, ?2)", [key, value])?;
    }
    for (table, width) in TABLES {
        let places = vec!["?"; width].join(", ");
        let mut insert = connection.prepare(&format!("INSERT OR IGNORE INTO {table} VALUES ({places})"))?;
        for values in salvage.rows.get(table).into_iter().flat_map(BTreeMap::values) {
            insert.execute(params_from_iter(values))?;
        }
    }
    connection.execute_batch(SETTLE)?;
    connection.execute_batch("COMMIT")?;
    let count = |table: &str| {
        connection.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get::<_, u64>(0))
    };
    let n_rows = TABLES.iter().map(|(table, _)| count(table)).sum::<rusqlite::Result<u64>>()?;
    Ok((n_rows, count("sessions")?))
}

/// Puts the new file in the place of the damaged one, which is kept under a name that is free. There is
/// a file in that place at any moment.
fn exchange(path: &Path, new: &Path) -> std::io::Result<PathBuf> {
    let named = |end: &str| PathBuf::from(format!("{}{end}", path.display()));
    let mut number = 1;
    let damaged = loop {
        let name = named(&format!(".damaged-{number}"));
        match fs::hard_link(path, &name) {
            Ok(()) => break name,
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => number += 1,
            // There are file systems without links.
            Err(_) if !name.exists() => {
                fs::copy(path, &name)?;
                break name;
            }
            Err(_) => number += 1,
        }
    };
    let journal = named("-journal");
    if journal.exists() {
        // It is of the damaged file, and would be played back into the new one.
        fs::rename(&journal, format!("{}-journal", damaged.display()))?;
    }
    fs::rename(new, path)?;
    Ok(damaged)
}

#[cfg(test)]
mod tests;
