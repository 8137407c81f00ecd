//! Archives opened, claimed, locked and described.

use super::*;

#[test]
fn a_documented_schema_is_the_schema_there_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.sqlite");
    let archive = Archive::create(path.to_str().unwrap()).unwrap();
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/archive.md")).unwrap();
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sentences_fts_%' \
               AND name NOT LIKE 'sqlite_%'";
    let mut statement = archive.connection.prepare(sql).unwrap();
    let tables: Vec<String> =
        statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    assert!(tables.len() >= 10, "{tables:?}");
    for table in tables {
        let line = page.lines().find(|line| line.starts_with(&format!("| `{table}` |")));
        let line = line.unwrap_or_else(|| panic!("docs/archive.md says nothing of {table}"));
        let sql = format!("SELECT name FROM pragma_table_info('{table}')");
        let mut statement = archive.connection.prepare(&sql).unwrap();
        let columns = statement.query_map([], |row| row.get::<_, String>(0)).unwrap();
        for column in columns.map(Result::unwrap).filter(|column| column != "id" && table != "sentences_fts")
        {
            assert!(
                line.contains(&format!("`{column}`")),
                "docs/archive.md says nothing of {table}.{column}"
            );
        }
    }
    assert!(page.contains(&format!("the version of the schema: {VERSION}")));
}

#[test]
fn an_archive_is_opened_again_and_belongs_to_one_definition() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("below").join("a.sqlite");
    let path = path.to_str().unwrap();
    assert!(Archive::open(path).is_err());
    let archive = Archive::create(path).unwrap();
    archive.claim("brief").unwrap();
    drop(archive);
    let archive = Archive::create(path).unwrap();
    archive.claim("brief").unwrap();
    let error = archive.claim("report").unwrap_err().to_string();
    assert!(error.contains("“brief”") && error.contains("“report”"), "{error}");
    assert!(Archive::open(path).unwrap().claim("brief").is_err(), "what is opened to be read was written to");
}

#[test]
fn a_lock_is_let_go_and_names_its_holder_while_it_is_held() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.sqlite");
    let path = path.to_str().unwrap();
    let holder = |pid| Holder { pid, host: "h".into(), since: "s".into(), definition: "d".into() };
    let first = Lock::take(path, &holder(1)).unwrap();
    let error = Lock::take(path, &holder(2)).unwrap_err().to_string();
    assert!(error.contains("process 1 on h"), "{error}");
    drop(first);
    let second = Lock::take(path, &holder(2)).unwrap();
    assert_eq!(second.left_behind(), None);
}

#[test]
fn a_killed_run_has_served_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let archive = Archive::create(folder.path().join("a.sqlite").to_str().unwrap()).unwrap();
    assert_eq!(archive.served().unwrap(), None);
    let start = |due| archive.start_run("d", "t", StartedBy::Schedule, Some(due), "now").unwrap();
    let finish = |run, outcome| {
        let record = RunRecord {
            finished: "then",
            outcome,
            inputs: 0,
            done: 0,
            unchanged: 0,
            failed: 0,
            manifest: "",
        };
        archive.finish_run(run, &record).unwrap();
    };
    finish(start("2026-01-01T00:00:00Z"), Outcome::SomeFailed);
    finish(start("2026-01-02T00:00:00Z"), Outcome::Stopped);
    start("2026-01-03T00:00:00Z");
    start("2026-01-04T00:00:00Z");
    assert_eq!(archive.served().unwrap().as_deref(), Some("2026-01-01T00:00:00Z"));
    let killed = "SELECT count(*) FROM runs WHERE outcome = 'killed'";
    assert_eq!(archive.connection.query_row(killed, [], |row| row.get::<_, i64>(0)).unwrap(), 1);
}
