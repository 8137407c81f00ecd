//! What holds for the lists of all languages: each list is there or declared as missing, each section and
//! line is one that a stage can read.

use std::collections::BTreeSet;
use std::path::Path;

use super::*;

/// What is wrong with a list: sections and lines that are not declared, and required sections without a line.
fn complaints(text: &str, declared: &[SectionForm]) -> Vec<String> {
    let sections = Sections::parse(text);
    let mut found = Vec::new();
    for (name, lines) in sections.iter() {
        let Some(section) = declared.iter().find(|section| section.is_of(name)) else {
            found.push(format!("[{name}] is no section of the list"));
            continue;
        };
        let misread = lines.iter().filter(|line| !section.form.fits(**line));
        found.extend(misread.map(|line| format!("line {}: {:?} in [{name}]", line.number, line.text)));
    }
    for section in declared.iter().filter(|section| section.is_required) {
        let has_line = sections.iter().any(|(name, lines)| section.is_of(name) && !lines.is_empty());
        found.extend((!has_line).then(|| format!("[{}] has no line", section.name)));
    }
    found
}

/// The names of the files in a folder of `data/`.
fn files_of(folder: &str) -> BTreeSet<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/language/data").join(folder);
    let entries = std::fs::read_dir(path).unwrap();
    entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect()
}

#[test]
fn every_list_of_a_language_is_there_or_declared_as_a_hole() {
    println!("{:18} {}", "", LANGUAGES.iter().map(|row| row.code).collect::<Vec<_>>().join(" "));
    let mut reasons = BTreeSet::new();
    for &list in List::ALL {
        let cells = LANGUAGES.iter().map(|row| match (row.list(list), row.hole(list)) {
            (Some(_), None) => "× ",
            (None, Some(reason)) => {
                reasons.insert(format!("{}: {reason}", list.file()));
                "· "
            }
            (None, None) => panic!("{} has no list `{}` and no reason", row.code, list.file()),
            (Some(_), Some(_)) => panic!("{} has the list `{}`, which is no hole", row.code, list.file()),
        });
        println!("{:18} {}", list.file(), cells.collect::<Vec<_>>().join(" "));
    }
    reasons.iter().for_each(|reason| println!("· {reason}"));
}

#[test]
fn the_folder_of_a_language_has_the_files_of_its_row_and_no_others() {
    for row in LANGUAGES {
        let lists = List::ALL.iter().filter(|list| row.list(**list).is_some());
        let expected: BTreeSet<String> = lists.map(|list| format!("{}.txt", list.file())).collect();
        assert_eq!(files_of(row.code), expected, "{}", row.code);
        for list in List::ALL.iter().filter(|list| row.list(**list).is_some()) {
            let path = format!("src/language/data/{}/{}.txt", row.code, list.file());
            let written = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(&path)).unwrap();
            assert_eq!(row.list(*list), Some(written.as_str()), "{path} is not the list of its name");
        }
    }
    let shared: BTreeSet<String> =
        SharedList::ALL.iter().map(|list| format!("{}.txt", list.file())).collect();
    assert_eq!(files_of("any"), shared);
}

#[test]
fn every_section_and_line_of_every_list_is_one_that_is_read() {
    for row in LANGUAGES {
        for list in List::ALL {
            let found = row.list(*list).map(|text| complaints(text, list.sections())).unwrap_or_default();
            assert_eq!(found, Vec::<String>::new(), "{}/{}", row.code, list.file());
        }
    }
    for list in SharedList::ALL {
        assert_eq!(complaints(list.text(), &list.sections()), Vec::<String>::new(), "any/{}", list.file());
    }
}

