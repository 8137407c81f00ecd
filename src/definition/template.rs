//! Path templates: where the output for a session goes, whatever the session is called.
//!
//! The folders before the first placeholder are the output folder. Each component after it is made
//! of literal text and values; a value never adds a component, never makes one that means something
//! to the file system (`..`, a hidden file, a device), and never makes one too long.

use std::path::PathBuf;

use chrono::{Datelike, NaiveDate};
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use crate::error::{Error, Result};

/// Longest value in a path, in bytes; a longer one is cut and told apart by a hash.
const MAX_VALUE: usize = 100;

/// Longest name of a file or folder that file systems take, in bytes.
const MAX_NAME: usize = 255;

/// Names that mean a device on some systems, whatever their extension.
const DEVICES: [&str; 30] = [
    "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "COM¹", "COM²", "COM³", "LPT¹", "LPT²", "LPT³", "COM1",
    "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5",
    "LPT6", "LPT7", "LPT8", "LPT9",
];

/// What a placeholder stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Date,
    Year,
    Month,
    Week,
    Id,
    Title,
    File,
    Number,
    Hash,
}

/// Every placeholder with its name.
const FIELDS: [(&str, Field); 9] = [
    ("date", Field::Date),
    ("year", Field::Year),
    ("month", Field::Month),
    ("week", Field::Week),
    ("id", Field::Id),
    ("title", Field::Title),
    ("file", Field::File),
    ("number", Field::Number),
    ("hash", Field::Hash),
];

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Field(Field),
}

/// A path with placeholders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    folder: String,
    components: Vec<Vec<Piece>>,
}

/// What a session gives the placeholders.
#[derive(Debug, Clone, Copy, Default)]
pub struct Values<'a> {
    /// `{id}`: the session's identifier.
    pub id: &'a str,
    /// `{title}`: the session's title, else its identifier.
    pub title: &'a str,
    /// `YYYY-MM-DD` for `{date}`, `{year}`, `{month}` (2024-07) and `{week}` (2024-W27); `undated`
    /// where it is empty.
    pub date: &'a str,
    /// `{file}`: name of the input file without its extension.
    pub file: &'a str,
    /// `{number}`: place of the session in its input, from 1.
    pub number: usize,
    /// `{hash}`: SHA-256 of the input; its first twelve digits are used.
    pub hash: &'a str,
}

/// A path that a template leads to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Target {
    /// The output folder; `.` for the current one.
    pub folder: String,
    /// The path below it, with `/`; never absolute, no component is `..`.
    pub below: String,
}

impl Target {
    /// A path without placeholders: its folder, and the name in it.
    pub fn literal(path: &str) -> Target {
        let (folder, below) = path.rsplit_once('/').unwrap_or((".", path));
        let folder = if folder.is_empty() { "/" } else { folder };
        Target { folder: folder.to_owned(), below: below.to_owned() }
    }

    /// The whole path.
    pub fn path(&self) -> PathBuf {
        if self.folder == "." {
            PathBuf::from(&self.below)
        } else {
            PathBuf::from(&self.folder).join(&self.below)
        }
    }
}

impl Template {
    /// Reads a template such as `out/{date}/{id}.md`.
    ///
    /// # Errors
    /// When a placeholder is unknown or not closed, when the path ends with a folder, when it holds
    /// a backslash, and when a component after the first placeholder could leave the folder.
    pub fn parse(text: &str) -> Result<Template> {
        if text.contains('\\') {
            return Err(Error::usage(format!("the path “{text}” holds a backslash"))
                .remedy("write / between folders, on every system"));
        }
        let all: Vec<&str> = text.split('/').collect();
        let first = all.iter().position(|part| part.contains(['{', '}'])).unwrap_or(all.len() - 1);
        let folder = match all.get(..first).unwrap_or_default() {
            [] => ".".to_owned(),
            [""] => "/".to_owned(),
            parts => parts.join("/"),
        };
        let components = all.iter().skip(first).map(|part| component(part, text)).collect::<Result<_>>()?;
        Ok(Template { folder, components })
    }

    /// The output folder: what stands before the first placeholder.
    pub fn folder(&self) -> &str {
        &self.folder
    }

    /// Whether each session has a file of its own. Else all sessions that lead to the same path
    /// share a file.
    pub fn is_of_session(&self) -> bool {
        let own = |piece: &Piece| {
            matches!(
                piece,
                Piece::Field(Field::Id | Field::Title | Field::File | Field::Number | Field::Hash)
            )
        };
        self.components.iter().flatten().any(own)
    }

