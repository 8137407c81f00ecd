//! Archives opened, claimed, locked and described.

use rapporteur::ErrorKind;

use super::*;

#[test]
fn a_documented_schema_is_the_schema_there_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.sqlite");
    let archive = Archive::create(path.to_str().unwrap()).unwrap();
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/archive.md")).unwrap();
    let sql = "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sentences_fts_%' \
               AND name NOT LIKE 'sqlite_%'";
    let mut statement = archive.connection.prepare(sql).unwrap();
    let tables: Vec<String> =
        statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    assert!(tables.len() >= 12, "{tables:?}");
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

#[cfg(unix)]
#[test]
fn an_archive_has_one_lock_under_all_its_names() {
    let folder = tempfile::tempdir().unwrap();
    let place = |below: &str| folder.path().join(below);
    let name = |path: &std::path::Path| path.to_str().unwrap().to_owned();
    std::fs::create_dir(place("out")).unwrap();
    std::os::unix::fs::symlink("a.sqlite", place("out/link.sqlite")).unwrap();
    std::os::unix::fs::symlink("out", place("elsewhere")).unwrap();
    let holder = |pid| Holder { pid, host: "h".into(), since: "s".into(), definition: "d".into() };
    let archive = name(&place("out/a.sqlite"));
    let mut names = vec![
        archive.clone(),
        name(&place("out/link.sqlite")),
        name(&place("elsewhere/a.sqlite")),
        name(&place("elsewhere/link.sqlite")),
        name(&place("out/../out/./a.sqlite")),
    ];
    for is_there in [false, true] {
        if is_there {
            drop(Archive::create(&archive).unwrap());
            std::fs::hard_link(place("out/a.sqlite"), place("other-name.sqlite")).unwrap();
            names.push(name(&place("other-name.sqlite")));
        }
        for first in &names {
            let held = Lock::take(first, &holder(1)).unwrap();
            for second in &names {
                let error = Lock::take(second, &holder(2)).expect_err(second);
                assert!(matches!(error.kind(), ErrorKind::Locked(_)), "{first}, then {second}: {error}");
            }
            // Who was refused has taken nothing away.
            assert!(held.path().exists(), "{first}");
        }
    }
    assert!(!place("out/link.sqlite.lock").exists() && !place("other-name.sqlite.lock").exists());
}

#[test]
fn a_killed_run_has_served_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let archive = Archive::create(folder.path().join("a.sqlite").to_str().unwrap()).unwrap();
    let latest = "2026-06-01T00:00:00Z";
    assert_eq!((archive.served(latest).unwrap(), archive.unfinished(latest).unwrap()), (None, None));
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
    assert_eq!(archive.served(latest).unwrap().as_deref(), Some("2026-01-01T00:00:00Z"));
    assert_eq!(archive.unfinished(latest).unwrap().as_deref(), Some("2026-01-02T00:00:00Z"));
    // A time that is yet to come is served by nobody.
    finish(start("2030-01-01T00:00:00Z"), Outcome::Done);
    assert_eq!(archive.served(latest).unwrap().as_deref(), Some("2026-01-01T00:00:00Z"));
    assert_eq!(archive.last_served().unwrap().as_deref(), Some("2030-01-01T00:00:00Z"));
    finish(start("2026-01-05T00:00:00Z"), Outcome::Broken);
    assert!(archive.has_broken("2026-01-05T00:00:00Z").unwrap());
    assert!(!archive.has_broken("2026-01-01T00:00:00Z").unwrap());
    let killed = "SELECT count(*) FROM runs WHERE outcome = 'killed'";
    assert_eq!(archive.connection.query_row(killed, [], |row| row.get::<_, i64>(0)).unwrap(), 2);
}

