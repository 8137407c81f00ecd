//! What cannot be read: each refusal says what, where and what to do, and ends with 1.

use std::io::{Cursor, Read, Write};
use std::process::{Command, Stdio};

use super::rapporteur;

/// A source that is refused: its name, its content, and what the message must hold: what is wrong
/// and what to do.
struct Refused {
    name: &'static str,
    content: Vec<u8>,
    what: &'static str,
    remedy: &'static str,
}

fn refused(
    name: &'static str,
    content: impl Into<Vec<u8>>,
    what: &'static str,
    remedy: &'static str,
) -> Refused {
    Refused { name, content: content.into(), what, remedy }
}

fn cases() -> Vec<Refused> {
    let entities = "<?xml version='1.0'?>\n<!DOCTYPE TEI [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;'>]>\n\
        <TEI><text><body><u who='#x'>&b;</u></body></text></TEI>";
    let long = format!("Ann Lee: {}", "one word and then another. ".repeat(4000));
    vec![
        refused(
            "photo.png",
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01".as_slice(),
            "binary",
            "export",
        ),
        refused(
            "record.pdf",
            b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj".as_slice(),
            "broken",
            "print it",
        ),
        refused("record.rtf", b"{\\rtf1\\ansi Ann Lee: We oppose it.}".as_slice(), "RTF", "DOCX"),
        refused("tool", b"\x7FELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0".as_slice(), "binary", "export"),
        refused("call.vtt.gz", b"\x1F\x8B\x08\0\0\0\0\0\0\x03\x0B\x77\x0D".as_slice(), "binary", "export"),
        refused(
            "locked.docx",
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 EncryptedPackage".as_slice(),
            "password",
            "save it",
        ),
        refused("book.xlsx", zipped("xl/workbook.xml", b"<x/>"), "without a Word document", "unpack"),
        refused("cut.docx", b"PK\x03\x04\x14\0\0\0\x08\0".as_slice(), "ZIP", "unpack"),
        refused("bomb.docx", zip_bomb(), "larger than", "split"),
        refused("bomb.xml", entities, "bomb.xml:2: ", "DOCTYPE"),
        refused(
            "other.xml",
            "<!DOCTYPE l [<!ENTITY a 'b'>]>\n<l>&a;</l>",
            "outermost element <l>",
            "save it",
        ),
        refused("deep.html", format!("<html><body>{}", "<div>".repeat(5_000)), "levels deep", "save"),
        refused(
            "full.html",
            format!("<html><body>{}", "<br>".repeat(1_000_001)),
            "elements and texts",
            "save",
        ),
        refused("deep.json", "{\"segments\":".repeat(20_000), "no turns", "mark each turn"),
        refused("spaces.xml", many_prefixes(), "spaces.xml:258: ", "in the outermost element"),
        refused("deep.xml", format!("<TEI><text>{}", "<p>".repeat(20_000)), "no readable tei", "complete"),
        refused("empty.txt", "", "empty", "check that the source"),
        refused("blank.vtt", " \n\n", "empty", "check that the source"),
        refused("prose.txt", "Nobody speaks here.\nNot a word: none.\n", "no line begins", "\"Name: text\""),
        refused(
            "silent.vtt",
            "WEBVTT\n\n00:01.000 --> 00:02.000\n \n",
            "no cue says a word",
            "--input-format",
        ),
        refused(
            "silent.srt",
            "1\n00:00:01,000 --> 00:00:02,000\n<i></i>\n",
            "no subtitle says a word",
            "--input-format",
        ),
        refused(
            "silent.json",
            "{\"segments\": [{\"start\": 0, \"text\": \"\"}]}",
            "holds what was said",
            "name the transcript",
        ),
        refused(
            "people.json",
            "[{\"label\": \"0\", \"name\": \"Ann Lee\"}, {\"label\": \"1\", \"name\": \"Bo Ek\"}]",
            "list of people",
            "name the transcript",
        ),
        refused("silent.jsonl", "{\"id\": \"x\", \"turns\": []}\n", "no", "check"),
        refused("silent.csv", "id,comment\n1,One.\n", "no column for speaker", "name the columns"),
        refused("silent.html", "<html><body><p>One.</p></body></html>", "no turns", "check"),
        refused("alone.txt", long, "single speaker \"Ann Lee\"", "\"Name: text\""),
    ]
}

/// A TEI document that declares 257 prefixes of namespaces, a line each.
fn many_prefixes() -> String {
    let opened: String = (0..257).map(|n| format!("<p xmlns:n{n}='urn:n{n}'>\n")).collect();
    format!("<TEI>\n{opened}<u who='#x'>One.</u>{}</TEI>", "</p>".repeat(257))
}