    /// The path for a session.
    pub fn expand(&self, values: &Values<'_>) -> Target {
        let parts: Vec<String> = self.components.iter().map(|pieces| expanded(pieces, values)).collect();
        Target { folder: self.folder.clone(), below: parts.join("/") }
    }
}

fn component(part: &str, whole: &str) -> Result<Vec<Piece>> {
    if part.is_empty() || part == "." || part == ".." {
        let what = if part.is_empty() { "an empty part" } else { "a part that is no name" };
        return Err(Error::usage(format!("the path “{whole}” has {what} where a file or folder is named"))
            .remedy("end it with a file name, and put .. before the first placeholder only"));
    }
    let (mut pieces, mut rest) = (Vec::new(), part);
    while let Some(open) = rest.find(['{', '}']) {
        let (text, after) = rest.split_at(open);
        if !text.is_empty() {
            pieces.push(Piece::Text(text.to_owned()));
        }
        let inside = after.strip_prefix('{').and_then(|inside| inside.split_once('}'));
        let (name, after) = inside.ok_or_else(|| {
            Error::usage(format!("the path “{whole}” has a brace without its partner"))
                .remedy("write placeholders as {id}")
        })?;
        pieces.push(Piece::Field(field(name, whole)?));
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest.to_owned()));
    }
    let longest: usize = pieces.iter().map(longest).sum();
    if longest > MAX_NAME {
        let message = format!("“{part}” can become a name of {longest} bytes, and {MAX_NAME} are possible");
        return Err(Error::usage(message).remedy("use fewer placeholders between two /"));
    }
    Ok(pieces)
}

/// The most bytes that a piece can become.
fn longest(piece: &Piece) -> usize {
    match piece {
        Piece::Text(text) => text.len(),
        Piece::Field(Field::Id | Field::Title | Field::File) => MAX_VALUE,
        Piece::Field(_) => 20,
    }
}

fn field(name: &str, whole: &str) -> Result<Field> {
    if let Some((_, field)) = FIELDS.iter().find(|(known, _)| *known == name) {
        return Ok(*field);
    }
    let names: Vec<String> = FIELDS.iter().map(|(name, _)| format!("{{{name}}}")).collect();
    Err(Error::usage(format!("the path “{whole}” has an unknown placeholder {{{name}}}"))
        .remedy(format!("the placeholders are {}", names.join(", "))))
}

fn expanded(pieces: &[Piece], values: &Values<'_>) -> String {
    let mut out = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Field(field) => out.push_str(&safe(&value(*field, values))),
        }
    }
    // What values made of the name's ends is mended; a literal dot file stays one.
    let literal_dot = matches!(pieces.first(), Some(Piece::Text(text)) if text.starts_with('.'));
    let mut name = out.trim_end_matches(['.', ' ']).to_owned();
    if name.starts_with('.') && !literal_dot {
        name.replace_range(..1, "_");
    }
    let stem = name.split('.').next().unwrap_or("").trim_end();
    if name.is_empty() || DEVICES.iter().any(|device| device.eq_ignore_ascii_case(stem)) {
        name.insert(0, '_');
    }
    name
}

fn value(field: Field, values: &Values<'_>) -> String {
    let date = NaiveDate::parse_from_str(values.date, "%Y-%m-%d").ok();
    let dated = |text: fn(NaiveDate) -> String| date.map_or_else(|| "undated".to_owned(), text);
    match field {
        Field::Date => dated(|date| date.to_string()),
        Field::Year => dated(|date| format!("{:04}", date.year())),
        Field::Month => dated(|date| format!("{:04}-{:02}", date.year(), date.month())),
        Field::Week => dated(|date| format!("{:04}-W{:02}", date.iso_week().year(), date.iso_week().week())),
        Field::Id => values.id.to_owned(),
        Field::Title if values.title.trim().is_empty() => values.id.to_owned(),
        Field::Title => values.title.to_owned(),
        Field::File => values.file.to_owned(),
        Field::Number => values.number.to_string(),
        Field::Hash => values.hash.chars().take(12).collect(),
    }
}

/// A value as part of a file name: without separators, control characters and what some system
/// refuses, and not too long.
fn safe(value: &str) -> String {
    let is_bad = |c: char| c.is_control() || c.is_whitespace() || "/\\:*?\"<>|".contains(c) || is_hidden(c);
    // Some systems take two spellings of a letter for the same name, others do not.
    let mut out: String = value.trim().nfc().map(|c| if is_bad(c) { '_' } else { c }).collect();
    if out.is_empty() {
        out.push('_');
    }
    if out.len() > MAX_VALUE {
        let hash = Sha256::digest(value.as_bytes());
        let digits: String = hash.iter().take(4).map(|byte| format!("{byte:02x}")).collect();
        let cut = (0..=MAX_VALUE - 9).rev().find(|&at| out.is_char_boundary(at)).unwrap_or(0);
        out.truncate(cut);
        out.push('-');
        out.push_str(&digits);
    }
    out
}

