//! Putting a finished folder in its place: all of it, or nothing.
//!
//! Where the system can, the new folder and the old one change places in one step; what others keep in
//! the old one comes along. Where it cannot, or where that would take the ground from under a working
//! directory, the files are moved one by one with a journal: what fails is undone, and what a killed
//! process had begun is finished by the next one.
//!
//! `SHA256SUMS` lists the files that were written. A file that is there is ours as long as it is as
//! listed.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use rapporteur::{Error, Result};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::io::files::temporary::{self, TemporaryFolder};
use crate::io::files::{may_replace, paths, writes_over};

/// The file that lists all others with their digests, for `sha256sum --check` too.
pub(crate) const SUMS: &str = "SHA256SUMS";

/// The first line of the list.
const SUMS_HEAD: &str = "# Written by rapporteur, which replaces these files while they are as listed";

/// What is being moved, in the folder that it is moved from.
const JOURNAL: &str = ".journal";

/// Where files are kept that make room, until all is done.
const OLD: &str = ".old";

/// Files that are moved from one folder to another.
#[derive(Debug, Serialize, Deserialize)]
struct Move {
    /// The name of the other folder, beside the one that they are moved from; `..` for the one around it.
    to: String,
    names: Vec<String>,
    /// Files of ours that go.
    stale: Vec<String>,
}

/// Whether files of these names may be written into a folder.
///
/// # Errors
/// When it holds a file that the command reads, or one of these names that is not ours.
pub(crate) fn check(target: &Path, names: &[String], force: bool) -> Result<()> {
    writes_over(target)?;
    let listed = sums(target);
    for name in names {
        let path = target.join(name);
        let Ok(metadata) = path.symlink_metadata() else { continue };
        if metadata.is_dir() {
            return Err(Error::usage("this is a folder, and a file of this name is to be written")
                .in_file(&paths::text(&path))
                .remedy("write to another folder"));
        }
        let is_ours = if name == SUMS { !listed.is_empty() } else { is_listed(&listed, name, &path) };
        may_replace(&path, force, is_ours)?;
    }
    Ok(())
}

/// The files of ours in a folder that are none of these.
pub(crate) fn stale(target: &Path, names: &[String]) -> Vec<String> {
    let listed = sums(target);
    let others = listed.keys().filter(|name| !names.contains(name));
    others.filter(|name| is_listed(&listed, name, &target.join(name))).cloned().collect()
}

/// Lists files with their digests.
///
/// # Errors
/// When one cannot be read.
pub(crate) fn list(folder: &Path, names: &[String]) -> io::Result<String> {
    let mut text = format!("{SUMS_HEAD}\n");
    for name in names {
        text.push_str(&format!("{}  {name}\n", digest(&folder.join(name))?));
    }
    Ok(text)
}

/// The digests of the files that a folder's list names; none where the list is not ours.
fn sums(folder: &Path) -> BTreeMap<String, String> {
    let text = fs::read_to_string(folder.join(SUMS)).unwrap_or_default();
    let mut lines = text.lines();
    if lines.next() != Some(SUMS_HEAD) {
        return BTreeMap::new();
    }
    let pairs = lines.filter_map(|line| line.split_once("  "));
    let plain = pairs.filter(|(_, name)| is_plain(name));
    plain.map(|(digest, name)| (name.to_owned(), digest.to_owned())).collect()
}

/// Whether a name is that of a file in the folder itself.
fn is_plain(name: &str) -> bool {
    !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\'])
}

fn is_listed(listed: &BTreeMap<String, String>, name: &str, path: &Path) -> bool {
    listed.get(name).is_some_and(|known| digest(path).is_ok_and(|found| found == *known))
}

fn digest(path: &Path) -> io::Result<String> {
    let (mut file, mut sha256) = (File::open(path)?, Sha256::new());
    let mut bytes = vec![0; 1 << 16];
    loop {
        match file.read(&mut bytes)? {
            0 => return Ok(sha256.finalize().iter().map(|byte| format!("{byte:02x}")).collect()),
            length => sha256.update(bytes.get(..length).unwrap_or(&[])),
        }
    }
}

/// Puts the files of a folder in the place of another.
///
/// # Errors
/// When they cannot be put there; all is as before then.
pub(crate) fn place(
    from: &TemporaryFolder,
    target: &Path,
    names: &[String],
    stale: &[String],
) -> io::Result<()> {
    let _step = temporary::step();
    if target.symlink_metadata().is_err() {
        fs::rename(from.path(), target)?;
    } else if !exchange(from.path(), target, names, stale) {
        move_each(from.path(), target, names, stale)?;
    }
    temporary::sync(target.parent());
    Ok(())
}