fn zipped(name: &str, content: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
    archive.write_all(content).unwrap();
    archive.finish().unwrap().into_inner()
}

/// More spaces than are unpacked, in an archive of a few kilobytes.
fn zip_bomb() -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
    std::io::copy(&mut std::io::repeat(b' ').take((1 << 27) + 1), &mut archive).unwrap();
    archive.finish().unwrap().into_inner()
}

fn check(folder: &std::path::Path, case: &Refused) {
    std::fs::write(folder.join(case.name), &case.content).unwrap();
    let output = rapporteur(folder).args(["summarize", case.name]).output().unwrap();
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{}: {message}", case.name);
    assert!(message.starts_with(&format!("error: {}", case.name)), "{message}");
    assert_eq!(message.lines().count(), 1, "{message}");
    for part in [case.what, case.remedy] {
        assert!(message.contains(part), "{}: {part:?} is missing in {message}", case.name);
    }
    assert!(output.stdout.is_empty());
}

#[test]
fn every_refusal_says_what_where_and_what_to_do() {
    let folder = tempfile::TempDir::new().unwrap();
    let cases = cases();
    assert!(cases.len() > 20);
    cases.iter().for_each(|case| check(folder.path(), case));
}

#[test]
fn a_method_that_compares_each_sentence_with_each_refuses_more_than_its_bound() {
    let folder = tempfile::TempDir::new().unwrap();
    let said: String = (0..6001).map(|n| format!("We want {n} more berths in the harbour. ")).collect();
    std::fs::write(folder.path().join("long.txt"), format!("Ann Lee: {said}\nBo Ek: We do not.\n")).unwrap();
    for method in ["lexrank", "textrank"] {
        let output =
            rapporteur(folder.path()).args(["summarize", "long.txt", "--method", method]).output().unwrap();
        let message = String::from_utf8_lossy(&output.stderr);
        assert_ne!(output.status.code(), Some(0), "{message}");
        let reason =
            format!("{method} compares each sentence with each and takes at most 6000; Ann Lee has 6001");
        assert!(message.contains(&reason) && message.contains("position or centroid"), "{message}");
    }
    let listed = rapporteur(folder.path()).arg("methods").output().unwrap().stdout;
    let listed = String::from_utf8(listed).unwrap();
    assert_eq!(listed.matches("compares each sentence with each: at most 6000 of a voice").count(), 2);
}

#[test]
fn what_is_not_there_or_no_file_is_refused() {
    let folder = tempfile::TempDir::new().unwrap();
    let message = |path: &str| {
        let output = rapporteur(folder.path()).args(["inspect", path]).output().unwrap();
        assert_eq!(output.status.code(), Some(1));
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(message("missing.txt").contains("check the path"));
    #[cfg(target_os = "linux")]
    assert!(message("/proc/self/mem").starts_with("error: /proc/self/mem: "));
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("secret.txt");
    std::fs::write(&path, "Ann: One.\nBo: Two.\n").unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o000)).unwrap();
    if std::fs::File::open(&path).is_ok() {
        eprintln!("skipped: this user may read everything");
        return;
    }
    let output = rapporteur(folder.path()).args(["inspect", "secret.txt"]).output().unwrap();
    assert!(String::from_utf8_lossy(&output.stderr).contains("check who may read it"));
}

#[test]
fn a_file_larger_than_a_reader_takes_is_refused_unread() {
    let folder = tempfile::TempDir::new().unwrap();
    let file = std::fs::File::create(folder.path().join("line.txt")).unwrap();
    // A file with a hole takes no room on the disk.
    file.set_len(4 << 30).unwrap();
    let output = rapporteur(folder.path()).args(["inspect", "line.txt"]).output().unwrap();
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(
        message,
        "error: line.txt: this is no readable transcript: it is larger than 512 MiB; split it into files \
        of one session each, or of fewer sessions\n"
    );
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn an_endless_line_from_a_pipe_is_refused_when_it_is_too_long() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_rapporteur"))
        .args(["inspect", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut pipe = child.stdin.take().unwrap();
    let line = vec![b'a'; 1 << 20];
    // The program stops listening before four gigabytes are through.
    let n_written = (0..4096).take_while(|_| pipe.write_all(&line).is_ok()).count();
    drop(pipe);
    let mut message = String::new();
    child.stderr.take().unwrap().read_to_string(&mut message).unwrap();
    assert!(!child.wait().unwrap().success());
    assert!(n_written < 600, "{n_written} MiB were read");
    assert!(message.contains("larger than 512 MiB"), "{message}");
}