/// An archive as a program of an older version left it, with a session in it.
fn of_version(version: usize, path: &std::path::Path) {
    let connection = rusqlite::Connection::open(path).unwrap();
    for sql in &connection::MIGRATIONS[..version] {
        connection.execute_batch(sql).unwrap();
    }
    connection.pragma_update(None, "application_id", connection::APPLICATION).unwrap();
    connection.pragma_update(None, "user_version", version as i64).unwrap();
    let rows = "
        INSERT INTO about VALUES ('definition', 'brief');
        INSERT INTO runs (id, definition, tool, started_by, started, outcome)
            VALUES (1, 'brief', 'rapporteur 0.1.0', 'schedule', '2026-01-01T00:00:00Z', 'done');
        INSERT INTO inputs VALUES (1, 'inbox/a.txt', 10, 'ab', 'cd', 'done', 1);
        INSERT INTO sessions VALUES (1, 1, 1, 'a', 'A session', '2026-01-01', 'en', 1, 2, 9, 'inbox/a.txt',
            'plain', 10, 'ab', NULL);
        INSERT INTO speakers VALUES (1, 1, 'Ana Reyes', '[]', 'Dockers', '', 'speaker', 1, 9, 1.0, NULL, NULL);
        INSERT INTO sentences VALUES (1, 1, 0, 0, 'Ana Reyes', 'Ana', 'Dockers', 0, 20, NULL, NULL, 'levy',
            'oppose', 'oppose', 1.0, 1, 'We oppose the lévy.');
        INSERT INTO positions (id, session, stakeholder, speaker, label, issue, rank, score, stance, turn, sentence,
            \"start\", \"end\", line, time_start, text, display, context)
            VALUES (1, 1, 'Dockers', 'Ana Reyes', 'Ana', 'levy', 1, 1.0, 'oppose', 0, 0, 0, 20, 1, NULL,
            'We oppose the lévy.', '', '');
        INSERT INTO stances (id, session, stakeholder, issue, stance, n_support, n_oppose, n_concern, n_sentences,
            salience) VALUES (1, 1, 'Dockers', 'levy', 'oppose', 0, 1, 0, 1, 1.0);
        INSERT INTO outputs VALUES (1, 1, 'out/a.md', 'out/a.md', 5, 'ef');";
    connection.execute_batch(rows).unwrap();
}

#[test]
fn an_archive_of_every_older_version_is_brought_up_to_date_with_all_that_is_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let look = |archive: &Archive| {
        let search = Search { words: "levy", limit: 9, ..Search::default() };
        let found = archive.search(&search).unwrap();
        let held = archive.history(Some("dockers"), Some("levy"), Period::default()).unwrap();
        let outputs = archive.inputs().unwrap().remove("inbox/a.txt").unwrap().outputs;
        (found, held, outputs)
    };
    let newest = folder.path().join("newest.sqlite");
    of_version(VERSION, &newest);
    let expected = look(&Archive::open(newest.to_str().unwrap()).unwrap());
    assert_eq!((expected.0.len(), expected.1.len(), expected.2.len()), (1, 1, 1));
    for version in 1..VERSION {
        for open in [Archive::open, Archive::create] {
            let path = folder.path().join(format!("{version}.sqlite"));
            of_version(version, &path);
            let archive = open(path.to_str().unwrap()).unwrap();
            assert_eq!(look(&archive), expected, "of version {version}");
            let text =
                |sql: &str| archive.connection.query_row(sql, [], |row| row.get::<_, String>(0)).unwrap();
            assert_eq!(text("PRAGMA integrity_check"), "ok");
            let stance = "SELECT stance || basis || coalesce(confidence, '') FROM stances_over_time";
            assert_eq!(text(stance), "oppose", "what the older version did not know is empty");
            assert_eq!(text("SELECT stance || kind FROM positions_over_time"), "oppose");
            assert_eq!(
                text("SELECT CAST(user_version AS TEXT) FROM pragma_user_version"),
                VERSION.to_string()
            );
            // What is dropped leaves the index too.
            drop(archive);
            Archive::create(path.to_str().unwrap()).unwrap().forget("inbox/a.txt").unwrap();
            let archive = Archive::open(path.to_str().unwrap()).unwrap();
            let left = "SELECT CAST(count(*) AS TEXT) FROM sentences_fts WHERE sentences_fts MATCH 'levy'";
            assert_eq!(archive.connection.query_row(left, [], |row| row.get::<_, String>(0)).unwrap(), "0");
            drop(archive);
            std::fs::remove_file(path).unwrap();
        }
    }
}