/// Lets two folders change places, unless that is not possible here.
fn exchange(from: &Path, target: &Path, names: &[String], stale: &[String]) -> bool {
    let is_worked_in = || -> io::Result<bool> {
        Ok(std::env::current_dir()?.canonicalize()?.starts_with(target.canonicalize()?))
    };
    if is_worked_in().unwrap_or(true) || from.parent() != target.parent() {
        return false;
    }
    let mut brought = Vec::new();
    let done = bring(from, target, names, stale, &mut brought).and_then(|()| {
        fs::set_permissions(from, fs::metadata(target)?.permissions())?;
        swap(from, target)
    });
    if done.is_err() {
        for path in brought {
            let _ = fs::remove_file(path);
        }
    }
    done.is_ok()
}

/// Brings what others keep in a folder into the one that takes its place.
fn bring(
    from: &Path,
    target: &Path,
    names: &[String],
    stale: &[String],
    brought: &mut Vec<PathBuf>,
) -> io::Result<()> {
    for entry in fs::read_dir(target)? {
        let entry = entry?;
        let name = entry.file_name();
        if name.to_str().is_some_and(|name| names.iter().chain(stale).any(|known| known == name)) {
            continue;
        }
        let there = from.join(&name);
        // A folder cannot be in two places, so that it is an error.
        fs::hard_link(entry.path(), &there)?;
        brought.push(there);
    }
    Ok(())
}

