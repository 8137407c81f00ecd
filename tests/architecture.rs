//! The shape of the house: which module may use which, and what every source file keeps to.
//!
//! Each rule is a function from text to complaints, so that each is also tried on text that breaks it.

#[path = "architecture/reading.rs"]
mod reading;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// A source file: its path below `src`, with `/`, and its text.
struct File {
    path: String,
    text: String,
}

/// The layers of the library from the ground up: a module may use those of lower layers and, where its
/// layer is ordered, those before it in its own.
const LAYERS: &[Layer] = &[
    Layer { modules: &["error"], is_ordered: true },
    Layer { modules: &["model"], is_ordered: true },
    // Foundations: what every stage reads text with.
    Layer { modules: &["nearest", "stats", "language", "text"], is_ordered: true },
    // Stages: each makes one thing of the session, and none knows another.
    Layer {
        modules: &["read", "people", "issues", "stance", "rank", "write", "verify", "evaluate"],
        is_ordered: false,
    },
    // Products: what is made of a session or of several.
    Layer { modules: &["definition", "prepare", "summary", "answer", "compare", "page"], is_ordered: true },
    Layer { modules: &["pipeline", "corpus"], is_ordered: true },
];

/// The layers of the program, above those of the library.
const PROGRAM: &[Layer] = &[
    Layer { modules: &["archive"], is_ordered: true },
    Layer { modules: &["io"], is_ordered: true },
    Layer { modules: &["tables"], is_ordered: true },
    // Unattended runs: an engine that knows no arguments.
    Layer { modules: &["run", "schedule"], is_ordered: true },
    Layer { modules: &["args"], is_ordered: true },
    Layer { modules: &["commands"], is_ordered: true },
];

/// Modules at one height.
struct Layer {
    modules: &'static [&'static str],
    /// Whether a module may use those before it; else none of its layer.
    is_ordered: bool,
}

/// Folders with a table, the table's name, and what a file defines that is to be a row of it.
const TABLED: &[(&str, &str, &str)] = &[
    ("read", "FORMATS", "const FORMAT: Format"),
    ("rank", "METHODS", "const METHOD: Method"),
    ("write", "FORMATS", "pub fn write(reports: &[Report]"),
];

/// What the library may not use: files, environment, clock, printing.
const OUTSIDE: &[&str] = &[
    "std::fs",
    "File::open",
    "std::env::",
    "std::process",
    "SystemTime",
    "Instant::now",
    "println!(",
    "print!(",
    "eprintln!(",
];

const MAX_LINES: usize = 450;

#[test]
fn dependencies_point_one_way() {
    hold(forbidden_dependencies);
}

#[test]
fn the_library_is_pure() {
    let files = sources();
    let tests = test_modules(&files);
    hold(|file| if tests.iter().any(|test| file.path.starts_with(test)) { vec![] } else { outside(file) });
}

#[test]
fn every_format_and_method_is_a_row_of_its_table() {
    let files = sources();
    for (folder, table, definition) in TABLED {
        let found = missing_rows(&files, folder, table, definition);
        assert!(found.is_empty(), "{}", found.join("\n"));
    }
}

#[test]
fn every_module_says_what_lives_in_it() {
    hold(|file| if file.text.starts_with("//! ") { vec![] } else { vec!["begins without //!".into()] });
}

#[test]
fn no_file_is_too_long_to_read_in_one_go() {
    hold(|file| {
        let lines = file.text.lines().count();
        if lines > MAX_LINES { vec![format!("has {lines} lines, more than {MAX_LINES}")] } else { vec![] }
    });
}

#[test]
fn nothing_outside_tests_unwraps() {
    let files = sources();
    let tests = test_modules(&files);
    assert!(!tests.is_empty(), "no module is found that is declared for tests only");
    hold(|file| if tests.iter().any(|test| file.path.starts_with(test)) { vec![] } else { unwraps(file) });
}

