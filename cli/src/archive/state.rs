//! What has been done with each input, so that nothing is done twice and nothing is forgotten.

use std::collections::BTreeMap;

use rusqlite::{OptionalExtension, params};

use rapporteur::error::{Error, Result};

use crate::archive::{Archive, SessionEntry};

/// How an input fared the last time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// All its sessions are in the archive.
    Done,
    /// Something in it failed.
    Failed,
}

impl Status {
    fn name(self) -> &'static str {
        match self {
            Status::Done => "done",
            Status::Failed => "failed",
        }
    }
}

/// What the archive knows of an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputState {
    /// SHA-256 of its content; empty where it could not be read.
    pub sha256: String,
    /// Digest of everything that decides the result.
    pub fingerprint: String,
    /// How it fared.
    pub status: Status,
    /// What failed.
    pub failures: Vec<Failure>,
    /// The files that were written for it.
    pub outputs: Vec<Output>,
}

/// Something that failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Identifier of the session; empty where the input as a whole failed.
    pub session: String,
    /// What went wrong, where, and what to do.
    pub message: String,
    /// Whether it may pass by itself, as a full disk does: such inputs are tried again in every run.
    pub passing: bool,
}

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// Its path.
    pub path: String,
    /// Its size.
    pub bytes: u64,
    /// SHA-256 of its content, in hexadecimal.
    pub sha256: String,
}

/// Everything that came of an input.
#[derive(Debug, Clone, Copy)]
pub struct ProcessedInput<'a> {
    /// Its path.
    pub path: &'a str,
    /// Its size, where it could be read.
    pub bytes: Option<u64>,
    /// SHA-256 of its content, where it could be read.
    pub sha256: &'a str,
    /// Digest of everything that decides the result.
    pub fingerprint: &'a str,
    /// The sessions that went well.
    pub sessions: &'a [SessionEntry<'a>],
    /// What failed.
    pub failures: &'a [Failure],
    /// The files that were written.
    pub outputs: &'a [Output],
}

impl Archive {
    /// Gives the archive to a definition: it holds the sessions of one only.
    ///
    /// # Errors
    /// When it belongs to another.
    pub fn claim(&self, definition: &str) -> Result<()> {
        let sql = "INSERT INTO about (key, value) VALUES ('definition', ?1) ON CONFLICT DO NOTHING";
        self.wrap(self.connection.execute(sql, [definition]))?;
        let sql = "SELECT value FROM about WHERE key = 'definition'";
        let owner: String = self.wrap(self.connection.query_row(sql, [], |row| row.get(0)))?;
        if owner == definition {
            return Ok(());
        }
        Err(Error::usage(format!("the archive belongs to the definition “{owner}”, not to “{definition}”"))
            .in_file(&self.path)
            .remedy("name another archive in the definition: each has its own"))
    }