#[cfg(any(target_os = "linux", target_os = "android", target_os = "macos"))]
fn swap(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).map_err(io::Error::from)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_os = "macos")))]
fn swap(_one: &Path, _other: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Moves files one by one; where one cannot be moved, those before it are moved back.
fn move_each(from: &Path, target: &Path, names: &[String], stale: &[String]) -> io::Result<()> {
    write_journal(from, target, names, stale)?;
    let old = from.join(OLD);
    fs::create_dir(&old)?;
    let mut moved: Vec<(PathBuf, PathBuf)> = Vec::new();
    let made_room = names.iter().chain(stale).map(|name| (target.join(name), old.join(name)));
    let made_room = made_room.filter(|(there, _)| there.symlink_metadata().is_ok());
    let put = names.iter().map(|name| (from.join(name), target.join(name)));
    for (source, place) in made_room.collect::<Vec<_>>().into_iter().chain(put) {
        if let Err(error) = fs::rename(&source, &place) {
            for (source, place) in moved.iter().rev() {
                let _ = fs::rename(place, source);
            }
            let _ = fs::remove_file(from.join(JOURNAL));
            return Err(error);
        }
        moved.push((source, place));
    }
    temporary::sync(Some(target));
    fs::remove_file(from.join(JOURNAL))
}

fn write_journal(from: &Path, target: &Path, names: &[String], stale: &[String]) -> io::Result<()> {
    let parent = from.parent();
    let to = match target.file_name().and_then(|name| name.to_str()) {
        Some(name) if parent == target.parent() => name.to_owned(),
        _ if parent == Some(target) => "..".to_owned(),
        // Files that another process moves elsewhere have to be moved by it again.
        _ => return File::create(from.join(JOURNAL)).map(drop),
    };
    let journal = Move { to, names: names.to_vec(), stale: stale.to_vec() };
    let unfinished = from.join(format!("{JOURNAL}-"));
    let mut file = File::create(&unfinished)?;
    file.write_all(&serde_json::to_vec(&journal)?)?;
    file.sync_all()?;
    fs::rename(unfinished, from.join(JOURNAL))
}

/// Finishes the move that a killed process had begun in a folder.
///
/// # Errors
/// When there was none, or a file cannot be moved.
pub(crate) fn resume(from: &Path) -> io::Result<()> {
    let journal: Move = serde_json::from_slice(&fs::read(from.join(JOURNAL))?)?;
    let parent = from.parent().unwrap_or(Path::new("."));
    let target = if journal.to == ".." { parent.to_owned() } else { parent.join(&journal.to) };
    let is_named = journal.to == ".." || is_plain(&journal.to);
    if !is_named || !journal.names.iter().chain(&journal.stale).all(|name| is_plain(name)) {
        return Err(io::ErrorKind::InvalidData.into());
    }
    if !have_one_owner(from, &target)? {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    for name in journal.names.iter().filter(|name| from.join(name).symlink_metadata().is_ok()) {
        fs::rename(from.join(name), target.join(name))?;
    }
    for name in &journal.stale {
        // It may have been moved before.
        let _ = fs::remove_file(target.join(name));
    }
    Ok(())
}

/// Whether two folders belong to the same user: a journal of somebody else is not followed.
#[cfg(unix)]
fn have_one_owner(one: &Path, other: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    Ok(fs::symlink_metadata(one)?.uid() == fs::metadata(other)?.uid())
}

#[cfg(not(unix))]
fn have_one_owner(_one: &Path, _other: &Path) -> io::Result<bool> {
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    /// A folder with an older table, a stale one and a note, and a new table beside it.
    fn example(root: &Path) -> (TemporaryFolder, PathBuf) {
        let target = root.join("tables");
        fs::create_dir(&target).unwrap();
        for (name, text) in [("positions.csv", "old"), ("stances.csv", "old"), ("note.txt", "mine")] {
            fs::write(target.join(name), text).unwrap();
        }
        let from = TemporaryFolder::new(root).unwrap();
        fs::write(from.path().join("positions.csv"), "new").unwrap();
        (from, target)
    }

    fn content(folder: &Path) -> Vec<(String, String)> {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
        let mut content: Vec<_> = entries
            .map(|entry| {
                let name = entry.file_name().into_string().unwrap();
                (name, fs::read_to_string(entry.path()).unwrap_or_default())
            })
            .collect();
        content.sort();
        content
    }

    fn after() -> Vec<(String, String)> {
        vec![("note.txt".into(), "mine".into()), ("positions.csv".into(), "new".into())]
    }

    #[test]
    fn a_folder_is_swapped_in_with_what_others_keep_in_it() {
        for has_subfolder in [false, true] {
            let root = tempfile::TempDir::new().unwrap();
            let (from, target) = example(root.path());
            if has_subfolder {
                fs::create_dir(target.join("older")).unwrap();
            }
            place(&from, &target, &names(&["positions.csv"]), &names(&["stances.csv"])).unwrap();
            drop(from);
            let found: Vec<_> = content(&target).into_iter().filter(|(name, _)| name != "older").collect();
            assert_eq!(found, after());
            assert_eq!(target.join("older").exists(), has_subfolder);
            assert_eq!(content(root.path()).len(), 1, "{:?}", content(root.path()));
        }
    }

    #[test]
    fn a_move_that_fails_in_the_middle_is_undone() {
        let root = tempfile::TempDir::new().unwrap();
        let (from, target) = example(root.path());
        let before = content(&target);
        let wanted = names(&["positions.csv", "missing.csv"]);
        assert!(move_each(from.path(), &target, &wanted, &names(&["stances.csv"])).is_err());
        assert_eq!(content(&target), before);
    }

    #[test]
    fn a_move_that_was_killed_is_finished_by_the_next_process() {
        for n_done in 0..3 {
            let root = tempfile::TempDir::new().unwrap();
            let (from, target) = example(root.path());
            let (wanted, stale) = (names(&["positions.csv"]), names(&["stances.csv"]));
            // What a process leaves behind that is killed: no lock that is held, and no registration.
            let dead = root.path().join(".rapporteur-tmp-dead.d");
            fs::create_dir(&dead).unwrap();
            fs::rename(from.path().join("positions.csv"), dead.join("positions.csv")).unwrap();
            write_journal(&dead, &target, &wanted, &stale).unwrap();
            fs::create_dir(dead.join(OLD)).unwrap();
            for name in ["positions.csv", "stances.csv"].iter().take(n_done) {
                fs::rename(target.join(name), dead.join(OLD).join(name)).unwrap();
            }
            drop(from);
            temporary::clear(root.path());
            assert_eq!(content(&target), after());
            assert!(!dead.exists());
        }
    }

    #[test]
    fn a_journal_leads_to_no_other_folder() {
        let root = tempfile::TempDir::new().unwrap();
        for (to, name) in
            [("../elsewhere", "a.csv"), ("tables", "../a.csv"), ("", "a.csv"), (".hidden", "a.csv")]
        {
            let dead = root.path().join("dead");
            let _ = fs::create_dir(&dead);
            let journal = Move { to: to.to_owned(), names: names(&[name]), stale: Vec::new() };
            fs::write(dead.join(JOURNAL), serde_json::to_vec(&journal).unwrap()).unwrap();
            assert!(resume(&dead).is_err(), "{to} {name}");
        }
    }

    #[test]
    fn a_file_is_ours_as_long_as_it_is_as_listed() {
        let root = tempfile::TempDir::new().unwrap();
        let folder = root.path();
        let (wanted, forced) = (names(&["a.csv", SUMS]), true);
        assert!(check(folder, &wanted, false).is_ok());
        fs::write(folder.join("a.csv"), "a").unwrap();
        assert!(check(folder, &wanted, false).is_err());
        assert!(check(folder, &wanted, forced).is_ok());
        fs::write(folder.join(SUMS), list(folder, &names(&["a.csv"])).unwrap()).unwrap();
        assert!(check(folder, &wanted, false).is_ok());
        assert_eq!(stale(folder, &names(&["b.csv"])), ["a.csv"]);
        fs::write(folder.join("a.csv"), "corrected").unwrap();
        assert!(check(folder, &wanted, false).is_err());
        assert_eq!(stale(folder, &names(&["b.csv"])), Vec::<String>::new());
        fs::write(folder.join(SUMS), "0000  a.csv\n").unwrap();
        assert!(check(folder, &names(&[SUMS]), false).is_err());
    }
}
