//! Archives that are damaged at random pages, in several ways.

use std::collections::BTreeSet;

use super::*;

/// How many damages are tried, unless the environment asks for others.
const DAMAGES: usize = 60;

const SESSIONS: i64 = 40;

/// An archive with some hundred rows, long reports among them; its bytes.
fn archive(path: &str) -> Vec<u8> {
    let archive = Archive::create(path).unwrap();
    archive.claim("brief").unwrap();
    let connection = &archive.connection;
    connection.execute_batch("BEGIN").unwrap();
    let run = "INSERT INTO runs (definition, tool, started_by, started, outcome, manifest) VALUES \
               ('brief', 'rapporteur', 'command', '2026-01-01T00:00:00Z', 'done', ?1)";
    connection.execute(run, ["{}"]).unwrap();
    for id in 1..=SESSIONS {
        let text = format!("We cannot accept the levy number {id}, because it falls on the lowest wages.");
        let report = text.repeat(100);
        let path = format!("inbox/s{id:03}.txt");
        let statements: [(&str, &[&dyn rusqlite::ToSql]); 4] = [
            ("INSERT INTO inputs VALUES (?1, ?2, 9, 'ab', 'cd', 'done', 1)", &[&id, &path]),
            (
                "INSERT INTO sessions VALUES (?1, ?1, 1, ?2, '', '2026-01-01', 'en', 2, 20, 99, ?2, 'plain', 9, 'ab', ?3)",
                &[&id, &path, &report],
            ),
            (
                "INSERT INTO stances VALUES (?1, ?1, 'Dockers', 'levy', 'oppose', 0, 1, 0, 1, 0.5, 'stated', 0.7, -1.5, '')",
                &[&id],
            ),
            ("INSERT INTO outputs VALUES (?1, ?1, ?2, ?2, 5, 'ef')", &[&id, &path]),
        ];
        for (sql, values) in statements {
            connection.execute(sql, values).unwrap();
        }
        for sentence in 0..20 {
            let sql = "INSERT INTO sentences (session, turn, sentence, speaker, label, stakeholder, \"start\", \
                       \"end\", issue, stance, cue, score, selected, text) VALUES \
                       (?1, 0, ?2, 'Ana', 'Ana', '', 0, 9, '', '', '', -1.5, 0, ?3)";
            connection.execute(sql, rusqlite::params![id, sentence, text]).unwrap();
        }
    }
    connection.execute_batch("COMMIT").unwrap();
    drop(archive);
    fs::read(path).unwrap()
}

/// All rows of the tables, without the fingerprints of inputs.
fn rows(path: &str) -> BTreeSet<String> {
    let connection = Connection::open(path).unwrap();
    let mut rows = BTreeSet::new();
    for (table, width) in TABLES {
        let mut statement = connection.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let mut found = statement.query([]).unwrap();
        while let Some(row) = found.next().unwrap() {
            let column = |at: usize| format!("{:?}", row.get_ref(at).unwrap());
            let columns = (0..width).filter(|at| table != "inputs" || !matches!(at, 4 | 6)).map(column);
            rows.insert(format!("{table}: {}", columns.collect::<Vec<_>>().join("|")));
        }
    }
    rows
}

/// A page by SQLite's own account: its table, the cells on it, and whether it is a part of a long row.
type Account = (String, usize, bool);

fn accounts(path: &str) -> BTreeMap<usize, Account> {
    let connection = Connection::open(path).unwrap();
    let mut statement = connection.prepare("SELECT pageno, name, ncell, pagetype FROM dbstat").unwrap();
    let pages = statement.query_map([], |row| {
        let is_overflow = row.get::<_, String>(3)? == "overflow";
        let n_rows = if is_overflow { 1 } else { row.get(2)? };
        Ok((row.get(0)?, (row.get::<_, String>(1)?, n_rows, is_overflow)))
    });
    pages.unwrap().map(std::result::Result::unwrap).collect()
}