#[test]
fn what_is_wrong_with_a_list_is_told() {
    let check = |text: &str, expected: &[&str]| {
        assert_eq!(complaints(text, List::Fillers.sections()), expected, "{text}");
    };
    const GOOD: &str = "# words\n[always]\nuh um\n[set-off]\nyou know\n\n[opening]\nwell\n";
    check(GOOD, &[]);
    check(&GOOD.replace("uh um\n", ""), &["[always] has no line"]);
    check(&format!("loose\n{GOOD}"), &["[] is no section of the list"]);
    check(&format!("{GOOD}[closing]\nso\n"), &["[closing] is no section of the list"]);
    check(&GOOD.replace("you", "1.0\tyou"), &["line 5: \"1.0\\tyou know\" in [set-off]"]);
}

#[test]
fn a_line_has_the_form_of_its_section() {
    let fits = |form: Form, text| form.fits(Line { number: 1, text });
    for (form, good, bad) in [
        (Form::Words, "one ; two", "one; two"),
        (Form::Phrase, "one two", "1.0\tone"),
        (Form::Phrases, "one two; three", ";"),
        (Form::Weighted, "0.5\tone two", "half\tone two"),
        (Form::Weighted, "1\tone", "0\tone"),
        (Form::Pair, "one\ttwo", "one two"),
    ] {
        assert!(fits(form, good) && !fits(form, bad), "{form:?}");
    }
    assert!(!fits(Form::Flag, "one"));
}

#[test]
fn words_of_sentences_are_in_lower_case() {
    let lists =
        [List::Abbreviations, List::StopWords, List::Fillers, List::Repeats, List::Clauses, List::Noise];
    for (row, list) in LANGUAGES.iter().flat_map(|row| lists.map(|list| (row, list))) {
        let sections = Sections::parse(row.list(list).unwrap());
        // The pronouns that are always written with a capital.
        let lowered = sections.iter().filter(|(name, _)| *name != "first person");
        let words = lowered.flat_map(|(_, lines)| lines).flat_map(|line| line.words());
        let upper: Vec<&str> = words.filter(|word| word.to_lowercase() != **word).collect();
        assert_eq!(upper, Vec::<&str>::new(), "{}/{}", row.code, list.file());
    }
}

#[test]
fn a_year_has_twelve_months_and_languages_have_codes_of_their_own() {
    let mut codes = BTreeSet::new();
    for row in LANGUAGES {
        let months = row.list(List::Months).map(|text| Sections::parse(text).lines("months").count());
        assert!(months.is_none_or(|n_months| n_months == 12), "{}: {months:?}", row.code);
        assert_eq!(row.language().code(), row.code);
        assert!(codes.insert(row.code), "{} has two rows", row.code);
    }
}

/// A source file: its path below `src/`, and its code without tests and comments.
struct Source {
    path: String,
    code: String,
}

impl Source {
    fn new(path: &str, text: &str) -> Self {
        let code = text.split("\n#[cfg(test)]\nmod tests").next().unwrap_or("");
        let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
        Source { path: path.to_owned(), code: lines.collect::<Vec<_>>().join("\n") }
    }

    /// Whether it names a list, and no list whose name only begins so.
    fn names(&self, list: &str) -> bool {
        let after = |at: usize| self.code[at + list.len()..].chars().next();
        self.code.match_indices(list).any(|(at, _)| !after(at).is_some_and(char::is_alphanumeric))
    }

    /// The module of the house that it belongs to.
    fn module(&self) -> &str {
        self.path.split(['/', '.']).next().unwrap_or("")
    }
}

/// The sources, without those that declare lists.
fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut found, mut folders) = (Vec::new(), vec![root.clone()]);
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            let below = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
            let declares = ["language/lists.rs", "language/shared.rs", "language/table.rs"];
            if path.is_dir() {
                folders.push(path);
            } else if below.ends_with(".rs") && !below.contains("tests") && !declares.contains(&&*below) {
                found.push(Source::new(&below, &std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found
}

/// The first file of a module that names a list.
fn reader<'s>(list: &str, module: &str, sources: &'s [Source]) -> Option<&'s str> {
    let readers = sources.iter().filter(|source| source.module() == module && source.names(list));
    readers.map(|source| source.path.as_str()).min()
}

