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

/// The text of the sources, without the files that declare lists.
fn sources() -> String {
    let (mut text, mut folders) = (String::new(), vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")]);
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            let declares = path.ends_with("language/lists.rs") || path.ends_with("language/shared.rs");
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") && !declares {
                text.push_str(&std::fs::read_to_string(path).unwrap());
            }
        }
    }
    text
}

#[test]
fn every_section_that_is_declared_is_asked_for_by_name() {
    let sources = sources();
    let of_languages = List::ALL.iter().flat_map(|list| list.sections().to_vec());
    for section in of_languages.chain(SharedList::ALL.iter().flat_map(|list| list.sections())) {
        let name = section.name.trim_end_matches(" *");
        assert!(sources.contains(&format!("\"{name}\"")), "no source asks for the section [{name}]");
    }
    assert!(!sources.contains(concat!("\"no such", " section\"")));
}
