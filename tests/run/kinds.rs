//! One bad session among good ones, of each kind of bad.

use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::process::Command;

use super::support::{Folder, from_environment, leftovers};

/// Good sessions beside the bad one, unless the environment asks for others.
const SESSIONS: usize = 5;

/// A kind of bad input: the name of the file, how it is made, and what is said of it.
struct Bad {
    name: &'static str,
    make: Box<dyn Fn(&Path)>,
    reason: &'static str,
}

fn content(name: &'static str, content: impl Into<Vec<u8>>, reason: &'static str) -> Bad {
    let content = content.into();
    Bad { name, make: Box::new(move |path| fs::write(path, &content).unwrap()), reason }
}

fn made(name: &'static str, make: impl Fn(&Path) + 'static, reason: &'static str) -> Bad {
    Bad { name, make: Box::new(make), reason }
}

fn kinds() -> Vec<Bad> {
    let noise: Vec<u8> = (0..4000u32).map(|n| (n * 7919 % 256) as u8).collect();
    let picture = [b"\x89PNG\r\n\x1a\n".as_slice(), &noise].concat();
    let ebcdic: Vec<u8> = [0xc1, 0x95, 0x81, 0x7a, 0x40, 0xe6, 0x85, 0x25].repeat(300);
    let half = b"{\"id\": \"x\", \"turns\": [{\"speaker\": \"A\", \"te".as_slice();
    let entities = "<?xml version='1.0'?>\n<!DOCTYPE TEI [<!ENTITY a 'aaaa'>]>\n<TEI><text>&a;</text></TEI>";
    vec![
        content("empty.txt", "", "empty"),
        content("blank.txt", " \n\n \n", "empty"),
        content("prose.txt", "There is nothing here but prose, and no voice that says it.\n", "no turns"),
        content("picture.txt", picture, "binary"),
        content("noise.txt", noise, "noise.txt"),
        content("zero.txt", vec![0; 3000], "zero.txt"),
        content("ebcdic.txt", ebcdic, "ebcdic.txt"),
        content("long.txt", "word ".repeat(1 << 16), "no turns"),
        content("half.jsonl", half, "no turns"),
        content("silent.jsonl", "{\"id\": \"x\", \"turns\": []}\n", "no"),
        content("broken.xml", "<?xml version=\"1.0\"?><TEI><text>", "no readable tei"),
        content("entities.xml", entities, "DOCTYPE"),
        content("page.html", "<html><body><p>Hello</p></body></html>", "no turns"),
        content("cut.docx", b"PK\x03\x04 this is no archive".as_slice(), "ZIP"),
        content("locked.docx", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 EncryptedPackage".as_slice(), "password"),
        content("bomb.docx", zip_bomb(), "larger than"),
        made("huge.txt", |path| fs::File::create(path).unwrap().set_len(1 << 34).unwrap(), "large"),
        made("folder.txt", |path| fs::create_dir(path).unwrap(), "this is a folder"),
        #[cfg(unix)]
        made("nowhere.txt", |path| std::os::unix::fs::symlink("/nowhere", path).unwrap(), "check the path"),
        #[cfg(unix)]
        made("itself.txt", |path| std::os::unix::fs::symlink("itself.txt", path).unwrap(), "itself.txt"),
        #[cfg(unix)]
        made("pipe.txt", pipe, "a pipe, a socket or a device"),
        #[cfg(unix)]
        made("locked.txt", locked, "check who may read it"),
    ]
}

/// More spaces than are unpacked, in an archive of a few kilobytes.
fn zip_bomb() -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
    std::io::copy(&mut std::io::repeat(b' ').take((1 << 27) + 1), &mut archive).unwrap();
    archive.flush().unwrap();
    archive.finish().unwrap().into_inner()
}

#[cfg(unix)]
fn pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

#[cfg(unix)]
fn locked(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    fs::write(path, super::support::panel(7)).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o000)).unwrap();
}

#[test]
fn one_bad_session_never_stops_the_rest_and_its_reason_is_named() {
    let sessions = from_environment("BAD_SESSIONS", SESSIONS);
    let (mut n_kinds, mut n_skipped) = (0, 0);
    for Bad { name, make, reason } in kinds() {
        let folder = Folder::with_sessions(sessions);
        let path = folder.path(&format!("inbox/{name}"));
        make(&path);
        if name == "locked.txt" && fs::read(&path).is_ok() {
            eprintln!("skipped: whoever runs this may read every file");
            n_skipped += 1;
            continue;
        }
        // What is named has to be a transcript; what a glob finds may be something else.
        let named = format!("inbox/{name}");
        let inputs = if path.is_dir() { vec!["inbox/*.*"] } else { vec!["inbox/*.*", &named] };
        let said = folder.run(&[&["run", "position-brief"], inputs.as_slice()].concat(), 1);
        let summary = format!("{} inputs: {sessions} done, 1 failed", sessions + 1);
        assert!(said.contains(&summary), "{name}: {said}");
        let line = said.lines().find(|line| line.starts_with("error: ")).unwrap();
        assert!(line.contains(&format!("inbox/{name}")) && line.contains(reason), "{name}: {line}");
        assert_eq!(said.matches("error: ").count(), 1, "{name}: {said}");
        assert_eq!(folder.content("out").len(), 2 * sessions, "{name}");
        assert_eq!(leftovers(&folder), Vec::<String>::new());
        n_kinds += 1;
    }
    eprintln!("{n_kinds} kinds of bad input, each among {sessions} that were done");
    assert!(n_kinds >= 20 && n_skipped <= 1, "{n_kinds} kinds, {n_skipped} skipped");
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_named_in_a_folder_too() {
    let folder = Folder::with_sessions(2);
    pipe(&folder.path("inbox/pipe.txt"));
    std::os::unix::fs::symlink("/nowhere", folder.path("inbox/nowhere.txt")).unwrap();
    fs::create_dir(folder.path("inbox/older")).unwrap();
    let said = folder.run(&["run", "position-brief"], 1);
    assert!(said.contains("4 inputs: 2 done, 2 failed"), "{said}");
    assert!(
        said.contains("error: inbox/pipe.txt: ") && said.contains("error: inbox/nowhere.txt: "),
        "{said}"
    );
}
