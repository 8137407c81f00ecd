//! A folder with all that commands read, and ways to look at what became of it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

pub(crate) const PANEL: &str = "\
Moderator: Welcome to this session on the night shift. Ms Reyes, you have the floor.

Ana Reyes: We cannot accept the pension cut, because it falls on the lowest wages. The union calls for \
a paid night shift in every terminal.

Bo Lindqvist: The port authority supports the reform of the night shift. We propose a fund for the \
oldest workers, paid by the terminals.

Ana Reyes: The fund is not enough. We insist that the pension cut is withdrawn before any reform begins.
";

pub(crate) const ROSTER: &str =
    "speaker,aliases,stakeholder,group,role\nAna Reyes,Ms Reyes,Harbour Union,civil society,\n";

pub(crate) const ISSUES: &str = "[{\"label\": \"Night shift\", \"terms\": [\"night shift\", \"nights\"]}]";

/// The program: that of the tests, or the one that `RAPPORTEUR` names, to measure an optimised build.
pub(crate) fn program() -> PathBuf {
    std::env::var_os("RAPPORTEUR").map_or_else(|| env!("CARGO_BIN_EXE_rapporteur").into(), PathBuf::from)
}

/// A number that the environment may set: tests take few, measurements many.
pub(crate) fn from_environment(name: &str, default: usize) -> usize {
    std::env::var(name).ok().map_or(default, |text| text.parse().expect("a number is needed"))
}

pub(crate) fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(program());
    command.args(arguments).current_dir(folder);
    command
}

pub(crate) fn run(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).output().unwrap()
}

/// Runs the program; what it says on both streams.
pub(crate) fn expect(folder: &Path, arguments: &[&str], code: i32) -> String {
    let output = run(folder, arguments);
    let said =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
    said
}

/// A folder with a panel, a roster, a list of issues, reports and an archive.
pub(crate) fn office() -> TempDir {
    let folder = TempDir::new().unwrap();
    let root = folder.path();
    std::fs::create_dir(root.join("sub")).unwrap();
    for (name, text) in [("panel.txt", PANEL), ("roster.csv", ROSTER), ("issues.json", ISSUES)] {
        std::fs::write(root.join(name), text).unwrap();
    }
    for name in ["brief.jsonl", "references.jsonl"] {
        expect(root, &["summarize", "panel.txt", "--format", "json", "-o", name], 0);
    }
    expect(root, &["run", "position-brief", "panel.txt"], 0);
    let mut archive = std::fs::read_dir(root.join("out")).unwrap().map(|entry| entry.unwrap().path());
    let archive = archive.find(|path| path.extension().is_some_and(|e| e == "sqlite")).unwrap();
    std::fs::rename(archive, root.join("archive.sqlite")).unwrap();
    folder
}

/// Every file below a folder with its bytes, hidden ones included.
pub(crate) fn content(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let (mut files, mut folders) = (BTreeMap::new(), vec![root.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.is_symlink() {
                folders.push(path);
            } else {
                let bytes = std::fs::read(&path).unwrap_or_default();
                files.insert(path.strip_prefix(root).unwrap().to_owned(), bytes);
            }
        }
    }
    files
}

/// Temporary files and folders that were left behind.
pub(crate) fn leftovers(root: &Path) -> Vec<PathBuf> {
    let is_temporary = |path: &PathBuf| path.to_string_lossy().contains(".rapporteur-tmp-");
    content(root).into_keys().filter(is_temporary).collect()
}

/// A command that writes a file: what it reads, how it is called, and the extensions it writes.
pub(crate) struct Writer {
    pub(crate) arguments: &'static [&'static str],
    pub(crate) flag: &'static str,
    pub(crate) reads: &'static [&'static str],
    pub(crate) extensions: &'static [&'static str],
}

/// Every command that writes a file.
pub(crate) const WRITERS: &[Writer] = &[
    Writer {
        arguments: &["summarize", "panel.txt", "--roster", "roster.csv", "--issues", "issues.json"],
        flag: "-o",
        reads: &["panel.txt", "roster.csv", "issues.json"],
        extensions: &["json", "jsonl", "md", "csv", "html", "txt"],
    },
    Writer {
        arguments: &["ask", "panel.txt", "Who pays?", "--roster", "roster.csv", "--issues", "issues.json"],
        flag: "-o",
        reads: &["panel.txt", "roster.csv", "issues.json"],
        extensions: &["json", "md", "csv", "html", "txt"],
    },
    Writer {
        arguments: &["inspect", "panel.txt", "--roster", "roster.csv"],
        flag: "-o",
        reads: &["panel.txt", "roster.csv"],
        extensions: &["json", "txt"],
    },
    Writer {
        arguments: &["inspect", "panel.txt", "--roster", "roster.csv"],
        flag: "--write-roster",
        reads: &["panel.txt", "roster.csv"],
        extensions: &["csv", "json"],
    },
    Writer {
        arguments: &["segment", "panel.txt"],
        flag: "-o",
        reads: &["panel.txt"],
        extensions: &["json", "txt"],
    },
    Writer {
        arguments: &["report", "panel.txt", "--roster", "roster.csv", "--issues", "issues.json"],
        flag: "-o",
        reads: &["panel.txt", "roster.csv", "issues.json"],
        extensions: &["html", "md"],
    },
    Writer {
        arguments: &["evaluate", "brief.jsonl", "--references", "references.jsonl"],
        flag: "-o",
        reads: &["brief.jsonl", "references.jsonl"],
        extensions: &["json", "csv", "txt"],
    },
    Writer {
        arguments: &["search", "archive.sqlite", "shift"],
        flag: "-o",
        reads: &["archive.sqlite"],
        extensions: &["json", "csv", "txt"],
    },
    Writer {
        arguments: &["history", "archive.sqlite", "--stakeholder", "Reyes"],
        flag: "-o",
        reads: &["archive.sqlite"],
        extensions: &["json", "csv", "txt"],
    },
    Writer {
        arguments: &["diff", "archive.sqlite", "panel", "panel"],
        flag: "-o",
        reads: &["archive.sqlite"],
        extensions: &["json", "csv", "html", "md", "txt"],
    },
];

impl Writer {
    /// The arguments that write to this path.
    pub(crate) fn to<'a>(&'a self, path: &'a str) -> Vec<&'a str> {
        let mut arguments = self.arguments.to_vec();
        arguments.extend([self.flag, path]);
        arguments
    }

    /// Whether a file that the command wrote is known again by its content.
    pub(crate) fn is_known_again(&self, extension: &str) -> bool {
        extension != "txt" && self.flag != "--write-roster"
    }
}
