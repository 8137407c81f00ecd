//! Globs over file names of any bytes: `*`, `?` and `[…]` within a name, `**` for folders at any depth.

use std::path::{Path, PathBuf};

use glob::{MatchOptions, Pattern, PatternError};

/// Hidden files match only where the pattern says so.
const OPTIONS: MatchOptions =
    MatchOptions { case_sensitive: true, require_literal_separator: true, require_literal_leading_dot: true };

/// What matches a pattern, in the order of the names.
///
/// # Errors
/// When it is no pattern.
pub(crate) fn matches(pattern: &str) -> Result<Vec<PathBuf>, PatternError> {
    Pattern::new(pattern)?;
    let root = if pattern.starts_with('/') { PathBuf::from("/") } else { PathBuf::new() };
    let mut found = vec![root];
    for part in pattern.split('/').filter(|part| !part.is_empty()) {
        let mut next = Vec::new();
        for folder in found {
            if part == "**" {
                add_folders(folder, &mut next);
            } else if part.contains(['*', '?', '[']) {
                let part = Pattern::new(part)?;
                let is_match = |name: &str| part.matches_with(name, OPTIONS);
                next.extend(entries(&folder).into_iter().filter(|path| is_match(&name_of(path))));
            } else {
                next.push(folder.join(part));
            }
        }
        found = next;
    }
    found.retain(|path| path.symlink_metadata().is_ok());
    found.sort();
    found.dedup();
    Ok(found)
}

/// A folder and all folders in it that are not hidden. Links are not followed: they may lead back.
fn add_folders(folder: PathBuf, folders: &mut Vec<PathBuf>) {
    let inner = entries(&folder).into_iter();
    for inner in inner.filter(|path| path.is_dir() && !path.is_symlink() && !name_of(path).starts_with('.')) {
        add_folders(inner, folders);
    }
    folders.push(folder);
}

/// The entries of a folder; none where it is none, or may not be read.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let entries = std::fs::read_dir(here).into_iter().flatten().filter_map(Result::ok);
    entries.map(|entry| folder.join(entry.file_name())).collect()
}

/// A name to match; what is no UTF-8 counts as one character.
fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_finds_names_of_any_bytes_and_folders_at_any_depth() {
        let folder = tempfile::TempDir::new().unwrap();
        let root = folder.path();
        std::fs::create_dir_all(root.join("a/b")).unwrap();
        let mut names = vec!["x.txt".into(), "a/y.txt".into(), "a/b/z.txt".into(), ".hidden.txt".into()];
        #[cfg(target_os = "linux")]
        names.push(std::os::unix::ffi::OsStringExt::from_vec(b"caf\xe9.txt".to_vec()));
        let names: Vec<std::ffi::OsString> = names;
        names.iter().for_each(|name| std::fs::write(root.join(name), "x").unwrap());
        let count = |pattern: &str| matches(&format!("{}/{pattern}", root.display())).unwrap().len();
        let n_any_bytes = names.len() - 4;
        for (pattern, expected) in [
            ("*.txt", 1 + n_any_bytes),
            ("caf?.txt", n_any_bytes),
            ("[xy].txt", 1),
            ("*/*.txt", 1),
            ("**/*.txt", 3 + n_any_bytes),
            ("a/**/z.txt", 1),
            (".*.txt", 1),
            ("x.txt", 1),
            ("none*", 0),
            ("none/*", 0),
        ] {
            assert_eq!(count(pattern), expected, "{pattern}");
        }
        assert!(matches("a[").is_err());
    }
}
