//! Opening an archive: the right file, the right version, and errors that say what to do.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};

use rapporteur::error::{Error, ErrorKind, Result};

/// The SQL that leads from each version to the next; the number of steps is the newest version.
pub(super) const MIGRATIONS: &[&str] =
    &[include_str!("schema/1.sql"), include_str!("schema/2.sql"), include_str!("schema/3.sql")];

/// The newest version of the schema: `PRAGMA user_version` of the file.
pub const VERSION: usize = MIGRATIONS.len();

/// Tells our files from other SQLite files: `PRAGMA application_id`, "rapp" in ASCII.
pub(super) const APPLICATION: i64 = 0x7261_7070;

/// How long a reader or writer waits for another program that uses the file.
const PATIENCE: Duration = Duration::from_secs(10);

/// How the message begins that says that an archive is damaged.
pub(super) const DAMAGED: &str = "the archive is damaged";

/// What is said of a file that does not begin as an SQLite file does.
pub(super) const NO_ARCHIVE: &str = "this file is no archive";

/// An open archive.
#[derive(Debug)]
pub struct Archive {
    pub(super) connection: Connection,
    pub(super) path: String,
}

impl Archive {
    /// Opens an archive for a run; makes it, and its folder, where there is none.
    ///
    /// # Errors
    /// When the file is no archive, is damaged, is of a newer version, or cannot be written.
    pub fn create(path: &str) -> Result<Archive> {
        if let Some(folder) = Path::new(path).parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(|e| Error::io(&folder.to_string_lossy(), &e))?;
        }
        let connection = Connection::open(path).map_err(|error| failed(path, &error))?;
        let mut archive = Archive { connection, path: path.to_owned() };
        archive.prepare().map_err(|error| failed(path, &error))?;
        archive.migrate()?;
        Ok(archive)
    }

    /// Opens an archive to be read.
    ///
    /// # Errors
    /// When there is none, and as [`Archive::create`].
    pub fn open(path: &str) -> Result<Archive> {
        let metadata = std::fs::metadata(path).map_err(|error| {
            Error::usage(format!("the archive cannot be opened: {error}"))
                .in_file(path)
                .remedy("name the SQLite file of a definition's archive; `rapporteur run` makes it")
        })?;
        if !metadata.is_file() {
            let error = Error::usage("this is no file").in_file(path);
            return Err(error.remedy("name the SQLite file of a definition's archive"));
        }
        // A journal that a killed run left behind is rolled back by the first who may write.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags).map_err(|error| failed(path, &error))?;
        let mut archive = Archive { connection, path: path.to_owned() };
        let version = archive.prepare().map_err(|error| failed(path, &error))?;
        match version {
            0 => return Err(archive.foreign()),
            version if version < VERSION => archive.migrate()?,
            version => archive.refuse_newer(version)?,
        }
        archive.set("query_only", "on")?;
        Ok(archive)
    }

    /// Settings of the connection; the version of the file, 0 for an empty one.
    fn prepare(&mut self) -> rusqlite::Result<usize> {
        self.connection.busy_timeout(PATIENCE)?;
        self.connection.pragma_update(None, "foreign_keys", "on")?;
        // Several sessions are one transaction, and a transaction that was committed stays, also
        // when the power fails.
        self.connection.pragma_update(None, "synchronous", "full")?;
        self.connection.pragma_query_value(None, "user_version", |row| row.get(0))
    }

    fn migrate(&mut self) -> Result<()> {
        let path = self.path.clone();
        let number = |connection: &Connection, pragma: &str| -> rusqlite::Result<i64> {
            connection.pragma_query_value(None, pragma, |row| row.get(0))
        };
        let version = number(&self.connection, "user_version").map_err(|error| failed(&path, &error))?;
        let application = number(&self.connection, "application_id").map_err(|e| failed(&path, &e))?;
        let tables: i64 = self
            .connection
            .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
            .map_err(|error| failed(&path, &error))?;
        let is_new = application == 0 && version == 0 && tables == 0;
        if application != APPLICATION && !is_new {
            return Err(self.foreign());
        }
        let version = usize::try_from(version).unwrap_or(usize::MAX);
        self.refuse_newer(version)?;
        let steps = MIGRATIONS.iter().enumerate().skip(version);
        for (index, sql) in steps {
            self.step(sql, index + 1).map_err(|error| failed(&path, &error))?;
        }
        Ok(())
    }

    /// One migration, whole or not at all.
    fn step(&mut self, sql: &str, version: usize) -> rusqlite::Result<()> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute_batch(sql)?;
        transaction.pragma_update(None, "application_id", APPLICATION)?;
        transaction.pragma_update(None, "user_version", version as i64)?;
        transaction.commit()
    }

    fn refuse_newer(&self, version: usize) -> Result<()> {
        if version <= VERSION {
            return Ok(());
        }
        let message = format!("the archive is of version {version}, and this program knows {VERSION}");
        Err(Error::usage(message).in_file(&self.path).remedy("use a newer rapporteur, or another archive"))
    }

    fn foreign(&self) -> Error {
        Error::usage("this is an SQLite file, and not an archive of rapporteur")
            .in_file(&self.path)
            .remedy("name another file")
    }

    fn set(&self, pragma: &str, value: &str) -> Result<()> {
        self.connection.pragma_update(None, pragma, value).map_err(|error| failed(&self.path, &error))
    }

    /// Opens a transaction; what follows is kept together by [`Archive::commit`].
    ///
    /// # Errors
    /// When another program holds the file for long.
    pub fn begin(&self) -> Result<()> {
        self.connection.execute_batch("BEGIN IMMEDIATE").map_err(|error| failed(&self.path, &error))
    }

    /// Keeps what was done since [`Archive::begin`].
    ///
    /// # Errors
    /// When the disk is full or the file cannot be written; nothing since `begin` is kept then.
    pub fn commit(&self) -> Result<()> {
        self.connection.execute_batch("COMMIT").map_err(|error| {
            self.roll_back();
            failed(&self.path, &error)
        })
    }

    /// Gives up what was done since [`Archive::begin`].
    pub fn roll_back(&self) {
        // Where the library has rolled back by itself there is nothing left to roll back.
        let _ = self.connection.execute_batch("ROLLBACK");
    }

    /// An error of the library as one of ours, with this file.
    pub(super) fn wrap<T>(&self, result: rusqlite::Result<T>) -> Result<T> {
        result.map_err(|error| failed(&self.path, &error))
    }
}