/// The sections that no module reads, of lists as the code names them with their sections. A module reads a section
/// if it names the list and the section, best in one file; else, where it has several files that read lists with a
/// section of that name, it names the section once for each.
fn unread(lists: &[(String, Vec<&str>)], sources: &[Source]) -> Vec<String> {
    let modules: BTreeSet<&str> = sources.iter().map(Source::module).collect();
    let is_read = |list: &str, section: &str, module: &str| {
        // A section for a family of names is read by their beginning.
        let literal = match section.strip_suffix(" *") {
            Some(beginning) => format!("\"{beginning}"),
            None => format!("\"{section}\""),
        };
        let of_module = || sources.iter().filter(|source| source.module() == module);
        let with_section = lists.iter().filter(|(_, sections)| sections.contains(&section));
        let is_in_one_file = of_module().any(|source| source.names(list) && source.code.contains(&literal));
        let n_named: usize = of_module().map(|source| source.code.matches(&literal).count()).sum();
        let readers: BTreeSet<&str> =
            with_section.filter_map(|(list, _)| reader(list, module, sources)).collect();
        is_in_one_file || reader(list, module, sources).is_some() && n_named >= readers.len()
    };
    let sections = lists.iter().flat_map(|(list, all)| all.iter().map(move |&section| (list, section)));
    let unread =
        sections.filter(|(list, section)| !modules.iter().any(|module| is_read(list, section, module)));
    unread.map(|(list, section)| format!("{list} [{section}]")).collect()
}

#[test]
fn every_section_of_every_list_is_read_by_a_module_that_reads_the_list() {
    let names = |sections: &[SectionForm]| sections.iter().map(|section| section.name).collect();
    let of_languages = List::ALL.iter().map(|list| (format!("List::{list:?}"), names(list.sections())));
    let shared =
        SharedList::ALL.iter().map(|list| (format!("SharedList::{list:?}"), names(&list.sections())));
    let lists: Vec<(String, Vec<&str>)> = of_languages.chain(shared).collect();
    assert_eq!(unread(&lists, &sources()), Vec::<String>::new());
}

#[test]
fn a_section_that_nothing_reads_is_told() {
    let lists =
        [("List::Cues".to_owned(), vec!["position", "kind *"]), ("List::Sides".to_owned(), vec!["position"])];
    let check = |files: &[(&str, &str)], expected: &[&str]| {
        let sources: Vec<Source> = files.iter().map(|(path, text)| Source::new(path, text)).collect();
        assert_eq!(unread(&lists, &sources), expected, "{files:?}");
    };
    let all = ["List::Cues [position]", "List::Cues [kind *]", "List::Sides [position]"];
    const CUES: &str = "fn f() { read(List::Cues).words(\"position\").chain(by(\"kind \")) }";
    const SIDES: &str = "fn f() { read(List::Sides).words(\"position\") }";
    check(&[("text/cues.rs", CUES), ("stance/sides.rs", SIDES)], &[]);
    check(&[("stance/cues.rs", CUES), ("stance/sides.rs", SIDES)], &[]);
    check(&[("text/cues.rs", CUES)], &all[2..]);
    // Named once by a module that reads two lists with the section, in another module, or in no code.
    check(&[("stance/cues.rs", CUES), ("stance/sides.rs", "read(List::Sides)")], &all[2..]);
    check(&[("text/cues.rs", CUES), ("stance/sides.rs", "read(List::Sides)")], &all[2..]);
    check(&[("text/cues.rs", "read(List::CuesOfOthers, \"position\", \"kind \")")], &all);
    check(
        &[("text/cues.rs", &format!("read(List::Cues)\n// {CUES}\n#[cfg(test)]\nmod tests {{ {CUES} }}"))],
        &all,
    );
}