/// Characters that change how a name is shown without being seen.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn values(id: &str) -> Values<'_> {
        Values { id, title: "", date: "2024-07-02", file: "panel", number: 3, hash: "0123456789abcdef" }
    }

    #[test]
    fn placeholders_take_what_the_session_gives() {
        let cases = [
            ("out/{date}/{id}.md", "out", "2024-07-02/a.md"),
            ("out/{year}/{month}/{week}.csv", "out", "2024/2024-07/2024-W27.csv"),
            ("{file}-{number}-{hash}.json", ".", "panel-3-0123456789ab.json"),
            ("/srv/a/{title}", "/srv/a", "a"),
            ("/{id}", "/", "a"),
            ("../up/all.csv", "../up", "all.csv"),
            ("all.csv", ".", "all.csv"),
        ];
        for (template, folder, below) in cases {
            let target = Template::parse(template).unwrap().expand(&values("a"));
            assert_eq!((target.folder.as_str(), target.below.as_str()), (folder, below), "{template}");
        }
        let undated = Values { date: "", ..values("a") };
        assert_eq!(Template::parse("{week}/{id}").unwrap().expand(&undated).below, "undated/a");
    }

    #[test]
    fn what_cannot_lead_to_a_file_below_the_folder_is_refused() {
        let cases = [
            "out/{id}/../x.md",
            "out/{id}/",
            "out/{idd}.md",
            "out/{id",
            "out/id}.md",
            "out\\{id}",
            "",
            "out/",
            "out/{id}//x",
            "out/{}/x",
            "..",
            "out/{id}{title}{file}.md",
        ];
        for template in cases {
            assert!(Template::parse(template).is_err(), "{template}");
        }
        let error = Template::parse("out/{idd}.md").unwrap_err().to_string();
        assert!(error.contains("{idd}") && error.contains("{id}"), "{error}");
    }

    #[test]
    fn no_name_of_a_session_means_something_to_the_file_system() {
        let template = Template::parse("out/{id}").unwrap();
        let cases = [
            ("../../etc/passwd", "_._.._etc_passwd"),
            ("..", "_"),
            (".", "_"),
            ("", "_"),
            ("/", "_"),
            ("a/b", "a_b"),
            ("CON", "_CON"),
            ("nul.txt", "_nul.txt"),
            (".hidden", "_hidden"),
            ("a. ", "a"),
            ("a\0b\nc", "a_b_c"),
            ("c:\\x", "c__x"),
            ("\u{202e}txt", "_txt"),
            ("a\u{2066}b\u{e0041}", "a_b_"),
            ("com\u{b9}.x", "_com\u{b9}.x"),
            ("conin$", "_conin$"),
            ("e\u{301}", "\u{e9}"),
            ("\u{ff0e}\u{ff0e}\u{2215}x", "\u{ff0e}\u{ff0e}\u{2215}x"),
        ];
        for (id, below) in cases {
            assert_eq!(template.expand(&values(id)).below, below, "{id:?}");
        }
        let long = "ä".repeat(200);
        let cut = template.expand(&values(&long)).below;
        assert!(cut.len() <= MAX_VALUE && cut.starts_with("ää"), "{cut}");
        assert_ne!(cut, template.expand(&values(&format!("{long}ö"))).below);
    }

    #[test]
    fn a_file_is_shared_where_no_placeholder_tells_sessions_apart() {
        for (template, own) in [("a/{date}.md", false), ("a/all.md", false), ("a/{week}/{id}.md", true)] {
            assert_eq!(Template::parse(template).unwrap().is_of_session(), own, "{template}");
        }
    }

    proptest! {
        #[test]
        fn no_session_leaves_the_folder(id in "\\PC{0,300}|[./\\\\]{0,8}|(\\.\\./){1,4}.*", title in ".*") {
            let template = Template::parse("out/{title}/x{id}{title}/{id}").unwrap();
            let target = template.expand(&Values { title: &title, ..values(&id) });
            let parts: Vec<_> = std::path::Path::new(&target.below).components().collect();
            prop_assert_eq!(parts.len(), 3);
            for part in parts {
                prop_assert!(matches!(part, std::path::Component::Normal(_)), "{:?}", target);
                prop_assert!(part.as_os_str().len() <= 255);
            }
        }
    }
}
