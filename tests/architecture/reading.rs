//! The text is read once: after `text`, no module divides speech into words or changes its case.

use super::{File, hold, paths_after, sources, test_modules, without_tests};

/// The modules that work on speech which `text` has read.
const AFTER_TEXT: &[&str] =
    &["people", "issues", "stance", "rank", "prepare", "summary", "answer", "compare", "page"];

/// What divides text into words or changes its case; the last two do so in labels.
const CALLS: &[&str] = &[
    "to_lowercase",
    "to_ascii_lowercase",
    "split_whitespace",
    "split_ascii_whitespace",
    "unicode_word",
    "folded(",
    "folded_words(",
];

/// Functions of `text` and `language` that do, for what is no session.
const FUNCTIONS: &[&str] =
    &["words", "normalize", "spoken", "split", "name_words", "fold_name", "read_label"];

/// Files and folders that may, each with what they divide: none of it is the speech of the session.
const EXCEPTIONS: &[(&str, &str)] = &[
    ("src/issues/found.rs", "labels of issues, which are compared by their letters"),
    ("src/issues/headings.rs", "titles of agenda items"),
    ("src/issues/list.rs", "lists of issues that users give"),
    ("src/prepare/scope.rs", "names of speakers that users give"),
    ("src/compare/repeats.rs", "positions of an archive, of which no tokens are kept"),
    ("src/stance/lexicon.rs", "lists of phrases"),
    ("src/people/affiliations/phrases.rs", "lists of phrases"),
    ("src/people/floor_phrases.rs", "lists of phrases"),
    ("src/people/labels/", "labels of speakers"),
    ("src/people/lookalikes.rs", "labels of speakers"),
    ("src/people/aliases.rs", "names of speakers and of whom they speak for"),
    ("src/people/directory.rs", "names that lists of attendees give"),
    ("src/people/stakeholders.rs", "names that lists of attendees give"),
    ("src/people/mentions.rs", "questions that users ask"),
    ("src/people/mentions/collect.rs", "labels of speakers"),
    ("src/people/organisations.rs", "labels; the words of speech are those of the session"),
    ("src/people/organisations/usual.rs", "names that lists of attendees and users give"),
    ("src/prepare/pseudonyms.rs", "what labels of speakers have in brackets, and names"),
    ("src/people/roster.rs", "names that users give"),
    ("src/people/roster/", "names that users give"),
];

#[test]
fn no_stage_reads_text_again() {
    let files = sources();
    let tests = test_modules(&files);
    let is_exempt = |path: &str| {
        EXCEPTIONS.iter().any(|(known, _)| covers(known, path))
            || tests.iter().any(|test| path.starts_with(test))
    };
    hold(|file| if is_exempt(&file.path) { vec![] } else { reads_again(file) });
}

#[test]
fn every_exception_is_one() {
    let files = sources();
    for (path, reason) in EXCEPTIONS {
        let mut covered = files.iter().filter(|file| covers(path, &file.path));
        assert!(covered.any(|file| !reads_again(file).is_empty()), "{path} ({reason}) is no exception");
    }
}

/// Whether an exception is that of a file: of the file itself, or of the folder that it is in.
fn covers(exception: &str, path: &str) -> bool {
    if exception.ends_with('/') { path.starts_with(exception) } else { path == exception }
}

/// Where a file of a module after `text` divides text or changes its case.
fn reads_again(file: &File) -> Vec<String> {
    let module = file.path.strip_prefix("src/").and_then(|path| path.split(['/', '.']).next());
    if !module.is_some_and(|module| AFTER_TEXT.contains(&module)) {
        return Vec::new();
    }
    let code = without_tests(&file.text);
    let lines: Vec<&str> = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let calls = CALLS.iter().filter(|call| lines.iter().any(|line| line.contains(*call)));
    let mut found: Vec<String> = calls.map(|call| format!("calls {call}, which `text` has done")).collect();
    for foundation in ["text", "language"] {
        let mut used = paths_after(&code, &format!("crate::{foundation}::"));
        used.extend(paths_after(&code, &format!("{foundation}::")));
        let again = used.iter().filter(|name| FUNCTIONS.contains(&name.as_str()));
        found.extend(again.map(|name| format!("uses {foundation}::{name}: ask the token table")));
    }
    found
}

#[test]
fn the_rule_can_fail() {
    for (path, text, complaints) in [
        ("src/rank/lead.rs", "fn f(t: &str) { t.to_lowercase(); }", 1),
        ("src/rank/lead.rs", "fn f(t: &str) { t.split_whitespace().map(str::to_lowercase); }", 2),
        ("src/rank/lead.rs", "// not to_lowercase\n#[cfg(test)]\nmod tests {\n    to_lowercase()\n}\n", 0),
        ("src/answer/mod.rs", "use crate::text::{Tokens, words};", 1),
        ("src/answer/mod.rs", "use crate::text; fn f() { text::normalize(word) }", 1),
        ("src/answer/mod.rs", "use crate::text::{read_line, runs};", 0),
        ("src/people/floor.rs", "fn f(t: &str) { folded_words(t); }", 1),
        ("src/people/floor.rs", "use crate::text::name_words as divide;", 1),
        ("src/text/query.rs", "fn f(t: &str) { t.to_lowercase(); }", 0),
        ("src/read/plain.rs", "fn f(t: &str) { t.split_whitespace(); }", 0),
    ] {
        let found = reads_again(&File { path: path.into(), text: text.into() });
        assert_eq!(found.len(), complaints, "{path}: {text}: {found:?}");
    }
}
