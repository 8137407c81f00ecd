//! What a command may write to: nothing that it reads, nothing of others, no foreign extension.

use std::path::Path;

use super::support::{PANEL, WRITERS, content, expect, leftovers, office};

/// Ways to name a file that is read: its spellings, and links with an extension that is written.
fn names_of(root: &Path, file: &str, extension: &str) -> Vec<String> {
    let mut names = vec![
        file.to_owned(),
        format!("./{file}"),
        format!("sub/../{file}"),
        root.join(file).to_str().unwrap().to_owned(),
    ];
    let hard = format!("hard-{file}.{extension}");
    let _ = std::fs::hard_link(root.join(file), root.join(&hard));
    names.push(hard);
    #[cfg(unix)]
    {
        let soft = format!("soft-{file}.{extension}");
        let _ = std::os::unix::fs::symlink(root.join(file), root.join(&soft));
        let twice = format!("sub/twice-{file}.{extension}");
        let _ = std::os::unix::fs::symlink(format!("../{soft}"), root.join(&twice));
        names.extend([soft, twice]);
    }
    names
}

#[test]
fn no_command_writes_over_a_file_that_it_reads() {
    let folder = office();
    let root = folder.path();
    let mut n_tried = 0;
    for writer in WRITERS {
        for file in writer.reads {
            for extension in writer.extensions {
                for name in names_of(root, file, extension) {
                    let before = content(root);
                    for force in [&[][..], &["--force"]] {
                        let arguments = [writer.to(&name).as_slice(), force].concat();
                        let said = expect(root, &arguments, 2);
                        assert!(said.starts_with("error: "), "{said}");
                        assert!(content(root) == before, "{arguments:?} changed a file");
                        n_tried += 1;
                    }
                }
            }
        }
    }
    eprintln!("{n_tried} times a file was named as output that is read, and none was written over");
}

#[test]
fn a_file_of_somebody_is_replaced_by_force_alone_and_one_of_ours_at_once() {
    let folder = office();
    let root = folder.path();
    for writer in WRITERS {
        for extension in writer.extensions {
            let name = format!("out.{extension}");
            std::fs::write(root.join(&name), "My own notes.\n").unwrap();
            let said = expect(root, &writer.to(&name), 2);
            assert!(said.contains("--force"), "{said}");
            assert_eq!(std::fs::read(root.join(&name)).unwrap(), b"My own notes.\n");
            expect(root, &[writer.to(&name).as_slice(), &["--force"]].concat(), 0);
            let written = std::fs::read(root.join(&name)).unwrap();
            assert_ne!(written, b"My own notes.\n", "{:?}", writer.to(&name));
            expect(root, &writer.to(&name), if writer.is_known_again(extension) { 0 } else { 2 });
            assert!(std::fs::read(root.join(&name)).unwrap() == written, "{:?}", writer.to(&name));
            std::fs::remove_file(root.join(&name)).unwrap();
        }
    }
    assert!(leftovers(root).is_empty());
}

#[test]
fn an_extension_that_a_command_does_not_write_is_refused() {
    let folder = office();
    let root = folder.path();
    let before = content(root);
    for writer in WRITERS {
        for name in ["x.odt", "out.pdf", "out.xlsx", "brief.sqlite", "out.json.bak"] {
            let said = expect(root, &writer.to(name), 2);
            assert!(said.contains("it writes ."), "{said}");
        }
    }
    assert!(content(root) == before);
}

#[test]
fn an_output_without_extension_and_standard_output_are_allowed() {
    let folder = office();
    let root = folder.path();
    for writer in WRITERS.iter().filter(|writer| writer.flag == "-o") {
        let shown = expect(root, &writer.to("-"), 0);
        expect(root, &writer.to("plainly"), 0);
        let written = std::fs::read_to_string(root.join("plainly")).unwrap();
        assert!(shown.contains(written.trim_end()), "{:?}", writer.arguments);
        std::fs::remove_file(root.join("plainly")).unwrap();
        assert!(!root.join("-").exists());
    }
}