#[test]
fn every_command_that_a_page_shows_exists() {
    let mut n_commands = 0;
    for (page, words) in
        pages().iter().flat_map(|(page, text)| commands(text).into_iter().map(move |w| (page, w)))
    {
        n_commands += 1;
        let help = std::process::Command::new(env!("CARGO_BIN_EXE_rapporteur"))
            .args([words[0].as_str(), "--help"])
            .output()
            .expect("the binary runs");
        let shown = words.join(" ");
        assert!(help.status.success(), "{page} shows `rapporteur {shown}`, and there is no such command");
        let help = String::from_utf8_lossy(&help.stdout);
        for word in &words {
            assert!(!word.starts_with("fixtures/") || root().join(word).exists(), "{page} names {word}");
            let flag = word.split('=').next().unwrap_or(word);
            assert!(!flag.starts_with("--") || help.contains(flag), "{page}: `{}` takes no {flag}", words[0]);
        }
    }
    assert!(n_commands > 0, "no page shows a command");
}

/// The pages of the repository with their names.
fn pages() -> Vec<(String, String)> {
    let folders = [root(), root().join("docs")];
    let entries = folders.iter().filter_map(|folder| std::fs::read_dir(folder).ok()).flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("the entry can be read").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    paths.sort();
    let read = |path: &PathBuf| std::fs::read_to_string(path).expect("the page is readable");
    paths.iter().map(|path| (path.display().to_string(), read(path))).collect()
}

/// Runs a rule over every source file.
fn hold(rule: impl Fn(&File) -> Vec<String>) {
    let files = sources();
    assert!(files.len() > 20, "only {} source files were found", files.len());
    let complaints: Vec<String> =
        files.iter().flat_map(|f| rule(f).into_iter().map(|c| format!("{}: {c}", f.path))).collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

fn root() -> PathBuf {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).to_path_buf()
}