/// The error for a file that is damaged.
pub(super) fn damaged(path: &str, how: &str) -> Error {
    Error::new(ErrorKind::Io(format!("{DAMAGED}: {how}"))).in_file(path).remedy(
        "run the definition again: it makes the archive anew from all that can be read, and keeps the damaged file",
    )
}

/// What went wrong with the file, and what to do.
pub(super) fn failed(path: &str, error: &rusqlite::Error) -> Error {
    let error_of = |message: &str| Error::new(ErrorKind::Io(message.to_owned())).in_file(path);
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => Error::usage(NO_ARCHIVE).in_file(path).remedy("name another file"),
        Some(ErrorCode::DatabaseCorrupt) => damaged(path, &error.to_string()),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            error_of("the archive is in use by another program").remedy("close that program, or wait")
        }
        Some(ErrorCode::DiskFull) => error_of("the disk is full; what was kept before is still there")
            .remedy("make room and run again: it goes on where it stopped"),
        Some(ErrorCode::ReadOnly) => error_of("the archive may not be written to")
            .remedy("check who may write the file and its folder"),
        Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => error_of("the archive cannot be opened")
            .remedy("check that its folder exists and who may read and write it"),
        _ => error_of(&format!("the archive failed: {error}"))
            .remedy("run again; if it fails again, move the archive away: it is made anew from the inputs"),
    }
}