#[test]
fn a_folder_with_something_that_is_read_takes_no_tables() {
    let folder = office();
    let root = folder.path();
    std::fs::create_dir(root.join("d")).unwrap();
    std::fs::rename(root.join("panel.txt"), root.join("d/panel.txt")).unwrap();
    std::fs::create_dir(root.join("lists")).unwrap();
    std::fs::rename(root.join("roster.csv"), root.join("lists/roster.csv")).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("d", root.join("link")).unwrap();
    let before = content(root);
    let (absolute, here) = (root.join("d").to_str().unwrap().to_owned(), root.to_str().unwrap().to_owned());
    for input in ["d", "d/panel.txt", "sub/../d"] {
        for output in ["d", "./d/", "sub/../d", "link", &absolute, &here, ".", "lists"] {
            for force in [&[][..], &["--force"]] {
                let flags = ["compare", input, "--roster", "lists/roster.csv", "-o", output];
                expect(root, &[&flags[..], force].concat(), 2);
                assert!(content(root) == before, "{input} {output}");
            }
        }
    }
    // Beside the inputs is no place for harm: folders within a folder are not read.
    expect(root, &["compare", "d", "-o", "d/tables"], 0);
    expect(root, &["compare", "d", "-o", "d/tables"], 0);
}

#[test]
fn tables_of_an_earlier_comparison_go_and_files_of_others_stay() {
    let folder = office();
    let root = folder.path();
    let has = |name: &str| root.join("tables").join(name).exists();
    expect(root, &["compare", "panel.txt", "-o", "tables", "--excel", "--export", "polis"], 0);
    std::fs::write(root.join("tables/note.txt"), "mine").unwrap();
    std::fs::create_dir(root.join("tables/older")).unwrap();
    std::fs::write(root.join("tables/speakers.csv"), "speaker\ncorrected by hand\n").unwrap();
    assert!(has("comparison.xlsx") && has("exports.md"));
    let said = expect(root, &["compare", "panel.txt", "-o", "tables"], 2);
    assert!(said.contains("speakers.csv") && said.contains("--force"), "{said}");
    let said = expect(root, &["compare", "panel.txt", "-o", "tables", "--tables", "stances"], 0);
    assert!(said.contains("positions.csv"), "{said}");
    let mut left: Vec<String> = std::fs::read_dir(root.join("tables"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    left.sort();
    let expected = [
        "SHA256SUMS",
        "datapackage.json",
        "metadata.json",
        "note.txt",
        "older",
        "speakers.csv",
        "stances.csv",
    ];
    assert_eq!(left, expected);
    assert_eq!(std::fs::read(root.join("tables/note.txt")).unwrap(), b"mine");
    expect(root, &["compare", "panel.txt", "-o", "tables", "--force"], 0);
    assert!(std::fs::read_to_string(root.join("tables/speakers.csv")).unwrap().contains("Ana Reyes"));
    assert!(leftovers(root).is_empty());
}

#[test]
fn a_comparison_that_fails_leaves_the_folder_as_it_was() {
    let folder = office();
    let root = folder.path();
    expect(root, &["compare", "panel.txt", "-o", "tables"], 0);
    std::fs::write(root.join("broken.json"), "{\"meeting_transcripts\": [").unwrap();
    let before = content(root);
    expect(root, &["compare", "broken.json", "-o", "tables"], 1);
    assert!(content(root) == before);
    std::fs::remove_file(root.join("tables/positions.csv")).unwrap();
    std::fs::create_dir(root.join("tables/positions.csv")).unwrap();
    let before = content(root);
    for force in [&[][..], &["--force"]] {
        expect(root, &[&["compare", "panel.txt", "-o", "tables"], force].concat(), 2);
        assert!(content(root) == before);
    }
}

#[test]
fn a_folder_that_somebody_works_in_is_filled_in_place() {
    let folder = office();
    let root = folder.path();
    std::fs::create_dir(root.join("here")).unwrap();
    for _ in 0..2 {
        expect(&root.join("here"), &["compare", "../panel.txt", "-o", "."], 0);
        assert!(root.join("here/positions.csv").exists());
    }
    assert!(leftovers(root).is_empty());
}

#[test]
fn a_roster_and_a_report_do_not_go_to_the_same_file() {
    let folder = office();
    let root = folder.path();
    expect(root, &["inspect", "panel.txt", "-o", "x.json", "--write-roster", "x.json"], 2);
    assert!(!root.join("x.json").exists());
}

#[cfg(unix)]
#[test]
fn a_link_to_a_file_of_ours_stays_a_link_and_permissions_stay() {
    use std::os::unix::fs::PermissionsExt;
    let folder = office();
    let root = folder.path();
    expect(root, &["summarize", "panel.txt", "-o", "sub/brief.json"], 0);
    let private = std::fs::Permissions::from_mode(0o600);
    std::fs::set_permissions(root.join("sub/brief.json"), private).unwrap();
    std::os::unix::fs::symlink("sub/brief.json", root.join("latest.json")).unwrap();
    expect(root, &["summarize", "panel.txt", "--words", "20", "-o", "latest.json"], 0);
    assert!(root.join("latest.json").is_symlink());
    assert_eq!(root.join("sub/brief.json").metadata().unwrap().permissions().mode() & 0o777, 0o600);
    // A link that leads nowhere is somebody's too.
    std::os::unix::fs::symlink("gone.json", root.join("dangling.json")).unwrap();
    expect(root, &["summarize", "panel.txt", "-o", "dangling.json"], 2);
}

#[test]
fn a_definition_is_copied_over_nothing() {
    let folder = office();
    let root = folder.path();
    expect(root, &["pipelines", "copy", "position-brief", "mine.json"], 0);
    expect(root, &["pipelines", "copy", "weekly-report", "mine.json"], 2);
    expect(root, &["pipelines", "copy", "weekly-report", "mine.json", "--force"], 0);
    expect(root, &["pipelines", "copy", "weekly-report", "panel.txt"], 2);
    assert_eq!(std::fs::read_to_string(root.join("panel.txt")).unwrap(), PANEL);
}

#[test]
fn linked_pages_go_to_a_folder_of_their_own_whole_and_over_nothing_of_the_users() {
    let office = office();
    let root = office.path();
    std::fs::create_dir(root.join("week")).unwrap();
    for day in ["monday", "tuesday"] {
        std::fs::copy(root.join("panel.txt"), root.join(format!("week/{day}.txt"))).unwrap();
    }
    let split = |output: &str, flags: &[&str], code: i32| {
        expect(root, &[&["report", "week", "--split", "-o", output], flags].concat(), code)
    };
    split("pages", &[], 0);
    let names = || {
        let entries = std::fs::read_dir(root.join("pages")).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    };
    assert_eq!(names(), ["1-monday.html", "2-tuesday.html", "SHA256SUMS", "index.html"]);
    let before = std::fs::read_to_string(root.join("pages/index.html")).unwrap();
    std::fs::write(root.join("pages/notes.txt"), "mine").unwrap();
    std::fs::remove_file(root.join("week/tuesday.txt")).unwrap();
    let said = split("pages", &[], 0);
    assert!(said.contains("removed, as of an earlier report: 2-tuesday.html"), "{said}");
    assert_eq!(names(), ["1-monday.html", "SHA256SUMS", "index.html", "notes.txt"]);
    assert_ne!(std::fs::read_to_string(root.join("pages/index.html")).unwrap(), before);
    // What the user has changed stays, and so do tables, input, and files in the place of a folder.
    std::fs::write(root.join("pages/1-monday.html"), "corrected").unwrap();
    let said = split("pages", &[], 2);
    assert!(said.contains("1-monday.html") && said.contains("--force"), "{said}");
    assert_eq!(std::fs::read_to_string(root.join("pages/1-monday.html")).unwrap(), "corrected");
    split("pages", &["--force"], 0);
    expect(root, &["compare", "week", "-o", "tables"], 0);
    assert!(split("tables", &[], 2).contains("write to a folder of its own"));
    assert!(root.join("tables/positions.csv").exists());
    let said = expect(root, &["compare", "week", "-o", "pages"], 2);
    assert!(said.contains("write to a folder of its own"), "{said}");
    for (output, flags) in
        [("-", &[][..]), ("week", &[]), ("panel.txt", &[]), ("new", &["--format", "markdown"])]
    {
        split(output, flags, 2);
    }
    assert!(!root.join("new").exists());
}