fn sources() -> Vec<File> {
    let (mut files, mut folders) = (Vec::new(), vec![root().join("src"), root().join("cli/src")]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("the folder can be listed") {
            let path = entry.expect("the entry can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let text = std::fs::read_to_string(&path).expect("the source is readable");
                let below = path.strip_prefix(root()).expect("it is below the root");
                files.push(File { path: below.to_string_lossy().replace('\\', "/"), text });
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// The path of a file below its package's `src/`.
fn below_src(path: &str) -> &str {
    path.strip_prefix("cli/src/").or_else(|| path.strip_prefix("src/")).unwrap_or(path)
}

fn is_of_program(path: &str) -> bool {
    path.starts_with("cli/src/")
}

/// The top-level module that a file belongs to.
fn module(path: &str) -> &str {
    let path = below_src(path);
    let top = path.split('/').next().unwrap_or(path);
    top.strip_suffix(".rs").unwrap_or(top)
}

/// The top-level modules that a module may use besides itself; `None` for an unknown module.
fn allowed(layers: &[Layer], module: &str) -> Option<Vec<&'static str>> {
    let mut below = Vec::new();
    for layer in layers {
        if let Some(at) = layer.modules.iter().position(|known| *known == module) {
            below.extend(layer.modules.iter().take(at).filter(|_| layer.is_ordered));
            return Some(below);
        }
        below.extend(layer.modules);
    }
    None
}

fn forbidden_dependencies(file: &File) -> Vec<String> {
    let own = module(&file.path);
    if ["lib", "main"].contains(&own) {
        return Vec::new();
    }
    let layers = if is_of_program(&file.path) { PROGRAM } else { LAYERS };
    let Some(allowed) = allowed(layers, own) else {
        return vec![format!(
            "`{own}` is no module that tests/architecture.rs knows: give it its place there"
        )];
    };
    let mut used = paths_after(&file.text, "crate::");
    used.extend(paths_after(&without_tests(&file.text), &"super::".repeat(depth(&file.path))));
    used.retain(|name| name != own && !allowed.contains(&name.as_str()));
    // A path that ends at the root names an item of lib.rs, which re-exports some.
    used.retain(|name| !name.starts_with(char::is_uppercase));
    used.iter().map(|name| format!("`{own}` may not use `{name}`")).collect()
}

/// What a file of the library uses that belongs to the program.
fn outside(file: &File) -> Vec<String> {
    if is_of_program(&file.path) {
        return Vec::new();
    }
    let code = without_tests(&file.text);
    let code: Vec<&str> = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let found = OUTSIDE.iter().filter(|name| code.iter().any(|line| line.contains(*name)));
    found.map(|name| format!("uses {name}, which belongs to the program")).collect()
}

/// How many modules deep a file is: 1 for `error.rs` and `read/mod.rs`, 2 for `read/plain.rs`.
fn depth(path: &str) -> usize {
    let path = below_src(path);
    path.split('/').count() - usize::from(path.ends_with("/mod.rs"))
}

/// The names that directly follow `prefix` in code, also inside `prefix{…}`.
fn paths_after(text: &str, prefix: &str) -> BTreeSet<String> {
    let code: String =
        text.lines().filter(|l| !l.trim_start().starts_with("//")).flat_map(|l| [l, "\n"]).collect();
    let mut names = BTreeSet::new();
    for (at, _) in code.match_indices(prefix) {
        let before = code[..at].chars().next_back();
        if before.is_some_and(|c| is_identifier(c) || c == ':') {
            continue;
        }
        let rest = &code[at + prefix.len()..];
        match rest.strip_prefix('{') {
            Some(group) => names.extend(heads_of_group(group)),
            None => names.extend(Some(identifier(rest)).filter(|name| !name.is_empty())),
        }
    }
    names
}

/// The first segments of a `{…}` group, whose opening brace is already read.
fn heads_of_group(group: &str) -> Vec<String> {
    let (mut heads, mut depth, mut expects_name) = (Vec::new(), 0, true);
    for (at, character) in group.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => expects_name = true,
            c if expects_name && depth == 0 && !c.is_whitespace() => {
                heads.push(identifier(&group[at..]));
                expects_name = false;
            }
            _ => {}
        }
    }
    heads
}

fn identifier(text: &str) -> String {
    text.chars().take_while(|c| is_identifier(*c)).collect()
}

fn is_identifier(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The text without the items under `#[cfg(test)]`, which rustfmt closes at their own indentation.
fn without_tests(text: &str) -> String {
    let (mut kept, mut lines) = (String::new(), text.lines());
    while let Some(line) = lines.next() {
        if line.trim() != "#[cfg(test)]" {
            kept.push_str(line);
            kept.push('\n');
            continue;
        }
        let close = line.replace("#[cfg(test)]", "}");
        let one_line = |line: &str| line.ends_with(';') || line.ends_with('}');
        if !lines.next().is_none_or(one_line) {
            lines.by_ref().find(|line| *line == close);
        }
    }
    kept
}

/// The modules that their parents declare for tests only, as `read/tests.rs` or `write/examples/`.
fn test_modules(files: &[File]) -> Vec<String> {
    let mut modules = Vec::new();
    for file in files {
        let folder = file.path.strip_suffix("mod.rs").or(file.path.strip_suffix("lib.rs"));
        let folder = folder.map_or_else(|| format!("{}/", file.path.trim_end_matches(".rs")), str::to_owned);
        let lines: Vec<&str> = file.text.lines().collect();
        for pair in lines.windows(2).filter(|pair| pair[0] == "#[cfg(test)]") {
            let name = pair[1].rsplit_once("mod ").and_then(|(_, name)| name.strip_suffix(';'));
            modules
                .extend(name.into_iter().flat_map(|n| [format!("{folder}{n}.rs"), format!("{folder}{n}/")]));
        }
    }
    modules
}

fn unwraps(file: &File) -> Vec<String> {
    let calls = [".unwrap()", ".expect("];
    without_tests(&file.text)
        .lines()
        .filter(|line| !line.trim_start().starts_with("//") && calls.iter().any(|call| line.contains(call)))
        .map(|line| format!("unwraps: {}", line.trim()))
        .collect()
}

/// Files of `src/folder` that define a row and are not in the table of its `mod.rs`.
fn missing_rows(files: &[File], folder: &str, table: &str, definition: &str) -> Vec<String> {
    let Some(parent) = files.iter().find(|f| f.path == format!("src/{folder}/mod.rs")) else {
        return vec![format!("there is no src/{folder}/mod.rs")];
    };
    let start = parent.text.find(&format!("pub const {table}: &[")).unwrap_or(parent.text.len());
    let body = &parent.text[start..];
    let body = &body[..body.find("];").unwrap_or(0)];
    let in_table = |name: &str| {
        body.match_indices(&format!("{name}::")).any(|(at, _)| !body[..at].ends_with(is_identifier))
    };
    let (prefix, tests) = (format!("src/{folder}/"), test_modules(files));
    let rows: Vec<&str> = files
        .iter()
        .filter(|f| f.text.contains(definition) && !tests.iter().any(|test| f.path.starts_with(test)))
        .filter_map(|f| f.path.strip_prefix(&prefix))
        .map(|path| path.split('/').next().unwrap_or(path).trim_end_matches(".rs"))
        .filter(|name| *name != "mod")
        .collect();
    let no_row = rows
        .iter()
        .filter(|name| !in_table(name))
        .map(|name| format!("src/{folder}/{name} is no row of {table} in src/{folder}/mod.rs"));
    let empty = rows.is_empty().then(|| format!("no file of src/{folder} has `{definition}`"));
    no_row.chain(empty).collect()
}

/// The commands in code blocks of a page, each as the words after the program's name.
fn commands(page: &str) -> Vec<Vec<String>> {
    let (mut commands, mut in_code) = (Vec::new(), false);
    for line in page.lines().map(str::trim) {
        if line.starts_with("```") {
            in_code = !in_code;
            continue;
        }
        let line = line.strip_prefix("$ ").unwrap_or(line);
        let command =
            line.strip_prefix("cargo run --release -- ").or_else(|| line.strip_prefix("rapporteur "));
        let words = command.into_iter().flat_map(str::split_whitespace);
        let words: Vec<String> =
            words.take_while(|w| !["|", ">", "#", "&&"].contains(w)).map(str::to_owned).collect();
        if in_code && !words.is_empty() {
            commands.push(words);
        }
    }
    commands
}

mod the_rules_can_fail {
    use super::*;

    fn file(path: &str, text: &str) -> File {
        File { path: path.into(), text: text.into() }
    }

    #[test]
    fn on_a_dependency_that_points_the_wrong_way() {
        let cases = [
            ("src/model/span.rs", "use crate::read::Format;", Some("read")),
            ("src/model/span.rs", "use crate::error::Error;", None),
            ("src/stats/idf.rs", "use crate::language::Language;", Some("language")),
            ("src/language/mod.rs", "use crate::text::tokens;", Some("text")),
            ("src/text/mod.rs", "use crate::{language, model, stats};", None),
            ("src/text/mod.rs", "use crate::people::Names;", Some("people")),
            ("src/rank/lexrank.rs", "use crate::read::words;", Some("read")),
            ("src/rank/lexrank.rs", "use crate::{text::words, stats, language};", None),
            ("src/rank/lexrank.rs", "use crate::{model::Span, stance};", Some("stance")),
            ("src/rank/lexrank.rs", "use super::super::issues;", Some("issues")),
            ("src/rank/mod.rs", "fn f() { crate::pipeline::run() }", Some("pipeline")),
            ("src/rank/lexrank.rs", "// not crate::stance", None),
            ("src/write/text/mod.rs", "use super::markdown; use super::super::model;", None),
            ("src/prepare/mod.rs", "use crate::{rank, people};", None),
            ("src/prepare/mod.rs", "use crate::summary::evidence;", Some("summary")),
            ("src/compare/mod.rs", "use crate::summary::evidence;", None),
            ("src/compare/mod.rs", "use crate::page::Page;", Some("page")),
            ("src/pipeline.rs", "use crate::{answer, read, write, Error};", None),
            ("src/pipeline.rs", "use crate::corpus::Corpus;", Some("corpus")),
            ("src/attic/mod.rs", "", Some("attic")),
            ("cli/src/archive/mod.rs", "use rapporteur::pipeline; use crate::io::files;", Some("io")),
            ("cli/src/io/input.rs", "use crate::args::Common;", Some("args")),
            ("cli/src/run/mod.rs", "use crate::{io, archive, tables};", None),
            ("cli/src/run/mod.rs", "use crate::args::Common;", Some("args")),
            ("cli/src/commands/run.rs", "use crate::{args, run};", None),
            ("cli/src/attic.rs", "", Some("attic")),
        ];
        for (path, text, culprit) in cases {
            let found = forbidden_dependencies(&file(path, text));
            assert_eq!(found.len(), usize::from(culprit.is_some()), "{path}: {text}: {found:?}");
            assert!(culprit.is_none_or(|name| found[0].contains(&format!("`{name}`"))), "{found:?}");
        }
    }

    #[test]
    fn on_a_core_that_opens_files() {
        for (path, text, complaints) in [
            ("src/read/vtt.rs", "fn f() { std::fs::read(path) }", 1),
            ("src/read/vtt.rs", "// not std::fs\n#[cfg(test)]\nmod tests {\n    use std::fs;\n}\n", 0),
            ("cli/src/io/input.rs", "use std::fs;", 0),
        ] {
            assert_eq!(outside(&file(path, text)).len(), complaints, "{path}: {text}");
        }
    }

    #[test]
    fn on_a_file_without_a_row() {
        let table = "mod a;\nmod b;\n#[cfg(test)]\nmod tests;\npub const T: &[R] = &[\n    a::ROW,\n];\n";
        let row = "const ROW: R";
        let mut files = vec![
            file("src/x/mod.rs", table),
            file("src/x/a.rs", row),
            file("src/x/b.rs", ""),
            file("src/x/tests.rs", row),
        ];
        assert_eq!(missing_rows(&files, "x", "T", row), Vec::<String>::new());
        files.push(file("src/x/c/mod.rs", row));
        assert_eq!(missing_rows(&files, "x", "T", row), ["src/x/c is no row of T in src/x/mod.rs"]);
        assert!(missing_rows(&files, "y", "T", row)[0].contains("no src/y/mod.rs"));
        assert!(missing_rows(&files, "x", "T", "const OTHER")[0].contains("no file of src/x has"));
        assert_eq!(missing_rows(&files, "x", "OTHER", row).len(), 2);
    }

    #[test]
    fn on_an_unwrap_but_not_in_tests() {
        let good = "fn a() {}\n#[cfg(test)]\nmod examples;\n#[cfg(test)]\nmod tests {\n    a.unwrap();\n}\n";
        assert_eq!(unwraps(&file("a.rs", good)), Vec::<String>::new());
        for bad in ["    x.unwrap();", "    x.expect(\"y\");"] {
            assert_eq!(unwraps(&file("a.rs", &format!("{good}{bad}\n"))).len(), 1);
        }
    }

    #[test]
    fn on_commands_of_a_page() {
        let page = "rapporteur out\n```\n$ rapporteur ask x | head --lines 3\n\
            cargo run --release -- inspect fixtures/a\nls\n```\n";
        assert_eq!(commands(page), [vec!["ask", "x"], vec!["inspect", "fixtures/a"]]);
    }
}