    /// What is known of every input, by path.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn inputs(&self) -> Result<BTreeMap<String, InputState>> {
        self.wrap(self.read_inputs())
    }

    fn read_inputs(&self) -> rusqlite::Result<BTreeMap<String, InputState>> {
        let mut states: BTreeMap<i64, (String, InputState)> = BTreeMap::new();
        let mut statement =
            self.connection.prepare("SELECT id, path, fingerprint, status, sha256 FROM inputs")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let is_done = row.get_ref(3)?.as_str()? == Status::Done.name();
            let state = InputState {
                sha256: row.get::<_, Option<String>>(4)?.unwrap_or_default(),
                fingerprint: row.get::<_, Option<String>>(2)?.unwrap_or_default(),
                status: if is_done { Status::Done } else { Status::Failed },
                failures: Vec::new(),
                outputs: Vec::new(),
            };
            states.insert(row.get(0)?, (row.get(1)?, state));
        }
        let mut statement =
            self.connection.prepare("SELECT input, session, message, passing FROM failures ORDER BY id")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            if let Some((_, state)) = states.get_mut(&row.get(0)?) {
                let failure = Failure { session: row.get(1)?, message: row.get(2)?, passing: row.get(3)? };
                state.failures.push(failure);
            }
        }
        let sql = "SELECT input, path, bytes, sha256 FROM outputs WHERE input IS NOT NULL ORDER BY id";
        let mut statement = self.connection.prepare(sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            if let Some((_, state)) = states.get_mut(&row.get(0)?) {
                state.outputs.push(Output { path: row.get(1)?, bytes: row.get(2)?, sha256: row.get(3)? });
            }
        }
        Ok(states.into_values().collect())
    }

    /// The input that an output path belongs to, letter case aside; `None` for nobody's path, an
    /// empty string for a file of several inputs.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn owner_of(&self, path: &str) -> Result<Option<String>> {
        let sql = "SELECT inputs.path FROM outputs LEFT JOIN inputs ON inputs.id = outputs.input \
                   WHERE outputs.folded = ?1";
        let found = self.connection.prepare_cached(sql).and_then(|mut s| {
            s.query_row([path.to_lowercase()], |r| r.get::<_, Option<String>>(0)).optional()
        });
        Ok(self.wrap(found)?.map(Option::unwrap_or_default))
    }

    /// Forgets an input and all that came of it, for it goes on under another path.
    ///
    /// # Errors
    /// When the archive cannot be written.
    pub fn forget(&self, path: &str) -> Result<()> {
        self.wrap(self.connection.execute("DELETE FROM inputs WHERE path = ?1", [path])).map(|_| ())
    }

    /// Puts what came of an input in the place of what was there.
    ///
    /// # Errors
    /// When the archive cannot be written.
    pub fn put(&self, run: i64, processed: &ProcessedInput<'_>) -> Result<()> {
        self.wrap(self.replace(run, processed))
    }

    fn replace(&self, run: i64, processed: &ProcessedInput<'_>) -> rusqlite::Result<()> {
        let ProcessedInput { path, fingerprint, sha256, .. } = *processed;
        let status = if processed.failures.is_empty() { Status::Done } else { Status::Failed };
        let mut find = self.connection.prepare_cached("SELECT id FROM inputs WHERE path = ?1")?;
        if let Some(id) = find.query_row([path], |row| row.get::<_, i64>(0)).optional()? {
            for table in ["sessions", "failures", "outputs"] {
                // What came of an input before it failed as a whole is kept.
                if table == "failures" || !processed.sessions.is_empty() {
                    self.connection.execute(&format!("DELETE FROM {table} WHERE input = ?1"), [id])?;
                }
            }
        }
        let sql = "INSERT INTO inputs (path, bytes, sha256, fingerprint, status, run) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (path) DO UPDATE SET bytes = excluded.bytes, \
                   sha256 = excluded.sha256, fingerprint = excluded.fingerprint, status = excluded.status, \
                   run = excluded.run RETURNING id";
        let values = params![path, processed.bytes, sha256, fingerprint, status.name(), run];
        let id: i64 = self.connection.prepare_cached(sql)?.query_row(values, |row| row.get(0))?;
        let sql = "INSERT INTO failures (input, session, message, passing) VALUES (?1, ?2, ?3, ?4)";
        for failure in processed.failures {
            let values = params![id, failure.session, failure.message, failure.passing];
            self.connection.prepare_cached(sql)?.execute(values)?;
        }
        for entry in processed.sessions {
            self.insert_session(id, entry)?;
        }
        if !processed.sessions.is_empty() {
            self.note_shared_outputs_due(true)?;
        }
        processed.outputs.iter().try_for_each(|output| self.insert_output(Some(id), output))
    }

    fn insert_output(&self, input: Option<i64>, output: &Output) -> rusqlite::Result<()> {
        let sql = "INSERT INTO outputs (input, path, folded, bytes, sha256) VALUES (?1, ?2, ?3, ?4, ?5) \
                   ON CONFLICT (folded) DO UPDATE SET input = excluded.input, path = excluded.path, \
                   bytes = excluded.bytes, sha256 = excluded.sha256";
        let values = params![input, output.path, output.path.to_lowercase(), output.bytes, output.sha256];
        self.connection.prepare_cached(sql)?.execute(values).map(|_| ())
    }

    /// The files of several inputs.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn shared_outputs(&self) -> Result<Vec<Output>> {
        let read = || {
            let sql = "SELECT path, bytes, sha256 FROM outputs WHERE input IS NULL ORDER BY path";
            let mut statement = self.connection.prepare(sql)?;
            let rows = statement.query_map([], |row| {
                Ok(Output { path: row.get(0)?, bytes: row.get(1)?, sha256: row.get(2)? })
            })?;
            rows.collect()
        };
        self.wrap(read())
    }

    /// Whether sessions came after the files of several inputs were made.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn are_shared_outputs_due(&self) -> Result<bool> {
        let sql = "SELECT value FROM about WHERE key = 'shared outputs'";
        let found = self.connection.query_row(sql, [], |row| row.get::<_, String>(0)).optional();
        Ok(self.wrap(found)?.as_deref() != Some("current"))
    }

    /// Notes whether the files of several inputs are to be made again.
    ///
    /// # Errors
    /// When the archive cannot be written.
    pub fn set_shared_outputs_due(&self, due: bool) -> Result<()> {
        self.wrap(self.note_shared_outputs_due(due))
    }

    fn note_shared_outputs_due(&self, due: bool) -> rusqlite::Result<()> {
        let sql = "INSERT OR REPLACE INTO about (key, value) VALUES ('shared outputs', ?1)";
        let value = if due { "due" } else { "current" };
        self.connection.prepare_cached(sql)?.execute([value]).map(|_| ())
    }

    /// What a page of several sessions was made of, as it was noted; empty for an unknown one.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn made_of(&self, page: &str) -> Result<String> {
        let sql = "SELECT value FROM about WHERE key = 'page ' || ?1";
        let found = self.connection.query_row(sql, [page], |row| row.get(0)).optional();
        Ok(self.wrap(found)?.unwrap_or_default())
    }

    /// Notes what a page of several sessions is made of.
    ///
    /// # Errors
    /// When the archive cannot be written.
    pub fn set_made_of(&self, page: &str, digest: &str) -> Result<()> {
        let sql = "INSERT OR REPLACE INTO about (key, value) VALUES ('page ' || ?1, ?2)";
        self.wrap(self.connection.execute(sql, [page, digest])).map(|_| ())
    }

    /// The paths of the inputs with archived sessions, in their order.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn sources(&self) -> Result<Vec<String>> {
        let read = || {
            let sql = "SELECT path FROM inputs WHERE id IN (SELECT input FROM sessions) ORDER BY path";
            self.connection.prepare(sql)?.query_map([], |row| row.get(0))?.collect()
        };
        self.wrap(read())
    }

    /// Notes a file of several inputs.
    ///
    /// # Errors
    /// When the archive cannot be written.
    pub fn put_shared_output(&self, output: &Output) -> Result<()> {
        self.wrap(self.insert_output(None, output))
    }

    /// Forgets a file of several inputs.
    ///
    /// # Errors
    /// When the archive cannot be written.
    pub fn drop_shared_output(&self, path: &str) -> Result<()> {
        let sql = "DELETE FROM outputs WHERE input IS NULL AND path = ?1";
        self.wrap(self.connection.execute(sql, [path])).map(|_| ())
    }
}
