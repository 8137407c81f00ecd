//! Folders with sessions, and ways to look at what a run made of them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use rusqlite::Connection;
use rusqlite::types::ValueRef;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

/// A session on a levy of that number.
pub(crate) fn panel(number: usize) -> String {
    format!(
        "Moderator: Welcome to this session on the levy number {number}. Ms Reyes, you have the floor.\n\n\
         Ana Reyes: We cannot accept the levy number {number}, because it falls on the lowest wages. The \
         union calls for a paid night shift in every terminal.\n\n\
         Bo Lindqvist: The port authority supports the levy number {number}. We propose a fund for the \
         oldest workers, paid by the terminals.\n\n\
         Moderator: Thank you. Ms Reyes, would you like to respond?\n\n\
         Ana Reyes: The fund is not enough. We insist that the levy is withdrawn before any reform begins.\n"
    )
}

pub(crate) fn sha256(content: &[u8]) -> String {
    Sha256::digest(content).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A number that the environment may set: tests take few sessions, measurements many.
pub(crate) fn from_environment(name: &str, default: usize) -> usize {
    std::env::var(name).ok().map_or(default, |text| text.parse().expect("a number is needed"))
}

/// The program: that of the tests, or the one that `RAPPORTEUR` names, to measure an optimised build.
pub(crate) fn program() -> PathBuf {
    std::env::var_os("RAPPORTEUR").map_or_else(|| env!("CARGO_BIN_EXE_rapporteur").into(), PathBuf::from)
}

/// A folder of its own for a test.
pub(crate) struct Folder(TempDir);

impl Folder {
    /// A folder with so many sessions in `inbox`.
    pub(crate) fn with_sessions(number: usize) -> Folder {
        let folder = Folder(TempDir::new().unwrap());
        std::fs::create_dir(folder.path("inbox")).unwrap();
        for index in 0..number {
            std::fs::write(folder.path(&format!("inbox/s{index:03}.txt")), panel(index)).unwrap();
        }
        folder
    }

    pub(crate) fn path(&self, below: &str) -> PathBuf {
        self.0.path().join(below)
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(program());
        command.args(arguments).current_dir(self.0.path());
        command
    }

    /// Runs the program; what it says on both streams.
    pub(crate) fn run(&self, arguments: &[&str], code: i32) -> String {
        let output = self.command(arguments).output().unwrap();
        let said = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
        said
    }

    pub(crate) fn read(&self, below: &str) -> String {
        std::fs::read_to_string(self.path(below)).unwrap_or_else(|error| panic!("{below}: {error}"))
    }

    pub(crate) fn modified(&self, below: &str) -> SystemTime {
        std::fs::metadata(self.path(below)).unwrap().modified().unwrap()
    }

    /// Every file below a folder, hidden ones included.
    pub(crate) fn files(&self, below: &str) -> Vec<String> {
        let (mut files, mut folders) = (Vec::new(), vec![self.path(below)]);
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    files.push(path.strip_prefix(self.0.path()).unwrap().to_str().unwrap().to_owned());
                }
            }
        }
        files.sort();
        files
    }

    /// Every output file with its digest: neither archives, which are compared by their rows, nor
    /// manifests, which hold times.
    pub(crate) fn content(&self, below: &str) -> BTreeMap<String, String> {
        let files = self.files(below).into_iter();
        let outputs = files.filter(|path| !path.ends_with(".sqlite") && !path.ends_with(".manifest.json"));
        outputs.map(|path| (path.clone(), sha256(&std::fs::read(self.path(&path)).unwrap()))).collect()
    }

    fn archive(&self) -> Connection {
        let files = self.files(".");
        let archives: Vec<&String> = files.iter().filter(|path| path.ends_with(".sqlite")).collect();
        assert_eq!(archives.len(), 1, "{archives:?}");
        Connection::open(self.path(archives[0])).unwrap()
    }

    /// The first value of the first row of a query on the only archive.
    pub(crate) fn scalar(&self, sql: &str) -> String {
        self.archive().query_row(sql, [], |row| Ok(text(row.get_ref(0)?))).unwrap()
    }

    /// What the only archive holds of its sessions, as text without row numbers.
    pub(crate) fn archived(&self) -> BTreeSet<String> {
        let connection = self.archive();
        let mut rows = BTreeSet::new();
        for table in ["sessions", "speakers", "sentences", "positions", "stances", "outputs", "failures"] {
            let key = if ["outputs", "failures"].contains(&table) { "input" } else { "session" };
            let sql = match table {
                "sessions" => {
                    "SELECT inputs.path, sessions.* FROM sessions JOIN inputs ON inputs.id = input".to_owned()
                }
                _ if key == "input" => {
                    format!(
                        "SELECT inputs.path, {table}.* FROM {table} LEFT JOIN inputs ON inputs.id = input"
                    )
                }
                _ => format!(
                    "SELECT sessions.session, {table}.* FROM {table} JOIN sessions ON sessions.id = {table}.session"
                ),
            };
            let mut statement = connection.prepare(&sql).unwrap();
            let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
            let mut found = statement.query([]).unwrap();
            while let Some(row) = found.next().unwrap() {
                let is_number = |column: usize| {
                    column > 0
                        && (names[column] == "id"
                            || names[column] == key && table != "sessions"
                            || names[column] == "input")
                };
                let values = (0..names.len()).filter(|column| !is_number(*column));
                let values: Vec<String> = values.map(|column| text(row.get_ref(column).unwrap())).collect();
                rows.insert(format!("{table}: {}", values.join("|")));
            }
        }
        rows
    }
}

fn text(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null => "NULL".to_owned(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// Whether a hidden file or folder of ours is anywhere below.
pub(crate) fn leftovers(folder: &Folder) -> Vec<String> {
    let is_ours = |path: &String| {
        Path::new(path).components().any(|part| part.as_os_str().to_string_lossy().starts_with(".rapporteur"))
            || [".lock", "-journal", "-wal", "-shm"].iter().any(|end| path.ends_with(end))
    };
    folder.files(".").into_iter().filter(is_ours).collect()
}