#[test]
fn what_can_be_read_of_a_damaged_archive_is_kept_and_nothing_is_made_up() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.sqlite");
    let path = path.to_str().unwrap();
    let good = archive(path);
    let (before, accounts) = (rows(path), accounts(path));
    let n_damages: usize = std::env::var("DAMAGES").map_or(DAMAGES, |n| n.parse().unwrap());
    let mut state: u64 = 0x2545_f491_4f6c_dd1d;
    let mut random = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 16) as usize % below
    };
    let (mut n_noticed, mut n_kept, mut shares) = (0, 0, Vec::new());
    for damage in 0..n_damages {
        let mut bad = good.clone();
        let mut hit = BTreeSet::new();
        for _ in 0..=random(3) {
            let page = random(good.len() / 4096) + 1;
            let start = (page - 1) * 4096;
            let noise: Vec<u8> = (0..4096).map(|_| random(256) as u8).collect();
            match damage % 4 {
                0 => bad[start..start + 4096].fill(0),
                1 => bad[start..start + 4096].copy_from_slice(&noise),
                2 => bad[start..start + 64].fill(0xff),
                _ => bad[start + 512..start + 1024].copy_from_slice(&noise[..512]),
            }
            hit.insert(page);
        }
        fs::write(path, &bad).unwrap();
        let noticed = Archive::create(path).and_then(|archive| archive.check());
        let Err(error) = noticed else { continue };
        n_noticed += 1;
        assert!(is_damage(&error), "damage {damage}: {error}");
        let mended = Archive::mend(path).unwrap().unwrap_or_else(|| panic!("damage {damage}: nothing kept"));
        assert_eq!(fs::read(&mended.damaged).unwrap(), bad, "the damaged file is another by now");
        let after = rows(path);
        assert_eq!(mended.n_rows as usize, after.len());
        let lost: Vec<&Account> = hit.iter().filter_map(|page| accounts.get(page)).collect();
        // What is changed within a row may leave another one that can be read.
        let is_within = damage % 4 == 3 || lost.iter().any(|(_, _, is_overflow)| *is_overflow);
        assert!(is_within || after.is_subset(&before), "damage {damage}: rows were made up");
        // A session that is lost takes its 20 sentences and its stance along.
        let belongs = |table: &str| if table == "sessions" { 22 } else { 1 };
        let most: usize = lost.iter().map(|(table, n_rows, _)| n_rows * belongs(table)).sum();
        assert!(after.len() + most >= before.len(), "damage {damage} {hit:?}: {} rows", after.len());
        n_kept += after.len();
        shares.push(after.len() * 1000 / before.len());
        let connection = Connection::open(path).unwrap();
        let text = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, String>(0)).unwrap();
        assert_eq!(text("PRAGMA integrity_check"), "ok");
        assert_eq!(text("SELECT CAST(count(*) AS TEXT) FROM pragma_foreign_key_check"), "0");
        let due = "SELECT CAST(count(*) AS TEXT) FROM inputs WHERE fingerprint <> ''";
        assert_eq!(text(due), "0");
        drop(connection);
        fs::remove_file(mended.damaged).unwrap();
    }
    shares.sort_unstable();
    assert!(n_noticed > n_damages / 4, "{n_noticed} of {n_damages} damages were noticed");
    eprintln!(
        "{n_noticed} of {n_damages} damages noticed and mended; {n_kept} of {} rows kept; least {:?}, median {:?} ‰",
        n_noticed * before.len(),
        shares.first(),
        shares.get(shares.len() / 2)
    );
}

#[test]
fn rows_are_read_as_sqlite_reads_them_and_what_is_no_archive_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.sqlite");
    let path = path.to_str().unwrap();
    let good = archive(path);
    let before = rows(path);
    let mended = Archive::mend(path).unwrap().unwrap();
    assert_eq!((rows(path), mended.n_lost), (before, 0));
    assert_eq!(fs::read(&mended.damaged).unwrap(), good);
    assert!(mended.damaged.to_str().unwrap().ends_with("a.sqlite.damaged-1"));
    let again = Archive::mend(path).unwrap().unwrap();
    assert!(again.damaged.to_str().unwrap().ends_with("a.sqlite.damaged-2"));
    let others: [&[u8]; 4] =
        [b"", b"SQLite format 3\0", &[0x0d; 9000], "A text that somebody needs. ".as_bytes()];
    for other in others {
        fs::write(path, other).unwrap();
        assert_eq!(Archive::mend(path).unwrap(), None);
        assert_eq!(fs::read(path).unwrap(), other);
    }
}

#[test]
fn rows_of_an_older_version_are_kept_with_what_was_not_known_left_empty() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.sqlite");
    let path = path.to_str().unwrap();
    let connection = Connection::open(path).unwrap();
    for sql in &crate::archive::connection::MIGRATIONS[..2] {
        connection.execute_batch(sql).unwrap();
    }
    connection.pragma_update(None, "application_id", crate::archive::connection::APPLICATION).unwrap();
    connection.pragma_update(None, "user_version", 2).unwrap();
    let rows = "
        INSERT INTO inputs VALUES (1, 'inbox/a.txt', 9, 'ab', 'cd', 'done', NULL);
        INSERT INTO sessions VALUES (1, 1, 1, 'a', '', '2026-01-01', 'en', 2, 20, 99, 'inbox/a.txt', 'plain', 9, 'ab',
            NULL);
        INSERT INTO positions VALUES (1, 1, 'Dockers', 'Ana', 'Ana', 'levy', 1, 1.0, 'oppose', 0, 0, 0, 20, 1, NULL,
            'We oppose the levy.', '', '');
        INSERT INTO stances VALUES (1, 1, 'Dockers', 'levy', 'oppose', 0, 1, 0, 1, 1.0);";
    connection.execute_batch(rows).unwrap();
    drop(connection);
    let mended = Archive::mend(path).unwrap().unwrap();
    assert_eq!((mended.n_rows, mended.n_sessions), (4, 1));
    let connection = Connection::open(path).unwrap();
    let text = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, String>(0)).unwrap();
    assert_eq!(text("SELECT text || kind FROM positions"), "We oppose the levy.");
    assert_eq!(text("SELECT stance || basis || because || coalesce(confidence, '') FROM stances"), "oppose");
}
